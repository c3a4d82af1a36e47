//! The rules. A link is broken *in force*: everything is asked about the day `{m}`.
//!
//! `checked` says which objects of an organization a rule looks at, `found` at which of these the link is broken; so a rule
//! never finds more than it looks at.

use entity::{
    Kind,
    insight::{BrokenLinkRule, Severity},
};

use super::{Rule, sql::*};
use crate::graph::words::in_force;

broken_links! {
    {
        rule: OutputWithoutConsumer = 1, object: Flow "f.id", severity: Medium = 2, weight: 3,
        of: "v.organization_id", process: "v.process_id", unit: nobody!(), from: flows!(),
        checked: concat!(version_in_force!(), " AND f.direction = 2"),
        found: names_nothing!(),
        hint_es: "Indique en la salida el proceso o la parte externa que la recibe, o retire la salida en una nueva versión.",
        hint_en: "Name the process or external party that takes the output, or leave it out of a new version.",
    }
    {
        rule: InputWithoutSource = 2, object: Flow "f.id", severity: Medium = 2, weight: 3,
        of: "v.organization_id", process: "v.process_id", unit: nobody!(), from: flows!(),
        checked: concat!(version_in_force!(), " AND f.direction = 1"),
        found: names_nothing!(),
        hint_es: "Indique en la entrada el proceso o la parte externa que la suministra, o retire la entrada en una nueva versión.",
        hint_en: "Name the process or external party that gives the input, or leave it out of a new version.",
    }
    {
        rule: FlowEndNotInForce = 3, object: Flow "f.id", severity: Medium = 2, weight: 3,
        of: "v.organization_id", process: "v.process_id", unit: nobody!(), from: flows!(),
        checked: concat!(version_in_force!(), " AND ", names_a_process!()),
        found: concat!(
            "EXISTS (SELECT 1 FROM flow_process fp WHERE fp.flow_id = f.id AND NOT ", process_in_force!("fp.process_id"), ")"
        ),
        hint_es: "Apunte el flujo a un proceso vigente en una nueva versión de la caracterización.",
        hint_en: "Let the flow name a process in force, in a new version of the characterization.",
    }
    {
        rule: FlowSaidTwice = 4, object: Flow "f.id", severity: Low = 1, weight: 1,
        of: "v.organization_id", process: "v.process_id", unit: nobody!(), from: flows!(),
        checked: concat!(version_in_force!(), " AND f.direction = 1 AND ", names_a_process!()),
        found: concat!(
            "EXISTS (SELECT 1 FROM flow_process fp JOIN process_version ov ON ov.process_id = fp.process_id \
             JOIN flow fo ON fo.process_version_id = ov.id JOIN flow_process op ON op.flow_id = fo.id \
             WHERE fp.flow_id = f.id AND ov.stage = 3 AND ", in_force!("ov"),
            " AND fo.direction = 2 AND fo.name_key = f.name_key AND op.process_id = v.process_id)"
        ),
        hint_es: "Deje el flujo en un solo lado: la salida del proveedor ya se ve como entrada de este proceso.",
        hint_en: "Say the flow on one side only: the supplier's output is seen as an input of this process already.",
    }
    {
        rule: ProcessWithoutLead = 5, object: Process "p.id", severity: High = 3, weight: 8,
        of: "v.organization_id", process: "p.id", unit: nobody!(), from: processes!(),
        checked: concat!(version_in_force!(), " AND p.level <> 4"),
        found: concat!("NOT EXISTS (", leads!(), ")"),
        hint_es: "Asigne la dependencia que lidera el proceso.",
        hint_en: "Say which unit leads the process.",
    }
    {
        rule: CoreProcessUnstaffed = 6, object: Process "p.id", severity: High = 3, weight: 8,
        of: "v.organization_id", process: "p.id",
        unit: "l.org_unit_id",
        // Whoever leads it, the last if there are several: joined, so that a unit finds what it leads.
        from: concat!(
            processes!(), " JOIN process_responsibility l ON l.process_id = p.id AND l.id = (", leads!(),
            " ORDER BY r.valid_from DESC, r.id LIMIT 1)"
        ),
        checked: concat!(version_in_force!(), " AND p.level <> 4 AND v.kind = 2"),
        found: concat!(
            "EXISTS (", leads!(), " AND NOT EXISTS (SELECT 1 FROM post po JOIN post_holding h ON h.post_id = po.id \
             WHERE po.org_unit_id = r.org_unit_id AND ", in_force!("po"), " AND ", in_force!("h"), "))"
        ),
        hint_es: "Provea un cargo de la dependencia líder, o asigne otra que tenga personal.",
        hint_en: "Fill a post of the lead unit, or let a unit with staff lead the process.",
    }
    {
        rule: ParentNotInForce = 7, object: Process "v.process_id", severity: High = 3, weight: 5,
        of: "v.organization_id", process: "v.process_id", unit: nobody!(), from: "process_version v",
        checked: concat!(version_in_force!(), " AND v.parent_process_id IS NOT NULL"),
        found: concat!("NOT ", process_in_force!("v.parent_process_id")),
        hint_es: "Ubique el proceso bajo uno vigente en una nueva versión, o retírelo.",
        hint_en: "Put the process under one in force, in a new version, or retire it.",
    }
    {
        rule: ProcessWithoutAlignment = 8, object: Process "p.id", severity: Medium = 2, weight: 4,
        of: "v.organization_id", process: "p.id", unit: nobody!(), from: processes!(),
        checked: concat!(version_in_force!(), " AND p.level = 2"),
        found: concat!("NOT EXISTS (SELECT 1 FROM alignment a WHERE a.process_id = p.id AND ", in_force!("a"), ")"),
        hint_es: "Alinee el proceso con la política de MIPG o el requisito que lidera o al que contribuye.",
        hint_en: "Align the process to the policy or requirement that it leads or contributes to.",
    }
    {
        rule: UnitWithoutProcess = 9, object: OrgUnit "u.org_unit_id", severity: Low = 1, weight: 2,
        of: "u.organization_id", process: nobody!(), unit: "u.org_unit_id",
        from: "unit_version u", checked: in_force!("u"),
        found: concat!(
            "NOT EXISTS (SELECT 1 FROM process_responsibility r WHERE r.org_unit_id = u.org_unit_id AND ", in_force!("r"), ")"
        ),
        hint_es: "Indique en qué procesos participa la dependencia: lidera, apoya, es consultada o informada.",
        hint_en: "Say in which processes the unit takes part: leads, supports, is consulted or informed.",
    }
    {
        rule: ResponsibleUnitEnded = 10, object: ProcessResponsibility "r.id", severity: High = 3, weight: 6,
        of: "r.organization_id", process: "r.process_id", unit: "r.org_unit_id", from: "process_responsibility r",
        checked: concat!(in_force!("r"), " AND ", process_in_force!("r.process_id")),
        found: concat!("NOT ", unit_in_force!("r.org_unit_id")),
        hint_es: "Traslade la responsabilidad a la dependencia que sucedió a la suprimida.",
        hint_en: "Hand the responsibility to the unit that took the place of the one that ended.",
    }
    {
        rule: ActivityResponsibleEnded = 11, object: Activity "y.id", severity: Medium = 2, weight: 3,
        of: "v.organization_id", process: "v.process_id", unit: "y.responsible_unit_id",
        from: "process_version v JOIN activity y ON y.process_version_id = v.id",
        checked: concat!(
            version_in_force!(), " AND (y.responsible_unit_id IS NOT NULL OR y.responsible_post_id IS NOT NULL)"
        ),
        found: concat!(
            "((y.responsible_unit_id IS NOT NULL AND NOT ", unit_in_force!("y.responsible_unit_id"),
            ") OR (y.responsible_post_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM post po WHERE po.id = y.responsible_post_id AND ",
            in_force!("po"), ")))"
        ),
        hint_es: "Prepare una nueva versión de la caracterización con el responsable actual.",
        hint_en: "Prepare a new version of the characterization that names who does it now.",
    }
    {
        rule: DocumentPastReview = 12, object: DocumentVersion "d.id", severity: Medium = 2, weight: 4,
        of: "d.organization_id", process: "c.process_id", unit: nobody!(),
        from: "document_version d JOIN controlled_document c ON c.id = d.controlled_document_id",
        checked: concat!("d.stage = 3 AND ", in_force!("d"), " AND d.next_review IS NOT NULL"),
        found: "d.next_review < {m}",
        hint_es: "Revise el documento y póngalo en vigor en una nueva versión con la próxima fecha de revisión.",
        hint_en: "Review the document and put a new version in force with the next day of review.",
    }
    {
        rule: AlignmentOutdated = 13, object: Alignment "a.id", severity: Low = 1, weight: 2,
        of: "a.organization_id", process: "a.process_id", unit: "a.org_unit_id", from: "alignment a",
        // Of a draft only who reads drafts would see what is aligned.
        checked: concat!(
            in_force!("a"), " AND (a.process_id IS NULL OR EXISTS (SELECT 1 FROM process pp WHERE pp.id = a.process_id \
             AND pp.published)) AND (a.controlled_document_id IS NULL OR EXISTS (SELECT 1 FROM controlled_document pd \
             WHERE pd.id = a.controlled_document_id AND pd.published))"
        ),
        found: concat!(
            "NOT EXISTS (SELECT 1 FROM requirement q WHERE q.id = a.requirement_id AND ", in_force!("q"), ")"
        ),
        hint_es: "Alinee con el requisito de la edición vigente; las correspondencias dicen cuál le sigue.",
        hint_en: "Align to the requirement of the edition in force; crosswalks say which one follows it.",
    }
    {
        rule: ReferenceGapUnjustified = 14, object: ReferenceProcess "n.id", severity: Low = 1, weight: 2,
        of: "o.id", process: nobody!(), unit: nobody!(),
        from: "organization o CROSS JOIN reference_map g JOIN reference_process n ON n.reference_map_id = g.id",
        checked: concat!(
            in_force!("g"), " AND n.level = 1 AND EXISTS (SELECT 1 FROM process_version v WHERE v.organization_id = o.id AND ",
            version_in_force!(), ")"
        ),
        found: concat!(
            "NOT EXISTS (SELECT 1 FROM reference_adoption e WHERE e.organization_id = o.id \
             AND e.reference_process_id = n.id AND ", in_force!("e"),
            " AND (e.status < 4 OR e.status = 4 AND e.justification IS NOT NULL))"
        ),
        hint_es: "Adopte, adapte o fusione el macroproceso, o diga con qué justificación está ausente.",
        hint_en: "Adopt, adapt or merge the macroprocess, or say why it is absent.",
    }
    {
        rule: NonconformityWithoutCause = 15, object: Finding "f.id", severity: High = 3, weight: 5,
        of: "f.organization_id", process: "fp.process_id", unit: "fu.org_unit_id", from: findings!(),
        checked: "f.kind IN (1, 2) AND EXISTS (SELECT 1 FROM finding_transition w WHERE w.finding_id = f.id AND w.to_state = 7 \
                  AND w.civil_date <= {m})",
        found: "NOT EXISTS (SELECT 1 FROM cause_analysis c WHERE c.finding_id = f.id AND c.recorded_on <= {m})",
        hint_es: "Registre el análisis de causas del hallazgo: sin él no se sabe si las acciones atacan la causa.",
        hint_en: "Record why the finding came about: without that nobody knows whether the actions take the cause away.",
    }
    {
        rule: ActionWithoutExecutor = 16, object: ImprovementAction "a.id", severity: High = 3, weight: 4,
        of: "a.organization_id", process: nobody!(), unit: "a.org_unit_id", from: "improvement_action a",
        checked: concat!(stood!("action_transition", "improvement_action_id", "a.id"), " IN (3, 4)"),
        found: "a.executor_id IS NULL",
        hint_es: "Designe en la acción a la persona que la ejecuta.",
        hint_en: "Name in the action who does it.",
    }
    {
        rule: PlanPastDue = 17, object: ImprovementPlan "g.id", severity: High = 3, weight: 5,
        of: "g.organization_id", process: "g.process_id", unit: "g.org_unit_id", from: "improvement_plan g",
        checked: concat!(stood!("plan_transition", "improvement_plan_id", "g.id"), " = 4"),
        found: concat!(
            "EXISTS (", unfinished!(), due!(), " < {m}) AND NOT EXISTS (", unfinished!(), due!(), " >= {m})"
        ),
        hint_es: "Termine las acciones vencidas, o solicite su reformulación antes de la siguiente fecha de corte.",
        hint_en: "Finish the overdue actions, or ask for more time before the next cut-off.",
    }
    {
        rule: FindingClosedUnreviewed = 18, object: Finding "f.id", severity: Medium = 2, weight: 4,
        of: "f.organization_id", process: "fp.process_id", unit: "fu.org_unit_id", from: findings!(),
        checked: concat!(stood!("finding_transition", "finding_id", "f.id"), " = 9"),
        found: "NOT EXISTS (SELECT 1 FROM action_finding x JOIN effectiveness_review z ON z.improvement_action_id = x.improvement_action_id \
                WHERE x.finding_id = f.id AND z.result = 1 AND z.reviewed_on <= {m})",
        hint_es: "Evalúe la eficacia de las acciones del hallazgo cerrado y registre el resultado.",
        hint_en: "Evaluate the effect of the closed finding's actions, and record the result.",
    }
    {
        rule: DecisionWithoutAction = 19, object: Decision "e.id", severity: Medium = 2, weight: 3,
        of: "e.organization_id", process: nobody!(), unit: "e.org_unit_id",
        from: "decision e JOIN management_review k ON k.id = e.management_review_id",
        checked: "k.frozen_on <= {m} AND e.due_on IS NOT NULL",
        found: "e.due_on < {m} AND NOT EXISTS (SELECT 1 FROM improvement_action a WHERE a.decision_id = e.id)",
        hint_es: "Formule la acción que cumple la decisión, o fije un nuevo plazo en la siguiente revisión.",
        hint_en: "Formulate the action that carries the decision out, or set a new day in the next review.",
    }
    {
        rule: ProcessKindDiffers = 20, object: Process "v.process_id", severity: Medium = 2, weight: 3,
        of: "v.organization_id", process: "v.process_id", unit: nobody!(), from: "process_version v",
        checked: concat!(version_in_force!(), " AND v.parent_process_id IS NOT NULL"),
        found: concat!(
            "EXISTS (SELECT 1 FROM process_version k WHERE k.process_id = v.parent_process_id AND k.stage = 3 AND ",
            in_force!("k"), " AND k.kind <> v.kind)"
        ),
        hint_es: "Ponga en vigor una nueva versión con el tipo del proceso superior, o ubíquelo bajo otro.",
        hint_en: "Put a new version in force that is of the kind of the process above, or put it under another.",
    }
}

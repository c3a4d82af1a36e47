//! To whom the rows belong that no single unit owns: audits, findings, plans and what hangs on them.
//!
//! Whoever is limited to one of the units reads the row and may do there what his role does; so does whoever works on it. A
//! finding is the auditors' own until it is communicated, a plan that of its unit.

use super::visibility::{Involved, keys_of};

/// The units of an audit: its scope; of a draft of a report the audited knows nothing.
macro_rules! audit_units {
    ($audit:expr) => {
        concat!(
            "SELECT s.process_id AS key FROM audit_scope s WHERE s.audit_id = ",
            $audit,
            " UNION ALL SELECT s.org_unit_id FROM audit_scope s WHERE s.audit_id = ",
            $audit
        )
    };
}

/// Its team.
macro_rules! audit_team {
    ($audit:expr) => {
        concat!("SELECT w.person_id AS key FROM audit_team_member w WHERE w.audit_id = ", $audit)
    };
}

/// The processes and units of a finding that was communicated.
macro_rules! finding_units {
    ($finding:expr) => {
        concat!(
            "SELECT x.process_id AS key FROM finding_process x JOIN finding f ON f.id = x.finding_id \
             WHERE f.state > 1 AND f.id = ",
            $finding,
            " UNION ALL SELECT x.org_unit_id FROM finding_unit x JOIN finding f ON f.id = x.finding_id \
             WHERE f.state > 1 AND f.id = ",
            $finding
        )
    };
}

/// The auditors of a finding, and who executes its actions.
macro_rules! finding_persons {
    ($finding:expr) => {
        concat!(
            "SELECT w.person_id AS key FROM audit_team_member w JOIN finding f ON f.audit_id = w.audit_id WHERE f.id = ",
            $finding,
            " UNION ALL SELECT a.executor_id FROM improvement_action a JOIN action_finding x ON x.improvement_action_id = a.id \
             WHERE x.finding_id = ",
            $finding
        )
    };
}

/// The units of a plan: the one that formulates it, those that lead and share its actions, its process.
macro_rules! plan_units {
    ($plan:expr) => {
        concat!(
            "SELECT p.org_unit_id AS key FROM improvement_plan p WHERE p.id = ",
            $plan,
            " UNION ALL SELECT p.process_id FROM improvement_plan p WHERE p.id = ",
            $plan,
            " UNION ALL SELECT a.org_unit_id FROM improvement_action a WHERE a.improvement_plan_id = ",
            $plan
        )
    };
}

/// Who works on a plan: who executes its actions, and the auditors of its findings.
macro_rules! plan_persons {
    ($plan:expr) => {
        concat!(
            "SELECT a.executor_id AS key FROM improvement_action a WHERE a.improvement_plan_id = ",
            $plan,
            " UNION ALL SELECT w.person_id FROM plan_finding x JOIN finding f ON f.id = x.finding_id \
             JOIN audit_team_member w ON w.audit_id = f.audit_id WHERE x.improvement_plan_id = ",
            $plan
        )
    };
}

/// The units of an action: the one that leads it, those that share it, and the one that formulates its plan.
macro_rules! action_units {
    ($action:expr) => {
        concat!(
            "SELECT a.org_unit_id AS key FROM improvement_action a WHERE a.id = ",
            $action,
            " UNION ALL SELECT x.org_unit_id FROM action_unit x WHERE x.improvement_action_id = ",
            $action,
            " UNION ALL SELECT p.org_unit_id FROM improvement_plan p JOIN improvement_action a ON a.improvement_plan_id = p.id \
             WHERE a.id = ",
            $action
        )
    };
}

/// Who works on an action: who executes it, and the auditors of its findings.
macro_rules! action_persons {
    ($action:expr) => {
        concat!(
            "SELECT a.executor_id AS key FROM improvement_action a WHERE a.id = ",
            $action,
            " UNION ALL SELECT w.person_id FROM action_finding x JOIN finding f ON f.id = x.finding_id \
             JOIN audit_team_member w ON w.audit_id = f.audit_id WHERE x.improvement_action_id = ",
            $action
        )
    };
}

/// The action to which a piece of evidence belongs, and the finding.
macro_rules! evidence_action {
    () => {
        "COALESCE((SELECT o.improvement_action_id FROM progress_report o WHERE o.id = {t}.progress_report_id), \
         (SELECT o.improvement_action_id FROM effectiveness_review o WHERE o.id = {t}.effectiveness_review_id))"
    };
}
macro_rules! evidence_finding {
    () => {
        "COALESCE({t}.finding_id, (SELECT o.finding_id FROM finding_response o WHERE o.id = {t}.finding_response_id))"
    };
}
macro_rules! evidence_units {
    () => {
        concat!(finding_units!(evidence_finding!()), " UNION ALL ", action_units!(evidence_action!()))
    };
}
macro_rules! evidence_persons {
    () => {
        concat!(
            finding_persons!(evidence_finding!()),
            " UNION ALL ",
            action_persons!(evidence_action!()),
            " UNION ALL SELECT w.person_id FROM checklist_item i JOIN audit_team_member w ON w.audit_id = i.audit_id \
             WHERE i.id = {t}.checklist_item_id"
        )
    };
}

/// Who has a part in a decision of senior management.
macro_rules! decision_units {
    ($decision:expr) => {
        concat!("SELECT e.org_unit_id AS key FROM decision e WHERE e.id = ", $decision)
    };
}

/// The units to which material is made known.
macro_rules! audience_units {
    ($dissemination:expr) => {
        concat!("SELECT x.org_unit_id AS key FROM dissemination_unit x WHERE x.dissemination_id = ", $dissemination)
    };
}

/// Who holds a post in one of them, or did.
macro_rules! audience_persons {
    ($dissemination:expr) => {
        concat!(
            "SELECT h.person_id AS key FROM dissemination_unit x JOIN post p ON p.org_unit_id = x.org_unit_id \
             JOIN post_holding h ON h.post_id = p.id WHERE x.dissemination_id = ",
            $dissemination
        )
    };
}

/// Nobody but who reads all.
macro_rules! nobody {
    () => {
        "SELECT s.id AS key FROM org_unit s WHERE 1 = 0"
    };
}

macro_rules! involved {
    ($( $(#[doc = $about:literal])+ $name:ident: $units:expr, $persons:expr; )+) => { $(
        $(#[doc = $about])+
        pub const $name: Involved = Involved { units: keys_of!($units), persons: keys_of!($persons) };
    )+ };
}

involved! {
    /// Of an audit program: those who plan audits, and nobody else.
    PROGRAM: nobody!(), nobody!();
    /// Of the steps of a program.
    OF_PROGRAM: nobody!(), nobody!();
    /// Of an audit.
    AUDIT: audit_units!("{t}.id"), audit_team!("{t}.id");
    /// Of what hangs on an audit.
    OF_AUDIT: audit_units!("{t}.audit_id"), audit_team!("{t}.audit_id");
    /// Of a checklist: the auditors only.
    OF_AUDITORS: nobody!(), audit_team!("{t}.audit_id");
    /// Of a finding.
    FINDING: finding_units!("{t}.id"), finding_persons!("{t}.id");
    /// Of what hangs on a finding.
    OF_FINDING: finding_units!("{t}.finding_id"), finding_persons!("{t}.finding_id");
    /// Of a certificate: the processes that it covers.
    CERTIFICATE: "SELECT x.process_id AS key FROM certificate_process x WHERE x.certificate_id = {t}.id", nobody!();
    /// Of a plan.
    PLAN: plan_units!("{t}.id"), plan_persons!("{t}.id");
    /// Of what hangs on a plan.
    OF_PLAN: plan_units!("{t}.improvement_plan_id"), plan_persons!("{t}.improvement_plan_id");
    /// Of an action.
    ACTION: action_units!("{t}.id"), action_persons!("{t}.id");
    /// Of what hangs on an action.
    OF_ACTION: action_units!("{t}.improvement_action_id"), action_persons!("{t}.improvement_action_id");
    /// Of the ratings of a report.
    OF_REPORT: action_units!("(SELECT o.improvement_action_id FROM progress_report o WHERE o.id = {t}.progress_report_id)"),
        action_persons!("(SELECT o.improvement_action_id FROM progress_report o WHERE o.id = {t}.progress_report_id)");
    /// Of reporting windows: whoever executes an action there. Those who are limited to units read them too.
    WINDOW: "SELECT a.org_unit_id AS key FROM improvement_action a WHERE a.organization_id = {t}.organization_id",
        "SELECT a.executor_id AS key FROM improvement_action a WHERE a.organization_id = {t}.organization_id";
    /// Of evidence: as what it belongs to.
    EVIDENCE: evidence_units!(), evidence_persons!();
    /// Of a decision on a reformulation.
    OF_REFORMULATION: action_units!("(SELECT o.improvement_action_id FROM reformulation o WHERE o.id = {t}.reformulation_id)"),
        action_persons!("(SELECT o.improvement_action_id FROM reformulation o WHERE o.id = {t}.reformulation_id)");
    /// Of a review: those who take part in senior management.
    REVIEW: nobody!(), nobody!();
    /// Of a decision.
    DECISION: decision_units!("{t}.id"), "SELECT e.owner_id AS key FROM decision e WHERE e.id = {t}.id";
    /// Of material.
    DISSEMINATION: audience_units!("{t}.id"), audience_persons!("{t}.id");
    /// Of what hangs on material.
    OF_DISSEMINATION: audience_units!("{t}.dissemination_id"), audience_persons!("{t}.dissemination_id");
}

//! Rows of one organization: audits, findings, plans, actions, decisions, in whatever state.

use uuid::Uuid;

use super::{Maker, Val, day};
use crate::random::Random;

impl Maker {
    pub(super) fn improvement(&mut self, organization: Uuid) {
        // Its own numbers: what is drawn here changes nothing elsewhere.
        let kept = std::mem::replace(&mut self.random, Random::new(organization.as_u128() as u64));
        for number in 0..2 * self.scale {
            self.audit(organization, number);
            self.review(organization);
            self.certificate(organization, number);
        }
        for number in 0..5 * self.scale {
            self.finding(organization, number);
        }
        for number in 0..3 * self.scale {
            self.plan(organization, number);
        }
        for number in 0..6 * self.scale {
            self.action(organization, number);
        }
        self.random = kept;
    }

    /// Something of an organization that is there, by its table.
    fn some(&mut self, table: &str, organization: Uuid) -> Val {
        let own = self.own(table, organization);
        self.one_of(&own)
    }

    /// Names up to two things, each once.
    fn paired(
        &mut self,
        table: &'static str,
        (own, id): (&'static str, Uuid),
        far: &'static str,
        among: &[Uuid],
        of: Uuid,
    ) {
        let start = self.random.below(among.len().max(1));
        for other in among.iter().skip(start).take(self.random.below(3)) {
            self.add(table, [(own, id.into()), ("organization_id", of.into()), (far, (*other).into())]);
        }
    }

    /// Some steps, to whatever states, on whatever days.
    fn walk(&mut self, table: &'static str, of: &'static str, organization: Uuid, row: Uuid, states: &[i64]) {
        for at in 0..1 + self.random.below(4) {
            let (id, account) = (self.random.uuid(), self.ids("account"));
            let (account, person, date) = (self.one_of(&account), self.some("person", organization), self.date());
            let (from, to) = (*self.random.pick(states), *self.random.pick(states));
            let person = self.sometimes(60, person);
            let row = [
                ("id", id.into()),
                ("organization_id", organization.into()),
                (of, row.into()),
                ("from_state", if at == 0 { Val::Null } else { from.into() }),
                ("to_state", to.into()),
                ("civil_date", date.into()),
                ("recorded_at", (1_700_000_000_000_000 + self.random.below(3) as i64).into()),
                ("account_id", account),
                ("person_id", person),
                ("act", "auditBegin".into()),
                ("reason", Val::Null),
            ];
            self.add(table, row);
        }
    }

    fn audit(&mut self, organization: Uuid, number: usize) {
        let (id, (name, key), from) = (self.random.uuid(), self.text(), self.date());
        let earlier = self.some("audit", organization);
        let followed = self.sometimes(90, earlier);
        let row = [
            ("id", id.into()),
            ("organization_id", organization.into()),
            ("code", format!("A-{number}").into()),
            ("name", name),
            ("name_key", key),
            ("kind", (self.random.below(6) as i64 + 1).into()),
            ("state", (self.random.below(9) as i64 + 1).into()),
            ("followed_audit_id", followed),
            ("planned_from", from.into()),
            ("planned_to", from.into()),
            ("row_version", 1.into()),
        ];
        self.add("audit", row);
        self.walk("audit_transition", "audit_id", organization, id, &[1, 2, 3]);
        let requirements = self.ids("requirement");
        for position in 0..2_i64 {
            let (process, unit) = (self.some("process", organization), self.published_units(organization));
            let (key, unit) = (self.random.uuid(), self.one_of(&unit));
            let unit = if process == Val::Null { unit } else { self.sometimes(60, unit) };
            let row = [
                ("id", key.into()),
                ("organization_id", organization.into()),
                ("audit_id", id.into()),
                ("position", position.into()),
                ("process_id", process),
                ("org_unit_id", unit),
                ("covered", self.random.percent(50).into()),
                ("row_version", 1.into()),
            ];
            self.add("audit_scope", row);
        }
        let (key, requirement) = (self.random.uuid(), self.one_of(&requirements));
        let row = [
            ("id", key.into()),
            ("organization_id", organization.into()),
            ("audit_id", id.into()),
            ("requirement_id", requirement),
            ("row_version", 1.into()),
        ];
        self.add("audit_criterion", row);
    }

    fn review(&mut self, organization: Uuid) {
        let (id, (name, key), cutoff, frozen) = (self.random.uuid(), self.text(), self.date(), self.date());
        let frozen = self.sometimes(80, frozen);
        let row = [
            ("id", id.into()),
            ("organization_id", organization.into()),
            ("kind", 1.into()),
            ("state", if frozen == Val::Null { 1 } else { 2 }.into()),
            ("name", name),
            ("name_key", key),
            ("cutoff", cutoff.into()),
            ("held_on", frozen.clone()),
            ("frozen_on", frozen),
            ("row_version", 1.into()),
        ];
        self.add("management_review", row);
        for number in 1..=2_i64 {
            let units = self.published_units(organization);
            let (key, unit, owner, due) =
                (self.random.uuid(), self.one_of(&units), self.some("person", organization), self.date());
            let (owner, due) = (self.sometimes(50, owner), self.sometimes(80, due));
            let row = [
                ("id", key.into()),
                ("organization_id", organization.into()),
                ("management_review_id", id.into()),
                ("number", number.into()),
                ("text", "Decidido".into()),
                ("org_unit_id", unit),
                ("owner_id", owner),
                ("due_on", due),
                ("row_version", 1.into()),
            ];
            self.add("decision", row);
        }
    }

    fn certificate(&mut self, organization: Uuid, number: usize) {
        let (id, (from, to)) = (self.random.uuid(), self.interval());
        let row = [
            ("id", id.into()),
            ("organization_id", organization.into()),
            ("body", "Ente".into()),
            ("standard", "ISO 9001".into()),
            ("number", format!("C-{number}").into()),
            ("valid_from", from),
            ("valid_to", to),
            ("row_version", 1.into()),
        ];
        self.add("certificate", row);
        let processes = self.own("process", organization);
        self.paired("certificate_process", ("certificate_id", id), "process_id", &processes, organization);
    }

    fn finding(&mut self, organization: Uuid, number: usize) {
        let (id, (name, key), on) = (self.random.uuid(), self.text(), self.date());
        let (audit, earlier) = (self.some("audit", organization), self.some("finding", organization));
        let (audit, earlier) = (self.sometimes(70, audit), self.sometimes(40, earlier));
        let origin = if audit == Val::Null { 4 } else { 1 };
        let types = self.ids("finding_type");
        let of_type = self.one_of(&types);
        let of_type = self.sometimes(50, of_type);
        let row = [
            ("id", id.into()),
            ("organization_id", organization.into()),
            ("audit_id", audit),
            ("origin", origin.into()),
            ("code", format!("{number}.1").into()),
            ("name", name),
            ("name_key", key),
            ("kind", (self.random.below(3) as i64 + 1).into()),
            ("state", (self.random.below(9) as i64 + 1).into()),
            ("finding_type_id", of_type),
            ("condition", "Así es".into()),
            ("external", false.into()),
            ("requires_action", true.into()),
            ("revision", 1.into()),
            ("identified_on", on.into()),
            ("recurrence_of_id", earlier),
            ("row_version", 1.into()),
        ];
        self.add("finding", row);
        self.walk("finding_transition", "finding_id", organization, id, &[1, 2, 7, 7, 8, 9, 9]);
        let (processes, units) = (self.own("process", organization), self.published_units(organization));
        let requirements = self.ids("requirement");
        self.paired("finding_process", ("finding_id", id), "process_id", &processes, organization);
        self.paired("finding_unit", ("finding_id", id), "org_unit_id", &units, organization);
        self.paired("finding_requirement", ("finding_id", id), "requirement_id", &requirements, organization);
        if self.random.percent(50) {
            let (key, on) = (self.random.uuid(), self.date());
            let row = [
                ("id", key.into()),
                ("organization_id", organization.into()),
                ("finding_id", id.into()),
                ("method", 1.into()),
                ("category", 2.into()),
                ("whys", "[]".into()),
                ("root_cause", "Porque sí".into()),
                ("recorded_on", on.into()),
                ("row_version", 1.into()),
            ];
            self.add("cause_analysis", row);
        }
    }

    fn plan(&mut self, organization: Uuid, number: usize) {
        let units = self.published_units(organization);
        let (id, (name, key), unit) = (self.random.uuid(), self.text(), self.one_of(&units));
        let process = self.some("process", organization);
        let process = self.sometimes(60, process);
        let row = [
            ("id", id.into()),
            ("organization_id", organization.into()),
            ("code", format!("PM-{number}").into()),
            ("name", name),
            ("name_key", key),
            ("kind", 1.into()),
            ("year", 2024.into()),
            ("state", (self.random.below(5) as i64 + 1).into()),
            ("org_unit_id", unit),
            ("process_id", process),
            ("row_version", 1.into()),
        ];
        self.add("improvement_plan", row);
        self.walk("plan_transition", "improvement_plan_id", organization, id, &[1, 3, 4, 4, 4]);
        let findings = self.own("finding", organization);
        self.paired("plan_finding", ("improvement_plan_id", id), "finding_id", &findings, organization);
    }

    fn action(&mut self, organization: Uuid, number: usize) {
        let units = self.published_units(organization);
        let (id, unit, plan) = (self.random.uuid(), self.one_of(&units), self.some("improvement_plan", organization));
        let (executor, decision) = (self.some("person", organization), self.some("decision", organization));
        let (executor, decision, due) = (self.sometimes(50, executor), self.sometimes(40, decision), self.date());
        let row = [
            ("id", id.into()),
            ("organization_id", organization.into()),
            ("improvement_plan_id", plan),
            ("number", (number as i64 + 1).into()),
            ("kind", 2.into()),
            ("description", "Hacer".into()),
            ("unit_of_measure", "Visitas".into()),
            ("target", 1000.into()),
            ("weight", 1000.into()),
            ("org_unit_id", unit),
            ("executor_id", executor),
            ("starts_on", day("2010-01-01").into()),
            ("due_on", due.into()),
            ("state", (self.random.below(8) as i64 + 1).into()),
            ("decision_id", decision),
            ("row_version", 1.into()),
        ];
        self.add("improvement_action", row);
        self.walk("action_transition", "improvement_action_id", organization, id, &[1, 3, 4, 4, 5, 7]);
        let findings = self.own("finding", organization);
        self.paired("action_finding", ("improvement_action_id", id), "finding_id", &findings, organization);
        self.paired("action_unit", ("improvement_action_id", id), "org_unit_id", &units, organization);
        let (key, before, decided, on) = (self.random.uuid(), self.date(), self.date(), self.date());
        let row = [
            ("id", key.into()),
            ("organization_id", organization.into()),
            ("improvement_action_id", id.into()),
            ("state", (self.random.below(3) as i64 + 1).into()),
            ("justification", "Porque sí".into()),
            ("before_due_on", before.into()),
            ("after_due_on", due.into()),
            ("before_target", 1000.into()),
            ("after_target", 1000.into()),
            ("requested_on", on.into()),
            ("decided_on", decided.into()),
            ("row_version", 1.into()),
        ];
        self.add("reformulation", row);
        if self.random.percent(40) {
            let (key, on) = (self.random.uuid(), self.date());
            let row = [
                ("id", key.into()),
                ("organization_id", organization.into()),
                ("improvement_action_id", id.into()),
                ("result", (self.random.below(2) as i64 + 1).into()),
                ("concept", "Visto".into()),
                ("reviewed_on", on.into()),
                ("row_version", 1.into()),
            ];
            self.add("effectiveness_review", row);
        }
    }
}

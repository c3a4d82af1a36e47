//! Rows of one organization: processes and their versions in every state, who answers for them, documents, capabilities.

use uuid::Uuid;

use super::{Maker, Val, day, today};

/// Stage and interval of the versions of one process or document: obsolete, in force since today, scheduled, in review, draft.
fn lives() -> [(i64, Val, Val); 5] {
    [
        (3, day("2015-01-01").into(), today().into()),
        (3, today().into(), day("2030-01-01").into()),
        (3, day("2030-01-01").into(), Val::Null),
        (2, Val::Null, Val::Null),
        (1, Val::Null, Val::Null),
    ]
}

impl Maker {
    pub(super) fn value_chain(&mut self, organization: Uuid) {
        for subject in 1..=5_i64 {
            let id = self.random.uuid();
            self.add(
                "code_pattern",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("subject", subject.into()),
                    ("pattern", "{parent}.99".into()),
                    ("row_version", 1.into()),
                ],
            );
        }
        for number in 0..6 * self.scale {
            self.process(organization, number);
        }
        for number in 0..2 * self.scale {
            let (id, (name, key), (about, _)) = (self.random.uuid(), self.text(), self.text());
            let about = self.sometimes(50, about);
            // Names are unique in an organization, whatever their case.
            let (Val::Text(name), Val::Text(_)) = (name, key) else { continue };
            let name = format!("{name} {number}");
            let key = entity::fold(&name);
            self.add(
                "external_party",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("name", name.into()),
                    ("name_key", key.into()),
                    ("description", about),
                    ("row_version", 1.into()),
                ],
            );
        }
        self.process_versions(organization);
        self.transfers(organization);
        for _ in 0..10 * self.scale {
            self.responsibility(organization);
        }
        for number in 0..4 * self.scale {
            self.document(organization, number);
        }
        for _ in 0..3 * self.scale {
            self.capability(organization);
        }
        self.relations(organization);
    }

    /// How an organization stands to requirements, reference processes and norms.
    fn relations(&mut self, organization: Uuid) {
        for _ in 0..8 * self.scale {
            self.alignment(organization);
            self.adoption(organization);
            self.norm(organization);
        }
    }

    /// Where responsibilities go: those of one process, or all.
    fn transfers(&mut self, organization: Uuid) {
        let (units, processes) = (self.published_units(organization), self.own("process", organization));
        for succession in self.own("succession", organization) {
            let (id, giver, taker, (description, _)) =
                (self.random.uuid(), self.one_of(&units), self.one_of(&units), self.text());
            let process = self.one_of(&processes);
            let (taker, process) = (self.sometimes(70, taker), self.sometimes(50, process));
            let description = self.sometimes(50, description);
            self.add(
                "responsibility_transfer",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("succession_id", succession.into()),
                    ("from_unit_id", giver),
                    ("to_unit_id", taker),
                    ("process_id", process),
                    ("description", description),
                    ("row_version", 1.into()),
                ],
            );
        }
    }

    fn process(&mut self, organization: Uuid, number: usize) {
        let (id, (name, key)) = (self.random.uuid(), self.text());
        self.add(
            "process",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("level", (number as i64 % 4 + 1).into()),
                ("code", format!("P{:02}", number % 5).into()),
                ("name", name),
                ("name_key", key),
                // The last ones have drafts only.
                ("published", (number % 6 < 4).into()),
                ("row_version", 1.into()),
            ],
        );
    }

    fn process_versions(&mut self, organization: Uuid) {
        for process in self.own("process", organization) {
            let mut base = Val::Null;
            let published = self.data.table("process").value(process, "published") == Val::Bool(true);
            let first = if published { self.random.below(3) } else { 3 };
            for (number, (stage, from, to)) in lives().into_iter().enumerate().skip(first) {
                base = self.process_version(organization, process, number as i64, (stage, from, to), base);
            }
        }
    }

    fn process_version(
        &mut self,
        organization: Uuid,
        process: Uuid,
        number: i64,
        (stage, from, to): (i64, Val, Val),
        base: Val,
    ) -> Val {
        let (acts, persons) = (self.own("legal_act", organization), self.own("person", organization));
        let table = self.data.table("process");
        let published = |id: &Uuid| table.value(*id, "published") == Val::Bool(true);
        let parents: Vec<_> = self.own("process", organization).into_iter().filter(published).collect();
        let (id, (name, key), parent, act) =
            (self.random.uuid(), self.text(), self.one_of(&parents), self.one_of(&acts));
        let (parent, act) = (self.sometimes(60, parent), self.sometimes(40, act));
        let [objective, scope, start, end, reason] = [(); 5].map(|()| {
            let (text, _) = self.text();
            self.sometimes(60, text)
        });
        let (policies, resources) = (self.list(), self.list());
        let [prepared, reviewed, approved] = [(); 3].map(|()| {
            let person = self.one_of(&persons);
            self.sometimes(60, person)
        });
        let kind = self.random.below(4) as i64 + 1;
        self.add(
            "process_version",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("process_id", process.into()),
                ("number", (number + 1).into()),
                ("stage", stage.into()),
                ("code", format!("V{number:02}").into()),
                ("name", name),
                ("name_key", key),
                ("kind", kind.into()),
                ("parent_process_id", parent),
                ("objective", objective),
                ("scope", scope),
                ("starts_with", start),
                ("ends_with", end),
                ("policies", policies),
                ("resources", resources),
                ("change_reason", reason),
                ("legal_act_id", act),
                ("base_version_id", base),
                ("prepared_by_id", prepared),
                ("reviewed_by_id", reviewed),
                ("approved_by_id", approved),
                ("valid_from", from),
                ("valid_to", to),
                ("row_version", 1.into()),
            ],
        );
        self.version_parts(organization, id);
        id.into()
    }

    fn version_parts(&mut self, organization: Uuid, version: Uuid) {
        let (units, posts) = (self.published_units(organization), self.published_posts(organization));
        for position in 0..2_i64 {
            let (id, (description, _), (record, _)) = (self.random.uuid(), self.text(), self.text());
            let (unit, post) = (self.one_of(&units), self.one_of(&posts));
            let (unit, post) = if position == 0 { (unit, Val::Null) } else { (Val::Null, self.sometimes(70, post)) };
            let (record, phase, control) =
                (self.sometimes(50, record), self.random.below(4) as i64 + 1, self.random.percent(50));
            self.add(
                "activity",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("process_version_id", version.into()),
                    ("phase", phase.into()),
                    ("position", position.into()),
                    ("description", description),
                    ("record", record),
                    ("control_point", control.into()),
                    ("responsible_unit_id", unit),
                    ("responsible_post_id", post),
                    ("row_version", 1.into()),
                ],
            );
        }
        for direction in 1..=2_i64 {
            self.flow(organization, version, direction);
        }
        self.step("process_transition", "process_version_id", organization, version);
    }

    fn flow(&mut self, organization: Uuid, version: Uuid, direction: i64) {
        let (id, (name, key), (about, _)) = (self.random.uuid(), self.text(), self.text());
        let (about, position) = (self.sometimes(30, about), self.random.below(3) as i64);
        self.add(
            "flow",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("process_version_id", version.into()),
                ("direction", direction.into()),
                ("position", position.into()),
                ("name", name),
                ("name_key", key),
                ("description", about),
                ("row_version", 1.into()),
            ],
        );
        let (processes, parties) = (self.own("process", organization), self.own("external_party", organization));
        if self.random.percent(60) {
            let process = self.one_of(&processes);
            self.add(
                "flow_process",
                [("flow_id", id.into()), ("organization_id", organization.into()), ("process_id", process)],
            );
        }
        if !parties.is_empty() && self.random.percent(40) {
            let party = self.one_of(&parties);
            self.add(
                "flow_party",
                [("flow_id", id.into()), ("organization_id", organization.into()), ("external_party_id", party)],
            );
        }
    }

    /// One step of a life cycle.
    fn step(&mut self, table: &'static str, of: &'static str, organization: Uuid, version: Uuid) {
        let (id, accounts, persons) = (self.random.uuid(), self.ids("account"), self.own("person", organization));
        let (account, person, date) = (self.one_of(&accounts), self.one_of(&persons), self.date());
        let (from, to) = (self.random.below(4) as i64 + 1, self.random.below(4) as i64 + 1);
        let (person, reason, recorded) =
            (self.sometimes(60, person), self.sometimes(40, "Porque sí"), self.random.below(3) as i64);
        self.add(
            table,
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                (of, version.into()),
                ("from_state", from.into()),
                ("to_state", to.into()),
                ("civil_date", date.into()),
                ("recorded_at", (1_700_000_000_000_000 + recorded).into()),
                ("account_id", account),
                ("person_id", person),
                ("act", "processVersionSubmit".into()),
                ("reason", reason),
            ],
        );
    }

    fn responsibility(&mut self, organization: Uuid) {
        let (processes, units) = (self.own("process", organization), self.published_units(organization));
        let successions = self.own("succession", organization);
        let (id, process, unit, succession, (from, to)) = (
            self.random.uuid(),
            self.one_of(&processes),
            self.one_of(&units),
            self.one_of(&successions),
            self.interval(),
        );
        let (role, (note, _)) = (self.random.below(4) as i64 + 1, self.text());
        let (note, succession) = (self.sometimes(30, note), self.sometimes(30, succession));
        self.add(
            "process_responsibility",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("process_id", process),
                ("org_unit_id", unit),
                ("role", role.into()),
                ("note", note),
                ("succession_id", succession),
                ("valid_from", from),
                ("valid_to", to),
                ("row_version", 1.into()),
            ],
        );
    }

    fn document(&mut self, organization: Uuid, number: usize) {
        // What is published belongs to a process that is.
        let published = number % 4 < 3;
        let table = self.data.table("process");
        let open = |id: &Uuid| table.value(*id, "published") == Val::Bool(true);
        let processes: Vec<_> = self.own("process", organization).into_iter().filter(open).collect();
        let (document, process, (name, key)) = (self.random.uuid(), self.one_of(&processes), self.text());
        let kind = self.random.below(9) as i64 + 1;
        self.add(
            "controlled_document",
            [
                ("id", document.into()),
                ("organization_id", organization.into()),
                ("process_id", process),
                ("kind", kind.into()),
                ("code", format!("P01.I{number:02}").into()),
                ("name", name),
                ("name_key", key),
                ("published", published.into()),
                ("row_version", 1.into()),
            ],
        );
        let (acts, persons) = (self.own("legal_act", organization), self.own("person", organization));
        let code = format!("P01.I{number:02}");
        for (number, (stage, from, to)) in lives().into_iter().enumerate().skip(if published { 0 } else { 3 }) {
            let (name, key) = self.text();
            let (id, act, review) = (self.random.uuid(), self.one_of(&acts), self.date());
            let (act, review) = (self.sometimes(40, act), self.sometimes(60, review));
            let (title, uri) = (self.sometimes(60, "Manual.pdf"), self.sometimes(40, "https://example.org/m?v=%20"));
            let [prepared, reviewed, approved] = [(); 3].map(|()| {
                let person = self.one_of(&persons);
                self.sometimes(60, person)
            });
            self.add(
                "document_version",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("controlled_document_id", document.into()),
                    ("number", (number as i64 + 1).into()),
                    ("stage", stage.into()),
                    ("code", format!("{code}-{number}").into()),
                    ("name", name),
                    ("name_key", key),
                    ("document_title", title),
                    ("document_uri", uri),
                    ("document_media_type", Val::Null),
                    ("document_sha256", Val::Null),
                    ("filing_number", Val::Null),
                    ("change_reason", Val::Null),
                    ("next_review", review),
                    ("legal_act_id", act),
                    ("prepared_by_id", prepared),
                    ("reviewed_by_id", reviewed),
                    ("approved_by_id", approved),
                    ("valid_from", from),
                    ("valid_to", to),
                    ("row_version", 1.into()),
                ],
            );
            self.step("document_transition", "document_version_id", organization, id);
        }
    }

    fn capability(&mut self, organization: Uuid) {
        let (id, (name, key), (about, _), (from, to)) = (self.random.uuid(), self.text(), self.text(), self.interval());
        let about = self.sometimes(50, about);
        self.add(
            "capability",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("name", name),
                ("name_key", key),
                ("description", about),
                ("valid_from", from),
                ("valid_to", to),
                ("row_version", 1.into()),
            ],
        );
        let (processes, units) = (self.own("process", organization), self.published_units(organization));
        for process in processes.into_iter().take(2) {
            let (key, weight) = (self.random.uuid(), self.random.below(100) as i64 + 1);
            self.add(
                "capability_process",
                [
                    ("id", key.into()),
                    ("organization_id", organization.into()),
                    ("capability_id", id.into()),
                    ("process_id", process.into()),
                    ("weight", weight.into()),
                    ("row_version", 1.into()),
                ],
            );
        }
        let unit = self.one_of(&units);
        self.add(
            "capability_unit",
            [("capability_id", id.into()), ("organization_id", organization.into()), ("org_unit_id", unit)],
        );
    }

    fn alignment(&mut self, organization: Uuid) {
        let subjects = ["process", "org_unit", "controlled_document", "capability"];
        let chosen = self.random.below(subjects.len());
        let own = match subjects[chosen] {
            "org_unit" => self.published_units(organization),
            table => self.own(table, organization),
        };
        let (subject, requirements) = (self.one_of(&own), self.ids("requirement"));
        if subject == Val::Null || requirements.is_empty() {
            return;
        }
        let of = |number: usize| if number == chosen { subject.clone() } else { Val::Null };
        let (id, requirement, (from, to), (why, _)) =
            (self.random.uuid(), self.one_of(&requirements), self.interval(), self.text());
        let (role, why) = (self.random.below(2) as i64 + 1, self.sometimes(50, why));
        self.add(
            "alignment",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("requirement_id", requirement),
                ("role", role.into()),
                ("rationale", why),
                ("process_id", of(0)),
                ("org_unit_id", of(1)),
                ("controlled_document_id", of(2)),
                ("capability_id", of(3)),
                ("valid_from", from),
                ("valid_to", to),
                ("row_version", 1.into()),
            ],
        );
    }

    fn adoption(&mut self, organization: Uuid) {
        let (references, processes) = (self.ids("reference_process"), self.own("process", organization));
        if references.is_empty() {
            return;
        }
        let status = self.random.below(5) as i64 + 1;
        let (id, reference, process, (from, to)) =
            (self.random.uuid(), self.one_of(&references), self.one_of(&processes), self.interval());
        let reference = if status == 5 { Val::Null } else { reference };
        let process = if status == 4 { Val::Null } else { process };
        let why = self.sometimes(50, "Por tamaño");
        self.add(
            "reference_adoption",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("reference_process_id", reference),
                ("process_id", process),
                ("status", status.into()),
                ("justification", why),
                ("legal_act_id", Val::Null),
                ("valid_from", from),
                ("valid_to", to),
                ("row_version", 1.into()),
            ],
        );
    }

    fn norm(&mut self, organization: Uuid) {
        let (norms, processes) = (self.ids("norm"), self.own("process", organization));
        let (id, norm, process, (from, to), (name, _)) =
            (self.random.uuid(), self.one_of(&norms), self.one_of(&processes), self.interval(), self.text());
        let norm = self.sometimes(60, norm);
        let name = if norm == Val::Null { name } else { Val::Null };
        let articles = self.sometimes(50, "arts. 1 y 2");
        self.add(
            "process_norm",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("process_id", process),
                ("norm_id", norm),
                ("name", name),
                ("articles", articles),
                ("subject", Val::Null),
                ("valid_from", from),
                ("valid_to", to),
                ("row_version", 1.into()),
            ],
        );
    }

    /// Posts that are no draft's.
    fn published_posts(&self, organization: Uuid) -> Vec<Uuid> {
        let table = self.data.table("post");
        let open = |id: &Uuid| table.value(*id, "valid_from") != Val::Null;
        self.own("post", organization).into_iter().filter(open).collect()
    }
}

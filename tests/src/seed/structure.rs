//! Rows of one organization: acts, versions of the structure in every state, units, successions.

use uuid::Uuid;

use super::{Maker, Val, day, today};

impl Maker {
    pub(super) fn organization(&mut self, organization: Uuid) {
        self.acts(organization);
        self.versions(organization);
        for _ in 0..7 * self.scale {
            let (id, (name, key)) = (self.random.uuid(), self.text());
            self.add(
                "org_unit",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("name", name),
                    ("name_key", key),
                    ("row_version", 1.into()),
                ],
            );
        }
        self.unit_versions(organization);
        for _ in 0..6 * self.scale {
            self.succession(organization);
        }
        self.staff(organization);
        self.value_chain(organization);
    }

    fn acts(&mut self, organization: Uuid) {
        for number in 0..4 * self.scale {
            let (id, (subject, subject_key), date) = (self.random.uuid(), self.text(), self.date());
            let (title, uri) = (self.sometimes(40, "Acto.pdf"), self.sometimes(30, "https://example.org/a?b=%20"));
            self.add(
                "legal_act",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("kind", ((number % 6) as i64 + 1).into()),
                    ("number", format!("Á{number:04}").into()),
                    ("number_key", format!("a{number:04}").into()),
                    ("issuer", "Gobernación".into()),
                    ("date", date.into()),
                    ("subject", subject),
                    ("subject_key", subject_key),
                    ("document_title", title),
                    ("document_uri", uri),
                    ("document_media_type", Val::Null),
                    ("document_sha256", Val::Null),
                    ("filing_number", Val::Null),
                    ("row_version", 3.into()),
                ],
            );
        }
        let acts = self.own("legal_act", organization);
        for scheme in 1..=2_i64 {
            let (id, (value, _), (from, to)) = (self.random.uuid(), self.text(), self.interval());
            self.add(
                "organization_classification",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("scheme", scheme.into()),
                    ("value", value),
                    ("valid_from", from),
                    ("valid_to", to),
                    ("source", "DNP".into()),
                    ("row_version", 1.into()),
                ],
            );
        }
        let (id, act, (from, to), (administrator, _)) =
            (self.random.uuid(), self.one_of(&acts), self.interval(), self.text());
        self.add(
            "temporary_takeover",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("legal_act_id", act),
                ("administrator", administrator),
                ("valid_from", from),
                ("valid_to", to),
                ("row_version", 1.into()),
            ],
        );
    }

    /// Annulled, repealed twice, in force since today; then a draft, one under approval, one approved without a date.
    fn versions(&mut self, organization: Uuid) {
        let acts = self.own("legal_act", organization);
        let (since, until) = (today(), |text: &str| Some(day(text)));
        let versions = [
            (3, until("2013-01-01"), until("2015-01-01"), until("2014-06-01")),
            (3, until("2015-01-01"), until("2020-07-01"), None),
            (3, until("2020-07-01"), Some(since), None),
            (3, Some(since), None, None),
            (1, None, None, None),
            (2, None, None, None),
            (3, None, None, None),
        ];
        let mut base = Val::Null;
        for (number, (stage, from, to, annulled)) in versions.into_iter().enumerate() {
            let (id, act, (note, _)) = (self.random.uuid(), self.one_of(&acts), self.text());
            let (act, note) = (if stage == 3 { act } else { Val::Null }, self.sometimes(50, note));
            let repeal = if number == 1 { act.clone() } else { Val::Null };
            self.add(
                "structure_version",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("number", (number as i64 + 1).into()),
                    ("stage", stage.into()),
                    ("valid_from", from.into()),
                    ("valid_to", to.into()),
                    ("annulled_from", annulled.into()),
                    ("note", note),
                    ("legal_act_id", act),
                    ("repeal_act_id", repeal),
                    ("base_version_id", base.clone()),
                    ("row_version", 1.into()),
                ],
            );
            if number <= 3 {
                base = id.into();
            }
            self.transitions(organization, id, stage);
        }
    }

    fn transitions(&mut self, organization: Uuid, version: Uuid, stage: i64) {
        let accounts = self.ids("account");
        for to in 1..=stage {
            let (id, account, date, (reason, _)) =
                (self.random.uuid(), self.one_of(&accounts), self.date(), self.text());
            let (from, reason) = (if to == 1 { Val::Null } else { Val::Int(to - 1) }, self.sometimes(40, reason));
            let second = 1_600_000_000_000_000 + (to / 2) * 1_000_001;
            self.add(
                "structure_transition",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("structure_version_id", version.into()),
                    ("from_state", from),
                    ("to_state", to.into()),
                    ("civil_date", date.into()),
                    ("recorded_at", second.into()),
                    ("account_id", account),
                    ("person_id", Val::Null),
                    ("act", "structureVersionApprove".into()),
                    ("reason", reason),
                ],
            );
        }
    }

    /// A tree of most units in each version; the last unit stands in the draft only.
    fn unit_versions(&mut self, organization: Uuid) {
        let (versions, units) = (self.own("structure_version", organization), self.own("org_unit", organization));
        for (number, version) in versions.iter().enumerate() {
            let (from, to) = {
                let table = self.data.table("structure_version");
                (table.value(*version, "valid_from"), table.value(*version, "valid_to"))
            };
            let mut placed: Vec<(Uuid, String, i64)> = Vec::new();
            for (place, unit) in units.iter().enumerate() {
                let draft_only = place + 1 == units.len();
                if draft_only != (number == 4) && (draft_only || self.random.percent(25)) {
                    continue;
                }
                let parent = (!placed.is_empty() && self.random.percent(85)).then(|| self.random.pick(&placed).clone());
                let (parent, above, depth) = parent
                    .map_or((Val::Null, String::new(), 0), |(id, path, depth)| (id.into(), path + ".", depth + 1));
                let (id, (name, key), functions) = (self.random.uuid(), self.text(), self.list());
                let path = format!("{above}{place:04}");
                let (kind, position) = (self.random.below(10) as i64 + 1, self.random.below(3) as i64);
                self.add(
                    "unit_version",
                    [
                        ("id", id.into()),
                        ("organization_id", organization.into()),
                        ("structure_version_id", (*version).into()),
                        ("org_unit_id", (*unit).into()),
                        ("parent_id", parent),
                        ("code", format!("{}{place:03}", if place % 2 == 0 { "b" } else { "B" }).into()),
                        ("name", name),
                        ("name_key", key),
                        ("kind", kind.into()),
                        ("functions", functions),
                        ("position", position.into()),
                        ("path", path.clone().into()),
                        ("depth", depth.into()),
                        ("valid_from", from.clone()),
                        ("valid_to", to.clone()),
                        ("row_version", 1.into()),
                    ],
                );
                placed.push((id, path, depth));
            }
        }
    }

    /// The units that a version in force, now or once, has.
    pub(super) fn published_units(&self, organization: Uuid) -> Vec<Uuid> {
        let table = self.data.table("unit_version");
        let placed = self.own("unit_version", organization).into_iter();
        let placed = placed.filter(|id| table.value(*id, "valid_from") != Val::Null);
        placed.filter_map(|id| table.value(id, "org_unit_id").uuid()).collect()
    }

    fn succession(&mut self, organization: Uuid) {
        let (versions, units) = (self.own("structure_version", organization), self.published_units(organization));
        let version = *self.random.pick(&versions);
        let from = self.data.table("structure_version").value(version, "valid_from");
        let (id, (note, _), kind) = (self.random.uuid(), self.text(), self.random.below(6) as i64 + 1);
        let (fate, note) = (self.sometimes(50, kind % 2 + 1), self.sometimes(50, note));
        self.add(
            "succession",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("structure_version_id", version.into()),
                ("kind", kind.into()),
                ("responsibilities", fate),
                ("note", note),
                ("valid_from", from),
                ("row_version", 1.into()),
            ],
        );
        for table in ["succession_predecessor", "succession_successor"] {
            let mut sides: Vec<_> = (0..self.random.below(3)).map(|_| *self.random.pick(&units)).collect();
            sides.sort();
            sides.dedup();
            for unit in sides {
                self.add(
                    table,
                    [
                        ("succession_id", id.into()),
                        ("organization_id", organization.into()),
                        ("org_unit_id", unit.into()),
                    ],
                );
            }
        }
    }
}

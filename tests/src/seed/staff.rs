//! Rows of one organization: jobs, posts, persons, who holds what, and who may read it.

use uuid::Uuid;

use super::{Maker, Val};

impl Maker {
    pub(super) fn staff(&mut self, organization: Uuid) {
        let (acts, denominations) = (self.own("legal_act", organization), self.ids("job_denomination"));
        for grade in 0..3 * self.scale {
            let (id, act, denomination, functions) =
                (self.random.uuid(), self.one_of(&acts), self.one_of(&denominations), self.list());
            let act = self.sometimes(60, act);
            self.add(
                "job",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("job_denomination_id", denomination),
                    ("grade", format!("{grade:02}").into()),
                    ("functions", functions),
                    ("legal_act_id", act),
                    ("row_version", 1.into()),
                ],
            );
        }
        for _ in 0..9 * self.scale {
            self.post(organization);
        }
        for number in 0..6 * self.scale {
            self.person(organization, number);
        }
        for _ in 0..9 * self.scale {
            self.holding(organization);
        }
        for _ in 0..3 * self.scale {
            self.work_group(organization);
        }
        self.grants(organization);
    }

    fn post(&mut self, organization: Uuid) {
        let (jobs, versions) = (self.own("job", organization), self.own("structure_version", organization));
        let (acts, units) = (self.own("legal_act", organization), self.published_units(organization));
        let earlier = self.own("post", organization);
        let (mut version, (mut from, mut to)) = (Val::Null, self.interval());
        if self.random.percent(35) {
            // Proposed by a draft, one under approval, or one approved without a date.
            version = versions[4 + self.random.below(3)].into();
            (from, to) = (Val::Null, Val::Null);
        } else if self.random.percent(50) {
            version = versions[self.random.below(4)].into();
        }
        let (id, job, unit) = (self.random.uuid(), self.one_of(&jobs), self.one_of(&units));
        let (act, replaces) = (self.one_of(&acts), self.one_of(&earlier));
        let (act, replaces) = (self.sometimes(60, act), self.sometimes(50, replaces));
        self.add(
            "post",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("structure_version_id", version),
                ("job_id", job),
                ("org_unit_id", unit),
                ("legal_act_id", act),
                ("replaces_id", replaces),
                ("valid_from", from),
                ("valid_to", to),
                ("row_version", 1.into()),
            ],
        );
    }

    fn person(&mut self, organization: Uuid, number: usize) {
        let (id, (name, key)) = (self.random.uuid(), self.text());
        let known = self.random.percent(70);
        let (kind, document) = if known { (1.into(), format!("10{number}").into()) } else { (Val::Null, Val::Null) };
        let (email, phone) = (self.sometimes(60, "ñ@example.org"), self.sometimes(60, "+57 1"));
        let erased = self.date();
        let erased = self.sometimes(15, erased);
        self.add(
            "person",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("name", name),
                ("name_key", key),
                ("document_kind", kind),
                ("document_number", document),
                ("email", email),
                ("phone", phone),
                ("row_version", 1.into()),
                ("erased_on", erased),
            ],
        );
    }

    fn holding(&mut self, organization: Uuid) {
        let table = self.data.table("post");
        let posts = self.own("post", organization).into_iter();
        let posts: Vec<_> = posts.filter(|id| table.value(*id, "valid_from") != Val::Null).collect();
        let (persons, acts) = (self.own("person", organization), self.own("legal_act", organization));
        let (id, post, person, act, (from, to)) =
            (self.random.uuid(), self.one_of(&posts), self.one_of(&persons), self.one_of(&acts), self.interval());
        if post == Val::Null {
            return;
        }
        let (appointment, act) = (self.random.below(8) as i64 + 1, self.sometimes(50, act));
        self.add(
            "post_holding",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("post_id", post),
                ("person_id", person),
                ("appointment", appointment.into()),
                ("legal_act_id", act),
                ("valid_from", from),
                ("valid_to", to),
                ("row_version", 1.into()),
            ],
        );
    }

    fn work_group(&mut self, organization: Uuid) {
        let (units, acts) = (self.published_units(organization), self.own("legal_act", organization));
        let (id, unit, act, (name, key), (from, to)) =
            (self.random.uuid(), self.one_of(&units), self.one_of(&acts), self.text(), self.interval());
        let purpose = self.sometimes(50, "");
        self.add(
            "work_group",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("org_unit_id", unit),
                ("legal_act_id", act),
                ("name", name),
                ("name_key", key),
                ("purpose", purpose),
                ("valid_from", from),
                ("valid_to", to),
                ("row_version", 1.into()),
            ],
        );
    }

    fn grants(&mut self, organization: Uuid) {
        let (accounts, units) = (self.ids("account"), self.published_units(organization));
        let persons = self.own("person", organization);
        // One of them is no member, and so has no role either.
        let members: Vec<_> = accounts.iter().enumerate().filter(|(number, _)| *number != 4).collect();
        let holders: Vec<_> = members.iter().map(|(_, account)| **account).collect();
        for (number, account) in members {
            let (id, (name, key), person) =
                (self.random.uuid(), self.text(), persons.get(number).filter(|_| number < 4).copied());
            self.add(
                "member",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("account_id", (*account).into()),
                    ("person_id", person.into()),
                    ("name", name),
                    ("name_key", key),
                    ("state", (number as i64 % 3 + 1).into()),
                    ("row_version", 1.into()),
                ],
            );
        }
        for _ in 0..6 * self.scale {
            let (id, account, giver, unit, (from, to)) = (
                self.random.uuid(),
                self.one_of(&holders),
                self.one_of(&accounts),
                self.one_of(&units),
                self.interval(),
            );
            let (role, unit) = (self.random.below(13) as i64 + 1, self.sometimes(30, unit));
            self.add(
                "access_grant",
                [
                    ("id", id.into()),
                    ("organization_id", organization.into()),
                    ("account_id", account),
                    ("role", role.into()),
                    ("scope_unit_id", unit),
                    ("valid_from", from),
                    ("valid_to", to),
                    ("granted_by_id", giver),
                    ("row_version", 1.into()),
                ],
            );
        }
        for account in accounts.iter().take(2) {
            self.key(organization, *account);
        }
    }

    fn key(&mut self, organization: Uuid, account: Uuid) {
        let (id, (name, key), day) = (self.random.uuid(), self.text(), self.date());
        let (used, revoked) = (self.sometimes(50, 1_700_000_000_000_000), self.sometimes(30, 1_710_000_000_000_001));
        self.add(
            "api_key",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("account_id", account.into()),
                ("name", name),
                ("name_key", key),
                ("prefix", Val::from(&id.simple().to_string()[24..])),
                ("secret_hash", "ab".repeat(32).into()),
                ("previous_hash", Val::Null),
                ("previous_until", Val::Null),
                ("scopes", "[\"structure:read\"]".into()),
                ("valid_to", day.into()),
                ("created_at", 1_690_000_000_000_000.into()),
                ("last_used_at", used),
                ("revoked_at", revoked),
                ("row_version", 1.into()),
            ],
        );
    }
}

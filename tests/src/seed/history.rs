//! What acts left behind of one organization: entries about objects that are there, are gone, are drafts; persons whose
//! values can be opened and others; who read them.

use articula::store::sealed::{PersonKey, Place};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Maker, Val};

/// What entries tell, by the number of the object's kind.
fn told(kind: i64, at: usize) -> Value {
    match kind {
        10 => json!({ "person": [0, 7], "access_grant": [1, 2], "name": ["Antes", "Después"] }),
        13 => json!({ "kind": [null, 2], "date": [null, "2020-02-29"], "document_title": [null, "O'Higgins"] }),
        14 => {
            json!({ "stage": [1, 3], "valid_from": [null, "2020-01-01"], "legal_act_id": [null, Uuid::from_u128(at as u128)] })
        }
        15 => json!({ "name": ["a", format!("b{at}")] }),
        17 => {
            json!({ "succession_predecessor": [null, { "succession_id": Uuid::nil(), "org_unit_id": Uuid::from_u128(5) }] })
        }
        _ => json!({ "valid_to": [null, "2030-01-01"] }),
    }
}

impl Maker {
    pub(super) fn history(&mut self, organization: Uuid) {
        let kinds = [
            (10, "organization"),
            (13, "legal_act"),
            (14, "structure_version"),
            (15, "org_unit"),
            (17, "succession"),
            (20, "post"),
            (41, "access_grant"),
        ];
        let mut sequence = 0;
        for (kind, table) in kinds {
            let objects = if kind == 10 { vec![organization] } else { self.own(table, organization) };
            for at in 0..2 * self.scale {
                let gone = kind != 10 && self.random.percent(15);
                let object = if gone { self.random.uuid() } else { *self.random.pick(&objects) };
                sequence += 1;
                let id = self.random.uuid();
                self.entry(organization, id, (kind, object), sequence, &told(kind, at));
            }
        }
        for person in self.own("person", organization) {
            sequence += 1;
            self.person_entry(organization, person, sequence);
        }
    }

    fn person_entry(&mut self, organization: Uuid, person: Uuid, sequence: i64) {
        let secret = PersonKey::generate().expect("random bytes");
        let key = PersonKey::parse(&secret).expect("a key");
        let entry = self.random.uuid();
        let sealed = |column, value: Value| key.seal(Place { entry, person, column }, &value).expect("sealed");
        let told = if self.random.percent(20) {
            json!({ "name": { "erased": true }, "email": { "erased": true } })
        } else {
            json!({
                "name": sealed("name", json!([null, "Ñ"])),
                "email": sealed("email", json!([null, "ñ@example.org"])),
                "document_kind": sealed("document_kind", json!([null, 1])),
            })
        };
        self.entry(organization, entry, (21, person), sequence, &told);
        if self.random.percent(70) {
            let row =
                [("object_id", person.into()), ("organization_id", organization.into()), ("secret", secret.into())];
            self.add("person_key", row);
        }
        let (id, account) = (self.random.uuid(), self.account());
        let person = if self.random.percent(15) { self.random.uuid() } else { person };
        self.add(
            "personal_data_read",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("person_id", person.into()),
                ("account_id", account),
                ("request_id", format!("r-{sequence}").into()),
                ("fields", r#"["email","phone"]"#.into()),
                ("recorded_at", (1_600_000_000_000_000 + sequence / 2).into()),
            ],
        );
    }

    fn account(&mut self) -> Val {
        let accounts = self.ids("account");
        if self.random.percent(15) { Uuid::nil().into() } else { self.one_of(&accounts) }
    }

    fn entry(&mut self, organization: Uuid, id: Uuid, (kind, object): (i64, Uuid), sequence: i64, told: &Value) {
        let (account, set) = (self.account(), self.random.uuid());
        let (set, client) = (self.sometimes(80, set), self.sometimes(50, "tablero"));
        let (operation, reason) = (self.random.below(3) as i64 + 1, self.sometimes(30, "O'Higgins"));
        let act = *self.random.pick::<&str>(&["load", "orgUnitUpdate", "personUpdate"]);
        let backdated = self.random.percent(20);
        self.add(
            "history_entry",
            [
                ("id", id.into()),
                ("organization_id", organization.into()),
                ("sequence", sequence.into()),
                ("recorded_at", (1_600_000_000_000_000 + sequence / 3).into()),
                ("account_id", account),
                ("request_id", format!("r-{}", sequence / 2).into()),
                ("act", act.into()),
                ("object_kind", kind.into()),
                ("object_id", object.into()),
                ("operation", operation.into()),
                ("changes", told.to_string().into()),
                ("reason", reason),
                ("backdated", backdated.into()),
                ("previous_hash", format!("{:064x}", sequence - 1).into()),
                ("hash", format!("{sequence:064x}").into()),
                ("change_set_id", set),
                ("client", client),
            ],
        );
    }
}

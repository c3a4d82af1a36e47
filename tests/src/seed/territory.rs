//! Rows of the territory, the national catalogues, the organizations and the accounts.

use super::{Maker, Val, day};

impl Maker {
    pub(super) fn territory(&mut self) {
        for code in ["05", "25", "11"] {
            let (name, key) = self.text();
            let id = self.random.uuid();
            let official = self.random.percent(50);
            self.add(
                "department",
                [
                    ("id", id.into()),
                    ("code", code.into()),
                    ("name", name),
                    ("name_key", key),
                    ("source", "DIVIPOLA".into()),
                    ("official", official.into()),
                ],
            );
        }
        self.entities();
        self.municipalities();
        self.catalogues();
    }

    fn entities(&mut self) {
        let departments = self.ids("department");
        for number in 0..4_i64 {
            let (name, key) = self.text();
            let (id, department) = (self.random.uuid(), self.one_of(&departments));
            let (from, to) = if number < 2 { (day("2011-01-01").into(), Val::Null) } else { self.interval() };
            let (code, aliases) = (self.sometimes(60, format!("37{number}")), self.list());
            self.add(
                "territorial_entity",
                [
                    ("id", id.into()),
                    ("department_id", department),
                    ("kind", (number % 3 + 1).into()),
                    ("men_code", code),
                    ("divipola", format!("0500{number}").into()),
                    ("name", name),
                    ("name_key", key.clone()),
                    ("aliases", aliases),
                    ("search_key", key),
                    ("valid_from", from),
                    ("valid_to", to),
                    ("source", "MEN".into()),
                    ("official", (number % 2 == 0).into()),
                ],
            );
        }
    }

    fn municipalities(&mut self) {
        let departments = self.ids("department");
        let entities = self.ids("territorial_entity");
        for number in 0..8 * self.scale {
            let (name, key) = self.text();
            let (id, department) = (self.random.uuid(), self.one_of(&departments));
            let (mut from, to) = self.interval();
            if self.random.percent(60) {
                from = Val::Null;
            }
            let official = self.random.percent(50);
            self.add(
                "municipality",
                [
                    ("id", id.into()),
                    ("department_id", department),
                    ("code", format!("{number:05}").into()),
                    ("name", name),
                    ("name_key", key),
                    ("valid_from", from),
                    ("valid_to", to),
                    ("source", "DIVIPOLA".into()),
                    ("official", official.into()),
                ],
            );
            let change = day(self.random.pick::<&str>(&["2020-01-01", "2024-06-15", "2024-06-16"]));
            let periods = [(day("2011-01-01").into(), Val::from(change)), (change.into(), Val::Null)];
            for (from, to) in periods.into_iter().take(1 + self.random.below(2)) {
                let (id, entity) = (self.random.uuid(), self.one_of(&entities));
                self.add(
                    "coverage",
                    [
                        ("id", id.into()),
                        ("territorial_entity_id", entity),
                        ("municipality_id", self.last("municipality")),
                        ("valid_from", from),
                        ("valid_to", to),
                        ("source", "MEN".into()),
                        ("official", true.into()),
                        ("dates_official", official.into()),
                    ],
                );
            }
        }
    }

    fn last(&self, table: &str) -> Val {
        self.ids(table).last().copied().into()
    }

    fn catalogues(&mut self) {
        for code in 1..=10_i64 {
            let (name, key) = self.text();
            let id = self.random.uuid();
            self.add(
                "unit_kind",
                [
                    ("id", id.into()),
                    ("code", code.into()),
                    ("name", name),
                    ("name_key", key),
                    ("name_en", "Kind".into()),
                    ("typical_parents", "[]".into()),
                    ("source", "MEN".into()),
                    ("official", false.into()),
                ],
            );
        }
        for code in 1..=5_i64 {
            let (name, key) = self.text();
            let id = self.random.uuid();
            self.add(
                "job_denomination",
                [
                    ("id", id.into()),
                    ("code", format!("{code}19").into()),
                    ("name", name),
                    ("name_key", key),
                    ("level", code.into()),
                    ("source", "Decreto 785".into()),
                    ("official", true.into()),
                ],
            );
        }
    }

    pub(super) fn organizations(&mut self) {
        let entities = self.ids("territorial_entity");
        for (number, entity) in [Some(entities[0]), Some(entities[1]), None].into_iter().enumerate() {
            let (name, key) = self.text();
            let id = self.random.uuid();
            let tax = entity.map(|_| format!("89{number}"));
            self.add(
                "organization",
                [
                    ("id", id.into()),
                    ("kind", Val::Int(if number < 2 { 2 } else { 1 })),
                    ("name", name),
                    ("name_key", key),
                    ("tax_id", tax.into()),
                    ("territorial_entity_id", entity.into()),
                    ("row_version", 1.into()),
                ],
            );
        }
        for number in 0..6 {
            let (id, (name, _)) = (self.random.uuid(), self.text());
            self.add(
                "account",
                [
                    ("id", id.into()),
                    ("issuer", "https://issuer.example".into()),
                    ("subject", format!("subject-{number}").into()),
                    ("name", name),
                    ("suspended", (number == 5).into()),
                    ("row_version", 1.into()),
                ],
            );
        }
    }
}

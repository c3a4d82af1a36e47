//! Rows of the national reference content: trees within maps and editions, editions that never share a day.

use uuid::Uuid;

use super::{Maker, Val, day};

/// Where editions end and begin.
const PERIODS: [(&str, Option<&str>); 3] =
    [("2011-01-01", Some("2020-01-01")), ("2020-01-01", Some("2024-06-15")), ("2024-06-15", None)];

impl Maker {
    pub(super) fn content(&mut self) {
        for number in 0..3_i64 {
            self.map(number);
        }
        for number in 0..3_i64 {
            self.framework(number);
        }
        self.crosswalks();
        self.norms();
    }

    fn map(&mut self, number: i64) {
        let (id, (name, key), (from, to)) = (self.random.uuid(), self.text(), self.interval());
        let official = self.random.percent(50);
        self.add(
            "reference_map",
            [
                ("id", id.into()),
                ("code", format!("MAP_{number}").into()),
                ("name", name),
                ("name_key", key),
                ("edition", format!("20{number}").into()),
                ("valid_from", from),
                ("valid_to", to),
                ("source", "SE".into()),
                ("official", official.into()),
            ],
        );
        let mut own: Vec<Uuid> = Vec::new();
        for position in 0..5_i64 {
            let (process, (name, key)) = (self.random.uuid(), self.text());
            let parent = if self.random.percent(70) { self.one_of(&own) } else { Val::Null };
            let kind = 1 + self.random.below(4) as i64;
            let (kind, official) = (self.sometimes(60, kind), self.random.percent(50));
            own.push(self.add(
                "reference_process",
                [
                    ("id", process.into()),
                    ("reference_map_id", id.into()),
                    ("parent_id", parent),
                    ("level", (1 + position % 4).into()),
                    ("kind", kind),
                    ("code", format!("N0{position}").into()),
                    ("name", name),
                    ("name_key", key),
                    ("position", position.into()),
                    ("source", "SE".into()),
                    ("official", official.into()),
                ],
            ));
        }
    }

    fn framework(&mut self, number: i64) {
        let (id, (name, key)) = (self.random.uuid(), self.text());
        self.add(
            "framework",
            [
                ("id", id.into()),
                ("slug", format!("MIPG_{number}").into()),
                ("name", name),
                ("name_key", key),
                ("name_en", "Framework".into()),
                ("source", "Decreto 1499".into()),
                ("official", (number == 0).into()),
            ],
        );
        for (from, to) in PERIODS.into_iter().skip(self.random.below(2)).take(3 - number as usize) {
            let (edition, (label, _)) = (self.random.uuid(), self.text());
            let (from, to) = (Val::from(day(from)), Val::from(to.map(day)));
            let official = self.random.percent(50);
            self.add(
                "framework_edition",
                [
                    ("id", edition.into()),
                    ("framework_id", id.into()),
                    ("code", from.date().map(|from| from.to_string()).into()),
                    ("label", label),
                    ("valid_from", from.clone()),
                    ("valid_to", to.clone()),
                    ("source", "manual".into()),
                    ("official", official.into()),
                ],
            );
            self.requirements(edition, &from, &to);
        }
    }

    fn requirements(&mut self, edition: Uuid, from: &Val, to: &Val) {
        let mut own: Vec<Uuid> = Vec::new();
        for position in 0..5_i64 {
            let (id, (name, key)) = (self.random.uuid(), self.text());
            let parent = if position > 0 && self.random.percent(70) { self.one_of(&own) } else { Val::Null };
            let (number, code) =
                (self.sometimes(50, format!("{position}.1")), self.sometimes(50, format!("POL0{position}")));
            let (leader, english) = (self.text().0, self.sometimes(50, "Policy"));
            let (leader, official) = (self.sometimes(60, leader), self.random.percent(50));
            own.push(self.add(
                "requirement",
                [
                    ("id", id.into()),
                    ("framework_edition_id", edition.into()),
                    ("parent_id", parent),
                    ("slug", format!("SLUG_{position}").into()),
                    ("kind", (1 + position % 6).into()),
                    ("number", number),
                    ("name", name),
                    ("name_key", key),
                    ("name_en", english),
                    ("leading_entity", leader),
                    ("furag_code", code),
                    ("position", position.into()),
                    ("valid_from", from.clone()),
                    ("valid_to", to.clone()),
                    ("source", "manual".into()),
                    ("official", official.into()),
                ],
            ));
        }
    }

    fn crosswalks(&mut self) {
        let requirements = self.ids("requirement");
        for (place, from) in requirements.iter().enumerate() {
            let step = 1 + self.random.below(requirements.len() - 1);
            let to = requirements[(place + step) % requirements.len()];
            let (id, strength) = (self.random.uuid(), self.random.below(101) as i64);
            let strength = self.sometimes(50, strength);
            self.add(
                "crosswalk",
                [
                    ("id", id.into()),
                    ("from_requirement_id", (*from).into()),
                    ("to_requirement_id", to.into()),
                    ("relation", (1 + place as i64 % 4).into()),
                    ("strength", strength),
                    ("source", "comparison".into()),
                    ("official", (place % 3 == 0).into()),
                ],
            );
        }
    }

    fn norms(&mut self) {
        for number in 0..4_i64 {
            let (id, (name, key), articles) = (self.random.uuid(), self.text(), self.sometimes(50, "art. 1"));
            self.add(
                "norm",
                [
                    ("id", id.into()),
                    ("code", format!("LEY_{number}").into()),
                    ("name", name),
                    ("name_key", key),
                    ("articles", articles),
                    ("subject", "Control interno".into()),
                    ("source", "Ley".into()),
                    ("official", (number % 2 == 0).into()),
                ],
            );
            let (id, (name, key)) = (self.random.uuid(), self.text());
            self.add(
                "defence_line",
                [
                    ("id", id.into()),
                    ("code", format!("LINE_{number}").into()),
                    ("position", number.into()),
                    ("name", name),
                    ("name_key", key),
                    ("name_en", "Line".into()),
                    ("who", "Oficina".into()),
                    ("source", "circular".into()),
                    ("official", (number == 3).into()),
                ],
            );
            let (id, (name, key)) = (self.random.uuid(), self.text());
            self.add(
                "finding_type",
                [
                    ("id", id.into()),
                    ("regime", (number % 3 + 1).into()),
                    ("code", format!("TYPE_{number}").into()),
                    ("position", number.into()),
                    ("name", name),
                    ("name_key", key),
                    ("name_en", "Type".into()),
                    ("kinds", "[\"OBSERVATION\"]".into()),
                    ("requires_action", (number == 1).into()),
                    ("source", "ISO".into()),
                    ("official", (number == 2).into()),
                ],
            );
        }
    }
}

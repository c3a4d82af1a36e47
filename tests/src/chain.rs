//! A value chain laid out row by row for a test: a secretariat of its own, with units, processes, flows, what it adopts of the
//! national reference and what it aligns.

use entity::{Kind, OpaqueId, fold};
use uuid::Uuid;

use crate::{database::Fresh, seed::Val};

/// From which day everything holds that says nothing else.
pub const BEGIN: &str = "2025-01-01";

/// A secretariat under construction.
pub struct Chain {
    /// The secretariat.
    pub organization: Uuid,
    script: Vec<(&'static str, Vec<(&'static str, Val)>)>,
    structure: Uuid,
}

/// The id of a row as the schema shows it.
pub fn opaque(kind: Kind, uuid: Uuid) -> String {
    OpaqueId { number: kind as u8, uuid }.to_string()
}

fn date(day: Option<&str>) -> Val {
    day.map_or(Val::Null, |day| Val::Date(day.parse().expect("a date")))
}

impl Chain {
    /// A secretariat without anything, of this name.
    pub fn new(name: &str) -> Self {
        let (organization, structure) = (Uuid::now_v7(), Uuid::now_v7());
        let mut chain = Self { organization, script: Vec::new(), structure };
        chain.script.push((
            "organization",
            vec![
                ("id", organization.into()),
                ("kind", 2.into()),
                ("name", name.into()),
                ("name_key", fold(name).into()),
                ("row_version", 1.into()),
            ],
        ));
        let rows = [("number", 1.into()), ("stage", 3.into())];
        chain.dated("structure_version", structure, rows, (BEGIN, None));
        chain
    }

    /// Writes what was said since the last time.
    pub async fn write(&mut self, fresh: &Fresh) {
        let statements = self.script.drain(..).map(|(table, row)| {
            let columns: Vec<_> = row.iter().map(|(column, _)| *column).collect();
            let values: Vec<_> = row.iter().map(|(_, value)| value.literal(fresh.dialect)).collect();
            format!("INSERT INTO {table} ({}) VALUES ({});\n", columns.join(", "), values.join(", "))
        });
        fresh.run(&statements.collect::<String>()).await;
    }

    fn add<const N: usize>(&mut self, table: &'static str, id: Uuid, row: [(&'static str, Val); N]) -> Uuid {
        let own = [("id", id.into()), ("organization_id", self.organization.into()), ("row_version", 1.into())];
        self.script.push((table, own.into_iter().chain(row).collect()));
        id
    }

    fn dated<const N: usize>(
        &mut self,
        table: &'static str,
        id: Uuid,
        row: [(&'static str, Val); N],
        (from, to): (&str, Option<&str>),
    ) -> Uuid {
        self.add(table, id, row);
        let row = &mut self.script.last_mut().expect("just added").1;
        row.extend([("valid_from", date(Some(from))), ("valid_to", date(to))]);
        id
    }

    /// A finding of a complaint, which may repeat an earlier one.
    pub fn finding(&mut self, code: &str, identified: &str, repeats: Option<Uuid>) -> Uuid {
        let row = [
            ("origin", 4.into()),
            ("code", code.into()),
            ("name", code.into()),
            ("name_key", fold(code).into()),
            ("kind", 1.into()),
            ("state", 4.into()),
            ("condition", "No se hace".into()),
            ("external", false.into()),
            ("requires_action", true.into()),
            ("revision", 1.into()),
            ("identified_on", date(Some(identified))),
            ("recurrence_of_id", repeats.map_or(Val::Null, Val::from)),
        ];
        self.add("finding", Uuid::now_v7(), row)
    }

    /// A step of a finding, taken by an account.
    pub fn step(&mut self, finding: Uuid, (from, to): (i64, i64), on: &str, account: Uuid) {
        let row = vec![
            ("id", Uuid::now_v7().into()),
            ("organization_id", self.organization.into()),
            ("finding_id", finding.into()),
            ("from_state", from.into()),
            ("to_state", to.into()),
            ("civil_date", date(Some(on))),
            ("recorded_at", (1_700_000_000_000_000 + self.script.len() as i64).into()),
            ("account_id", account.into()),
            ("act", "findingConfirm".into()),
        ];
        self.script.push(("finding_transition", row));
    }

    /// A cause analysis of a finding.
    pub fn cause(&mut self, finding: Uuid, on: &str) -> Uuid {
        let row = [
            ("finding_id", finding.into()),
            ("method", 1.into()),
            ("category", 2.into()),
            ("whys", "[]".into()),
            ("root_cause", "Porque sí".into()),
            ("recorded_on", date(Some(on))),
        ];
        self.add("cause_analysis", Uuid::now_v7(), row)
    }

    /// A unit of the structure.
    pub fn unit(&mut self, name: &str) -> Uuid {
        let unit = self.add("org_unit", Uuid::now_v7(), [("name", name.into()), ("name_key", fold(name).into())]);
        let row = [
            ("structure_version_id", self.structure.into()),
            ("org_unit_id", unit.into()),
            ("code", name.into()),
            ("name", name.into()),
            ("name_key", fold(name).into()),
            ("kind", 1.into()),
            ("functions", "[]".into()),
            ("position", 0.into()),
            ("path", name.into()),
            ("depth", 0.into()),
        ];
        self.dated("unit_version", Uuid::now_v7(), row, (BEGIN, None));
        unit
    }

    /// A process of a level and kind, published.
    pub fn process(&mut self, code: &str, name: &str, level: i64) -> Uuid {
        let row = [
            ("level", level.into()),
            ("code", code.into()),
            ("name", name.into()),
            ("name_key", fold(name).into()),
            ("published", true.into()),
        ];
        self.add("process", Uuid::now_v7(), row)
    }

    /// A characterization of a process: kind 1 strategic, 2 core, 3 support, 4 evaluation.
    pub fn version(&mut self, process: Uuid, number: i64, kind: i64, holds: (&str, Option<&str>)) -> Uuid {
        let row = [
            ("process_id", process.into()),
            ("number", number.into()),
            ("stage", 3.into()),
            ("code", "P".into()),
            ("name", "Proceso".into()),
            ("name_key", "proceso".into()),
            ("kind", kind.into()),
            ("policies", "[]".into()),
            ("resources", "[]".into()),
        ];
        self.dated("process_version", Uuid::now_v7(), row, holds)
    }

    /// What a version takes (1) or gives (2), and the processes at the other end.
    pub fn flow(&mut self, version: Uuid, direction: i64, name: &str, ends: &[Uuid]) -> Uuid {
        let row = [
            ("process_version_id", version.into()),
            ("direction", direction.into()),
            ("position", 0.into()),
            ("name", name.into()),
            ("name_key", fold(name).into()),
        ];
        let flow = self.add("flow", Uuid::now_v7(), row);
        for end in ends {
            let row = [("flow_id", flow), ("organization_id", self.organization), ("process_id", *end)];
            self.script.push(("flow_process", row.map(|(column, id)| (column, id.into())).into()));
        }
        flow
    }

    /// Which unit leads a process.
    pub fn leads(&mut self, unit: Uuid, process: Uuid, holds: (&str, Option<&str>)) -> Uuid {
        let row = [("process_id", process.into()), ("org_unit_id", unit.into()), ("role", 1.into())];
        self.dated("process_responsibility", Uuid::now_v7(), row, holds)
    }

    /// What the map says of a reference process: 1 adopted, 2 adapted, 3 merged, 4 absent, 5 own.
    pub fn adoption(
        &mut self,
        status: i64,
        reference: Option<Uuid>,
        process: Option<Uuid>,
        justification: Option<&str>,
        from: &str,
    ) -> Uuid {
        let row = [
            ("status", status.into()),
            ("reference_process_id", reference.into()),
            ("process_id", process.into()),
            ("justification", justification.into()),
        ];
        self.dated("reference_adoption", Uuid::now_v7(), row, (from, None))
    }

    /// What a process (or a unit) does for a requirement: 1 leads, 2 contributes.
    pub fn alignment(
        &mut self,
        role: i64,
        requirement: Uuid,
        subject: (&'static str, Uuid),
        holds: (&str, Option<&str>),
    ) -> Uuid {
        let row = [("requirement_id", requirement.into()), ("role", role.into()), (subject.0, subject.1.into())];
        self.dated("alignment", Uuid::now_v7(), row, holds)
    }
}

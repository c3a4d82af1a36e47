//! The rules of broken links, the comparison with the reference and the coverage of alignment, one row at a time.

use articula_tests::seed::{Data, Table, Val};
use chrono::NaiveDate;
use uuid::Uuid;

/// The rows of a data set on a day, as one organization has them.
pub struct Graph<'a> {
    pub data: &'a Data,
    pub organization: Uuid,
    pub day: NaiveDate,
}

/// What a rule looked at and what it found.
#[derive(Default)]
pub struct Found {
    pub checked: Vec<Uuid>,
    pub found: Vec<Uuid>,
}

/// A row of a table.
#[derive(Clone, Copy)]
struct Row<'a> {
    table: &'a Table,
    row: &'a [Val],
}

impl Row<'_> {
    fn get(&self, column: &str) -> &Val {
        let place = self.table.columns.iter().position(|known| *known == column).expect("a column");
        &self.row[place]
    }

    fn key(&self, column: &str) -> Option<Uuid> {
        self.get(column).uuid()
    }

    fn id(&self) -> Uuid {
        self.key("id").expect("an id")
    }

    fn is(&self, column: &str, value: i64) -> bool {
        *self.get(column) == Val::Int(value)
    }
}

impl<'a> Graph<'a> {
    fn all(&self, table: &str) -> Vec<Row<'a>> {
        let table = self.data.table(table);
        table.rows.iter().map(|row| Row { table, row }).collect()
    }

    fn own(&self, table: &str) -> Vec<Row<'a>> {
        let own = self.all(table).into_iter();
        own.filter(|row| row.key("organization_id") == Some(self.organization)).collect()
    }

    fn holds(&self, row: &Row<'_>) -> bool {
        let (from, to) = (row.get("valid_from").date(), row.get("valid_to").date());
        from.is_some_and(|from| from <= self.day) && to.is_none_or(|to| to > self.day)
    }

    fn in_force(&self, table: &str) -> Vec<Row<'a>> {
        self.own(table).into_iter().filter(|row| self.holds(row)).collect()
    }

    fn row(&self, table: &str, id: Option<Uuid>) -> Option<Row<'a>> {
        self.all(table).into_iter().find(|row| row.key("id") == id)
    }

    fn versions(&self) -> Vec<Row<'a>> {
        self.in_force("process_version").into_iter().filter(|version| version.is("stage", 3)).collect()
    }

    fn process_in_force(&self, process: Option<Uuid>) -> bool {
        self.versions().iter().any(|version| version.key("process_id") == process)
    }

    fn unit_in_force(&self, unit: Option<Uuid>) -> bool {
        self.in_force("unit_version").iter().any(|version| version.key("org_unit_id") == unit)
    }

    fn level(&self, version: &Row<'_>) -> i64 {
        let process = self.row("process", version.key("process_id")).expect("a process");
        if let Val::Int(level) = process.get("level") { *level } else { 0 }
    }

    /// The flows of a version of a direction.
    fn flows(&self, version: &Row<'_>, direction: i64) -> Vec<Row<'a>> {
        let of =
            |flow: &Row<'_>| flow.key("process_version_id") == version.key("id") && flow.is("direction", direction);
        self.own("flow").into_iter().filter(of).collect()
    }

    /// What stands at the other end of a flow.
    fn ends(&self, table: &str, column: &str, flow: &Row<'_>) -> Vec<Option<Uuid>> {
        let of_flow = self.own(table).into_iter().filter(|end| end.key("flow_id") == flow.key("id"));
        of_flow.map(|end| end.key(column)).collect()
    }

    fn processes_of(&self, flow: &Row<'_>) -> Vec<Option<Uuid>> {
        self.ends("flow_process", "process_id", flow)
    }

    fn names_nothing(&self, flow: &Row<'_>) -> bool {
        self.processes_of(flow).is_empty() && self.ends("flow_party", "external_party_id", flow).is_empty()
    }

    /// Who leads a process.
    fn leads(&self, process: Option<Uuid>) -> Vec<Option<Uuid>> {
        let roles = self.in_force("process_responsibility").into_iter();
        let leads = roles.filter(|role| role.is("role", 1) && role.key("process_id") == process);
        leads.map(|lead| lead.key("org_unit_id")).collect()
    }

    fn staffed(&self, unit: Option<Uuid>) -> bool {
        let holdings = self.in_force("post_holding");
        let posts = self.in_force("post").into_iter().filter(|post| post.key("org_unit_id") == unit);
        posts.into_iter().any(|post| holdings.iter().any(|holding| holding.key("post_id") == post.key("id")))
    }

    /// What the rule of this name finds.
    pub fn rule(&self, rule: &str) -> Found {
        let mut told = Found::default();
        let mut tell = |id: Option<Uuid>, broken: bool| {
            let id = id.expect("a key");
            told.checked.push(id);
            if broken {
                told.found.push(id);
            }
        };
        let versions = self.versions();
        let flows = |direction: i64| {
            versions
                .iter()
                .flat_map(move |version| self.flows(version, direction).into_iter().map(move |flow| (*version, flow)))
        };
        match rule {
            "OUTPUT_WITHOUT_CONSUMER" => flows(2).for_each(|(_, flow)| tell(flow.key("id"), self.names_nothing(&flow))),
            "INPUT_WITHOUT_SOURCE" => flows(1).for_each(|(_, flow)| tell(flow.key("id"), self.names_nothing(&flow))),
            "FLOW_END_NOT_IN_FORCE" => {
                for (_, flow) in flows(1).chain(flows(2)) {
                    let ends = self.processes_of(&flow);
                    if !ends.is_empty() {
                        tell(flow.key("id"), ends.into_iter().any(|end| !self.process_in_force(end)));
                    }
                }
            }
            "FLOW_SAID_TWICE" => {
                for (version, flow) in flows(1) {
                    let ends = self.processes_of(&flow);
                    if !ends.is_empty() {
                        let again = flows(2).any(|(other, output)| {
                            ends.contains(&other.key("process_id"))
                                && output.get("name_key") == flow.get("name_key")
                                && self.processes_of(&output).contains(&version.key("process_id"))
                        });
                        tell(flow.key("id"), again);
                    }
                }
            }
            "PROCESS_WITHOUT_LEAD" => {
                for version in versions.iter().filter(|version| self.level(version) != 4) {
                    tell(version.key("process_id"), self.leads(version.key("process_id")).is_empty());
                }
            }
            "CORE_PROCESS_UNSTAFFED" => {
                for version in versions.iter().filter(|version| self.level(version) != 4 && version.is("kind", 2)) {
                    let leads = self.leads(version.key("process_id"));
                    if !leads.is_empty() {
                        tell(version.key("process_id"), leads.into_iter().any(|unit| !self.staffed(unit)));
                    }
                }
            }
            "PARENT_NOT_IN_FORCE" => {
                for version in versions.iter().filter(|version| *version.get("parent_process_id") != Val::Null) {
                    tell(version.key("process_id"), !self.process_in_force(version.key("parent_process_id")));
                }
            }
            "PROCESS_WITHOUT_ALIGNMENT" => {
                for version in versions.iter().filter(|version| self.level(version) == 2) {
                    let process = version.key("process_id");
                    tell(process, !self.in_force("alignment").iter().any(|it| it.key("process_id") == process));
                }
            }
            "UNIT_WITHOUT_PROCESS" => {
                for unit in self.in_force("unit_version") {
                    let unit = unit.key("org_unit_id");
                    tell(unit, !self.in_force("process_responsibility").iter().any(|it| it.key("org_unit_id") == unit));
                }
            }
            "RESPONSIBLE_UNIT_ENDED" => {
                for role in self.in_force("process_responsibility") {
                    if self.process_in_force(role.key("process_id")) {
                        tell(role.key("id"), !self.unit_in_force(role.key("org_unit_id")));
                    }
                }
            }
            "ACTIVITY_RESPONSIBLE_ENDED" => {
                for activity in self.own("activity") {
                    let version =
                        versions.iter().find(|version| version.key("id") == activity.key("process_version_id"));
                    let (unit, post) = (activity.key("responsible_unit_id"), activity.key("responsible_post_id"));
                    if version.is_some() && (unit.is_some() || post.is_some()) {
                        let ended = unit.is_some() && !self.unit_in_force(unit)
                            || post.is_some() && !self.in_force("post").iter().any(|it| it.key("id") == post);
                        tell(activity.key("id"), ended);
                    }
                }
            }
            "DOCUMENT_PAST_REVIEW" => {
                for version in self.in_force("document_version").iter().filter(|version| version.is("stage", 3)) {
                    if let Some(review) = version.get("next_review").date() {
                        tell(version.key("id"), review < self.day);
                    }
                }
            }
            "ALIGNMENT_OUTDATED" => {
                for alignment in self.in_force("alignment") {
                    let published = |table: &str, column: &str| {
                        let subject = alignment.key(column).map(|id| self.row(table, Some(id)).expect("a subject"));
                        subject.is_none_or(|subject| *subject.get("published") == Val::Bool(true))
                    };
                    if published("process", "process_id") && published("controlled_document", "controlled_document_id")
                    {
                        let requirement = self.row("requirement", alignment.key("requirement_id"));
                        tell(alignment.key("id"), !self.holds(&requirement.expect("a requirement")));
                    }
                }
            }
            "REFERENCE_GAP_UNJUSTIFIED" => {
                for process in self.reference().into_iter().filter(|process| process.is("level", 1)) {
                    let justified = |said: &Row<'_>| !said.is("status", 4) || *said.get("justification") != Val::Null;
                    if !versions.is_empty() {
                        tell(process.key("id"), !self.said(process.id()).iter().any(justified));
                    }
                }
            }
            other => panic!("{other} is not said again here"),
        }
        told
    }

    /// The processes of the reference maps in force.
    fn reference(&self) -> Vec<Row<'a>> {
        let maps: Vec<_> = self.all("reference_map").into_iter().filter(|map| self.holds(map)).collect();
        let of_map = |process: &Row<'_>| maps.iter().any(|map| map.key("id") == process.key("reference_map_id"));
        self.all("reference_process").into_iter().filter(of_map).collect()
    }

    /// What the organization says of a reference process.
    fn said(&self, reference: Uuid) -> Vec<Row<'a>> {
        let said = self.in_force("reference_adoption").into_iter();
        said.filter(|said| said.key("reference_process_id") == Some(reference)).collect()
    }

    /// Each process of the reference: its id, its level, the number of its status, and whether it is an unjustified gap.
    pub fn reference_lines(&self) -> Vec<(Uuid, i64, i64, bool)> {
        let line = |process: Row<'a>| {
            let said = self.said(process.id());
            let status = (1..=3).find(|status| said.iter().any(|said| said.is("status", *status))).unwrap_or(4);
            let justified = said.iter().any(|said| *said.get("justification") != Val::Null);
            let level = if let Val::Int(level) = process.get("level") { *level } else { 0 };
            (process.id(), level, status, status == 4 && !justified)
        };
        self.reference().into_iter().map(line).collect()
    }

    /// How many processes of its own the organization says that it has.
    pub fn own_processes(&self) -> usize {
        self.in_force("reference_adoption").iter().filter(|said| said.is("status", 5)).count()
    }

    /// Each requirement in force, and whether something leads it, something contributes to it, or nothing is done; what
    /// consists of parts is led when all of them are.
    pub fn alignment_lines(&self) -> Vec<(Uuid, &'static str)> {
        let alignments = self.in_force("alignment");
        let to = |requirement: Uuid| alignments.iter().filter(move |it| it.key("requirement_id") == Some(requirement));
        let led = |requirement: Uuid| to(requirement).any(|alignment| alignment.is("role", 1));
        let requirements: Vec<_> =
            self.all("requirement").into_iter().filter(|requirement| self.holds(requirement)).collect();
        let line = |requirement: &Row<'a>| {
            let id = requirement.id();
            let parts: Vec<_> =
                requirements.iter().filter(|part| part.key("parent_id") == Some(id)).map(Row::id).collect();
            let standing = if led(id) || !parts.is_empty() && parts.iter().all(|part| led(*part)) {
                "ALIGNED"
            } else if to(id).count() > 0 || parts.iter().any(|part| to(*part).count() > 0) {
                "CONTRIBUTED"
            } else {
                "NOT_ALIGNED"
            };
            (id, standing)
        };
        requirements.iter().map(line).collect()
    }
}

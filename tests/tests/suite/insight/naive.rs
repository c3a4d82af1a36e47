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
            "PROCESS_KIND_DIFFERS" => {
                for version in versions.iter().filter(|version| *version.get("parent_process_id") != Val::Null) {
                    let parent = version.key("parent_process_id");
                    let mut above = versions.iter().filter(|above| above.key("process_id") == parent);
                    tell(version.key("process_id"), above.any(|above| above.get("kind") != version.get("kind")));
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
            _ => self.improvement(rule, &mut tell),
        }
        told
    }

    /// The same for the rules on findings, actions, plans and decisions.
    fn improvement(&self, rule: &str, tell: &mut impl FnMut(Option<Uuid>, bool)) {
        match rule {
            "NONCONFORMITY_WITHOUT_CAUSE" => {
                for finding in self.own("finding") {
                    let planned = self.of("finding_transition", "finding_id", &finding).into_iter();
                    let planned =
                        planned.filter(|step| step.is("to_state", 7)).any(|step| self.is_past(&step, "civil_date"));
                    if planned && (finding.is("kind", 1) || finding.is("kind", 2)) {
                        let causes = self.of("cause_analysis", "finding_id", &finding);
                        tell(finding.key("id"), !causes.iter().any(|cause| self.is_past(cause, "recorded_on")));
                    }
                }
            }
            "ACTION_WITHOUT_EXECUTOR" => {
                for action in self.own("improvement_action") {
                    if matches!(self.stood("action_transition", "improvement_action_id", &action), Some(3 | 4)) {
                        tell(action.key("id"), action.key("executor_id").is_none());
                    }
                }
            }
            "PLAN_PAST_DUE" => {
                for plan in self.own("improvement_plan") {
                    if self.stood("plan_transition", "improvement_plan_id", &plan) == Some(4) {
                        let actions = self.of("improvement_action", "improvement_plan_id", &plan).into_iter();
                        let stood = |action: &Row<'_>| self.stood("action_transition", "improvement_action_id", action);
                        let unfinished = actions.filter(|action| stood(action).is_some_and(|state| state < 5));
                        let due: Vec<_> = unfinished.map(|action| self.due(&action)).collect();
                        tell(plan.key("id"), !due.is_empty() && due.iter().all(|due| *due < self.day));
                    }
                }
            }
            "FINDING_CLOSED_UNREVIEWED" => {
                for finding in self.own("finding") {
                    if self.stood("finding_transition", "finding_id", &finding) == Some(9) {
                        let answers = self.of("action_finding", "finding_id", &finding);
                        let reviewed = self.own("effectiveness_review").into_iter().any(|review| {
                            let action = review.key("improvement_action_id");
                            answers.iter().any(|answer| answer.key("improvement_action_id") == action)
                                && review.is("result", 1)
                                && self.is_past(&review, "reviewed_on")
                        });
                        tell(finding.key("id"), !reviewed);
                    }
                }
            }
            "DECISION_WITHOUT_ACTION" => {
                for decision in self.own("decision") {
                    let review = self.row("management_review", decision.key("management_review_id")).expect("a review");
                    if let (true, Some(due)) = (self.is_past(&review, "frozen_on"), decision.get("due_on").date()) {
                        let actions = self.of("improvement_action", "decision_id", &decision);
                        tell(decision.key("id"), due < self.day && actions.is_empty());
                    }
                }
            }
            other => panic!("{other} is not said again here"),
        }
    }

    /// The rows that name another one.
    fn of(&self, table: &str, column: &str, row: &Row<'_>) -> Vec<Row<'a>> {
        self.own(table).into_iter().filter(|it| it.key(column) == row.key("id")).collect()
    }

    /// Is there a day in a column, and is it the day asked for or before?
    fn is_past(&self, row: &Row<'_>, column: &str) -> bool {
        row.get(column).date().is_some_and(|day| day <= self.day)
    }

    /// Where something stood, by the last of its steps until the day.
    fn stood(&self, steps: &str, column: &str, row: &Row<'_>) -> Option<i64> {
        let number = |step: &Row<'_>, column: &str| if let Val::Int(number) = step.get(column) { *number } else { 0 };
        let taken = self.of(steps, column, row).into_iter().filter(|step| self.is_past(step, "civil_date"));
        let last =
            taken.max_by_key(|step| (step.get("civil_date").date(), number(step, "recorded_at"), step.key("id")));
        last.map(|step| number(&step, "to_state"))
    }

    /// The last day of an action, as it was on the day.
    fn due(&self, action: &Row<'_>) -> NaiveDate {
        let asked = self.of("reformulation", "improvement_action_id", action).into_iter();
        let later = asked.filter(|asked| asked.is("state", 2) && !self.is_past(asked, "decided_on"));
        let first = later.min_by_key(|asked| (asked.get("decided_on").date(), asked.key("id")));
        let day = |row: &Row<'_>, column: &str| row.get(column).date().expect("a day");
        first.map_or_else(|| day(action, "due_on"), |first| day(&first, "before_due_on"))
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

    /// Each requirement in force, or of an edition, and whether something leads it, something contributes to it, or nothing is
    /// done; what consists of parts is led when all of them are.
    pub fn alignment_lines(&self, edition: Option<Uuid>) -> Vec<(Uuid, &'static str)> {
        let alignments = self.in_force("alignment");
        let to = |requirement: Uuid| alignments.iter().filter(move |it| it.key("requirement_id") == Some(requirement));
        let led = |requirement: Uuid| to(requirement).any(|alignment| alignment.is("role", 1));
        let all = self.all("requirement");
        let asked_for = |requirement: &Row<'a>| match edition {
            None => self.holds(requirement),
            edition => requirement.key("framework_edition_id") == edition,
        };
        let requirements: Vec<_> = all.iter().copied().filter(asked_for).collect();
        let line = |requirement: &Row<'a>| {
            let id = requirement.id();
            // What has ended consists of all its parts, what is in force of those in force.
            let counts = |part: &&Row<'a>| !self.holds(requirement) || self.holds(part);
            let parts: Vec<_> =
                all.iter().filter(|part| part.key("parent_id") == Some(id)).filter(counts).map(Row::id).collect();
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

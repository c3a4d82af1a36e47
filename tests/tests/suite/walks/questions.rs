//! Everything that can be asked about an entity, once: made from the declarations, and from values of rows that the asker does
//! not see.

use std::collections::{BTreeMap, BTreeSet};

use articula::{
    access::act_rules::ACTS,
    catalogue::ENTITIES,
    graph::{
        Declaration,
        declaration::{Edge, Member, Scalar, Source},
        names,
    },
    history::verify::VERIFIED,
    insight::{picture::PICTURE, two_maps::COMPARISON},
    reader::listing,
};
use articula_tests::service::User;
use entity::OpaqueId;
use serde_json::{Value, json};
use uuid::Uuid;

use super::selections::{PAGE, edges, everything_near, follow, is_connection, leaves, listed, shape, way};

/// All limits.
const LIMITS: &str = "apiLimits { cost { request minute } pages { first ids conditions relations needle } request {
    bodyBytes documentBytes tokens nesting nameBytes operations fragments variables arguments fields nodes merges depth aliases
    directives rootFields introspectionLists argumentUnits values valuesNesting textBytes } }";

/// Rows of each type, their fields as the schema shows them.
pub type Specimens = BTreeMap<&'static str, Vec<Value>>;

/// Rows that somebody sees, a few of each type.
pub async fn specimens(user: &User<'_>) -> Specimens {
    let mut found = Specimens::new();
    for declaration in listed() {
        let mut selection = leaves(declaration.all_members());
        let unlisted: Vec<_> = edges(declaration.all_members())
            .into_iter()
            .filter(|(part, _, edge)| part.is_none() && edge.target.plural.is_empty())
            .collect();
        for (_, member, edge) in &unlisted {
            selection.push_str(&format!(" {}", follow(member, edge, "", &leaves(edge.target.all_members()))));
        }
        let own = declaration
            .member("organization")
            .is_some_and(|member| matches!(&member.source, Source::One(edge) if edge.filter));
        let own = if own { ", where: { organization: {} }" } else { "" };
        let page = |side: &str| format!("{side}: {}({side}: 2{own}) {{ nodes {{ {selection} }} }}", declaration.plural);
        let answer = user.ask(&format!("{{ {} {} }}", page("first"), page("last")), json!({})).await;
        let page = |side: &str| answer.body["data"][side]["nodes"].as_array().cloned().unwrap_or_default();
        let nodes = [page("first"), page("last")].concat();
        for node in &nodes {
            for (_, member, edge) in &unlisted {
                let far = &node[member.name];
                let far = if is_connection(member) { &far["nodes"] } else { far };
                let far = if far.is_object() { vec![far.clone()] } else { far.as_array().cloned().unwrap_or_default() };
                found.entry(edge.target.name).or_default().extend(far);
            }
        }
        found.entry(declaration.name).or_default().extend(nodes);
    }
    found
}

/// Everything to ask, each a root field.
pub struct Questions<'a> {
    own: &'a Specimens,
    foreign: &'a Specimens,
    fields: Vec<String>,
    /// Operators that were asked for, each with its filter.
    operators: BTreeSet<(&'static str, &'static str)>,
}

/// All questions, about rows of one's own and with values of somebody else's.
pub fn all(own: &Specimens, foreign: &Specimens) -> Vec<String> {
    let mut questions = Questions { own, foreign, fields: Vec::new(), operators: BTreeSet::new() };
    for declaration in ENTITIES {
        if declaration.kind.is_some() {
            questions.by_id(declaration);
        }
        questions.filters(declaration);
        questions.orders(declaration);
        if !declaration.plural.is_empty() {
            questions.lists(declaration);
            questions.groups(declaration);
        }
        questions.lookups(declaration);
    }
    questions.own_account();
    questions.pictures();
    questions.maps();
    questions.traces();
    questions.work();
    questions.fields
}

impl Questions<'_> {
    fn ids(&self, from: &Specimens, declaration: &Declaration) -> Vec<String> {
        let rows = from.get(declaration.name).into_iter().flatten();
        rows.filter_map(|row| row["id"].as_str().map(str::to_owned)).take(4).collect()
    }

    /// `node`, `nodes` and the field of its own, for rows of both; with every edge.
    fn by_id(&mut self, declaration: &'static Declaration) {
        let Declaration { name, singular, .. } = declaration;
        let (near, can) = (everything_near(declaration), ACTS[0].action());
        for ids in [self.ids(self.own, declaration), self.ids(self.foreign, declaration)] {
            self.fields.push(format!(
                "nodes(ids: {}) {{ id can(action: {can}) {{ allowed code message }} ... on {name} {{ {near} }} }}",
                json!(ids)
            ));
            if let Some(id) = ids.first() {
                self.fields
                    .push(format!("node(id: \"{id}\", asOf: \"2024-03-01\") {{ id ... on {name} {{ {near} }} }}"));
                if !singular.is_empty() {
                    self.fields.push(format!("{singular}(id: \"{id}\") {{ {} }}", leaves(declaration.all_members())));
                }
            }
        }
    }

    fn lists(&mut self, declaration: &'static Declaration) {
        let Declaration { plural, .. } = declaration;
        let few = leaves(declaration.all_members());
        self.fields.push(format!("{plural}(first: 60) {{ totalCount nodes {{ {few} }} }}"));
        self.fields.push(format!("{plural}(last: 5, asOf: \"2022-03-01\") {{ totalCount nodes {{ {few} }} {PAGE} }}"));
        self.fields.push(format!("{plural}(first: 20) {{ nodes {{ {} }} }}", everything_near(declaration)));
        if declaration.member("name").is_some_and(|member| member.filter) {
            let near = everything_near(declaration);
            self.fields.push(format!(
                "{plural}(first: 3, where: {{ name: {{ contains: \"medell\" }} }}) {{ totalCount nodes {{ {near} }} }}"
            ));
        }
    }

    /// A condition on an entity, asked of its own list or of one from which an edge leads to it.
    fn which(&mut self, declaration: &'static Declaration, condition: &str) {
        let (plural, condition) = if !declaration.plural.is_empty() {
            (declaration.plural, condition.to_owned())
        } else if let Some((owner, member)) = way(declaration, |_, edge| edge.filter) {
            let one = matches!(member.source, Source::One(_));
            let inner = if one { condition.to_owned() } else { format!("{{ some: {condition} }}") };
            (owner.plural, format!("{{ {}: {inner} }}", member.name))
        } else {
            return;
        };
        self.fields.push(format!("{plural}(first: 2, where: {condition}) {{ totalCount nodes {{ __typename }} }}"));
    }

    fn filters(&mut self, declaration: &'static Declaration) {
        for word in ["{ and: [{}] }", "{ or: [{}] }", "{ not: {} }"] {
            self.which(declaration, word);
        }
        for member in declaration.members {
            match &member.source {
                Source::Column(_, scalar) if member.filter => {
                    let value = self.value(declaration, member, *scalar);
                    for operator in self.some_operators(*scalar, member.folded.is_some()) {
                        let operand = match operator {
                            "isNull" => "true".to_owned(),
                            "in" | "notIn" => format!("[{value}]"),
                            _ => value.clone(),
                        };
                        self.which(declaration, &format!("{{ {}: {{ {operator}: {operand} }} }}", member.name));
                    }
                }
                Source::One(edge) if edge.filter => {
                    self.which(declaration, &format!("{{ not: {{ {}: {{}} }} }}", member.name));
                    self.related(declaration, member, edge, |inner| inner.to_owned());
                }
                Source::Many(edge, _) if edge.filter => {
                    self.which(declaration, &format!("{{ {}: {{ none: {{}} }} }}", member.name));
                    self.which(declaration, &format!("{{ {}: {{ every: {{ not: {{}} }} }} }}", member.name));
                    self.related(declaration, member, edge, |inner| format!("{{ some: {inner} }}"));
                }
                _ => {}
            }
        }
    }

    /// `eq`, each operator of a filter once, and from then on one more in turn.
    fn some_operators(&mut self, scalar: Scalar, folded: bool) -> Vec<&'static str> {
        let all = operators(scalar, folded);
        let filter = if folded { "Text" } else { scalar.graphql() };
        let turn = all[self.fields.len() % all.len()];
        let thorough = std::env::var("ARTICULA_CASES").is_ok();
        let operators = &mut self.operators;
        let asked = |operator: &&'static str| {
            operators.insert((filter, operator)) || thorough || ["eq", turn].contains(operator)
        };
        all.iter().copied().filter(asked).collect()
    }

    /// Asks by the values of related rows.
    fn related(
        &mut self,
        declaration: &'static Declaration,
        member: &'static Member,
        edge: &'static Edge,
        quantified: fn(&str) -> String,
    ) {
        self.which(declaration, &format!("{{ {}: {} }}", member.name, quantified("{}")));
        if declaration.plural.is_empty() {
            return;
        }
        for far in edge.target.members {
            let Source::Column(_, scalar) = &far.source else { continue };
            if far.filter {
                let value = self.value(edge.target, far, *scalar);
                let inner = quantified(&format!("{{ {}: {{ eq: {value} }} }}", far.name));
                self.which(declaration, &format!("{{ {}: {inner} }}", member.name));
            }
        }
    }

    fn orders(&mut self, declaration: &'static Declaration) {
        for (key, _) in listing::paths(declaration, |member| member.order) {
            for order in [
                format!("orderBy: [{{ field: {key} }}], first: 3"),
                format!("orderBy: [{{ field: {key}, direction: DESC }}], first: 3"),
                format!("orderBy: [{{ field: {key}, direction: ASC }}], last: 2"),
            ] {
                let selection = format!("edges {{ cursor node {{ __typename }} }} {PAGE}");
                if !declaration.plural.is_empty() {
                    self.fields.push(format!("{}({order}) {{ {selection} }}", declaration.plural));
                } else if let Some((owner, member)) = way(declaration, |member, _| is_connection(member)) {
                    let inner = format!("{}({order}) {{ {selection} }}", member.name);
                    self.fields.push(format!("{}(first: 5) {{ nodes {{ {inner} }} }}", owner.plural));
                }
            }
        }
    }

    fn groups(&mut self, declaration: &'static Declaration) {
        let field = names::groups(declaration);
        for (key, _) in listing::paths(declaration, |member| member.group) {
            for more in ["", ", where: { not: { or: [] } }", ", asOf: \"2023-01-15\""] {
                let selection = "nodes { key { field value label } count }";
                self.fields.push(format!("{field}(by: [{key}], first: 30{more}) {{ {selection} }}"));
            }
        }
    }

    fn lookups(&mut self, declaration: &'static Declaration) {
        let singular = declaration.singular;
        for lookup in declaration.lookups {
            let keys = match lookup.through {
                None => vec![format!("{}: {}", lookup.name, self.value_of(declaration, lookup.name))],
                Some(through) => through
                    .lookups
                    .iter()
                    .map(|far| format!("{}: {{ {}: {} }}", lookup.name, far.name, self.value_of(through, far.name)))
                    .collect(),
            };
            for key in keys {
                self.fields.push(format!("{singular}(by: {{ {key} }}) {{ {} }}", everything_near(declaration)));
            }
        }
    }

    fn own_account(&mut self) {
        let viewer = ENTITIES.iter().find(|declaration| declaration.name == "Viewer").expect("declared");
        let mut deep = leaves(viewer.all_members());
        for (_, member, edge) in edges(viewer.all_members()) {
            deep.push_str(&format!(" {}", follow(member, edge, "", &everything_near(edge.target))));
        }
        self.fields.push(format!("viewer {{ {deep} }}"));
        let organization = ENTITIES.iter().find(|declaration| declaration.name == "Organization").expect("declared");
        for id in [self.ids(self.own, organization), self.ids(self.foreign, organization)].concat() {
            self.fields.push(format!("verifyHistory(organization: \"{id}\"){}", shape(&VERIFIED)));
        }
        self.fields.push("brokenLinkRules { rule severity weight label description hint }".to_owned());
        self.fields
            .push("improvementPlanFields(kind: CONTROL_BODY) { order column label about field required }".to_owned());
        self.fields.push("enumLabels(type: \"Role\") { value label es en description }".to_owned());
        self.fields.push(LIMITS.to_owned());
        let estimate =
            "estimateCost(document: \"{ viewer { name } }\") { cost limit accepted breakdown { coordinate cost } }";
        self.fields.push(estimate.to_owned());
    }

    /// Pictures of one's own and of what one does not see.
    fn pictures(&mut self) {
        for (name, kinds) in [
            ("Organization", &["ORG_CHART", "PROCESS_MAP", "HEAT_MAP", "STRUCTURE_DIFF", "COMPARISON"][..]),
            ("StructureVersion", &["ORG_CHART"]),
            ("Process", &["SIPOC", "TRACE"]),
            ("ProcessVersion", &["SIPOC"]),
            ("Finding", &["FINDING_CHAIN"]),
            ("ImprovementPlan", &["PLAN_GANTT"]),
            ("AuditProgram", &["PROGRAM_CALENDAR"]),
        ] {
            let declaration = ENTITIES.iter().find(|declaration| declaration.name == name).expect("declared");
            let ids = [self.ids(self.own, declaration), self.ids(self.foreign, declaration)].concat();
            for (id, kind) in ids.iter().flat_map(|id| kinds.iter().map(move |kind| (id, kind))) {
                let days = if *kind == "STRUCTURE_DIFF" { ", from: \"2015-01-01\", to: \"2026-06-30\"" } else { "" };
                let picked = shape(PICTURE.shape);
                self.fields.push(format!("picture(kind: {kind}, of: \"{id}\"{days}){picked}"));
            }
        }
    }

    /// Two maps beside each other: of one's own organization, and of one that one does not see, either way round.
    fn maps(&mut self) {
        let declaration = ENTITIES.iter().find(|declaration| declaration.name == "Organization").expect("declared");
        let [own, foreign] = [self.ids(self.own, declaration), self.ids(self.foreign, declaration)];
        let (Some(own), Some(foreign)) = (own.first(), foreign.first()) else { return };
        for (of, with) in [(own, own), (own, foreign), (foreign, own)] {
            let picked = shape(COMPARISON.shape);
            self.fields.push(format!("processMapComparison(of: \"{of}\", with: \"{with}\"){picked}"));
        }
    }

    /// What an object of one's own reaches, and one that one does not see.
    fn traces(&mut self) {
        for name in ["Process", "OrgUnit", "Requirement"] {
            let declaration = ENTITIES.iter().find(|declaration| declaration.name == name).expect("declared");
            let ids = [self.ids(self.own, declaration), self.ids(self.foreign, declaration)];
            for id in ids.iter().filter_map(|ids| ids.first()) {
                self.fields.push(format!(
                    "trace(id: \"{id}\", depth: 2, first: 20) {{ count atLeast visited truncated cut hits {{ depth node {{ __typename id }} \
                     path {{ edge direction node {{ id }} through }} }} }}"
                ));
            }
        }
    }

    /// What waits for the viewer: all of it, and by organization.
    fn work(&mut self) {
        let declaration = ENTITIES.iter().find(|declaration| declaration.name == "Organization").expect("declared");
        let ids = [self.ids(self.own, declaration), self.ids(self.foreign, declaration)];
        let shown = "count truncated kinds { kind count overdue } items { kind acts dueOn daysOverdue \
                     organization { id name } node { __typename id } }";
        self.fields.push(format!("myWork(first: 100) {{ {shown} }}"));
        for id in ids.iter().filter_map(|ids| ids.first()) {
            self.fields
                .push(format!("myWork(organization: \"{id}\", kinds: [FINDING, AUDIT], first: 20) {{ {shown} }}"));
        }
    }

    fn value_of(&self, declaration: &'static Declaration, name: &str) -> String {
        let member = declaration.member(name).expect("a member");
        let Source::Column(_, scalar) = &member.source else { panic!("{name} is no column") };
        self.value(declaration, member, *scalar)
    }

    /// Somebody else's value of a member, as a literal; else one of one's own, else any.
    fn value(&self, declaration: &Declaration, member: &Member, scalar: Scalar) -> String {
        let from = [self.foreign, self.own].into_iter().filter_map(|rows| rows.get(declaration.name));
        let known = from.flatten().map(|row| &row[member.name]).find(|value| !value.is_null()).cloned();
        let value = known.unwrap_or_else(|| match scalar {
            Scalar::Id => json!(
                OpaqueId { number: declaration.kind.map_or(0, |kind| kind as u8), uuid: Uuid::from_u128(7) }
                    .to_string()
            ),
            Scalar::Int => json!(1),
            Scalar::BigInt | Scalar::Decimal => json!("1"),
            Scalar::Boolean => json!(true),
            Scalar::Date => json!("2024-01-01"),
            Scalar::DateTime => json!("2024-01-01T00:00:00Z"),
            Scalar::Enum(vocabulary) => json!(vocabulary.terms[0].name),
            _ => json!("nada"),
        });
        match (&value, scalar) {
            (Value::String(word), Scalar::Enum(_)) => word.clone(),
            (value, _) => value.to_string(),
        }
    }
}

fn operators(scalar: Scalar, folded: bool) -> &'static [&'static str] {
    match scalar {
        Scalar::Text if folded => &["eq", "ne", "in", "notIn", "isNull", "contains", "startsWith"],
        Scalar::Text | Scalar::Int | Scalar::BigInt | Scalar::Decimal | Scalar::Date | Scalar::DateTime => {
            &["eq", "ne", "in", "notIn", "isNull", "lt", "lte", "gt", "gte"]
        }
        Scalar::Boolean => &["eq", "isNull"],
        _ => &["eq", "ne", "in", "notIn", "isNull"],
    }
}

/// Questions in documents: few enough in each for the limits of one request.
pub fn documents(fields: &[String]) -> Vec<String> {
    let mut documents = Vec::new();
    let (mut body, mut count) = (String::new(), 0);
    for field in fields {
        // A trace or a picture may bring so much that it goes alone.
        let alone = ["trace(", "picture(", "processMapComparison(", "myWork(", "verifyHistory("]
            .iter()
            .any(|dear| field.starts_with(dear))
            && count > 0;
        if count == 12 || alone || body.len() + field.len() > 6_000 && count > 0 {
            documents.push(format!("{{ {body} }}"));
            (body, count) = (String::new(), 0);
        }
        body.push_str(&format!("q{count}: {field}\n"));
        count += 1;
    }
    documents.push(format!("{{ {body} }}"));
    documents
}

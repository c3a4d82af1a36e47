//! Rules about the values in a document: members of an input object once each, exactly one of a `@oneOf`, and variables inside
//! lists and objects only where their types fit (specification 5.6.3, 5.6.5, 5.8.5).

use std::collections::HashSet;

use apollo_compiler::{
    ExecutableDocument, Name, Node, Schema,
    ast::{Type, Value, VariableDefinition},
    executable::{Operation, Selection, SelectionSet},
    parser::SourceSpan,
    schema::{ExtendedType, InputObjectType},
};

/// What is wrong with a value, and where.
pub struct Fault {
    pub what: String,
    pub at: Option<SourceSpan>,
}

/// The faults of a document that breaks no other rule.
pub fn faults(schema: &Schema, document: &ExecutableDocument) -> Vec<Fault> {
    let mut faults = Vec::new();
    for operation in document.operations.iter() {
        let mut rule = Rule { schema, operation, faults: &mut faults };
        rule.operation(document);
    }
    faults
}

struct Rule<'a> {
    schema: &'a Schema,
    operation: &'a Operation,
    faults: &'a mut Vec<Fault>,
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    ty: &'a Type,
    /// A default other than null is there for it.
    has_default: bool,
    /// The `@oneOf` whose member it is.
    one_of: Option<&'a Name>,
}

impl<'a> Rule<'a> {
    /// Each fragment once for an operation: what its variables are is the operation's to say.
    fn operation(&mut self, document: &'a ExecutableDocument) {
        for variable in &self.operation.variables {
            if let Some(default) = &variable.default_value {
                self.value(default, Place { ty: &variable.ty, has_default: false, one_of: None });
            }
        }
        let mut reached = HashSet::new();
        let mut pending = vec![&self.operation.selection_set];
        while let Some(set) = pending.pop() {
            let mut spread = Vec::new();
            self.selections(set, &mut spread);
            let sets = spread.into_iter().filter(|name| reached.insert(*name));
            pending.extend(sets.filter_map(|name| Some(&document.fragments.get(name)?.selection_set)));
        }
    }

    fn selections(&mut self, set: &'a SelectionSet, spread: &mut Vec<&'a Name>) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    for argument in &field.arguments {
                        if let Some(declared) = field.definition.argument_by_name(&argument.name) {
                            let has_default = is_given(declared.default_value.as_ref());
                            self.value(&argument.value, Place { ty: &declared.ty, has_default, one_of: None });
                        }
                    }
                    self.selections(&field.selection_set, spread);
                }
                Selection::InlineFragment(inline) => self.selections(&inline.selection_set, spread),
                Selection::FragmentSpread(fragment) => spread.push(&fragment.fragment_name),
            }
        }
    }

    fn value(&mut self, value: &'a Node<Value>, place: Place<'a>) {
        match &**value {
            Value::Variable(name) => self.variable(name, value, place),
            Value::List(items) => {
                let ty = if place.ty.is_list() { place.ty.item_type() } else { place.ty };
                for item in items {
                    self.value(item, Place { ty, has_default: false, one_of: None });
                }
            }
            Value::Object(members) => {
                if let Some(ExtendedType::InputObject(object)) = self.schema.types.get(place.ty.inner_named_type()) {
                    self.members(object, members, value);
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, object: &'a InputObjectType, members: &'a [(Name, Node<Value>)], value: &'a Node<Value>) {
        let one_of = object.directives.has("oneOf").then_some(&object.name);
        if let Some(name) = one_of {
            let one = members.len() == 1 && members.iter().all(|(_, member)| !member.is_null());
            self.refuse(!one, value, || format!("exactly one field of `{name}` must be given, and not null"));
        }
        let mut seen = HashSet::new();
        for (name, member) in members {
            self.refuse(!seen.insert(name), member, || format!("`{name}` is given twice in one input object"));
            if let Some(declared) = object.fields.get(name) {
                let has_default = is_given(declared.default_value.as_ref());
                self.value(member, Place { ty: &declared.ty, has_default, one_of });
            }
        }
    }

    fn variable(&mut self, name: &'a Name, value: &'a Node<Value>, place: Place<'a>) {
        let declared = self.operation.variables.iter().find(|variable| variable.name == *name);
        let Some(declared) = declared else { return };
        let (own, wanted) = (&declared.ty, place.ty);
        self.refuse(!fits(declared, place), value, || {
            format!("variable `${name}` of type `{own}` stands where `{wanted}` is expected")
        });
        if let Some(object) = place.one_of {
            self.refuse(!declared.ty.is_non_null(), value, || {
                format!("variable `${name}` may be null and cannot be the one field of `{object}`")
            });
        }
    }

    fn refuse(&mut self, wrong: bool, value: &Node<Value>, what: impl FnOnce() -> String) {
        if wrong {
            self.faults.push(Fault { what: what(), at: value.location() });
        }
    }
}

/// Whether a variable may stand in a place (`IsVariableUsageAllowed` of the specification): where null is not wanted, a variable
/// that may be null needs a default, its own or the place's.
fn fits(variable: &VariableDefinition, place: Place<'_>) -> bool {
    if !place.ty.is_non_null() || variable.ty.is_non_null() {
        return variable.ty.is_assignable_to(place.ty);
    }
    let defaulted = is_given(variable.default_value.as_ref()) || place.has_default;
    defaulted && variable.ty.is_assignable_to(&place.ty.clone().nullable())
}

fn is_given(default: Option<&Node<Value>>) -> bool {
    default.is_some_and(|value| !value.is_null())
}

//! The same question said in different ways.

use super::*;

/// A value in a document.
#[derive(Clone, Debug)]
pub enum Literal {
    Value(Value),
    /// The value of an enum.
    Word(String),
    List(Vec<Literal>),
    Object(Vec<(String, Literal)>),
    Variable(String),
}

impl From<Value> for Literal {
    fn from(value: Value) -> Self {
        match value {
            Value::Object(fields) => {
                Self::Object(fields.into_iter().map(|(name, value)| (name, value.into())).collect())
            }
            Value::Array(items) => Self::List(items.into_iter().map(Into::into).collect()),
            value => Self::Value(value),
        }
    }
}

impl Literal {
    fn text(&self) -> String {
        match self {
            Self::Value(value) => value.to_string(),
            Self::Word(word) => word.clone(),
            Self::List(items) => format!("[{}]", items.iter().map(Self::text).collect::<Vec<_>>().join(", ")),
            Self::Object(fields) => {
                let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name}: {}", value.text())).collect();
                format!("{{{}}}", fields.join(", "))
            }
            Self::Variable(name) => format!("${name}"),
        }
    }

    /// As a variable would bring it; `None` when it holds variables itself.
    fn json(&self) -> Option<Value> {
        Some(match self {
            Self::Value(value) => value.clone(),
            Self::Word(word) => json!(word),
            Self::List(items) => items.iter().map(Self::json).collect::<Option<_>>()?,
            Self::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| Some((name.clone(), value.json()?)));
                Value::Object(fields.collect::<Option<_>>()?)
            }
            Self::Variable(_) => return None,
        })
    }
}

impl Generator<'_> {
    fn styled(&mut self, percent: u64) -> bool {
        self.style.as_mut().is_some_and(|style| style.percent(percent))
    }

    fn style_below(&mut self, end: usize) -> usize {
        self.style.as_mut().map_or(0, |style| style.below(end))
    }

    /// The value itself or, now and then, a variable that brings it.
    pub(super) fn lifted(&mut self, literal: Literal, ty: &str) -> Literal {
        let Some(value) = literal.json().filter(|_| self.styled(30)) else { return literal };
        // A number of its own, so that saying it so changes no other name.
        let name = format!("v{}", self.declared.len());
        if self.styled(30) && !(value.is_null() && ty.ends_with('!')) {
            self.declared.push(format!("${name}: {ty} = {}", literal.text()));
        } else {
            self.declared.push(format!("${name}: {ty}"));
            self.variables.insert(name.clone(), value);
        }
        Literal::Variable(name)
    }

    pub(super) fn arguments(&mut self, arguments: Vec<(&'static str, String, Literal)>) -> String {
        if arguments.is_empty() {
            return String::new();
        }
        let said = arguments.into_iter().map(|(name, ty, value)| {
            let value = if ty.is_empty() { value } else { self.lifted(value, &ty) };
            format!("{name}: {}", value.text())
        });
        format!("({})", said.collect::<Vec<_>>().join(", "))
    }

    /// A field with a selection; now and then in two pieces, which merge.
    pub(super) fn nest(&mut self, head: String, type_name: &str, items: Vec<String>) -> String {
        if items.len() > 1 && self.styled(25) {
            let cut = 1 + self.style_below(items.len() - 1);
            let again = cut.saturating_sub(self.style_below(2));
            let (one, other) = (items[..cut].to_vec(), items[again..].to_vec());
            return format!("{head} {} {head} {}", self.braces(type_name, one), self.braces(type_name, other));
        }
        format!("{head} {}", self.braces(type_name, items))
    }

    /// A selection set: its items, some of them in fragments.
    pub(super) fn braces(&mut self, type_name: &str, items: Vec<String>) -> String {
        let mut said = Vec::new();
        let mut rest = items.as_slice();
        while !rest.is_empty() {
            let taken = 1 + self.style_below(rest.len());
            let (some, others) = rest.split_at(taken);
            rest = others;
            let plain = some.join(" ");
            said.push(match self.style_below(12) {
                1 => format!("... {{ {plain} }}"),
                2 => format!("... on {type_name} {{ {plain} }}"),
                3 => {
                    let name = format!("F{}", self.fragments.len());
                    self.fragments.push(format!("fragment {name} on {type_name} {{ {plain} }}"));
                    let again = if self.styled(30) { format!(" ...{name}") } else { String::new() };
                    format!("...{name}{again}")
                }
                4 => format!("... @include(if: {}) {{ {plain} }}", self.truth(true)),
                5 => format!("... on {type_name} @skip(if: {}) {{ {plain} }}", self.truth(false)),
                6 => format!("{plain} ... @skip(if: {}) {{ {plain} }}", self.truth(true)),
                7 => format!("{plain} ... @include(if: {}) {{ {plain} }}", self.truth(false)),
                _ => plain,
            });
        }
        format!("{{ {} }}", said.join(" "))
    }

    fn truth(&mut self, truth: bool) -> String {
        if !self.styled(50) {
            return truth.to_string();
        }
        let name = format!("v{}", self.declared.len());
        self.declared.push(format!("${name}: Boolean!"));
        self.variables.insert(name.clone(), json!(truth));
        format!("${name}")
    }
}

//! Random filters.

use super::*;

impl Generator<'_> {
    pub(super) fn condition(&mut self, declaration: &'static Declaration, depth: usize) -> Literal {
        let mut fields: Vec<(String, Literal)> = Vec::new();
        for _ in 0..1 + self.random.below(2) {
            let before = self.declared.len();
            let field = match self.random.below(100) {
                0..12 if depth > 0 => {
                    let word = *self.random.pick(&["and", "or"]);
                    let inner = (0..self.random.below(3)).map(|_| self.condition(declaration, depth - 1)).collect();
                    Some((word.to_owned(), Literal::List(inner)))
                }
                12..22 if depth > 0 => Some(("not".to_owned(), self.condition(declaration, depth - 1))),
                _ => self.member_condition(declaration, depth),
            };
            if let Some((name, value)) = field
                && !fields.iter().any(|(known, _)| *known == name)
            {
                fields.push((name, value));
            } else {
                // Not said after all: its variables go too.
                for number in before..self.declared.len() {
                    self.variables.remove(&format!("v{number}"));
                }
                self.declared.truncate(before);
            }
        }
        Literal::Object(fields)
    }

    fn member_condition(&mut self, declaration: &'static Declaration, depth: usize) -> Option<(String, Literal)> {
        let able = declaration.members.iter().filter(|member| match &member.source {
            Source::Column(..) => member.filter,
            Source::One(edge) | Source::Many(edge, _) => edge.filter && depth > 0,
            _ => false,
        });
        let able: Vec<_> = able.collect();
        if able.is_empty() {
            return None;
        }
        let member = *self.random.pick::<&'static Member>(&able);
        let condition = match &member.source {
            Source::One(edge) => self.condition(edge.target, depth - 1),
            Source::Many(edge, _) => {
                let quantifier = *self.random.pick(&["some", "every", "none"]);
                Literal::Object(vec![(quantifier.to_owned(), self.condition(edge.target, depth - 1))])
            }
            Source::Column(_, scalar) => {
                let operator = self.operator(*scalar, member.folded.is_some());
                let value = self.operand(declaration, member, *scalar, operator);
                Literal::Object(vec![(operator.to_owned(), value)])
            }
            _ => return None,
        };
        Some((member.name.to_owned(), condition))
    }

    fn operator(&mut self, scalar: Scalar, folded: bool) -> &'static str {
        let exact: &[&str] = &["eq", "ne", "in", "notIn", "isNull"];
        let ordered: &[&str] = &["eq", "ne", "in", "notIn", "isNull", "lt", "lte", "gt", "gte"];
        let text: &[&str] = &["eq", "ne", "in", "notIn", "isNull", "contains", "startsWith", "contains", "startsWith"];
        self.random.pick::<&str>(match scalar {
            Scalar::Text if folded => text,
            Scalar::Text | Scalar::Int | Scalar::BigInt | Scalar::Decimal | Scalar::Date | Scalar::DateTime => ordered,
            Scalar::Boolean => &["eq", "isNull"],
            _ => exact,
        })
    }

    fn operand(&mut self, owner: &'static Declaration, member: &Member, scalar: Scalar, operator: &str) -> Literal {
        if self.random.percent(1) {
            return Value::Null.into();
        }
        let ty = scalar.graphql();
        match operator {
            "isNull" => json!(self.random.percent(50)).into(),
            "in" | "notIn" => {
                let items = (0..self.random.below(4)).map(|_| self.stored(owner, member.name)).collect::<Vec<_>>();
                let items = items.into_iter().map(|item| enumerated(item, scalar)).collect();
                self.lifted(Literal::List(items), &format!("[{ty}!]"))
            }
            _ => {
                let mut value = self.stored(owner, member.name);
                if let (Value::String(text), Scalar::Text, "contains" | "startsWith") = (&value, scalar, operator) {
                    value = json!(self.piece(text, operator == "contains"));
                }
                self.lifted(enumerated(value, scalar), ty)
            }
        }
    }

    /// A piece of a text, from its start or anywhere; sometimes in capitals.
    fn piece(&mut self, text: &str, anywhere: bool) -> String {
        let letters: Vec<char> = text.chars().collect();
        let from = if anywhere && !letters.is_empty() { self.random.below(letters.len()) } else { 0 };
        let piece: String = letters[from..].iter().take(self.random.below(6)).collect();
        if self.random.percent(30) { piece.to_uppercase() } else { piece }
    }
}

fn enumerated(value: Value, scalar: Scalar) -> Literal {
    match (value, scalar) {
        (Value::String(word), Scalar::Enum(_)) => Literal::Word(word),
        (value, _) => value.into(),
    }
}

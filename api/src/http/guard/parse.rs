//! Executable documents (specification 2.2 to 2.12, edition of September 2025): from text to the library's own tree.
//!
//! The library's grammar is of an older edition and takes some texts for others (`[nullable]` for two values, directives before
//! a default); so the tree is built here, with a function for each production. It recurses where [`scan`](super::scan) counted
//! a bracket, and nowhere else: only what passed the scan may come here.

use std::collections::HashMap;
use std::ops::Range;

use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, Field, FragmentDefinition, FragmentSpread, InlineFragment,
    OperationDefinition, OperationType, Selection, SelectionSet, Type, TypeCondition, VariableDefinition,
};
use async_graphql::{Name, Pos, Positioned};
use async_graphql_value::{ConstValue, Value};

use super::lexer::{Lexer, Token, is_name_start};
use super::refusal::Refusal;
use super::text;

/// A document that is well-formed.
#[derive(Debug)]
pub struct Parsed {
    /// Its operations and fragments.
    pub document: ExecutableDocument,
    /// Where descriptions stand in the text, in order; they mean nothing to execution.
    pub descriptions: Vec<Range<usize>>,
}

/// Parses a document that passed [`scan`](super::scan).
///
/// # Errors
///
/// The text is no executable document; or two operations, or two fragments, have one name, which the tree cannot hold.
pub fn parse(document: &str) -> Result<Parsed, Refusal> {
    let mut parser = Parser::new(document)?;
    let mut operations = Operations::default();
    let mut fragments = HashMap::new();
    while parser.token.is_some() {
        parser.definition(&mut operations, &mut fragments)?;
    }
    let operations = operations.done(&parser)?;
    Ok(Parsed { document: ExecutableDocument { operations, fragments }, descriptions: parser.descriptions })
}

type Outcome<T> = Result<T, Refusal>;
type At<T> = Positioned<T>;
type Fragments = HashMap<Name, At<FragmentDefinition>>;

#[derive(Default)]
struct Operations {
    bare: Option<At<OperationDefinition>>,
    named: HashMap<Name, At<OperationDefinition>>,
}

impl Operations {
    fn add(&mut self, name: Option<Name>, operation: At<OperationDefinition>) -> bool {
        match name {
            Some(name) => self.bare.is_none() && self.named.insert(name, operation).is_none(),
            None => self.named.is_empty() && self.bare.replace(operation).is_none(),
        }
    }

    fn done(self, parser: &Parser<'_>) -> Outcome<DocumentOperations> {
        match self.bare {
            Some(operation) => Ok(DocumentOperations::Single(operation)),
            None if self.named.is_empty() => Err(parser.refuse("an operation is expected")),
            None => Ok(DocumentOperations::Multiple(self.named)),
        }
    }
}

/// Reads one token ahead.
struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    token: Option<Token>,
    descriptions: Vec<Range<usize>>,
    /// The place that was asked for last, and its offset: places are asked for in the order of the text.
    place: (usize, Pos),
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Outcome<Self> {
        let place = (0, Pos { line: 1, column: 1 });
        let mut parser = Self { text, lexer: Lexer::new(text), token: None, descriptions: Vec::new(), place };
        parser.step()?;
        Ok(parser)
    }

    /// Goes on to the next token that is no comment.
    fn step(&mut self) -> Outcome<()> {
        loop {
            self.token = self.lexer.next_token()?;
            if self.token.is_none_or(|token| token.first != b'#') {
                return Ok(());
            }
        }
    }

    fn refuse(&self, expected: &'static str) -> Refusal {
        self.lexer.syntax(expected, self.token.map_or(self.text.len(), |token| token.start))
    }

    fn first(&self) -> Option<u8> {
        self.token.map(|token| token.first)
    }

    /// The text of the token ahead; empty at the end.
    fn ahead(&self) -> &'a str {
        self.token.map_or("", |token| &self.text[token.start..token.end])
    }

    /// The place of the token ahead.
    fn pos(&mut self) -> Pos {
        let offset = self.token.map_or(self.text.len(), |token| token.start);
        let (from, mut pos) = self.place;
        let mut between = self.text[from..offset].chars().peekable();
        while let Some(character) = between.next() {
            match character {
                '\r' if between.peek() == Some(&'\n') => {}
                '\r' | '\n' => pos = Pos { line: pos.line + 1, column: 1 },
                _ => pos.column += 1,
            }
        }
        self.place = (offset, pos);
        pos
    }

    /// Takes a punctuator if it is ahead.
    fn took(&mut self, punctuator: u8) -> Outcome<bool> {
        let ahead = self.first() == Some(punctuator);
        if ahead {
            self.step()?;
        }
        Ok(ahead)
    }

    fn expect(&mut self, punctuator: u8, expected: &'static str) -> Outcome<()> {
        if self.took(punctuator)? { Ok(()) } else { Err(self.refuse(expected)) }
    }

    fn is_name(&self) -> bool {
        self.first().is_some_and(is_name_start)
    }

    fn name(&mut self, expected: &'static str) -> Outcome<At<Name>> {
        if !self.is_name() {
            return Err(self.refuse(expected));
        }
        let name = At::new(Name::new(self.ahead()), self.pos());
        self.step()?;
        Ok(name)
    }

    /// One or more between brackets, whose opening one is ahead.
    fn many<T>(&mut self, closer: u8, mut one: impl FnMut(&mut Self) -> Outcome<T>) -> Outcome<Vec<T>> {
        self.step()?;
        let mut all = vec![one(self)?];
        while !self.took(closer)? {
            all.push(one(self)?);
        }
        Ok(all)
    }

    /// A description, which is passed over. Whether there was one.
    fn description(&mut self) -> Outcome<bool> {
        match self.token {
            Some(token) if token.first == b'"' => {
                self.descriptions.push(token.start..token.end);
                self.step()?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn definition(&mut self, operations: &mut Operations, fragments: &mut Fragments) -> Outcome<()> {
        let described = self.description()?;
        let start = self.token;
        let at = self.pos();
        let taken = match self.ahead() {
            "{" if !described => {
                let operation = OperationDefinition {
                    ty: OperationType::Query,
                    variable_definitions: Vec::new(),
                    directives: Vec::new(),
                    selection_set: self.selection_set()?,
                };
                operations.add(None, At::new(operation, at))
            }
            "query" => self.operation(OperationType::Query, at, operations)?,
            "mutation" => self.operation(OperationType::Mutation, at, operations)?,
            "subscription" => self.operation(OperationType::Subscription, at, operations)?,
            "fragment" => self.fragment(at, fragments)?,
            _ => return Err(self.refuse("an operation or a fragment is expected")),
        };
        let again = "a name that another operation or fragment has, or an operation without a name beside others";
        let place = start.map_or(0, |token| token.start);
        if taken { Ok(()) } else { Err(self.lexer.syntax(again, place)) }
    }

    fn operation(&mut self, ty: OperationType, at: Pos, operations: &mut Operations) -> Outcome<bool> {
        self.step()?;
        let name = if self.is_name() { Some(self.name("a name")?.node) } else { None };
        let variable_definitions = match self.first() {
            Some(b'(') => self.many(b')', Self::variable_definition)?,
            _ => Vec::new(),
        };
        let directives = self.directives(false)?;
        let selection_set = self.selection_set()?;
        let operation = OperationDefinition { ty, variable_definitions, directives, selection_set };
        Ok(operations.add(name, At::new(operation, at)))
    }

    fn fragment(&mut self, at: Pos, fragments: &mut Fragments) -> Outcome<bool> {
        self.step()?;
        if self.ahead() == "on" {
            return Err(self.refuse("the name of a fragment is expected"));
        }
        let name = self.name("the name of a fragment is expected")?;
        let condition_at = self.pos();
        let type_condition = self.type_condition()?.ok_or_else(|| self.refuse("`on` is expected"))?;
        let directives = self.directives(false)?;
        let fragment = FragmentDefinition {
            type_condition: At::new(type_condition, condition_at),
            directives,
            selection_set: self.selection_set()?,
        };
        Ok(fragments.insert(name.node, At::new(fragment, at)).is_none())
    }

    fn type_condition(&mut self) -> Outcome<Option<TypeCondition>> {
        if self.ahead() != "on" {
            return Ok(None);
        }
        self.step()?;
        Ok(Some(TypeCondition { on: self.name("the name of a type is expected")? }))
    }

    fn variable_definition(&mut self) -> Outcome<At<VariableDefinition>> {
        self.description()?;
        let at = self.pos();
        self.expect(b'$', "a variable is expected")?;
        let name = self.name("the name of a variable is expected")?;
        self.expect(b':', "`:` is expected")?;
        let type_at = self.pos();
        let var_type = At::new(self.ty()?, type_at);
        let default_value = match self.took(b'=')? {
            true => Some(self.constant()?),
            false => None,
        };
        let directives = self.directives(true)?;
        Ok(At::new(VariableDefinition { name, var_type, directives, default_value }, at))
    }

    /// A type, written as the library writes it.
    fn ty(&mut self) -> Outcome<Type> {
        let written = self.written_type()?;
        Type::new(&written).ok_or_else(|| self.refuse("a type is expected"))
    }

    fn written_type(&mut self) -> Outcome<String> {
        let mut written = if self.took(b'[')? {
            let inner = self.written_type()?;
            self.expect(b']', "`]` is expected")?;
            format!("[{inner}]")
        } else {
            self.name("a type is expected")?.node.to_string()
        };
        if self.took(b'!')? {
            written.push('!');
        }
        Ok(written)
    }

    fn selection_set(&mut self) -> Outcome<At<SelectionSet>> {
        let at = self.pos();
        if self.first() != Some(b'{') {
            return Err(self.refuse("`{` is expected"));
        }
        let items = self.many(b'}', Self::selection)?;
        Ok(At::new(SelectionSet { items }, at))
    }

    fn selection(&mut self) -> Outcome<At<Selection>> {
        let at = self.pos();
        if self.first() != Some(b'.') {
            return Ok(At::new(Selection::Field(At::new(self.field()?, at)), at));
        }
        self.step()?;
        if self.is_name() && self.ahead() != "on" {
            let fragment_name = self.name("the name of a fragment is expected")?;
            let spread = FragmentSpread { fragment_name, directives: self.directives(false)? };
            return Ok(At::new(Selection::FragmentSpread(At::new(spread, at)), at));
        }
        let condition_at = self.pos();
        let type_condition = self.type_condition()?.map(|condition| At::new(condition, condition_at));
        let directives = self.directives(false)?;
        let inline = InlineFragment { type_condition, directives, selection_set: self.selection_set()? };
        Ok(At::new(Selection::InlineFragment(At::new(inline, at)), at))
    }

    fn field(&mut self) -> Outcome<Field> {
        let mut name = self.name("a field is expected")?;
        let mut alias = None;
        if self.took(b':')? {
            alias = Some(std::mem::replace(&mut name, self.name("the name of a field is expected")?));
        }
        let arguments = self.arguments(false)?;
        let directives = self.directives(false)?;
        let selection_set = match self.first() {
            Some(b'{') => self.selection_set()?,
            _ => At::new(SelectionSet::default(), self.pos()),
        };
        Ok(Field { alias, name, arguments, directives, selection_set })
    }

    fn arguments(&mut self, constant: bool) -> Outcome<Vec<(At<Name>, At<Value>)>> {
        if self.first() != Some(b'(') {
            return Ok(Vec::new());
        }
        self.many(b')', |parser| {
            let name = parser.name("the name of an argument is expected")?;
            parser.expect(b':', "`:` is expected")?;
            let at = parser.pos();
            Ok((name, At::new(parser.value(constant)?, at)))
        })
    }

    fn directives(&mut self, constant: bool) -> Outcome<Vec<At<Directive>>> {
        let mut directives = Vec::new();
        while self.first() == Some(b'@') {
            let at = self.pos();
            self.step()?;
            let name = self.name("the name of a directive is expected")?;
            directives.push(At::new(Directive { name, arguments: self.arguments(constant)? }, at));
        }
        Ok(directives)
    }

    fn constant(&mut self) -> Outcome<At<ConstValue>> {
        let at = self.pos();
        let value = self.value(true)?.into_const();
        value.map(|value| At::new(value, at)).ok_or_else(|| self.refuse("a value without variables is expected"))
    }

    fn value(&mut self, constant: bool) -> Outcome<Value> {
        let ahead = self.ahead();
        match self.first() {
            Some(b'$') if !constant => {
                self.step()?;
                return Ok(Value::Variable(self.name("the name of a variable is expected")?.node));
            }
            Some(b'[') => return self.list(constant),
            Some(b'{') => return self.object(constant),
            _ => {}
        }
        let value = match self.first() {
            Some(b'"') => Value::String(text::value(ahead)),
            Some(b'-' | b'0'..=b'9') => {
                Value::Number(ahead.parse().map_err(|_| self.refuse("a number beyond all bounds"))?)
            }
            Some(_) if self.is_name() => match ahead {
                "true" => Value::Boolean(true),
                "false" => Value::Boolean(false),
                "null" => Value::Null,
                word => Value::Enum(Name::new(word)),
            },
            _ => return Err(self.refuse("a value is expected")),
        };
        self.step()?;
        Ok(value)
    }

    fn list(&mut self, constant: bool) -> Outcome<Value> {
        self.step()?;
        let mut items = Vec::new();
        while !self.took(b']')? {
            items.push(self.value(constant)?);
        }
        Ok(Value::List(items))
    }

    /// An object. A member that is there twice is validation's to refuse: the tree keeps the last.
    fn object(&mut self, constant: bool) -> Outcome<Value> {
        self.step()?;
        let mut members = async_graphql::indexmap::IndexMap::new();
        while !self.took(b'}')? {
            let name = self.name("the name of a field is expected")?;
            self.expect(b':', "`:` is expected")?;
            members.insert(name.node, self.value(constant)?);
        }
        Ok(Value::Object(members))
    }
}

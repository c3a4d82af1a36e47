//! Settings before they mean anything: named values, each with the place where it was said.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::{ConfigFault, DEFAULTS, Secret};

/// The type of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Number,
    Flag,
    /// A list of texts.
    List,
}

impl Shape {
    fn expected(self) -> &'static str {
        match self {
            Shape::Text => "a text in quotes",
            Shape::Number => "a whole number",
            Shape::Flag => "true or false",
            Shape::List => "a list of texts in brackets",
        }
    }

    fn fits(self, value: &Value) -> bool {
        match self {
            Shape::Text => value.is_str(),
            Shape::Number => value.is_integer(),
            Shape::Flag => value.is_bool(),
            Shape::List => value.as_array().is_some_and(|items| items.iter().all(Value::is_str)),
        }
    }

    /// Reads what an environment variable says.
    fn parse(self, text: &str) -> Option<Value> {
        let text = text.trim();
        match self {
            Shape::Text => Some(Value::String(text.to_owned())),
            Shape::Number => text.parse().ok().map(Value::Integer),
            Shape::Flag => text.parse().ok().map(Value::Boolean),
            Shape::List => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                Some(Value::Array(items.map(|item| Value::String(item.to_owned())).collect()))
            }
        }
    }
}

/// One setting: its section, its name, its type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub section: &'static str,
    pub name: &'static str,
    pub shape: Shape,
    /// Is it a setting of each `[section.NAME]`, with names that people choose?
    pub each: bool,
}

impl Setting {
    pub(super) const fn new(section: &'static str, name: &'static str, shape: Shape) -> Self {
        Self { section, name, shape, each: false }
    }

    pub(super) const fn of_each(section: &'static str, name: &'static str, shape: Shape) -> Self {
        Self { section, name, shape, each: true }
    }

    pub(super) fn key(&self) -> String {
        format!("{}.{}", self.section, self.name)
    }

    /// Is this the environment variable of the setting?
    pub(super) fn is_said_by(&self, name: &str) -> bool {
        if !self.each {
            return variable(&self.key()) == name;
        }
        let chosen = name.strip_prefix(&variable(&format!("{}.", self.section)));
        let chosen = chosen.and_then(|rest| rest.strip_suffix(&format!("_{}", self.name.to_uppercase())));
        chosen.is_some_and(|chosen| is_name(&chosen.to_lowercase()))
    }
}

/// Letters, digits and underscores, so that it can stand in the name of a variable.
fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !name.is_empty() && name.len() <= 40 && name.chars().all(plain)
}

/// The environment variable of a setting.
pub(super) fn variable(key: &str) -> String {
    format!("ARTICULA_{}", key.replace('.', "_").to_uppercase())
}

struct Said {
    value: Value,
    origin: String,
}

/// What was said so far; later sources replace earlier ones.
pub(super) struct Settings {
    known: &'static [&'static [Setting]],
    said: BTreeMap<String, Said>,
    /// The sections whose names people chose: (section, name).
    names: BTreeSet<(String, String)>,
}

impl Settings {
    pub(super) fn defaults(known: &'static [&'static [Setting]]) -> Result<Self, ConfigFault> {
        let mut settings = Self { known, said: BTreeMap::new(), names: BTreeSet::new() };
        settings.overlay(DEFAULTS, "the defaults")?;
        Ok(settings)
    }

    fn known(&self) -> impl Iterator<Item = &'static Setting> + use<> {
        self.known.iter().copied().flatten()
    }

    /// Puts a TOML text over what was said.
    pub(super) fn overlay(&mut self, text: &str, origin: &str) -> Result<(), ConfigFault> {
        let table: Table = text.parse().map_err(|fault| syntax(text, origin, &fault))?;
        for (section, content) in table {
            if !self.known().any(|setting| setting.section == section) {
                return Err(self.unknown(&section, origin));
            }
            let Value::Table(content) = content else {
                return Err(ConfigFault::Type {
                    origin: origin.into(),
                    key: section,
                    expected: "a section in brackets",
                });
            };
            for (name, value) in content {
                let key = format!("{section}.{name}");
                match (
                    value,
                    self.known().find(|setting| setting.section == section && (setting.each || setting.name == name)),
                ) {
                    (Value::Table(content), Some(setting)) if setting.each => self.named(&key, content, origin)?,
                    (value, Some(setting)) if !setting.each => self.say(key, setting.shape, Some(value), origin)?,
                    _ => return Err(self.unknown(&key, origin)),
                }
            }
        }
        Ok(())
    }

    /// Puts one `[section.NAME]` over what was said.
    fn named(&mut self, section: &str, content: Table, origin: &str) -> Result<(), ConfigFault> {
        let (kind, name) = section.split_once('.').unwrap_or((section, ""));
        if !is_name(name) {
            return Err(self.unknown(section, origin));
        }
        self.names.insert((kind.to_owned(), name.to_owned()));
        for (name, value) in content {
            let key = format!("{section}.{name}");
            let setting = self.known().find(|setting| setting.section == kind && setting.name == name);
            let setting = setting.ok_or_else(|| self.unknown(&key, origin))?;
            self.say(key, setting.shape, Some(value), origin)?;
        }
        Ok(())
    }

    /// The names of the sections `[section.NAME]`, in alphabetical order.
    pub(super) fn each(&self, section: &str) -> Vec<String> {
        self.names.iter().filter(|(kind, _)| kind == section).map(|(_, name)| name.clone()).collect()
    }

    /// Puts the environment over what was said. A variable that is empty counts as not set. The environment cannot be searched for
    /// names that people choose: `tokens.issuers` lists those that stand in no file.
    pub(super) fn environment(&mut self, env: impl Fn(&str) -> Option<String>) -> Result<(), ConfigFault> {
        for setting in self.known().filter(|setting| !setting.each) {
            let key = setting.key();
            let common = (key == "database.url").then_some("DATABASE_URL");
            self.ask(&env, key, setting.shape, common)?;
        }
        for name in self.list("tokens.issuers") {
            if !is_name(&name) {
                let remedy = "give names of lower-case letters, digits and underscores, at most 40 long";
                return Err(self.fault("tokens.issuers", format!("holds {name:?}"), remedy));
            }
            self.names.insert(("issuer".to_owned(), name));
        }
        for (kind, name) in self.names.clone() {
            for setting in self.known().filter(|setting| setting.each && setting.section == kind) {
                self.ask(&env, format!("{kind}.{name}.{}", setting.name), setting.shape, None)?;
            }
        }
        Ok(())
    }

    /// Asks the environment for one setting.
    fn ask(
        &mut self,
        env: &impl Fn(&str) -> Option<String>,
        key: String,
        shape: Shape,
        common: Option<&str>,
    ) -> Result<(), ConfigFault> {
        let found = [Some(variable(&key).as_str()), common].into_iter().flatten().find_map(|name| {
            let text = env(name).filter(|text| !text.trim().is_empty())?;
            Some((name.to_owned(), text))
        });
        match found {
            Some((name, text)) => self.say(key, shape, shape.parse(&text), &name),
            None => Ok(()),
        }
    }

    fn say(&mut self, key: String, shape: Shape, value: Option<Value>, origin: &str) -> Result<(), ConfigFault> {
        let origin = origin.to_owned();
        match value.filter(|value| shape.fits(value)) {
            Some(value) => {
                self.said.insert(key, Said { value, origin });
                Ok(())
            }
            None => Err(ConfigFault::Type { origin, key, expected: shape.expected() }),
        }
    }

    fn unknown(&self, key: &str, origin: &str) -> ConfigFault {
        let section = key.split('.').next().unwrap_or_default();
        let names: Vec<&str> =
            self.known().filter(|setting| setting.section == section).map(|setting| setting.name).collect();
        let hint = if names.is_empty() {
            let mut sections: Vec<&str> = self.known().map(|setting| setting.section).collect();
            sections.dedup();
            format!("the sections are {}", sections.join(", "))
        } else {
            let each = self.known().any(|setting| setting.section == section && setting.each);
            format!("{section}{} has {}", if each { ".NAME" } else { "" }, names.join(", "))
        };
        ConfigFault::Unknown { origin: origin.to_owned(), key: key.to_owned(), hint }
    }

    /// A text; `None` when nobody said one or it is empty.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.value(key)?.as_str().filter(|text| !text.is_empty())
    }

    /// A text that must not be seen.
    pub(super) fn secret(&self, key: &str) -> Option<Secret> {
        self.text(key).map(Secret::new)
    }

    /// A text that has a default or is needed for a reason.
    pub(super) fn needed(&self, key: &str, because: &'static str) -> Result<&str, ConfigFault> {
        self.text(key).ok_or_else(|| self.missing(key, because))
    }

    /// The fault of a setting that is needed for a reason and that nobody said.
    pub(super) fn missing(&self, key: &str, because: &'static str) -> ConfigFault {
        ConfigFault::Missing { key: key.to_owned(), because, variable: variable(key) }
    }

    /// A flag.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.value(key).and_then(Value::as_bool).unwrap_or_default()
    }

    /// A list of texts.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        let items = self.value(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// A whole number within its bounds, both included.
    pub(super) fn number(&self, key: &str, least: u32, most: u32) -> Result<u32, ConfigFault> {
        let said = self.value(key).and_then(Value::as_integer).unwrap_or(-1);
        u32::try_from(said)
            .ok()
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| self.fault(key, format!("is {said}"), format!("give a number from {least} to {most}")))
    }

    /// A fault of a value, with the place where it was said.
    pub(super) fn fault(&self, key: &str, reason: impl Into<String>, remedy: impl Into<String>) -> ConfigFault {
        let origin = self.said.get(key).map_or("the configuration", |said| said.origin.as_str()).to_owned();
        ConfigFault::Value { origin, key: key.to_owned(), reason: reason.into(), remedy: remedy.into() }
    }

    fn value(&self, key: &str) -> Option<&Value> {
        self.said.get(key).map(|said| &said.value)
    }
}

/// The parser's own text quotes the line, which may hold a secret: only what it missed and where is kept.
fn syntax(text: &str, origin: &str, fault: &toml::de::Error) -> ConfigFault {
    let start = fault.span().map_or(0, |span| span.start);
    let line = text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
    ConfigFault::Syntax { origin: origin.to_owned(), line, reason: fault.message().to_owned() }
}

//! Settings before they mean anything: named values, each with the place where it was said.

use std::collections::BTreeMap;

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
}

impl Setting {
    pub(super) const fn new(section: &'static str, name: &'static str, shape: Shape) -> Self {
        Self { section, name, shape }
    }

    pub(super) fn key(&self) -> String {
        format!("{}.{}", self.section, self.name)
    }
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
}

impl Settings {
    pub(super) fn defaults(known: &'static [&'static [Setting]]) -> Result<Self, ConfigFault> {
        let mut settings = Self { known, said: BTreeMap::new() };
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
                let setting = self.known().find(|setting| setting.section == section && setting.name == name);
                let setting = setting.ok_or_else(|| self.unknown(&format!("{section}.{name}"), origin))?;
                self.say(setting, Some(value), origin.to_owned())?;
            }
        }
        Ok(())
    }

    /// Puts the environment over what was said. A variable that is empty counts as not set.
    pub(super) fn environment(&mut self, env: impl Fn(&str) -> Option<String>) -> Result<(), ConfigFault> {
        for setting in self.known() {
            let own = variable(&setting.key());
            let common = (setting.key() == "database.url").then(|| "DATABASE_URL".to_owned());
            let found = [Some(own), common].into_iter().flatten().find_map(|name| {
                let text = env(&name).filter(|text| !text.trim().is_empty())?;
                Some((name, text))
            });
            if let Some((name, text)) = found {
                self.say(setting, setting.shape.parse(&text), name)?;
            }
        }
        Ok(())
    }

    fn say(&mut self, setting: &Setting, value: Option<Value>, origin: String) -> Result<(), ConfigFault> {
        let key = setting.key();
        match value.filter(|value| setting.shape.fits(value)) {
            Some(value) => {
                self.said.insert(key, Said { value, origin });
                Ok(())
            }
            None => Err(ConfigFault::Type { origin, key, expected: setting.shape.expected() }),
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
            format!("{section} has {}", names.join(", "))
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

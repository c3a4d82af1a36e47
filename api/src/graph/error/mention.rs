//! Objects that a refusal names, so that whoever reads it finds what stands in the way.

use entity::{Kind, OpaqueId};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Locale, texts::phrase};

/// An object as a refusal names it: for programs `{ kind, id, name }`, for people its Spanish or English term and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What kind of object it is.
    pub kind: Kind,
    /// Its key.
    pub key: Uuid,
    /// What it is called.
    pub name: String,
}

impl From<Mention> for Value {
    fn from(named: Mention) -> Self {
        let id = OpaqueId { number: named.kind as u8, uuid: named.key }.to_string();
        json!({ "kind": format!("{:?}", named.kind), "id": id, "name": named.name })
    }
}

/// The words for a mention; `None` for any other value.
pub(super) fn words(value: &Value, locale: Locale) -> Option<String> {
    let (kind, name) = (value.get("kind")?.as_str()?, value.get("name")?.as_str()?);
    let term = phrase(&format!("kind-{kind}"), locale, &[]);
    Some(format!("{} “{name}”", term.as_deref().unwrap_or(kind)))
}

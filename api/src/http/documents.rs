//! Registered documents: those that deployers know beforehand, asked for by their SHA-256 (`documentId`), and the clients that may ask
//! no others.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What a list of clients says of all of them.
const EVERYBODY: &str = "*";
/// What may stand before an id.
const PREFIX: &str = "sha256:";

/// The registered documents, and who may ask nothing else.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    texts: HashMap<[u8; 32], Arc<str>>,
    bound: Vec<String>,
}

/// Why a file of documents is not taken.
#[derive(Debug, thiserror::Error)]
pub enum RegistryFault {
    /// It cannot be read.
    #[error("cannot be read ({0})")]
    Unread(#[from] std::io::Error),
    /// It is no object from ids to documents, nor a manifest of Apollo's.
    #[error("is no JSON object from the SHA-256 of each document to its text ({0})")]
    Malformed(#[from] serde_json::Error),
    /// An id is not that of its text.
    #[error("holds {0:?}, which is not the SHA-256 of its document")]
    OtherId(String),
}

/// A file of documents: as Relay and GraphQL Code Generator write it, or as Apollo does.
#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    Manifest { operations: Vec<Operation> },
    Map(HashMap<String, String>),
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

impl Registry {
    /// A registry without documents; `bound` are the clients that may ask registered ones only, `*` all of them.
    pub fn new(bound: Vec<String>) -> Self {
        Self { texts: HashMap::new(), bound }
    }

    /// Adds the documents of a file.
    ///
    /// # Errors
    /// [`RegistryFault`]; nothing of the file is added then.
    pub fn read(&mut self, path: &Path) -> Result<(), RegistryFault> {
        self.texts.extend(documents(&std::fs::read_to_string(path)?)?);
        Ok(())
    }

    /// The document of an id: 64 hexadecimal digits, with or without `sha256:` before them.
    pub fn find(&self, id: &str) -> Option<&Arc<str>> {
        self.texts.get(&digest(id)?)
    }

    /// May this client ask this document?
    pub fn admits(&self, client: Option<&str>, document: &str) -> bool {
        let bound = |known: &String| known == EVERYBODY || Some(known.as_str()) == client;
        !self.bound.iter().any(bound) || self.texts.contains_key::<[u8; 32]>(&Sha256::digest(document).into())
    }

    /// All documents.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.values().map(AsRef::as_ref)
    }
}

fn documents(file: &str) -> Result<HashMap<[u8; 32], Arc<str>>, RegistryFault> {
    let file: Value = serde_json::from_str(file)?;
    let pairs: Vec<(String, String)> = match serde_json::from_value(file)? {
        File::Manifest { operations } => operations.into_iter().map(|one| (one.id, one.body)).collect(),
        File::Map(map) => map.into_iter().collect(),
    };
    let known = pairs.into_iter().map(|(id, text)| {
        let hash: [u8; 32] = Sha256::digest(&text).into();
        if digest(&id) == Some(hash) { Ok((hash, text.into())) } else { Err(RegistryFault::OtherId(id)) }
    });
    known.collect()
}

fn digest(id: &str) -> Option<[u8; 32]> {
    let digits = id.strip_prefix(PREFIX).unwrap_or(id).as_bytes();
    if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut digest = [0; 32];
    for (byte, pair) in digest.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{ viewer { name } }";

    fn id() -> String {
        Sha256::digest(TEXT).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn documents_are_known_by_what_they_are() {
        let map = format!("{{\"{}\":\"{TEXT}\"}}", id());
        let manifest = format!(
            "{{\"format\":\"apollo-persisted-query-manifest\",\"version\":1,\"operations\":[{{\"id\":\"{}\",\"name\":\"Q\",\"type\":\"query\",\"body\":\"{TEXT}\"}}]}}",
            id()
        );
        for file in [map, manifest] {
            let known = Registry { texts: documents(&file).expect("documents"), bound: Vec::new() };
            for id in [id(), id().to_uppercase(), format!("sha256:{}", id())] {
                assert_eq!(known.find(&id).map(AsRef::as_ref), Some(TEXT), "{id}");
            }
            assert_eq!(known.find(&id()[1..]), None);
            assert_eq!(known.find(&"0".repeat(64)), None);
        }
        let other = format!("{{\"{}\":\"{TEXT}\"}}", "0".repeat(64));
        assert!(matches!(documents(&other), Err(RegistryFault::OtherId(_))));
        for file in ["", "[]", "{\"a\": 1}", "{\"operations\": 1}"] {
            assert!(matches!(documents(file), Err(RegistryFault::Malformed(_))), "{file}");
        }
    }

    #[test]
    fn who_is_bound_asks_what_is_registered() {
        let texts = documents(&format!("{{\"{}\":\"{TEXT}\"}}", id())).expect("documents");
        for (bound, client, free) in [
            (vec![], Some("screens"), true),
            (vec!["screens"], Some("screens"), false),
            (vec!["screens"], Some("scripts"), true),
            (vec!["screens"], None, true),
            (vec!["*"], None, false),
        ] {
            let known = Registry { texts: texts.clone(), bound: bound.iter().map(|it| (*it).to_owned()).collect() };
            assert_eq!(known.admits(client, "{ other }"), free, "{bound:?} {client:?}");
            assert!(known.admits(client, TEXT), "{bound:?} {client:?}");
        }
    }
}

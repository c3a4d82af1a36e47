//! The development key: made on this machine, kept beside its data, believed only where that is asked for.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;

/// The issuer of development tokens. A configured key may not claim it.
pub const DEVELOPMENT_ISSUER: &str = "articula:development";
/// The program that development tokens name as the one that uses them.
pub const DEVELOPMENT_CLIENT: &str = "articula-token";
/// The audience of development tokens.
pub const DEVELOPMENT_AUDIENCE: &str = "articula:development";

const FILE: &str = "development.key";
const BYTES: usize = 32;

/// Why the development key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DevelopmentKeyFault {
    /// The file cannot be read or made.
    #[error("the development key {} cannot be read or made ({source}); check the folder and its permissions", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file holds something else.
    #[error("{} does not hold a development key; delete it and a new one is made", .0.display())]
    Damaged(PathBuf),
    /// Others on the machine can read the file.
    #[error("others can read the development key {}; run chmod 600 on it, or delete it and a new one is made", .0.display())]
    Exposed(PathBuf),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes: {0}")]
    Random(getrandom::Error),
    /// The token cannot be signed.
    #[error("the token cannot be signed: {0}")]
    Signing(#[from] jsonwebtoken::errors::Error),
}

/// A secret of this machine that signs tokens for development (HMAC with SHA-256, 32 random bytes).
#[derive(Clone)]
pub struct DevelopmentKey([u8; BYTES]);

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    client_id: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
}

impl DevelopmentKey {
    /// Reads the key kept in a data folder, and makes folder and key where they are missing. Only the owner may read the file.
    ///
    /// # Errors
    /// [`DevelopmentKeyFault`], which says how to mend it.
    pub fn open(folder: &Path) -> Result<Self, DevelopmentKeyFault> {
        let path = folder.join(FILE);
        let fault = |source| DevelopmentKeyFault::File { path: path.clone(), source };
        std::fs::create_dir_all(folder).map_err(fault)?;
        match new_file(&path) {
            Ok(mut file) => {
                let mut key = [0; BYTES];
                getrandom::fill(&mut key).map_err(DevelopmentKeyFault::Random)?;
                file.write_all(URL_SAFE_NO_PAD.encode(key).as_bytes()).and_then(|()| file.sync_all()).map_err(fault)?;
                Ok(Self(key))
            }
            Err(source) if source.kind() == ErrorKind::AlreadyExists => read(&path),
            Err(source) => Err(fault(source)),
        }
    }

    /// Is there a key in this data folder?
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE).exists()
    }

    /// A token for a subject, good from `now` for `ttl`.
    ///
    /// # Errors
    /// [`DevelopmentKeyFault::Signing`], should the library refuse.
    pub fn sign(&self, subject: &str, now: DateTime<Utc>, ttl: TimeDelta) -> Result<String, DevelopmentKeyFault> {
        let issued = now.timestamp();
        let claims = Claims {
            iss: DEVELOPMENT_ISSUER,
            aud: DEVELOPMENT_AUDIENCE,
            sub: subject,
            client_id: DEVELOPMENT_CLIENT,
            iat: issued,
            nbf: issued,
            exp: issued.saturating_add(ttl.num_seconds()),
        };
        let header = Header { typ: Some("at+jwt".into()), ..Header::new(Algorithm::HS256) };
        Ok(jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&self.0))?)
    }

    pub(super) fn secret(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for DevelopmentKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DevelopmentKey(…)")
    }
}

/// A file that did not exist, from its first moment readable by its owner only.
fn new_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn read(path: &Path) -> Result<DevelopmentKey, DevelopmentKeyFault> {
    let fault = |source| DevelopmentKeyFault::File { path: path.to_owned(), source };
    let file = File::open(path).map_err(fault)?;
    if exposed(&file).map_err(fault)? {
        return Err(DevelopmentKeyFault::Exposed(path.to_owned()));
    }
    let mut text = String::new();
    // Bounded: whatever else lies there is not read whole.
    file.take(1024).read_to_string(&mut text).map_err(fault)?;
    let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.map(DevelopmentKey).ok_or_else(|| DevelopmentKeyFault::Damaged(path.to_owned()))
}

#[cfg(unix)]
fn exposed(file: &File) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn exposed(_: &File) -> std::io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            Self(std::env::temp_dir().join(format!("articula-key-{}", uuid::Uuid::now_v7())))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_key_is_made_once_and_kept() {
        let folder = Folder::new();
        let inner = folder.0.join("data");
        let made = DevelopmentKey::open(&inner).expect("made");
        let kept = DevelopmentKey::open(&inner).expect("kept");
        assert_eq!(made.secret(), kept.secret());
        assert_ne!(made.secret(), DevelopmentKey::open(&folder.0).expect("another").secret());
        assert_eq!(format!("{made:?}"), "DevelopmentKey(…)");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new();
        DevelopmentKey::open(&folder.0).expect("made");
        let path = folder.0.join(FILE);
        let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("mine");
        assert!(matches!(DevelopmentKey::open(&folder.0), Err(DevelopmentKeyFault::Exposed(_))));
    }

    #[test]
    fn a_damaged_file_is_told_and_left_alone() {
        let folder = Folder::new();
        DevelopmentKey::open(&folder.0).expect("made");
        let path = folder.0.join(FILE);
        std::fs::write(&path, "c2hvcnQ").expect("mine");
        let fault = DevelopmentKey::open(&folder.0).expect_err("too short");
        assert!(fault.to_string().contains("delete it"), "{fault}");
        assert_eq!(std::fs::read_to_string(&path).expect("left"), "c2hvcnQ");
    }
}

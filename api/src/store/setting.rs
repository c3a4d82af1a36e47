//! What the service keeps about itself: settings, and secrets that every replica shares.

use entity::machinery::setting;
use sea_orm::{ActiveValue::Set, EntityTrait, QuerySelect as _};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Store, StoreFault};

impl Store {
    /// The setting with this name, if it is set.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreFault> {
        let found = setting::Entity::find_by_id(name).select_only().column(setting::Column::Value);
        Ok(found.into_tuple().one(&self.reader()).await?)
    }

    /// The secret with this name: random, made once for each database, the same on every replica.
    ///
    /// # Errors
    /// [`StoreFault::Setting`] when someone wrote something else in its place.
    pub async fn secret(&self, name: &str) -> Result<[u8; 32], StoreFault> {
        let name = format!("secret.{name}");
        if self.setting(&name).await?.is_none() {
            let value = random().iter().map(|byte| format!("{byte:02x}")).collect();
            let row = setting::ActiveModel { name: Set(name.clone()), value: Set(value) };
            // Whoever comes second keeps the first one's.
            let insert = setting::Entity::insert(row).on_conflict_do_nothing_on([setting::Column::Name]);
            insert.exec_without_returning(&self.backend.writer).await?;
        }
        let value = self.setting(&name).await?.unwrap_or_default();
        parse(&value).ok_or(StoreFault::Setting(name))
    }
}

/// Each UUIDv7 carries at least 32 fresh bits of the operating system's randomness; hashing 32 of them leaves 256.
fn random() -> [u8; 32] {
    let mut hash = Sha256::new();
    for _ in 0..32 {
        hash.update(Uuid::now_v7().as_bytes());
    }
    hash.finalize().into()
}

fn parse(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes().as_chunks::<2>().0.iter();
    let bytes: Vec<u8> = digits
        .map(|pair| str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect::<Option<_>>()?;
    (text.len() == 64).then_some(bytes)?.try_into().ok()
}

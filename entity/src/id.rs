//! Keys: UUIDv7 inside, opaque typed strings outside.
//!
//! An `Id<E>` can only name a row of `E`'s table, so the compiler refuses a post where a unit is meant.
//! Outside it is base64url of the kind's number and the UUID; whoever takes one apart learns nothing
//! that the service promises to keep.

use std::{fmt, hash::Hash, marker::PhantomData};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{
    ColIdx, ColumnType, DbErr, QueryResult, TryFromU64, TryGetError, TryGetable, Value,
    sea_query::{ArrayType, Nullable, ValueType, ValueTypeErr},
};
use uuid::Uuid;

use crate::Kind;

/// A table whose rows have ids of one kind.
pub trait Kinded: 'static {
    /// The kind of its rows.
    const KIND: Kind;
}

/// The key of a row of `E`.
pub struct Id<E>(Uuid, PhantomData<fn() -> E>);

impl<E> Id<E> {
    /// A new key; keys made later sort later.
    pub fn new() -> Self {
        Self::from_uuid(Uuid::now_v7())
    }

    /// The key with these bytes.
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The key's bytes, as the database stores them.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<E: Kinded> Id<E> {
    /// The key as the world sees it.
    pub fn opaque(self) -> OpaqueId {
        OpaqueId { number: E::KIND as u8, uuid: self.0 }
    }

    /// Reads what `opaque` printed; `None` for anything else, another kind's id included.
    pub fn parse(text: &str) -> Option<Self> {
        let id = OpaqueId::parse(text)?;
        (id.number == E::KIND as u8).then_some(Self::from_uuid(id.uuid))
    }
}

/// A key together with the number of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OpaqueId {
    /// The number of the kind, see [`Kind`].
    pub number: u8,
    /// The key inside.
    pub uuid: Uuid,
}

impl OpaqueId {
    /// Length of the text form in bytes.
    pub const TEXT_LENGTH: usize = 23;

    /// Reads the text form; `None` when it is not exactly what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != Self::TEXT_LENGTH {
            return None;
        }
        let bytes: [u8; 17] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (number, uuid) = bytes.split_first()?;
        Some(Self { number: *number, uuid: Uuid::from_slice(uuid).ok()? })
    }
}

impl fmt::Display for OpaqueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [0; 17];
        bytes[0] = self.number;
        bytes[1..].copy_from_slice(self.uuid.as_bytes());
        let mut text = [0; Self::TEXT_LENGTH];
        URL_SAFE_NO_PAD.encode_slice(bytes, &mut text).map_err(|_| fmt::Error)?;
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

// The derives would demand the same of `E`, which is only a mark.
impl<E> Clone for Id<E> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<E> Copy for Id<E> {}
impl<E> PartialEq for Id<E> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<E> Eq for Id<E> {}
impl<E> PartialOrd for Id<E> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<E> Ord for Id<E> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<E> Hash for Id<E> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<E> fmt::Debug for Id<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.0)
    }
}
impl<E> Default for Id<E> {
    fn default() -> Self {
        Self::new()
    }
}

// What sea-orm asks of a column's type; each is the UUID's own.
impl<E> From<Id<E>> for Value {
    fn from(id: Id<E>) -> Self {
        id.0.into()
    }
}
impl<E> TryGetable for Id<E> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        Uuid::try_get_by(row, index).map(Self::from_uuid)
    }
}
impl<E> ValueType for Id<E> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <Uuid as ValueType>::try_from(value).map(Self::from_uuid)
    }
    fn type_name() -> String {
        "Id".to_owned()
    }
    fn array_type() -> ArrayType {
        ArrayType::Uuid
    }
    fn column_type() -> ColumnType {
        ColumnType::Uuid
    }
}
impl<E> Nullable for Id<E> {
    fn null() -> Value {
        Value::Uuid(None)
    }
}
impl<E> TryFromU64 for Id<E> {
    fn try_from_u64(_: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("Id"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Unit;
    impl Kinded for Unit {
        const KIND: Kind = Kind::OrgUnit;
    }
    struct Post;
    impl Kinded for Post {
        const KIND: Kind = Kind::Post;
    }

    #[test]
    fn reads_what_it_printed() {
        let id = Id::<Unit>::new();
        assert_eq!(Id::parse(&id.opaque().to_string()), Some(id));
    }

    #[test]
    fn another_kind_is_no_id() {
        assert_eq!(Id::<Post>::parse(&Id::<Unit>::new().opaque().to_string()), None);
    }

    #[test]
    fn rubbish_is_no_id() {
        for text in ["", "a", "AAAAAAAAAAAAAAAAAAAAAA=", "ñAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA "] {
            assert_eq!(OpaqueId::parse(text), None, "{text:?}");
        }
    }
}

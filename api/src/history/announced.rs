//! `changes`: what happens, told as it happens to who may see it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::future::LocalBoxFuture;
use hmac::{Hmac, Mac as _};
use serde_json::{Map, Value};
use sha2::Sha256;

use super::receipt::ReceiptKey;
use crate::{
    access::actor::Actor,
    execution::roots::root_field,
    graph::{
        bridge::{RootField, input, register_object},
        declaration::{ObjectShape, Shape, ShapeField},
        error::{ErrorCode, Refusal},
    },
    store::{Store, StoreFault},
};

const TEXT: Shape = Shape::Leaf("String");
/// What `changesPosition` gives.
pub static POSITION: Shape = TEXT;

/// An event as it is told.
pub static CHANGE: ObjectShape = ObjectShape {
    name: "Change",
    description: "Novedad. An act changed an object that the viewer may see; what it is now tells `node`.",
    fields: &[
        ShapeField {
            name: "kind",
            description: "Clase de objeto. What kind of object changed.",
            shape: &Shape::Leaf("ObjectKind"),
            nullable: false,
        },
        ShapeField {
            name: "id",
            description: "Objeto. The id of what changed; `node` finds it while it exists.",
            shape: &Shape::Leaf("ID"),
            nullable: false,
        },
        ShapeField {
            name: "version",
            description: "Versión del registro. As it stands when this is told, so that who has it already need not read; null for what is \
                          gone, and for kinds without versions.",
            shape: &Shape::Leaf("Int"),
            nullable: true,
        },
        ShapeField {
            name: "position",
            description: "Posición. The place in the order of all changes: give it as `after` to go on from here.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "organization",
            description: "Organización. The id of that to which the object belongs.",
            shape: &Shape::Leaf("ID"),
            nullable: true,
        },
        ShapeField {
            name: "act",
            description: "Acto. The mutation by its name; `load` for data loaded in bulk.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "recordedAt",
            description: "Registrado el. When it was recorded.",
            shape: &Shape::Leaf("DateTime"),
            nullable: false,
        },
    ],
};

/// The root field of subscriptions.
pub fn changes() -> RootField {
    let about = "Novedades. Every change that the viewer may see, as it is committed: judged when it is told, row by row, with the grants that \
                 hold then. Nothing is skipped and nothing comes twice, also across connections, by `after`. Who falls too far behind, or \
                 begins at a position that is no longer kept, gets the error RESYNC, with the position to go on from after reading anew.";
    let kinds = input("kinds", "[ObjectKind!]", "Clases. Only changes of these kinds of objects; all when not given.");
    let after =
        input("after", "String", "Después de. A `position`: everything after it is told; from now on when not given.");
    let mut field = root_field("changes", about.to_owned(), "Change!", vec![kinds, after]);
    field.register = Box::new(|registry| register_object(registry, &CHANGE));
    field
}

/// The root field of queries: where the order of changes is now.
pub fn changes_position() -> RootField {
    let about = "Posición de las novedades. Where the order of all changes is now. To miss nothing, ask it alone and first; then read what \
                 you show; then follow `changes(after:)` it.";
    root_field("changesPosition", about.to_owned(), "String", Vec::new())
}

/// Works out `changesPosition`.
pub fn present<'a>(
    store: &'a Store,
    _: &'a ReceiptKey,
    _: &'a Actor,
    _: &'a Map<String, Value>,
) -> LocalBoxFuture<'a, Result<Value, Refusal>> {
    Box::pin(async move {
        let present = async { Ok(PositionKey::of(store).await?.seal(store.relay().await?)) };
        match present.await {
            Ok(position) => Ok(position.into()),
            Err(fault) if StoreFault::is_stopped(&fault) => Err(store.stopped()),
            Err(fault) => {
                tracing::error!(%fault, "events wait for their positions");
                Err(ErrorCode::Internal.into())
            }
        }
    })
}

/// What positions are sealed with. The number in one would tell how much happens in all organizations, so that it is hidden; the same number
/// gives the same text.
pub struct PositionKey(Hmac<Sha256>);

/// Bytes of a tag: with them two numbers are as good as never hidden alike.
const TAG: usize = 12;

impl PositionKey {
    /// The key of this service, the same on every replica.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(store: &Store) -> Result<Self, StoreFault> {
        Ok(Self::new(&store.secret("position").await?))
    }

    fn new(secret: &[u8]) -> Self {
        // HMAC takes keys of any length: the error cannot come, and an empty key would still be a key.
        Self(Hmac::new_from_slice(secret).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    /// A position as clients keep it.
    pub fn seal(&self, number: i64) -> String {
        let tag = self.tag(number);
        URL_SAFE_NO_PAD.encode([&tag[..], &self.hidden(&tag, number)].concat())
    }

    /// The number in a position of this service; `None` for anything else.
    pub fn open(&self, position: &str) -> Option<i64> {
        let bytes = URL_SAFE_NO_PAD.decode(position).ok()?;
        let (tag, hidden) = bytes.split_at_checked(TAG)?;
        let hidden = i64::from_be_bytes(hidden.try_into().ok()?);
        let number = i64::from_be_bytes(self.hidden(tag, hidden));
        (self.tag(number) == *tag && number >= 0).then_some(number)
    }

    fn tag(&self, number: i64) -> [u8; TAG] {
        let mut tag = [0; TAG];
        tag.copy_from_slice(&self.mac(b"tag", &number.to_be_bytes())[..TAG]);
        tag
    }

    /// The number under a mask that its tag gives; done twice, it is the number.
    fn hidden(&self, tag: &[u8], number: i64) -> [u8; 8] {
        let mask = self.mac(b"mask", tag);
        let mut bytes = number.to_be_bytes();
        bytes.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
        bytes
    }

    fn mac(&self, purpose: &[u8], content: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(purpose);
        mac.update(content);
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_opened_by_its_own_key_only() {
        let key = PositionKey::new(b"secret");
        for number in [0, 1, 255, 256, i64::MAX] {
            assert_eq!(key.open(&key.seal(number)), Some(number));
            assert_eq!(PositionKey::new(b"other").open(&key.seal(number)), None);
        }
        assert_eq!(key.seal(7), key.seal(7));
        let sealed = key.seal(1);
        for text in ["", "0", "ñ", &sealed[1..], &format!("{sealed}A"), &key.seal(-1)] {
            assert_eq!(key.open(text), None, "{text}");
        }
    }

    #[test]
    fn neighbours_do_not_look_alike() {
        let key = PositionKey::new(b"secret");
        let bytes = |number| URL_SAFE_NO_PAD.decode(key.seal(number)).expect("base64");
        for number in 0..100 {
            let (one, next) = (bytes(number), bytes(number + 1));
            let same = one.iter().zip(&next).filter(|(a, b)| a == b).count();
            assert!(same < 6, "{number}: {same} of {} bytes are the same", one.len());
        }
    }
}

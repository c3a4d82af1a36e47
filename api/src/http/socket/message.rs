//! The messages of `graphql-transport-ws`.

use actix_web::http::header::HeaderValue;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

/// The longest id of an operation, in bytes.
const LONGEST_ID: usize = 256;

/// Why a socket is closed, as the protocol numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The client closed it, and is answered.
    Answered,
    /// The service stops.
    Going,
    /// A message is over the limit.
    TooLarge,
    /// A message is not one of the protocol.
    Malformed(&'static str),
    /// Something was asked before the socket was acknowledged.
    Unacknowledged,
    /// What was shown lets nobody in, or not any more.
    Forbidden,
    /// The client speaks another protocol.
    OtherProtocol,
    /// The client did not say in time who it is.
    NotInTime,
    /// An operation of this id runs already.
    Taken,
    /// The client said twice who it is.
    Twice,
}

impl End {
    /// Code and reason.
    pub fn code(self) -> (u16, &'static str) {
        match self {
            Self::Answered => (1000, "Normal closure"),
            Self::Going => (1001, "Going away"),
            Self::TooLarge => (1009, "Message too big"),
            Self::Malformed(why) => (4400, why),
            Self::Unacknowledged => (4401, "Unauthorized"),
            Self::Forbidden => (4403, "Forbidden"),
            Self::OtherProtocol => (4406, "Subprotocol not acceptable"),
            Self::NotInTime => (4408, "Connection initialisation timeout"),
            Self::Taken => (4409, "Subscriber already exists"),
            Self::Twice => (4429, "Too many initialisation requests"),
        }
    }
}

/// What a client says.
#[derive(Debug)]
pub enum Message<'a> {
    /// Who it is: what it shows in place of the header `Authorization`.
    Init(Option<HeaderValue>),
    /// Is the service there?
    Ping(Option<&'a RawValue>),
    /// It is there.
    Pong,
    /// An operation, as the body of a POST.
    Subscribe(String, &'a str),
    /// The operation is not needed any more.
    Complete(String),
}

#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(rename = "type")]
    kind: String,
    id: Option<String>,
    #[serde(borrow)]
    payload: Option<&'a RawValue>,
}

impl<'a> Message<'a> {
    /// Reads a message.
    ///
    /// # Errors
    /// [`End::Malformed`]: the socket is to be closed.
    pub fn read(text: &'a str) -> Result<Self, End> {
        let wire: Wire<'a> = serde_json::from_str(text).map_err(|_| End::Malformed("Invalid message received"))?;
        let id = wire.id.filter(|id| (1..=LONGEST_ID).contains(&id.len()));
        let id = id.ok_or(End::Malformed("Message is missing the 'id' property"));
        match wire.kind.as_str() {
            "connection_init" => Ok(Self::Init(shown(wire.payload)?)),
            "ping" => Ok(Self::Ping(wire.payload)),
            "pong" => Ok(Self::Pong),
            "complete" => Ok(Self::Complete(id?)),
            "subscribe" => {
                let payload = wire.payload.map(RawValue::get).filter(|payload| payload.starts_with('{'));
                Ok(Self::Subscribe(id?, payload.ok_or(End::Malformed("Message is missing the 'payload' property"))?))
            }
            _ => Err(End::Malformed("Invalid message type")),
        }
    }
}

/// What a client shows when it begins: `{ "Authorization": "Bearer …" }`, in any case of letters, or `{ "apiKey": "art_…" }`. Both, or
/// twice the same, is nothing that can be believed.
fn shown(payload: Option<&RawValue>) -> Result<Option<HeaderValue>, End> {
    let malformed = End::Malformed("'connection_init' expects its 'payload' to be an object or absent");
    let Some(payload) = payload.map(RawValue::get).filter(|text| *text != "null") else { return Ok(None) };
    let payload: Map<String, Value> = serde_json::from_str(payload).map_err(|_| malformed)?;
    let mut shown = Vec::new();
    for (name, value) in payload.iter().filter(|(_, value)| !value.is_null()) {
        if name.eq_ignore_ascii_case("authorization") {
            shown.push(value.as_str().unwrap_or_default().to_owned());
        } else if name == "apiKey" {
            shown.push(format!("Bearer {}", value.as_str().unwrap_or_default()));
        }
    }
    match shown.as_slice() {
        [] => Ok(None),
        [one] => HeaderValue::from_str(one).map(Some).map_err(|_| End::Forbidden),
        _ => Err(End::Forbidden),
    }
}

/// `connection_ack`, and `pong` with what the ping said.
pub fn plain(kind: &str, payload: Option<&RawValue>) -> String {
    match payload {
        Some(payload) => format!("{{\"type\":\"{kind}\",\"payload\":{}}}", payload.get()),
        None => json!({ "type": kind }).to_string(),
    }
}

/// `next`: an answer of an operation.
pub fn next(id: &str, answer: &[u8]) -> String {
    format!("{{\"id\":{},\"type\":\"next\",\"payload\":{}}}", Value::from(id), String::from_utf8_lossy(answer))
}

/// `error`: why an operation was refused, or ended.
pub fn error(id: &str, answer: &[u8]) -> String {
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    json!({ "id": id, "type": "error", "payload": answer["errors"] }).to_string()
}

/// `complete`: an operation is over.
pub fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read() {
        let init = |text: &'static str| match Message::read(text) {
            Ok(Message::Init(shown)) => shown.and_then(|value| value.to_str().ok().map(str::to_owned)),
            other => panic!("{other:?}"),
        };
        for (text, expected) in [
            (r#"{"type":"connection_init"}"#, None),
            (r#"{"type":"connection_init","payload":null}"#, None),
            (r#"{"type":"connection_init","payload":{"other":1}}"#, None),
            (r#"{"type":"connection_init","payload":{"Authorization":"Bearer a"}}"#, Some("Bearer a")),
            (r#"{"type":"connection_init","payload":{"authorization":"Bearer a","apiKey":null}}"#, Some("Bearer a")),
            (r#"{"type":"connection_init","payload":{"apiKey":"art_x"}}"#, Some("Bearer art_x")),
        ] {
            assert_eq!(init(text).as_deref(), expected, "{text}");
        }
        let Ok(Message::Subscribe(id, payload)) =
            Message::read(r#"{"id":"1","type":"subscribe","payload": {"query":"{x}"}}"#)
        else {
            panic!("no subscribe");
        };
        assert_eq!((id.as_str(), payload), ("1", r#"{"query":"{x}"}"#));
        assert!(matches!(Message::read(r#"{"id":"1","type":"complete"}"#), Ok(Message::Complete(id)) if id == "1"));
        assert!(matches!(Message::read(r#"{"type":"pong"}"#), Ok(Message::Pong)));
    }

    #[test]
    fn what_is_no_message_ends_the_socket() {
        for text in [
            "",
            "{",
            "[]",
            "7",
            r#"{"type":7}"#,
            r#"{"type":"start","id":"1"}"#,
            r#"{"type":"subscribe","payload":{}}"#,
            r#"{"type":"subscribe","id":"","payload":{}}"#,
            r#"{"type":"subscribe","id":1,"payload":{}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"1","payload":[]}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"connection_init","payload":[]}"#,
            r#"{"type":"pong","type":"pong"}"#,
        ] {
            assert!(matches!(Message::read(text), Err(End::Malformed(_))), "{text}");
        }
        let twice = r#"{"type":"connection_init","payload":{"authorization":"Bearer a","apiKey":"art_x"}}"#;
        assert!(matches!(Message::read(twice), Err(End::Forbidden)));
    }

    #[test]
    fn messages_are_written() {
        assert_eq!(plain("pong", None), r#"{"type":"pong"}"#);
        assert_eq!(next("a\"b", b"{}"), r#"{"id":"a\"b","type":"next","payload":{}}"#);
        let told: Value = serde_json::from_str(&error("1", br#"{"errors":[{"message":"m"}]}"#)).expect("JSON");
        assert_eq!(told, json!({ "id": "1", "type": "error", "payload": [{ "message": "m" }] }));
    }
}

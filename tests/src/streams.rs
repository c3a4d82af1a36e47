//! The other end of sockets and event streams.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest as _, http::HeaderValue},
};

use crate::service::Service;

/// Longer than anything takes; who waits so long waits in vain.
const PATIENCE: Duration = Duration::from_secs(30);

/// All of a change.
pub const FOLLOW: &str = "subscription($after: String, $kinds: [ObjectKind!]) { changes(after: $after, kinds: $kinds) \
     { kind id version position organization act recordedAt } }";

/// Server-sent events as they come in.
pub struct Events {
    response: reqwest::Response,
    unread: Vec<u8>,
}

impl Events {
    /// Reads an answer that is a stream.
    pub fn of(response: reqwest::Response) -> Self {
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
        Self { response, unread: Vec::new() }
    }

    /// The next event, its name and its data; `None` at the end of the stream. Comments are passed over.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            while let Some(end) = self.unread.windows(2).position(|two| two == b"\n\n") {
                let text: Vec<u8> = self.unread.drain(..end + 2).collect();
                let text = String::from_utf8(text).expect("UTF-8");
                let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
                if let Some(name) = field("event:") {
                    let data = field("data:").unwrap_or_default();
                    return Some((name.to_owned(), serde_json::from_str(data).unwrap_or_default()));
                }
            }
            let piece = timeout(PATIENCE, self.response.chunk()).await.expect("something comes in time");
            self.unread.extend_from_slice(&piece.expect("the stream holds")?);
        }
    }

    /// The change that is told next.
    pub async fn change(&mut self) -> Value {
        let (name, told) = self.next().await.expect("an event");
        assert_eq!((name.as_str(), &told["errors"]), ("next", &Value::Null), "{told}");
        told["data"]["changes"].clone()
    }

    /// The codes with which it is refused or ended, and what is told with the first.
    pub async fn end(&mut self) -> (Vec<String>, Value) {
        let (name, told) = self.next().await.expect("an event");
        assert_eq!(name, "next", "{told}");
        assert_eq!(self.next().await.expect("an event").0, "complete");
        assert_eq!(self.next().await, None, "the stream ends");
        (codes(&told["errors"]), told["errors"][0]["extensions"].clone())
    }
}

/// The codes of errors.
pub fn codes(errors: &Value) -> Vec<String> {
    let code = |error: &Value| error["extensions"]["code"].as_str().unwrap_or_default().to_owned();
    errors.as_array().into_iter().flatten().map(code).collect()
}

/// A socket.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// What a socket says: a message, or its end with a code (1005: without one; 1006: without a word).
#[derive(Debug, PartialEq)]
pub enum Said {
    /// A message.
    Message(Value),
    /// The end.
    End(u16),
}

impl Socket {
    /// Opens one; with headers of its own, such as `Sec-WebSocket-Protocol`.
    ///
    /// # Errors
    /// The status with which it was refused.
    pub async fn open(service: &Service, headers: &[(&'static str, &str)]) -> Result<Self, u16> {
        let url = service.url("/graphql").replace("http://", "ws://");
        let mut request = url.into_client_request().expect("an address");
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value).expect("a header"));
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(fault) => panic!("{fault}"),
        }
    }

    /// Opens one that speaks the protocol, and says nothing yet.
    pub async fn new(service: &Service) -> Self {
        Self::open(service, &[("Sec-WebSocket-Protocol", "graphql-transport-ws")]).await.expect("it opens")
    }

    /// Opens one for somebody, acknowledged.
    pub async fn of(service: &Service, subject: &str) -> Self {
        Self::showing(service, json!({ "Authorization": format!("Bearer {}", service.token(subject)) })).await
    }

    /// Opens one with what is shown, acknowledged.
    pub async fn showing(service: &Service, shown: Value) -> Self {
        let mut socket = Self::new(service).await;
        socket.say(json!({ "type": "connection_init", "payload": shown })).await;
        assert_eq!(socket.hear().await, Said::Message(json!({ "type": "connection_ack" })));
        socket
    }

    /// Says a message.
    pub async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    /// Sends whatever it is. That the other end is gone already is heard, not noticed here.
    pub async fn send(&mut self, message: Message) {
        let _ = self.0.send(message).await;
    }

    /// Closes it, as a client does that is done.
    pub async fn close(&mut self) {
        let _ = self.0.close(None).await;
    }

    /// Begins an operation.
    pub async fn ask(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.say(json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// Hears a message, or the end. Pings are answered on the way.
    pub async fn hear(&mut self) -> Said {
        loop {
            match timeout(PATIENCE, self.0.next()).await.expect("something comes in time") {
                Some(Ok(Message::Text(text))) => {
                    return Said::Message(serde_json::from_str(&text).expect("JSON"));
                }
                Some(Ok(Message::Close(frame))) => {
                    return Said::End(frame.map_or(1005, |frame| frame.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Said::End(1006),
            }
        }
    }

    /// Hears the change that is told next.
    pub async fn change(&mut self, id: &str) -> Value {
        match self.hear().await {
            Said::Message(said) if said["type"] == "next" && said["id"] == id => {
                said["payload"]["data"]["changes"].clone()
            }
            other => panic!("no change: {other:?}"),
        }
    }

    /// The errors of an operation that is refused or ended.
    pub async fn errors(&mut self, id: &str) -> Value {
        match self.hear().await {
            Said::Message(said) if said["type"] == "error" && said["id"] == id => said["payload"].clone(),
            other => panic!("no error: {other:?}"),
        }
    }
}

impl Service {
    /// Follows the changes over server-sent events, as somebody, after a position.
    pub async fn follow(&self, subject: &str, variables: Value) -> Events {
        Events::of(self.stream(subject, FOLLOW, variables).await)
    }

    /// Asks for a stream of events, as somebody.
    pub async fn stream(&self, subject: &str, query: &str, variables: Value) -> reqwest::Response {
        let body = json!({ "query": query, "variables": variables });
        let request = self.request(reqwest::Method::POST, "/graphql/stream").bearer_auth(self.token(subject));
        let request = request.header("Content-Type", "application/json").header("Accept", "text/event-stream");
        request.body(body.to_string()).send().await.expect("an answer")
    }

    /// Where the order of changes is now.
    pub async fn position(&self, subject: &str) -> Value {
        self.user(subject).data("{ changesPosition }", json!({})).await["changesPosition"].clone()
    }

    /// Gives what was committed its positions, as the relay does by itself in a service that runs.
    pub async fn relay(&self) {
        self.app.store().relay().await.expect("the events get their positions");
    }
}

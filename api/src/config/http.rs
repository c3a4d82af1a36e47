//! How the service listens and what it lets in.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use super::settings::{Setting, Settings, Shape};
use super::{ConfigFault, Network};
use crate::http::documents::Registry;

pub(super) const SETTINGS: &[Setting] = &[
    Setting::new("http", "address", Shape::Text),
    Setting::new("http", "request_deadline_seconds", Shape::Number),
    Setting::new("http", "shutdown_seconds", Shape::Number),
    Setting::new("http", "body_limit_bytes", Shape::Number),
    Setting::new("http", "cors_origins", Shape::List),
    Setting::new("http", "trusted_proxies", Shape::List),
    Setting::new("http", "failed_sign_ins_a_minute", Shape::Number),
    Setting::new("http", "documents", Shape::List),
    Setting::new("http", "registered_only", Shape::List),
    Setting::new("http", "protocol", Shape::Text),
    Setting::new("http", "socket_connections", Shape::Number),
    Setting::new("http", "socket_operations", Shape::Number),
    Setting::new("http", "socket_message_bytes", Shape::Number),
    Setting::new("http", "socket_init_seconds", Shape::Number),
    Setting::new("http", "socket_ping_seconds", Shape::Number),
    Setting::new("http", "changes_behind", Shape::Number),
    Setting::new("http", "introspection", Shape::Flag),
    Setting::new("http", "explorer", Shape::Flag),
    Setting::new("http", "requests_under_way", Shape::Number),
    Setting::new("http", "metrics", Shape::Text),
];

/// By which text of GraphQL over HTTP an answer has its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// What clients of today expect: 400 for a document that is refused, 200 for one that is executed.
    Current,
    /// The draft of 2026: 422 for a document that is well-formed and refused, 294 for an answer with data and errors.
    Draft2026,
}

/// How the service listens and what it lets in.
#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// Where to listen; port 0 takes any free one.
    pub address: SocketAddr,
    /// The longest that one request may take, 1 to 300 s.
    pub request_deadline: Duration,
    /// How long a shutdown waits for requests under way, 0 to 300 s.
    pub shutdown: Duration,
    /// The largest body, in bytes, 1 KiB to 16 MiB.
    pub body_limit: usize,
    /// Origins of browsers that may call, each `scheme://host[:port]`.
    pub cors_origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// How many failed sign-ins one address has in a minute, 1 to 10,000.
    pub failed_sign_ins: u32,
    /// Documents that are known beforehand, and who may ask no others.
    pub documents: Registry,
    /// By which text answers have their status.
    pub protocol: Protocol,
    /// Connections that stay.
    pub sockets: SocketConfig,
    /// Most positions that who follows the changes may be behind, 10 to 1,000,000.
    pub changes_behind: u32,
    /// Whether introspection answers.
    pub introspection: bool,
    /// Whether the explorer is served.
    pub explorer: bool,
    /// How many requests may be under way at once, 1 to 100,000.
    pub requests_under_way: usize,
    /// Where metrics are served, if they are.
    pub metrics: Option<SocketAddr>,
}

/// What sockets and event streams may do.
#[derive(Clone, Debug)]
pub struct SocketConfig {
    /// How many may be open at once, 1 to 100,000.
    pub connections: u32,
    /// How many operations one may run at once, 1 to 1,000.
    pub operations: u32,
    /// The largest message of a client, in bytes, 1 KiB to 16 MiB.
    pub message_bytes: usize,
    /// How long a client may take to say who it is, 1 to 60 s.
    pub init: Duration,
    /// How often the client is asked whether it is still there, and it is looked whether it may still be, 1 to 300 s.
    pub ping: Duration,
}

impl SocketConfig {
    fn read(settings: &Settings) -> Result<Self, ConfigFault> {
        let seconds = |key: &str, most: u32| settings.number(key, 1, most).map(|n| Duration::from_secs(n.into()));
        Ok(Self {
            connections: settings.number("http.socket_connections", 1, 100_000)?,
            operations: settings.number("http.socket_operations", 1, 1_000)?,
            message_bytes: settings.number("http.socket_message_bytes", 1 << 10, 16 << 20)? as usize,
            init: seconds("http.socket_init_seconds", 60)?,
            ping: seconds("http.socket_ping_seconds", 300)?,
        })
    }
}

impl HttpConfig {
    pub(super) fn read(settings: &Settings) -> Result<Self, ConfigFault> {
        let address = settings.needed("http.address", "the service must listen somewhere")?;
        let address = socket(settings, "http.address", address)?;
        let seconds = |key: &str, least: u32| settings.number(key, least, 300).map(|n| Duration::from_secs(n.into()));
        let cors_origins = settings.list("http.cors_origins");
        if let Some(wrong) = cors_origins.iter().find(|origin| !is_origin(origin)) {
            let remedy = "give each origin as scheme://host or scheme://host:port, without a path";
            return Err(settings.fault("http.cors_origins", format!("holds {wrong:?}"), remedy));
        }
        let proxies = settings.list("http.trusted_proxies");
        let trusted_proxies = proxies.iter().map(|text| {
            Network::parse(text).ok_or_else(|| {
                let remedy = "give addresses or networks, such as 10.0.0.7 or 10.0.0.0/8";
                settings.fault("http.trusted_proxies", format!("holds {text:?}"), remedy)
            })
        });
        let protocol = match settings.needed("http.protocol", "answers need a status")? {
            "current" => Protocol::Current,
            "draft-2026" => Protocol::Draft2026,
            other => {
                return Err(settings.fault("http.protocol", format!("is {other:?}"), "give current or draft-2026"));
            }
        };
        Ok(Self {
            address,
            protocol,
            documents: documents(settings)?,
            request_deadline: seconds("http.request_deadline_seconds", 1)?,
            shutdown: seconds("http.shutdown_seconds", 0)?,
            body_limit: settings.number("http.body_limit_bytes", 1 << 10, 16 << 20)? as usize,
            trusted_proxies: trusted_proxies.collect::<Result<_, _>>()?,
            failed_sign_ins: settings.number("http.failed_sign_ins_a_minute", 1, 10_000)?,
            cors_origins,
            sockets: SocketConfig::read(settings)?,
            changes_behind: settings.number("http.changes_behind", 10, 1_000_000)?,
            introspection: settings.flag("http.introspection"),
            explorer: settings.flag("http.explorer"),
            requests_under_way: settings.number("http.requests_under_way", 1, 100_000)? as usize,
            metrics: settings.text("http.metrics").map(|text| socket(settings, "http.metrics", text)).transpose()?,
        })
    }
}

fn socket(settings: &Settings, key: &str, text: &str) -> Result<SocketAddr, ConfigFault> {
    let remedy = "give an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080";
    text.parse().map_err(|_| settings.fault(key, format!("is {text:?}, not an address"), remedy))
}

/// The documents of the files that are named.
fn documents(settings: &Settings) -> Result<Registry, ConfigFault> {
    let mut registry = Registry::new(settings.list("http.registered_only"));
    for file in settings.list("http.documents") {
        registry.read(Path::new(&file)).map_err(|fault| {
            let remedy = "give files of JSON as persisted-query tools write them, with SHA-256 as their hash";
            settings.fault("http.documents", format!("names {file:?}, which {fault}"), remedy)
        })?;
    }
    Ok(registry)
}

/// Browsers send an origin without path and in lower case; anything else would never match, so it is refused here.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.:[]".contains(c);
    host.is_some_and(|host| !host.is_empty() && host.chars().all(plain))
}

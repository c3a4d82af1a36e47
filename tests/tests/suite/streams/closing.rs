//! How sockets end: every close code of the protocol, limits, and the service's own end.

use articula_tests::{
    database, demonstration,
    demonstration::LEADER,
    service::Service,
    streams::{FOLLOW, Said, Socket},
};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::{on_each_with, start};

async fn said(service: &Service, messages: &[Value]) -> Said {
    let mut socket = Socket::new(service).await;
    for message in messages {
        socket.say(message.clone()).await;
    }
    let mut said = socket.hear().await;
    while let Said::Message(message) = &said {
        assert_ne!(message["type"], "error", "{message}");
        said = socket.hear().await;
    }
    said
}

#[test]
fn every_way_to_end_a_socket_has_its_code() {
    on_each_with(&[("HTTP_SOCKET_INIT_SECONDS", "1"), ("HTTP_SOCKET_MESSAGE_BYTES", "1024")], async |service| {
        let init = json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {}", service.token(LEADER)) } });
        let follow = json!({ "id": "1", "type": "subscribe", "payload": { "query": FOLLOW } });
        for (messages, code) in [
            (vec![], 4408),
            (vec![json!({ "type": "start", "id": "1" })], 4400),
            (vec![json!([])], 4400),
            (vec![init.clone(), json!({ "type": "subscribe", "id": "1" })], 4400),
            (vec![init.clone(), json!({ "type": "subscribe", "id": "1", "payload": { "query": 7 } })], 4400),
            (vec![follow.clone()], 4401),
            (vec![json!({ "type": "connection_init", "payload": { "authorization": "Bearer a.b.c" } })], 4403),
            (vec![json!({ "type": "connection_init", "payload": { "apiKey": "art_nothing" } })], 4403),
            (vec![init.clone(), follow.clone(), follow.clone()], 4409),
            (vec![init.clone(), init.clone()], 4429),
            (vec![json!({ "type": "ping", "payload": { "a": "x".repeat(2_000) } })], 1009),
        ] {
            assert_eq!(said(service, &messages).await, Said::End(code), "{messages:?}");
        }
        let mut binary = Socket::new(service).await;
        binary.send(Message::binary(b"{}".to_vec())).await;
        assert_eq!(binary.hear().await, Said::End(4400));
        let mut other = Socket::open(service, &[]).await.expect("it opens");
        assert_eq!(other.hear().await, Said::End(4406));
        let mut done = Socket::of(service, LEADER).await;
        done.ask("1", FOLLOW, json!({})).await;
        done.close().await;
        assert_eq!(done.hear().await, Said::End(1000), "whoever closes is answered");
        assert_eq!(service.app.store().followers(), 0, "nothing goes on behind a closed socket");
    });
}

#[test]
fn a_socket_runs_so_many_operations_and_a_service_keeps_so_many_sockets() {
    on_each_with(&[("HTTP_SOCKET_OPERATIONS", "2"), ("HTTP_SOCKET_CONNECTIONS", "2")], async |service| {
        let mut socket = Socket::of(service, LEADER).await;
        for id in ["1", "2", "3"] {
            socket.ask(id, FOLLOW, json!({})).await;
        }
        assert_eq!(socket.errors("3").await[0]["extensions"]["code"], "TOO_MANY_STREAMS");
        socket.say(json!({ "id": "1", "type": "complete" })).await;
        socket.ask("3", "{ __typename }", json!({})).await;
        assert!(matches!(socket.hear().await, Said::Message(said) if said["type"] == "next"), "there is room again");
        let _second = Socket::of(service, LEADER).await;
        let third = Socket::open(service, &[("Sec-WebSocket-Protocol", "graphql-transport-ws")]).await;
        assert_eq!(third.err(), Some(429));
    });
}

#[test]
fn documents_are_guarded_as_everywhere() {
    demonstration::on_each(async |service| {
        let mut socket = Socket::of(service, LEADER).await;
        let deep = format!("{{ viewer {} {{ name }} {} }}", "{ viewer ".repeat(100), "}".repeat(100));
        for (id, query, code) in [
            ("1", "{", "DOCUMENT_SYNTAX"),
            ("2", "{ nothing }", "DOCUMENT_INVALID"),
            ("3", deep.as_str(), "DOCUMENT_TOO_DEEP"),
            ("4", "query A { __typename } query B { __typename }", "OPERATION_NOT_FOUND"),
        ] {
            socket.ask(id, query, json!({})).await;
            assert_eq!(socket.errors(id).await[0]["extensions"]["code"], code, "{query}");
        }
        let mut visitor = Socket::showing(service, json!({})).await;
        visitor.ask("1", "subscription { changes { id } }", json!({})).await;
        assert_eq!(visitor.errors("1").await[0]["extensions"]["code"], "UNAUTHENTICATED");
        visitor.ask("2", "{ enumLabels(type: \"Role\") { value } }", json!({})).await;
        assert!(matches!(visitor.hear().await, Said::Message(said) if said["payload"]["data"].is_object()));
    });
}

#[test]
fn pages_of_unknown_origins_open_nothing() {
    on_each_with(&[("HTTP_CORS_ORIGINS", "https://calidad.gov.co")], async |service| {
        let protocol = ("Sec-WebSocket-Protocol", "graphql-transport-ws");
        let own = service.url("");
        for (origin, refused) in
            [("https://calidad.gov.co", None), (own.as_str(), None), ("https://evil.test", Some(403))]
        {
            let opened = Socket::open(service, &[protocol, ("Origin", origin)]).await;
            assert_eq!(opened.err(), refused, "{origin}");
        }
    });
}

#[test]
fn the_header_of_the_handshake_says_who_it_is_where_the_message_does_not() {
    demonstration::on_each(async |service| {
        let bearer = format!("Bearer {}", service.token(LEADER));
        let headers = [("Sec-WebSocket-Protocol", "graphql-transport-ws"), ("Authorization", bearer.as_str())];
        let mut socket = Socket::open(service, &headers).await.expect("it opens");
        socket.say(json!({ "type": "connection_init" })).await;
        assert_eq!(socket.hear().await, Said::Message(json!({ "type": "connection_ack" })));
        socket.ask("1", "{ viewer { grants { role } } }", json!({})).await;
        let Said::Message(said) = socket.hear().await else { panic!("no answer") };
        assert_eq!(said["payload"]["data"]["viewer"]["grants"][0]["role"], "QUALITY_LEADER");
    });
}

#[test]
fn a_service_that_stops_says_goodbye() {
    database::on_each(|fresh| async move {
        demonstration::fill(&fresh).await;
        let service = start(&fresh, &[]).await;
        let mut socket = Socket::of(&service, LEADER).await;
        socket.ask("1", FOLLOW, json!({})).await;
        let mut events = service.follow(LEADER, json!({})).await;
        let begun = std::time::Instant::now();
        service.stop().await;
        assert_eq!(socket.hear().await, Said::End(1001));
        assert_eq!(events.next().await, None, "without complete: the client comes again");
        assert!(begun.elapsed().as_secs() < 8, "nobody is waited for who would stay for ever");
    });
}

//! Every mutation done for real: stale versions, keys that come twice, trials without trace, and what the history tells.

use articula::{contract::acts, exchange::demo::ANCHOR};
use articula_tests::{
    database, demonstration,
    rows::Rows,
    service::{Answer, Service, User, text},
};
use async_graphql::registry::Registry;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    calls::Call,
    stock::{Outcome, Shelf, walked},
    traces,
};

/// Somebody else, who may record a legal act.
const OTHER: &str = "servicio@funza";
/// What the demonstration is cut down to, so that all of it can be read again and again.
const OTHERS: &str = "name NOT IN ('Secretaría de Educación de Funza', 'Ministerio de Educación Nacional')";

/// A call that was done under a key, to be repeated later.
struct Kept {
    subject: String,
    document: String,
    answer: Value,
}

/// One call and the one who does it.
struct Trial<'a> {
    service: &'a Service,
    call: &'static Call,
    user: User<'a>,
    shelf: Shelf,
}

impl Trial<'_> {
    async fn ask(&self, arguments: &str, more: &str) -> Answer {
        self.user.ask(&self.call.document(arguments, more), json!({})).await
    }

    async fn rows(&self) -> Rows {
        self.service.fresh.rows().await
    }

    /// Who read an earlier version is told the current one.
    async fn stale(&self) {
        if !self.call.is_versioned() {
            return;
        }
        let target = self.shelf.target(self.call).expect("what has a version").clone();
        let name = self.call.names()[0];
        let mut old = target.clone();
        old.version -= 1;
        let stale = self.shelf.with(name, old).say(self.call);
        let answer = self.ask(&stale, "").await;
        let error = &answer.body["data"]["act"]["errors"][0];
        assert_eq!(error["code"], "VERSION_CONFLICT", "{}: {}", self.call.act, answer.text);
        assert_eq!(error["params"]["current"], target.version, "{}: {}", self.call.act, answer.text);
        let told = !error["params"]["changedAt"].is_null() || name == "inForce" || name == "funza";
        assert!(told, "{} does not say when it was changed: {}", self.call.act, answer.text);
    }

    /// Neither a stale act nor a trial leaves anything; a trial under a key is no other than one without.
    async fn trial(&self, said: &str) -> Answer {
        let before = self.rows().await;
        self.stale().await;
        let answer = self.ask(said, ", dryRun: true").await;
        assert_eq!(Outcome::of(&answer), Outcome::Done, "{}: {}", self.call.act, answer.text);
        let keyed = self.ask(said, ", dryRun: true, idempotencyKey: \"ensayo\"").await;
        assert_eq!(keyed.text, self.with_ids_of(&answer, &keyed), "{}", self.call.act);
        traces::same(&before, &self.rows().await, self.call.act);
        answer
    }

    /// The answer with the id that another one has for a new object.
    fn with_ids_of(&self, answer: &Answer, other: &Answer) -> String {
        let id = |answer: &Answer| text(&answer.body["data"]["act"][self.call.declared().payload().singular]["id"]);
        if id(answer).is_empty() { answer.text.clone() } else { answer.text.replace(&id(answer), &id(other)) }
    }

    /// The same key twice at once and once more: one effect, one answer, and its trace in the history. Another input under
    /// it is refused, and somebody else's key of the same name is another key.
    async fn done(&self, said: &str, trial: &Answer) -> Kept {
        let act = self.call.act;
        let key = format!(", idempotencyKey: \"clave {act}\"");
        let (other, mine) = (self.service.user(OTHER), self.call.document(said, &key));
        let theirs = Call::of_each_mutation().into_iter().find(|call| call.name == "decree").expect("a call");
        let theirs = theirs.document(&self.shelf.say(theirs), &key);
        let their_answer = other.ask(&theirs, json!({})).await;
        assert_eq!(Outcome::of(&their_answer), Outcome::Done, "{act}: {}", their_answer.text);

        let before = self.rows().await;
        let (one, two) = tokio::join!(self.ask(said, &key), self.ask(said, &key));
        assert_eq!(Outcome::of(&one), Outcome::Done, "{act}: {}", one.text);
        assert_eq!(one.text, two.text, "{act}: one key, one answer");
        assert_eq!(one.text, self.with_ids_of(trial, &one), "{act}: a trial says what the act says");
        let after = self.rows().await;
        traces::told(self.call, said, &before, &after, [&one.request_id, &two.request_id]);

        let again = self.user.ask(&mine, json!({})).await;
        assert_eq!(again.text, one.text, "{act}: again");
        let changed = self.ask(&self.changed(said), &key).await;
        let error = &changed.body["data"]["act"]["errors"][0];
        assert_eq!(error["code"], "IDEMPOTENCY_CONFLICT", "{act}: {}", changed.text);
        assert_eq!(other.ask(&theirs, json!({})).await.text, their_answer.text, "{act}: somebody else's key");
        traces::same(&after, &self.rows().await, act);
        Kept { subject: self.call.doer(), document: mine, answer: one.body }
    }

    /// Something else under the same key.
    fn changed(&self, said: &str) -> String {
        let changed = if self.call.is_versioned() {
            let target = self.shelf.target(self.call).expect("what has a version");
            said.replace(&format!("expectedVersion: {}", target.version), "expectedVersion: 77")
        } else {
            // Days and grades repeat after some numbers.
            let others = (0..4).map(|_| self.shelf.say(self.call));
            others.into_iter().find(|other| other != said).unwrap_or_default()
        };
        assert!(!changed.is_empty() && changed != said, "{} says nothing that could be changed", self.call.act);
        changed
    }
}

#[test]
fn every_mutation_keeps_the_discipline_of_writing() {
    database::on_each(|fresh| async move {
        demonstration::fill(&fresh).await;
        fresh.remove_organizations(OTHERS).await;
        let service = Service::start(&fresh, ANCHOR).await;
        let mut kept = Vec::new();
        for call in walked(&service, Call::of_each_mutation()) {
            let shelf = Shelf::for_call(&service, call).await;
            let trial = Trial { service: &service, call, user: service.user(&call.doer()), shelf };
            let said = trial.shelf.say(call);
            let tried = trial.trial(&said).await;
            kept.push(trial.done(&said, &tried).await);
        }
        service.stop().await;

        // Another day, another process, the same database.
        let service = Service::start(&fresh, ANCHOR).await;
        service.clock.advance(TimeDelta::hours(24));
        let before = fresh.rows().await;
        for Kept { subject, document, answer } in kept {
            let again = service.user(&subject).ask(&document, json!({})).await;
            let ids = |body: &Value| {
                let act = body["data"]["act"].as_object().cloned().unwrap_or_default();
                act.values().map(|value| value["id"].clone()).collect::<Vec<_>>()
            };
            assert_eq!(Outcome::of(&again), Outcome::Done, "{document}: {}", again.text);
            assert_eq!(ids(&again.body), ids(&answer), "{document}");
        }
        traces::same(&before, &fresh.rows().await, "what is repeated after a day");
        service.stop().await;
    });
}

#[test]
fn who_changes_what_exists_says_which_version_was_read() {
    for act in acts() {
        let (_, arguments) = act.describe(&mut Registry::default());
        let ty = |name: &str| arguments.get(name).map(|argument| argument.ty.to_string());
        let exists = ty("id").is_some();
        assert_eq!(ty("expectedVersion").as_deref(), exists.then_some("Int!"), "{}", act.name());
    }
}

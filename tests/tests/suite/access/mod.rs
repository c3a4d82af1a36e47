//! Members, their roles, API keys: who comes in, what counts, and what nobody gets.

mod grants;
mod keys;
mod limits;
mod members;
mod origins;
mod own;
mod processes;
mod puppets;

use articula_tests::{
    demonstration::LEADER,
    service::{Service, User},
};
use serde_json::{Value, json};

/// Who keeps the members of Funza's secretariat.
pub const ADMIN: &str = "admin@funza";
/// Who keeps those of Medellín's.
pub const OTHER_ADMIN: &str = "admin@medellin";
/// Who names administrators, and keeps the Ministry's members.
pub const NATIONAL: &str = "admin.nacional@men";
/// Nothing is declared.
pub const NONE: (&str, Value) = ("", Value::Null);
/// What is looked at in a member.
pub const MEMBER: &str = "id version state name account { id issuer subject } person { id } \
    grants(first: 20) { nodes { id version role validFrom validTo } } \
    availableTransitions { to act allowed blockedBy { code } }";

/// The id of the secretariat of an entity.
pub async fn secretariat(service: &Service, divipola: &str) -> Value {
    let query = format!("{{ organization(by: {{ territorialEntity: {{ divipola: \"{divipola}\" }} }}) {{ id }} }}");
    service.user(NATIONAL).data(&query, json!({})).await["organization"]["id"].clone()
}

/// The id of the Ministry.
pub async fn ministry(service: &Service) -> Value {
    let query = "{ organizations(first: 1, where: { kind: { eq: MINISTRY } }) { nodes { id } } }";
    service.user(NATIONAL).data(query, json!({})).await["organizations"]["nodes"][0]["id"].clone()
}

/// The member of Funza's secretariat with this subject, as its administrator sees it.
pub async fn member(service: &Service, subject: &str) -> Value {
    let admin = service.user(if subject.ends_with("@medellin") { OTHER_ADMIN } else { ADMIN });
    let query = format!(
        "{{ members(first: 1, where: {{ account: {{ subject: {{ eq: \"{subject}\" }} }} }}) {{ nodes {{ {MEMBER} }} }} }}"
    );
    admin.data(&query, json!({})).await["members"]["nodes"][0].clone()
}

/// Two persons of Funza's staff who are no members.
pub async fn strangers(service: &Service) -> Vec<Value> {
    let query = r#"{ persons(first: 100) { nodes { id accounts { id } } } }"#;
    let found = service.user(ADMIN).data(query, json!({})).await;
    let persons = found["persons"]["nodes"].as_array().expect("persons").iter();
    persons.filter(|person| person["accounts"] == json!([])).map(|person| person["id"].clone()).take(2).collect()
}

/// Invites an account of the development issuer to an organization.
pub async fn invite(by: &User<'_>, organization: &Value, subject: &str, more: &str) -> Value {
    by.act(&invitation(organization, subject, more), "member", MEMBER, NONE).await
}

/// The call that does it.
pub fn invitation(organization: &Value, subject: &str, more: &str) -> String {
    format!(
        "memberInvite(organization: {organization}, input: {{ issuer: \"articula:development\", subject: \"{subject}\", \
         name: \"Alguien\" {more} }})"
    )
}

/// The codes of a refused act, without their paths; FORBIDDEN too, which is an error of the whole field.
pub async fn codes(by: &User<'_>, call: &str, field: &str) -> Vec<String> {
    let query = format!("mutation {{ act: {call} {{ {field} {{ id }} errors {{ code }} }} }}");
    let answer = by.ask(&query, json!({})).await;
    let payload = &answer.body["data"]["act"];
    assert!(payload[field].is_null(), "{call} was not refused: {}", answer.text);
    let told = payload["errors"].as_array().cloned().unwrap_or_default();
    let told = told.iter().filter_map(|error| error["code"].as_str().map(ToOwned::to_owned));
    answer.codes().into_iter().chain(told).collect()
}

/// The roles that count for somebody.
pub async fn roles(user: &User<'_>) -> Vec<String> {
    let viewer = user.data("{ viewer { grants { role } } }", json!({})).await;
    let grants = viewer["viewer"]["grants"].as_array().expect("grants").iter();
    grants.filter_map(|grant| grant["role"].as_str().map(ToOwned::to_owned)).collect()
}

/// Does somebody read the drafts of Funza's structure, or is he refused the heading?
pub async fn reads_structure(user: &User<'_>) -> bool {
    let answer = user.ask("{ structureVersions(first: 1) { totalCount } }", json!({})).await;
    answer.body["data"]["structureVersions"]["totalCount"].as_u64().is_some_and(|count| count > 0)
}

/// What the leader of Funza may do, so that a test can say it was not the call that was wrong.
pub fn leader(service: &Service) -> User<'_> {
    service.user(LEADER)
}

//! What a role that is limited to a unit makes: posts and work groups in that unit and under it, and nothing elsewhere.

use articula_tests::{
    demonstration::{self, LEADER, OTHER_LEADER},
    service::{Service, User},
};
use serde_json::{Value, json};

use super::{ADMIN, NONE, codes, invite, secretariat};

const LIMITED: &str = "lider.oficina@funza";

/// What the limited role works with.
struct Place {
    funza: Value,
    /// The unit that the role is limited to, with another under it, and one elsewhere.
    own: Value,
    below: Value,
    elsewhere: Value,
    job: Value,
    act: Value,
    draft: Value,
}

impl Place {
    /// Invites somebody with a role that is limited to a unit right under the root.
    async fn limited(service: &Service, role: &str) -> Self {
        let query = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) {
            structure { tree { depth unit { id } parent { unit { id } } } }
            structureVersions(first: 1, where: { state: { eq: DRAFT } }) { nodes { id } } }
            jobs(first: 1) { nodes { id } } legalActs(first: 1) { nodes { id } } }"#;
        let found = service.user(LEADER).data(query, json!({})).await;
        let tree = found["organization"]["structure"]["tree"].as_array().expect("a tree").clone();
        let below = tree.iter().find(|node| node["depth"].as_i64() > Some(1)).expect("a unit below");
        let own = below["parent"]["unit"]["id"].clone();
        let apart = |node: &&Value| {
            node["depth"].as_i64() > Some(1) && node["parent"]["unit"]["id"] != own && node["unit"]["id"] != own
        };
        let elsewhere = tree.iter().find(apart).expect("a unit elsewhere")["unit"]["id"].clone();
        let funza = secretariat(service, "25286").await;
        let admin = service.user(ADMIN);
        let member = invite(&admin, &funza, LIMITED, "").await;
        let grant = format!("accessGrantCreate(member: {}, input: {{ role: {role}, scopeUnit: {own} }})", member["id"]);
        admin.act(&grant, "accessGrant", "id", NONE).await;
        let first = |list: &Value| list["nodes"][0]["id"].clone();
        Self {
            below: below["unit"]["id"].clone(),
            job: first(&found["jobs"]),
            act: first(&found["legalActs"]),
            draft: first(&found["organization"]["structureVersions"]),
            funza,
            own,
            elsewhere,
        }
    }

    fn post(&self, unit: &Value, more: &str) -> String {
        format!(
            "postCreate(organization: {}, input: {{ job: {}, unit: {unit}, legalAct: {}, validFrom: \"2026-12-01\" }} {more})",
            self.funza, self.job, self.act
        )
    }

    fn proposed(&self, unit: &Value) -> String {
        format!(
            "postCreate(organization: {}, input: {{ job: {}, unit: {unit}, structureVersion: {} }})",
            self.funza, self.job, self.draft
        )
    }

    fn group(&self, unit: &Value) -> String {
        format!(
            "workGroupCreate(organization: {}, input: {{ unit: {unit}, legalAct: {}, name: \"Grupo\", validFrom: \"2026-12-01\" }})",
            self.funza, self.act
        )
    }
}

async fn can(user: &User<'_>, id: &Value, action: &str) -> Value {
    let query = format!("{{ node(id: {id}) {{ can(action: {action}) {{ allowed code }} }} }}");
    user.data(&query, json!({})).await["node"]["can"]["code"].clone()
}

#[test]
fn a_limited_role_makes_posts_and_groups_in_its_units() {
    demonstration::on_each(async |service| {
        let place = Place::limited(service, "QUALITY_LEADER").await;
        let limited = service.user(LIMITED);
        for unit in [&place.own, &place.below] {
            assert_eq!(can(&limited, unit, "POST_CREATE").await, Value::Null);
            assert_eq!(can(&limited, unit, "WORK_GROUP_CREATE").await, Value::Null);
            limited.act(&place.post(unit, ""), "post", "id unit { id }", NONE).await;
            limited.act(&place.group(unit), "workGroup", "id", NONE).await;
        }
        limited.act(&place.proposed(&place.own), "post", "id", NONE).await;
        // Of the organization: whether in any unit.
        assert_eq!(can(&limited, &place.funza, "POST_CREATE").await, Value::Null);
        assert_eq!(can(&limited, &place.funza, "JOB_CREATE").await, "OUT_OF_SCOPE");
    });
}

#[test]
fn a_limited_role_makes_nothing_elsewhere() {
    demonstration::on_each(async |service| {
        let place = Place::limited(service, "SERVICE").await;
        let limited = service.user(LIMITED);
        let elsewhere = &place.elsewhere;
        for call in [place.post(elsewhere, ""), place.proposed(elsewhere)] {
            assert_eq!(codes(&limited, &call, "post").await, ["OUT_OF_SCOPE"], "{call}");
        }
        assert_eq!(codes(&limited, &place.group(elsewhere), "workGroup").await, ["OUT_OF_SCOPE"]);
        let query = format!("mutation {{ act: {} {{ errors {{ code }} }} }}", place.post(elsewhere, ""));
        let error = limited.ask(&query, json!({})).await.body["errors"][0]["extensions"].clone();
        assert_eq!((&error["argument"], &error["roles"]), (&json!(["input", "unit"]), &json!(["SERVICE"])), "{error}");
        for action in ["POST_CREATE", "WORK_GROUP_CREATE"] {
            assert_eq!(can(&limited, elsewhere, action).await, "OUT_OF_SCOPE");
            assert_eq!(can(&service.user(LEADER), elsewhere, action).await, Value::Null);
            assert_eq!(can(&service.user(ADMIN), elsewhere, action).await, "FORBIDDEN");
            assert_eq!(can(&service.user(ADMIN), &place.funza, action).await, "FORBIDDEN");
        }
        // What is made within is not moved out, nor does anything reach the past.
        let post = limited.act(&place.post(&place.own, ""), "post", "id version", NONE).await;
        let moving = |unit: &Value| {
            format!("postUpdate(id: {}, expectedVersion: {}, input: {{ unit: {unit} }})", post["id"], post["version"])
        };
        assert_eq!(codes(&limited, &moving(elsewhere), "post").await, ["OUT_OF_SCOPE"]);
        limited.act(&moving(&place.below), "post", "id", NONE).await;
        let past = place.post(&place.own, ", reason: \"Tarde\"").replace("2026-12-01", "2026-01-20");
        assert_eq!(codes(&limited, &past, "post").await, ["BACKDATED"]);
        // Nor whatever is no unit, or another organization's.
        let other = service.user(OTHER_LEADER);
        let foreign = other.data("{ orgUnits(first: 1) { nodes { id } } }", json!({})).await;
        let foreign = foreign["orgUnits"]["nodes"][0]["id"].clone();
        for unit in [&foreign, &json!("nothing"), &place.job] {
            assert_eq!(codes(&limited, &place.post(unit, ""), "post").await, ["OUT_OF_SCOPE"], "{unit}");
            assert_eq!(codes(&service.user(LEADER), &place.post(unit, ""), "post").await, ["NOT_FOUND"], "{unit}");
        }
    });
}

#[test]
fn a_limited_role_may_say_the_same_twice() {
    demonstration::on_each(async |service| {
        let place = Place::limited(service, "QUALITY_LEADER").await;
        let limited = service.user(LIMITED);
        let call = place.post(&place.own, ", idempotencyKey: \"una vez\"");
        let first = limited.act(&call, "post", "id", NONE).await;
        assert_eq!(limited.act(&call, "post", "id", NONE).await, first);
    });
}

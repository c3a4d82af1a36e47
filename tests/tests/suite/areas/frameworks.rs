//! National reference content: the model of processes, frameworks through their editions, and a newer edition.

use std::{fs, path::Path, sync::Arc};

use articula::{
    exchange::{
        demo::ANCHOR,
        load::load_reference,
        reference::{Files, read},
    },
    store::{Store, SystemClock},
};
use articula_tests::{
    database::{self, Fresh},
    demonstration::{self, LEADER},
    rows::Row,
    service::Service,
};
use serde_json::{Value, json};

const CURRENT: &str = r#"query($day: Date!) { framework(by: { slug: "MIPG" }, asOf: $day) {
    editions(first: 10) { totalCount } current { code requirements(first: 100, where: { kind: { eq: POLICY } }) { totalCount } } }
    requirements(first: 100, asOf: $day, where: { kind: { eq: POLICY } }) { totalCount } }"#;

#[test]
fn the_edition_in_force_follows_the_date() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        for (day, code, policies) in [
            ("2017-01-01", "2017", 16),
            ("2018-12-31", "2017", 16),
            ("2019-01-01", "2019", 18),
            ("2020-12-31", "2019", 18),
            ("2021-01-01", "2021", 19),
            ("2026-01-01", "2021", 19),
        ] {
            let data = leader.data(CURRENT, json!({ "day": day })).await;
            assert_eq!(data["framework"]["editions"]["totalCount"], 3, "every edition, on {day}");
            assert_eq!(data["framework"]["current"]["code"], code, "on {day}");
            assert_eq!(data["framework"]["current"]["requirements"]["totalCount"], policies, "on {day}");
            assert_eq!(data["requirements"]["totalCount"], policies, "in force on {day}");
        }
        let before = leader.data(CURRENT, json!({ "day": "2016-12-31" })).await;
        assert_eq!(before["framework"]["current"], Value::Null);
        assert_eq!(before["requirements"]["totalCount"], 0);
    });
}

#[test]
fn the_figures_of_the_content_are_the_known_ones() {
    demonstration::on_each(async |service| {
        let query = r#"{
            map: referenceMap(by: { code: "MEN_2011" }) {
                processes(first: 1) { totalCount }
                top: processes(first: 20, where: { level: { eq: MACROPROCESS } }) { nodes { code kind parent { id } } }
                tree { code position parent { code } }
            }
            frameworks(first: 10) { nodes { slug current { code requirements(first: 1) { totalCount } } } }
            requirementGroups(by: [KIND]) { nodes { key { value } count } }
            norms(first: 1, where: { official: { eq: true } }) { totalCount }
            norm(by: { code: "DECRETO_1499_2017" }) { name official }
            defenceLines(first: 10) { nodes { code official } }
            third: defenceLine(by: { code: "TERCERA" }) { who }
            crosswalks(first: 1) { totalCount } }"#;
        let data = service.user(LEADER).data(query, json!({})).await;
        let nodes = data["map"]["top"]["nodes"].as_array().expect("macroprocesses");
        let letters: String = nodes.iter().filter_map(|node| node["code"].as_str()).collect();
        assert_eq!(letters, "ABCDEFGHIJKLMN");
        assert!(nodes.iter().all(|node| node["kind"].is_string() && node["parent"].is_null()));
        assert_eq!(data["map"]["processes"]["totalCount"], 85);
        let tree = data["map"]["tree"].as_array().expect("the tree");
        assert_eq!(tree.len(), 85);
        let mut passed = vec![];
        for (place, process) in tree.iter().enumerate() {
            assert_eq!(process["position"], place);
            let parent = &process["parent"]["code"];
            assert!(parent.is_null() || passed.contains(&parent), "{process} stands before what is above it");
            passed.push(&process["code"]);
        }
        let current = json!([
            { "slug": "ISO_9001", "current": { "code": "2015", "requirements": { "totalCount": 91 } } },
            { "slug": "MECI", "current": { "code": "2017", "requirements": { "totalCount": 5 } } },
            { "slug": "MIPG", "current": { "code": "2021", "requirements": { "totalCount": 26 } } },
        ]);
        assert_eq!(data["frameworks"]["nodes"], current);
        let kind = |kind: &str| {
            let groups = data["requirementGroups"]["nodes"].as_array().expect("groups");
            groups.iter().find(|group| group["key"][0]["value"] == kind).map(|group| group["count"].clone())
        };
        assert_eq!(
            (kind("DIMENSION"), kind("POLICY"), kind("COMPONENT")),
            (Some(json!(7)), Some(json!(19)), Some(json!(5)))
        );
        assert_eq!(data["norms"]["totalCount"], 17);
        assert_eq!(data["norm"], json!({ "name": "Decreto 1499 de 2017", "official": true }));
        let lines = data["defenceLines"]["nodes"].as_array().expect("lines");
        assert_eq!(
            lines.iter().map(|line| &line["code"]).collect::<Vec<_>>(),
            ["ESTRATEGICA", "PRIMERA", "SEGUNDA", "TERCERA"]
        );
        assert_eq!(data["third"]["who"], "Oficina de Control Interno, evaluador independiente");
        assert_eq!(data["crosswalks"]["totalCount"], 34);
    });
}

#[test]
fn a_policy_is_followed_from_edition_to_edition() {
    demonstration::on_each(async |service| {
        let query = r#"{ requirements(first: 5, asOf: "2018-01-01", where: { slug: { eq: "GOBIERNO_DIGITAL" } }) { nodes {
            furagCode parent { slug } edition { code } crosswalksTo(first: 5) { totalCount }
            crosswalksFrom(first: 5) { nodes { relation strength official to { furagCode parent { slug } edition { code }
                crosswalksFrom(first: 5) { nodes { relation to { furagCode parent { slug } edition { code } } } } } } } } } }"#;
        let data = service.user(LEADER).data(query, json!({})).await;
        let edition = |code: &str, furag: Value| json!({ "furagCode": furag, "parent": { "slug": "D3" }, "edition": { "code": code } });
        let mut third = json!({ "relation": "EQUAL" });
        third["to"] = edition("2021", json!("POL07"));
        let mut second = json!({ "relation": "EQUAL", "strength": null, "official": false });
        second["to"] = edition("2019", json!("POL06"));
        second["to"]["crosswalksFrom"] = json!({ "nodes": [third] });
        let mut first = edition("2017", Value::Null);
        first["crosswalksTo"] = json!({ "totalCount": 0 });
        first["crosswalksFrom"] = json!({ "nodes": [second] });
        assert_eq!(data["requirements"]["nodes"], json!([first]));
    });
}

/// A folder with the shipped files and an edition of MIPG that somebody added by hand.
struct Folder(std::path::PathBuf);

impl Folder {
    fn with_another_edition() -> Self {
        let folder = std::env::temp_dir().join(format!("articula-editions-{}", uuid::Uuid::now_v7().simple()));
        fs::create_dir_all(&folder).expect("a folder");
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../reference");
        for file in fs::read_dir(shipped).expect("the shipped files") {
            let file = file.expect("a file").path();
            fs::copy(&file, folder.join(file.file_name().expect("a name"))).expect("a copy");
        }
        let folder = Self(folder);
        folder.edit("framework_editions.csv", |text| {
            let ended = text.replace("2021-01-01,,", "2021-01-01,2030-01-01,");
            assert_ne!(ended, text);
            ended + "MIPG,2030,MIPG 2030,2030-01-01,,by hand,false\n"
        });
        // Another order, another dimension, another code, another name: nothing of it touches the older editions.
        folder.edit("requirements.csv", |text| {
            text + "MIPG/2030,D3,,DIMENSION,1,Gestión,,,,by hand,false\n\
                    MIPG/2030,GOBIERNO_DIGITAL,D3,POLICY,1,Estado Digital,,MinTIC,POL01,by hand,false\n"
        });
        folder.edit("crosswalks.csv", |text| {
            text + "MIPG/2021/GOBIERNO_DIGITAL,MIPG/2030/GOBIERNO_DIGITAL,INTERSECTS,60,by hand,false\n"
        });
        folder
    }

    fn edit(&self, file: &str, change: impl FnOnce(String) -> String) {
        let path = self.0.join(file);
        fs::write(&path, change(fs::read_to_string(&path).expect("a file"))).expect("written");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn load(fresh: &Fresh, folder: &Folder) {
    let store = Store::open(&fresh.settings(), Arc::new(SystemClock)).await.expect("the database opens");
    let data = read(&Files::from_dir(&folder.0).expect("all files")).expect("no fault");
    load_reference(&store, &data).await.expect("loads");
    store.close().await;
}

#[test]
fn a_newer_edition_leaves_the_older_ones_as_they_were() {
    database::on_each(|fresh| async move {
        demonstration::fill(&fresh).await;
        let before = fresh.rows().await;
        load(&fresh, &Folder::with_another_edition()).await;
        let after = fresh.rows().await;
        for (table, added) in [
            ("framework", 0),
            ("framework_edition", 1),
            ("requirement", 2),
            ("crosswalk", 1),
            ("reference_map", 0),
            ("reference_process", 0),
            ("norm", 0),
            ("defence_line", 0),
            ("finding_type", 0),
        ] {
            assert_eq!(after[table].len(), before[table].len() + added, "{table}");
            // The day on which the edition before it ends is all that the newer one says of it.
            let open = |row: &String| {
                let mut row: Row = serde_json::from_str(row).expect("a row");
                row.remove("valid_to");
                Value::from(row).to_string()
            };
            let after: Vec<_> = after[table].iter().map(open).collect();
            let lost: Vec<_> = before[table].iter().map(open).filter(|row| !after.contains(row)).collect();
            assert_eq!(lost, Vec::<String>::new(), "{table}");
        }
    });
}

#[test]
fn ids_of_an_older_edition_lead_to_it_when_a_newer_one_is_there() {
    database::on_each(|fresh| async move {
        demonstration::fill(&fresh).await;
        let query = r#"{ framework(by: { slug: "MIPG" }) { current { id code } }
            requirements(first: 5, where: { slug: { eq: "GOBIERNO_DIGITAL" } }) { nodes { id name } } }"#;
        let service = Service::start(&fresh, ANCHOR).await;
        let before = service.user(LEADER).data(query, json!({})).await;
        service.stop().await;
        load(&fresh, &Folder::with_another_edition()).await;
        let service = Service::start(&fresh, ANCHOR).await;
        let leader = service.user(LEADER);
        assert_eq!(leader.data(query, json!({})).await, before, "today is before the newer edition");

        let ids = json!({
            "edition": before["framework"]["current"]["id"], "policy": before["requirements"]["nodes"][0]["id"],
        });
        let query = r#"query($edition: ID!, $policy: ID!) {
            frameworkEdition(id: $edition, asOf: "2031-01-01") { code validTo requirements(first: 1, where: { kind: { eq: POLICY } }) { totalCount } }
            requirement(id: $policy, asOf: "2031-01-01") { name furagCode validTo
                crosswalksFrom(first: 5) { nodes { relation strength to { name furagCode } } } }
            framework(by: { slug: "MIPG" }, asOf: "2031-01-01") { current { code } editions(first: 9) { nodes { code } } }
            requirements(first: 9, asOf: "2031-01-01", where: { slug: { eq: "GOBIERNO_DIGITAL" } }) { nodes { name parent { slug } } } }"#;
        let data = leader.data(query, ids).await;
        let edition = json!({ "code": "2021", "validTo": "2030-01-01", "requirements": { "totalCount": 19 } });
        assert_eq!(data["frameworkEdition"], edition);
        let to = json!([{ "relation": "INTERSECTS", "strength": 60, "to": { "name": "Estado Digital", "furagCode": "POL01" } }]);
        assert_eq!(data["requirement"]["crosswalksFrom"]["nodes"], to);
        assert_eq!(data["requirement"]["furagCode"], "POL07");
        assert_eq!(data["requirement"]["name"], before["requirements"]["nodes"][0]["name"]);
        assert_eq!(data["framework"]["current"]["code"], "2030");
        assert_eq!(data["framework"]["editions"]["nodes"].as_array().map(Vec::len), Some(4));
        assert_eq!(data["requirements"]["nodes"], json!([{ "name": "Estado Digital", "parent": { "slug": "D3" } }]));
        service.stop().await;
    });
}

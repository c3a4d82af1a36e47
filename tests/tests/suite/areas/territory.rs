//! Territory and coverage: who administered which municipality's education, and when.

use articula_tests::demonstration::{self, LEADER};
use serde_json::json;

#[test]
fn coverage_tells_who_administered_a_municipality_on_a_day() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        // Municipality, day, the entity that administered its education.
        for (municipality, day, entity) in [
            ("25286", "2018-06-30", "Cundinamarca"),
            ("25286", "2018-12-31", "Cundinamarca"),
            ("25286", "2019-01-01", "Funza"),
            ("25286", "2020-06-30", "Funza"),
            ("05380", "2020-06-30", "Antioquia"),
            ("05380", "2020-12-31", "Antioquia"),
            ("05380", "2021-01-01", "La Estrella"),
            ("05380", "2022-06-30", "La Estrella"),
            ("05001", "2020-06-30", "Medellín"),
        ] {
            let query = "query($code: String!, $day: Date!) { coverage(asOf: $day, first: 5, where: { municipality: { code: { eq: $code } } }) {
                totalCount nodes { territorialEntity { name } } } municipality(by: { code: $code }, asOf: $day) { territorialEntity { name } } }";
            let data = leader.data(query, json!({ "code": municipality, "day": day })).await;
            assert_eq!(data["coverage"]["totalCount"], 1, "{municipality} on {day}: {data}");
            assert_eq!(data["coverage"]["nodes"][0]["territorialEntity"]["name"], entity, "{municipality} on {day}");
            assert_eq!(
                data["municipality"]["territorialEntity"]["name"], entity,
                "{municipality} on {day}: nested fields inherit the day"
            );
        }
    });
}

#[test]
fn a_departmental_entity_covers_what_is_not_certified_by_itself() {
    demonstration::on_each(async |service| {
        let query = r#"{ antioquia: territorialEntity(by: { menCode: "3758" }, asOf: "2020-06-30") { name municipalityCount
              municipalities(first: 1) { totalCount } department { municipalities(first: 1) { totalCount } } }
            bare: territorialEntity(by: { divipola: "05" }, asOf: "2020-06-30") { municipalityCount } }"#;
        let data = service.user(LEADER).data(query, json!({})).await;
        assert_eq!(data["antioquia"]["name"], "Antioquia");
        assert_eq!(data["antioquia"]["municipalityCount"], 117);
        assert_eq!(data["antioquia"]["municipalities"]["totalCount"], 117);
        assert_eq!(data["antioquia"]["department"]["municipalities"]["totalCount"], 125);
        assert_eq!(data["bare"]["municipalityCount"], 117);
    });
}

#[test]
fn certified_entities_are_95_then_96_then_97() {
    demonstration::on_each(async |service| {
        let query = r#"{ a: territorialEntities(asOf: "2018-06-30", first: 1) { totalCount }
            b: territorialEntities(asOf: "2019-06-30", first: 1) { totalCount } c: territorialEntities(asOf: "2020-12-31", first: 1) { totalCount }
            d: territorialEntities(asOf: "2021-01-01", first: 1) { totalCount } today: territorialEntities(first: 1) { totalCount }
            groups: territorialEntityGroups(by: [KIND]) { nodes { count } } }"#;
        let data = service.user(LEADER).data(query, json!({})).await;
        let count = |list: &str| data[list]["totalCount"].as_i64();
        assert_eq!(["a", "b", "c", "d", "today"].map(count), [95, 96, 96, 97, 97].map(Some));
        let groups = data["groups"]["nodes"].as_array().expect("groups").iter();
        assert_eq!(groups.filter_map(|group| group["count"].as_i64()).sum::<i64>(), 97);
    });
}

#[test]
fn national_catalogues_are_whole_and_mapiripana_has_ended() {
    demonstration::on_each(async |service| {
        let query = r#"{ departments(first: 1) { totalCount } all: municipalities(first: 1) { totalCount }
            today: municipalities(first: 1, where: { validTo: { isNull: true } }) { totalCount }
            mapiripana: municipality(by: { code: "94663" }) { name inForce validTo department { code } territorialEntity { name } }
            then: municipality(by: { code: "94663" }, asOf: "2019-12-31") { inForce territorialEntity { divipola } }
            estrella: territorialEntity(by: { divipola: "05380" }) { name menCode validFrom } }"#;
        let data = service.user(LEADER).data(query, json!({})).await;
        assert_eq!(data["departments"]["totalCount"], 33);
        assert_eq!(data["today"]["totalCount"], 1_121);
        assert_eq!(data["all"]["totalCount"], 1_122);
        assert_eq!(data["mapiripana"]["inForce"], false);
        assert_eq!(data["mapiripana"]["department"]["code"], "94");
        assert_eq!(data["mapiripana"]["territorialEntity"], json!(null));
        assert_eq!(data["then"], json!({ "inForce": true, "territorialEntity": { "divipola": "94" } }));
        assert_eq!(data["estrella"], json!({ "name": "La Estrella", "menCode": null, "validFrom": "2021-01-01" }));
    });
}

#[test]
fn search_knows_neither_accents_nor_case() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        for word in ["Medellín", "medellin", "MEDELLÍN", "dellin"] {
            let query = "query($w: String!) { territorialEntities(first: 5, where: { name: { contains: $w } }) { nodes { name } } }";
            let data = leader.data(query, json!({ "w": word })).await;
            assert_eq!(data["territorialEntities"]["nodes"], json!([{ "name": "Medellín" }]), "{word}");
        }
    });
}

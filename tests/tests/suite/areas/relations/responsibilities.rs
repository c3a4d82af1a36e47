//! Who answers for a process: one guard after the other, the transfer of the lead, the matrix of a map.

use super::*;

const RESPONSIBILITY: &str = "processResponsibility";

fn create(process: &Value, unit: &Value, role: &str, days: &str) -> String {
    format!("processResponsibilityCreate(process: {process}, input: {{ unit: {unit}, role: {role}, {days} }})")
}

#[test]
fn a_unit_answers_for_a_process_from_a_day_until_a_day() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let (process, unit) = (&funza.processes[0], &funza.units[0]);
        let days = r#"validFrom: "2026-07-01", validTo: "2026-10-01", note: " En lo suyo ""#;
        let selection = "role note validFrom validTo process { id } unit { id } succession { id }";
        let made = funza.act(&create(process, unit, "LEADS", days), RESPONSIBILITY, selection).await;
        assert_eq!((&made["role"], &made["note"]), (&json!("LEADS"), &json!("En lo suyo")));
        assert_eq!((&made["process"]["id"], &made["unit"]["id"]), (process, unit));
        assert_eq!(made["succession"], Value::Null);
        let at = |verb: &str, version: &Value, more: &str| {
            format!("processResponsibility{verb}(id: {}, expectedVersion: {version}, {more})", made["id"])
        };
        let noted = funza.act(&at("Update", &made["version"], "input: { note: null }"), RESPONSIBILITY, "note").await;
        assert_eq!(noted["note"], Value::Null);
        let end = at("End", &noted["version"], r#"validTo: "2026-12-01""#);
        let ended = funza.act(&end, RESPONSIBILITY, "validTo").await;
        assert_eq!(ended["validTo"], "2026-12-01", "a later day extends it");
        assert_eq!(funza.refused(&end, RESPONSIBILITY).await, one("VERSION_CONFLICT", "id"));
        for (day, held) in [("2026-06-30", 0), ("2026-07-01", 1), ("2026-11-30", 1), ("2026-12-01", 0)] {
            assert_eq!(roles(&funza, process, day).await.len(), held, "{day}");
        }
        let empty = at("End", &ended["version"], r#"validTo: "2026-07-01""#);
        assert_eq!(funza.refused(&empty, RESPONSIBILITY).await, one("DATE_RANGE_EMPTY", "validTo"));
        service.turn_to("2026-12-01");
        let late = at("Update", &ended["version"], r#"input: { note: "Tarde" }"#);
        assert_eq!(funza.refused(&late, RESPONSIBILITY).await, one("FROZEN", "id"));
        let late = at("End", &ended["version"], r#"validTo: "2027-12-01""#);
        assert_eq!(funza.refused(&late, RESPONSIBILITY).await, one("FROZEN", "id"));
    });
}

#[test]
fn one_unit_leads_on_a_day_and_none_has_a_role_twice() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let (process, unit, other) = (&funza.processes[0], &funza.units[0], &funza.units[1]);
        let days = r#"validFrom: "2026-07-01", validTo: "2026-10-01""#;
        let made = funza.act(&create(process, unit, "LEADS", days), RESPONSIBILITY, "unit { name }").await;
        let late = r#"validFrom: "2026-09-30""#;
        let call = create(process, other, "LEADS", late);
        let query = format!("mutation {{ act: {call} {{ errors {{ code path params message }} }} }}");
        let answer = service.user(LEADER).data(&query, json!({})).await["act"]["errors"][0].clone();
        assert_eq!((&answer["code"], &answer["path"]), (&json!("LEAD_TAKEN"), &json!(["input", "role"])));
        let params = json!({ "unit": made["unit"]["name"], "from": "2026-07-01", "to": "2026-10-01" });
        assert_eq!(answer["params"], params, "it says who, and when");
        let twice = funza.refused(&create(process, unit, "LEADS", late), RESPONSIBILITY).await;
        assert_eq!(twice, one("DUPLICATE", "input.role"));
        let call = create(process, unit, "SUPPORTS", late);
        assert_eq!(funza.refused(&call, RESPONSIBILITY).await, one("ROLES_EXCLUDE", "input.role"));
        let query = format!("mutation {{ act: {call} {{ errors {{ params message }} }} }}");
        let answer = service.user(LEADER).data(&query, json!({})).await["act"]["errors"][0].clone();
        assert_eq!(answer["params"], json!({ "role": "LEADS", "from": "2026-07-01", "to": "2026-10-01" }));
        let told = "Ya tiene allí el papel “Lidera” desde el 2026-07-01 hasta el 2026-10-01: los dos papeles no van juntos. Termine antes aquel.";
        assert_eq!(answer["message"], told);
        funza.act(&create(process, unit, "INFORMED", late), RESPONSIBILITY, "").await;
        funza.act(&create(process, &funza.units[2], "SUPPORTS", late), RESPONSIBILITY, "").await;
        funza.act(&create(&funza.processes[1], other, "LEADS", late), RESPONSIBILITY, "").await;
        let after = r#"validFrom: "2026-10-01""#;
        funza.act(&create(process, other, "LEADS", after), RESPONSIBILITY, "").await;
        let extend = format!(
            "processResponsibilityEnd(id: {}, expectedVersion: {}, validTo: \"2026-10-02\")",
            made["id"], made["version"]
        );
        assert_eq!(funza.refused(&extend, RESPONSIBILITY).await, one("LEAD_TAKEN", "validTo"));
    });
}

#[test]
fn units_and_days_must_hold() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let (process, unit) = (&funza.processes[0], &funza.units[0]);
        let today = r#"validFrom: "2026-06-30""#;
        let refused = async |process: &Value, unit: &Value, days: &str| {
            funza.refused(&create(process, unit, "LEADS", days), RESPONSIBILITY).await
        };
        assert_eq!(refused(&funza.foreign.0, unit, today).await, one("NOT_FOUND", "process"));
        assert_eq!(refused(process, &funza.foreign.1, today).await, one("NOT_FOUND", "input.unit"));
        assert_eq!(refused(process, &funza.ended, today).await, one("UNIT_NOT_IN_FORCE", "input.unit"));
        let empty = r#"validFrom: "2026-07-01", validTo: "2026-07-01""#;
        assert_eq!(refused(process, unit, empty).await, one("DATE_RANGE_EMPTY", "input.validTo"));
        let past = r#"validFrom: "2026-06-29""#;
        assert_eq!(refused(process, unit, past).await, one("BACKDATED", "input.validFrom"));
        let long = format!("{today}, note: \"{}\"", "a".repeat(4001));
        assert_eq!(refused(process, unit, &long).await, one("TOO_LONG", "input.note"));
        // Who may backdate says why, and no responsibility outlasts its unit.
        let old = create(process, &funza.ended, "LEADS", r#"validFrom: "2024-01-01""#);
        let old = old.trim_end_matches(')').to_owned() + ", reason: \"Se carga tarde\")";
        let script = service.user(SCRIPT);
        let told = script.refused(&old, RESPONSIBILITY, ("", json!({}))).await;
        assert_eq!(told, one("UNIT_ENDS", "input.unit"));
        let bounded = old.replace("2024-01-01\"", "2024-01-01\", validTo: \"2025-02-01\"");
        script.act(&bounded, RESPONSIBILITY, "id", ("", json!({}))).await;
        assert_eq!(roles(&funza, process, "2025-01-31").await.len(), 1);
    });
}

#[test]
fn the_lead_goes_over_in_one_act() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let (process, unit, other) = (&funza.processes[0], &funza.units[0], &funza.units[1]);
        let days = r#"validFrom: "2026-07-01", validTo: "2026-10-01""#;
        funza.act(&create(process, unit, "LEADS", days), RESPONSIBILITY, "").await;
        let transfer = |unit: &Value, from: &str| {
            format!("processLeadTransfer(process: {process}, unit: {unit}, from: \"{from}\")")
        };
        let made = funza.act(&transfer(other, "2026-08-01"), RESPONSIBILITY, "validFrom validTo role").await;
        assert_eq!((&made["validFrom"], &made["validTo"]), (&json!("2026-08-01"), &json!("2026-10-01")));
        let leads = |unit: &Value| vec![format!("LEADS {}", text(unit))];
        assert_eq!(roles(&funza, process, "2026-07-31").await, leads(unit));
        assert_eq!(roles(&funza, process, "2026-08-01").await, leads(other));
        assert_eq!(funza.refused(&transfer(other, "2026-09-01"), RESPONSIBILITY).await, one("DUPLICATE", "unit"));
        assert_eq!(funza.refused(&transfer(unit, "2026-08-01"), RESPONSIBILITY).await, one("DATE_RANGE_EMPTY", "from"));
        assert_eq!(funza.refused(&transfer(unit, "2026-06-01"), RESPONSIBILITY).await, one("BACKDATED", "from"));
        assert_eq!(
            funza.refused(&transfer(&funza.ended, "2026-09-01"), RESPONSIBILITY).await,
            one("UNIT_NOT_IN_FORCE", "unit")
        );
        assert_eq!(
            funza.refused(&transfer(&funza.foreign.1, "2026-09-01"), RESPONSIBILITY).await,
            one("NOT_FOUND", "unit")
        );
        // Where nobody leads, it begins; a lead that is known for later stays in the way.
        let third = transfer(&funza.units[2], "2026-06-30");
        assert_eq!(funza.refused(&third, RESPONSIBILITY).await, one("LEAD_TAKEN", "from"));
        funza.act(&transfer(unit, "2026-10-01"), RESPONSIBILITY, "").await;
        assert_eq!(roles(&funza, process, "2026-10-01").await, leads(unit));
    });
}

#[test]
fn a_matrix_says_it_all_in_one_act() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let (c, d) = (&funza.processes[0], &funza.processes[1]);
        let (one_unit, other) = (&funza.units[0], &funza.units[1]);
        let set = |from: &str, rows: &str| {
            format!("processResponsibilitiesSet(organization: {}, from: \"{from}\", processes: [{rows}])", funza.id)
        };
        let row = |process: &Value, items: &str| {
            let end = if items.is_empty() { ", endAll: true" } else { "" };
            format!("{{ process: {process}, responsibilities: [{items}]{end} }} ")
        };
        let item = |unit: &Value, role: &str| format!("{{ unit: {unit}, role: {role} }} ");
        let first = row(c, &(item(one_unit, "LEADS") + &item(other, "SUPPORTS"))) + &row(d, &item(other, "LEADS"));
        funza.act(&set("2026-07-01", &first), "organization", "").await;
        let second = row(c, &(item(other, "LEADS") + &item(one_unit, "SUPPORTS")));
        funza.act(&set("2026-08-01", &second), "organization", "").await;
        let held = |pairs: &[(&str, &Value)]| {
            let mut held: Vec<_> = pairs.iter().map(|(role, unit)| format!("{role} {}", text(unit))).collect();
            held.sort();
            held
        };
        assert_eq!(roles(&funza, c, "2026-07-31").await, held(&[("LEADS", one_unit), ("SUPPORTS", other)]));
        assert_eq!(roles(&funza, c, "2026-08-01").await, held(&[("LEADS", other), ("SUPPORTS", one_unit)]));
        assert_eq!(roles(&funza, d, "2026-08-01").await, held(&[("LEADS", other)]), "not named, not touched");
        // What began on that very day and is not wanted after all never holds.
        funza.act(&set("2026-08-01", &row(c, &item(one_unit, "INFORMED"))), "organization", "").await;
        assert_eq!(roles(&funza, c, "2026-08-01").await, held(&[("INFORMED", one_unit)]));
        assert_eq!(roles(&funza, c, "2026-07-31").await, held(&[("LEADS", one_unit), ("SUPPORTS", other)]));

        let refused = async |from: &str, rows: &str| funza.refused(&set(from, rows), "organization").await;
        let two = item(one_unit, "LEADS") + &item(other, "LEADS");
        assert_eq!(
            refused("2026-09-01", &row(c, &two)).await,
            one("LEAD_TAKEN", "processes.0.responsibilities.1.role")
        );
        let bare = format!("{{ process: {c}, responsibilities: [] }}");
        assert_eq!(refused("2026-09-01", &bare).await, one("ENDS_ALL", "processes.0.responsibilities"));
        let both = item(other, "LEADS") + &item(other, "SUPPORTS");
        assert_eq!(
            refused("2026-09-01", &row(c, &both)).await,
            one("ROLES_EXCLUDE", "processes.0.responsibilities.1.role")
        );
        let same = item(other, "LEADS") + &item(other, "LEADS");
        assert_eq!(
            refused("2026-09-01", &row(c, &same)).await,
            one("DUPLICATE", "processes.0.responsibilities.1.role")
        );
        let twice = row(c, "") + &row(c, "");
        assert_eq!(refused("2026-09-01", &twice).await, one("DUPLICATE", "processes.1.process"));
        assert_eq!(refused("2026-07-15", &row(c, "")).await, one("LATER_CHANGE_KNOWN", "processes.0.process"));
        assert_eq!(refused("2026-06-29", &row(c, "")).await, one("BACKDATED", "from"));
        assert_eq!(refused("2026-09-01", &row(&funza.foreign.0, "")).await, one("NOT_FOUND", "processes.0.process"));
        let foreign = row(c, &item(&funza.foreign.1, "LEADS"));
        assert_eq!(refused("2026-09-01", &foreign).await, one("NOT_FOUND", "processes.0.responsibilities.0.unit"));
        let ended = row(c, &item(&funza.ended, "LEADS"));
        assert_eq!(
            refused("2026-09-01", &ended).await,
            one("UNIT_NOT_IN_FORCE", "processes.0.responsibilities.0.unit")
        );
        let empty = row(c, &format!("{{ unit: {other}, role: LEADS, validTo: \"2026-09-01\" }}"));
        assert_eq!(
            refused("2026-09-01", &empty).await,
            one("DATE_RANGE_EMPTY", "processes.0.responsibilities.0.validTo")
        );
        let note = "a".repeat(4001);
        let long = row(c, &format!("{{ unit: {other}, role: LEADS, note: \"{note}\" }}"));
        assert_eq!(refused("2026-09-01", &long).await, one("TOO_LONG", "processes.0.responsibilities.0.note"));
        let many = format!("{{ process: {c}, responsibilities: [] }} ").repeat(501);
        assert_eq!(refused("2026-09-01", &many).await, one("TOO_LONG", "processes"));
    });
}

//! What is reported by mistake and taken back, when a period may be reported, how causes are told, who reads without a limit.

use articula_tests::{
    demonstration::{self, LEADER, MEMBER},
    service::Service,
};
use serde_json::{Value, json};

use super::funza::{CONTROL, EXECUTOR, Funza, OTHER_OWNER, act, action_act, cause, on, read, refused, report};

#[test]
fn a_report_is_taken_back_by_whoever_made_it_until_it_is_signed() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        let (_, _, all) = funza.approved(service, &["100"]).await;
        let window = funza.window(service, ("2026-07-01", "2026-08-01"), ("2026-08-01", "2026-08-05")).await;
        service.turn_to("2026-08-02");
        action_act(service, EXECUTOR, "improvementActionBegin", &all[0], "").await;
        let mistaken = act(service, EXECUTOR, &report(&all[0], &window, "40"), "progressReport").await;
        let back = |report: &Value| on("progressReportWithdraw", report, "");
        assert_eq!(refused(service, MEMBER, &back(&mistaken), "progressReport").await, ["NOT_REPORTER"]);
        let query = format!(
            "{{ progressReport(id: {}) {{ can(action: PROGRESS_REPORT_WITHDRAW) {{ allowed }} }} }}",
            mistaken["id"]
        );
        assert_eq!(service.user(EXECUTOR).data(&query, json!({})).await["progressReport"]["can"]["allowed"], true);
        let call = format!("mutation {{ act: {} {{ progressReport {{ id }} errors {{ code }} }} }}", back(&mistaken));
        let gone = service.user(EXECUTOR).data(&call, json!({})).await["act"].clone();
        assert_eq!(gone, json!({ "progressReport": null, "errors": [] }));
        let right = act(service, EXECUTOR, &report(&all[0], &window, "4"), "progressReport").await;
        let signed = act(service, MEMBER, &on("progressReportSign", &right, ""), "progressReport").await;
        assert_eq!(refused(service, EXECUTOR, &back(&signed), "progressReport").await, ["FROZEN"]);
        let shown = "progress { done } reports(first: 5) { totalCount }";
        let seen = read(service, MEMBER, "improvementAction", &all[0], shown).await;
        assert_eq!(seen, json!({ "progress": { "done": "4.00" }, "reports": { "totalCount": 1 } }));
    });
}

#[test]
fn a_period_is_not_opened_for_days_that_are_over() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        let open = |closes: &str| {
            format!(
                r#"reportingWindowCreate(organization: {}, input: {{ name: "Mayo", periodFrom: "2031-05-01", periodTo: "2031-06-01",
                   opensOn: "2026-06-01", closesOn: "{closes}" }})"#,
                funza.organization
            )
        };
        let call = format!("mutation {{ act: {} {{ errors {{ code path params }} }} }}", open("2026-06-29"));
        let told = service.user(CONTROL).data(&call, json!({})).await["act"]["errors"].clone();
        let expected = json!({ "expected": "2026-06-30…" });
        assert_eq!(told, json!([{ "code": "INVALID_ARGUMENT", "path": ["input", "closesOn"], "params": expected }]));
        act(service, CONTROL, &open("2026-06-30"), "reportingWindow").await;
    });
}

#[test]
fn five_whys_tell_one_at_least() {
    demonstration::on_each(async |service| {
        let funza = Funza::find(service).await;
        let finding = funza.confirmed(service, "H1").await;
        let why = |method: &str, whys: &str| {
            format!(
                r#"causeAnalysisCreate(finding: {}, input: {{ method: {method}, category: METHOD, {whys} rootCause: "No hay método" }})"#,
                finding["id"]
            )
        };
        let missing = [("REQUIRED".to_owned(), "input.whys".to_owned())];
        let told = async |call: String| service.user(MEMBER).refused(&call, "causeAnalysis", ("", json!({}))).await;
        assert_eq!(told(why("FIVE_WHYS", "")).await, missing);
        assert_eq!(told(why("FIVE_WHYS", "whys: [],")).await, missing);
        let other = act(service, MEMBER, &why("OTHER", ""), "causeAnalysis").await;
        assert_eq!(told(on("causeAnalysisUpdate", &other, ", input: { method: FIVE_WHYS }")).await, missing);
        let asked = on("causeAnalysisUpdate", &other, ", input: { method: FIVE_WHYS, whys: [\"Porque sí\"] }");
        let asked = act(service, MEMBER, &asked, "causeAnalysis").await;
        assert_eq!(told(on("causeAnalysisUpdate", &asked, ", input: { whys: [] }")).await, missing);
        act(service, MEMBER, &cause(&finding, "METHOD"), "causeAnalysis").await;
    });
}

/// How many findings, plans and drafts of processes somebody sees.
async fn sees(service: &Service, who: &str) -> Value {
    let query = "{ findings(first: 1) { totalCount } improvementPlans(first: 1) { totalCount } \
         processVersions(first: 1, where: { state: { eq: DRAFT } }) { totalCount } }";
    service.user(who).data(query, json!({})).await
}

#[test]
fn an_owner_without_a_limit_reads_what_he_may_act_on() {
    demonstration::on_each(async |service| {
        let all = sees(service, LEADER).await;
        assert!(all["findings"]["totalCount"].as_u64() > Some(10), "{all}");
        assert_eq!(sees(service, OTHER_OWNER).await, all);
        // Within a limit he reads what is there.
        Funza::find(service).await;
        let own = sees(service, OTHER_OWNER).await;
        assert!(own["findings"]["totalCount"].as_u64() < all["findings"]["totalCount"].as_u64(), "{own}");
    });
}

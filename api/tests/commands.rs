//! The `articula` command as an operator meets it: a process, its output, its signals, the files that it leaves.

mod command;

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::{Duration, Instant},
};

use articula::store::{Clock as _, SystemClock};
use command::{Folder, demonstration, project};
use serde_json::{Value, json};

/// The secret of a key of one's own.
const SECRET: (&str, &str) = ("ARTICULA_TOKENS_SECRET", "thirty-two bytes or more of a secret");
const ALGORITHM: (&str, &str) = ("ARTICULA_TOKENS_ALGORITHM", "HS256");
const ISSUER: (&str, &str) = ("ARTICULA_TOKENS_ISSUER", "https://identity.test");

const COUNT: &str = r#"query($n: String!) { legalActs(first: 100, where: { number: { startsWith: $n } }) { totalCount nodes { number } } }"#;

/// Enters a circular with this number; what stands against it, if anything.
fn create(server: &command::Server, token: &str, organization: &Value, number: &str) -> Option<Value> {
    let document = r#"mutation($o: ID!, $n: String!) { legalActCreate(organization: $o, input: { kind: CIRCULAR, number: $n,
        issuer: "SE", date: "2026-01-15", subject: "0" }) { legalAct { id } errors { code } } }"#;
    let answer = server.ask(token, document, json!({ "o": organization, "n": number }))?;
    Some(answer["data"]["legalActCreate"].clone())
}

fn organization(server: &command::Server, token: &str) -> Value {
    let query = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id } }"#;
    let answer = server.ask(token, query, json!({})).expect("an answer");
    answer["data"]["organization"]["id"].clone()
}

fn count(server: &command::Server, token: &str, number: &str) -> u64 {
    let answer = server.ask(token, COUNT, json!({ "n": number })).expect("an answer");
    answer["data"]["legalActs"]["totalCount"].as_u64().unwrap_or_else(|| panic!("{answer}"))
}

#[test]
fn serve_demo_invites_a_newcomer_and_starting_again_keeps_what_was_done() {
    let folder = Folder::new();
    // From nothing: tables, catalogues, demonstration.
    let server = folder.serve();
    let said = server.said().to_owned();
    for word in ["/explorer", "/graphql", "QUALITY_LEADER", "SFI_MONITOR", "UNIT_HEAD"] {
        assert!(said.contains(word), "{word} is not said:\n{said}");
    }
    let curl = said.lines().find(|line| line.trim_start().starts_with("curl ")).expect("a line to try");
    let body = curl.split("-d '").nth(1).and_then(|rest| rest.strip_suffix('\'')).expect("a body");
    let token = curl.split("Bearer ").nth(1).and_then(|rest| rest.split('\'').next()).expect("a token");
    let answer = server.post(token, body).expect("an answer");
    assert_eq!(answer["errors"], Value::Null, "{answer}");
    let data = &answer["data"];
    assert!(data["before"]["structure"]["tree"].as_array().is_some_and(|tree| tree.len() > 5), "{answer}");
    assert_ne!(data["before"]["structure"]["number"], data["after"]["structure"]["number"]);
    assert!(data["after"]["structureDiff"].as_array().is_some_and(|diff| !diff.is_empty()), "{answer}");

    let organization = organization(&server, token);
    let made = create(&server, token, &organization, "KEPT-1").expect("an answer");
    assert_eq!(made["errors"], json!([]), "{made}");
    server.stop();
    let server = folder.serve();
    assert_eq!(count(&server, token, "KEPT-1"), 1, "the token is still good and the act is there");
    let token = server.token();
    assert_eq!(count(&server, &token, "KEPT-1"), 1);
    server.stop();
}

#[test]
fn serve_without_a_key_says_what_to_configure() {
    let folder = Folder::new();
    let (well, said) = folder.run(&["serve"], &[]);
    assert!(!well);
    assert!(said.contains("tokens.algorithm") && said.contains("tokens.issuer"), "{said}");
    assert!(said.contains("--demo"), "{said}");
    assert!(!folder.database().exists(), "the database was touched");
    // A key that claims the development issuer is none.
    let (well, said) = folder.run(&["serve"], &[ALGORITHM, SECRET, (ISSUER.0, "articula:development")]);
    assert!(!well && said.contains("issuer"), "{said}");
}

#[test]
fn the_development_key_is_believed_by_the_demonstration_only() {
    let folder = demonstration();
    let (well, token) = folder.run(&["token", "--role", "QUALITY_LEADER"], &[]);
    assert!(well, "{token}");
    let token = token.lines().find(|line| line.starts_with("ey")).expect("a token").to_owned();
    let server = folder.serve_with(&["serve"], &[ALGORITHM, SECRET, ISSUER]);
    let answer = server.ask(&token, "{ viewer { name } }", json!({})).expect("an answer");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{answer}");
    server.stop();
    let server = folder.serve();
    let answer = server.ask(&token, "{ viewer { name } }", json!({})).expect("an answer");
    assert!(answer["data"]["viewer"]["name"].is_string(), "{answer}");
    server.stop();
}

#[test]
fn a_port_in_use_is_said_plainly() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let folder = Folder::new();
    let (well, said) = folder.run(&["serve", "--demo"], &[("ARTICULA_HTTP_ADDRESS", &address)]);
    assert!(!well);
    assert!(!folder.database().exists(), "a database was made first");
    assert!(said.contains(&address) && said.contains("in use"), "{said}");
    assert!(!said.contains("panicked") && !said.contains("Os {"), "{said}");
}

#[test]
fn a_server_that_cannot_be_reached_is_said_in_one_sentence() {
    // Nobody listens on port 1.
    let (well, said) =
        Folder::new().run(&["migrate"], &[("DATABASE_URL", "postgres://ana:hunter2@127.0.0.1:1/articula")]);
    assert!(!well);
    assert!(said.contains("nothing answers at 127.0.0.1:1") && said.contains("DATABASE_URL"), "{said}");
    assert!(said.lines().count() == 1 && said.matches("refused").count() == 1 && !said.contains("hunter2"), "{said}");
    let Some(server) = std::env::var("TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty()) else { return };
    let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
    let (well, said) = Folder::new().run(&["migrate"], &[("DATABASE_URL", &format!("{base}/articula_missing"))]);
    assert!(!well && said.lines().count() == 1, "{said}");
    assert!(said.contains("no database \"articula_missing\"") && said.contains("create it"), "{said}");
}

#[test]
fn a_running_service_keeps_its_demonstration() {
    let folder = demonstration();
    let server = folder.serve();
    let token = server.token();
    let organization = organization(&server, &token);
    create(&server, &token, &organization, "RESET-1").expect("an answer");
    let (well, said) = folder.run(&["load", "demo", "--reset"], &[]);
    assert!(!well && said.contains("in use by a running service") && said.lines().count() == 1, "{said}");
    assert_eq!(count(&server, &token, "RESET-1"), 1);
    // However it ends, nothing of it stays in the way.
    server.kill();
    let (well, said) = folder.run(&["load", "demo", "--reset"], &[]);
    assert!(well, "{said}");
    assert_eq!(count(&folder.serve(), &token, "RESET-1"), 0);
}

#[test]
fn broken_reference_data_load_nothing_and_say_where() {
    let folder = Folder::new();
    let data = folder.path().join("reference");
    std::fs::create_dir_all(&data).expect("a folder");
    for file in std::fs::read_dir(project().join("reference")).expect("the shipped files") {
        let file = file.expect("a file").path();
        std::fs::copy(&file, data.join(file.file_name().expect("a name"))).expect("a copy");
    }
    assert!(folder.run(&["migrate"], &[]).0);
    let municipalities = data.join("municipalities.csv");
    let whole = std::fs::read_to_string(&municipalities).expect("the file");
    let mut lines: Vec<_> = whole.lines().map(str::to_owned).collect();
    // The 4th line: its department is none.
    lines[3] = lines[3].replacen(",05,", ",98,", 1);
    std::fs::write(&municipalities, lines.join("\n")).expect("written");
    let (well, said) = folder.run(&["load", "reference", &data.display().to_string()], &[]);
    assert!(!well);
    assert!(said.contains("municipalities.csv") && said.contains('4') && said.contains("department_code"), "{said}");
    let rows = |table: &str| {
        let database = rusqlite::Connection::open(folder.database()).expect("the database");
        database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).expect("a count")
    };
    assert_eq!((rows("municipality"), rows("department")), (0, 0));
    std::fs::write(&municipalities, whole).expect("written");
    let (well, said) = folder.run(&["load", "reference", &data.display().to_string()], &[]);
    assert!(well, "{said}");
    assert_eq!((rows("municipality"), rows("department")), (1_122, 33));
    let (well, said) = folder.run(&["load", "reference"], &[]);
    assert!(well && rows("municipality") == 1_122, "a second time changes nothing: {said}");
}

#[test]
fn a_copy_made_while_serving_is_put_back() {
    let folder = demonstration();
    let server = folder.serve();
    let token = server.token();
    let organization = organization(&server, &token);
    create(&server, &token, &organization, "BACK-1").expect("an answer");
    let copy = folder.path().join("copy.sqlite").display().to_string();
    let (well, said) = folder.run(&["backup", &copy], &[]);
    assert!(well, "{said}");
    create(&server, &token, &organization, "BACK-2").expect("an answer");
    assert_eq!(count(&server, &token, "BACK-"), 2);
    let (well, said) = folder.run(&["restore", &copy], &[]);
    assert!(!well && said.contains("use"), "the service runs: {said}");
    let (well, said) = folder.run(&["backup", &copy], &[]);
    assert!(!well && said.contains("overwritten"), "{said}");
    server.stop();
    let (well, said) = folder.run(&["restore", &copy], &[]);
    assert!(well, "{said}");
    let server = folder.serve();
    assert_eq!(count(&server, &token, "BACK-"), 1);
    assert_eq!(count(&server, &token, "BACK-1"), 1);
    server.stop();
}

#[test]
fn doctor_says_what_is_wrong_and_what_is_well() {
    let empty = Folder::new();
    let (well, said) = empty.run(&["doctor"], &[]);
    assert!(!well && said.contains("articula migrate") && said.contains("key"), "{said}");
    assert!(!empty.database().exists(), "doctor changes nothing");
    let folder = demonstration();
    let (well, said) = folder.run(&["doctor"], &[ALGORITHM, SECRET, ISSUER]);
    assert!(well && !said.contains("WRONG"), "{said}");
}

#[test]
fn doctor_finds_nothing_wrong_with_a_demonstration_that_runs() {
    let folder = demonstration();
    let server = folder.serve();
    let address = [("ARTICULA_HTTP_ADDRESS", server.address())];
    let (well, said) = folder.run(&["doctor"], &address);
    assert!(well && !said.contains("WRONG"), "{said}");
    assert!(said.contains("serve --demo") && said.contains("runs there already and is ready"), "{said}");
    drop(server);
    // Somebody else on the address is another matter.
    let other = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = other.local_addr().expect("an address").to_string();
    let stranger = std::thread::spawn(move || drop(other.accept()));
    let (well, said) = folder.run(&["doctor"], &[("ARTICULA_HTTP_ADDRESS", &address)]);
    assert!(!well && said.contains("another program listens there"), "{said}");
    stranger.join().expect("it was asked");
}

#[test]
fn doctor_names_variables_that_only_look_like_settings() {
    let (well, said) = Folder::new().run(&["doctor"], &[("ARTICULA_HTTP_ADRESS", "127.0.0.1:1")]);
    assert!(!well && said.contains("ARTICULA_HTTP_ADRESS"), "{said}");
}

#[test]
fn doctor_asks_the_running_service_whether_it_is_ready() {
    let folder = demonstration();
    let server = folder.serve();
    let address = server.address().trim_start_matches("http://").to_owned();
    let (well, said) = folder.run(&["doctor", "--ready"], &[("ARTICULA_HTTP_ADDRESS", &address)]);
    assert!(well && said.contains(&address), "{said}");
    drop(server);
    let (well, said) = folder.run(&["doctor", "--ready"], &[("ARTICULA_HTTP_ADDRESS", &address)]);
    assert!(!well && said.contains("is it running?"), "{said}");
}

#[test]
fn the_schema_that_is_printed_is_the_one_that_is_committed() {
    let (well, printed) = Folder::new().run(&["schema"], &[]);
    let committed = std::fs::read_to_string(project().join("schema.graphql")).expect("the schema");
    assert!(well && printed.trim() == committed.trim(), "run `articula schema > schema.graphql`");
    let (well, said) =
        Folder::new().run(&["docs", "--check", "--folder", &project().join("docs").display().to_string()], &[]);
    assert!(well, "{said}");
}

#[test]
fn a_request_under_way_is_finished_when_the_process_is_asked_to_end() {
    let folder = demonstration();
    let server = folder.serve();
    let token = server.token();
    let body = json!({ "query": "{ departments(first: 1) { totalCount } }" }).to_string();
    let mut stream = TcpStream::connect(server.address()).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Authorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("sent");
    // The service asks for the body: the request is under way.
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).expect("an interim answer");
    assert!(asked.starts_with(b"HTTP/1.1 100"), "{}", String::from_utf8_lossy(&asked));
    server.terminate();
    let until = Instant::now() + Duration::from_secs(10);
    while TcpStream::connect(server.address()).is_ok() {
        assert!(Instant::now() < until, "it still takes connections");
        std::thread::yield_now();
    }
    stream.write_all(body.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"totalCount\":33"), "{answer}");
    assert!(server.wait().success(), "it ends well");
}

#[test]
fn eight_writers_lose_nothing_and_none_fails() {
    let folder = demonstration();
    let server = folder.serve();
    let token = server.token();
    let organization = organization(&server, &token);
    let made = create(&server, &token, &organization, "RACE-1").expect("an answer");
    let id = &made["legalAct"]["id"];
    let read = "query($id: ID!) { legalAct(id: $id) { version subject } }";
    let write = r#"mutation($id: ID!, $v: Int!, $s: String!) { legalActUpdate(id: $id, expectedVersion: $v, input: { subject: $s }) {
        legalAct { version } errors { code } } }"#;
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let (server, token) = (&server, &token);
            scope.spawn(move || {
                let mut done = 0;
                while done < 50 {
                    let seen = server.ask(token, read, json!({ "id": id })).expect("an answer");
                    let seen = &seen["data"]["legalAct"];
                    let next =
                        seen["subject"].as_str().and_then(|text| text.parse::<u32>().ok()).expect("a number") + 1;
                    let variables = json!({ "id": id, "v": seen["version"], "s": next.to_string() });
                    let answer = server.ask(token, write, variables).expect("an answer");
                    let errors = &answer["data"]["legalActUpdate"]["errors"];
                    if *errors == json!([]) {
                        done += 1;
                    } else {
                        assert_eq!(*errors, json!([{ "code": "VERSION_CONFLICT" }]), "{answer}");
                    }
                }
            });
        }
    });
    let seen = server.ask(&token, read, json!({ "id": id })).expect("an answer");
    assert_eq!(seen["data"]["legalAct"], json!({ "version": 401, "subject": "400" }));
}

#[test]
fn migrate_makes_the_database_and_does_nothing_the_second_time() {
    let folder = Folder::new();
    let (well, said) = folder.run(&["migrate"], &[]);
    assert!(well && folder.database().exists(), "{said}");
    let before = std::fs::read(folder.database()).expect("the file");
    let (well, said) = folder.run(&["migrate"], &[]);
    assert!(well && std::fs::read(folder.database()).expect("the file") == before, "{said}");
}

#[test]
fn the_first_national_administrator_comes_from_the_command_line() {
    let folder = Folder::new();
    let grant = |role: &str, more: &[&str]| {
        let line = ["grant", role, "--issuer", ISSUER.1, "--subject", "ana", "--name", "Ana"];
        folder.run(&[&line[..], more].concat(), &[])
    };
    let (well, said) = grant("NATIONAL_ADMIN", &[]);
    assert!(well && said.contains("NATIONAL_ADMIN"), "{said}");
    let (well, said) = grant("NATIONAL_ADMIN", &[]);
    assert!(!well && said.contains("DUPLICATE"), "a second time there is nothing to give: {said}");
    let (well, said) = grant("QUALITY_LEADER", &["--organization", "25286"]);
    assert!(!well && said.contains("25286"), "{said}");
    let database = rusqlite::Connection::open(folder.database()).expect("the database");
    let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a count");
    assert_eq!(count("SELECT count(*) FROM organization WHERE kind = 1"), 1);
    assert_eq!(count("SELECT count(*) FROM access_grant WHERE role = 10"), 1);
    assert_eq!(count("SELECT count(*) FROM member WHERE state = 1 AND name = 'Ana'"), 1);
    assert_eq!(count("SELECT count(*) FROM history_entry WHERE act = 'grant'"), 2, "the member and the grant");
    let suspend = |subject: &str, reason: &[&str]| {
        let line = ["account", "suspend", "--issuer", ISSUER.1, "--subject", subject];
        folder.run(&[&line[..], reason].concat(), &[])
    };
    let (well, said) = suspend("ana", &[]);
    assert!(!well && said.contains("--reason"), "{said}");
    let (well, said) = suspend("ana", &["--reason", "Robo del equipo"]);
    assert!(well, "{said}");
    assert_eq!(count("SELECT count(*) FROM account WHERE subject = 'ana' AND suspended"), 1);
    let entry = "SELECT request_id FROM history_entry WHERE act = 'accountSuspend' AND reason = 'Robo del equipo'";
    let request: String = database.query_row(entry, [], |row| row.get(0)).expect("one entry");
    assert!(said.contains(&format!("under the request {request}")), "{said}");
    let (well, said) = suspend("eva", &["--reason", "Robo del equipo"]);
    assert!(!well && said.contains("no account"), "{said}");
}

#[test]
fn an_api_key_is_made_used_renewed_and_revoked_by_commands() {
    let folder = demonstration();
    let key_of = |said: &str| said.lines().find(|line| line.starts_with("art_")).expect("a key").trim().to_owned();
    let server = folder.serve();
    let until = (SystemClock.today() + chrono::Days::new(200)).to_string();
    let create = ["key", "create", "--name", "Cargue", "--scope", "structure:read", "--valid-to", until.as_str()];
    let (well, said) = folder.run(&[&create[..], &["--organization", "25286", "--grant"]].concat(), &[]);
    assert!(well, "{said}");
    let key = key_of(&said);
    let asked =
        |key: &str| server.ask(key, "{ structureVersions(first: 1) { totalCount } }", json!({})).expect("an answer");
    let answer = asked(&key);
    assert!(answer["data"]["structureVersions"]["totalCount"].as_u64().is_some_and(|count| count > 0), "{answer}");
    let prefix = &key[4..12];
    let (_, listed) = folder.run(&["key", "list", "--organization", "25286"], &[]);
    assert!(listed.contains(prefix) && listed.contains("structure:read") && !listed.contains(&key[13..]), "{listed}");
    let (well, said) = folder.run(&["key", "rotate", prefix], &[]);
    assert!(well, "{said}");
    let renewed = key_of(&said);
    assert_ne!(renewed, key);
    let (well, said) = folder.run(&["key", "revoke", prefix, "--reason", "prueba"], &[]);
    assert!(well, "{said}");
    // What was shown before is remembered for some seconds; what was not, is not.
    let answer = asked(&renewed);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{answer}");
    server.stop();
    // Written down when the service ended.
    let (_, listed) = folder.run(&["key", "list"], &[]);
    assert!(listed.contains("revoked") && !listed.contains("used never"), "{listed}");
    let (well, said) = folder.run(&["key", "rotate", "zzzzzzzz"], &[]);
    assert!(!well && said.contains("key list"), "{said}");
}

#[test]
fn verify_names_the_first_altered_entry_and_what_a_receipt_refutes() {
    let folder = demonstration();
    let server = folder.serve();
    let token = server.token();
    let organization = organization(&server, &token);
    let document = r#"mutation($o: ID!, $n: String!) { legalActCreate(organization: $o, input: { kind: CIRCULAR, number: $n,
        issuer: "SE", date: "2026-01-15", subject: "0" }) { receipt { signature } } }"#;
    let enter = |number: &str| {
        let answer = server.ask(&token, document, json!({ "o": organization, "n": number })).expect("an answer");
        answer["data"]["legalActCreate"]["receipt"]["signature"].as_str().expect("a receipt").to_owned()
    };
    let receipt = folder.path().join("receipt.txt");
    std::fs::write(&receipt, enter("V-1")).expect("kept");
    enter("V-2");
    server.stop();
    let organization = organization.as_str().expect("an id");
    let receipt = receipt.to_str().expect("a path");
    let proof = ["verify", "--organization", organization, "--receipt", receipt];
    let (well, said) = folder.run(&["verify"], &[]);
    assert!(well && said.contains(" 0 altered"), "{said}");
    let (well, said) = folder.run(&proof, &[]);
    assert!(well && said.contains("1 histories verified, 0 altered") && said.contains("3 entries"), "{said}");

    let tamper = |statement: &str| {
        let database = rusqlite::Connection::open(folder.database()).expect("opens");
        database.execute_batch(statement).expect("tampered");
    };
    tamper("UPDATE history_entry SET reason = 'otro' WHERE sequence = 3");
    let (well, said) = folder.run(&["verify"], &[]);
    assert!(!well && said.contains("the first altered entry is number 3") && said.contains(" 1 altered"), "{said}");
    tamper(
        "DELETE FROM history_entry WHERE sequence > 1; UPDATE chain_head SET sequence = 1, \
         hash = (SELECT hash FROM history_entry h WHERE h.organization_id = chain_head.organization_id)",
    );
    let (well, said) = folder.run(&["verify"], &[]);
    assert!(well, "a chain that was cut together with its head is whole: {said}");
    let (well, said) = folder.run(&proof, &[]);
    assert!(!well && said.contains("receipt"), "{said}");
    let (well, said) = folder.run(&["verify", "--organization", "Cg"], &[]);
    assert!(!well && said.contains("no id"), "{said}");
}

//! What the configuration takes and refuses.

use std::collections::HashMap;
use std::io::Write;

use super::settings::{Settings, variable};
use super::*;

fn load(env: &[(&str, &str)], file: &str) -> Result<Config, ConfigFault> {
    let env: HashMap<String, String> = env.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let file = TestFile::new(file);
    Config::load(|name| env.get(name).cloned(), Some(&file.0))
}

/// A file that goes away with the test.
struct TestFile(PathBuf);

impl TestFile {
    fn new(text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("articula-config-{}.toml", uuid::Uuid::now_v7()));
        std::fs::File::create_new(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .expect("a file in the temporary folder");
        Self(path)
    }
}

impl Drop for TestFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn fault(env: &[(&str, &str)], file: &str) -> String {
    load(env, file).map(|config| format!("{config:?}")).expect_err("a fault").to_string()
}

#[test]
fn defaults_are_complete() {
    let config = Config::load(|_| None, None).expect("the defaults are good");
    assert_eq!(config.http.address.to_string(), "127.0.0.1:8080");
    assert_eq!(config.http.body_limit, 1 << 20);
    assert!(config.http.introspection && config.http.explorer && config.http.cors_origins.is_empty());
    assert_eq!(config.database.backend, Backend::Sqlite);
    assert_eq!(config.database.file(), Some(Path::new("data/articula.sqlite")));
    assert_eq!(config.database.data_folder(), Path::new("data"));
    assert_eq!(config.tokens.issuers, []);
    assert!(config.http.trusted_proxies.is_empty() && config.http.metrics.is_none());
    assert_eq!(config.http.protocol, Protocol::Current);
    assert_eq!((config.limits.cost, config.limits.cost_a_minute), (crate::app::MAX_COST, 1_000_000));
    assert!(config.limits.clients.is_empty());
    assert_eq!(config.log.format, LogFormat::Pretty);
}

#[test]
fn limits_are_read_and_hang_together() {
    let env = [
        ("ARTICULA_LIMITS_COST", "2000"),
        ("ARTICULA_LIMITS_COST_A_MINUTE", "2000"),
        ("ARTICULA_LIMITS_CLIENTS", "tablero = 5000, art_abcdefgh=0"),
    ];
    let limits = load(&env, "").expect("good").limits;
    assert_eq!((limits.cost, limits.cost_a_minute), (2_000, 2_000));
    assert_eq!(limits.clients, [("tablero".to_owned(), 5_000), ("art_abcdefgh".to_owned(), 0)]);
    for (name, value, expected) in [
        ("COST", "0", "limits.cost is 0"),
        ("COST_A_MINUTE", "49999", "less than one request may cost"),
        ("CLIENTS", "tablero", "CLIENT=COST"),
        ("CLIENTS", "tablero=49999", "not less than limits.cost"),
        ("CLIENTS", "=50000", "CLIENT=COST"),
    ] {
        let told = fault(&[(&format!("ARTICULA_LIMITS_{name}"), value)], "");
        assert!(told.contains(expected), "{name}={value}: {told}");
    }
    assert_eq!(load(&[("ARTICULA_LIMITS_COST_A_MINUTE", "0")], "").expect("good").limits.cost_a_minute, 0);
}

#[test]
fn every_setting_is_documented() {
    let mut section = "";
    let mut documented = Vec::new();
    let mut before = "";
    for line in DEFAULTS.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if let Some((name, _)) = line.trim_start_matches("# ").split_once(" = ")
            && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        {
            assert!(before.starts_with('#'), "{section}.{name} has no comment");
            documented.push(format!("{section}.{name}"));
        }
        before = line;
    }
    let known: Vec<String> =
        SETTINGS.iter().flat_map(|list| list.iter()).map(|s| format!("{}.{}", s.section, s.name)).collect();
    assert_eq!(documented, known);
}

#[test]
fn settings_without_default_are_the_commented_ones() {
    let settings = Settings::defaults(SETTINGS).expect("the defaults are good");
    for key in ["algorithm", "public_key", "public_key_file", "secret", "key_id", "issuer"] {
        assert_eq!(settings.text(&format!("tokens.{key}")), None, "{key}");
    }
}

#[test]
fn later_sources_win() {
    let file = "[http]\naddress = \"127.0.0.1:1\"\nexplorer = false\n[database]\nurl = \"sqlite://other/file.sqlite\"";
    let config = load(&[("ARTICULA_HTTP_ADDRESS", "[::1]:2")], file).expect("good");
    assert_eq!(config.http.address.to_string(), "[::1]:2");
    assert!(!config.http.explorer && config.http.introspection);
    assert_eq!(config.database.data_folder(), Path::new("other"));

    let postgres = "postgres://ana:sésamo@db:5432/articula?sslmode=require";
    let config = load(&[("DATABASE_URL", postgres)], file).expect("good");
    assert_eq!(config.database.backend, Backend::Postgres);
    assert_eq!(config.database.shown(), "postgres://db:5432/articula");
    assert_eq!(config.database.data_folder(), Path::new("data"));
    let both = [("DATABASE_URL", postgres), ("ARTICULA_DATABASE_URL", "sqlite://x.sqlite")];
    assert_eq!(load(&both, "").expect("good").database.data_folder(), Path::new("."));
}

#[test]
fn environment_speaks_every_shape() {
    let env = [
        ("ARTICULA_HTTP_CORS_ORIGINS", "https://a.gov.co, http://localhost:5173"),
        ("ARTICULA_HTTP_INTROSPECTION", "false"),
        ("ARTICULA_HTTP_REQUEST_DEADLINE_SECONDS", " 30 "),
        ("ARTICULA_LOG_FORMAT", "json"),
        ("ARTICULA_LOG_FILTER", ""),
    ];
    let config = load(&env, "").expect("good");
    assert_eq!(config.http.cors_origins, ["https://a.gov.co", "http://localhost:5173"]);
    assert!(!config.http.introspection);
    assert_eq!(config.http.request_deadline.as_secs(), 30);
    assert_eq!((config.log.format, config.log.filter.as_str()), (LogFormat::Json, "info"));
}

#[test]
fn the_variable_names_a_file_and_the_argument_wins() {
    let file = TestFile::new("[log]\nformat = \"json\"");
    let named = |name: &str| (name == "ARTICULA_CONFIG").then(|| file.0.display().to_string());
    assert_eq!(Config::load(named, None).expect("good").log.format, LogFormat::Json);
    let other = TestFile::new("");
    assert_eq!(Config::load(named, Some(&other.0)).expect("good").log.format, LogFormat::Pretty);
}

#[test]
fn mistakes_are_named() {
    for (file, words) in [
        ("[http]\nadress = \"x\"", ["there is no setting http.adress", "body_limit_bytes"]),
        ("[htp]\naddress = \"x\"", ["there is no setting htp", "http, limits, database, tokens, issuer, log"]),
        ("address = \"x\"", ["there is no setting address", "http"]),
        ("http = 1", ["http must be", "section"]),
        ("[http]\nexplorer = \"yes\"", ["http.explorer", "true or false"]),
        ("[http]\ncors_origins = [1]", ["http.cors_origins", "list of texts"]),
        ("[http]\ncors_origins = [\"*\"]", ["http.cors_origins", "scheme://host"]),
        ("[http]\ncors_origins = [\"https://a.co/\"]", ["http.cors_origins", "without a path"]),
        ("[http]\naddress = \"localhost\"", ["http.address", "127.0.0.1:8080"]),
        ("[http]\nbody_limit_bytes = 5", ["http.body_limit_bytes is 5", "1024 to 16777216"]),
        ("[http]\nbody_limit_bytes = 99999999999", ["99999999999", "16777216"]),
        ("[http]\nrequest_deadline_seconds = 0", ["request_deadline_seconds", "1 to 300"]),
        ("[database]\nurl = \"mysql://x\"", ["database.url", "postgres://"]),
        ("[database]\nread_connections = -1", ["database.read_connections is -1", "1 to 128"]),
        ("[http]\ntrusted_proxies = [\"10.0.0.0/33\"]", ["http.trusted_proxies", "10.0.0.0/8"]),
        ("[http]\nfailed_sign_ins_a_minute = 0", ["http.failed_sign_ins_a_minute is 0", "1 to 10000"]),
        ("[issuer]\njwks_url = \"https://a\"", ["there is no setting issuer.jwks_url", "issuer.NAME has"]),
        ("[issuer.a]\nurl = \"https://a\"", ["there is no setting issuer.a.url", "jwks_url"]),
        ("[issuer.A]\nissuer = \"a\"", ["there is no setting issuer.A", "issuer.NAME"]),
        ("[issuer.a]\nissuer = 1", ["issuer.a.issuer must be", "a text"]),
        ("[tokens]\nissuers = [\"a.b\"]", ["tokens.issuers holds \"a.b\"", "lower-case"]),
        ("[log]\nfilter = \"a=b=c\"", ["log.filter", "info"]),
        ("[log]\nformat = \"xml\"", ["log.format", "json"]),
        ("[tokens]\nmax_lifetime_hours = 8761", ["tokens.max_lifetime_hours is 8761", "0 to 8760"]),
        ("[tokens]\nleeway_seconds = 61", ["tokens.leeway_seconds is 61", "0 to 60"]),
        ("[http", ["line 1", "not TOML"]),
    ] {
        let text = fault(&[], file);
        for word in words {
            assert!(text.contains(word), "{file:?} said {text:?}, without {word:?}");
        }
    }
    let text = fault(&[("ARTICULA_HTTP_EXPLORER", "si")], "");
    assert!(text.contains("ARTICULA_HTTP_EXPLORER") && text.contains("true or false"), "{text}");
    let missing = Config::load(|_| None, Some(Path::new("/nowhere/articula.toml"))).expect_err("no file").to_string();
    assert!(missing.contains("/nowhere/articula.toml") && missing.contains("--config"), "{missing}");
}

const LONG: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn keys_are_whole_or_refused() {
    let private = "-----BEGIN PRIVATE KEY-----\\nx\\n-----END PRIVATE KEY-----";
    let public = "-----BEGIN PUBLIC KEY-----\\nx\\n-----END PUBLIC KEY-----";
    for (env, words) in [
        (vec![("SECRET", LONG)], ["tokens.algorithm is not set", "ARTICULA_TOKENS_ALGORITHM"]),
        (vec![("ALGORITHM", "none")], ["tokens.algorithm", "EdDSA"]),
        (vec![("ALGORITHM", "HS256")], ["tokens.secret is not set", "ARTICULA_TOKENS_SECRET"]),
        (vec![("ALGORITHM", "HS256"), ("SECRET", "short")], ["tokens.secret is too short", "32"]),
        (vec![("ALGORITHM", "HS256"), ("SECRET", public)], ["tokens.secret", "not secret"]),
        (vec![("ALGORITHM", "HS256"), ("SECRET", LONG)], ["tokens.issuer is not set", "ARTICULA_TOKENS_ISSUER"]),
        (vec![("ALGORITHM", "HS256"), ("SECRET", LONG), ("PUBLIC_KEY", public)], ["tokens.public_key", "remove"]),
        (vec![("ALGORITHM", "EdDSA")], ["tokens.public_key is not set", "ARTICULA_TOKENS_PUBLIC_KEY"]),
        (vec![("ALGORITHM", "EdDSA"), ("PUBLIC_KEY", private)], ["tokens.public_key", "-pubout"]),
        (vec![("ALGORITHM", "EdDSA"), ("PUBLIC_KEY", "abc")], ["tokens.public_key", "PEM"]),
        (vec![("ALGORITHM", "RS256"), ("PUBLIC_KEY", public), ("SECRET", LONG)], ["tokens.secret", "remove"]),
        (vec![("ALGORITHM", "ES256"), ("PUBLIC_KEY_FILE", "/nowhere.pem")], ["/nowhere.pem", "path"]),
        (
            vec![("ALGORITHM", "ES256"), ("PUBLIC_KEY_FILE", "/x"), ("PUBLIC_KEY", public)],
            ["public_key_file", "one of"],
        ),
    ] {
        let names: Vec<(String, &str)> =
            env.iter().map(|(name, value)| (variable(&format!("tokens.{name}")), *value)).collect();
        let env: Vec<(&str, &str)> = names.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let text = fault(&env, "");
        for word in words {
            assert!(text.contains(word), "{env:?} said {text:?}, without {word:?}");
        }
    }
}

#[test]
fn several_issuers_have_names() {
    let file = format!(
        "[tokens]\njwks_url = \"https://one.gov.co/jwks\"\nissuer = \"one\"\n\
         [issuer.old]\nissuer = \"two\"\nalgorithm = \"HS256\"\nsecret = \"{LONG}\"\nkey_id = \"a\"\n\
         [issuer.older]\nissuer = \"two\"\nalgorithm = \"HS256\"\nsecret = \"{LONG}x\"\nkey_id = \"b\"\n"
    );
    let env = [
        ("ARTICULA_TOKENS_ISSUERS", "bogota"),
        ("ARTICULA_ISSUER_BOGOTA_ISSUER", "three"),
        ("ARTICULA_ISSUER_BOGOTA_AUDIENCE", "elsewhere"),
        ("ARTICULA_ISSUER_BOGOTA_JWKS_URL", "http://localhost:8081/jwks"),
        ("ARTICULA_ISSUER_OLD_KEY_ID", "z"),
    ];
    let issuers = load(&env, &file).expect("good").tokens.issuers;
    let said: Vec<_> = issuers.iter().map(|one| (one.name.as_str(), one.audience.as_str(), one.keys.len())).collect();
    assert_eq!(said, [("one", "articula", 0), ("three", "elsewhere", 0), ("two", "articula", 2)]);
    assert_eq!(issuers[1].jwks_url.as_ref().map(ToString::to_string).as_deref(), Some("http://localhost:8081/jwks"));
    assert_eq!(issuers[2].keys[0].id.as_deref(), Some("z"), "the environment speaks of the file's sections too");
    for name in ["ARTICULA_ISSUER_BOGOTA_JWKS_URL", "ARTICULA_ISSUER_A_B_KEY_ID", "ARTICULA_TOKENS_JWKS_URL"] {
        assert!(knows_variable(name), "{name}");
    }
    for name in ["ARTICULA_ISSUER_JWKS_URL", "ARTICULA_ISSUER_BOGOTA_URL", "ARTICULA_ISSUER_BOGOTA_JWKSURL"] {
        assert!(!knows_variable(name), "{name}");
    }
}

#[test]
fn issuers_are_whole_or_refused() {
    let key = |id: &str| format!("issuer = \"one\"\nalgorithm = \"HS256\"\nsecret = \"{LONG}\"\n{id}");
    let url = |url: &str| format!("[issuer.a]\nissuer = \"one\"\njwks_url = \"{url}\"");
    for (file, words) in [
        (url("http://identity.gov.co/jwks"), ["issuer.a.jwks_url", "https://"]),
        (url("ftp://identity.gov.co/jwks"), ["issuer.a.jwks_url", "https://"]),
        (url("http://localhost.evil.com/jwks"), ["issuer.a.jwks_url", "https://"]),
        (url("file:///etc/passwd"), ["issuer.a.jwks_url", "https://"]),
        (url("identity.gov.co"), ["issuer.a.jwks_url", "not an address"]),
        (url("https://ana:sesamo@identity.gov.co/jwks"), ["issuer.a.jwks_url", "need none"]),
        ("[issuer.a]\nissuer = \"one\"".into(), ["issuer.a.algorithm is not set", "ARTICULA_ISSUER_A_ALGORITHM"]),
        ("[issuer.a]\njwks_url = \"https://a.co/\"".into(), ["issuer.a.issuer is not set", "ARTICULA_ISSUER_A_ISSUER"]),
        ("[tokens]\njwks_url = \"https://a.co/\"".into(), ["tokens.issuer is not set", "ARTICULA_TOKENS_ISSUER"]),
        (
            format!("[issuer.a]\n{}\n[issuer.b]\n{}", key("key_id = \"1\""), key("")),
            ["issuer.b.key_id is not set", "two keys"],
        ),
        (format!("[issuer.a]\n{}\n[issuer.b]\n{}", key(""), key("audience = \"x\"")), ["issuer.b.audience", "same"]),
        (
            format!("{}\n{}", url("https://a.co/"), url("https://b.co/").replace("issuer.a", "issuer.b")),
            ["issuer.b.jwks_url", "second"],
        ),
    ] {
        let text = fault(&[], &file);
        for word in words {
            assert!(text.contains(word), "{file:?} said {text:?}, without {word:?}");
        }
        assert!(!text.contains("sesamo"), "{text}");
    }
}

#[test]
fn secrets_are_never_shown() {
    let file = format!(
        "[tokens]\nalgorithm = \"HS256\"\nsecret = \"{LONG}\"\nissuer = \"me\"\n[database]\nurl = \"postgres://u:hunter2@h/d\""
    );
    let config = load(&[], &file).expect("good");
    let issuer = config.tokens.issuers.first().expect("an issuer");
    assert_eq!((issuer.name.as_str(), issuer.audience.as_str()), ("me", "articula"));
    assert_eq!(issuer.keys[0].material, KeyMaterial::Shared(Secret::new(LONG)));
    for shown in [format!("{config:?}"), format!("{config:#?}"), Secret::new(LONG).to_string()] {
        assert!(!shown.contains(LONG) && !shown.contains("hunter2"), "{shown}");
    }
    for broken in [
        format!("[tokens]\nsecret = {LONG}"),
        format!("[tokens]\nsecret = \"{LONG}"),
        format!("[tokens]\nsecret = [\"{LONG}\"]"),
    ] {
        let fault = load(&[], &broken).expect_err("a fault");
        assert!(!format!("{fault} {fault:?}").contains(LONG), "{fault:?}");
    }
}

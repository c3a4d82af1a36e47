use proptest::prelude::*;

use super::*;
use crate::organization::rules::cases;

fn code_of(check: Option<Violation>) -> Option<&'static str> {
    check.map(|violation| violation.code)
}

#[test]
fn text_has_its_limits_in_characters() {
    assert_eq!(name(&"ñ".repeat(200)), None);
    assert_eq!(code_of(name(&"ñ".repeat(201))), Some(code::TOO_LONG));
    assert_eq!(code_of(name(" \t")), Some(code::REQUIRED));
    assert_eq!(code_of(name("Calidad\nCobertura")), Some(code::MALFORMED));
    assert_eq!(note(""), None);
    assert_eq!(note(&"á\n".repeat(2_000)), None);
    assert_eq!(note(&"a".repeat(4_001)), Some(Violation::new(code::TOO_LONG).with("limit", 4_000)));
    assert_eq!(code_of(reason(None)), Some(code::REASON_REQUIRED));
    assert_eq!(code_of(reason(Some("  "))), Some(code::REASON_REQUIRED));
    assert_eq!(reason(Some("Fallo del Tribunal")), None);
}

#[test]
fn a_name_hides_nothing() {
    let hidden =
        (0x200B..=0x200F).chain(0x2028..=0x202E).chain(0x2060..=0x2069).chain([0x0, 0x7F, 0x85, 0x61C, 0xFEFF]);
    for c in hidden.filter_map(char::from_u32) {
        assert_eq!(code_of(name(&format!("Cali{c}dad"))), Some(code::MALFORMED), "{:?}", c);
    }
    for good in ["Niñez – Ámbito «A»", "Educación No. 5 · 2°", "Wayúu ʼ Nasa Yuwe", "教育", "a\u{00A0}b"] {
        assert_eq!(name(good), None, "{good}");
    }
}

#[test]
fn a_wrong_function_is_named_by_its_index() {
    assert_eq!(functions(&["Dirigir", "Evaluar"]), []);
    let wrong = functions(&["Dirigir".to_owned(), String::new(), "x".repeat(2_001)]);
    assert_eq!(wrong[0], Violation::new(code::REQUIRED).under(["1"]));
    assert_eq!(wrong[1], Violation::new(code::TOO_LONG).with("limit", 2_000).under(["2"]));
    assert_eq!(functions(&["x"; 60]), []);
    assert_eq!(functions(&["x"; 61]), [Violation::new(code::TOO_LONG).with("limit", 60)]);
}

#[test]
fn a_unit_code_is_plain() {
    for good in ["1", "SED-100.2", "ABCDEFGHIJ0123456789"] {
        assert_eq!(unit_code(good), None, "{good}");
    }
    for bad in ["sed", "A B", "Ñ1", "A_1", "١"] {
        assert_eq!(code_of(unit_code(bad)), Some(code::MALFORMED), "{bad}");
    }
    assert_eq!(code_of(unit_code("")), Some(code::REQUIRED));
    assert_eq!(code_of(unit_code(&"A".repeat(21))), Some(code::TOO_LONG));
}

#[test]
fn a_nit_is_checked_as_the_dian_does() {
    // Ministerio de Educación Nacional, Bogotá D. C., Departamento de Antioquia, Ecopetrol, Bancolombia.
    for good in ["899999001-7", "899999061-9", "890900286-0", "899999068-1", "890903938-8", "899999001", "1020304050"] {
        assert_eq!(tax_id(good), None, "{good}");
    }
    for bad in ["", "89999900-1", "899999001-", "899999001-77", "899.999.001-7", "89999900a-7", "12345678901", "-7"] {
        assert_eq!(code_of(tax_id(bad)), Some(code::MALFORMED), "{bad}");
    }
    let wrong = tax_id("899999001-8").expect("another digit");
    assert_eq!(wrong.params, [("expected", "899999001-7".to_owned())]);
}

#[test]
fn references_are_well_formed() {
    for good in [
        "https://sed.gov.co/actos/045.pdf?v=1#p2",
        "http://localhost:80",
        "HTTPS://X.CO",
        "urn:lex:co:decreto:2015;1075",
    ] {
        assert_eq!(uri(good), None, "{good}");
    }
    for bad in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://x.co",
        "data:text/html,x",
        "sed.gov.co",
        "https:/x.co",
        "https://",
        "https:///x",
        "https://sed.gov.co@malo.co/",
        "https://x.co/a b",
        "https://x.co/<b>",
        "urn:lex",
        "urn::x",
        "urn:x:y",
        "https://x.co/ñ",
    ] {
        assert_eq!(code_of(uri(bad)), Some(code::MALFORMED), "{bad}");
    }
    assert_eq!(code_of(uri("")), Some(code::REQUIRED));
    assert_eq!(code_of(uri(&format!("https://x.co/{}", "a".repeat(2_000)))), Some(code::TOO_LONG));

    assert_eq!(media_type("application/pdf"), None);
    assert_eq!(media_type("application/vnd.openxmlformats-officedocument.wordprocessingml.document"), None);
    for bad in ["", "pdf", "application/", "/pdf", "text/html; charset=utf-8", "a/b/c", "text/ht ml", ".a/b"] {
        assert_eq!(code_of(media_type(bad)), Some(code::MALFORMED), "{bad}");
    }

    assert_eq!(sha256(&"0aF9".repeat(16)), None);
    assert_eq!(code_of(sha256(&"0aF9".repeat(15))), Some(code::MALFORMED));
    assert_eq!(code_of(sha256(&"g".repeat(64))), Some(code::MALFORMED));

    assert_eq!(grade("07"), None);
    for bad in ["7", "007", "0a", "00", ""] {
        assert_eq!(code_of(grade(bad)), Some(code::MALFORMED), "{bad}");
    }
}

#[test]
fn checks_are_gathered_under_their_fields() {
    let found = gather([("name", name("")), ("code", unit_code("A")), ("note", note("x"))]);
    assert_eq!(found, [Violation::new(code::REQUIRED).under(["name"])]);
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_nit_accepts_exactly_one_check_digit(number in "[0-9]{9,10}") {
        let accepted = (0..10).filter(|digit| tax_id(&format!("{number}-{digit}")).is_none()).count();
        prop_assert_eq!(accepted, 1);
    }

    #[test]
    fn one_changed_digit_is_noticed(number in "[0-9]{9}", at in 0usize..9, change in 1u8..10) {
        // The weights are prime to 11, so the weighted sums differ; only the rests 1 and 10 share the digit 1.
        let mut changed = number.clone().into_bytes();
        changed[at] = b'0' + (changed[at] - b'0' + change) % 10;
        let changed = String::from_utf8(changed).expect("digits");
        if nit_check_digit(&number) != 1 {
            prop_assert_ne!(nit_check_digit(&number), nit_check_digit(&changed));
        }
    }

    #[test]
    fn no_text_makes_a_check_panic(text in ".{0,80}") {
        let _ = (name(&text), unit_code(&text), tax_id(&text), uri(&text), media_type(&text), sha256(&text), grade(&text));
    }
}

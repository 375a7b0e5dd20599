//! What is taken for a name, a text, an address, and an id.

use super::ChangeFault;
use super::input::{Checks, free_id, slug};

#[track_caller]
fn check_email(address: &str, right: bool) {
    let mut checks = Checks::default();
    checks.email(&["email"], address);
    assert_eq!(checks.finish().is_ok(), right, "{address}");
}

#[test]
fn an_address_is_judged_by_its_syntax() {
    for right in ["a@example.org", "first.last+tag@sub.example.co.uk", "o'hara@example.org", " spaced@example.org "] {
        check_email(right, true);
    }
    let long = format!("{}@example.org", "x".repeat(65));
    for wrong in
        ["", "a", "a@", "@example.org", "a@example", "a b@example.org", "a@[127.0.0.1]", "A <a@example.org>", &long]
    {
        check_email(wrong, false);
    }
    check_email("a@example.org\u{202e}", false);
    check_email("a@example.org\r\nBcc: b@example.org", false);
}

#[track_caller]
fn check_slug(name: &str, expected: Option<&str>) {
    assert_eq!(slug(name).as_deref(), expected, "{name}");
}

#[test]
fn a_name_becomes_part_of_an_id() {
    check_slug("Testhausen", Some("testhausen"));
    check_slug("Łódź – Miasto", Some("lodz-miasto"));
    check_slug("Миколаїв", Some("mykolaiv"));
    check_slug("  --- ", None);
    check_slug("北京", None);
    assert!(slug(&"long ".repeat(100)).unwrap().len() <= 60);
}

#[test]
fn an_id_that_is_taken_gets_a_number() {
    let taken = ["member:lviv", "member:lviv-2"];
    assert_eq!(free_id("member", "lviv", |id| taken.contains(&id)), "member:lviv-3");
    assert_eq!(free_id("member", "kyiv", |id| taken.contains(&id)), "member:kyiv");
}

#[test]
fn texts_are_kept_as_they_are_but_for_their_edges() {
    let mut checks = Checks::default();
    assert_eq!(checks.line(&["a"], "  Cafe\u{301} & <b>  "), "Café & <b>");
    assert_eq!(checks.prose(&["b"], "one\r\ntwo"), "one\ntwo");
    assert_eq!(checks.optional_line(&["c"], Some("   ")), None);
    assert!(checks.finish().is_ok());
}

#[test]
fn web_addresses_carry_no_user_and_no_other_scheme() {
    for wrong in ["javascript:alert(1)", "ftp://example.org", "http://user:pass@example.org", "example.org", "http://"]
    {
        let mut checks = Checks::default();
        checks.address(&["website"], Some(wrong));
        assert!(matches!(checks.finish(), Err(ChangeFault::Input(_))), "{wrong}");
    }
}

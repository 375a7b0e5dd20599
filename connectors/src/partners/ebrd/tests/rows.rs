//! Rows of the list that surprise.

use super::*;

#[track_caller]
fn check(row: &str, expected: &str) {
    let seen = match read(row.as_bytes()) {
        Err(row) => row.reason,
        Ok(row) => match map::standing(&row, &[CountryCode::UA]) {
            Standing::Wanted(listed) => format!("{} {:?}", listed.id, listed.countries),
            Standing::Elsewhere => "elsewhere".to_owned(),
            Standing::UnknownCountry(name) => format!("unknown {name}"),
            Standing::Unreadable(reason) => reason.to_owned(),
        },
    };
    assert_eq!(seen, expected, "{row}");
}

#[test]
fn the_country_decides_first() {
    check(ROW, "99001 [UA]");
    check("Town,,UKRAINE,99001,,,", "99001 [UA]");
    check("Town,,\"Moldova, Ukraine\",99001,,,", "99001 [MD, UA]");
    check("Town,,Moldova,99001,,,", "elsewhere");
    check("Town,,Moldova,,,,", "elsewhere");
    check("Town,,Regional,99001,,,", "elsewhere");
    check("Town,,Atlantis,99001,,,", "unknown Atlantis");
    check("Town,,,99001,,,", "The row has no country.");
    check("Town,,Ukraine, ,,,", "The row has no project id.");
}

#[test]
fn commas_inside_quotes_shift_nothing_and_outside_they_have_no_reading() {
    let row = "\"Town, Water\",\"Telecommunications, Media and Technology\",Ukraine,99001,,,";
    let project = mapped(row, "");
    assert_eq!(project.titles[0].text, "Town, Water");
    assert_eq!(project.sectors[0].label, "Telecommunications, Media and Technology");
    check("Town, Water,Transport,Ukraine,99001,Signed,,", "The row has 8 fields where 7 are due.");
    check("Town,Transport,Ukraine,99001", "The row has 4 fields where 7 are due.");
}

#[test]
fn utf8_under_a_latin_1_header_is_utf8_and_another_encoding_is_flagged() {
    let project = mapped("Côte «Київ»,,Ukraine,1,,,", "");
    assert_eq!(project.titles[0].text, "Côte «Київ»");
    assert!(!codes_of(&project).contains(&codes::ENCODING_GUESSED));
    let listed = listed(b"C\xf4te,,Ukraine,1,,,");
    let project = map::project(&listed, &Detail::Read(Page::read(b"", "")), DateTime::UNIX_EPOCH);
    assert_eq!(project.titles[0].text, "Côte");
    assert!(codes_of(&project).contains(&codes::ENCODING_GUESSED));
}

#[track_caller]
fn check_link(link: &str, path: &str, url: Option<&str>) {
    for id in ["99001", "authored-town"] {
        let listed = listed(format!("Town,,Ukraine,{id},,,{link}").as_bytes());
        let project = map::project(&listed, &Detail::Read(Page::read(b"", "")), DateTime::UNIX_EPOCH);
        let public = url.map(|url| url.replace("ID", id)).filter(|_| !link.is_empty() || id == "99001");
        assert_eq!(map::page_path(&listed), path.replace("ID", id));
        assert_eq!(project.provenance.url, public);
    }
}

#[test]
fn the_page_is_the_one_that_the_row_links_to_on_the_banks_site() {
    let (default, public) =
        ("home/work-with-us/projects/psd/ID.html", "https://www.ebrd.com/home/work-with-us/projects/psd/ID.html");
    check_link("", default, Some(public));
    check_link("https://www.ebrd.com/psd/town.html", "/psd/town.html", Some("https://www.ebrd.com/psd/town.html"));
    check_link("/psd/town.html", "/psd/town.html", Some("https://www.ebrd.com/psd/town.html"));
    let old = "https://www.ebrd.com/sites/Satellite?c=Content&cid=1";
    check_link(old, "/sites/Satellite?c=Content&cid=1", Some(old));
    for elsewhere in ["https://example.org/psd/1.html", "javascript:alert(1)", "https://www.ebrd.com/"] {
        assert_eq!(
            map::page_path(&listed(format!("T,,Ukraine,9,,,{elsewhere}").as_bytes())),
            default.replace("ID", "9")
        );
    }
}

#[track_caller]
fn check_status(words: [&str; 2], status: ProjectStatus, native: Option<&str>, unknown: usize) {
    let project = mapped(&format!("Town,,Ukraine,99001,{},,", words[0]), &page(&[("Status", words[1])]));
    let issues = codes_of(&project).iter().filter(|code| **code == codes::UNKNOWN_STATUS).count();
    assert_eq!((project.status, project.status_native.as_deref(), issues), (status, native, unknown), "{words:?}");
}

#[test]
fn the_lists_word_comes_first() {
    check_status(["Passed Final Review", "Signed"], ProjectStatus::Pipeline, Some("Passed Final Review"), 0);
    check_status(["", "Board  approved"], ProjectStatus::Approved, Some("Board approved"), 0);
    check_status(["Project Cancelled", ""], ProjectStatus::Cancelled, Some("Project Cancelled"), 0);
    check_status(["REPAYING", "Complete"], ProjectStatus::Implementing, Some("REPAYING"), 0);
    check_status(["Dormant", "Signed"], ProjectStatus::Signed, Some("Dormant"), 1);
    check_status(["", ""], ProjectStatus::Unknown, None, 0);
}

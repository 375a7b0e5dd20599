//! Project pages that surprise.

use super::*;

const OLD: &str = "<h1>Town Water</h1><ul><li><b>Location:</b> Ukraine</li><li>Project number: 99001</li>\
    <li>Business sector: Energy</li><li>Approval date: 3 Jun 2020</li></ul><h2>Project Description</h2><p>One.</p>\
    <p>Two.</p><h2>Transition Impact</h2><p>ETI score: 70</p><h2>Client Information</h2><p>CITY OF TOWN</p>\
    <p>A city.</p><h2>EBRD Finance Summary</h2><p>EUR&nbsp;20,000,000.00</p><p>A senior loan.</p>";

#[test]
fn the_old_layout_is_read_by_its_labels() {
    let project = mapped("Town Water,,Ukraine,99001,,,", OLD);
    assert_eq!(project.descriptions[0].text, "One.\n\nTwo.");
    assert_eq!(project.sectors[0].label, "Energy");
    assert_eq!(project.approved_on, Some(PartialDate::parse("2020-06-03").unwrap()));
    let [client] = project.organisations.as_slice() else { panic!("{:?}", project.organisations) };
    assert_eq!((client.role, client.name.as_str()), (OrganisationRole::Borrower, "CITY OF TOWN"));
    assert_eq!(project.amounts.iter().map(printed).collect::<Vec<_>>(), ["20000000 EUR Approved 2020-06-03"]);
    assert_eq!((project.locations.len(), project.amount_native.clone()), (0, None));
    let raw = "Town Water,,Ukraine,99001,,,\n\nLocation: Ukraine\nProject number: 99001\nBusiness sector: Energy\n\
        Approval date: 3 Jun 2020\nProject Description: One.\nProject Description: Two.\n\
        Client Information: CITY OF TOWN\nEBRD Finance Summary: EUR 20,000,000.00\n";
    assert_eq!(project.provenance.raw, raw);
}

#[track_caller]
fn check_amounts(status: &str, parts: &[(&str, &str)], amounts: &[&str], native: Option<&str>) {
    let project = mapped(&format!("Town,,Ukraine,99001,{status},,"), &page(parts));
    assert_eq!(project.amounts.iter().map(printed).collect::<Vec<_>>(), amounts);
    assert_eq!(project.amount_native.as_deref(), native);
    let prose = native.map_or(0, |native| native.lines().count());
    let issues = project.issues.iter().filter(|issue| issue.code == codes::AMOUNT_NOT_NUMERIC);
    assert_eq!(issues.count(), prose);
}

#[test]
fn the_summary_is_approved_once_decided_and_planned_before() {
    let finance = ("EBRD Finance Summary", "EUR 20,000,000.00");
    let approval = ("Approval Date", "26 May 2026");
    check_amounts("Signed", &[finance], &["20000000 EUR Approved undated"], None);
    check_amounts("Repaying", &[finance, approval], &["20000000 EUR Approved 2026-05-26"], None);
    check_amounts("", &[finance, approval], &["20000000 EUR Approved 2026-05-26"], None);
    check_amounts("Concept Review", &[finance], &["20000000 EUR Planned undated"], None);
    check_amounts("", &[finance, ("Target board date", "26 May 2026")], &["20000000 EUR Planned undated"], None);
    let total = ("Total project cost", "USD&nbsp;83,100,000.00");
    check_amounts("", &[finance, total], &["20000000 EUR Planned undated", "83100000 USD TotalCost undated"], None);
}

#[test]
fn prose_is_kept_as_text_and_gives_no_number() {
    let prose = "Up to EUR 25 million consisting of two tranches";
    check_amounts("Signed", &[("EBRD Finance Summary", prose)], &[], Some(prose));
    check_amounts("", &[("EBRD Finance Summary", "20,000,000.00")], &[], Some("20,000,000.00"));
    let parts = [("EBRD Finance Summary", "EUR 1.00"), ("Total project cost", "Not applicable.")];
    check_amounts("", &parts, &["1 EUR Planned undated"], Some("Total Project Cost: Not applicable."));
}

#[track_caller]
fn check_date(text: &str, expected: Option<&str>) {
    let project = mapped(ROW, &page(&[("Approval Date", text)]));
    assert_eq!(project.approved_on.map(|date| date.to_string()).as_deref(), expected);
    assert_eq!(codes_of(&project).contains(&codes::UNREADABLE_DATE), expected.is_none());
}

#[test]
fn an_approval_date_is_as_exact_as_printed() {
    check_date("29 Nov 2017", Some("2017-11-29"));
    check_date("December 2025", Some("2025-12"));
    check_date("to be confirmed", None);
}

#[test]
fn a_location_is_a_place_only_where_it_says_more_than_the_country() {
    let locations = |text| mapped(ROW, &page(&[("Location", text)])).locations;
    assert_eq!(locations("Ukraine"), []);
    assert_eq!(locations("Regional"), []);
    assert_eq!(locations("Lviv, Ukraine"), [PublishedLocation::Name("Lviv, Ukraine".to_owned())]);
}

#[track_caller]
fn check_persons(contact: &str) {
    let html = page(&[("Location", "Ukraine"), ("Project Description", "Pipes.")]) + contact;
    let project = mapped(ROW, &html);
    let record = serde_json::to_string(&project).unwrap();
    for word in ["Jane", "Exemplar", "example.org", "7338", "Square"] {
        assert!(!record.contains(word), "{word} stands in {record}");
    }
    assert_eq!(project.descriptions[0].text, "Pipes.");
}

#[test]
fn nothing_about_a_person_is_kept() {
    let person = "<p>Jane Exemplar</p><p>jane@example.org</p><p>+44 20 7338 6000</p><p>One Square</p>";
    check_persons(&format!("<div><h6>Company Contact Information</h6></div>{person}"));
    check_persons(&format!("<p><strong>Company Contact Information</strong> Jane Exemplar</p>{person}"));
    check_persons(&format!("<p>Contact: Jane Exemplar</p>{person}"));
    check_persons(&format!("<h3>Your contacts at the company</h3>{person}<h6>Client</h6><p>Jane Exemplar</p>"));
    check_persons(&format!("<h3>Another heading</h3>{person}"));
    check_persons(&format!("<p>People</p>{person}"));
    check_persons("<h6>Client</h6><p>Jane Exemplar, tel. 7338 6000</p>");
    check_persons("<h6>Total project cost</h6><p>n/a</p><p>Jane Exemplar</p><h6>Client</h6><p>jane@example.org</p>");
}

#[test]
fn amounts_are_not_taken_for_telephone_numbers() {
    let text = "A hotel. EUR 15,000,000.00 +10,000,000,000 and +5 000 000";
    let project = mapped(ROW, &page(&[("Project Description", text)]));
    assert_eq!(project.descriptions[0].text, text);
}

#[test]
fn prose_about_the_client_is_no_name() {
    let prose = "The client is a company that runs the water works of the town and of the villages around it, and \
                 has done so for a long time.";
    assert_eq!(mapped(ROW, &page(&[("Client Information", prose)])).organisations, []);
}

//! Every rule, by a file that breaks it.

use super::*;

#[test]
fn files_of_the_wrong_name_or_folder_are_refused() {
    check_refused("member/a.toml", member(MEMBER), &["folders are members, partnerships"]);
    check_refused("members/a.txt", member(MEMBER), &["<folder>/<name>.toml"]);
    check_refused("members/more/a.toml", member(MEMBER), &["file name"]);
    check_refused("members/A b.toml", member(MEMBER), &["file name", "`A b`"]);
    check_refused("members/a--b.toml", member(MEMBER), &["file name"]);
    check_refused("principles/first.toml", member("text = 'a'\nthemes = []\n"), &["not a number"]);
    check_refused("calls/0.toml", member("text = 'a'\nthemes = []\n"), &["not a number"]);
    check_refused("events/2024-05-09-meeting.toml", member(EVENT), &["`starts_on`", "`2024-05-08-`"]);
}

#[test]
fn unknown_and_missing_keys_are_named() {
    check_refused(
        "members/a.toml",
        member(&format!("colour = 'red'\n{MEMBER}")),
        &["unknown field `colour`", "line 1"],
    );
    check_refused("members/a.toml", member(&format!("id = 'member:b'\n{MEMBER}")), &["unknown field `id`"]);
    check_refused("members/a.toml", member("kind = 'CITY'\nnames = { en = 'A' }\n"), &["missing field `role`"]);
    let party = format!("{PARTIES}colour = 'red'\n");
    check_refused("partnerships/a-b-fr.toml", partnership(PARTNERSHIP, &party), &["unknown field `colour`"]);
    check_refused("events/2024-05-08-a.toml", format!("{EVENT}{SOURCE}colour = 1\n"), &["unknown field `colour`"]);
    check_refused("calls/1.toml", member("text = 'a'\nthemes = []\nnumber = 1\n"), &["unknown field `number`"]);
}

#[test]
fn words_outside_the_lists_are_refused_with_the_known_ones() {
    check_refused("members/a.toml", member(&MEMBER.replace("CITY", "TOWN")), &["`TOWN`", "`MUNICIPALITY`"]);
    check_refused("members/a.toml", member(MEMBER).replace("high", "sure"), &["`sure`", "`medium`"]);
    let ended = PARTNERSHIP.replace("ACTIVE", "OVER");
    check_refused("partnerships/a-b-fr.toml", partnership(&ended, PARTIES), &["`OVER`", "`PROPOSED`"]);
    check_refused("principles/1.toml", member("text = 'a'\nthemes = ['PEACE']\n"), &["`PEACE`", "`GOVERNANCE`"]);
}

#[test]
fn empty_texts_and_names_are_refused() {
    check_refused("members/a.toml", member(&MEMBER.replace("Gdańsk", " ")), &["`names.en`", "empty"]);
    check_refused("members/a.toml", member(&MEMBER.replace("{ en = 'Gdańsk' }", "{}")), &["`names`"]);
    check_refused("members/a.toml", member(&MEMBER.replace("en =", "EN =")), &["`names.EN`", "language tag"]);
    check_refused("members/a.toml", member(&format!("note = ''\n{MEMBER}")), &["`note`"]);
    check_refused("events/2024-05-08-a.toml", member(&EVENT.replace("A meeting", "")), &["`title`"]);
    check_refused("calls/1.toml", member("text = ''\nthemes = []\n"), &["`text`"]);
    let nameless = PARTIES.replace("'B'", "''");
    check_refused("partnerships/a-b-fr.toml", partnership(PARTNERSHIP, &nameless), &["`parties[1].name`"]);
}

#[test]
fn dates_exist_and_are_in_order() {
    check_refused("members/a.toml", member(&format!("joined_on = '2024-02-30'\n{MEMBER}")), &["2024-02-30", "line 1"]);
    check_refused("events/2024-05-08-a.toml", member(&format!("ends_on = '2024-05-07'\n{EVENT}")), &["`ends_on`"]);
    let ended = format!("started_on = '2023-06'\nended_on = '2023-05-31'\n{PARTNERSHIP}");
    check_refused("partnerships/a-b-fr.toml", partnership(&ended, PARTIES), &["`ended_on`", "before 2023-06"]);
    let early = format!("started_on = '2025'\n{PARTNERSHIP}");
    check_refused("partnerships/a-b-fr.toml", partnership(&early, PARTIES), &["`as_of`"]);
    let both = format!("ended_on = '2023'\n{PARTNERSHIP}");
    check_refused("partnerships/a-b-fr.toml", partnership(&both, PARTIES), &["`state`", "ACTIVE"]);
}

#[test]
fn places_have_a_known_form_and_agree_with_the_country() {
    check_refused("members/a.toml", member(&MEMBER.replace("PL633", "Gdańsk")), &["`place`", "`Gdańsk`", "KATOTTG"]);
    check_refused("members/a.toml", member(&MEMBER.replace("PL633", "DE600")), &["`place`", "DE", "PL"]);
    check_refused("events/2024-05-08-a.toml", member(&format!("place = 'UA80'\n{EVENT}")), &["`place`"]);
    let short = PARTIES.replace("UA80000000000093317", "UA8");
    check_refused("partnerships/a-b-fr.toml", partnership(PARTNERSHIP, &short), &["`parties[0].place`"]);
}

#[test]
fn addresses_are_absolute() {
    check_refused("members/a.toml", member(&format!("website = 'gdansk.pl'\n{MEMBER}")), &["`website`", "gdansk.pl"]);
    check_refused("members/a.toml", member(MEMBER).replace("https:", "ftp:"), &["`sources[0].url`"]);
    check_refused("events/2024-05-08-a.toml", member(&format!("url = '/a'\n{EVENT}")), &["`url`"]);
}

#[test]
fn every_record_rests_on_a_dated_source() {
    check_refused("members/a.toml", format!("sources = []\n{MEMBER}"), &["`sources`"]);
    check_refused("members/a.toml", MEMBER.to_owned(), &["missing field `sources`"]);
    check_refused(
        "members/a.toml",
        member(MEMBER).replace("published_on = '2024'\n", ""),
        &["`sources[0]`", "read_on"],
    );
    check_refused("members/a.toml", member(MEMBER).replace("so it is", ""), &["`sources[0].says`"]);
}

#[test]
fn the_number_of_parties_fits_the_kind() {
    let path = "partnerships/a-b-fr.toml";
    let one = "[[parties]]\nname = 'A'\n";
    check_refused(path, partnership(PARTNERSHIP, one), &["`parties`", "two", "not 1"]);
    check_refused(path, partnership(PARTNERSHIP, &one.repeat(3)), &["`parties`", "not 3"]);
    let cluster = PARTNERSHIP.replace("TWINNING", "CLUSTER");
    check_refused(path, partnership(&cluster, &one.repeat(2)), &["`parties`", "cluster", "not 2"]);
    assert!(read(&[(path, partnership(&cluster, &one.repeat(4)))]).is_ok());
}

#[test]
fn a_party_refers_to_a_member_that_there_is() {
    let named = PARTIES.replace("name = 'B'", "name = 'B'\nmember = 'member:b'");
    let path = "partnerships/a-b-fr.toml";
    check_refused(path, partnership(PARTNERSHIP, &named), &["`parties[1].member`", "`member:b`"]);
    let records = read(&[(path, partnership(PARTNERSHIP, &named)), ("members/b.toml", member(MEMBER))]).unwrap();
    assert_eq!(records.partnerships_of("member:b"), [0]);
    assert_eq!(records.partnerships_of("member:c"), [0; 0]);
}

#[test]
fn two_files_cannot_give_one_record() {
    let text = member("text = 'a'\nthemes = []\n");
    let error = read(&[("calls/1.toml", text.clone()), ("calls/01.toml", text)]).unwrap_err();
    assert_eq!(error.to_string(), "seed/calls: two files give the record `call:1`");
}

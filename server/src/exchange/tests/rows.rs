//! What becomes of a row.

use super::*;
use crate::records::{MemberRole, PartnershipState};

#[test]
fn a_new_pair_is_added_with_an_id_of_its_names() {
    check_row(&row("Lviv,UA,,Gdańsk,PL,PL633", "2026"), "2 added partnership:lviv-gdansk-pl");
    let judged = judged_rows(&[row("Львів,UA,,Gdańsk,,PL633", "")]);
    let record = &judged.written[0];
    assert_eq!(record.id, "partnership:lviv-gdansk-pl");
    assert_eq!(record.parties[0].place.as_deref(), Some("UA46060250010015970"));
    assert_eq!(record.parties[1].country.unwrap().as_str(), "PL");
    assert_eq!(String::from(record.as_of), "2026-11-01", "the source's date, where no other is stated");
}

#[test]
fn a_known_pair_is_found_in_either_order_and_by_a_longer_name() {
    let known = "2 changed partnership:chernivtsi-klagenfurt-am-worthersee-at: ";
    for parties in
        ["Chernivtsi,UA,UA73060610010033137,Klagenfurt,AT,AT211", "KLAGENFURT AM WORTHERSEE,AT,,Чернівці,UA,"]
    {
        let told = told(&judged_rows(&[row(parties, "2026-11")]).verdicts[0]);
        assert!(told.starts_with(known), "{told}");
        assert!(told.contains("as_of: \"2016-09-12\" -> \"2026-11\"; "), "{told}");
        assert!(told.contains("state: \"UNKNOWN\" -> \"ACTIVE\""), "{told}");
        assert!(!told.contains("parties"), "{told}");
    }
    let record = &judged_rows(&[row("Chernivtsi,UA,,Klagenfurt,AT,AT211", "2026-11")]).written[0];
    let sources: Vec<_> = record.sources.iter().map(|source| source.title.as_str()).collect();
    assert_eq!((sources[0], sources.len()), ("A register", 2), "the new source leads, the old one stays");
}

#[test]
fn a_code_settles_which_place_a_known_record_meant() {
    let told = told(&judged_rows(&[row("Horodok,UA,UA46060070010047335,Strzyżów,PL,", "2026")]).verdicts[0]);
    assert!(told.starts_with("2 changed partnership:horodok-strzyzow-pl: "), "{told}");
    assert!(told.contains("parties[0].place: nothing -> \"UA46060070010047335\""), "{told}");
    assert!(told.contains("sources: 1 entries -> 2 entries"), "{told}");
}

#[test]
fn an_older_row_changes_nothing() {
    check_row(
        &row("Kyiv,UA,,Paris,FR,FR101", "2017"),
        "2 kept partnership:kyiv-paris-fr: the record is of 2022, the row of 2017",
    );
}

#[test]
fn an_ambiguous_name_is_refused_with_the_candidates() {
    let told = told(&judged_rows(&[row("Horodok,UA,,Gdańsk,PL,PL633", "2026")]).verdicts[0]);
    assert!(told.starts_with("2 refused -: `party_1_name`: `Horodok` can be "), "{told}");
    assert!(told.contains("Lviv Oblast") && told.contains("give the code of one"), "{told}");
    let narrowed = row("\"Horodok, Lviv oblast\",UA,,Gdańsk,PL,PL633", "2026");
    check_row(&narrowed, "2 added partnership:horodok-gdansk-pl");
}

#[test]
fn every_reason_names_its_column() {
    check_row(
        "TWINING,ALIVE,Atlantis,UA,,Gdańsk,PL,PL999,soon,A register,,\n",
        "2 refused -: `source_says`: is empty; say in a few words what the source says; `party_1_name`: no place called \
         `Atlantis` is known in UA; give its code; `party_2_place`: there is no place with the code `PL999`; `kind`: \
         unknown variant `TWINING`, expected one of `TWINNING`, `PEER_TO_PEER`, `CLUSTER`, `COOPERATION_AGREEMENT`, \
         `SOLIDARITY`, `LETTER_OF_INTENT`; `state`: unknown variant `ALIVE`, expected one of `PROPOSED`, `ACTIVE`, \
         `ENDED`, `UNKNOWN`; `as_of`: `soon` is not a date; write 2022, 2022-06 or 2022-06-30",
    );
    check_row(",,Lviv,UA,,,,,,,,\n", "2 refused -: `party_2_name`: a partnership has two parties or more");
    check_row(
        ",,Lviv,UA,,Gdańsk,PL,PL633,,,,\n",
        "2 refused partnership:lviv-gdansk-pl: `kind`: is empty, and the partnership is new; `source_title`: is empty, \
         and the partnership is new; name what it rests on; `as_of`: is empty, and so are the dates of the source",
    );
    check_row(
        &row("Lviv,UA,,Gdańsk,DE,PL633", "2026"),
        "2 refused partnership:lviv-gdansk-de: `parties[1].place`: `PL633` lies in PL, but the country says DE",
    );
}

#[test]
fn good_rows_are_taken_beside_bad_ones_and_a_pair_only_once() {
    let rows = [
        row("Lviv,UA,,Gdańsk,PL,PL633", "2026"),
        row("Atlantis,UA,,Gdańsk,PL,PL633", "2026"),
        row("Gdańsk,PL,PL633,Lviv,UA,", "2025"),
        row("Kyiv,UA,,Gdańsk,PL,PL633", "2026"),
    ];
    let judged = judged_rows(&rows);
    let words: Vec<_> =
        judged.verdicts.iter().map(|verdict| told(verdict).split(':').next().unwrap().to_owned()).collect();
    assert_eq!(words, ["2 added partnership", "3 refused -", "4 refused partnership", "5 added partnership"]);
    assert!(told(&judged.verdicts[2]).ends_with("line 2 is about the same record already"));
    assert_eq!(judged.written.len(), 2);
}

#[test]
fn what_was_taken_in_is_the_same_the_next_time() {
    let table = csv_of(&[row("Lviv,UA,,Gdańsk,PL,PL633", "2026"), row("Kyiv,UA,,Paris,FR,FR101", "2026-11")]);
    let first: Judged<Partnership> = judge(&table, &seed());
    let mut set = RecordSet::seed().unwrap();
    for record in first.written {
        set.partnerships.retain(|known| known.id != record.id);
        set.partnerships.push(record);
    }
    let second: Judged<Partnership> = judge(&table, &Records::of(set).unwrap());
    assert!(second.verdicts.iter().all(|verdict| verdict.fate == Fate::Same), "{:?}", second.verdicts);
    assert!(second.written.is_empty());
}

#[test]
fn a_cluster_has_further_parties_and_an_unknown_member_is_refused() {
    let head = "kind,party_1_name,party_1_country,party_2_name,party_2_country,party_3_name,party_3_country,party_3_member,themes,source_title,source_read_on,source_says";
    let table = |member: &str| {
        let row = format!("cluster,Lviv,UA,Gdańsk,PL,Riga,LV,{member},energy; water,A register,2026,so it is");
        Table::read(format!("{head}\n{row}\n").as_bytes(), Format::Csv, PARTNERSHIP_COLUMNS).unwrap()
    };
    let judged: Judged<Partnership> = judge(&table("member:cor"), &seed());
    assert_eq!(told(&judged.verdicts[0]), "2 added partnership:lviv-gdansk-riga-lv");
    assert_eq!((judged.written[0].themes.len(), judged.written[0].state), (2, PartnershipState::Unknown));
    let judged: Judged<Partnership> = judge(&table("member:nobody"), &seed());
    assert!(told(&judged.verdicts[0]).ends_with("`party_3_member`: there is no member `member:nobody`"));
}

#[test]
fn members_are_found_by_any_of_their_names() {
    let read = |text: &str| Table::read(text.as_bytes(), Format::Csv, MEMBER_COLUMNS).unwrap();
    let judged: Judged<Member> = judge(&read("name,role,website\neurocities,core,https://eurocities.eu\n"), &seed());
    let Fate::Changed(differences) = &judged.verdicts[0].fate else { panic!("{:?}", judged.verdicts) };
    assert!(differences.iter().any(|difference| difference.starts_with("role: ")), "{differences:?}");
    assert_eq!((judged.written[0].id.as_str(), judged.written[0].role), ("member:eurocities", MemberRole::Core));
    let new = "name,name_uk,kind,country,place,source_title,source_read_on,source_says\n\
               City of Lviv,Львів,CITY,UA,Lviv,A register,2026,joined\n";
    let judged: Judged<Member> = judge(&read(new), &seed());
    assert_eq!(told(&judged.verdicts[0]), "2 added member:city-of-lviv");
    assert_eq!(judged.written[0].place.as_deref(), Some("UA46060250010015970"));
    assert_eq!(judged.written[0].role, MemberRole::Unknown);
}

#[test]
fn an_id_decides_and_has_the_form_of_one() {
    let table = |id: &str| {
        let head = "id,kind,party_1_name,party_1_country,party_2_name,party_2_country,as_of,source_title,source_read_on,source_says";
        let row = format!("{id},TWINNING,Lviv,UA,Gdansk,PL,2026,A register,2026,so it is");
        Table::read(format!("{head}\n{row}\n").as_bytes(), Format::Csv, PARTNERSHIP_COLUMNS).unwrap()
    };
    let fate = |id: &str| told(&judge::<Partnership>(&table(id), &seed()).verdicts[0]);
    assert_eq!(fate("partnership:our-own"), "2 added partnership:our-own");
    assert!(fate("partnership:kyiv-paris-fr").contains("changed partnership:kyiv-paris-fr"));
    let form = "`id`: `Lviv/Gdansk` is not `partnership:` and small letters, digits and single hyphens";
    assert_eq!(fate("Lviv/Gdansk"), format!("2 refused Lviv/Gdansk: {form}"));
}

#[test]
fn records_given_out_and_taken_in_again_are_the_same() {
    let records = seed();
    for format in [Format::Csv, Format::Json] {
        let text = written_as(records.partnerships(), format);
        let judged: Judged<Partnership> = judge(&Table::read(&text, format, PARTNERSHIP_COLUMNS).unwrap(), &records);
        let differing: Vec<_> = judged.verdicts.iter().filter(|verdict| verdict.fate != Fate::Same).map(told).collect();
        assert_eq!(differing, [""; 0], "{format:?}");
        assert_eq!(judged.verdicts.len(), records.partnerships().len());
        let text = written_as(records.members(), format);
        let judged: Judged<Member> = judge(&Table::read(&text, format, MEMBER_COLUMNS).unwrap(), &records);
        assert!(judged.verdicts.iter().all(|verdict| verdict.fate == Fate::Same), "{:?}", judged.verdicts);
    }
}

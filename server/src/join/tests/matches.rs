//! Which offers fit, in which order, and why.

use super::*;

struct World {
    records: Arc<Records>,
    matches: Matches,
}

impl World {
    fn of(set: RecordSet, projects: Vec<Project>) -> Self {
        let (records, by_place) = world(set);
        let matches = Matches::of(&records, &by_place, &catalogue(projects));
        Self { records, matches }
    }

    /// The best fit of the newest need, with its reasons.
    fn best(&self) -> (f64, Vec<String>) {
        let fit = self.matches.of_need(0)[0];
        (fit.score(), self.matches.reasons(fit))
    }
}

fn set(needs: Vec<Need>, offers: Vec<Offer>, partnerships: Vec<Partnership>) -> RecordSet {
    let members = vec![member("Gdansk", Some("PL633")), member("Network", None), member("Small", Some(SMALL))];
    RecordSet { members, needs, offers, partnerships, ..RecordSet::default() }
}

#[track_caller]
fn check_count(needs: Vec<Need>, offers: Vec<Offer>, expected: usize) {
    let world = World::of(set(needs, offers, Vec::new()), Vec::new());
    let of_needs: usize = (0..world.records.needs().len()).map(|need| world.matches.of_need(need).len()).sum();
    let of_offers: usize = (0..world.records.offers().len()).map(|offer| world.matches.of_offer(offer).len()).sum();
    assert_eq!((of_needs, of_offers), (expected, expected));
}

#[test]
fn only_open_ones_about_one_theme_fit_and_never_a_member_s_own() {
    check_count(vec![need(1, CITY)], vec![offer(1, "member:gdansk"), offer(2, "member:network")], 2);
    check_count(vec![need(1, CITY), need(2, SMALL)], vec![offer(1, "member:gdansk")], 2);
    check_count(vec![Need { theme: Theme::Water, ..need(1, CITY) }], vec![offer(1, "member:gdansk")], 0);
    check_count(vec![Need { state: NeedState::Met, ..need(1, CITY) }], vec![offer(1, "member:gdansk")], 0);
    let matched = Offer { state: OfferState::Matched, ..offer(1, "member:gdansk") };
    check_count(vec![need(1, CITY)], vec![matched], 0);
    let own = Need { member: Some("member:small".to_owned()), ..need(1, SMALL) };
    check_count(vec![own], vec![offer(1, "member:small")], 0);
    assert_eq!(World::of(RecordSet::default(), Vec::new()).matches.of_need(7), []);
}

#[test]
fn what_is_not_known_counts_half_and_is_said() {
    let world = World::of(set(vec![need(1, CITY)], vec![offer(1, "member:network")], Vec::new()), Vec::new());
    // 0.35 + 0.2 + half of 0.15 + 0.8 of 0.15 + 0.15.
    let reasons = [
        "Both are about energy.",
        "Both can work in English.",
        "How many inhabitants the offering member has is not known.",
        "Vinnytska Hromada has no partnership that a source since February 2022 says is in force.",
        "No partner project about energy is known to be located in Vinnytska Hromada.",
    ];
    assert_eq!(world.best(), (0.895, reasons.map(str::to_owned).to_vec()));
}

#[test]
fn languages_partners_and_projects_move_the_score() {
    let strangers = Offer { languages: vec![Language::new("pl").unwrap()], ..offer(1, "member:gdansk") };
    let silent = Offer { languages: Vec::new(), ..offer(2, "member:gdansk") };
    let ties = vec![tie(CITY, "Gdynia", PartnershipState::Active), tie(CITY, "Sopot", PartnershipState::Unknown)];
    let projects = vec![heating("eib:1", CITY), heating("eib:2", HROMADA), heating("ebrd:3", SMALL)];
    let world = World::of(set(vec![need(1, CITY)], vec![strangers, silent], ties), projects);
    let fits = world.matches.of_need(0);
    // The newer offer stands first in the records; the one that states no language fits better.
    assert_eq!(fits.iter().map(|fit| fit.offer).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(fits.iter().map(|fit| fit.score()).collect::<Vec<_>>(), [0.635, 0.535]);
    let reasons = world.matches.reasons(fits[1]);
    assert_eq!(reasons[1], "They state no language in common: the need Ukrainian, English, the offer Polish.");
    assert_eq!(reasons[3], "Vinnytska Hromada has one partnership in force: Gdynia.");
    assert_eq!(reasons[4], "2 partner projects about energy are located in Vinnytska Hromada, of EIB.");
}

#[test]
fn partners_of_old_fit_best() {
    let ties = vec![tie(CITY, "Gdańsk", PartnershipState::Active), tie(CITY, "Sopot", PartnershipState::Active)];
    let mut records = set(vec![need(1, CITY)], vec![offer(1, "member:gdansk")], ties);
    records.members[0].names =
        toml::from_str::<std::collections::BTreeMap<String, crate::records::Names>>("names = { en = 'Gdańsk' }")
            .unwrap()
            .remove("names")
            .unwrap();
    let (score, reasons) = World::of(records, Vec::new()).best();
    assert_eq!(score, 0.925);
    assert_eq!(reasons[3], "Gdańsk and Vinnytska Hromada are partners already since 2023, as of 2024.");
}

#[test]
fn communities_of_a_like_size_fit_better() {
    let needs = |place| set(vec![need(1, place)], vec![offer(1, "member:small")], Vec::new());
    let (like, reasons) = World::of(needs(MIDDLE), Vec::new()).best();
    assert_eq!(reasons[2], "The communities are of a like size: 18446 and 9361 inhabitants.");
    let (unlike, reasons) = World::of(needs(CITY), Vec::new()).best();
    let sentence = "One community has 41 times the inhabitants of the other: 387439 where the need is, 9361 where the \
                    offer is.";
    assert_eq!(reasons[2], sentence);
    assert_eq!((like, unlike), (0.97, 0.82));
}

#[test]
fn equal_fits_stand_by_id_whatever_order_they_came_in() {
    let offers: Vec<_> = (1..=20)
        .map(|number| Offer { published_at: need(1, CITY).published_at, ..offer(number, "member:gdansk") })
        .collect();
    let mut turned = offers.clone();
    turned.reverse();
    let ids = |offers| {
        let world = World::of(set(vec![need(1, CITY)], offers, Vec::new()), Vec::new());
        let fits = world.matches.of_need(0).iter();
        fits.map(|fit| world.records.offers()[fit.offer].id.clone()).collect::<Vec<_>>()
    };
    let found = ids(offers);
    assert!(found.is_sorted() && found.len() == 20);
    assert_eq!(found, ids(turned));
}

#[test]
fn the_weights_add_up_to_one() {
    let sum = weights::THEME + weights::LANGUAGES + weights::SIZE + weights::PARTNERS + weights::PROJECTS;
    assert!((sum - 1.0).abs() < 1e-9);
}

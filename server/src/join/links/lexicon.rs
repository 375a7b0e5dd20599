//! The words by which records of different lenders, in different languages, say the same thing.
//!
//! A word that ends with `*` may have any ending. Nothing here names a single project.

use std::sync::LazyLock;

use super::phrases::Phrases;

/// What an undertaking is about. A bit set, so that two records are compared in one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Topics(pub(super) u64);

/// A topic that a wider one stands for: who says "public transport" may mean trams.
const WIDER: [(&str, &[&str]); 6] = [
    ("urban transport", &["metro", "tram", "trolleybus", "bus"]),
    ("water", &["water supply", "wastewater"]),
    ("energy", &["hydropower", "solar", "wind", "grid", "generation", "gas", "district heating"]),
    (
        "transport",
        &["road", "rail", "urban transport", "metro", "tram", "trolleybus", "bus", "airport", "port", "bridge"],
    ),
    ("finance", &["small firms"]),
    ("education", &["school", "higher education"]),
];

/// Topics with their words in English, Ukrainian, Russian, German, French and Polish.
const TOPICS: &[(&str, &str)] = &[
    (
        "metro",
        "metro, metros, subway*, underground railway, метро, метрополітен*, метрополитен*, подземк*, підземк*, u-bahn*, metrostreck*, métro*, metra, metrem",
    ),
    ("tram", "tram, trams, tramway*, tramcar*, streetcar*, light rail, трамва*, straßenbahn*, tramwaj*"),
    (
        "trolleybus",
        "trolleybus*, trolley bus*, trolley, trolleys, тролейбус*, троллейбус*, trolejbus*, oberleitungsbus*, obus",
    ),
    ("bus", "bus, buses, busses, busse, bussen, autobus*, автобус*, e-bus, e-buses, stadtbus*"),
    (
        "urban transport",
        "urban transport*, public transport*, city transport*, urban mobility, міськ* транспорт*, громадськ* транспорт*, городск* транспорт*, общественн* транспорт*, stadtverkehr*, nahverkehr*, transport* urbain*, transport* public*, transport* miejsk*, electric transport, electrotrans*, elektrotrans*",
    ),
    (
        "road",
        "road, roads, highway*, motorway*, carriageway*, дорог*, доріг, доріж*, автодорог*, автомагістрал*, автомагистрал*, трас*, straße*, straßen*, autobahn*, autoroute*, drog*, autostrad*",
    ),
    ("bridge", "bridge*, мост*, brücke*, pont, ponts"),
    (
        "rail",
        "railway*, rail, railroad*, locomotive*, залізниц*, залізничн*, локомотив*, железн*, железнодорожн*, eisenbahn*, bahnstreck*, ferroviaire*, chemin de fer, chemins de fer, kolej*, ukrzaliznytsia",
    ),
    ("airport", "airport*, аеропорт*, аэропорт*, flughafen*, aéroport*, lotnisk*"),
    ("port", "port, ports, seaport*, порт, порту, порти, hafen*, portu"),
    ("border crossing", "border crossing*, checkpoint*, пункт* пропуск*, grenzübergang*"),
    ("transport", "transport, transport infrastructure, transport connectivity, транспорт, транспортн*, verkehr*"),
    (
        "water supply",
        "water suppl*, drinking water, potable water, water network*, water treatment, water pipeline*, waterworks, водопостачанн*, водогін*, водогон*, водоснабжен*, питн* вод*, питьев* вод*, wasserversorgung*, trinkwasser*, alimentation en eau, eau potable, approvisionnement en eau, wodociąg*, zaopatrzeni* w wodę, водопровід*, водопровод*",
    ),
    (
        "wastewater",
        "wastewater*, waste water, sewerage, sewage, sewer, sewers, sanitation, sludge, biogas, водовідведенн*, каналізац*, стічн* вод*, очисн* споруд*, водоотведен*, канализац*, сточн* вод*, очистн* сооружен*, abwasser*, kläranlage*, kanalisation*, assainissement, eaux usées, épuration, kanalizacj*, ściek*, oczyszczaln*",
    ),
    ("water", "water, vodokanal*, водоканал*, wasser, eau, wody"),
    (
        "solid waste",
        "solid waste, waste management, municipal waste, landfill*, recycling, тверд* побутов* відход*, побутов* відход*, відход*, сміттєзвалищ*, сміттєперероб*, полігон*, тверд* бытов* отход*, отход*, мусор*, свалк*, abfall*, deponie*, déchets, décharge*, odpad*, składowisk*",
    ),
    (
        "district heating",
        "district heating, heat supply, heating network*, heating, heat network*, boiler*, teplo, теплопостачанн*, тепломереж*, котельн*, теплоснабжен*, теплосет*, fernwärme*, heizwerk*, chauffage*, ciepłownictw*, ciepłownicz*, ciepln*",
    ),
    (
        "energy efficiency",
        "energy efficien*, energy saving*, thermal renovation*, thermal modernisation, thermal modernization, thermal insulation, insulation, енергоефективн*, енергозбереж*, термомодернізац*, утеплен*, энергоэффективн*, энергосбереж*, термомодернизац*, energieeffizienz*, wärmedämm*, efficacité énergétique, rénovation thermique, efektywnoś* energetyczn*, termomodernizacj*",
    ),
    (
        "hydropower",
        "hydropower*, hydro power*, hydroelectric*, hpp, hpps, hydro, гідроелектростанц*, гес, гідроенерг*, гидроэлектростанц*, гэс, гидроэнерг*, wasserkraft*, hydroélectri*, centrales hydrauliques, elektrown* wodn*",
    ),
    ("solar", "solar, photovoltaic*, pv, сонячн*, солнечн*, solaire*, photovolt*, słoneczn*, fotowolt*"),
    ("wind", "wind, wind farm*, windpark*, вітров*, вітроелектр*, ветров*, ветроэлектр*, éolien*, wiatrow*"),
    (
        "grid",
        "transmission line*, high voltage*, high-voltage*, kv, transmission network*, transmission, power line*, substation*, electricity grid*, electricity network*, power grid*, overhead line*, підстанц*, високовольтн*, лін* електропередач*, електромереж*, подстанц*, высоковольтн*, лини* электропередач*, электросет*, stromnetz*, umspannwerk*, hochspannungs*, réseau électrique, sous-station*, sieci elektro*, podstacj*",
    ),
    (
        "generation",
        "cogeneration, distributed generation, power plant*, combined heat and power, chp, когенерац*, розподілен* генерац*, когенерац*, kraftwerk*, blockheizkraftwerk*, cogénération, kogeneracj*",
    ),
    ("gas", "gas, natural gas, газ, газу, газа, erdgas*, gaz, gazu"),
    (
        "nuclear",
        "nuclear, chernobyl shelter, new safe confinement, chornobyl, ядерн*, атомн*, kernkraft*, nucléaire*, jądrow*",
    ),
    ("energy", "energy, енергетик*, энергетик*, energie*, énergie*, energetyk*"),
    (
        "street lighting",
        "street lighting, public lighting, вуличн* освітленн*, уличн* освещен*, straßenbeleuchtung*, éclairage public, oświetleni* uliczn*",
    ),
    (
        "hospital",
        "hospital*, clinic, clinics, health, healthcare, health care, medical, лікарн*, поліклінік*, медичн*, охорон* здоров*, больниц*, поликлиник*, медицин*, здравоохран*, krankenhaus*, klinik*, gesundheit*, hôpital, hôpitaux, hospitalier*, santé, szpital*, zdrowi*, przychodni*",
    ),
    (
        "school",
        "school*, kindergarten*, preschool*, школ*, шкіл*, садоч*, дитяч* сад*, детск* сад*, schule*, schulen, kindergärten, école*, maternelle*, szkoł*, szkół, przedszkol*",
    ),
    (
        "higher education",
        "universit*, higher education, student*, університет*, вищ* освіт*, студент*, университет*, высш* образован*, hochschul*, enseignement supérieur, étudiant*, uniwersytet*, szkolnictw* wyższ*",
    ),
    ("education", "education*, освіт*, образован*, bildung*, éducation*, oświat*, edukacj*"),
    (
        "housing",
        "housing, residential propert*, real estate, dwelling*, apartment*, residential, homes, житл*, жиль*, жил* дом*, wohnung*, wohnungsbau*, logement*, habitation*, mieszkan*, mieszkaniow*",
    ),
    (
        "displaced persons",
        "internally displaced, displaced person*, displaced people, idp, idps, refugee*, внутрішньо переміщен*, впо, переселен*, біженц*, внутренне перемещен*, беженц*, binnenvertrieben*, flüchtling*, réfugié*, déplacé*, personnes déplacées, uchodźc*, przesiedlon*",
    ),
    ("mortgage", "mortgage*, іпотек*, ипотек*, hypothek*, hypothécaire*, hipotec*"),
    ("liquidity", "liquidity, ліквідн*, ликвидн*, liquidität*, liquidité*, płynnoś*"),
    (
        "small firms",
        "sme, smes, msme, msmes, small and medium*, small firms, small business*, mid-cap*, credit line*, micro-enterprise*, microcredit*, мсп, мікро* підприєм*, мал* підприєм*, мал* і середн*, мал* и средн*, мал* предприят*, kmu, kleine und mittlere, pme, petites et moyennes, mśp, mał* i średni*",
    ),
    ("finance", "bank, banks, banking, leasing, банк, банку, банка"),
    (
        "agriculture",
        "agricultur*, agribusiness*, grain*, irrigation, farm, farms, сільськ* господар*, агро*, зерн*, зрошен*, сельск* хозяйств*, landwirtschaft*, getreide*, agricole*, céréal*, rolnictw*, zbóż*",
    ),
    ("digital", "digital*, broadband, telecom*, цифров*, телеком*, numérique*, cyfrow*"),
    ("demining", "demining, mine action, розмінуван*, разминирован*, minenräum*, déminage, rozminow*"),
    ("compensation", "compensation*, компенсац*, entschädigung*, indemnisation*, odszkodowan*"),
];

/// Words that many titles have and that tell nothing apart.
const COMMON: &str = "and, or, of, the, for, in, to, a, an, on, by, with, from, at, under, through, its, up, new, social, city, cities, town, \
    municipal, municipality, municipalities, communal, regional, oblast, region, state, national, public, urban, local, ukraine, ukrainian, \
    project*, programme*, program, programs, scheme, operation*, loan*, credit*, grant*, financing, finance, facility, investment*, \
    framework*, fl, support*, development, infrastructure, sector, phase, stage, modernisation, modernization, modernising, rehabilitation, \
    reconstruction, renovation, renewal, upgrade, upgrading, improvement*, extension, expansion, completion, construction, repair*, \
    restoration, recovery, procurement, purchase, acquisition, supply, services, service, system*, network*, plant*, works, emergency, \
    sovereign, senior, agreement*, contract*, part, tranche, fleet, rolling, stock, car, cars, vehicles, sub, \
    та, соціальн*, і, й, в, у, на, з, із, для, до, по, за, о, м, міст*, місто, міськ*, комунальн*, громад*, обласн*, область, області, район*, державн*, \
    україн*, проєкт*, проект*, програм*, позик*, кредит*, грант*, фінансуван*, підтримк*, розвит*, інфраструктур*, модернізац*, \
    реконструкц*, відновлен*, відбудов*, розширен*, будівництв*, добудов*, завершен*, оновлен*, ремонт*, придбан*, закупівл*, систем*, \
    мереж*, черга, черги, етап*, \
    и, социальн*, с, из, город*, коммунальн*, област*, государственн*, украин*, заем*, займ*, финансирован*, поддержк*, развит*, инфраструктур*, \
    модернизац*, реконструкц*, восстановлен*, расширен*, продлен*, строительств*, завершен*, обновлен*, ремонт*, закупк*, приобретен*, \
    сет*, очеред*, этап*, \
    der, die, das, und, für, von, in, zu, des, dem, den, im, neue, neuer, projekt, darlehen, kredit*, ausbau, erweiterung, sanierung, \
    modernisierung, wiederaufbau, bau, stadt, städtisch*, ukraine, wagen, \
    le, la, les, du, de, des, et, en, pour, au, aux, un, une, projet, prêt, réhabilitation, modernisation, reconstruction, construction, \
    extension, prolongement, ville, ukrainien*, \
    w, z, na, do, dla, od, oraz, projekt*, kredyt*, pożyczk*, modernizacj*, budow*, rozbudow*, odbudow*, remont*, miast*, ukrain*";

/// Words by which a text says that a loan adds to one there is: no undertaking of its own.
const SUPPLEMENTS: &str = "additional loan, additional financing, additional credit, additional funding, additional finance, supplementary loan, \
    top-up, top up, topup, top-up loan, increase, second loan, second contract, second tranche, loan part, loan tranche, tranche, part a, part b, \
    part c, part d, \
    додатков* кредит*, додатков* позик*, додатков* фінансуван*, дофінансуван*, друг* транш*, транш*, збільшен*, \
    дополнительн* кредит*, дополнительн* заем*, дополнительн* займ*, дополнительн* финансирован*, втор* транш*, \
    zusatzdarlehen, zusätzlich* darlehen, aufstockung*, zweite tranche, prêt additionnel, financement additionnel, prêt complémentaire, \
    financement complémentaire, deuxième tranche, dodatkow* pożyczk*, dodatkow* kredyt*, dodatkow* finansowan*, zwiększen*";

/// Lenders' names in the languages of texts.
const LENDERS: &[(&str, &str)] = &[
    (
        "eib",
        "eib, european investment bank, bei, ebi, єіб, європейськ* інвестиційн* банк*, еиб, европейск* инвестиционн* банк*, \
        europäische* investitionsbank, banque européenne d'investissement, banque européenne d investissement, europejsk* bank* inwestycyjn*",
    ),
    (
        "ebrd",
        "ebrd, european bank for reconstruction, єбрр, європейськ* банк* реконструкції, ебрр, европейск* банк* реконструкции, ebwe, \
        europäische* bank für wiederaufbau, berd, banque européenne pour la reconstruction, eboir, ebor, europejsk* bank* odbudowy",
    ),
    (
        "ceb",
        "ceb, council of europe development bank, development bank of the council of europe, брре, брсе, банк* розвитку ради європи, \
        банк* развития совета европы, entwicklungsbank des europarat*, banque de développement du conseil de l'europe, \
        bank* rozwoju rady europy",
    ),
    ("world-bank", "world bank, ibrd, світов* банк*, всемирн* банк*, weltbank*, banque mondiale, bank światow*"),
    ("nefco", "nefco, нефко"),
    ("kfw", "kfw"),
    ("ifc", "ifc, international finance corporation"),
    ("e5p", "e5p, eastern europe energy efficiency and environment partnership"),
];

/// Words by which a sentence says that what it names is another undertaking.
const APART: &str = "separate*, separately, unrelated, independent*, another project, another loan, another operation, different project, \
    other project, other projects, earlier, previous*, former loan, not part of, in contrast, unlike, \
    окрем*, незалежн*, інш* проєкт*, інш* проект*, попередн*, раніше, отдельн*, независим*, друг* проект*, предыдущ*, ранее, \
    unabhängig*, getrennt*, anderes projekt, früher*, distinct*, séparé*, autre projet, précédent*, odrębn*, inny projekt, wcześniej*";

/// Words by which a text says that it tells of a part of what it names next.
const PART_OF: &str = "part of, under, within, sub-project, sub-projects, subproject*, sub-operation*, suboperation*, sub-loan*, allocation*, \
    tranche of, tranche under, financed from, financed by, component of, in the framework of, as part of, drawn from, window of, \
    у межах, в межах, у рамках, в рамках, частин*, субпроєкт*, субпроект*, підпроєкт*, за кошти, часть, подпроект*, \
    im rahmen, teil des, teil der, teilprojekt*, dans le cadre, partie du, partie de, sous-projet*, w ramach, część, podprojekt*";

/// Words by which a sentence says that something comes after another undertaking, and is none of its parts.
const FOLLOWS: &str = "follow-up, follows, following, successor*, succeeds, after, builds on, similar to, продовженн*, після, продолжен*, после, \
    nachfolge*, fait suite, suite au, kontynuac*";

/// Words of a guarantee.
const GUARANTEES: &str = "guarantee, guarantees facility, guarantee facility, portfolio guarantee*, risk sharing, risk-sharing, first loss, counter-guarantee*, \
    гаранті*, розподіл* ризик*, гаранти*, garantie*, bürgschaft*, gwarancj*";

/// Words of organisations' names that many have.
const ORGANISATIONS: &str = "ce, me, pjsc, jsc, ojsc, llc, ltd, plc, sa, ag, gmbh, cjsc, se, lmkp, kp, кп, пат, ат, тов, company, companies, enterprise*, \
    corporation, group, holding, agency, department, administration, council, government, ministry, ministries, finance, sovereign, entity, entities, ies, s, acceptable, \
    communities, territories, joint, limited, office, authority, власт*, міністерств*, министерств*, управлін*, підприємств*, предприят*";

/// Ordinal words that number the stages of an undertaking.
const ORDINALS: &[(u8, &str)] = &[
    (
        1,
        "first phase, first stage, phase one, перша черга, першої черги, перший етап, первая очередь, первый этап, erste phase, première phase, pierwszy etap",
    ),
    (
        2,
        "second phase, second stage, phase two, друга черга, другої черги, другий етап, вторая очередь, второй очереди, второй этап, zweite phase, deuxième phase, drugi etap",
    ),
    (
        3,
        "third phase, third stage, phase three, третя черга, третьої черги, третій етап, третья очередь, третий этап, dritte phase, troisième phase, trzeci etap",
    ),
];

/// What the hub reads in texts, compiled once.
pub(super) struct Lexicon {
    pub(super) topics: Phrases<u8>,
    pub(super) common: Phrases<()>,
    pub(super) supplements: Phrases<()>,
    pub(super) lenders: Phrases<&'static str>,
    pub(super) apart: Phrases<()>,
    pub(super) part_of: Phrases<()>,
    pub(super) follows: Phrases<()>,
    pub(super) guarantees: Phrases<()>,
    pub(super) organisations: Phrases<()>,
    pub(super) ordinals: Phrases<u8>,
}

impl Lexicon {
    pub(super) fn compiled() -> &'static Self {
        static COMPILED: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
            topics: Phrases::of(&TOPICS.iter().zip(0..).map(|((_, words), bit)| (bit, *words)).collect::<Vec<_>>()),
            common: Phrases::of(&[((), COMMON)]),
            supplements: Phrases::of(&[((), SUPPLEMENTS)]),
            lenders: Phrases::of(LENDERS),
            apart: Phrases::of(&[((), APART)]),
            part_of: Phrases::of(&[((), PART_OF)]),
            follows: Phrases::of(&[((), FOLLOWS)]),
            guarantees: Phrases::of(&[((), GUARANTEES)]),
            organisations: Phrases::of(&[((), ORGANISATIONS)]),
            ordinals: Phrases::of(ORDINALS),
        });
        &COMPILED
    }
}

impl Topics {
    /// With the topic of this number.
    pub(super) fn with(self, bit: u8) -> Self {
        Self(self.0 | 1 << bit)
    }

    /// No topic at all.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// With every narrower topic that one of these stands for.
    pub(super) fn widened(self) -> Self {
        static NARROWER: LazyLock<Vec<(u64, u64)>> = LazyLock::new(|| {
            let bit = |name: &str| 1 << TOPICS.iter().position(|(topic, _)| *topic == name).unwrap_or(63);
            let narrower = |names: &[&str]| names.iter().fold(0, |all, name| all | bit(name));
            WIDER.iter().map(|(wide, narrow)| (bit(wide), narrower(narrow))).collect()
        });
        let widened = NARROWER.iter().filter(|(wide, _)| self.0 & wide != 0);
        Self(widened.fold(self.0, |all, (_, narrow)| all | narrow))
    }

    /// The topics that stand in both, the wider ones counting for the narrower.
    pub(super) fn shared(self, other: Self) -> Self {
        Self(self.widened().0 & other.0 | self.0 & other.widened().0)
    }

    /// The widest topic that holds this one; itself where none does.
    pub(super) fn widest(topic: u8) -> u8 {
        static WIDEST: LazyLock<Vec<u8>> = LazyLock::new(|| {
            let number = |name: &str| TOPICS.iter().zip(0..).find(|((topic, _), _)| *topic == name).map(|(_, bit)| bit);
            let above = |name: &str| WIDER.iter().find(|(_, narrow)| narrow.contains(&name)).map(|(wide, _)| *wide);
            let top = |name: &'static str| std::iter::successors(Some(name), |name| above(name)).last().unwrap_or(name);
            TOPICS.iter().zip(0..).map(|((name, _), bit)| number(top(name)).unwrap_or(bit)).collect()
        });
        WIDEST.get(usize::from(topic)).copied().unwrap_or(topic)
    }

    /// Their names, for sentences.
    pub(super) fn names(self) -> Vec<&'static str> {
        TOPICS.iter().zip(0..).filter(|(_, bit)| self.0 & (1 << bit) != 0).map(|((name, _), _)| *name).collect()
    }

    /// Each by its number.
    pub(super) fn each(self) -> impl Iterator<Item = u8> {
        (0..64).filter(move |bit| self.0 & (1 << bit) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::fold;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        let found = Lexicon::compiled().topics.all(&words).into_iter();
        let topics = found.fold(Topics::default(), |topics, (bit, _)| topics.with(bit));
        assert_eq!(topics.names(), expected, "{text}");
    }

    #[test]
    fn topics_are_read_in_six_languages() {
        check("Rozbudowa metra w Kijowie", &["metro"]);
        check("Extension du métro", &["metro"]);
        check("Neue U-Bahn-Wagen", &["metro"]);
        check("Розширення метрополітену", &["metro"]);
        check("Модернизация теплоснабжения", &["district heating"]);
        check("Assainissement et alimentation en eau", &["water supply", "wastewater"]);
        check("Business development", &[]);
    }

    #[test]
    fn topics_fit_one_machine_word_and_wider_ones_cover_narrower() {
        assert!(TOPICS.len() < 63);
        let of = |name: &str| Topics(1 << TOPICS.iter().position(|(topic, _)| *topic == name).unwrap());
        for (wide, narrow) in WIDER {
            for name in narrow {
                assert!(!of(wide).shared(of(name)).is_empty(), "{wide} {name}");
            }
        }
        assert!(of("metro").shared(of("tram")).is_empty());
    }
}

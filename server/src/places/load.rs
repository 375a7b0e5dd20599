//! Putting the gazetteer together from its tables.

use std::collections::HashMap;

use connectors::model::CountryCode;

use super::place::{Category, Country, Place, PlaceIndex, PlaceLevel, Point};
use super::tables::{self, filled, rows};
use super::transliteration::push_latin;

/// Places in their final order, found by id.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) places: Vec<Place>,
    pub(super) countries: Vec<Country>,
    pub(super) ids: HashMap<&'static str, PlaceIndex>,
    /// The centre settlement of each oblast and hromada, and of each raion that is named after one.
    pub(super) centres: Vec<(PlaceIndex, PlaceIndex)>,
    /// What an oblast is called without the word `oblast`.
    pub(super) short_names: Vec<(PlaceIndex, &'static str)>,
}

/// Reads every table of places; aliases are read apart, since they need the places.
pub(super) fn load() -> Loaded {
    let mut loaded = Loaded::default();
    loaded.countries();
    loaded.codifier();
    loaded.nuts();
    loaded.oblasts();
    loaded.hromadas();
    loaded.geonames();
    loaded.centroids();
    loaded
}

impl Loaded {
    fn push(&mut self, place: Place) -> PlaceIndex {
        let index = PlaceIndex::new(u32::try_from(self.places.len()).unwrap_or(u32::MAX));
        self.ids.insert(place.id, index);
        self.places.push(place);
        index
    }

    fn countries(&mut self) {
        for row in rows(tables::COUNTRIES) {
            let [id, alpha3, name, _, _, eu_member, native] = row.fields();
            let Ok(code) = CountryCode::new(id) else { continue };
            let native = native.rsplit('|').next().and_then(filled).unwrap_or(name);
            let place = self.push(Place { original: native, ..plain(id, name, code, PlaceLevel::Country) });
            self.countries.push(Country { code, alpha3, name, eu_member: !eu_member.is_empty(), place });
        }
        self.countries.sort_by_key(|country| country.code);
    }

    /// A unit's parent is the last unit before it that shares its own prefix: the codes are in order.
    fn codifier(&mut self) {
        let latin = latin_names();
        let country = self.ids.get("UA").copied();
        let mut above: Vec<(PlaceIndex, &'static str)> = Vec::new();
        for (row, latin) in tables::lines(tables::codifier()).zip(latin.lines()) {
            let [id, letter, name, ..] = row.fields::<4>();
            let Some(category) = Category::from_letter(letter) else { continue };
            while above.pop_if(|(_, prefix)| !id.starts_with(*prefix)).is_some() {}
            let parent = above.last().map(|(parent, _)| *parent).or(country);
            let place = plain(id, latin, CountryCode::UA, category.level());
            let index = self.push(Place { category: Some(category), parent, original: name, bare: name, ..place });
            above.push((index, &id[..category.prefix()]));
        }
        self.name_adjectives();
    }

    /// A raion or hromada is called by an adjective alone in the codifier; elsewhere the noun goes with it.
    fn name_adjectives(&mut self) {
        for place in &mut self.places {
            let (ukrainian, english) = match place.category {
                Some(Category::Raion) => ("район", "Raion"),
                Some(Category::Hromada) => ("громада", "Hromada"),
                Some(Category::District) => ("район", "District"),
                _ => continue,
            };
            place.original = format!("{} {ukrainian}", place.bare).leak();
            place.english = format!("{} {english}", place.english).leak();
        }
    }

    fn nuts(&mut self) {
        for row in rows(tables::NUTS) {
            let [id, country, name, native] = row.fields();
            let Ok(code) = CountryCode::new(country) else { continue };
            let parent = if id.len() == 3 { country } else { &id[..id.len() - 1] };
            let parent = self.ids.get(parent).copied();
            let original = filled(native).unwrap_or(name);
            self.push(Place { parent, original, bare: original, ..plain(id, name, code, PlaceLevel::Region) });
        }
    }

    fn oblasts(&mut self) {
        for row in rows(tables::OBLASTS) {
            let [id, iso, _, ukrainian, english, short, centre, population] = row.fields();
            let Some(oblast) = self.ids.get(id).copied() else { continue };
            let place = &mut self.places[oblast.at()];
            place.iso3166_2 = filled(iso);
            (place.original, place.english) = (ukrainian, english);
            place.population = population.parse().ok();
            self.short_names.push((oblast, short));
            self.centres.extend(self.ids.get(centre).map(|centre| (oblast, *centre)));
            self.mark_oblast_cities(&id[..4], short, centre);
        }
    }

    fn mark_oblast_cities(&mut self, prefix: &str, short: &str, centre: &str) {
        let cities = self.places.iter_mut().filter(|place| place.id.starts_with(prefix));
        for place in cities {
            let namesake = place.category == Some(Category::City) && place.english == short;
            place.is_oblast_city |= namesake || place.id == centre;
        }
    }

    fn hromadas(&mut self) {
        for row in rows(tables::HROMADAS) {
            let [id, centre, population] = row.fields();
            let Some(hromada) = self.ids.get(id).copied() else { continue };
            let population: Option<u32> = population.parse().ok();
            self.places[hromada.at()].population = population;
            let raion = self.places[hromada.at()].parent.filter(|above| self.is(*above, Category::Raion));
            if let (Some(raion), Some(population)) = (raion, population) {
                *self.places[raion.at()].population.get_or_insert(0) += population;
            }
            self.centres.extend(self.ids.get(centre).map(|centre| (hromada, *centre)));
        }
        self.raion_centres();
    }

    /// A raion is named after its centre by the same adjective as that centre's hromada: `Уманський`, `Уманська`.
    fn raion_centres(&mut self) {
        let mut found = Vec::new();
        for (hromada, centre) in &self.centres {
            let Some(raion) = self.places[hromada.at()].parent else { continue };
            let stem = |place: PlaceIndex, ending: &str| self.places[place.at()].bare.strip_suffix(ending);
            if stem(*hromada, "ка").is_some() && stem(*hromada, "ка") == stem(raion, "кий") {
                found.push((raion, *centre));
            }
        }
        for (_, centre) in &found {
            self.places[centre.at()].is_raion_city = true;
        }
        self.centres.extend(found);
    }

    fn geonames(&mut self) {
        for row in tables::lines(tables::geonames()) {
            let [id, population, latitude, longitude] = row.fields();
            let Some(place) = self.ids.get(id).copied() else { continue };
            let place = &mut self.places[place.at()];
            place.population = place.population.or_else(|| population.parse().ok());
            let point = latitude.parse().ok().zip(longitude.parse().ok());
            place.centroid = point.map(|(latitude, longitude)| Point { longitude, latitude });
        }
    }

    /// Units without a point of their own take the mean of the settlements in them, a hromada its centre's point.
    fn centroids(&mut self) {
        let mut sums: HashMap<PlaceIndex, (f64, f64, f64)> = HashMap::new();
        for place in &self.places {
            let Some(point) = place.centroid else { continue };
            for above in std::iter::successors(place.parent, |above| self.places[above.at()].parent) {
                let (count, longitude, latitude) = sums.entry(above).or_default();
                *count += 1.0;
                *longitude += point.longitude;
                *latitude += point.latitude;
            }
        }
        for (place, (count, longitude, latitude)) in sums {
            let mean = Point { longitude: rounded(longitude / count), latitude: rounded(latitude / count) };
            self.places[place.at()].centroid.get_or_insert(mean);
        }
        for (hromada, centre) in self.centres.clone() {
            let place = &self.places[centre.at()];
            if self.is(hromada, Category::Hromada) && place.centroid.is_some() {
                self.places[hromada.at()].centroid = place.centroid;
            }
        }
    }

    fn is(&self, place: PlaceIndex, category: Category) -> bool {
        self.places[place.at()].category == Some(category)
    }
}

/// Four decimals, about ten metres: more would pretend to know more.
fn rounded(degrees: f64) -> f64 {
    (degrees * 10_000.0).round() / 10_000.0
}

/// One text with a line for each row of the codifier: one allocation for 31,744 names.
fn latin_names() -> &'static str {
    let mut latin = String::with_capacity(tables::codifier().len());
    for row in tables::lines(tables::codifier()) {
        let [_, _, name] = row.fields();
        push_latin(name, &mut latin);
        latin.push('\n');
    }
    latin.leak()
}

fn plain(id: &'static str, name: &'static str, country: CountryCode, level: PlaceLevel) -> Place {
    Place {
        id,
        level,
        category: None,
        country,
        parent: None,
        english: name,
        original: name,
        bare: name,
        iso3166_2: None,
        population: None,
        centroid: None,
        is_oblast_city: false,
        is_raion_city: false,
    }
}

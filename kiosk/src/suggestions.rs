//! What the on-screen keyboard offers while one types: common given names, and the places of the
//! country.
//!
//! Places are those of KATO, the state's classifier of places, as of 17 October 2022: regions,
//! districts and towns of the whole country in three languages, villages of the Turkistan region.
//! Refuses to invent a spelling: a village whose Kazakh or English name is not in the list is shown
//! in Russian, as the classifier writes it.

use std::sync::LazyLock;

use beket_model::fold;
use beket_words::Tongue;

/// The fewest letters that are worth an offer.
const LEAST_LETTERS: usize = 2;

/// A place of the classifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Nine digits.
    pub kato: &'static str,
    /// As its language writes it, with the district or region that it lies in.
    pub name: String,
}

struct Listed {
    kato: &'static str,
    /// Kazakh, Russian, English; empty where not known.
    names: [&'static str; 3],
    folded: [String; 3],
}

struct GivenName {
    kazakh: &'static str,
    russian: &'static str,
    folded: String,
}

static PLACES: LazyLock<Vec<Listed>> = LazyLock::new(|| {
    let read = |line: &'static str| {
        let mut parts = line.split('\t');
        let mut next = || parts.next().unwrap_or_default();
        let (kato, names) = (next(), [next(), next(), next()]);
        Listed { kato, names, folded: names.map(fold) }
    };
    include_str!("../assets/kato.tsv").lines().map(read).collect()
});

static GIVEN_NAMES: LazyLock<Vec<GivenName>> = LazyLock::new(|| {
    let read = |line: &'static str| {
        let (kazakh, russian) = line.split_once('\t').unwrap_or((line, line));
        GivenName { kazakh, russian, folded: fold(kazakh) }
    };
    include_str!("../assets/given-names.tsv").lines().map(read).collect()
});

/// Places that begin with what was typed in any spelling, the largest first; at most `most`.
pub fn places(typed: &str, tongue: Tongue, most: usize) -> Vec<Place> {
    let Some(typed) = folded(typed) else { return Vec::new() };
    let begins = |place: &&Listed| place.folded.iter().any(|name| name.starts_with(&typed));
    let mut found: Vec<&Listed> = PLACES.iter().filter(begins).collect();
    found.sort_by_key(|place| rank(place.kato));
    found.truncate(most);
    let named = |place: &Listed| Place { kato: place.kato, name: in_full(place, tongue) };
    found.into_iter().map(named).collect()
}

/// Given names that begin with what was typed, at most `most`: as Kazakh writes them, and in Russian
/// as Russian does.
pub fn given_names(typed: &str, tongue: Tongue, most: usize) -> Vec<String> {
    let cyrillic = typed.chars().any(|c| ('\u{400}'..'\u{530}').contains(&c));
    let Some(sounds) = folded(typed).filter(|_| cyrillic) else { return Vec::new() };
    let like = GIVEN_NAMES.iter().filter(|name| name.folded.starts_with(&sounds));
    let said = |name: &GivenName| if tongue == Tongue::Ru { name.russian } else { name.kazakh };
    let mut found: Vec<&str> = like.map(said).collect();
    // Letter for letter first, then what only sounds alike.
    let letters = typed.trim().to_lowercase();
    found.sort_by_key(|name| !name.to_lowercase().starts_with(&letters));
    found.dedup();
    found.truncate(most);
    found.into_iter().map(str::to_owned).collect()
}

fn folded(typed: &str) -> Option<String> {
    let enough = typed.trim().chars().count() >= LEAST_LETTERS;
    Some(fold(typed.trim())).filter(|folded| enough && !folded.is_empty())
}

/// The Turkistan region before the rest of the country; towns and districts before villages.
fn rank(kato: &str) -> (bool, bool, &str) {
    let near = kato.starts_with("61") || kato.starts_with("79");
    let village = !kato.ends_with("00000");
    (!near, village, kato)
}

fn in_full(place: &Listed, tongue: Tongue) -> String {
    let own = name_of(place, tongue);
    let within = |code: String| PLACES.iter().find(|other| other.kato == code);
    let kato = place.kato;
    let district = within(format!("{}00000", &kato[..4]));
    let region = || within(format!("{}0000000", &kato[..2]));
    match district.filter(|other| other.kato != kato).or_else(region) {
        Some(other) if other.kato != kato => format!("{own}, {}", name_of(other, tongue)),
        _ => own.to_owned(),
    }
}

fn name_of(place: &Listed, tongue: Tongue) -> &'static str {
    let [kazakh, russian, english] = place.names;
    let wanted = match tongue {
        Tongue::Kk => kazakh,
        Tongue::Ru => russian,
        Tongue::En => english,
    };
    if wanted.is_empty() { russian } else { wanted }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str, tongue: Tongue) -> Vec<String> {
        places(typed, tongue, 4).into_iter().map(|place| place.name).collect()
    }

    #[test]
    fn a_place_is_found_in_any_spelling_and_named_in_the_person_s_language() {
        assert_eq!(found("Арыс", Tongue::Kk)[0], "Арыс, Түркістан облысы");
        assert_eq!(found("Арысь", Tongue::Ru)[0], "Арысь, Туркестанская область");
        assert_eq!(found("ary", Tongue::En)[0], "Arys, Turkistan Region");
        assert_eq!(found("Ақдала", Tongue::Kk)[0], "Акдала, Арыс");
        assert_eq!(found("Шымк", Tongue::Ru)[0], "Шымкент");
        assert_eq!(places("Арыс", Tongue::Kk, 1)[0].kato, "611600000");
        assert_eq!(found("А", Tongue::Kk), [""; 0], "one letter says too little");
    }

    #[test]
    fn every_town_and_district_has_a_name_in_each_language() {
        let village =
            |place: &&Listed| place.kato.starts_with("61") && !place.kato.ends_with("00000");
        for place in PLACES.iter().filter(|place| !village(place)) {
            assert!(place.names.iter().all(|name| !name.is_empty()), "{}", place.kato);
        }
        assert_eq!(found("Өске", Tongue::Kk), ["Өскемен, Шығыс Қазақстан облысы"]);
    }

    #[test]
    fn every_code_has_nine_digits_and_a_name_and_stands_once() {
        let mut codes: Vec<&str> = PLACES.iter().map(|place| place.kato).collect();
        assert!(codes.len() > 1_000);
        assert!(codes.iter().all(|code| code.len() == 9 && code.parse::<u32>().is_ok()));
        assert!(PLACES.iter().all(|place| !place.names[1].is_empty()));
        codes.dedup();
        assert_eq!(codes.len(), PLACES.len());
    }

    #[test]
    fn a_given_name_is_offered_as_the_language_writes_it() {
        assert_eq!(given_names("Айг", Tongue::Kk, 3), ["Айгерім", "Айгүл"]);
        assert_eq!(given_names("айг", Tongue::Ru, 3), ["Айгерим", "Айгуль"]);
        assert_eq!(given_names("Анн", Tongue::Ru, 1), ["Анна"]);
        assert_eq!(given_names("Каир", Tongue::Kk, 3), ["Қайрат"]);
        assert_eq!(given_names("Aig", Tongue::En, 3), [""; 0], "nobody's Latin is guessed");
    }
}

//! What the on-screen keyboard offers while one types: common given names, and the places of the
//! country.

use std::sync::LazyLock;

use beket_model::fold;
use beket_words::{Tongue, places};

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

struct GivenName {
    kazakh: &'static str,
    russian: &'static str,
    folded: String,
}

/// With its names as they sound.
static PLACES: LazyLock<Vec<(&places::Place, [String; 3])>> =
    LazyLock::new(|| places::all().map(|place| (place, place.names.map(fold))).collect());

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
    let begins = |names: &[String; 3]| names.iter().any(|name| name.starts_with(&typed));
    let found = PLACES.iter().filter(|(_, names)| begins(names)).map(|(place, _)| *place);
    let mut found: Vec<&places::Place> = found.collect();
    found.sort_by_key(|place| rank(place.kato));
    found.truncate(most);
    let named = |place: &places::Place| Place { kato: place.kato, name: place.in_full(tongue) };
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
    fn a_given_name_is_offered_as_the_language_writes_it() {
        assert_eq!(given_names("Айг", Tongue::Kk, 3), ["Айгерім", "Айгүл"]);
        assert_eq!(given_names("айг", Tongue::Ru, 3), ["Айгерим", "Айгуль"]);
        assert_eq!(given_names("Анн", Tongue::Ru, 1), ["Анна"]);
        assert_eq!(given_names("Каир", Tongue::Kk, 3), ["Қайрат"]);
        assert_eq!(given_names("Aig", Tongue::En, 3), [""; 0], "nobody's Latin is guessed");
    }
}

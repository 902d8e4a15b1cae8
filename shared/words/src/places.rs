//! The places of the country: KATO, the state's classifier, as of 17 October 2022. Regions, districts
//! and towns of the whole country in three languages, villages of the Turkistan region.
//!
//! Refuses to invent a spelling: a village whose Kazakh or English name is not in the list is named
//! in Russian, as the classifier writes it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::Tongue;

/// A place of the classifier.
#[derive(Debug)]
pub struct Place {
    /// Nine digits.
    pub kato: &'static str,
    /// Kazakh, Russian, English; empty where not known.
    pub names: [&'static str; 3],
}

static PLACES: LazyLock<BTreeMap<&'static str, Place>> = LazyLock::new(|| {
    let read = |line: &'static str| {
        let mut parts = line.split('\t');
        let mut next = || parts.next().unwrap_or_default();
        let (kato, names) = (next(), [next(), next(), next()]);
        (kato, Place { kato, names })
    };
    include_str!("kato.tsv").lines().map(read).collect()
});

/// All of them, by their codes.
pub fn all() -> impl Iterator<Item = &'static Place> {
    PLACES.values()
}

/// The place of a code.
pub fn of(kato: &str) -> Option<&'static Place> {
    PLACES.get(kato)
}

impl Place {
    /// Its name in a language.
    pub fn name(&self, tongue: Tongue) -> &'static str {
        let [kazakh, russian, english] = self.names;
        let wanted = match tongue {
            Tongue::Kk => kazakh,
            Tongue::Ru => russian,
            Tongue::En => english,
        };
        if wanted.is_empty() { russian } else { wanted }
    }

    /// Its name within a phrase: Russian writes the kind of a place small there, Kazakh and English
    /// put it behind the name.
    fn inside(&self, tongue: Tongue) -> String {
        let name = self.name(tongue);
        match ["Район ", "Область "].into_iter().find(|kind| name.starts_with(kind)) {
            Some(kind) => name.replacen(kind, &kind.to_lowercase(), 1),
            None => name.to_owned(),
        }
    }

    /// Its name, with the district or region that it lies in.
    pub fn in_full(&self, tongue: Tongue) -> String {
        let own = self.name(tongue);
        let kato = self.kato;
        let within = |digits: usize| of(&format!("{:0<9}", &kato[..digits]));
        match within(4).filter(|other| other.kato != kato).or_else(|| within(2)) {
            Some(other) if other.kato != kato => format!("{own}, {}", other.inside(tongue)),
            _ => own.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_nine_digits_and_stands_once() {
        let lines = include_str!("kato.tsv").lines().count();
        assert_eq!(all().count(), lines);
        for place in all() {
            assert!(place.kato.len() == 9 && place.kato.bytes().all(|b| b.is_ascii_digit()));
        }
    }

    #[test]
    fn every_town_and_district_has_a_name_in_each_language() {
        let village =
            |place: &&Place| place.kato.starts_with("61") && !place.kato.ends_with("00000");
        for place in all().filter(|place| !village(place)) {
            assert!(place.names.iter().all(|name| !name.is_empty()), "{}", place.kato);
        }
        let town = of("631010000").unwrap();
        assert_eq!(town.in_full(Tongue::Kk), "Өскемен, Шығыс Қазақстан облысы");
        assert_eq!(of("611600000").unwrap().in_full(Tongue::En), "Arys, Turkistan Region");
        let inside: Vec<String> = all()
            .filter(|place| place.kato.starts_with("6136"))
            .map(|place| place.in_full(Tongue::Ru))
            .filter(|full| full.contains("Байдибека, ") || full.ends_with("Байдибека"))
            .collect();
        assert!(
            inside.len() > 2 && inside.iter().all(|full| !full.contains(", Район")),
            "{inside:?}"
        );
        assert_eq!(of("610000000").unwrap().in_full(Tongue::Ru), "Туркестанская область");
    }
}

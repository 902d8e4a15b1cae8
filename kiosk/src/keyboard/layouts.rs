//! Which letters stand where: Kazakh with all its 42 letters, Russian, English, signs, numbers.
//!
//! Kazakh and Russian follow the national layouts (RST `KazSSR` 903-90, ЙЦУКЕН), with digits in a row
//! of their own and Ё where a finger finds it.

use beket_words::Tongue;

/// One key that writes; a long press offers the letters behind the first.
pub(super) type Key = &'static str;

/// Digits, above every layout of letters where there is room.
pub(super) const DIGITS: &[Key] = &["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

const KAZAKH: &[&[Key]] = &[
    &["ә", "і", "ң", "ғ", "ү", "ұ", "қ", "ө", "һ", "ё", "₸"],
    &["й", "ц", "у", "к", "е", "н", "г", "ш", "щ", "з", "х"],
    &["ф", "ы", "в", "а", "п", "р", "о", "л", "д", "ж", "э"],
    &["я", "ч", "с", "м", "и", "т", "ь", "б", "ю", "ъ"],
];

const RUSSIAN: &[&[Key]] = &[
    &["й", "ц", "у", "кқ", "её", "нң", "гғ", "ш", "щ", "з", "хһ"],
    &["ф", "ы", "в", "аә", "п", "р", "оө", "л", "д", "ж", "э", "ё"],
    &["я", "ч", "с", "м", "иі", "т", "ьъ", "б", "ю", "ъ"],
];

const ENGLISH: &[&[Key]] = &[
    &["q", "w", "eéèê", "r", "t", "y", "uúüū", "iíı", "oóö", "p"],
    &["aáä", "sş", "d", "f", "gğ", "h", "j", "k", "l"],
    &["z", "x", "cç", "v", "b", "nñ", "m", "'"],
];

/// Signs that addresses and sentences need.
const SIGNS: &[&[Key]] = &[
    &["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"],
    &["№", "«", "»", "(", ")", "/", "+", "%", "₸", "@"],
    &["!", "?", ":", ";", "-", "—", "\"", "'", "&", "_"],
];

/// The pad of a question that is answered with a number.
pub(super) const PAD: &[&[Key]] = &[&["1", "2", "3"], &["4", "5", "6"], &["7", "8", "9"]];

/// The rows of letters of a language, or of signs.
pub(super) fn rows(tongue: Tongue, signs: bool) -> &'static [&'static [Key]] {
    match tongue {
        _ if signs => SIGNS,
        Tongue::Kk => KAZAKH,
        Tongue::Ru => RUSSIAN,
        Tongue::En => ENGLISH,
    }
}

/// The letter itself, and what a long press offers beside it.
pub(super) fn letters(key: Key) -> (&'static str, &'static str) {
    let end = key.chars().next().map_or(0, char::len_utf8);
    key.split_at(end)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn all(tongue: Tongue) -> BTreeSet<char> {
        rows(tongue, false).iter().flat_map(|row| row.iter()).flat_map(|key| key.chars()).collect()
    }

    #[test]
    fn every_letter_of_each_alphabet_has_a_key() {
        let kazakh = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";
        assert_eq!(kazakh.chars().count(), 42);
        let on_keys = all(Tongue::Kk);
        assert!(kazakh.chars().all(|letter| on_keys.contains(&letter)) && on_keys.contains(&'₸'));
        let russian = all(Tongue::Ru);
        assert!("абвгдеёжзийклмнопрстуфхцчшщъыьэюя".chars().all(|c| russian.contains(&c)));
        assert!(('a'..='z').all(|letter| all(Tongue::En).contains(&letter)));
    }

    #[test]
    fn no_key_of_a_layout_stands_twice() {
        for (tongue, _) in Tongue::ALL {
            for signs in [false, true] {
                let keys: Vec<&str> =
                    rows(tongue, signs).iter().flat_map(|row| row.iter().copied()).collect();
                let firsts: BTreeSet<&str> = keys.iter().map(|key| letters(key).0).collect();
                assert_eq!(firsts.len(), keys.len(), "{tongue:?}");
            }
        }
    }
}

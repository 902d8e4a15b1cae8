//! The order of names: as Kazakh sorts its 42 letters (Ә after А), which puts Russian and Latin names
//! where their readers look for them, too.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

/// Makes the bytes that sort a name.
#[derive(Debug)]
pub(crate) struct Collation(Option<CollatorBorrowed<'static>>);

impl Collation {
    /// Of the Kazakh locale. Its data is compiled in; without it names would sort by their bytes.
    pub(crate) fn kazakh() -> Self {
        Self(Collator::try_new(locale!("kk").into(), CollatorOptions::default()).ok())
    }

    /// Bytes that compare as the names do.
    pub(crate) fn key(&self, name: &str) -> Vec<u8> {
        let Some(collator) = &self.0 else { return name.as_bytes().to_vec() };
        let mut key = Vec::new();
        let Ok(()) = collator.write_sort_key_to(name, &mut key);
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kazakh_letters_stand_where_a_kazakh_reader_looks_for_them() {
        let collation = Collation::kazakh();
        let alphabet = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";
        let keys: Vec<_> = alphabet.chars().map(|c| collation.key(&c.to_string())).collect();
        assert!(keys.is_sorted(), "{alphabet}");
        let mut names = ["Бекова", "Әбіш", "Ахметов", "Абай"];
        names.sort_by_key(|name| collation.key(name));
        assert_eq!(names, ["Абай", "Ахметов", "Әбіш", "Бекова"]);
    }
}

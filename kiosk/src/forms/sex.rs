//! A guess at somebody's sex from what has been typed, so that a volunteer rarely has to say it.
//!
//! Shown as a choice that is already made and can be made otherwise. From endings of patronymics
//! and surnames, and the 7th digit of an IIN (`../shared/domain.md` says how little that proves).

use beket_model::{EncodedSex, Iin, Sex};

/// What the names and the number say; `None` where they say nothing, or different things.
pub(crate) fn guess(family_name: &str, patronymic: &str, iin: &str) -> Option<Sex> {
    let by_father = ending(patronymic, &PATRONYMICS);
    let by_number = Iin::parse(iin.trim()).ok().and_then(|iin| match iin.encoded_sex() {
        Some(EncodedSex::Male) => Some(Sex::Male),
        Some(EncodedSex::Female) => Some(Sex::Female),
        None => None,
    });
    let by_family = ending(family_name, &SURNAMES);
    let said = [by_father, by_number, by_family].into_iter().flatten().collect::<Vec<_>>();
    let first = *said.first()?;
    // A patronymic's ending is a word of its own; the others only count where they agree.
    (by_father.is_some() || said.iter().all(|sex| *sex == first)).then_some(first)
}

const PATRONYMICS: [(&str, Sex); 16] = [
    ("ұлы", Sex::Male),
    ("улы", Sex::Male),
    ("уулу", Sex::Male),
    ("оглы", Sex::Male),
    ("ович", Sex::Male),
    ("евич", Sex::Male),
    ("ич", Sex::Male),
    ("uly", Sex::Male),
    ("ovich", Sex::Male),
    ("evich", Sex::Male),
    ("қызы", Sex::Female),
    ("кызы", Sex::Female),
    ("овна", Sex::Female),
    ("евна", Sex::Female),
    ("ична", Sex::Female),
    ("qyzy", Sex::Female),
];

const SURNAMES: [(&str, Sex); 12] = [
    ("ов", Sex::Male),
    ("ев", Sex::Male),
    ("ин", Sex::Male),
    ("ский", Sex::Male),
    ("ov", Sex::Male),
    ("ev", Sex::Male),
    ("ова", Sex::Female),
    ("ева", Sex::Female),
    ("ина", Sex::Female),
    ("ская", Sex::Female),
    ("ova", Sex::Female),
    ("eva", Sex::Female),
];

fn ending(name: &str, endings: &[(&str, Sex)]) -> Option<Sex> {
    let name = name.trim().to_lowercase();
    let found =
        endings.iter().find(|(ending, _)| name.len() > ending.len() && name.ends_with(ending));
    found.map(|(_, sex)| *sex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_numbers_say_it_where_they_agree() {
        let (male, female) = (Some(Sex::Male), Some(Sex::Female));
        assert_eq!(guess("Смағұлова", "", ""), female);
        assert_eq!(guess("Тестов", "", ""), male);
        assert_eq!(guess("Бекет", "Серікқызы", ""), female);
        assert_eq!(guess("Бекет", "Серікұлы", ""), male);
        assert_eq!(guess("Смағұлова", "Серикович", ""), male, "the patronymic is surer");
        assert_eq!(guess("Бекет", "", "850101399996"), male);
        assert_eq!(guess("Смағұлова", "", "850101399996"), None, "they disagree");
        assert_eq!(guess("Бекет", "", ""), None);
        assert_eq!(guess("ов", "", ""), None);
    }
}

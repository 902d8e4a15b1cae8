//! A conflict as sentences: who wrote what, where and when, without having seen the others.
//!
//! The one wording of it, in pieces, so that a page or a screen can set each in its own type.

use beket_model::ConflictValue;

use crate::{Term, Tongue, fields, moment};

/// One value of a conflict, told: "Айгүл (TRK-B, 14:02) wrote “+7701…”."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Who.
    pub by: String,
    /// Where and when, in brackets, and what comes before the value.
    pub before: String,
    /// What.
    pub value: String,
    /// What comes behind it.
    pub after: String,
}

/// Tells one value. `kiosk` is where it was written; `None` stands for the office.
pub fn wrote(tongue: Tongue, path: &str, value: &ConflictValue, kiosk: Option<&str>) -> Told {
    let wrote = Term::Wrote.in_(tongue);
    let circumstances =
        format!(" ({}, {})", place(tongue, kiosk), moment::spoken(value.at, tongue));
    let (before, after) = match tongue {
        Tongue::Kk => (format!("{circumstances}: «"), format!("» {wrote}.")),
        Tongue::Ru => (format!("{circumstances}: {wrote} «"), "».".to_owned()),
        Tongue::En => (format!("{circumstances} {wrote} “"), "”.".to_owned()),
    };
    let (by, value) = (value.by.clone(), fields::value(path, &value.value, tongue));
    Told { by, before, value, after }
}

/// Where: the kiosk's name, or the office.
pub fn place(tongue: Tongue, kiosk: Option<&str>) -> String {
    kiosk.map_or_else(|| Term::Office.in_(tongue).to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use beket_model::ChangeHash;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_conflict_reads_as_a_sentence_in_each_language() {
        let (by, at) = ("Айгүл".to_owned(), 1_561_389_120);
        let value = ConflictValue { value: json!("male"), change: ChangeHash([0; 32]), by, at };
        let read = |tongue, kiosk| {
            let told = wrote(tongue, "person.sex", &value, kiosk);
            [told.by, told.before, told.value, told.after].concat()
        };
        assert_eq!(
            read(Tongue::Kk, Some("TRK-B")),
            "Айгүл (TRK-B, 2019 ж. 24 маусым, 21:12): «ер» деп жазды."
        );
        assert_eq!(
            read(Tongue::Ru, None),
            "Айгүл (центр, 24 июня 2019 г., 21:12): записано «мужской»."
        );
        assert_eq!(
            read(Tongue::En, Some("TRK-B")),
            "Айгүл (TRK-B, 24 June 2019, 21:12) wrote “male”."
        );
    }
}

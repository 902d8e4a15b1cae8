//! A person in one line: `Surname Given Patronymic; iin=…; born=…; age=…; sex=…; phone=…; at=…`,
//! `_` for a name that is missing and `~` for a space in one. Of an IIN the first 11 digits are
//! written, and the check digit is worked out, so that no one's number is copied. Owns no check.

use serde_json::{Value, json};

use crate::{Iin, Traits};

/// Prepared for comparing.
pub(super) fn person(line: &str) -> Traits {
    let traits = Traits::of(&json(line));
    match fields(line).find(|(key, _)| *key == "told") {
        Some((_, year)) => traits.told_in(year.parse().unwrap()),
        None => traits,
    }
}

/// As the documents hold it.
pub(super) fn json(line: &str) -> Value {
    let mut out = json!({});
    let names = line.split(';').next().unwrap().split_whitespace();
    for (name, part) in ["family_name", "given_name", "patronymic"].into_iter().zip(names) {
        if part != "_" {
            out[name] = part.replace('~', " ").into();
        }
    }
    for (key, value) in fields(line) {
        match key {
            "iin" => out["iin"] = issued(value).into(),
            "born" => out["birth_date"] = value.into(),
            "age" => out["age_years"] = value.parse::<u64>().unwrap().into(),
            "sex" => out["sex"] = value.into(),
            "phone" => out["phone"] = value.into(),
            "kato" => out["address"]["kato"] = value.into(),
            "at" => out["address"]["line"] = value.into(),
            "told" => {}
            _ => panic!("{key} in {line}"),
        }
    }
    out
}

fn fields(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.split(';').skip(1).map(|field| field.trim().split_once('=').unwrap())
}

/// The number with its check digit.
fn issued(digits: &str) -> String {
    assert_eq!(digits.len(), 11, "{digits}");
    let numbers = (0..10).map(|check| format!("{digits}{check}"));
    numbers.into_iter().find(|number| Iin::parse(number).is_ok()).unwrap()
}

//! What holds for any two descriptions: order, missing fields, and that equal is the best there is.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::samples::steady;

const FIELDS: [&str; 9] = [
    "family_name",
    "given_name",
    "patronymic",
    "iin",
    "birth_date",
    "age_years",
    "sex",
    "phone",
    "address",
];

const FAMILIES: &[&str] = &["Ахметов", "Ахметова", "Akhmetov", "Ким", "Ли", "Нұрмағанбетов", "С."];
const GIVEN: &[&str] = &["Асан", "Хасан", "Айгүл", "Айгерім", "Aigul", "Александр", "А.", "Ц."];
const FATHERS: &[&str] = &["Серікұлы", "Сериковна", "Маратұлы", "Murat", "М."];
const NUMBERS: &[&str] = &["850101399996", "850101399986", "901231499984", "000229599979"];
const DAYS: &[&str] = &["1985-01-01", "1985-06-05", "1985-05-06", "1958-05-06", "2012-12-12"];
const PHONES: &[&str] = &["+77011234567", "+77011234576", "+77473334455"];
const HOMES: &[&str] = &["Абай 5", "ул. Абая, д. 5-12", "Майлықожа 5", "Абай"];
const TOWNS: &[&str] = &["611600000", "750000000"];

fn any_of(values: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop_oneof![1 => Just(Value::Null), 4 => prop::sample::select(values).prop_map(Value::from)]
}

fn any_person() -> impl Strategy<Value = Value> {
    let names = (any_of(FAMILIES), any_of(GIVEN), any_of(FATHERS));
    let age = prop_oneof![Just(Value::Null), (20..24_u8).prop_map(Value::from)];
    let born = (any_of(NUMBERS), any_of(DAYS), age, any_of(&["male", "female"]));
    let home = (any_of(PHONES), any_of(TOWNS), any_of(HOMES));
    (names, born, home).prop_map(|(names, born, home)| {
        json!({
            "family_name": names.0, "given_name": names.1, "patronymic": names.2,
            "iin": born.0, "birth_date": born.1, "age_years": born.2, "sex": born.3,
            "phone": home.0, "address": { "kato": home.1, "line": home.2 },
        })
    })
}

fn score(one: &Value, other: &Value) -> f32 {
    likeness(&Traits::of(one), &Traits::of(other)).score
}

proptest! {
    #![proptest_config(steady(2000))]

    #[test]
    fn either_order_gives_one_result(one in any_person(), other in any_person(), year in 2000..2020_i16) {
        let (one, other) = (Traits::of(&one).told_in(year), Traits::of(&other).told_in(2019));
        prop_assert_eq!(likeness(&one, &other), likeness(&other, &one));
    }

    #[test]
    fn what_one_lacks_might_as_well_be_lacking_in_both(
        one in any_person(),
        other in any_person(),
        field in prop::sample::select(&FIELDS[..]),
    ) {
        let (mut one, mut other) = (one, other);
        one[field] = Value::Null;
        let lacking = likeness(&Traits::of(&one), &Traits::of(&other));
        other[field] = Value::Null;
        prop_assert_eq!(lacking, likeness(&Traits::of(&one), &Traits::of(&other)));
    }

    #[test]
    fn nothing_is_more_like_a_person_than_the_person(
        one in any_person(),
        other in any_person(),
        altered in prop::collection::vec(prop::sample::select(&FIELDS[..]), 1..4),
    ) {
        let mut alteration = one.clone();
        for field in altered {
            alteration[field] = other[field].clone();
        }
        prop_assert!(score(&one, &one) >= score(&one, &alteration), "{alteration}");
    }

    #[test]
    fn slips_in_a_name_never_help(one in any_person(), at in 0..8_usize, letter in "[а-яa-z ]") {
        let mut slipped = one.clone();
        let name: Vec<char> = one["given_name"].as_str().unwrap_or("Анна").chars().collect();
        let at = at.min(name.len());
        let text: String = name[..at].iter().copied().chain(letter.chars()).chain(name[at..].iter().copied()).collect();
        slipped["given_name"] = text.into();
        prop_assert!(score(&one, &one) >= score(&one, &slipped), "{slipped}");
    }
}

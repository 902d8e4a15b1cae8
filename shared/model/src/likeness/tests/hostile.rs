//! Text that no one typed: it is answered, and no slower than a long name.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::samples::steady;

/// All fields alike.
fn filled(text: &str) -> Value {
    json!({
        "family_name": text, "given_name": text, "patronymic": text, "iin": text,
        "birth_date": text, "age_years": text, "sex": text, "phone": text,
        "address": { "kato": text, "line": text },
    })
}

#[test]
fn ten_megabytes_are_cut() {
    for unit in ["Ә", "a b ", "1", " ", "\u{301}", "ұлы", "🏠", "1 а "] {
        let long = filled(&unit.repeat(10_000_000 / unit.len()));
        let bounded = filled(&unit.repeat(300));
        let (long, bounded) = (Traits::of(&long), Traits::of(&bounded));
        assert_eq!(
            likeness(&long, &bounded).reasons,
            likeness(&bounded, &bounded).reasons,
            "{unit}"
        );
    }
}

/// The longest names that are compared letter by letter, a thousand times over: some 10 ms.
#[test]
fn the_longest_names_are_compared_at_once() {
    let [one, other] =
        ["абвгдежзик", "бавгдежзки"].map(|unit| Traits::of(&filled(&unit.repeat(20))));
    let total: f32 = (0..1000).map(|_| likeness(&one, &other).score).sum();
    assert!(total < 0.0);
}

#[test]
fn other_scripts_are_compared_too() {
    for (one, other, near) in [
        ("Γιώργος", "Γιώργο", Agreement::Near),
        ("李娜", "李娜", Agreement::Equal),
        ("محمد", "أحمد", Agreement::Near),
        ("李娜", "王芳", Agreement::Differs),
    ] {
        let [one, other] = [one, other].map(|name| Traits::of(&json!({ "given_name": name })));
        assert_eq!(likeness(&one, &other).reasons, [Reason::GivenName(near)]);
    }
}

#[test]
fn json_of_the_wrong_shape_is_missing() {
    for wrong in
        [json!(null), json!([1]), json!("Асан"), json!({ "given_name": ["Асан"], "address": 5 })]
    {
        assert_eq!(Traits::of(&wrong), Traits::default());
    }
    for age in [json!(-1), json!(151), json!(3.5), json!(u64::MAX)] {
        assert_eq!(Traits::of(&json!({ "age_years": age })), Traits::default());
    }
}

proptest! {
    #![proptest_config(steady(500))]

    #[test]
    fn any_text_is_answered(one in "\\PC{0,80}|.{0,80}", other in "\\PC{0,80}|.{0,80}") {
        let (one, other) = (Traits::of(&filled(&one)), Traits::of(&filled(&other)));
        let (there, back) = (likeness(&one, &other), likeness(&other, &one));
        prop_assert_eq!(&there, &back);
        prop_assert!(there.score.is_finite() && there.score <= likeness(&one, &one).score);
    }

    #[test]
    fn any_year_is_answered(age in 0..=150_u8, told in any::<i16>(), retold in any::<i16>()) {
        let form = TypedTraits { age_years: Some(age), ..TypedTraits::default() };
        let born = TypedTraits { birth_date: "1850-01-01", ..TypedTraits::default() };
        let aged = Traits::typed(&form).told_in(told);
        likeness(&aged, &Traits::typed(&born));
        likeness(&aged, &Traits::typed(&form).told_in(retold));
    }
}

//! What each field says, one rule at a time.

use super::people::{json, person};
use super::*;
use Agreement::{Differs, Equal, Near};

fn compared(one: &str, other: &str) -> Likeness {
    likeness(&person(one), &person(other))
}

fn reasons(one: &str, other: &str) -> Vec<Reason> {
    compared(one, other).reasons
}

#[test]
fn nothing_known_weighs_nothing() {
    let found = compared("", "Тестова Айгүл; sex=female");
    assert_eq!(found, Likeness { score: 0.0, reasons: Vec::new() });
    assert!(!found.is_worth_showing() && !found.same_household_hint());
}

#[test]
fn surnames_are_near_over_gender_and_dropped_suffixes() {
    for other in ["Ахметова", "Ахмет", "Akhmetova", "Ахметов-Тестов"] {
        let other = format!("{other} _");
        assert_eq!(reasons("Ахметов _", &other), [Reason::FamilyName(Near)], "{other}");
    }
    for (one, other) in [("Чайковский _", "Чайковская _"), ("Никитин _", "Никитина _")]
    {
        assert_eq!(reasons(one, other), [Reason::FamilyName(Near)]);
    }
    assert_eq!(reasons("Ким _", "Лим _"), [Reason::FamilyName(Differs)]);
    assert_eq!(reasons("Ким _", "Ким _"), [Reason::FamilyName(Equal)]);
    assert_eq!(reasons("Ли _", "Ли _"), [Reason::FamilyName(Equal)]);
}

#[test]
fn patronymics_are_the_fathers_name() {
    for one in ["Серікұлы", "Серікқызы", "Серикович", "Сериковна", "Serikuly", "Serıkqyzy", "Серік"]
    {
        let one = format!("_ _ {one}");
        assert_eq!(reasons(&one, "_ _ Сериккызы"), [Reason::Patronymic(Equal)], "{one}");
    }
    for (one, other) in
        [("Абайұлы", "Абаевич"), ("Sergeyevich", "Сергеевна"), ("Әліұлы", "Алиевич")]
    {
        let found = reasons(&format!("_ _ {one}"), &format!("_ _ {other}"));
        assert_eq!(found, [Reason::Patronymic(Equal)], "{one}");
    }
    assert_eq!(reasons("_ _ Асанұлы", "_ _ Есенұлы"), [Reason::Patronymic(Differs)]);
}

#[test]
fn names_may_stand_in_one_field_or_in_each_others() {
    let whole = [Reason::FamilyName(Equal), Reason::GivenName(Equal), Reason::Patronymic(Equal)];
    let apart = "Тестова Айгүл Серікқызы";
    for one in ["Тестова~Айгуль~Сериковна", "_ Тестова~Айгүл~Серікқызы", "Тестова Айгүл~Серікқызы"]
    {
        assert_eq!(reasons(one, apart), whole, "{one}");
    }
    let initials = [Reason::FamilyName(Equal), Reason::GivenName(Near), Reason::Patronymic(Near)];
    assert_eq!(reasons("Тестова А.С.", apart), initials);
    assert_eq!(reasons("Тестова~А.С.", apart), initials);
    let swapped = [Reason::NamesSwapped, Reason::FamilyName(Equal), Reason::GivenName(Equal)];
    assert_eq!(reasons("Айгуль Тестова", apart), swapped);
}

#[test]
fn a_name_being_typed_is_not_held_against_anyone() {
    let form = TypedTraits {
        family_name: "Тестова", given_name: "Айге", ..TypedTraits::default()
    };
    let other = person("Тестова Айгерім");
    let finished = likeness(&Traits::typed(&form), &other);
    let typing = likeness(&Traits::typed(&form).still_typing(NamePart::Given), &other);
    assert_eq!(finished.reasons, [Reason::FamilyName(Equal), Reason::GivenName(Differs)]);
    assert_eq!(typing.reasons, [Reason::FamilyName(Equal), Reason::GivenName(Near)]);
    assert!(typing.is_worth_showing() && !finished.is_worth_showing());
}

#[test]
fn ages_need_a_year_to_meet_a_birth_date() {
    assert_eq!(reasons("; age=34", "; born=1985-03-03"), []);
    for (age, said) in [(32, Near), (33, Equal), (34, Equal), (35, Near), (36, Differs)] {
        let found = reasons(&format!("; age={age}; told=2019"), "; born=1985-03-03");
        assert_eq!(found, [Reason::Age(said)], "{age}");
    }
    assert_eq!(reasons("; age=34; told=2019", "; age=38; told=2023"), [Reason::Age(Equal)]);
    assert_eq!(reasons("; age=34; told=2019", "; age=38"), [Reason::Age(Differs)]);
    assert_eq!(
        reasons("; born=1985-03-03; age=3", "; born=1985-03-03; age=9"),
        [Reason::BirthDate(Equal)]
    );
}

#[test]
fn birth_dates_that_are_near() {
    for (other, said) in [
        ("1985-03-12", Reason::BirthDate(Equal)),
        ("1985-12-03", Reason::BirthDate(Near)),
        ("1985-03-21", Reason::BirthDate(Near)),
        ("1985-03-13", Reason::BirthDate(Near)),
        ("1958-03-12", Reason::BirthDate(Near)),
        ("1985-01-01", Reason::BirthYear(Equal)),
        ("1986-04-12", Reason::BirthDate(Differs)),
    ] {
        assert_eq!(reasons("; born=1985-03-12", &format!("; born={other}")), [said]);
    }
    assert!(compared("; born=1985-01-01", "; born=1985-01-01").score < 9.0, "a customary date");
}

#[test]
fn addresses_as_people_say_them() {
    for (other, said) in [
        ("ул. Майлыкожа, д. 5, кв. 12", Equal),
        ("Mailykozha 5-12", Equal),
        ("Майлықожа 5", Near),
        ("Арыс, Майликожа 5", Near),
        ("Майлықожа көшесі 6", Differs),
        ("Абай көшесі 5", Differs),
    ] {
        let found = reasons("; at=Майлықожа көшесі 5, пәтер 12", &format!("; at={other}"));
        assert_eq!(found, [Reason::Address(said)], "{other}");
    }
    let elsewhere = reasons("; at=Абай 5; kato=611600000", "; at=Абай 5; kato=750000000");
    assert_eq!(elsewhere, [Reason::Locality(Differs)]);
    assert_eq!(reasons("; at=Абай", "; at=Абай"), [], "a street alone is no home");
}

#[test]
fn a_household_shares_a_telephone_or_a_house() {
    for shared in ["phone=+77011234567", "at=Абай 5"] {
        let [one, other] =
            ["Тестов Ернар", "Тестова Айгүл"].map(|name| format!("{name}; {shared}"));
        assert!(compared(&one, &other).same_household_hint());
        assert!(!compared(&one, &one).same_household_hint(), "that is one person");
    }
    assert!(!compared("Тестов Ернар", "Тестов Асан").same_household_hint());
}

#[test]
fn an_iin_needs_its_name() {
    let all = "sex=male; iin=85010139999; born=1985-01-01; phone=+77011234567; at=Абай 5";
    let [nameless, one, other] =
        ["", "Тестов Ернар", "Құлманов Асан"].map(|name| format!("{name}; {all}"));
    assert!(compared(&one, &one).is_strong());
    for without in [&nameless, &other] {
        let found = compared(&one, without);
        assert!(found.is_worth_showing() && !found.is_strong(), "{found:?}");
    }
}

/// The most that two of a birth can share: their numbers differ in the 11th digit, which has no
/// say in the check digit.
#[test]
fn twins_are_never_strong() {
    let all = "Серікұлы; born=2012-04-09; sex=male; phone=+77011234567; kato=611600000; at=Абай 5";
    for (one, other) in
        [("Асан", "Үсен"), ("Хасан", "Хусан"), ("Асан", "Хасан"), ("Ерлан", "Ержан")]
    {
        let found = compared(
            &format!("Тестов {one} {all}; iin=12040959920"),
            &format!("Тестов {other} {all}; iin=12040959921"),
        );
        assert!(found.reasons.contains(&Reason::Iin(Near)));
        assert!(found.is_worth_showing() && !found.is_strong(), "{found:?}");
    }
}

#[test]
fn json_and_a_form_are_read_alike() {
    let line = "Тестова Айгүл Серікқызы; iin=85010139999; born=1985-01-01; age=34; sex=female; phone=+77011234567; kato=611600000; at=Абай 5";
    let value = json(line);
    let form = TypedTraits {
        family_name: "Тестова",
        given_name: "Айгүл",
        patronymic: "Серікқызы",
        iin: "850101 399996",
        birth_date: "1985-01-01",
        age_years: Some(34),
        sex: Some(crate::Sex::Female),
        phone: "8 701 123 45 67",
        kato: "611600000",
        address_line: "Абай 5",
    };
    assert_eq!(Traits::of(&value), Traits::typed(&form));
}

#[test]
fn weights_are_tenths_of_log2() {
    for (weight, ratio) in [
        (odds::IIN.equal.stranger, 0.96_f64 / 0.000_007_6),
        (odds::SEX.differs.kin, 0.01 / 0.5),
        (odds::GIVEN_NAME.whole.equal.kin, 0.87 / 0.003),
        (odds::PHONE.differs.stranger, 0.27 / 0.998),
    ] {
        assert!((f64::from(weight) / 10.0 - ratio.log2()).abs() <= 0.0501, "{ratio}");
    }
}

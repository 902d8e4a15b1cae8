//! What a citizen answers becomes an intake with what was asked, and nothing else.

use super::*;

fn told() -> Answers {
    let mut told = Answers::default();
    told.purpose = Some(Purpose::Appeal);
    told.consent = Some(true);
    told.family_name = "Смағұлова".to_owned();
    told.given_name = " Айгүл ".to_owned();
    told.place = "Арыс, Түркістан облысы".to_owned();
    told.kato = Some(("611600000", told.place.clone()));
    told.address = "Абай к., 5".to_owned();
    told.words = "Төбе жөнделмеді.".to_owned();
    told
}

#[test]
fn an_appeal_says_what_the_law_asks_of_one() {
    let intake = told().intake(Language::Kk, 2026).unwrap();
    assert_eq!(intake.kind, Kind::Appeal);
    assert_eq!(intake.person.given_name.as_ref().unwrap().as_str(), "Айгүл");
    assert_eq!(intake.person.address.kato.as_ref().unwrap().as_str(), "611600000");
    let line = intake.person.address.line.unwrap();
    assert_eq!(line.as_str(), "Арыс, Түркістан облысы, Абай к., 5");
    assert_eq!(intake.narrative.unwrap().as_str(), "Төбе жөнделмеді.");
}

#[test]
fn a_place_that_was_changed_by_hand_loses_its_code() {
    let mut told = told();
    told.place.push('ы');
    assert!(told.intake(Language::Kk, 2026).unwrap().person.address.kato.is_none());
}

#[test]
fn whoever_does_not_consent_is_asked_nothing_personal() {
    for purpose in [Purpose::Appeal, Purpose::Register] {
        let mut told = Answers::default();
        told.purpose = Some(purpose);
        told.consent = Some(false);
        let personal = [Question::FamilyName, Question::Phone, Question::Iin, Question::Born];
        let asked = told.questions(true);
        assert!(asked.iter().all(|question| !personal.contains(question)), "{asked:?}");
        assert!(asked.contains(&Question::Words), "the service does not end");
    }
}

#[test]
fn what_was_said_before_consent_was_refused_is_not_kept() {
    let mut told = told();
    told.iin = "850101399996".to_owned();
    told.phone = "87011234567".to_owned();
    told.add_other();
    told.others[0].given_name = "Дана".to_owned();
    told.consent = Some(false);
    let intake = told.intake(Language::Kk, 2026).unwrap();
    assert_eq!(intake.person, beket_model::Person::default());
    assert!(intake.household.is_empty());
    assert_eq!(intake.narrative.as_ref().unwrap().as_str(), "Төбе жөнделмеді.");
}

#[test]
fn an_appeal_bears_nothing_of_a_registration_that_was_begun_before() {
    let mut told = told();
    told.add_other();
    told.others[0].given_name = "Дана".to_owned();
    (told.needs, told.may_tell, told.born) = (vec!["medicine"], "yes", "34".to_owned());
    let intake = told.intake(Language::Kk, 2026).unwrap();
    assert!(intake.household.is_empty() && intake.person.needs.is_empty());
    assert!(intake.consent.may_tell_family.is_none() && intake.person.age_years.is_none());
}

#[test]
fn a_registration_bears_no_words_of_an_appeal_that_was_begun_before() {
    let mut told = told();
    told.purpose = Some(Purpose::Register);
    assert!(told.intake(Language::Kk, 2026).unwrap().narrative.is_none());
    told.consent = Some(false);
    assert!(told.intake(Language::Kk, 2026).unwrap().narrative.is_some(), "asked for again");
}

#[test]
fn somebody_of_whom_only_the_inherited_surname_is_known_is_nobody() {
    let mut told = told();
    told.purpose = Some(Purpose::Register);
    told.add_other();
    assert!(told.others[0].is_nobody());
    assert!(told.intake(Language::Kk, 2026).unwrap().household.is_empty());
    told.others[0].family_name = "Ким".to_owned();
    assert_eq!(told.intake(Language::Kk, 2026).unwrap().household.len(), 1);
}

#[test]
fn what_cannot_be_read_is_said_at_its_question() {
    let mut told = Answers::default();
    assert_eq!(told.wrong(Question::GivenName, 2026), Some(Wrong::Nobody));
    told.given_name = "Дана".to_owned();
    assert_eq!(told.wrong(Question::GivenName, 2026), None);
    told.iin = "850101399997".to_owned();
    assert_eq!(told.wrong(Question::Iin, 2026), Some(Wrong::IinDigit));
    told.iin.pop();
    assert_eq!(told.wrong(Question::Iin, 2026), Some(Wrong::Iin));
    told.phone = "12".to_owned();
    assert_eq!(told.wrong(Question::Phone, 2026), Some(Wrong::Phone));
    told.born = "31.02.1985".to_owned();
    assert_eq!(told.wrong(Question::Born, 2026), Some(Wrong::Born));
    assert_eq!(told.wrong(Question::Place, 2026), None);
}

#[test]
fn a_household_registers_itself() {
    let mut told = told();
    told.purpose = Some(Purpose::Register);
    told.needs = vec!["medicine"];
    told.may_tell = "ask";
    let at = told.add_other();
    *told.text(Question::OtherGivenName(at)).unwrap() = "Дана".to_owned();
    *told.text(Question::OtherBorn(at)).unwrap() = "7".to_owned();
    let intake = told.intake(Language::Ru, 2026).unwrap();
    assert_eq!(intake.kind, Kind::Evacuee);
    assert_eq!(intake.household[0].family_name.as_ref().unwrap().as_str(), "Смағұлова");
    assert_eq!(u64::from(intake.household[0].age_years.unwrap()), 7);
    assert_eq!(intake.consent.may_tell_family.unwrap().word(), "ask");
}

#[test]
fn nothing_is_left_in_it_when_it_is_wiped() {
    let mut told = told();
    told.add_other();
    told.zeroize();
    let texts = [&told.family_name, &told.given_name, &told.place, &told.address, &told.words];
    assert!(texts.iter().all(|text| text.is_empty()));
    assert!(told.others.is_empty() && told.kato.as_ref().is_some_and(|(_, name)| name.is_empty()));
}

#[test]
fn nothing_is_kept_of_whoever_was_not_asked_for_consent() {
    let mut told = told();
    told.consent = None;
    assert!(told.intake(Language::Kk, 2026).is_err(), "nothing is left to keep");
}

#[test]
fn nothing_is_written_that_the_person_is_not_shown() {
    let mut told = told();
    told.iin = "850101399996".to_owned();
    assert_eq!(told.intake(Language::Kk, 2026).unwrap().person.sex, None);
}

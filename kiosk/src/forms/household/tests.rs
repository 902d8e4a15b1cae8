//! What forms become: intakes with what was typed and nothing else, drafts that come back.

use beket_model::{Age, Sex, Whereabouts};

use super::*;

const YEAR: i16 = 2019;
const STATION: &str = "Түркістан вокзалы";

fn form() -> HouseholdForm {
    HouseholdForm::new(7, Kind::Evacuee, Language::Kk, Some("ARYS-2019".to_owned()))
}

fn typed(text: &str) -> String {
    text.to_owned()
}

#[test]
fn a_name_alone_is_enough_and_nothing_else_is_made_up() {
    let mut form = form();
    let either = ["family_name", "given_name"];
    let either = either.map(|field| WrongField { person: 0, field, reason: Wrong::Nobody });
    assert_eq!(form.wrong(YEAR), either);
    form.head.given_name = typed(" Айгүл ");
    assert_eq!(form.wrong(YEAR), []);
    let intake = form.intake(YEAR, STATION).unwrap();
    assert_eq!(intake.person.given_name.as_ref().unwrap().as_str(), "Айгүл");
    let empty = beket_model::Person {
        given_name: intake.person.given_name.clone(),
        // Whoever is registered here is here.
        whereabouts: Some(Whereabouts::Here),
        ..Default::default()
    };
    assert_eq!(intake.person, empty);
    assert!(intake.household.is_empty() && intake.narrative.is_none());
}

#[test]
fn a_household_of_four_says_all_that_was_typed() {
    let mut form = form();
    form.head = PersonForm {
        family_name: typed("Смағұлова"),
        given_name: typed("Айгүл"),
        born: typed("1.1.85"),
        phone: typed("8 701 123 45 67"),
        address: typed("Майлықожа 5"),
        needs: vec![typed("medicine")],
        ..PersonForm::default()
    };
    for (name, born) in [("Дана", "9"), ("Ернар", "2015"), ("Сәуле", "")] {
        form.add_member();
        let member = form.members.last_mut().unwrap();
        (member.given_name, member.born) = (typed(name), typed(born));
    }
    form.add_member();
    form.members[3].relation = typed("parent");
    form.add_member();
    form.carried.from = typed("Арыс");
    form.carried.site = typed("№7 мектеп");
    form.may_tell = typed("yes");
    let intake = form.intake(YEAR, STATION).unwrap();
    assert_eq!(intake.person.phone.as_ref().unwrap().as_str(), "+77011234567");
    assert_eq!(intake.person.birth_date.unwrap().to_string(), "1985-01-01");
    assert_eq!(intake.person.sex, Some(Sex::Female));
    assert_eq!(intake.household.len(), 4, "a row that nobody touched is nobody");
    let ages: Vec<Option<Age>> = intake.household.iter().map(|member| member.age_years).collect();
    let age = |years| Some(Age::try_from(years).unwrap());
    assert_eq!(ages, [age(9), age(4), None, None]);
    assert!(intake.household.iter().all(|m| m.family_name == intake.person.family_name));
    assert_eq!(intake.movement.from.as_ref().unwrap().as_str(), "Арыс");
    assert_eq!(intake.place.site.as_ref().unwrap().as_str(), "№7 мектеп");
}

#[test]
fn what_cannot_be_read_is_named_by_its_person_and_field() {
    let mut form = form();
    form.head.given_name = typed("Айгүл");
    form.head.iin = typed("850101399997");
    form.add_member();
    form.members[0].born = typed("кеше");
    form.members[0].phone = typed("12");
    let wrong: Vec<_> = form.wrong(YEAR).into_iter().map(|w| (w.person, w.field)).collect();
    assert_eq!(wrong, [(0, "iin"), (1, "born"), (1, "phone")]);
}

#[test]
fn the_next_form_keeps_what_households_share_and_no_person() {
    let mut form = form();
    form.head.given_name = typed("Айгүл");
    form.head.address = typed("Майлықожа 5");
    form.carried.transport = typed("bus");
    form.bed = typed("12");
    form.add_member();
    let next = form.next(8);
    assert!(next.head.is_empty() && next.members.is_empty());
    assert_eq!((next.id, next.kind, next.incident), (8, Kind::Evacuee, form.incident));
    assert_eq!(next.head.address, "Майлықожа 5");
    assert_eq!((next.carried.transport.as_str(), next.bed.as_str()), ("bus", ""));
}

#[test]
fn a_child_alone_needs_no_name_and_a_draft_comes_back_as_it_was() {
    let mut form = form();
    form.child_alone = true;
    form.head.found_at = typed("2-перрон");
    assert_eq!(form.wrong(YEAR), []);
    assert!(form.intake(YEAR, STATION).unwrap().has_child_alone());
    let kept = serde_json::to_string(&form).unwrap();
    assert_eq!(serde_json::from_str::<HouseholdForm>(&kept).unwrap(), form);
}

#[test]
fn a_child_alone_of_whom_only_a_name_or_an_age_is_known_is_one_all_the_same() {
    let mut form = form();
    form.child_alone = true;
    let wrong: Vec<_> = form.wrong(YEAR).into_iter().map(|w| (w.field, w.reason)).collect();
    assert_eq!(wrong, [("found_at", Wrong::NothingKnown)]);
    form.head.born = typed("5");
    assert_eq!(form.wrong(YEAR), []);
    let intake = form.intake(YEAR, STATION).unwrap();
    assert!(intake.has_child_alone());
    let found_at = intake.person.separated.found_at.unwrap();
    assert_eq!(found_at.as_str(), STATION);
}

#[test]
fn what_another_kind_of_form_carried_along_is_written_nowhere() {
    let mut form = form();
    form.head.given_name = typed("Айгүл");
    form.carried = Carried {
        transport: typed("train"),
        number: typed("45"),
        from: typed("Арыс"),
        to: typed("Шымкент"),
        site: typed("№7 мектеп"),
        ..Carried::default()
    };
    let said = |form: &HouseholdForm| {
        let intake = form.intake(YEAR, STATION).unwrap();
        let (movement, place) = (intake.movement, intake.place);
        (movement.number.is_some(), movement.from.is_some(), place.site.is_some())
    };
    assert_eq!(said(&form), (false, true, true), "a household is asked for no train");
    form.kind = Kind::Passenger;
    assert_eq!(said(&form), (true, true, false));
    for kind in [Kind::Enquiry, Kind::Appeal] {
        form.kind = kind;
        assert_eq!(said(&form), (false, false, false), "{kind:?}");
    }
}

#[test]
fn what_is_not_asked_of_this_kind_of_form_is_written_of_none() {
    let mut form = form();
    form.head.given_name = typed("Айгүл");
    form.head.needs = vec![typed("medicine")];
    form.may_tell = typed("yes");
    form.narrative = typed("Төбе ағады");
    for (kind, asked) in [
        (Kind::Evacuee, true),
        (Kind::Passenger, true),
        (Kind::Enquiry, false),
        (Kind::Appeal, false),
    ] {
        form.kind = kind;
        let intake = form.intake(YEAR, STATION).unwrap();
        assert_eq!(intake.person.needs.is_empty(), !asked, "{kind:?}");
        assert_eq!(intake.consent.may_tell_family.is_some(), asked, "{kind:?}");
        assert_eq!(intake.narrative.is_none(), asked, "{kind:?}");
    }
    (form.kind, form.head.given_name) = (Kind::Evacuee, String::new());
    assert!(!form.wrong(YEAR).is_empty(), "words that are not on the screen name nobody");
}

#[test]
fn a_mother_s_surname_does_not_make_a_daughter_of_her_son() {
    let mut form = form();
    form.head.family_name = typed("Тестова");
    assert_eq!(form.head.sex(), Some(Sex::Female));
    form.add_member();
    form.members[0].given_name = typed("Ернар");
    assert_eq!(form.members[0].sex(), None, "nothing is guessed of him");
    form.members[0].family_name = typed("Тестов");
    assert_eq!(form.members[0].sex(), Some(Sex::Male));
}

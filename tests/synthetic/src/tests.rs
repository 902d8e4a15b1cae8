//! What the generator promises, checked over a thousand intakes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::iin::check_digit;
use crate::{Generator, Kind, Language, Scene};

fn thousand(seed: u64) -> Vec<Value> {
    Generator::new(seed, Scene::emergency("ARYS-2019")).take(1_000).collect()
}

fn distinct(intakes: &[Value], pointer: &str) -> usize {
    let values = intakes.iter().filter_map(|intake| intake.pointer(pointer)?.as_str());
    values.collect::<BTreeSet<_>>().len()
}

#[test]
fn one_seed_tells_one_story() {
    assert_eq!(thousand(7), thousand(7));
    assert_ne!(thousand(7)[..20], thousand(8)[..20]);
}

#[test]
fn every_intake_can_be_taken() {
    for intake in thousand(1) {
        assert!(
            ["evacuee", "passenger", "appeal", "enquiry"]
                .contains(&intake["kind"].as_str().unwrap())
        );
        assert!(["kk", "ru", "en"].contains(&intake["language"].as_str().unwrap()));
        let told = intake["narrative"].as_str().is_some_and(|text| !text.is_empty());
        let named = intake["person"]["family_name"].is_string();
        let found = intake["household"][0]["separated"]["says"].is_string();
        assert!(told || named || found, "{intake}");
        assert_eq!(intake["suggested_links"], serde_json::json!([]));
        let emergency = intake["kind"] != "appeal";
        assert_eq!(intake["incident"].as_str(), emergency.then_some("ARYS-2019"), "{intake}");
    }
}

#[test]
fn every_number_passes_its_check_digit_and_few_contradict_the_form() {
    let (mut seen, mut mismatched) = (0, 0);
    for intake in thousand(2) {
        let person = &intake["person"];
        let (Some(iin), Some(born)) = (person["iin"].as_str(), person["birth_date"].as_str())
        else {
            continue;
        };
        assert_eq!(iin.len(), 12);
        assert_eq!(check_digit(&iin[..11]).map(|digit| digit.to_string()), Some(iin[11..].into()));
        let says_female = "246".contains(&iin[6..7]);
        let same_day = iin[..6] == born.replace('-', "")[2..];
        seen += 1;
        mismatched += usize::from(!same_day || says_female != (person["sex"] == "female"));
    }
    assert!(seen > 500, "{seen}");
    assert!((1..seen / 20).contains(&mismatched), "{mismatched} of {seen}");
}

#[test]
fn a_thousand_are_varied() {
    let intakes = thousand(3);
    let told = intakes.iter().filter(|intake| intake["narrative"].is_string()).count();
    let different = distinct(&intakes, "/narrative");
    assert!(told > 450 && different * 10 > told * 8, "{different} of {told}");
    assert!(distinct(&intakes, "/person/family_name") > 150);
    assert!(distinct(&intakes, "/person/given_name") > 150);
    assert!(distinct(&intakes, "/person/phone") > 500);
    let mut kinds = BTreeMap::<&str, usize>::new();
    let mut languages = BTreeMap::<&str, usize>::new();
    for intake in &intakes {
        *kinds.entry(intake["kind"].as_str().unwrap()).or_default() += 1;
        *languages.entry(intake["language"].as_str().unwrap()).or_default() += 1;
    }
    assert!(kinds.len() == 4 && kinds.values().all(|count| *count > 50), "{kinds:?}");
    assert!(languages.len() == 3 && languages.values().all(|count| *count > 50), "{languages:?}");
    let largest = intakes.iter().filter_map(|intake| intake["household"].as_array()).map(Vec::len);
    assert_eq!(largest.max(), Some(6));
    assert!(intakes.iter().any(|intake| intake["household"][0]["separated"].is_object()));
}

#[test]
fn appeals_are_told_in_one_to_six_sentences_and_no_slot_is_left() {
    let kinds = [(Kind::Appeal, 3), (Kind::Enquiry, 1)];
    for intake in Generator::new(4, Scene::everyday().with_kinds(&kinds)).take(2_000) {
        let told = intake["narrative"].as_str().unwrap();
        assert!(!told.contains(['{', '}']), "{told}");
        assert!(!told.starts_with(char::is_lowercase), "{told}");
        if intake["kind"] == "appeal" {
            let sentences = told.split_inclusive(". ").count();
            assert!((1..=6).contains(&sentences), "{sentences}: {told}");
        }
    }
}

#[test]
fn time_only_walks_forward_from_the_scene() {
    let mut before = String::new();
    for (place, intake) in thousand(5).iter().enumerate() {
        let taken = intake["taken_at"].as_str().unwrap().to_owned();
        assert!(place > 0 || taken == "2019-06-24T05:00:00Z");
        assert!(taken > before);
        before = taken;
    }
}

#[test]
fn a_scene_decides_kinds_and_languages() {
    let scene = Scene {
        languages: vec![(Language::English, 1)],
        ..Scene::everyday().with_kinds(&[(Kind::Passenger, 1)])
    };
    for intake in Generator::new(6, scene).take(50) {
        assert_eq!((&intake["kind"], &intake["language"]), (&"passenger".into(), &"en".into()));
        assert!(intake["incident"].is_null());
        let name = intake["person"]["family_name"].as_str().unwrap();
        assert!(name.is_ascii(), "{name}");
    }
}

//! What the office is to find by itself: households that register again at another station, and
//! people whom somebody looks for.
//! Refuses to invent anybody: all of them are among those who were taken.

use beket_synthetic::{Generator, Scene};
use serde_json::{Value, json};

use crate::ledger::Case;
use crate::world::INCIDENT;

/// Forms of so many households of a station, as another desk writes them down this year.
pub(crate) fn again(
    cases: &[Case],
    station: &str,
    many: usize,
    seed: u64,
    year: i64,
) -> Vec<Value> {
    let mut queue = Generator::new(seed, Scene::emergency(INCIDENT));
    let households = registered(cases, station).take(many);
    households.map(|case| queue.told_again(&case.given, year).0).collect()
}

/// Enquiries about so many people of a station, by name and by their age this year.
pub(crate) fn sought(cases: &[Case], station: &str, many: usize, year: i64) -> Vec<Value> {
    let born = |case: &&Case| case.given["person"]["birth_date"].is_string();
    let known = registered(cases, station).filter(born);
    known.step_by(3).take(many).enumerate().map(|(nth, case)| enquiry(nth, case, year)).collect()
}

/// Whoever left a stricken place and told a name.
fn registered<'a>(cases: &'a [Case], station: &'a str) -> impl Iterator<Item = &'a Case> {
    cases.iter().filter(move |case| {
        let named = case.given["person"]["given_name"].is_string();
        case.station == station && case.kind() == "evacuee" && named
    })
}

fn enquiry(nth: usize, case: &Case, now: i64) -> Value {
    let person = &case.given["person"];
    let language = case.given["language"].as_str().unwrap_or("kk");
    let told = match language {
        "ru" => "Ищу родственника, телефон не отвечает.",
        "en" => "I am looking for a relative whose phone is off.",
        _ => "Туысымды іздеймін, телефоны өшіп тұр.",
    };
    let year = person["birth_date"].as_str().and_then(|born| born.get(..4)?.parse::<i64>().ok());
    json!({
        "kind": "enquiry", "language": language, "incident": INCIDENT, "narrative": told,
        "person": {
            "family_name": person["family_name"], "given_name": person["given_name"],
            "age_years": year.map(|year| now - year), "sex": person["sex"],
        },
        "household": [{ "relation": "sibling", "given_name": "Бауыржан",
                        "phone": format!("+770155590{nth:02}") }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_people_who_were_taken_are_told_again_or_looked_for() {
        let scene = Scene::emergency(INCIDENT);
        let cases: Vec<Case> = Generator::new(1, scene)
            .take(100)
            .map(|given| Case::new(String::new(), "TRK", given))
            .collect();
        let (again, sought) = (again(&cases, "TRK", 6, 1, 2019), sought(&cases, "TRK", 3, 2019));
        assert_eq!((again.len(), sought.len()), (6, 3));
        for form in sought {
            let same =
                |case: &Case| case.given["person"]["given_name"] == form["person"]["given_name"];
            assert!(cases.iter().any(same), "{form}");
        }
        assert!(super::again(&cases, "ARS", 6, 1, 2019).is_empty());
    }
}

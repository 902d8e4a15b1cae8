//! Owns: who in one case may be in another, as staff see it over HTTP: candidates with reasons, what
//! is decided, the way back.
//! Refuses: how alike two names are, which the model owns.

use anyhow::{Context, Result, ensure};
use beket_tests::labelled::{measure, share};
use beket_tests::{Browser, Page, World};
use serde_json::{Value, json};

struct Office {
    world: World,
    browser: Browser,
}

impl Office {
    /// Registers each at a kiosk of its own; their addresses.
    fn with(people: &[Value]) -> Result<(Self, Vec<String>)> {
        let world = World::open()?;
        let browser = world.office.browser_in("en")?;
        let mut cases = Vec::new();
        for intake in people {
            let kiosk = world.staffed("TRK")?;
            for reference in world.listed(&kiosk, &browser, std::slice::from_ref(intake))? {
                cases.push(world.row(&reference)?["case"].as_str().context("no case")?.to_owned());
            }
        }
        Ok((Self { world, browser }, cases))
    }

    fn page(&self, case: &str) -> Result<Page> {
        self.browser.open(&format!("/cases/{case}"))
    }

    /// The part of a case's page that names candidates.
    fn candidates(&self, case: &str) -> Result<String> {
        let page = self.page(case)?.body;
        let part =
            page.split("id=\"alike\"").nth(1).and_then(|rest| rest.split("</section>").next());
        Ok(part.unwrap_or_default().to_owned())
    }

    /// How many cases are listed as perhaps somebody else's, too.
    fn marked(&self, many: usize) -> Result<()> {
        let rows = |page: &Page| page.body.matches("<td class=\"person\">").count();
        let listed = |page: &Page| rows(page) == many;
        self.browser.open_until("/cases?duplicate=1", listed)?;
        Ok(())
    }

    fn say(&self, case: &str, other: &str, kind: &str) -> Result<()> {
        let fields = [("other", other), ("kind", kind)];
        let compare = self.browser.open(&format!("/cases/{case}/compare/{other}"))?;
        let page = self.browser.submit(&compare, &format!("/cases/{case}/link"), &fields)?;
        ensure!(page.status == 303, "{kind}: {page:?}");
        Ok(())
    }
}

fn person(family: &str, given: &str, more: &Value) -> Value {
    let mut person = json!({ "family_name": family, "given_name": given });
    for (field, value) in more.as_object().into_iter().flatten() {
        person[field] = value.clone();
    }
    json!({ "kind": "evacuee", "language": "kk", "person": person })
}

#[test]
fn one_person_in_two_spellings_is_found_and_what_is_decided_can_be_taken_back() -> Result<()> {
    let born = json!({ "birth_date": "1985-01-31", "sex": "male", "phone": "87011234567" });
    let (office, cases) = Office::with(&[
        person("Әбішев", "Қайрат", &born),
        person("Abishev", "Qairat", &born),
        person("Тестов", "Қайрат", &json!({})),
    ])?;
    let [one, other, stranger] = [&cases[0], &cases[1], &cases[2]];
    office.marked(2)?;
    let said = office.candidates(one)?;
    for words in ["same given name", "same phone", "born the same day", "very alike", other] {
        ensure!(said.contains(words), "{words}: {said}");
    }
    ensure!(!said.contains(stranger.as_str()) && office.candidates(stranger)?.is_empty());

    let compare = office.browser.open(&format!("/cases/{one}/compare/{other}"))?;
    for words in ["Әбішев", "Abishev", "differs", "same"] {
        ensure!(compare.body.contains(words), "{words}: {}", compare.body);
    }
    office.say(one, other, "same_person")?;
    office.marked(0)?;
    for (case, else_where) in [(one, other), (other, one)] {
        let page = office.page(case)?.body;
        let linked = page.split("Linked cases").nth(1).context("not linked")?;
        ensure!(
            linked.contains(else_where.as_str()) && linked.contains("the same person"),
            "{page}"
        );
        ensure!(office.candidates(case)?.is_empty());
    }
    // From the other side, and back again.
    office.say(other, one, "")?;
    office.marked(2)?;
    ensure!(office.candidates(one)?.contains(other.as_str()));
    office.say(one, other, "not_the_same")?;
    office.marked(0)?;
    office.say(one, other, "same_household")?;
    let page = office.page(other)?.body;
    let linked = page.split("Linked cases").nth(1).and_then(|rest| rest.split("</section>").next());
    let linked = linked.context("not linked")?;
    ensure!(linked.contains("the same household") && !linked.contains("not the same"), "{linked}");
    office.world.close()
}

#[test]
fn two_halves_of_a_family_meet_and_a_slip_in_the_name_hides_nobody() -> Result<()> {
    let home = json!({ "phone": "87017654321", "birth_date": "1990-05-05" });
    let mut mother = person("Смағұлова", "Айгүл", &home);
    mother["household"] =
        json!([{ "family_name": "Смағұлов", "given_name": "Ернар", "relation": "child" }]);
    let father = person("Смағұлов", "Ерлан", &json!({ "phone": "87017654321" }));
    let slip = person("Смагулва", "Айгуль", &json!({ "birth_date": "1990-05-05" }));
    let (office, cases) = Office::with(&[mother, father, slip])?;
    let said = office.candidates(&cases[0])?;
    ensure!(said.contains(&cases[1]) && said.contains("perhaps one household"), "{said}");
    ensure!(said.contains(&cases[2]) && said.contains("similar surname"), "{said}");
    let said = office.candidates(&cases[2])?;
    ensure!(said.contains(&cases[0]), "{said}");
    office.world.close()
}

#[test]
fn what_a_kiosk_suggests_stands_until_somebody_decides() -> Result<()> {
    let (office, cases) = Office::with(&[person("Ахметова", "Дана", &json!({}))])?;
    let kiosk = office.world.staffed("TRK")?;
    let mut again = person("Басқа", "Есім", &json!({}));
    again["suggested_links"] = json!([{ "case": cases[0], "kind": "same_person" }]);
    let reference = kiosk.take_one(&again)?;
    kiosk.sync()?;
    office.marked(1)?;
    let case = office.world.row(&reference)?["case"].as_str().context("no case")?.to_owned();
    let said = office.candidates(&case)?;
    ensure!(said.contains("suggested by a kiosk") && said.contains("Ахметова"), "{said}");
    office.say(&case, &cases[0], "not_the_same")?;
    office.marked(0)?;
    office.world.close()
}

#[test]
fn a_case_is_linked_to_no_unknown_case_and_not_to_itself() -> Result<()> {
    let (office, cases) = Office::with(&[person("Ахметова", "Дана", &json!({}))])?;
    let unknown = "0".repeat(32);
    for (other, kind, status) in [
        (cases[0].as_str(), "same_person", 422),
        (unknown.as_str(), "same_person", 404),
        ("'; DROP TABLE case_row; --", "same_person", 404),
        (unknown.as_str(), "married", 422),
    ] {
        let fields = [("other", other), ("kind", kind)];
        let page = office.browser.post(&format!("/cases/{}/link", cases[0]), &fields)?;
        ensure!(page.status == status, "{other} {kind}: {page:?}");
    }
    let compare = office.browser.get(&format!("/cases/{}/compare/{unknown}", cases[0]))?;
    ensure!(compare.status == 404, "{compare:?}");
    office.world.close()
}

#[test]
fn most_who_are_registered_twice_are_found_however_they_were_written_and_nobody_else_is_marked()
-> Result<()> {
    let world = World::open()?;
    let outcome = measure(&world, 300, 60, 2019)?;
    let (all, precision) = (outcome.all, outcome.precision());
    ensure!(all.pairs == 60 && share(all.shown, all.pairs) >= 0.95, "{all:?}");
    ensure!(share(all.marked, all.pairs) >= 0.8, "{all:?}");
    ensure!(outcome.marked >= all.marked && precision >= 0.95, "{:?}", outcome.mistaken);
    world.close()
}

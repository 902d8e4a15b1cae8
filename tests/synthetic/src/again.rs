//! A household that is registered a second time: at another desk, by ear, in haste, from another
//! document.
//! Refuses to change who they are: what differs is what people and clerks get wrong.

use serde_json::{Value, json};

use crate::draw::Draw;
use crate::names::{LANGUAGES, any_surname, respelt};
use crate::{Generator, Language, phone};

/// What the second form has otherwise than the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    /// The names are written as in another language.
    Spelling,
    /// One letter of a name is left out, doubled, another, or changes places with the next.
    Letter,
    /// Given name and surname have changed places.
    Swapped,
    /// No patronymic.
    NoPatronymic,
    /// A woman's other surname.
    Married,
    /// Day and month have changed places, or one digit is another.
    Birth,
    /// An age in place of the birth date.
    OnlyAge,
    /// No IIN.
    NoNumber,
    /// Another telephone of the family's.
    OtherPhone,
    /// No telephone.
    NoPhone,
    /// No address.
    NoAddress,
}

impl Slip {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Spelling,
        Self::Letter,
        Self::Swapped,
        Self::NoPatronymic,
        Self::Married,
        Self::Birth,
        Self::OnlyAge,
        Self::NoNumber,
        Self::OtherPhone,
        Self::NoPhone,
        Self::NoAddress,
    ];

    /// How often it happens, in a hundred forms where it can.
    fn share(self) -> u32 {
        match self {
            Self::Spelling | Self::NoNumber | Self::NoAddress => 45,
            Self::NoPatronymic | Self::NoPhone => 30,
            Self::Letter | Self::OtherPhone => 20,
            Self::OnlyAge => 12,
            Self::Birth => 8,
            Self::Married => 5,
            Self::Swapped => 4,
        }
    }
}

impl Generator {
    /// The same household as another desk writes it down in the year `now`, and what became otherwise.
    pub fn told_again(&mut self, form: &Value, now: i64) -> (Value, Vec<Slip>) {
        let mut again = form.clone();
        let mut slips = Vec::new();
        // Of a child alone nobody knows what could be told otherwise.
        let known = form["person"].is_object();
        for slip in Slip::ALL.into_iter().filter(|_| known) {
            if self.draw.chance(slip.share()) && happens(&mut self.draw, slip, &mut again, now) {
                slips.push(slip);
            }
        }
        (again, slips)
    }
}

/// Makes a slip; `false` where the form has nothing to get wrong.
fn happens(draw: &mut Draw, slip: Slip, form: &mut Value, now: i64) -> bool {
    match slip {
        Slip::Spelling => spelling(draw, form),
        Slip::Letter => letter(draw, &mut form["person"]),
        Slip::Swapped => swapped(&mut form["person"]),
        Slip::NoPatronymic => gone(&mut form["person"], "patronymic"),
        Slip::Married => married(draw, form),
        Slip::Birth => birth(&mut form["person"]),
        Slip::OnlyAge => only_age(&mut form["person"], now),
        Slip::NoNumber => gone(&mut form["person"], "iin"),
        Slip::OtherPhone => {
            let known = form["person"]["phone"].is_string();
            if known {
                form["person"]["phone"] = phone::spell(draw).into();
            }
            known
        }
        Slip::NoPhone => gone(&mut form["person"], "phone"),
        Slip::NoAddress => gone(&mut form["person"], "address"),
    }
}

fn gone(person: &mut Value, field: &str) -> bool {
    person.get_mut(field).is_some_and(|value| !value.take().is_null())
}

fn spelling(draw: &mut Draw, form: &mut Value) -> bool {
    let others = LANGUAGES.into_iter().filter(|language| form["language"] != language.word());
    let language = *draw.pick(&others.collect::<Vec<_>>());
    let mut changed = respell(&mut form["person"], language);
    for member in form["household"].as_array_mut().into_iter().flatten() {
        changed |= respell(member, language);
    }
    if changed {
        form["language"] = language.word().into();
    }
    changed
}

fn respell(person: &mut Value, language: Language) -> bool {
    let mut changed = false;
    for part in ["family_name", "given_name", "patronymic"] {
        let other = person[part].as_str().and_then(|name| respelt(name, language));
        if let Some(other) = other.filter(|other| person[part] != other.as_str()) {
            person[part] = other.into();
            changed = true;
        }
    }
    changed
}

fn letter(draw: &mut Draw, person: &mut Value) -> bool {
    let part = if draw.chance(50) { "family_name" } else { "given_name" };
    let Some(name) = person[part].as_str() else { return false };
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() < 5 {
        return false;
    }
    let last = i64::try_from(letters.len()).unwrap_or(i64::MAX) - 2;
    let at = usize::try_from(draw.between(1, last)).unwrap_or(1);
    match draw.between(0, 3) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        // The key beside it, or what was heard.
        _ => letters[at] = if letters[at].is_ascii() { 'e' } else { 'е' },
    }
    let other: String = letters.into_iter().collect();
    let changed = other != name;
    person[part] = other.into();
    changed
}

fn swapped(person: &mut Value) -> bool {
    if !person["family_name"].is_string() || !person["given_name"].is_string() {
        return false;
    }
    let family = person["family_name"].take();
    person["family_name"] = person["given_name"].take();
    person["given_name"] = family;
    true
}

fn married(draw: &mut Draw, form: &mut Value) -> bool {
    let language = LANGUAGES.into_iter().find(|language| form["language"] == language.word());
    let person = &mut form["person"];
    if person["sex"] != "female" || !person["family_name"].is_string() {
        return false;
    }
    person["family_name"] = any_surname(draw, language.unwrap_or(Language::Kazakh)).into();
    true
}

fn birth(person: &mut Value) -> bool {
    let Some(born) = person["birth_date"].as_str() else { return false };
    let (year, month, day) = (&born[..4], &born[5..7], &born[8..]);
    let other = if day <= "12" && day != month {
        format!("{year}-{day}-{month}")
    } else if day > "28" {
        format!("{year}-{month}-{}{}", if day == "29" { '1' } else { '2' }, &day[1..])
    } else {
        let ones = if day.ends_with('1') { '2' } else { '1' };
        format!("{year}-{month}-{}{ones}", &day[..1])
    };
    person["birth_date"] = other.into();
    true
}

fn only_age(person: &mut Value, now: i64) -> bool {
    let year = person["birth_date"].as_str().and_then(|born| born[..4].parse::<i64>().ok());
    let Some(year) = year else { return false };
    person["age_years"] = json!((now - year).max(0));
    gone(person, "birth_date")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scene;

    #[test]
    fn every_slip_happens_and_nobody_becomes_somebody_else() {
        let mut queue = Generator::new(5, Scene::emergency("ARYS-2019"));
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..400 {
            let form = queue.intake();
            let (again, slips) = queue.told_again(&form, 2019);
            assert_eq!(slips.is_empty(), again == form, "{slips:?} {form} {again}");
            assert_eq!(again["person"]["sex"], form["person"]["sex"]);
            seen.extend(slips);
        }
        assert_eq!(seen.len(), Slip::ALL.len(), "{seen:?}");
    }
}

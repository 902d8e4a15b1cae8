//! Somebody as they are counted: age group, sex, needs, whereabouts, when they left, in eight bytes.

use beket_model::{Sex, Whereabouts};
use beket_words::{fields, moment};
use serde_json::Value;

/// Age groups, by their lower bounds in years; the last stands for whoever's age is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum AgeGroup {
    /// Up to 4.
    Infant,
    /// 5 to 11.
    Child,
    /// 12 to 17.
    Adolescent,
    /// 18 to 59.
    Adult,
    /// 60 and over.
    Elderly,
    #[default]
    Unknown,
}

impl AgeGroup {
    pub(crate) const ALL: [Self; 6] =
        [Self::Infant, Self::Child, Self::Adolescent, Self::Adult, Self::Elderly, Self::Unknown];

    fn of(age: Option<i64>) -> Self {
        match age {
            Some(..5) => Self::Infant,
            Some(5..12) => Self::Child,
            Some(12..18) => Self::Adolescent,
            Some(18..60) => Self::Adult,
            Some(60..) => Self::Elderly,
            None => Self::Unknown,
        }
    }

    /// Whether they are under age.
    pub(crate) fn is_under_age(self) -> bool {
        self <= Self::Adolescent
    }
}

/// So many needs are counted by their words; the rest are counted together.
pub(crate) const NEEDS: usize = fields::NEEDS.len();

/// One person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) age: AgeGroup,
    pub(crate) sex: Option<Sex>,
    pub(crate) whereabouts: Whereabouts,
    /// When they went on from where they were registered, in seconds since 1970; 0 for not.
    pub(crate) left: u32,
    /// A bit for each need, and one for any other; the highest for a child alone.
    needs: u8,
}

const ALONE: u8 = 1 << 7;

impl Counted {
    /// Of a person of a row's JSON, whose age was told at `told`.
    fn of(person: &Value, told: i64) -> Self {
        let text = |field: &str| person[field].as_str().unwrap_or_default();
        let needs = person["needs"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let needs = needs.fold(0, |all, need| {
            all | 1 << fields::NEEDS.iter().position(|(known, _)| *known == need).unwrap_or(NEEDS)
        });
        let alone = if person["separated"].is_null() { 0 } else { ALONE };
        Self {
            age: AgeGroup::of(age(person, told)),
            sex: Sex::from_word(text("sex")),
            whereabouts: Whereabouts::from_word(text("whereabouts"))
                .unwrap_or(Whereabouts::Unknown),
            left: person["left"].as_u64().map_or(0, |at| u32::try_from(at).unwrap_or(u32::MAX)),
            needs: needs | alone,
        }
    }

    /// Whether they have the need of this index; the last is any other.
    pub(crate) fn has(self, need: usize) -> bool {
        self.needs >> need & 1 == 1
    }

    /// Whether they are a child alone.
    pub(crate) fn is_alone(self) -> bool {
        self.needs & ALONE != 0
    }
}

/// In whole years, when it was told.
fn age(person: &Value, told: i64) -> Option<i64> {
    let born = person["birth_date"].as_str().and_then(|day| day.parse::<jiff::civil::Date>().ok());
    match (born, moment::day(told)) {
        (Some(born), Some(day)) => {
            let had = (day.month(), day.day()) >= (born.month(), born.day());
            Some(i64::from(day.year() - born.year()) - i64::from(!had)).filter(|age| *age >= 0)
        }
        _ => person["age_years"].as_i64(),
    }
}

/// Those of a case who are counted.
pub(crate) type Everybody = Box<[Counted]>;

/// Everybody of a row, whoever it is about first.
pub(crate) fn everybody(people: &str, told: i64) -> Everybody {
    let people: Vec<Value> = serde_json::from_str(people).unwrap_or_default();
    people.iter().map(|person| Counted::of(person, told)).collect()
}

/// Those of everybody who are counted: `repeats` has a bit for whoever another case counts already.
pub(crate) fn counted(everybody: &[Counted], repeats: u32) -> Everybody {
    let counts =
        |at: &usize| repeats.checked_shr(u32::try_from(*at).unwrap_or(32)).unwrap_or(0) & 1 == 0;
    let counted = everybody.iter().enumerate().filter(|(at, _)| counts(at));
    counted.map(|(_, one)| *one).collect()
}

/// Of a case, whom it counts, each person once.
#[derive(Debug, Clone, Default)]
pub(crate) struct OnceEach {
    /// In its own incident, or at its station.
    pub(crate) within: Everybody,
    /// Among all that there are, where those are fewer.
    fewer: Option<Everybody>,
}

impl OnceEach {
    /// Of everybody, with a bit for whoever another case counts.
    pub(crate) fn of(everybody: &[Counted], within: u32, among: u32) -> Self {
        let fewer = (within != among).then(|| counted(everybody, among));
        Self { within: counted(everybody, within), fewer }
    }

    /// Those who count in its own incident, and among all that there are where those are fewer.
    pub(crate) fn split(self) -> (Everybody, Option<Everybody>) {
        (self.within, self.fewer)
    }

    /// Those who count among all that there are.
    #[cfg(test)]
    pub(crate) fn among(&self) -> &Everybody {
        self.fewer.as_ref().unwrap_or(&self.within)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn people_fall_into_their_groups_on_their_birthdays() {
        let told = 1_561_389_120; // 24 June 2019
        let of = |person: Value| Counted::of(&person, told);
        assert_eq!(of(json!({ "birth_date": "2007-06-24" })).age, AgeGroup::Adolescent);
        assert_eq!(of(json!({ "birth_date": "2007-06-25" })).age, AgeGroup::Child);
        assert_eq!(of(json!({ "age_years": 60 })).age, AgeGroup::Elderly);
        assert_eq!(of(json!({})).age, AgeGroup::Unknown);
        let one = of(json!({ "needs": ["shelter", "water"], "sex": "female", "separated": {} }));
        assert!(one.has(2) && one.has(NEEDS) && !one.has(0) && one.is_alone());
        assert_eq!((one.sex, one.whereabouts), (Some(Sex::Female), Whereabouts::Unknown));
    }

    #[test]
    fn whoever_another_case_counts_is_not_counted_again() {
        let people =
            json!([{ "age_years": 40 }, { "age_years": 3 }, { "age_years": 5 }]).to_string();
        let all = everybody(&people, 0);
        let ages = |repeats| counted(&all, repeats).iter().map(|one| one.age).collect::<Vec<_>>();
        assert_eq!(ages(0), [AgeGroup::Adult, AgeGroup::Infant, AgeGroup::Child]);
        assert_eq!(ages(0b101), [AgeGroup::Infant]);
        assert_eq!(std::mem::size_of::<Counted>(), 8);
    }
}

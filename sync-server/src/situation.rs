//! How things stand: people, not forms, by place, age, sex and need; who came and went, hour by hour,
//! and by what.
//!
//! Counts exactly, whatever there is, from what is in memory of the cases.

use std::collections::BTreeMap;

use beket_model::{Sex, Whereabouts};

use crate::columns::{Cells, Columns, Facet, Mark, Nth};
use crate::counted::{AgeGroup, Counted, NEEDS};

const HOUR: u32 = 3_600;
/// Hours that are told one by one.
pub(crate) const HOURS: usize = 48;

/// People, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// By where they are.
    pub(crate) whereabouts: [u32; Whereabouts::ALL.len()],
    /// Of those who are here: by age group, and within it female, male, not said.
    pub(crate) ages: [[u32; 3]; AgeGroup::ALL.len()],
    /// Of those who are here: by need, any other last.
    pub(crate) needs: [u32; NEEDS + 1],
    /// Children alone.
    pub(crate) alone: u32,
}

impl Tally {
    fn add(&mut self, one: Counted) {
        self.whereabouts[one.whereabouts as usize] += 1;
        self.alone += u32::from(one.is_alone());
        if one.whereabouts == Whereabouts::Here {
            let sex = match one.sex {
                Some(Sex::Female) => 0,
                Some(Sex::Male) => 1,
                None => 2,
            };
            self.ages[one.age as usize][sex] += 1;
            for need in 0..=NEEDS {
                self.needs[need] += u32::from(one.has(need));
            }
        }
    }

    /// Everybody.
    pub(crate) fn people(&self) -> u32 {
        self.whereabouts.iter().sum()
    }

    /// Those who are here.
    pub(crate) fn here(&self) -> u32 {
        self.whereabouts[Whereabouts::Here as usize]
    }

    /// Of those who are here, of one age group.
    pub(crate) fn aged(&self, group: AgeGroup) -> u32 {
        self.ages[group as usize].iter().sum()
    }

    /// Of those who are here, under age.
    pub(crate) fn under_age(&self) -> u32 {
        AgeGroup::ALL.into_iter().filter(|group| group.is_under_age()).map(|it| self.aged(it)).sum()
    }
}

/// Where people are registered to be: a site, or a station where none was named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) station: String,
    pub(crate) site: String,
}

/// So many came, so many went.
pub(crate) type Flow = [u32; 2];
const CAME: usize = 0;
const WENT: usize = 1;

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Situation {
    pub(crate) all: Tally,
    pub(crate) places: Vec<(Place, Tally)>,
    /// The last hours, each with its first second.
    pub(crate) hours: Vec<(u32, Flow)>,
    /// Trains and buses, the fullest first.
    pub(crate) journeys: Vec<(String, Flow)>,
}

/// Counts whoever was registered in an incident or at a station; everybody, where neither is named.
pub(crate) fn situation(columns: &Columns, scope: &str, now: i64) -> Situation {
    let chosen = |facet, test: &dyn Fn(&str) -> bool| columns.words(facet).chosen(test);
    let kinds = chosen(Facet::Kind, &|kind| matches!(kind, "evacuee" | "passenger"));
    let void = chosen(Facet::Status, &|status| status == "void");
    let scopes = chosen(Facet::Scope, &|code| scope.is_empty() || code == scope);
    let is = |words: &[bool], cells: &Cells, facet| {
        words.get(cells.word(facet) as usize).copied().unwrap_or(false)
    };
    let counts = |(_, cells): &(Nth, &Cells)| {
        is(&kinds, cells, Facet::Kind)
            && is(&scopes, cells, Facet::Scope)
            && !is(&void, cells, Facet::Status)
    };
    let mut all = Tally::default();
    let mut places: BTreeMap<(u32, u32), Tally> = BTreeMap::new();
    let mut journeys: BTreeMap<u32, Flow> = BTreeMap::new();
    let first = first_hour(now);
    let mut hours = vec![Flow::default(); HOURS];
    for (nth, cells) in columns.latest().filter(counts) {
        let people = if scope.is_empty() { columns.people_among(nth) } else { columns.people(nth) };
        let place =
            places.entry((cells.word(Facet::Station), cells.word(Facet::Site))).or_default();
        for one in people {
            all.add(*one);
            place.add(*one);
        }
        let many = u32::try_from(people.len()).unwrap_or(u32::MAX);
        let mut moved = |at: u32, way: usize, many: u32| {
            let hour = at.checked_sub(first).map(|since| (since / HOUR) as usize);
            if let Some(hour) = hour.and_then(|hour| hours.get_mut(hour)) {
                hour[way] += many;
            }
        };
        let journey = journeys.entry(cells.word(Facet::Journey)).or_default();
        if cells.has(Mark::Departure) {
            journey[WENT] += many;
            moved(cells.moved, WENT, many);
            continue;
        }
        for one in people {
            // Who was registered as being elsewhere never came here, nor went.
            if one.left > 0 || !one.whereabouts.is_gone() {
                journey[CAME] += 1;
                moved(cells.moved, CAME, 1);
            }
            if one.left > 0 {
                moved(one.left, WENT, 1);
            }
        }
    }
    let word = |facet, code: u32| columns.words(facet).all()[code as usize].clone();
    let places = places.into_iter().map(|((station, site), tally)| {
        let place = Place { station: word(Facet::Station, station), site: word(Facet::Site, site) };
        (place, tally)
    });
    let mut places: Vec<(Place, Tally)> = places.collect();
    places.sort_by(|(one, a), (other, b)| b.here().cmp(&a.here()).then_with(|| one.cmp(other)));
    let journeys = journeys.into_iter().map(|(code, flow)| (word(Facet::Journey, code), flow));
    let mut journeys: Vec<(String, Flow)> = journeys.filter(|(word, _)| !word.is_empty()).collect();
    journeys.sort_by_key(|(_, flow)| std::cmp::Reverse(flow[0] + flow[1]));
    let hours = (0u32..).zip(hours).map(|(at, flow)| (first + at * HOUR, flow)).collect();
    Situation { all, places, hours, journeys }
}

/// The first second of the first hour that is told.
fn first_hour(now: i64) -> u32 {
    let this = u32::try_from(now.max(0)).unwrap_or(u32::MAX) / HOUR * HOUR;
    this.saturating_sub(HOUR * (u32::try_from(HOURS).unwrap_or(0) - 1))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::projection::row::Row;

    const NOW: i64 = 1_561_389_120;

    fn row(site: &str, people: &serde_json::Value) -> Row {
        Row {
            kind: "evacuee".to_owned(),
            status: "here".to_owned(),
            scope: "ARYS-2019".to_owned(),
            station: "TRK".to_owned(),
            site: site.to_owned(),
            journey: "train 45".to_owned(),
            direction: "arrival".to_owned(),
            moved: 1_561_389_000,
            handed_in: 1_561_389_000,
            people: people.to_string(),
            ..Row::default()
        }
    }

    #[test]
    fn people_are_counted_and_forms_that_do_not_count_are_not() {
        let family = json!([
            { "age_years": 34, "sex": "female", "whereabouts": "here", "needs": ["shelter"] },
            { "age_years": 3, "sex": "male", "whereabouts": "here" },
            { "age_years": 70, "whereabouts": "with_relatives", "left": 1_561_385_000 },
            { "age_years": 41, "whereabouts": "with_relatives" },
        ]);
        let mut columns = Columns::default();
        columns.set(1, Some(&row("School 7", &family)));
        columns.set(2, Some(&row("School 7", &family)));
        let all = crate::counted::everybody(&family.to_string(), NOW);
        columns.count(2, crate::counted::OnceEach::of(&all, 0b1, 0b1));
        columns.set(3, Some(&Row { status: "void".to_owned(), ..row("School 7", &family) }));
        columns.set(4, Some(&Row { kind: "appeal".to_owned(), ..row("", &family) }));
        columns.set(5, Some(&Row { scope: "OTHER".to_owned(), ..row("Mosque", &family) }));
        let found = situation(&columns, "ARYS-2019", NOW);
        assert_eq!((found.all.people(), found.all.here()), (7, 3));
        assert_eq!(found.all.whereabouts, [3, 0, 4, 0, 0]);
        assert_eq!((found.all.under_age(), found.all.needs[2]), (2, 1));
        assert_eq!(found.places.len(), 1);
        assert_eq!(found.hours.len(), HOURS);
        assert_eq!(found.hours.last().unwrap().1, [5, 0], "who has left came first");
        let [.., (hour, before), _] = &found.hours[..] else { panic!("no hours") };
        assert_eq!((*hour, *before), (1_561_384_800, [0, 2]), "who has come can go");
        assert_eq!(found.journeys, [("train 45".to_owned(), [5, 0])]);
        let all = situation(&columns, "", NOW);
        assert_eq!(
            all.places.iter().map(|(_, tally)| tally.people()).sum::<u32>(),
            all.all.people()
        );
    }
}

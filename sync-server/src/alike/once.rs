//! Who is counted where several cases are of the same people: each once, in the first case that
//! counts, but a child alone where they are one.
//!
//! Whoever is looked for, or appealed, is nobody registered: such a case may say that two others are
//! of one person, and counts for neither.

use std::collections::{BTreeMap, BTreeSet};

use beket_model::likeness;
use beket_store::StoreError;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

use super::{Somebody, somebodies};
use crate::columns::Nth;
use crate::counted::{OnceEach, everybody};

/// Cases that are taken together at the most.
const MOST_TOGETHER: usize = 100;

/// One of several cases that staff found to be of the same people.
struct Together {
    nth: Nth,
    /// The id, as links name it, and those of the cases that it is linked to.
    case: String,
    linked: BTreeSet<String>,
    /// Within which its people are counted; `None` where they are not.
    scope: Option<String>,
    people: String,
    handed_in: i64,
    somebodies: Vec<Somebody>,
}

/// Those who are counted of each case, as of a row that was just written: of it, and of all that are
/// of the same people, which may count somebody in its stead.
pub(crate) fn recount<'a>(
    tx: &Connection,
    written: Option<Nth>,
    same: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<(Nth, OnceEach)>, StoreError> {
    let mut find = tx.prepare_cached("SELECT n FROM case_row WHERE case_id = unhex(?1)")?;
    let mut starts: BTreeSet<Nth> = written.into_iter().collect();
    for case in same {
        starts.extend(find.query_row([case], |row| row.get::<_, Nth>(0)).optional()?);
    }
    let mut all: BTreeMap<Nth, OnceEach> = BTreeMap::new();
    while let Some(start) = starts.pop_first() {
        let together = together(tx, start)?;
        let repeats = repeats(&together);
        for (case, Repeats { within, among }) in together.iter().zip(repeats) {
            starts.remove(&case.nth);
            let update = "UPDATE case_row SET repeats = ?2, repeats_among = ?3
                          WHERE n = ?1 AND (repeats, repeats_among) <> (?2, ?3)";
            tx.prepare_cached(update)?.execute(params![case.nth, within, among])?;
            let people = everybody(&case.people, case.handed_in);
            all.insert(case.nth, OnceEach::of(&people, within, among));
        }
    }
    Ok(all.into_iter().collect())
}

/// A case and all that links lead to from it, in the order of arrival.
fn together(tx: &Connection, start: Nth) -> Result<Vec<Together>, StoreError> {
    let of =
        "SELECT n, lower(hex(case_id)), kind, status, scope, people, handed_in, same FROM case_row";
    let mut first = tx.prepare_cached(&format!("{of} WHERE n = ?1"))?;
    let mut next = tx.prepare_cached(&format!("{of} WHERE case_id = unhex(?1)"))?;
    let mut found: BTreeMap<String, Together> = BTreeMap::new();
    let mut open: Vec<Together> = first.query_row([start], read).optional()?.into_iter().collect();
    while let Some(case) = open.pop() {
        for other in &case.linked {
            let known = found.contains_key(other) || open.iter().any(|one| one.case == *other);
            if !known && *other != case.case && found.len() + open.len() < MOST_TOGETHER {
                open.extend(next.query_row([other], read).optional()?);
            }
        }
        found.insert(case.case.clone(), case);
    }
    let mut all: Vec<Together> = found.into_values().collect();
    all.sort_by_key(|case| case.nth);
    Ok(all)
}

fn read(row: &SqlRow<'_>) -> Result<Together, rusqlite::Error> {
    let (kind, status, same): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(7)?);
    let (people, handed_in): (String, i64) = (row.get(5)?, row.get(6)?);
    let counts = matches!(kind.as_str(), "evacuee" | "passenger") && status != "void";
    Ok(Together {
        nth: row.get(0)?,
        case: row.get(1)?,
        linked: same.split(' ').filter(|case| !case.is_empty()).map(str::to_owned).collect(),
        scope: counts.then(|| row.get(4)).transpose()?,
        somebodies: somebodies(&kind, &people, handed_in),
        people,
        handed_in,
    })
}

/// Of one case, a bit for whoever another counts.
#[derive(Debug, Clone, Copy, Default)]
struct Repeats {
    /// Of those in the same incident, or at the same station.
    within: u32,
    /// Of all that there are.
    among: u32,
}

/// Of each case a bit for whoever another counts: within its scope, and among all.
fn repeats(cases: &[Together]) -> Vec<Repeats> {
    let same = Same::of(cases);
    let mut repeats = vec![Repeats::default(); cases.len()];
    let (mut within, mut among) = (BTreeMap::new(), BTreeMap::new());
    // No link takes a child off alone: first those who are.
    for is_alone in [true, false] {
        for (at, case) in cases.iter().enumerate() {
            let Some(scope) = &case.scope else { continue };
            for (one, somebody) in case.somebodies.iter().enumerate() {
                if somebody.person["separated"].is_null() == is_alone {
                    continue;
                }
                let who = same.whose((at, one));
                // Of one case, two who are alike are two.
                let within = *within.entry((scope, who)).or_insert(at) != at;
                let among = *among.entry(who).or_insert(at) != at;
                repeats[at].within |= u32::from(within) << one;
                repeats[at].among |= u32::from(among) << one;
            }
        }
    }
    repeats
}

/// Which people of which cases are one person.
struct Same {
    /// Where each case's people begin.
    first: Vec<usize>,
    /// Of each somebody who is the same, and so on up to one that stands for all.
    other: Vec<usize>,
}

impl Same {
    fn of(cases: &[Together]) -> Self {
        let mut first = Vec::with_capacity(cases.len());
        let mut many = 0;
        for case in cases {
            first.push(many);
            many += case.somebodies.len();
        }
        let mut same = Self { first, other: (0..many).collect() };
        for (at, one) in cases.iter().enumerate() {
            for (before, other) in cases[..at].iter().enumerate() {
                if one.linked.contains(&other.case) || other.linked.contains(&one.case) {
                    same.join((at, one), (before, other));
                }
            }
        }
        same
    }

    /// Whoever of two linked cases is alike is one person. Staff may know what the descriptions do not
    /// show: then it is whom the cases are about.
    fn join(&mut self, (at, one): (usize, &Together), (before, other): (usize, &Together)) {
        let mut weighed = Vec::new();
        for (mine, somebody) in one.somebodies.iter().enumerate() {
            for (theirs, another) in other.somebodies.iter().enumerate() {
                let likeness = likeness(&somebody.traits, &another.traits);
                weighed.extend(likeness.is_worth_showing().then_some((likeness, mine, theirs)));
            }
        }
        // The most alike first: of two brothers, one is one of theirs.
        weighed.sort_by(|(one, ..), (other, ..)| one.rank(other));
        let mut alike: Vec<(usize, usize)> = Vec::new();
        for (_, mine, theirs) in weighed {
            if alike.iter().all(|(one, other)| *one != mine && *other != theirs) {
                alike.push((mine, theirs));
            }
        }
        if alike.is_empty() && !one.somebodies.is_empty() && !other.somebodies.is_empty() {
            alike.push((0, 0));
        }
        for (mine, theirs) in alike {
            let (mine, theirs) = (self.whose((at, mine)), self.whose((before, theirs)));
            self.other[mine.max(theirs)] = mine.min(theirs);
        }
    }

    /// Who stands for somebody of a case.
    fn whose(&self, (case, one): (usize, usize)) -> usize {
        let mut who = self.first[case] + one;
        while self.other[who] != who {
            who = self.other[who];
        }
        who
    }
}

#[cfg(test)]
mod tests {
    use beket_record::CaseId;
    use beket_store::Store;
    use serde_json::{Value, json};

    use super::*;
    use crate::projection::row::Row;
    use crate::projection::{prepare, put};

    struct Rows {
        _folder: tempfile::TempDir,
        store: Store,
    }

    fn id(nth: u8) -> CaseId {
        CaseId::from_bytes([nth; 16])
    }

    impl Rows {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let mut store = Store::open(&folder.path().join("office.db")).unwrap();
            prepare(&mut store).unwrap();
            Self { _folder: folder, store }
        }

        /// Writes a case's row; how many are counted of each it belongs with, in the order of arrival.
        fn put(
            &mut self,
            nth: u8,
            kind: &str,
            scope: &str,
            (people, same): (&Value, &[u8]),
        ) -> Vec<usize> {
            let same: BTreeSet<String> = same.iter().map(|nth| id(*nth).to_string()).collect();
            let row = Row {
                kind: kind.to_owned(),
                scope: scope.to_owned(),
                people: people.to_string(),
                same: same.clone(),
                ..Row::default()
            };
            let tx = self.store.connection();
            let nth = put(tx, id(nth), &row).unwrap();
            let counted = recount(tx, Some(nth), same.iter().map(String::as_str)).unwrap();
            counted.into_iter().map(|(_, people)| people.within.len()).collect()
        }
    }

    fn dana() -> Value {
        json!([{ "family_name": "Серікова", "given_name": "Дана", "birth_date": "1985-03-02" }])
    }

    #[test]
    fn only_whoever_is_registered_there_is_counted_before() {
        for (kind, scope) in [("enquiry", "A"), ("appeal", "A"), ("evacuee", "B")] {
            let mut rows = Rows::new();
            rows.put(1, kind, scope, (&dana(), &[2]));
            let counted = rows.put(2, "evacuee", "A", (&dana(), &[1]));
            assert_eq!(counted, [1, 1], "{kind} {scope}");
        }
        // Among all that there are, one who is registered at two stations is one.
        let mut rows = Rows::new();
        rows.put(1, "evacuee", "B", (&dana(), &[2]));
        rows.put(2, "evacuee", "A", (&dana(), &[1]));
        let counted = recount(rows.store.connection(), Some(1), []).unwrap();
        let among = |(_, people): &(Nth, OnceEach)| people.among().len();
        assert_eq!(counted.iter().map(among).collect::<Vec<_>>(), [1, 0]);
        let mut rows = Rows::new();
        rows.put(1, "evacuee", "A", (&dana(), &[2]));
        assert_eq!(rows.put(2, "passenger", "A", (&dana(), &[1])), [1, 0]);
    }

    #[test]
    fn two_who_are_the_same_as_a_third_are_one() {
        let other = json!([{ "given_name": "Д." }]);
        for third in ["evacuee", "enquiry"] {
            let mut rows = Rows::new();
            assert_eq!(rows.put(1, "evacuee", "A", (&dana(), &[])), [1]);
            assert_eq!(rows.put(2, "evacuee", "A", (&other, &[])), [1]);
            rows.put(1, "evacuee", "A", (&dana(), &[3]));
            rows.put(2, "evacuee", "A", (&other, &[3]));
            let counted = rows.put(3, third, "A", (&dana(), &[1, 2]));
            let of_third = usize::from(third == "enquiry");
            assert_eq!(counted, [1, 0, of_third], "{third}");
            // Taken back, both count again.
            rows.put(3, third, "A", (&dana(), &[1]));
            assert_eq!(rows.put(2, "evacuee", "A", (&other, &[])), [1], "{third}");
        }
    }

    #[test]
    fn no_link_takes_a_child_off_alone() {
        let alone =
            json!([{ "given_name": "Дана", "age_years": 5, "separated": { "says": "анам" } }]);
        for (first, second) in [(&alone, &dana()), (&dana(), &alone)] {
            let mut rows = Rows::new();
            rows.put(1, "evacuee", "A", (first, &[2]));
            rows.put(2, "evacuee", "A", (second, &[1]));
            let counted = recount(rows.store.connection(), Some(1), []).unwrap();
            let people = counted.iter().flat_map(|(_, people)| people.within.iter());
            let people: Vec<bool> = people.map(|one| one.is_alone()).collect();
            assert_eq!(people, [true], "one person, who is alone");
        }
    }

    #[test]
    fn a_child_of_two_families_is_one_and_their_mothers_are_two() {
        let family = |mother: &str| {
            json!([{ "family_name": "Серік", "given_name": mother },
                   { "family_name": "Серік", "given_name": "Ернар", "birth_date": "2014-02-03" }])
        };
        let mut rows = Rows::new();
        rows.put(1, "evacuee", "A", (&family("Айгүл"), &[2]));
        let counted = rows.put(2, "evacuee", "A", (&family("Раушан"), &[1]));
        assert_eq!(counted, [2, 1]);
    }
}

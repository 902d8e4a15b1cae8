//! Everybody whom this kiosk can read, in memory: found as one types, compared with whom one
//! registers.
//!
//! Owns one entry a case, one row a person, and the words by which rows are found. Refuses to touch
//! a disk: the thread that reads fills it, and it is gone with the lock.

mod card;
mod search;

use std::collections::BTreeMap;

use beket_model::{Kind, KnownNames, Likeness, Status, Traits, fold, full_name, likeness};
use beket_record::CaseId;
use serde_json::Value;

pub use card::Card;
pub use search::Query;

/// A case, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its identity.
    pub case: CaseId,
    /// Its reference number, where one is known.
    pub reference: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its one status.
    pub status: Option<Status>,
    /// Whether a child without an adult is in it.
    pub child_alone: bool,
    /// Fields with more than one value.
    pub conflicts: usize,
    /// Seconds since 1970 by the clock of the kiosk that took it.
    pub taken_at: i64,
    /// Surname first.
    pub head: String,
    /// The first and last of its rows; the person's own is the first.
    rows: (u32, u32),
}

/// One person of a case.
#[derive(Debug)]
struct Row {
    slot: u32,
    /// Surname first.
    name: Box<str>,
    /// Date or year of birth, or age, as it was said.
    born: Box<str>,
    /// IIN and telephone, each between spaces.
    numbers: Box<str>,
    /// Of a child alone, what tells it from others.
    alone: Option<Box<str>>,
    traits: Traits,
}

/// Someone who was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The case.
    pub entry: Entry,
    /// Whose row it is: surname first; empty for a child of whom no name is known.
    pub name: String,
    /// Date or year of birth, or age.
    pub born: String,
    /// Whether it is somebody else of the case's household.
    pub is_member: bool,
    /// Of a child alone: where found, what it wears, what it says.
    pub alone: Option<String>,
    /// How alike, where somebody was compared.
    pub likeness: Option<Likeness>,
}

/// The register.
#[derive(Debug, Default)]
pub struct People {
    entries: Vec<Option<Entry>>,
    slots: BTreeMap<CaseId, u32>,
    rows: Vec<Row>,
    /// Rows of entries that were replaced.
    dead: usize,
    /// Folded words of names, each with the rows that bear it, in order.
    words: BTreeMap<Box<str>, Vec<u32>>,
    names: KnownNames,
}

impl People {
    /// How many cases there are.
    pub fn cases(&self) -> usize {
        self.slots.len()
    }

    /// How many people there are.
    pub fn people(&self) -> usize {
        self.rows.len() - self.dead
    }

    /// Files the card of a case in the place of what was filed of it before; `None` where the case
    /// cannot be read, which is then not in the register.
    pub fn file(&mut self, id: CaseId, card: Option<&Card>) {
        self.remove(id);
        let Some(card) = card else { return };
        let Some(kind) = card.kind() else { return };
        let slot = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let first = self.next_row();
        let (mut head, mut child_alone) = (String::new(), false);
        for (person, alone) in card.people() {
            if self.next_row() == first {
                head = full_name(&person);
            }
            child_alone |= alone.is_some();
            self.add_row(slot, (&person, alone), card.told);
        }
        self.entries.push(Some(Entry {
            case: id,
            reference: card.reference.clone(),
            kind,
            status: card.status(),
            child_alone,
            conflicts: card.conflicts as usize,
            taken_at: card.taken_at,
            head,
            rows: (first, self.next_row()),
        }));
        self.slots.insert(id, slot);
        if self.dead > self.rows.len() / 2 && self.dead > 1_000 {
            self.compact();
        }
    }

    /// Lets go of room that was made for more than came.
    pub fn settle(&mut self) {
        self.entries.shrink_to_fit();
        self.rows.shrink_to_fit();
        self.words.values_mut().for_each(Vec::shrink_to_fit);
    }

    /// Takes a case out.
    pub fn remove(&mut self, id: CaseId) {
        let Some(slot) = self.slots.remove(&id) else { return };
        if let Some(entry) = self.entries[slot as usize].take() {
            self.dead += (entry.rows.1 - entry.rows.0) as usize;
        }
    }

    /// The entry of a case.
    pub fn entry(&self, id: CaseId) -> Option<&Entry> {
        self.entries[*self.slots.get(&id)? as usize].as_ref()
    }

    /// Every entry: children alone first, then the latest.
    pub fn latest(&self, most: usize) -> Vec<&Entry> {
        let mut all: Vec<&Entry> = self.entries.iter().flatten().collect();
        let order = |entry: &&Entry| std::cmp::Reverse((entry.child_alone, entry.taken_at));
        if all.len() > most {
            all.select_nth_unstable_by_key(most, order);
            all.truncate(most);
        }
        all.sort_by_key(order);
        all
    }

    /// The same as people who were found: children alone, then each case by its person.
    pub fn latest_found(&self, most: usize) -> Vec<Found> {
        let latest = self.latest(most);
        let is_alone = |row: &u32| self.is_alone(*row);
        let all = latest.iter().flat_map(|entry| entry.rows.0..entry.rows.1);
        let heads = latest.iter().map(|entry| entry.rows.0);
        let rows = all.filter(is_alone).chain(heads.filter(|row| !is_alone(row)));
        rows.filter_map(|row| self.found(row, None)).take(most).collect()
    }

    /// Whoever is found by these words and numbers, best first.
    pub fn search(&self, query: &Query, most: usize) -> Vec<Found> {
        let mut hits: Vec<(u32, u32)> = self.hits(query);
        let order = |&(row, score): &(u32, u32)| {
            let entry = self.entry_of(row);
            std::cmp::Reverse((
                self.is_alone(row),
                score,
                entry.map_or(0, |entry| entry.taken_at),
                row,
            ))
        };
        if hits.len() > most {
            hits.select_nth_unstable_by_key(most, order);
            hits.truncate(most);
        }
        hits.sort_unstable_by_key(order);
        hits.into_iter().filter_map(|(row, _)| self.found(row, None)).collect()
    }

    /// Whoever is alike enough to be worth a look, the likeliest first. `but` is the case that is
    /// being looked at itself.
    pub fn alike(&self, person: &Traits, query: &Query, but: Option<CaseId>) -> Vec<Found> {
        const MOST: usize = 8;
        let mut alike: Vec<(u32, Likeness)> = self
            .candidates(query)
            .into_iter()
            .filter(|row| self.entry_of(*row).is_some_and(|entry| Some(entry.case) != but))
            .filter_map(|row| Some((row, likeness(person, &self.rows.get(row as usize)?.traits))))
            .filter(|(_, like)| like.is_worth_showing() || like.same_household_hint())
            .collect();
        alike.sort_by(|(_, one), (_, other)| one.rank(other));
        alike.truncate(MOST);
        alike.into_iter().filter_map(|(row, like)| self.found(row, Some(like))).collect()
    }

    fn is_alone(&self, row: u32) -> bool {
        self.rows.get(row as usize).is_some_and(|row| row.alone.is_some())
    }

    fn entry_of(&self, row: u32) -> Option<&Entry> {
        self.entries[self.rows.get(row as usize)?.slot as usize].as_ref()
    }

    fn found(&self, row: u32, likeness: Option<Likeness>) -> Option<Found> {
        let entry = self.entry_of(row)?.clone();
        let of = self.rows.get(row as usize)?;
        let is_member = row != entry.rows.0;
        let (name, born) = (of.name.to_string(), of.born.to_string());
        let alone = of.alone.as_deref().map(str::to_owned);
        Some(Found { entry, name, born, is_member, alone, likeness })
    }

    fn next_row(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    fn add_row(&mut self, slot: u32, (person, alone): (&Value, Option<&str>), told: Option<i16>) {
        let row = self.next_row();
        let name = full_name(person);
        for word in fold(&name).split(' ').filter(|word| !word.is_empty()) {
            match self.words.get_mut(word) {
                Some(rows) if rows.last() == Some(&row) => {}
                Some(rows) => rows.push(row),
                None => drop(self.words.insert(word.into(), vec![row])),
            }
        }
        let traits = Traits::of(person).sharing(&mut self.names);
        let told = told.map(|year| traits.clone().told_in(year));
        self.rows.push(Row {
            slot,
            born: born(person).into(),
            numbers: numbers(person).into(),
            alone: alone.map(Into::into),
            traits: told.unwrap_or(traits),
            name: name.into(),
        });
    }

    /// Lets go of the rows of replaced entries.
    fn compact(&mut self) {
        let old = std::mem::take(self);
        self.names = old.names;
        let mut kept: Vec<Option<u32>> = Vec::with_capacity(old.rows.len());
        let mut slots: Vec<Option<u32>> = Vec::with_capacity(old.entries.len());
        for entry in old.entries {
            slots.push(entry.is_some().then(|| u32::try_from(self.entries.len()).unwrap_or(0)));
            self.entries.extend(entry.map(Some));
        }
        for row in old.rows {
            let slot = slots.get(row.slot as usize).copied().flatten();
            kept.push(slot.map(|_| self.next_row()));
            self.rows.extend(slot.map(|slot| Row { slot, ..row }));
        }
        let at = |row: u32| kept.get(row as usize).copied().flatten();
        for (slot, entry) in self.entries.iter_mut().enumerate() {
            let Some(entry) = entry else { continue };
            let people = entry.rows.1 - entry.rows.0;
            let first = at(entry.rows.0).unwrap_or_default();
            entry.rows = (first, first + people);
            self.slots.insert(entry.case, u32::try_from(slot).unwrap_or(0));
        }
        for (word, rows) in old.words {
            let rows: Vec<u32> = rows.into_iter().filter_map(at).collect();
            if !rows.is_empty() {
                self.words.insert(word, rows);
            }
        }
    }
}

fn born(person: &Value) -> String {
    match (person["birth_date"].as_str(), person["age_years"].as_u64()) {
        (Some(date), _) => date.to_owned(),
        (None, Some(age)) => age.to_string(),
        (None, None) => String::new(),
    }
}

fn numbers(person: &Value) -> String {
    let given = [&person["iin"], &person["phone"]].into_iter().filter_map(Value::as_str);
    let given: Vec<&str> = given.map(|number| number.trim_start_matches('+')).collect();
    if given.is_empty() { String::new() } else { format!(" {} ", given.join(" ")) }
}

#[cfg(test)]
mod tests;

//! What a queue's address asks for: tests that combine, and an order.
//!
//! Lives in the address, so that a list can be sent to a colleague. Takes anything in any of its
//! fields: a word that no case bears lets none through.

use std::ops::Range;

use beket_words::moment;
use serde::{Deserialize, Serialize};

use crate::columns::{Cells, Columns, Facet, Mark, number, written};

/// An answer that is due within so many working days is due soon.
const SOON: u32 = 3;

/// The order of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// The last to arrive first.
    Arrival,
    /// The last to be changed first.
    Changed,
    /// The first to be answered first.
    Due,
    /// By name, as Kazakh sorts.
    Name,
}

/// As the address says it; what is empty asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Filter {
    pub(crate) q: String,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) category: String,
    pub(crate) programme: String,
    pub(crate) language: String,
    pub(crate) station: String,
    pub(crate) incident: String,
    /// A KATO code: the place and all within it.
    pub(crate) district: String,
    /// A member of staff, or `-` for nobody.
    pub(crate) assignee: String,
    /// Where they stay; by what they came or go.
    pub(crate) site: String,
    pub(crate) journey: String,
    /// Each anything, or nothing.
    pub(crate) overdue: String,
    pub(crate) soon: String,
    pub(crate) conflict: String,
    pub(crate) duplicate: String,
    pub(crate) alone: String,
    /// `YYYY-MM-DD`, the first and the last day of hand-in.
    pub(crate) from: String,
    pub(crate) to: String,
    /// `changed`, `due`, `name`, or nothing.
    pub(crate) sort: String,
    /// Where the page begins.
    pub(crate) after: String,
}

impl Filter {
    /// The order that it asks for.
    pub(crate) fn sort(&self) -> Sort {
        match self.sort.as_str() {
            "changed" => Sort::Changed,
            "due" => Sort::Due,
            "name" => Sort::Name,
            _ => Sort::Arrival,
        }
    }

    /// What it asks for, by the names in the address; nothing that is empty.
    pub(crate) fn asked(&self) -> Vec<(String, String)> {
        let query = serde_urlencoded::to_string(self).unwrap_or_default();
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&query).unwrap_or_default();
        pairs.into_iter().filter(|(_, wanted)| !wanted.is_empty()).collect()
    }

    /// The same without what these names ask for.
    pub(crate) fn without(&self, names: &[&str]) -> Self {
        let kept = self.asked().into_iter().filter(|(name, _)| !names.contains(&name.as_str()));
        let query = serde_urlencoded::to_string(kept.collect::<Vec<_>>()).unwrap_or_default();
        serde_urlencoded::from_str(&query).unwrap_or_default()
    }

    /// What it asks for as the log keeps it.
    pub(crate) fn says(&self) -> String {
        let asked = self.without(&["after", "sort"]).asked();
        let asked = asked.iter().map(|(name, wanted)| format!("{name}={wanted}"));
        asked.collect::<Vec<_>>().join(", ")
    }

    /// Its tests, for the words that there are at this moment.
    pub(crate) fn tests(&self, columns: &Columns, today: u32) -> Tests {
        let asked = self.asked();
        let words = Facet::ALL.map(|facet| {
            let (_, wanted) = asked.iter().find(|(name, _)| name == named(facet))?;
            let wanted = Some(wanted.trim()).filter(|wanted| !wanted.is_empty())?;
            Some(columns.words(facet).chosen(|word| fits(facet, wanted, word)))
        });
        let seconds = |at: i64| u32::try_from(at.max(0)).unwrap_or(u32::MAX);
        // What is no day lets none through, as any word that no case bears.
        let (from, until) = (self.from.trim(), self.to.trim());
        let from = if from.is_empty() { Some(0) } else { moment::begins(from) };
        let until = if until.is_empty() { Some(i64::MAX) } else { moment::ends(until) };
        Tests {
            words,
            from: from.map_or(u32::MAX, seconds),
            until: until.map_or(0, seconds),
            due: (!self.overdue.is_empty() || !self.soon.is_empty()).then(|| {
                let from = if self.overdue.is_empty() { today } else { 1 };
                let until = if self.soon.is_empty() { today } else { soon(columns, today) };
                from..until
            }),
            conflict: !self.conflict.is_empty(),
            duplicate: !self.duplicate.is_empty(),
            alone: !self.alone.is_empty(),
        }
    }
}

/// A facet's name in the address.
pub(crate) fn named(facet: Facet) -> &'static str {
    match facet {
        Facet::Kind => "kind",
        Facet::Status => "status",
        Facet::Category => "category",
        Facet::Programme => "programme",
        Facet::Language => "language",
        Facet::Station => "station",
        Facet::Scope => "incident",
        Facet::Kato => "district",
        Facet::Assignee => "assignee",
        Facet::Site => "site",
        Facet::Journey => "journey",
    }
}

fn fits(facet: Facet, wanted: &str, word: &str) -> bool {
    match (facet, wanted) {
        (Facet::Kato, code) => !within(code).is_empty() && word.starts_with(within(code)),
        (Facet::Assignee, "-") => word.is_empty(),
        _ => word == wanted,
    }
}

/// What the codes of all places within a place begin with: KATO writes two digits a level, and zeros
/// where there is none below.
fn within(code: &str) -> &str {
    let bare = code.trim_end_matches('0').len();
    code.get(..bare.next_multiple_of(2).min(code.len())).unwrap_or(code)
}

/// The day behind the last of those on which an answer is due soon.
fn soon(columns: &Columns, today: u32) -> u32 {
    let last = written(today).parse().map(|day| columns.calendar.working_days_after(day, SOON));
    last.map_or(today, |last| number(last) + 1)
}

/// A filter made ready to look at a million cases.
#[derive(Debug)]
pub(crate) struct Tests {
    words: [Option<Vec<bool>>; Facet::ALL.len()],
    from: u32,
    until: u32,
    /// Days between which an answer that is still to come, or passing it on, is due.
    due: Option<Range<u32>>,
    conflict: bool,
    duplicate: bool,
    alone: bool,
}

impl Tests {
    /// Whether a case passes all of them.
    pub(crate) fn pass(&self, cells: &Cells) -> bool {
        let chosen = |words: &[bool], code: u32| words.get(code as usize).copied().unwrap_or(false);
        (self.from..self.until).contains(&cells.handed_in)
            && (!self.conflict || cells.has(Mark::Conflict))
            && (!self.duplicate || cells.has(Mark::Suggested) || cells.has(Mark::Alike))
            && (!self.alone || cells.has(Mark::ChildAlone))
            && Facet::ALL.into_iter().all(|facet| match &self.words[facet as usize] {
                Some(words) => chosen(words, cells.word(facet)),
                None => true,
            })
            && self.due.as_ref().is_none_or(|days| {
                days.contains(&cells.awaited()) || days.contains(&cells.forward_by())
            })
    }
}

//! The office's export against the ledger: who is there, whose fields are as given, which
//! conflicts were kept with every value.
//! Refuses to print or to pass judgement: it finds.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::compare::{Difference, leaves, telephone};
use crate::ledger::{Case, Contest, pointer};

/// What the comparison found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// For each kind, how many were taken and how many of those the export holds.
    pub(crate) kinds: BTreeMap<String, (u64, u64)>,
    pub(crate) missing: Vec<String>,
    /// References that more than one exported case bears.
    pub(crate) doubled: Vec<String>,
    /// Exported cases that were never taken.
    pub(crate) strangers: Vec<String>,
    /// Leaves of the forms, those of missing cases among them.
    pub(crate) fields: Kept,
    pub(crate) different: Vec<(String, Difference)>,
    pub(crate) conflicts: Kept,
    pub(crate) values: Kept,
    /// Fields reported as conflicts that only one hand wrote.
    pub(crate) unexpected: Vec<String>,
    pub(crate) statuses: Kept,
    /// One conflict, as its reader is told of it.
    pub(crate) sentence: Option<String>,
}

/// How many there are of how many that should be.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) due: u64,
    pub(crate) found: u64,
}

impl Kept {
    pub(crate) fn note(&mut self, found: bool) {
        self.due += 1;
        self.found += u64::from(found);
    }

    pub(crate) fn all(self) -> bool {
        self.due == self.found
    }
}

/// Compares every case that was taken with the export's rows.
pub(crate) fn compare(cases: &[Case], rows: &[Value]) -> Findings {
    let mut findings = Findings::default();
    let mut held: BTreeMap<&str, &Value> = BTreeMap::new();
    for row in rows {
        let reference = row["reference"].as_str().unwrap_or_default();
        if held.insert(reference, row).is_some() {
            findings.doubled.push(reference.to_owned());
        }
    }
    for case in cases {
        let row = held.remove(case.reference.as_str());
        let kind = findings.kinds.entry(case.kind().to_owned()).or_default();
        kind.0 += 1;
        kind.1 += u64::from(row.is_some());
        match row {
            Some(row) => findings.judge(case, row),
            None => findings.miss(case),
        }
    }
    findings.strangers = held.into_keys().map(str::to_owned).collect();
    findings
}

impl Findings {
    /// Everything of a missing case was due, and none of it is there.
    fn miss(&mut self, case: &Case) {
        self.missing.push(case.reference.clone());
        self.fields.due += leaves(&case.given, &Value::Null).different.len() as u64;
        self.statuses.due += u64::from(case.answer.is_some());
        self.conflicts.due += case.contests.len() as u64;
        let values = case.contests.iter().map(|contest| contest.values.len() as u64);
        self.values.due += values.sum::<u64>();
    }

    fn judge(&mut self, case: &Case, row: &Value) {
        let leaves = leaves(&case.given, row);
        self.fields.found += leaves.equal;
        self.fields.due += leaves.equal + leaves.different.len() as u64;
        let different = leaves.different.into_iter();
        self.different.extend(different.map(|field| (case.reference.clone(), field)));
        if let Some(answer) = &case.answer {
            self.statuses.note(row["status"] == answer.status);
        }
        for contest in &case.contests {
            self.contest(case, contest, row);
        }
        let due: BTreeSet<_> = case.contests.iter().map(|contest| contest.path).collect();
        for conflict in conflicts(row) {
            let path = conflict["path"].as_str().unwrap_or_default();
            if !due.contains(path) {
                self.unexpected.push(format!("{} {path}", case.reference));
            }
        }
    }

    /// All the values of a contest must be in the export, each with its author, and the field
    /// itself must hold one of them.
    fn contest(&mut self, case: &Case, contest: &Contest, row: &Value) {
        let conflict = conflicts(row).iter().find(|conflict| conflict["path"] == contest.path);
        self.conflicts.note(conflict.is_some());
        let kept = conflict.and_then(|conflict| conflict["values"].as_array());
        let kept = kept.map_or(&[][..], Vec::as_slice);
        for written in &contest.values {
            let there = kept.iter().any(|entry| {
                let by = entry["by"].as_str().unwrap_or_default();
                equal(&entry["value"], &written.value) && by.contains(written.by)
            });
            self.values.note(there);
        }
        let shown = row.pointer(&pointer(contest.path)).unwrap_or(&Value::Null);
        if !contest.values.iter().any(|written| equal(shown, &written.value)) {
            let given: Vec<&str> = contest.values.iter().map(|one| one.value.as_str()).collect();
            let path = contest.path.to_owned();
            let (given, found) = (given.join(" or "), shown.to_string());
            self.different.push((case.reference.clone(), Difference { path, given, found }));
        }
        if self.sentence.is_none() && !kept.is_empty() {
            self.sentence = Some(sentence(&case.reference, contest.path, kept));
        }
    }
}

fn conflicts(row: &Value) -> &[Value] {
    row["conflicts"].as_array().map_or(&[], Vec::as_slice)
}

/// The contested fields of the demo are telephones.
fn equal(found: &Value, written: &str) -> bool {
    found.as_str().is_some_and(|found| telephone(found) == telephone(written))
}

/// `TRK-A-0003-K, person.phone: Айгүл (TRK, 14:02) wrote +7701…; …, none having seen the others.`
fn sentence(reference: &str, path: &str, kept: &[Value]) -> String {
    let told = kept.iter().map(|entry| {
        let by = entry["by"].as_str().unwrap_or("somebody");
        let station = entry["station"].as_str().unwrap_or("the office");
        let at = entry["at"].as_str().unwrap_or("at a time unknown");
        let clock = at.split_once('T').and_then(|(_, time)| time.get(..5)).unwrap_or(at);
        let value =
            entry["value"].as_str().map_or_else(|| entry["value"].to_string(), str::to_owned);
        format!("{by} ({station}, {clock}) wrote {value}")
    });
    let told = told.collect::<Vec<_>>().join("; ");
    format!("{reference}, {path}: {told}. None had seen the others.")
}

#[cfg(test)]
mod tests;

//! The end of the story in numbers, and whether anything is missing.
//! Refuses constants: every number is counted from the office's export, the kiosks' own words and
//! the ledger.

use crate::export::{Findings, Kept};
use crate::kiosk::Sync;
use crate::teller::{Teller, grouped};

/// How many of a kind of fault are listed by name.
const LISTED: usize = 10;
/// The most characters of one of them.
const WIDE: usize = 180;

/// Everything that was counted.
#[derive(Debug)]
pub(crate) struct Summary {
    pub(crate) findings: Findings,
    /// Answers that a kiosk shows, of those the office gave.
    pub(crate) answers: Kept,
    /// Kiosks that ended in step with the office.
    pub(crate) in_step: Kept,
    /// All meetings up to the cut.
    pub(crate) before: Sync,
    /// All meetings since.
    pub(crate) after: Sync,
    /// Forms taken while the line was cut.
    pub(crate) offline: u64,
}

impl Summary {
    pub(crate) fn print(&self) {
        Teller::plain("\nCounted from the office's export against what the kiosks were given:\n");
        for line in self.lines() {
            Teller::plain(format!("  {line}").trim_end());
        }
        let faults = self.faults();
        if faults.is_empty() {
            Teller::plain("\nNothing is missing.");
            return;
        }
        Teller::plain("\nMISSING OR WRONG:");
        for fault in faults {
            Teller::plain(&format!("  {fault}"));
        }
    }

    pub(crate) fn whole(&self) -> bool {
        self.faults().is_empty()
    }

    fn lines(&self) -> Vec<String> {
        let found = &self.findings;
        let mut lines = vec![row("", "taken", "exported")];
        for (kind, (taken, held)) in &found.kinds {
            lines.push(row(kind, &grouped(*taken), &grouped(*held)));
        }
        let (taken, held) = self.totals();
        lines.push(row("all", &grouped(taken), &grouped(held)));
        lines.extend([
            String::new(),
            say("fields as given", &of(found.fields.found, found.fields.due)),
            say("conflicts kept", &of(found.conflicts.found, found.conflicts.due)),
            say("their values", &of(found.values.found, found.values.due)),
            say("statuses set", &of(found.statuses.found, found.statuses.due)),
            say("answers at a kiosk", &of(self.answers.found, self.answers.due)),
            say("kiosks in step", &of(self.in_step.found, self.in_step.due)),
            say("before the cut", &traffic(self.before)),
            say("after it", &traffic(self.after)),
        ]);
        if let Some(bytes) = self.after.bytes_up.checked_div(self.offline) {
            let forms = grouped(self.offline);
            lines.push(say(
                "a form costs",
                &format!("{bytes} bytes up, over {forms} taken offline"),
            ));
        }
        if let Some(sentence) = &found.sentence {
            lines.push(say("one conflict", sentence));
        }
        lines
    }

    fn totals(&self) -> (u64, u64) {
        let kinds = self.findings.kinds.values();
        kinds.fold((0, 0), |(taken, held), kind| (taken + kind.0, held + kind.1))
    }

    fn faults(&self) -> Vec<String> {
        let found = &self.findings;
        let mut faults = Vec::new();
        list(&mut faults, "taken, but not in the export", &found.missing);
        list(&mut faults, "more than once in the export", &found.doubled);
        list(&mut faults, "in the export, but never taken", &found.strangers);
        list(&mut faults, "a conflict where one hand wrote", &found.unexpected);
        let different = found.different.iter().map(|(reference, field)| {
            format!("{reference} {}: given {}, found {}", field.path, field.given, field.found)
        });
        list(&mut faults, "not as given", &different.collect::<Vec<_>>());
        for (what, kept) in [
            ("conflicts kept", found.conflicts),
            ("values of conflicts kept with their authors", found.values),
            ("statuses set at the office", found.statuses),
            ("answers back at a kiosk", self.answers),
            ("kiosks in step at the end", self.in_step),
        ] {
            if !kept.all() {
                faults.push(format!("{what}: {}", of(kept.found, kept.due)));
            }
        }
        for (what, count) in [
            ("records refused", self.before.refused + self.after.refused),
            ("records held", self.before.held + self.after.held),
        ] {
            if count > 0 {
                faults.push(format!("{what}: {count}"));
            }
        }
        if self.totals().0 == 0 {
            faults.push("nothing was taken".to_owned());
        }
        faults
    }
}

/// One fault with its instances under it, the first of them, none longer than a line or two.
fn list(faults: &mut Vec<String>, what: &str, which: &[String]) {
    if which.is_empty() {
        return;
    }
    let mut fault = format!("{what}: {}", which.len());
    for one in which.iter().take(LISTED) {
        fault.push_str("\n    ");
        fault.extend(one.chars().take(WIDE));
        fault.push_str(if one.chars().nth(WIDE).is_some() { "…" } else { "" });
    }
    if which.len() > LISTED {
        fault.push_str("\n    …");
    }
    faults.push(fault);
}

fn row(kind: &str, taken: &str, held: &str) -> String {
    format!("{kind:<12}{taken:>10}{held:>12}").trim_end().to_owned()
}

fn say(what: &str, value: &str) -> String {
    format!("{what:<20}{value}")
}

fn of(found: u64, due: u64) -> String {
    format!("{} of {}", grouped(found), grouped(due))
}

fn traffic(sync: Sync) -> String {
    format!(
        "{} records up in {} bytes, {} down in {}, {} round trips",
        grouped(sync.pushed),
        grouped(sync.bytes_up),
        grouped(sync.pulled),
        grouped(sync.bytes_down),
        grouped(sync.round_trips)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary() -> Summary {
        let mut findings = Findings::default();
        findings.kinds.insert("appeal".to_owned(), (2, 2));
        Summary {
            findings,
            answers: Kept { due: 3, found: 3 },
            in_step: Kept { due: 6, found: 6 },
            before: Sync::default(),
            after: Sync { bytes_up: 3_000, ..Sync::default() },
            offline: 2,
        }
    }

    #[test]
    fn a_whole_run_has_no_faults() {
        let summary = summary();
        assert!(summary.whole());
        let lines = summary.lines().join("\n");
        assert!(
            lines.contains("a form costs        1500 bytes up, over 2 taken offline"),
            "{lines}"
        );
    }

    #[test]
    fn each_thing_missing_is_a_fault() {
        let faults: [fn(&mut Summary); 6] = [
            |run| run.findings.missing.push("A".to_owned()),
            |run| run.findings.values = Kept { due: 3, found: 2 },
            |run| run.answers.found = 2,
            |run| run.in_step.found = 5,
            |run| run.after.held = 1,
            |run| run.findings.kinds.clear(),
        ];
        for spoil in faults {
            let mut run = summary();
            spoil(&mut run);
            assert_eq!(run.faults().len(), 1, "{:?}", run.faults());
        }
    }
}

//! `kiosk list`: every case here, with where it is and, unlocked, what it says.

use std::path::Path;

use clap::Args;

use super::{Outcome, open, progress, say, unlock};
use crate::Mark;

/// List the cases on this kiosk: references and marks; unlocked also kinds, names and answers
#[derive(Debug, Args)]
#[command(after_help = "Marks: on_this_device, at_the_centre (the office's receipt covers it), \
                        held, refused.\n\nExample:\n  kiosk --data ./trk-a list --json")]
pub(super) struct List {
    /// Print one JSON array
    #[arg(long)]
    json: bool,
}

impl List {
    pub(super) fn run(self, data: &Path) -> anyhow::Result<Outcome> {
        let mut worker = open(data)?;
        unlock(&mut worker)?;
        if worker.is_locked() {
            eprintln!(
                "note: this kiosk is locked, so kinds, names and answers are not shown. Put the \
                 passphrase in a file and name the file in BEKET_PASSPHRASE_FILE"
            );
        }
        let cases = worker.list(&mut progress())?;
        if self.json {
            let lines: Vec<String> =
                cases.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
            say(format_args!("[{}]", lines.join(",\n ")))?;
        } else {
            for case in &cases {
                let named = case.reference.as_ref().unwrap_or(&case.case);
                say(format_args!("{named}\t{}", in_words(case.mark)))?;
            }
        }
        for refused in worker.refused()? {
            eprintln!("put aside: case {}: {}", refused.case, refused.reason);
        }
        Ok(Outcome::Done)
    }
}

fn in_words(mark: Mark) -> &'static str {
    match mark {
        Mark::OnThisDevice => "on this device",
        Mark::AtTheCentre => "at the centre",
        Mark::Held => "at the centre, held until the office admits this kiosk",
        Mark::Refused => "some of it was put aside",
    }
}

//! `kiosk sync`: one conversation with the office.

use std::io::{IsTerminal, Write};
use std::path::Path;

use beket_sync::Report;
use clap::Args;

use super::{Outcome, now, open, rng, say};
use crate::{Link, SyncReport};

/// Bring this kiosk and the office in step
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kiosk --data ./trk-a sync --once --json")]
pub(super) struct Sync {
    /// One conversation, then end
    #[arg(long, required = true)]
    once: bool,
    /// Print the report as one JSON object, also when the office cannot be reached
    #[arg(long)]
    json: bool,
}

impl Sync {
    pub(super) fn run(self, data: &Path) -> anyhow::Result<Outcome> {
        let mut worker = open(data)?;
        let mut link = Link::new(&worker.identity().url, worker.identity().office);
        let terminal = std::io::stderr().is_terminal();
        let mut watch = |report: &Report| {
            if terminal {
                eprint!("\rsent {} · fetched {}", report.pushed, report.pulled);
                drop(std::io::stderr().flush());
            }
        };
        let report = worker.sync(&mut link, now(), &mut rng(), &mut watch)?;
        if terminal {
            eprintln!();
        }
        if self.json {
            say(serde_json::to_string(&report)?)?;
        } else {
            say(in_words(&report))?;
        }
        if report.held > 0 {
            eprintln!("{} record(s) are at the office, which holds them back", report.held);
        }
        if let Some(reason) = report.not_counted {
            eprintln!("{reason}");
        }
        for refused in worker.refused()? {
            eprintln!("put aside: case {}: {}", refused.case, refused.reason);
        }
        if let Some(error) = &report.error {
            eprintln!("error: {error}");
        }
        let whole = report.in_step && report.refused == 0 && report.not_counted.is_none();
        Ok(if whole { Outcome::Done } else { Outcome::Short })
    }
}

fn in_words(report: &SyncReport) -> String {
    format!(
        "sent {}, fetched {}, refused {}, held {}; {} round trips, {} bytes up, {} down; {}",
        report.pushed,
        report.pulled,
        report.refused,
        report.held,
        report.round_trips,
        report.bytes_up,
        report.bytes_down,
        if report.in_step { "in step" } else { "not in step" },
    )
}

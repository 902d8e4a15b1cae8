//! `sync-server export`: every case as a JSON line.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::Data;
use crate::export::export;
use crate::folder::Folder;

/// Print every case as one JSON line: the intake, who took it where, status and conflicts
#[derive(Debug, Args)]
#[command(after_help = "The field itself holds the value that Automerge chose; `conflicts` holds \
                        all of them.\n\nExample:\n  \
                        sync-server export --data ./office --automerge ./documents > cases.jsonl")]
pub(super) struct Export {
    #[command(flatten)]
    data: Data,
    /// Also write each case's documents as plain .automerge files into this folder
    #[arg(long, value_name = "OUT_DIR")]
    automerge: Option<PathBuf>,
}

impl Export {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let folder = Folder::open(&self.data.path)?;
        let terminal = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        let mut watch = |done: usize, all: usize| {
            if terminal && (done.is_multiple_of(500) || done == all) {
                eprint!("\r{done} of {all} cases");
                drop(std::io::stderr().flush());
            }
        };
        let mut out = BufWriter::with_capacity(256 * 1024, std::io::stdout().lock());
        export(&folder, &mut out, self.automerge.as_deref(), &mut watch).context(
            "The export is not whole: it could not be written to its end. Nothing at the office was \
             changed; free some space, or write it elsewhere, and run it again",
        )?;
        if terminal {
            eprintln!();
        }
        say_what_is_not_in_it(&folder)
    }
}

/// Nothing that the office holds is left out silently.
fn say_what_is_not_in_it(folder: &Folder) -> anyhow::Result<()> {
    let held: u64 = folder.store.held_by_author()?.iter().map(|(_, records)| records).sum();
    if held > 0 {
        eprintln!(
            "note: {held} record(s) are held back and not in the export: `sync-server device list` \
             shows whose, `sync-server device admit` lets them count"
        );
    }
    let refused = folder.store.refused()?.len();
    if refused > 0 {
        eprintln!(
            "note: {refused} record(s) were refused or are damaged; they are kept aside with their \
             reasons"
        );
    }
    Ok(())
}

//! `sync-server reindex`: makes all rows anew from the records.

use std::io::{IsTerminal, Write};

use beket_model::KeyRing;
use clap::Args;

use super::Data;
use crate::folder::Folder;
use crate::projection::{self, Written};

/// Make the console's lists anew from the records; nothing is lost by it
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  sync-server reindex --data ./office")]
pub(super) struct Reindex {
    #[command(flatten)]
    data: Data,
}

impl Reindex {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let mut folder = Folder::open(&self.data.path)?;
        projection::prepare(&mut folder.store)?;
        projection::clear(&mut folder.store)?;
        let ring = KeyRing(vec![folder.office.secret.clone()]);
        let office = folder.office.signer.author();
        let terminal = std::io::stderr().is_terminal();
        let mut done = 0;
        let mut watch = |written: &Written| {
            done += written.records;
            if terminal {
                eprint!("\r{done} records");
                drop(std::io::stderr().flush());
            }
        };
        projection::catch_up(&mut folder.store, &ring, office, &mut watch)?;
        if terminal {
            eprintln!();
        }
        let query = "SELECT count(*) FROM case_row";
        let cases: i64 = folder.store.connection().query_row(query, [], |row| row.get(0))?;
        eprintln!("The lists hold {cases} cases.");
        Ok(())
    }
}

//! `kiosk edit`: writes the fields that a patch names, on the state that is here.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use crate::Change;

use super::{Outcome, now, open, progress, rng, say, unlock};

/// Edit a case: write the fields that a JSON patch names
#[derive(Debug, Args)]
#[command(
    after_help = "Objects merge, members merge by `id` (without one they are new), lists of \
                        words replace, null clears.\n\nExample:\n  echo \
                        '{\"person\":{\"phone\":\"87011234567\"}}' > patch.json\n  \
                        kiosk --data ./trk-a edit TRK-A-0001-H patch.json --by Айгүл"
)]
pub(super) struct Edit {
    /// The case's reference number, or its id
    reference: String,
    /// A file with the patch; `-` reads standard input
    patch: PathBuf,
    /// The volunteer who edits
    #[arg(long, value_name = "NAME", value_parser = super::name)]
    by: Option<String>,
}

impl Edit {
    pub(super) fn run(self, data: &Path) -> anyhow::Result<Outcome> {
        let mut worker = open(data)?;
        unlock(&mut worker)?;
        let text = if self.patch.as_os_str() == "-" {
            std::io::read_to_string(std::io::stdin()).context("The patch cannot be read")?
        } else {
            std::fs::read_to_string(&self.patch).with_context(|| {
                format!("The patch {} cannot be read. Nothing was changed", self.patch.display())
            })?
        };
        let patch = serde_json::from_str(&text)
            .with_context(|| "The patch is not JSON; nothing was changed".to_owned())?;
        let by = self.by.as_deref();
        let change = Change::Patch(patch);
        let watch = &mut progress();
        if worker.edit(&self.reference, &change, None, by, now(), &mut rng(), watch)?.is_some() {
            say(&self.reference)?;
        } else {
            eprintln!("Nothing to change: the case says so already");
        }
        Ok(Outcome::Done)
    }
}

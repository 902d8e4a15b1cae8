//! `sync-server init`: founds an office.

use std::path::PathBuf;

use anyhow::Context;
use beket_store::Store;
use clap::Args;

use super::{Data, say};
use crate::app::{record_clock, rng};
use crate::folder::Folder;
use crate::roles::Role;
use crate::{projection, staff};

/// Found an office: its keys, its database, its first staff account `admin`
#[derive(Debug, Args)]
#[command(after_help = "Without --admin-password-file a password is made and printed once.\n\n\
                        Example:\n  sync-server init --data ./office --office 'Түркістан'")]
pub(super) struct Init {
    #[command(flatten)]
    data: Data,
    /// How people call the office
    #[arg(long, value_name = "NAME", default_value = "Office", value_parser = super::name)]
    office: String,
    /// Take the first account's password from this file
    #[arg(long, value_name = "F")]
    admin_password_file: Option<PathBuf>,
}

impl Init {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let given = match &self.admin_password_file {
            None => None,
            Some(file) => {
                let text = std::fs::read_to_string(file).with_context(|| {
                    format!("The password file {} cannot be read", file.display())
                })?;
                let text = text.trim_end_matches(['\n', '\r']).to_owned();
                anyhow::ensure!(!text.is_empty(), "The password file is empty; nothing was made");
                Some(text)
            }
        };
        let password = given.clone().unwrap_or_else(staff::random_password);
        let hash = staff::hash(&password)?;
        let furnish = |store: &mut Store| -> anyhow::Result<()> {
            projection::prepare(store)?;
            staff::prepare(store)?;
            staff::add(store, "admin", (&hash, staff::Password::Own), Role::Administrator)?;
            if given.is_none() {
                // Before the office stands: nobody could sign in to one whose password went lost.
                say(&password)?;
            }
            Ok(())
        };
        let (path, clock) = (&self.data.path, record_clock());
        Folder::init(path, &self.office, clock, &mut rng(), furnish)?;
        eprintln!(
            "{} stands in {}. Keep a backup of the whole folder: office.key opens every case.",
            self.office,
            self.data.path.display()
        );
        if given.is_none() {
            eprintln!("This is the password of the account `admin`. It is not shown again.");
        }
        Ok(())
    }
}

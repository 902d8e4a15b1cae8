//! `kiosk enrol`: sets up a kiosk from an enrolment code. Needs no network.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;
use beket_directory::{EnrolmentCode, Role};
use clap::Args;

use super::{Outcome, now, passphrase, rng, say};
use crate::{KioskError, Worker};

/// Set up this folder as a kiosk, from an enrolment code; needs no network
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kiosk --data ./trk-a enrol BEKET1.qWxhYmx… \
                        --passphrase-file words.txt")]
pub(super) struct Enrol {
    /// The code that `sync-server enrol` printed; `-` reads it from standard input
    code: String,
    /// Lock a staffed kiosk with the passphrase in this file
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Enrol {
    pub(super) fn run(self, data: &Path) -> anyhow::Result<Outcome> {
        let text = if self.code == "-" {
            std::io::read_to_string(std::io::stdin()).context("The code cannot be read")?
        } else {
            self.code
        };
        let code = EnrolmentCode::parse(&text).map_err(KioskError::from)?;
        code.prove().map_err(KioskError::from)?;
        let passphrase = self.passphrase_file.as_deref().map(passphrase).transpose()?;
        let passphrase = passphrase.as_ref().map(|words| words.as_str());
        make_folder(data)?;
        let worker = Worker::enrol(data, &code, passphrase, now(), &mut rng())?;
        let identity = worker.identity();
        say(identity.name())?;
        eprintln!(
            "This folder is kiosk {} ({}) of {}. The office admits it at its first contact, if the \
             code has not expired by then and no other device has used it.",
            identity.name(),
            identity.role.as_str(),
            identity.url
        );
        match (identity.role, passphrase) {
            (Role::Staffed, None) => eprintln!(
                "note: it has no passphrase: whoever holds this computer can read its cases. Enrol \
                 with --passphrase-file to lock it"
            ),
            (Role::Staffed, Some(words)) if words.chars().count() < 12 => {
                eprintln!("note: the passphrase is short; several words are much harder to guess");
            }
            (Role::SelfService, Some(_)) => eprintln!(
                "note: a self-service kiosk holds no private key, so there is nothing to lock; the \
                 passphrase is not used"
            ),
            _ => {}
        }
        Ok(Outcome::Done)
    }
}

/// The folder holds private keys: only its owner may look inside.
fn make_folder(data: &Path) -> anyhow::Result<()> {
    let context = || format!("The data folder {} cannot be made", data.display());
    if !data.exists() {
        std::fs::create_dir_all(data).with_context(context)?;
        let private = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(data, private).with_context(context)?;
    }
    Ok(())
}

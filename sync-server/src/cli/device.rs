//! `sync-server device`: which kiosks there are, and whether their records count.

use beket_directory::{Directory, Held, StandingState};
use beket_record::Author;
use clap::Subcommand;

use super::{Data, say};
use crate::app::{now, record_clock, rng};
use crate::folder::Folder;

/// Kiosks: list them, admit one whose records are held, revoke a stolen one
#[derive(Debug, Subcommand)]
#[command(after_help = "Example:\n  sync-server device list --data ./office\n  \
                        sync-server device admit --data ./office 3f9c02aa")]
pub(super) enum Device {
    /// List every kiosk: its key's first digits, name, role, standing, records held back
    #[command(after_help = "Example:\n  sync-server device list --data ./office")]
    List {
        #[command(flatten)]
        data: Data,
    },
    /// Admit a kiosk: the records that were held back count from here on
    #[command(after_help = "Look at what it is first: a second device on one enrolment code, one \
                            that came after its code had expired, or a revoked one.\n\nExample:\n  \
                            sync-server device admit --data ./office 3f9c02aa")]
    Admit {
        #[command(flatten)]
        data: Data,
        /// The first digits of its key, as `device list` shows them
        key: String,
    },
    /// Revoke a kiosk: what it writes is held back; what counted at this office stays
    #[command(after_help = "Example:\n  sync-server device revoke --data ./office 3f9c02aa")]
    Revoke {
        #[command(flatten)]
        data: Data,
        /// The first digits of its key, as `device list` shows them
        key: String,
    },
}

impl Device {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::List { data } => list(&data),
            Self::Admit { data, key } => set(&data, &key, StandingState::Admitted),
            Self::Revoke { data, key } => set(&data, &key, StandingState::Revoked),
        }
    }
}

fn list(data: &Data) -> anyhow::Result<()> {
    let folder = Folder::open(&data.path)?;
    let directory = folder.directory()?;
    let held = folder.store.held_by_author()?;
    let strangers = held.iter().map(|(author, _)| author);
    let strangers = strangers.filter(|author| directory.writer(author).is_none());
    for device in directory.devices().chain(strangers) {
        let held = held.iter().find(|(author, _)| author == device).map_or(0, |(_, n)| *n);
        say(line(&directory, device, held))?;
    }
    Ok(())
}

fn line(directory: &Directory, device: &Author, held: u64) -> String {
    let (name, role) = match directory.writer(device) {
        Some(writer) => (format!("{}-{}", writer.station, writer.letter), writer.role.as_str()),
        None => ("?".to_owned(), "?"),
    };
    let standing = match directory.device_standing(device) {
        Ok(()) => "admitted",
        Err(Held::Revoked) => "revoked",
        Err(Held::NotAdmitted) => "not admitted",
        Err(Held::UnknownAuthor | Held::NotItsScope) => "unknown",
    };
    format!("{}\t{name}\t{role}\t{standing}\t{held} held", device.short())
}

fn set(data: &Data, key: &str, state: StandingState) -> anyhow::Result<()> {
    let mut folder = Folder::open(&data.path)?;
    let directory = folder.directory()?;
    let key = key.trim().to_ascii_lowercase();
    let named = |device: &&Author| key.len() >= 8 && device.to_string().starts_with(&key);
    let found: Vec<Author> = directory.devices().filter(named).copied().collect();
    let [device] = found[..] else {
        anyhow::bail!(
            "{} kiosks have a key that begins with {key}; nothing was changed. `sync-server device \
             list` shows them all: give at least 8 digits",
            found.len()
        );
    };
    let clock = record_clock();
    match state {
        StandingState::Revoked => folder.revoke(&device, now(), clock, &mut rng())?,
        StandingState::Admitted => folder.state(now(), |office, directory| {
            Ok((office.set_standing(directory, &device, state, clock, &mut rng())?, ()))
        })?,
    }
    let directory = folder.directory()?;
    eprintln!("{}", line(&directory, &device, 0).replace('\t', " · "));
    Ok(())
}

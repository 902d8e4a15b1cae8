//! `sync-server incident`: what several stations work on together.

use beket_record::Scope;
use clap::Subcommand;

use super::Data;
use crate::app::{now, record_clock, rng};
use crate::folder::Folder;

/// Incidents: what several stations work on together
#[derive(Debug, Subcommand)]
#[command(after_help = "Example:\n  sync-server incident open --data ./office ARYS-2019 'Арыс' \
                        --stations TRK,SHY\n  sync-server incident close --data ./office ARYS-2019")]
pub(super) enum Incident {
    /// Open an incident, or open a closed one again
    #[command(
        after_help = "Every staffed kiosk of these stations can read all who are registered \
                            in it, from its next contact on.\n\nExample:\n  \
                            sync-server incident open --data ./office ARYS-2019 'Арыс' \
                            --stations TRK,SHY"
    )]
    Open {
        #[command(flatten)]
        data: Data,
        /// Its code, such as ARYS-2019
        code: String,
        /// How people call it
        #[arg(value_parser = super::name)]
        name: String,
        /// Codes of the stations that work on it
        #[arg(long, value_name = "A,B…", value_delimiter = ',', required = true)]
        stations: Vec<String>,
    },
    /// Close an incident: from their next contact on kiosks don't read it; late records are taken
    #[command(after_help = "Example:\n  sync-server incident close --data ./office ARYS-2019")]
    Close {
        #[command(flatten)]
        data: Data,
        /// Its code
        code: String,
    },
}

impl Incident {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Open { data, code, name, stations } => open(&data, &code, &name, &stations),
            Self::Close { data, code } => close(&data, &code),
        }
    }
}

fn open(data: &Data, code: &str, name: &str, stations: &[String]) -> anyhow::Result<()> {
    let code: Scope = code.parse()?;
    let stations: Vec<Scope> =
        stations.iter().map(|station| station.trim().parse()).collect::<Result<_, _>>()?;
    let mut folder = Folder::open(&data.path)?;
    folder.state(now(), |office, directory| {
        let clock = record_clock();
        let record = office.open_incident(directory, &code, name, &stations, clock, &mut rng())?;
        Ok((record, ()))
    })?;
    eprintln!("Incident {code} ({name}) is open. Kiosks learn of it at their next contact.");
    Ok(())
}

fn close(data: &Data, code: &str) -> anyhow::Result<()> {
    let code: Scope = code.parse()?;
    let mut folder = Folder::open(&data.path)?;
    folder.state(now(), |office, directory| {
        Ok((office.close_incident(directory, &code, record_clock(), &mut rng())?, ()))
    })?;
    eprintln!("Incident {code} is closed. Records that kiosks still hold of it are taken.");
    Ok(())
}

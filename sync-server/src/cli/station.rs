//! `sync-server station`: the places where kiosks stand.

use beket_model::StationCode;
use clap::Subcommand;

use super::Data;
use crate::app::{now, record_clock, rng};
use crate::begin;
use crate::folder::Folder;

/// Stations: the places where kiosks stand
#[derive(Debug, Subcommand)]
#[command(
    after_help = "Example:\n  sync-server station add --data ./office TRK 'Түркістан вокзалы'"
)]
pub(super) enum Station {
    /// Add a station
    #[command(after_help = "The code begins every reference number of the station: 2 to 8 of A–Z \
                            and 0–9.\n\nExample:\n  \
                            sync-server station add --data ./office TRK 'Түркістан вокзалы'")]
    Add {
        #[command(flatten)]
        data: Data,
        /// Its code, such as TRK
        code: String,
        /// How people call it
        #[arg(value_parser = super::name)]
        name: String,
    },
}

impl Station {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let Self::Add { data, code, name } = self;
        let code = StationCode::parse(&code)?;
        anyhow::ensure!(
            code.as_str() != begin::STATION,
            "{} stands for the office itself in reference numbers; choose another code",
            begin::STATION
        );
        let mut folder = Folder::open(&data.path)?;
        let scope = code.as_str().parse()?;
        folder.state(now(), |office, directory| {
            let clock = record_clock();
            Ok((office.add_station(directory, &scope, &name, clock, &mut rng())?, ()))
        })?;
        eprintln!("Station {scope} ({name}) is added.");
        Ok(())
    }
}

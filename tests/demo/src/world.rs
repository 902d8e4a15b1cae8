//! The office, its server and the six kiosks of one run, and what they were given.
//! Refuses to decide what happens: the story does.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::Options;
use crate::commands::Binaries;
use crate::kiosk::{Kiosk, Sync};
use crate::ledger::Case;
use crate::scratch::{Scratch, password};
use crate::server::Server;
use crate::teller::Teller;

pub(crate) const INCIDENT: &str = "ARYS-2019";
/// The office's own account, and somebody who works there.
pub(crate) const STAFF: &str = "admin";
pub(crate) const OPERATOR: &str = "Дана";

/// Each with its name and its two volunteers; a self-service kiosk stands beside them.
const STATIONS: [(&str, &str, [&str; 2]); 2] =
    [("TRK", "Түркістан", ["Айгүл", "Ерлан"]), ("ARS", "Арыс", ["Гүлнар", "Самат"])];

/// Fields are dropped in this order: the server ends before its folder goes.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) teller: Teller,
    pub(crate) options: Options,
    pub(crate) server: Server,
    pub(crate) kiosks: Vec<Kiosk>,
    pub(crate) cases: Vec<Case>,
    /// All meetings up to the cut.
    pub(crate) before: Sync,
    /// All meetings since.
    pub(crate) after: Sync,
    pub(crate) password: String,
    scratch: Scratch,
}

impl World {
    /// An office that serves, with two stations and an open incident.
    pub(crate) fn open(teller: Teller, options: Options, binaries: Binaries) -> Result<Self> {
        let scratch = Scratch::new()?;
        let password = password()?;
        let file = scratch.path("admin-password");
        std::fs::write(&file, &password).context("writing the password's file")?;
        let server =
            Server::new(binaries.server, scratch.path("office"), scratch.path("server.log"));
        server.init("Түркістан", &file)?;
        for (code, name, _) in STATIONS {
            server.command(&["station", "add"], &[code, name])?;
        }
        server.command(&["staff", "add"], &[OPERATOR, "--role", "operator"])?;
        let codes = STATIONS.map(|(code, ..)| code).join(",");
        let incident = [INCIDENT, "Арыс 2019", "--stations", &codes];
        server.command(&["incident", "open"], &incident)?;
        let mut world = Self {
            teller,
            options,
            server,
            kiosks: Vec::new(),
            cases: Vec::new(),
            before: Sync::default(),
            after: Sync::default(),
            password,
            scratch,
        };
        world.serve()?;
        world.enrol(&binaries.kiosk)?;
        Ok(world)
    }

    fn enrol(&mut self, binary: &std::path::Path) -> Result<()> {
        for (station, place, volunteers) in STATIONS {
            let seats = volunteers.map(Some).into_iter().chain([None]);
            for (seat, volunteer) in (1..).zip(seats) {
                let role = if volunteer.is_some() { "staffed" } else { "self-service" };
                let kiosk = Kiosk {
                    binary: binary.to_owned(),
                    data: self.scratch.path(&format!("kiosk-{station}-{seat}")),
                    name: format!("{place} {seat}"),
                    station,
                    volunteer,
                };
                kiosk.enrol(&self.server.enrolment(station, role)?)?;
                self.kiosks.push(kiosk);
            }
        }
        Ok(())
    }

    /// Starts the server, or starts it again where it was.
    pub(crate) fn serve(&mut self) -> Result<()> {
        let pid = self.server.start()?;
        self.scratch.end_with_us(Some(pid))
    }

    /// Ends the server without warning.
    pub(crate) fn cut(&mut self) -> Result<()> {
        self.server.cut()?;
        self.scratch.end_with_us(None)
    }

    /// The places of all kiosks, or of the staffed ones alone.
    pub(crate) fn places(&self, staffed: bool) -> Vec<usize> {
        let whole = self.kiosks.iter().enumerate();
        let chosen = whole.filter(|(_, kiosk)| !staffed || kiosk.volunteer.is_some());
        chosen.map(|(place, _)| place).collect()
    }

    /// These kiosks meet the office, one after the other; the sum of it.
    pub(crate) fn meet(&self, places: &[usize]) -> Result<Sync> {
        let mut sum = Sync::default();
        for place in places {
            sum.add(self.kiosks[*place].sync()?);
        }
        Ok(sum)
    }

    /// The office's case for each reference.
    pub(crate) fn case_ids(&self) -> Result<BTreeMap<String, String>> {
        let rows = self.server.export()?;
        let text = |row: &serde_json::Value, key: &str| row[key].as_str().map(str::to_owned);
        let pairs = rows.iter().map(|row| Some((text(row, "reference")?, text(row, "case")?)));
        pairs.collect::<Option<_>>().context("a row of the export has no reference or no case")
    }
}

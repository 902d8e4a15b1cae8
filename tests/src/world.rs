//! One office with two stations and an open incident, and kiosks enrolled at it.
//! Refuses to share anything with another world: each has a folder and an address of its own.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Browser, Device, Kiosk, Line, Office};

/// The incident that both stations serve.
pub const INCIDENT: &str = "ARYS-2019";

/// Fields are dropped in this order: the server ends before its folder goes.
#[derive(Debug)]
pub struct World {
    /// The office, in service.
    pub office: Office,
    kiosks: AtomicU32,
    folder: PathBuf,
    _scratch: Option<TempDir>,
}

impl World {
    /// Opens the office.
    pub fn open() -> Result<Self> {
        let scratch = tempfile::Builder::new().prefix("beket-tests-").tempdir()?;
        let world = Self::kept_in(scratch.path())?;
        Ok(Self { _scratch: Some(scratch), ..world })
    }

    /// Opens the office that was founded in this folder, or founds it there; the folder stays.
    pub fn kept_in(folder: &Path) -> Result<Self> {
        let data = folder.join("office");
        let mut office = if data.exists() {
            Office::of(&data)?
        } else {
            let office = Office::found(&data, "Түркістан")?;
            office.station("TRK", "Түркістан вокзалы")?;
            office.station("ARS", "Арыс вокзалы")?;
            office.open_incident(INCIDENT, "TRK,ARS")?;
            office
        };
        office.serve()?;
        let kiosks = AtomicU32::new(0);
        Ok(Self { office, kiosks, folder: folder.to_owned(), _scratch: None })
    }

    /// Closes the office for the day: an error where its server had anything bad to say.
    pub fn close(mut self) -> Result<()> {
        let said = self.office.stop()?;
        ensure!(said.code == Some(0) && said.stderr.is_empty(), "the server says: {}", said.why());
        Ok(())
    }

    /// A place in this world's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A line of its own to the office.
    pub fn line(&self) -> Result<Line> {
        Line::to(self.office.host())
    }

    /// A folder for a kiosk that is not enrolled yet.
    pub fn empty_kiosk(&self) -> Result<Kiosk> {
        loop {
            let number = self.kiosks.fetch_add(1, Ordering::Relaxed);
            let folder = self.path(&format!("kiosk-{number}"));
            // One of another time may lie there.
            if !folder.exists() {
                return Kiosk::at(&folder);
            }
        }
    }

    /// A staffed kiosk without a passphrase.
    pub fn staffed(&self, station: &str) -> Result<Kiosk> {
        self.enrolled(station, "staffed", &self.office.url())
    }

    /// A staffed kiosk that reaches the office over a line.
    pub fn staffed_over(&self, line: &Line, station: &str) -> Result<Kiosk> {
        self.enrolled(station, "staffed", &line.url())
    }

    /// A self-service kiosk.
    pub fn self_service(&self, station: &str) -> Result<Kiosk> {
        self.enrolled(station, "self-service", &self.office.url())
    }

    /// A staffed kiosk whose keys its passphrase locks; it has the passphrase at hand.
    pub fn locked(&self, station: &str, passphrase: &str) -> Result<Kiosk> {
        self.locked_at(&self.office.url(), station, passphrase)
    }

    /// The same, over a line.
    pub fn locked_over(&self, line: &Line, station: &str, passphrase: &str) -> Result<Kiosk> {
        self.locked_at(&line.url(), station, passphrase)
    }

    fn locked_at(&self, url: &str, station: &str, passphrase: &str) -> Result<Kiosk> {
        let mut kiosk = self.empty_kiosk()?;
        let file = kiosk.data().with_extension("passphrase");
        std::fs::write(&file, format!("{passphrase}\n"))?;
        kiosk.passphrase_file = Some(file);
        kiosk.enrol(&self.office.enrolment(station, "staffed", url)?)?;
        Ok(kiosk)
    }

    fn enrolled(&self, station: &str, role: &str, url: &str) -> Result<Kiosk> {
        let kiosk = self.empty_kiosk()?;
        kiosk.enrol(&self.office.enrolment(station, role, url)?)?;
        Ok(kiosk)
    }

    /// A staffed kiosk that met the office, and its device to command, in a conversation.
    pub fn at_our_command(&self, station: &str) -> Result<(Kiosk, Device)> {
        let kiosk = self.staffed(station)?;
        kiosk.sync()?;
        let mut device = Device::of(kiosk.data())?;
        device.hello()?;
        Ok((kiosk, device))
    }

    /// Takes intakes at a kiosk and sends them, until the office lists them; their references.
    pub fn listed(
        &self,
        kiosk: &Kiosk,
        browser: &Browser,
        intakes: &[Value],
    ) -> Result<Vec<String>> {
        let before = browser.open("/cases")?.total()?;
        let references = kiosk.take(intakes)?;
        kiosk.sync()?;
        let due = before + references.len();
        browser.open_until("/cases", |page| page.total().is_ok_and(|total| total >= due))?;
        Ok(references)
    }

    /// The row of the export under a reference.
    pub fn row(&self, reference: &str) -> Result<Value> {
        let rows = self.office.export()?;
        let mut found = rows.into_iter().filter(|row| row["reference"] == reference);
        found.next().with_context(|| format!("{reference} is not in the export"))
    }
}

/// An evacuee of whom only a name is known.
pub fn evacuee(given_name: &str) -> Value {
    json!({ "kind": "evacuee", "language": "kk", "person": { "given_name": given_name } })
}

/// An appeal in somebody's own words.
pub fn appeal(narrative: &str) -> Value {
    json!({ "kind": "appeal", "language": "ru", "narrative": narrative,
            "person": { "family_name": "Ахметов" } })
}

//! One kiosk, driven by its command line.
//! Refuses to look into its folder: what a kiosk holds is what its commands say.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::commands::{Finished, must, run};

/// A kiosk at a station.
#[derive(Debug)]
pub(crate) struct Kiosk {
    pub(crate) binary: PathBuf,
    pub(crate) data: PathBuf,
    /// Such as `Түркістан 1`.
    pub(crate) name: String,
    pub(crate) station: &'static str,
    /// Who works at it; nobody at a self-service kiosk.
    pub(crate) volunteer: Option<&'static str>,
}

/// A window that is open.
#[derive(Debug)]
pub(crate) struct Window(Child);

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Kiosk {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("--data").arg(&self.data).args(words);
        command
    }

    /// Its window, with the plug of its line on it; closed with whoever holds it.
    pub(crate) fn window(&self) -> Option<Window> {
        let mut command = self.command(&["--plug"]);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command.spawn().ok().map(Window)
    }

    pub(crate) fn enrol(&self, code: &str) -> Result<()> {
        must(&mut self.command(&["enrol", code]), "").map(drop).with_context(|| self.name.clone())
    }

    /// Takes forms and returns their references, in order.
    pub(crate) fn take(&self, intakes: &[Value]) -> Result<Vec<String>> {
        let lines =
            intakes.iter().fold(String::new(), |lines, intake| lines + &intake.to_string() + "\n");
        let finished = run(&mut self.command(&["take", "-"]), &lines)?;
        let references: Vec<String> = finished.stdout.lines().map(str::to_owned).collect();
        if finished.code != Some(0) || references.len() != intakes.len() {
            bail!(
                "{} took {} of {} forms: {}",
                self.name,
                references.len(),
                intakes.len(),
                finished.why()
            );
        }
        Ok(references)
    }

    /// The volunteer writes a patch to a case.
    pub(crate) fn edit(&self, reference: &str, patch: &Value) -> Result<()> {
        let volunteer = self.volunteer.with_context(|| format!("nobody works at {}", self.name))?;
        let file = self.data.with_extension("patch.json");
        std::fs::write(&file, patch.to_string()).context("writing a patch")?;
        let mut command = self.command(&["edit", reference]);
        let edited = must(command.arg(&file).args(["--by", volunteer]), "");
        edited.map(drop).with_context(|| self.name.clone())
    }

    pub(crate) fn list(&self) -> Result<String> {
        must(&mut self.command(&["list", "--json"]), "").with_context(|| self.name.clone())
    }

    /// Meets the office once; an error where it did not reach it.
    pub(crate) fn sync(&self) -> Result<Sync> {
        let finished = run(&mut self.command(&["sync", "--once", "--json"]), "")?;
        if finished.code != Some(0) {
            bail!("{} did not sync: {}", self.name, finished.why());
        }
        read(&finished).with_context(|| self.name.clone())
    }

    /// Tries to meet an office that is not there: it must say so, and still write its JSON.
    pub(crate) fn sync_in_vain(&self) -> Result<Sync> {
        let finished = run(&mut self.command(&["sync", "--once", "--json"]), "")?;
        if finished.code != Some(1) {
            bail!(
                "{} ended with {:?} where the office is away and 1 is due",
                self.name,
                finished.code
            );
        }
        read(&finished).with_context(|| self.name.clone())
    }
}

/// What one meeting cost and moved, or many of them added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sync {
    pub(crate) pushed: u64,
    pub(crate) pulled: u64,
    pub(crate) refused: u64,
    pub(crate) held: u64,
    pub(crate) round_trips: u64,
    pub(crate) bytes_up: u64,
    pub(crate) bytes_down: u64,
    /// Of the last meeting that was added.
    pub(crate) in_step: bool,
}

impl Sync {
    pub(crate) fn add(&mut self, other: Self) {
        self.pushed += other.pushed;
        self.pulled += other.pulled;
        self.refused += other.refused;
        self.held += other.held;
        self.round_trips += other.round_trips;
        self.bytes_up += other.bytes_up;
        self.bytes_down += other.bytes_down;
        self.in_step = other.in_step;
    }
}

fn read(finished: &Finished) -> Result<Sync> {
    let json: Value = serde_json::from_str(finished.stdout.trim())
        .with_context(|| format!("`sync --json` wrote {:?}", finished.stdout))?;
    let count = |key: &str| -> Result<u64> {
        let value = json.get(key).with_context(|| format!("`sync --json` says no {key}"))?;
        // Refused and held records may be counted or listed.
        let listed = value.as_array().map(|list| list.len() as u64);
        value.as_u64().or(listed).with_context(|| format!("{key} is no count: {value}"))
    };
    Ok(Sync {
        pushed: count("pushed")?,
        pulled: count("pulled")?,
        refused: count("refused")?,
        held: count("held")?,
        round_trips: count("round_trips")?,
        bytes_up: count("bytes_up")?,
        bytes_down: count("bytes_down")?,
        in_step: json["in_step"].as_bool().context("`sync --json` says no in_step")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(stdout: &str) -> Result<Sync> {
        read(&Finished { code: Some(0), stdout: stdout.to_owned(), stderr: String::new() })
    }

    #[test]
    fn a_meeting_is_read_and_added_up() {
        let one = said(
            r#"{"pushed":3,"pulled":4,"refused":0,"held":[],"round_trips":5,"bytes_up":60,
               "bytes_down":70,"in_step":true}"#,
        );
        let one = one.unwrap();
        let mut sum = one;
        sum.add(Sync { in_step: false, ..one });
        assert_eq!((sum.pushed, sum.round_trips, sum.bytes_up), (6, 10, 120));
        assert!(one.in_step && !sum.in_step);
    }

    #[test]
    fn a_report_without_a_count_is_an_error_that_names_it() {
        let error = said(r#"{"pushed":1}"#).unwrap_err().to_string();
        assert!(error.contains("pulled"), "{error}");
        assert!(said("unreachable").is_err());
    }
}

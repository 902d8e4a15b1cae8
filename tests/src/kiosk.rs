//! A kiosk as its volunteers have it: one data folder, and the program's commands.
//! Refuses to look inside the folder: what is checked here is what the commands say.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::binaries::binaries;
use crate::folders;
use crate::process::{Finished, run};

/// A data folder with the kiosk's program.
#[derive(Debug, Clone)]
pub struct Kiosk {
    binary: PathBuf,
    data: PathBuf,
    /// The passphrase's file, which the environment names.
    pub passphrase_file: Option<PathBuf>,
    /// Whom it trusts to sign certificates, in place of whom the computer trusts.
    pub authorities: Option<PathBuf>,
    /// The volunteer in whose name it takes and edits.
    pub by: Option<&'static str>,
}

/// What one sync said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sync {
    /// The command's exit code; `None` where it was killed.
    pub code: Option<i32>,
    /// Records newly stored at the office.
    pub pushed: u64,
    /// Records that came.
    pub pulled: u64,
    /// Records refused.
    pub refused: u64,
    /// Records held back.
    pub held: u64,
    /// Requests made.
    pub round_trips: u64,
    /// Bytes of requests.
    pub bytes_up: u64,
    /// Bytes of answers.
    pub bytes_down: u64,
    /// Whether both sides hold the same.
    pub in_step: bool,
    /// Why it ended early.
    pub error: Option<String>,
    /// Everything said to a person.
    pub words: String,
}

impl Kiosk {
    /// A folder that is, or is to be, a kiosk.
    pub fn at(data: &Path) -> Result<Self> {
        let binary = binaries()?.kiosk.clone();
        Ok(Self {
            binary,
            data: data.to_owned(),
            passphrase_file: None,
            authorities: None,
            by: None,
        })
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The same kiosk with another volunteer at the keyboard.
    #[must_use]
    pub fn used_by(&self, name: &'static str) -> Self {
        Self { by: Some(name), ..self.clone() }
    }

    /// A byte by byte copy of its folder elsewhere.
    pub fn copied_to(&self, data: &Path) -> Result<Self> {
        folders::copy(&self.data, data)?;
        Ok(Self { data: data.to_owned(), ..self.clone() })
    }

    /// The program with these arguments.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("--data").arg(&self.data).args(arguments).env_remove("BEKET_PASSPHRASE_FILE");
        if let Some(file) = &self.passphrase_file {
            command.env("BEKET_PASSPHRASE_FILE", file);
        }
        if let Some(file) = &self.authorities {
            command.env("SSL_CERT_FILE", file);
        }
        command
    }

    /// Runs a command to its end, whatever that is.
    pub fn run(&self, arguments: &[&str], input: &[u8]) -> Result<Finished> {
        run(&mut self.command(arguments), input)
    }

    fn must(&self, arguments: &[&str], input: &[u8]) -> Result<Finished> {
        let finished = self.run(arguments, input)?;
        if finished.code != Some(0) {
            bail!("kiosk {}: {}", arguments.join(" "), finished.why());
        }
        Ok(finished)
    }

    /// Sets the folder up; gives the kiosk's name.
    pub fn enrol(&self, code: &str) -> Result<String> {
        let mut arguments = vec!["enrol", code];
        if let Some(file) = &self.passphrase_file {
            let file = file.to_str().context("a path that is not text")?;
            arguments.extend(["--passphrase-file", file]);
        }
        Ok(self.must(&arguments, b"")?.stdout.trim().to_owned())
    }

    fn signed<'a>(&self, arguments: &[&'a str]) -> Vec<&'a str> {
        let by = self.by.into_iter().flat_map(|name| ["--by", name]);
        arguments.iter().copied().chain(by).collect()
    }

    /// Takes these lines from standard input, whatever comes of it.
    pub fn take_lines(&self, lines: &[u8]) -> Result<Finished> {
        self.run(&self.signed(&["take", "-"]), lines)
    }

    /// Takes intakes, each of which must be taken; their references in order.
    pub fn take(&self, intakes: &[Value]) -> Result<Vec<String>> {
        let finished = self.must(&self.signed(&["take", "-"]), &json_lines(intakes))?;
        let references = finished.lines();
        if references.len() != intakes.len() {
            bail!("{} references for {} intakes", references.len(), intakes.len());
        }
        Ok(references)
    }

    /// Takes one intake.
    pub fn take_one(&self, intake: &Value) -> Result<String> {
        let mut references = self.take(std::slice::from_ref(intake))?;
        references.pop().context("no reference")
    }

    /// Edits a case, whatever comes of it.
    pub fn try_edit(&self, reference: &str, patch: &str) -> Result<Finished> {
        self.run(&self.signed(&["edit", reference, "-"]), patch.as_bytes())
    }

    /// Edits a case; the edit must be taken.
    pub fn edit(&self, reference: &str, patch: &Value) -> Result<()> {
        let finished = self.try_edit(reference, &patch.to_string())?;
        if finished.code != Some(0) || finished.stdout.trim() != reference {
            bail!("edit {reference} {patch}: {}", finished.why());
        }
        Ok(())
    }

    /// Every case on it, as listed.
    pub fn list(&self) -> Result<Vec<Value>> {
        let finished = self.must(&["list", "--json"], b"")?;
        serde_json::from_str(&finished.stdout)
            .with_context(|| format!("`list --json` wrote {:?}", finished.stdout))
    }

    /// One case of the list, by its reference or its id.
    pub fn listed(&self, named: &str) -> Result<Value> {
        let is_it = |case: &Value| case["reference"] == named || case["case"] == named;
        let mut found = self.list()?.into_iter().filter(is_it);
        found.next().with_context(|| format!("{named} is not listed"))
    }

    /// Every case's mark by its reference.
    pub fn marks(&self) -> Result<Vec<(String, String)>> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ok(self
            .list()?
            .iter()
            .map(|case| (text(&case["reference"]), text(&case["mark"])))
            .collect())
    }

    /// One conversation with the office, whatever comes of it; it must write its JSON.
    pub fn try_sync(&self) -> Result<Sync> {
        Sync::read(&self.run(&["sync", "--once", "--json"], b"")?)
    }

    /// One conversation after which both are in step.
    pub fn sync(&self) -> Result<Sync> {
        let sync = self.try_sync()?;
        if sync.code != Some(0) || !sync.in_step {
            bail!("the sync did not end in step: {sync:?}");
        }
        Ok(sync)
    }
}

/// One intake a line, as `take` reads them.
pub fn json_lines(intakes: &[Value]) -> Vec<u8> {
    intakes.iter().flat_map(|intake| format!("{intake}\n").into_bytes()).collect()
}

impl Sync {
    /// Reads what `sync --once --json` left behind: every key must be there.
    pub fn read(finished: &Finished) -> Result<Self> {
        let json: Value = serde_json::from_str(finished.stdout.trim())
            .with_context(|| format!("`sync --json` wrote {finished:?}"))?;
        let count = |key: &str| {
            json[key].as_u64().with_context(|| format!("`sync --json` counts no {key}: {json}"))
        };
        Ok(Self {
            code: finished.code,
            pushed: count("pushed")?,
            pulled: count("pulled")?,
            refused: count("refused")?,
            held: count("held")?,
            round_trips: count("round_trips")?,
            bytes_up: count("bytes_up")?,
            bytes_down: count("bytes_down")?,
            in_step: json["in_step"].as_bool().context("`sync --json` says no in_step")?,
            error: json["error"].as_str().map(str::to_owned),
            words: finished.stderr.clone(),
        })
    }
}

//! The office's server: its commands, and the one process that answers kiosks and browsers.
//! Refuses to leave it running: whoever drops this ends it.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;

use crate::commands::must;

/// How long a server may take to say its address.
const PATIENCE: Duration = Duration::from_mins(1);

/// The binary with one data folder, and the process where it runs.
#[derive(Debug)]
pub(crate) struct Server {
    binary: PathBuf,
    data: PathBuf,
    log: PathBuf,
    process: Option<Child>,
    /// `127.0.0.1:PORT`, kept over an outage so that kiosks find it again.
    host: String,
}

impl Server {
    pub(crate) fn new(binary: PathBuf, data: PathBuf, log: PathBuf) -> Self {
        Self { binary, data, log, process: None, host: "127.0.0.1:0".to_owned() }
    }

    /// Runs one of its commands to the end: `words`, the data folder, then `rest`.
    pub(crate) fn command(&self, words: &[&str], rest: &[&str]) -> Result<String> {
        let mut command = Command::new(&self.binary);
        must(command.args(words).arg("--data").arg(&self.data).args(rest), "")
    }

    pub(crate) fn init(&self, office: &str, password_file: &Path) -> Result<()> {
        let mut command = Command::new(&self.binary);
        command.arg("init").arg("--data").arg(&self.data).args(["--office", office]);
        must(command.arg("--admin-password-file").arg(password_file), "").map(drop)
    }

    /// Every case the office holds.
    pub(crate) fn export(&self) -> Result<Vec<Value>> {
        let lines = self.command(&["export"], &[])?;
        let rows = lines.lines().filter(|line| !line.trim().is_empty());
        rows.map(|line| serde_json::from_str(line).context("a line of the export is no JSON"))
            .collect()
    }

    /// Starts to serve: the first time on a free port, from then on at the same address.
    pub(crate) fn start(&mut self) -> Result<u32> {
        let log = File::options().create(true).append(true).open(&self.log)?;
        let mut command = Command::new(&self.binary);
        command.arg("serve").arg("--data").arg(&self.data).args(["--listen", &self.host]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().context("starting the server")?;
        let (pid, stdout) = (child.id(), child.stdout.take());
        self.process = Some(child);
        let (sender, first) = mpsc::channel();
        let mut lines = BufReader::new(stdout.context("the server has no output")?).lines();
        std::thread::spawn(move || {
            // Read to its end, or the server would block once the pipe is full.
            let _ = sender.send(lines.next());
            lines.for_each(drop);
        });
        match first.recv_timeout(PATIENCE) {
            Ok(Some(Ok(line))) => {
                let host = host_in(&line);
                self.host = host.with_context(|| format!("the server's first line is {line:?}"))?;
                Ok(pid)
            }
            _ => Err(self.complaint("the server did not say its address")),
        }
    }

    /// Ends the process at once, as a power cut would.
    pub(crate) fn cut(&mut self) -> Result<()> {
        if let Some(mut child) = self.process.take() {
            child.kill().context("ending the server")?;
            child.wait().context("waiting for the server's end")?;
        }
        Ok(())
    }

    /// An error once the process has ended by itself.
    pub(crate) fn alive(&mut self) -> Result<()> {
        let child = self.process.as_mut().context("the server is not running")?;
        match child.try_wait()? {
            None => Ok(()),
            Some(status) => Err(self.complaint(&format!("the server ended ({status})"))),
        }
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.host)
    }

    fn complaint(&self, what: &str) -> anyhow::Error {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let last: Vec<&str> = log.lines().rev().take(8).collect();
        let last: Vec<&str> = last.into_iter().rev().collect();
        if last.is_empty() {
            return anyhow!("{what}, and left no word");
        }
        anyhow!("{what}; its last words:\n{}", last.join("\n"))
    }

    /// One enrolment code for a kiosk of that station.
    pub(crate) fn enrolment(&self, station: &str, role: &str) -> Result<String> {
        let url = self.url();
        let code =
            self.command(&["enrol"], &["--station", station, "--role", role, "--url", &url])?;
        let code = code.trim();
        if code.is_empty() || code.contains('\n') {
            bail!("`sync-server enrol` printed {} lines where one is due", code.lines().count());
        }
        Ok(code.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.cut();
    }
}

/// `127.0.0.1:8080` in a line that says `http://127.0.0.1:8080`.
fn host_in(line: &str) -> Option<String> {
    let (_, tail) = line.split_once("http://")?;
    let ends = |letter: char| !(letter.is_ascii_alphanumeric() || ".:[]-".contains(letter));
    let host = tail.split(ends).next()?.trim_end_matches(['.', ':']);
    host.contains(':').then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_the_first_line() {
        let host = Some("127.0.0.1:40123".to_owned());
        assert_eq!(host_in("http://127.0.0.1:40123"), host);
        assert_eq!(host_in("Түркістан listens at http://127.0.0.1:40123/."), host);
        assert_eq!(host_in("at http://127.0.0.1:40123."), host);
        assert_eq!(host_in("listening"), None);
    }

    #[test]
    fn a_server_that_ends_is_reported_with_its_last_words() {
        let folder = tempfile::tempdir().unwrap();
        let binary = folder.path().join("server");
        std::fs::write(&binary, "#!/bin/sh\necho no disk >&2\n").unwrap();
        let mut mode = std::fs::metadata(&binary).unwrap().permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o700);
        std::fs::set_permissions(&binary, mode).unwrap();
        let mut server = Server::new(binary, folder.path().into(), folder.path().join("log"));
        let error = server.start().unwrap_err().to_string();
        assert!(error.ends_with("its last words:\nno disk"), "{error}");
    }
}

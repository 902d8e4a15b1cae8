//! The office as its people have it: one data folder, the program's commands, a server that runs.
//! Refuses to leave the server running: whoever drops this ends it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::binaries::binaries;
use crate::process::{Finished, Running, must, run};
use crate::{Browser, folders};

/// The password of the account `admin` in every test.
pub const PASSWORD: &str = "он жеті жұлдыз";

/// A data folder, and the process that serves it.
#[derive(Debug)]
pub struct Office {
    binary: PathBuf,
    data: PathBuf,
    host: String,
    scheme: &'static str,
    process: Option<Running>,
}

impl Office {
    /// Founds an office in this folder.
    pub fn found(data: &Path, name: &str) -> Result<Self> {
        let office = Self::of(data)?;
        let file = data.with_extension("password");
        std::fs::write(&file, format!("{PASSWORD}\n"))?;
        let mut command = Command::new(&office.binary);
        command.arg("init").arg("--data").arg(data).args(["--office", name]);
        must(command.arg("--admin-password-file").arg(&file), b"")?;
        Ok(office)
    }

    /// The office that was founded in this folder, not in service yet.
    pub fn of(data: &Path) -> Result<Self> {
        let binary = binaries()?.server.clone();
        Ok(Self {
            binary,
            data: data.to_owned(),
            host: own_address(),
            scheme: "http",
            process: None,
        })
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// One of its commands: the words, the data folder, then the rest.
    pub fn command(&self, words: &[&str], rest: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(words).arg("--data").arg(&self.data).args(rest);
        command
    }

    /// Runs a command to its end, whatever that is.
    pub fn run(&self, words: &[&str], rest: &[&str]) -> Result<Finished> {
        run(&mut self.command(words, rest), b"")
    }

    /// Runs a command that must succeed.
    pub fn must(&self, words: &[&str], rest: &[&str]) -> Result<String> {
        must(&mut self.command(words, rest), b"")
    }

    /// Adds a station.
    pub fn station(&self, code: &str, name: &str) -> Result<()> {
        self.must(&["station", "add"], &[code, name]).map(drop)
    }

    /// Opens an incident at stations, `A,B…`.
    pub fn open_incident(&self, code: &str, stations: &str) -> Result<()> {
        self.must(&["incident", "open"], &[code, code, "--stations", stations]).map(drop)
    }

    /// Closes an incident.
    pub fn close_incident(&self, code: &str) -> Result<()> {
        self.must(&["incident", "close"], &[code]).map(drop)
    }

    /// One enrolment code for a kiosk that reaches this office at `url`.
    pub fn enrolment(&self, station: &str, role: &str, url: &str) -> Result<String> {
        let code = self.must(&["enrol"], &["--station", station, "--role", role, "--url", url])?;
        let lines: Vec<&str> = code.lines().collect();
        let [line] = lines[..] else {
            bail!("`sync-server enrol` printed {} lines where one is due", lines.len())
        };
        Ok(line.to_owned())
    }

    /// Every case, as exported.
    pub fn export(&self) -> Result<Vec<Value>> {
        let lines = self.must(&["export"], &[])?;
        lines
            .lines()
            .map(|line| serde_json::from_str(line).with_context(|| format!("no JSON: {line}")))
            .collect()
    }

    /// Starts to serve: at first on a free port, from then on at the same address.
    pub fn serve(&mut self) -> Result<()> {
        self.serve_with("http", &[])
    }

    /// The same over TLS, with a certificate and its key.
    pub fn serve_over_tls(&mut self, cert: &str, key: &str) -> Result<()> {
        self.serve_with("https", &["--tls-cert", cert, "--tls-key", key])
    }

    fn serve_with(&mut self, scheme: &'static str, more: &[&str]) -> Result<()> {
        let listen = [&["--listen", &self.host], more].concat();
        let mut process = Running::start(&mut self.command(&["serve"], &listen))?;
        let Some(line) = process.next_line()? else {
            bail!("the server did not start: {}", process.finish()?.why())
        };
        let host = line.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://"));
        host.with_context(|| format!("it says {line:?}"))?.clone_into(&mut self.host);
        self.scheme = scheme;
        self.process = Some(process);
        Ok(())
    }

    /// Lets requests under way be answered, then ends.
    pub fn stop(&mut self) -> Result<Finished> {
        self.process.take().context("the server does not run")?.terminate()
    }

    /// Ends at once, as a power cut would.
    pub fn kill(&mut self) -> Result<Finished> {
        self.process.take().context("the server does not run")?.kill()
    }

    /// An error once the server has ended by itself.
    pub fn alive(&mut self) -> Result<()> {
        self.process.as_mut().context("the server does not run")?.alive()
    }

    /// The id of the process that serves.
    pub fn process_id(&self) -> Option<u32> {
        self.process.as_ref().map(Running::id)
    }

    /// Host and port where it serves, or did last.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The address without its port.
    pub fn ip(&self) -> String {
        self.host.split(':').next().unwrap_or_default().to_owned()
    }

    /// The address that kiosks are given.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }

    /// Copies the data folder; the server is down meanwhile, and up again if it was.
    pub fn back_up(&mut self, to: &Path) -> Result<()> {
        self.while_down(|office| folders::copy(&office.data, to))
    }

    /// Puts a copy in the place of the data folder.
    pub fn put_back(&mut self, from: &Path) -> Result<()> {
        self.while_down(|office| folders::copy(from, &office.data))
    }

    fn while_down(&mut self, work: impl FnOnce(&Self) -> Result<()>) -> Result<()> {
        let served = self.process.is_some();
        if served {
            self.stop()?;
        }
        work(self)?;
        if served { self.serve() } else { Ok(()) }
    }

    /// A browser, signed in as `admin`.
    pub fn browser(&self) -> Result<Browser> {
        let mut browser = Browser::new(&self.url());
        browser.sign_in("admin", PASSWORD)?;
        Ok(browser)
    }

    /// The same, of somebody who reads this language.
    pub fn browser_in(&self, language: &str) -> Result<Browser> {
        let mut browser = self.browser()?;
        browser.headers = vec![("accept-language", language.to_owned())];
        Ok(browser)
    }

    /// One more of staff, who decides cases and reads English, signed in.
    pub fn operator(&self, name: &str) -> Result<Browser> {
        let printed = self.must(&["staff", "add"], &[name, "--role", "operator"])?;
        let mut browser = Browser::new(&self.url());
        browser.headers = vec![("accept-language", "en".to_owned())];
        browser.sign_in(name, printed.trim())?;
        Ok(browser)
    }
}

/// A loopback address of its own for every office: while a server is down, nobody else can be
/// given its port.
fn own_address() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let [_, _, high, low] = std::process::id().to_be_bytes();
    let nth = NEXT.fetch_add(1, Ordering::Relaxed) % 250 + 1;
    format!("127.{}.{low}.{nth}:0", high % 200 + 16)
}

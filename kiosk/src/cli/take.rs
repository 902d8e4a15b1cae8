//! `kiosk take`: one intake a line in, one reference number a line out, each once it is on disk.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use beket_model::{FieldError, Intake};
use beket_record::Scope;
use clap::Args;

use super::{Outcome, now, open, rng};
use crate::{Taken, Worker};

/// Intakes that share one commit while more input is waiting.
const BATCH: usize = 200;
/// What some programs begin a text file with.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
/// A line longer than this is no intake; it is passed over without being held in memory.
const MAX_LINE_BYTES: usize = 1024 * 1024;

/// Take intakes, one JSON object a line; print one reference a line, each once it is on disk
#[derive(Debug, Args)]
#[command(after_help = "A line that is wrong is reported with its number and field; the others \
                        are taken, and the exit code is 1.\n\nExample:\n  kiosk --data ./trk-a take intakes.jsonl\n\n\
                        A line of that file:\n  {\"kind\":\"evacuee\",\"language\":\"kk\",\n   \
                        \"person\":{\"given_name\":\"Айгүл\"}}   (on one line)")]
pub(super) struct Take {
    /// A file of JSON lines; `-` reads standard input
    file: PathBuf,
    /// The volunteer who takes them
    #[arg(long, value_name = "NAME", value_parser = super::name)]
    by: Option<String>,
}

struct Taking<'a> {
    worker: &'a mut Worker,
    by: Option<&'a str>,
    /// Intakes with the numbers of their lines.
    batch: Vec<(u64, Intake)>,
    wrong_lines: u64,
    taken: usize,
    /// Where the numbers themselves don't already show it.
    shows_progress: bool,
}

impl Take {
    pub(super) fn run(self, data: &Path) -> anyhow::Result<Outcome> {
        let mut worker = open(data)?;
        let input: Box<dyn Read> = if self.file.as_os_str() == "-" {
            Box::new(io::stdin())
        } else {
            let context = || {
                format!(
                    "The file {} cannot be read. Nothing was taken; check its name and try again",
                    self.file.display()
                )
            };
            Box::new(File::open(&self.file).with_context(context)?)
        };
        let mut taking = Taking {
            worker: &mut worker,
            by: self.by.as_deref(),
            batch: Vec::new(),
            wrong_lines: 0,
            taken: 0,
            shows_progress: io::stderr().is_terminal() && !io::stdout().is_terminal(),
        };
        taking.take_all(BufReader::with_capacity(256 * 1024, input))?;
        if taking.shows_progress {
            eprintln!();
        }
        if taking.wrong_lines == 0 {
            return Ok(Outcome::Done);
        }
        eprintln!(
            "{} line(s) were not taken, for the reasons above; all others are safe on this device",
            taking.wrong_lines
        );
        Ok(Outcome::Short)
    }
}

impl Taking<'_> {
    fn take_all<R: Read>(&mut self, mut input: BufReader<R>) -> anyhow::Result<()> {
        let mut number = 0_u64;
        loop {
            let line = match next_line(&mut input) {
                Ok(Some(line)) => line,
                Ok(None) => return self.commit(),
                Err(error) => {
                    self.commit()?;
                    return Err(error).context(format!(
                        "The input cannot be read beyond line {number}. The {} intakes before are \
                         safe on this device; take only the rest again",
                        self.taken
                    ));
                }
            };
            number += 1;
            let mark = if number == 1 { BYTE_ORDER_MARK } else { &[] };
            match read_intake(line.strip_prefix(mark).unwrap_or(&line)) {
                Ok(None) => {}
                Ok(Some(intake)) => {
                    for (field, warning) in intake.warnings() {
                        eprintln!("line {number}: note: {field}: {warning}");
                    }
                    self.batch.push((number, intake));
                }
                Err(error) => {
                    self.wrong_lines += 1;
                    eprintln!("line {number}: {error}");
                }
            }
            // Whoever waits for a number gets it at once; a long file shares its commits.
            if self.batch.len() >= BATCH || input.buffer().is_empty() {
                self.commit()?;
            }
        }
    }

    fn commit(&mut self) -> anyhow::Result<()> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let (lines, batch): (Vec<u64>, Vec<Intake>) = self.batch.drain(..).unzip();
        let answers = self.worker.take(batch, self.by, now(), &mut rng())?;
        let mut taken = Vec::with_capacity(answers.len());
        for (line, answer) in lines.into_iter().zip(answers) {
            match answer {
                Ok(one) => taken.push(one),
                Err(reason) => {
                    self.wrong_lines += 1;
                    eprintln!("line {line}: {reason}");
                }
            }
        }
        self.taken += taken.len();
        for taken in &taken {
            if let Some(named) = &taken.unknown_incident {
                eprintln!(
                    "note: {}: no open incident {named} is known here, so the kiosks of {} alone can \
                     read it. To share it, let this kiosk sync, take the form again and void this \
                     one (`kiosk edit`, \"void_reason\")",
                    taken.reference, taken.scope
                );
            }
            if !taken.other_incidents.is_empty() {
                let others: Vec<&str> = taken.other_incidents.iter().map(Scope::as_str).collect();
                eprintln!(
                    "note: {}: the form names no incident, so it was taken for {}; also open: {}. \
                     Name the incident in the form",
                    taken.reference,
                    taken.scope,
                    others.join(", ")
                );
            }
        }
        print(&taken).with_context(|| {
            format!(
                "The numbers could not be written out. {} intakes are safe on this device: `kiosk \
                 list` shows their numbers. Do not take the same lines again",
                self.taken
            )
        })?;
        if self.shows_progress {
            eprint!("\r{} taken", self.taken);
        }
        Ok(())
    }
}

fn print(taken: &[Taken]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for taken in taken {
        writeln!(out, "{}", taken.reference)?;
    }
    out.flush()
}

/// A line without its line break, cut off beyond the limit; `None` at the end.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let limit = MAX_LINE_BYTES as u64 + 1;
    if input.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > MAX_LINE_BYTES {
        input.skip_until(b'\n')?;
    }
    Ok(Some(line))
}

/// The intake of a line; `None` for an empty one.
fn read_intake(line: &[u8]) -> Result<Option<Intake>, FieldError> {
    let whole = |reason: &str| FieldError { field: "intake".to_owned(), reason: reason.to_owned() };
    if line.len() > MAX_LINE_BYTES {
        return Err(whole("is longer than 1 MiB, and no intake may be. It was not taken"));
    }
    let text = std::str::from_utf8(line).map_err(|_| whole("is not UTF-8 text"))?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    Intake::from_json(text).map(Some)
}

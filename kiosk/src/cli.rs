//! The kiosk's command line: one file a command.
//!
//! Answers go to standard output, everything said to a person to standard error. Exit codes: 0
//! done, 1 something refused or missing (and said what), 2 wrong usage.

mod edit;
mod enrol;
mod list;
mod sync;
mod take;

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::shell::{now, rng};
use crate::{KioskError, Worker};

#[derive(Debug, Parser)]
#[command(
    name = "kiosk",
    version,
    about = "A Beket kiosk: takes intakes with no network, keeps them sealed, brings them to the \
             office",
    arg_required_else_help = true,
    after_help = "Without a command it opens the kiosk's window.\n\nExample:\n  \
                  kiosk --data ./trk-a enrol BEKET1.…\n  \
                  kiosk --data ./trk-a\n  \
                  kiosk --data ./trk-a take intakes.jsonl\n  \
                  kiosk --data ./trk-a sync --once --json"
)]
struct Arguments {
    /// The kiosk's data folder.
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    /// Shows the plug of the line in the window, to be pulled: for demonstrations.
    #[arg(long, hide = true)]
    plug: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Enrol(enrol::Enrol),
    Take(take::Take),
    Edit(edit::Edit),
    List(list::List),
    Sync(sync::Sync),
}

/// What a command that ran to its end leaves behind.
enum Outcome {
    Done,
    /// Something was refused or missing, and was said.
    Short,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let Some(data) = arguments.data else {
        eprintln!("error: the data folder is missing: add --data DIR\n\nTry 'kiosk --help'.");
        return ExitCode::from(2);
    };
    let result = match arguments.command {
        None => crate::window::open(&data, arguments.plug).map(|()| Outcome::Done),
        Some(Command::Enrol(command)) => command.run(&data),
        Some(Command::Take(command)) => command.run(&data),
        Some(Command::Edit(command)) => command.run(&data),
        Some(Command::List(command)) => command.run(&data),
        Some(Command::Sync(command)) => command.run(&data),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Short) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {}", in_full(&error));
            ExitCode::from(1)
        }
    }
}

/// Opens the kiosk and says what a person should know of it first.
fn open(data: &std::path::Path) -> Result<Worker, KioskError> {
    let worker = Worker::open(data)?;
    if worker.has_no_passphrase() {
        eprintln!(
            "note: kiosk {} has no passphrase: whoever holds this computer can read its cases",
            worker.identity().name()
        );
    }
    Ok(worker)
}

/// Opens the kiosk's private keys with the passphrase file that the environment names, if any.
fn unlock(worker: &mut Worker) -> anyhow::Result<()> {
    if let Some(file) = std::env::var_os("BEKET_PASSPHRASE_FILE")
        && worker.is_locked()
    {
        worker.unlock(&passphrase(file.as_ref())?)?;
    }
    Ok(())
}

/// A passphrase: the file's text without its last line break.
fn passphrase(file: &std::path::Path) -> anyhow::Result<zeroize::Zeroizing<String>> {
    use anyhow::Context;
    let text = std::fs::read_to_string(file).with_context(|| {
        format!("The passphrase file {} cannot be read. Nothing was changed", file.display())
    })?;
    let text = zeroize::Zeroizing::new(text);
    Ok(zeroize::Zeroizing::new(text.trim_end_matches(['\n', '\r']).to_owned()))
}

/// Shows, where a terminal is there to see it, how many cases of how many were read.
fn progress() -> impl FnMut(usize, usize) {
    let terminal = std::io::stderr().is_terminal();
    move |done, all| {
        if terminal && done > 0 && done.is_multiple_of(500) {
            eprint!("\r{done} of {all} cases read\r");
        }
    }
}

/// Prints a line of the answer. A reader that went away is an error like any other.
fn say(line: impl std::fmt::Display) -> std::io::Result<()> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// An error with its causes, each said once.
fn in_full(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |said, cause| {
        if said.is_empty() {
            cause
        } else if said.contains(cause.trim_end_matches('.')) {
            said
        } else {
            format!("{said}: {cause}")
        }
    })
}

/// A name that people can read: one line, not empty, not endless.
fn name(text: &str) -> Result<String, String> {
    let fits = !text.trim().is_empty() && text.chars().count() <= 100;
    if fits && !text.chars().any(char::is_control) {
        Ok(text.to_owned())
    } else {
        Err("a name has 1 to 100 characters on one line".to_owned())
    }
}

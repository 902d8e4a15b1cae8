//! The office's command line: one file a command.
//!
//! Answers go to standard output, everything said to a person to standard error. Exit codes: 0
//! done, 1 something refused or missing (and said what), 2 wrong usage.

mod device;
mod enrol;
mod export;
mod incident;
mod init;
mod reindex;
mod serve;
mod staff;
mod station;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(
    name = "sync-server",
    version,
    about = "The office of a Beket network: takes in what kiosks bring, shows staff the merged \
             cases",
    arg_required_else_help = true,
    after_help = "Example:\n  sync-server init --data ./office --office 'Түркістан'\n  \
                  sync-server station add --data ./office TRK 'Түркістан вокзалы'\n  \
                  sync-server serve --data ./office"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    #[command(subcommand)]
    Station(station::Station),
    #[command(subcommand)]
    Incident(incident::Incident),
    Enrol(enrol::Enrol),
    #[command(subcommand)]
    Device(device::Device),
    #[command(subcommand)]
    Staff(staff::Staff),
    Serve(serve::Serve),
    Export(export::Export),
    Reindex(reindex::Reindex),
}

/// The office's data folder.
#[derive(Debug, clap::Args)]
struct Data {
    /// The office's data folder
    #[arg(long = "data", value_name = "DIR")]
    path: PathBuf,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Init(command) => command.run(),
        Command::Station(command) => command.run(),
        Command::Incident(command) => command.run(),
        Command::Enrol(command) => command.run(),
        Command::Device(command) => command.run(),
        Command::Staff(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Reindex(command) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", in_full(&error));
            ExitCode::from(1)
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

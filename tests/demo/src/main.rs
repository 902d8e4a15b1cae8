//! The whole of Beket in one command: an office, six kiosks, a cut line, and a count at the end.
//! Owns the command's arguments and its exit code: 0 when nothing is missing, 1 when something
//! is, 2 when it was called wrongly.
//! Refuses to link what it shows: it drives the real binaries by their command line alone.

mod answers;
mod commands;
mod compare;
mod export;
mod http;
mod kiosk;
mod ledger;
mod office;
mod scratch;
mod server;
mod story;
mod summary;
mod teller;
mod twice;
mod world;

use std::io::Write;
use std::process::ExitCode;

const HELP: &str = "\
Starts an office and six kiosks at two stations, cuts the line between them, takes several hundred
synthetic forms, has two kiosks and the office edit the same cases while apart, brings the line
back, and counts what the office holds against what the kiosks were given.

Usage: cargo demo [-- OPTIONS]

Options:
  --exit         end after the summary; exit code 1 when anything is missing
  --intakes N    how many forms the six kiosks take between them (default 480)
  --seed N       whom the forms tell of: the same number, the same people (default 2019)
  --help         this text

Example: cargo demo -- --exit --intakes 1200
";

/// What the command was asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) exit: bool,
    pub(crate) intakes: usize,
    pub(crate) seed: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let options = match parse(&arguments) {
        Ok(Some(options)) => options,
        Ok(None) => {
            let _ = write!(std::io::stdout(), "{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(reason) => {
            eprintln!("demo: {reason}\nTry: cargo demo -- --help");
            return ExitCode::from(2);
        }
    };
    match story::tell(options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("demo: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `None` where only help is asked for.
fn parse(arguments: &[String]) -> Result<Option<Options>, String> {
    let mut options = Options { exit: false, intakes: 480, seed: 2019 };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--help" | "-h" => return Ok(None),
            "--exit" => options.exit = true,
            "--intakes" => {
                options.intakes = number(argument, rest.next())?;
                if options.intakes < 6 {
                    return Err("--intakes must be at least 6, one for each kiosk".to_owned());
                }
            }
            "--seed" => options.seed = number(argument, rest.next())?,
            unknown => return Err(format!("unknown option {unknown}")),
        }
    }
    Ok(Some(options))
}

fn number<T: std::str::FromStr>(option: &str, value: Option<&String>) -> Result<T, String> {
    let value = value.ok_or_else(|| format!("{option} needs a number after it"))?;
    value.parse().map_err(|_| format!("{option} needs a number, not {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Result<Option<Options>, String> {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn arguments_are_read_and_wrong_ones_named() {
        assert_eq!(of(""), Ok(Some(Options { exit: false, intakes: 480, seed: 2019 })));
        assert_eq!(
            of("--exit --intakes 60 --seed 5"),
            Ok(Some(Options { exit: true, intakes: 60, seed: 5 }))
        );
        assert_eq!(of("--exit --help"), Ok(None));
        assert_eq!(of("--fast"), Err("unknown option --fast".to_owned()));
        assert_eq!(of("--seed"), Err("--seed needs a number after it".to_owned()));
        assert!(of("--intakes many").is_err());
        assert!(of("--intakes 5").is_err());
    }
}

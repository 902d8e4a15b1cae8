//! Builds the two binaries beside this one, and runs commands of theirs to their end.
//! Refuses to know what any command means.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Where the real binaries lie.
#[derive(Debug, Clone)]
pub(crate) struct Binaries {
    pub(crate) kiosk: PathBuf,
    pub(crate) server: PathBuf,
}

impl Binaries {
    /// Builds both in this program's own profile and target folder.
    pub(crate) fn build() -> Result<Self> {
        let own = std::env::current_exe().context("finding this program's own folder")?;
        let folder = own.parent().context("this program lies in no folder")?;
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        // The whole workspace, so that its tests find the same dependencies built.
        build.args(["build", "--workspace", "--bin", "kiosk", "--bin", "sync-server"]);
        for (name, _) in std::env::vars_os() {
            if is_of_this_package(&name) {
                build.env_remove(name);
            }
        }
        build.args(same_place(folder)).stdin(Stdio::null()).stdout(Stdio::null());
        if let Some(home) = std::env::var_os("CARGO_MANIFEST_DIR") {
            build.current_dir(home);
        }
        let status = build.status().context("starting cargo; is Rust installed?")?;
        if !status.success() {
            bail!("the kiosk and the server did not build; cargo says why above");
        }
        Self::beside(folder)
    }

    fn beside(folder: &Path) -> Result<Self> {
        let found = Self { kiosk: folder.join("kiosk"), server: folder.join("sync-server") };
        for binary in [&found.kiosk, &found.server] {
            if !binary.is_file() {
                bail!("cargo built {}, but it is not there", binary.display());
            }
        }
        Ok(found)
    }
}

/// What the outer cargo said of the demo's own package: build scripts that look at it would run
/// anew, and anew again for the next build outside.
fn is_of_this_package(name: &OsStr) -> bool {
    const PREFIXES: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
    name.to_str().is_some_and(|name| PREFIXES.iter().any(|prefix| name.starts_with(prefix)))
}

/// Arguments that make cargo put its binaries into `folder`, such as `target/debug`.
fn same_place(folder: &Path) -> Vec<String> {
    let profile = match folder.file_name().and_then(|name| name.to_str()) {
        None | Some("debug") => "dev",
        Some(name) => name,
    };
    let mut arguments = vec!["--profile".to_owned(), profile.to_owned()];
    if let Some(target) = folder.parent() {
        arguments.extend(["--target-dir".to_owned(), target.display().to_string()]);
    }
    arguments
}

/// What a command left behind.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a command to its end, with `input` on its standard input.
pub(crate) fn run(command: &mut Command, input: &str) -> Result<Finished> {
    let said = describe(command);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {said}"))?;
    let pipe = child.stdin.take();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A command that stops reading has its reason, and says it by its exit code.
            let _ = pipe.map(|mut pipe| pipe.write_all(input.as_bytes()));
        });
        child.wait_with_output()
    })
    .with_context(|| format!("waiting for {said}"))?;
    Ok(Finished {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// What a command that must succeed wrote on its standard output.
pub(crate) fn must(command: &mut Command, input: &str) -> Result<String> {
    let finished = run(command, input)?;
    if finished.code != Some(0) {
        bail!("{} failed: {}", describe(command), finished.why());
    }
    Ok(finished.stdout)
}

impl Finished {
    /// Its own words, or its exit code where it said nothing.
    pub(crate) fn why(&self) -> String {
        match (self.stderr.trim(), self.code) {
            ("", Some(code)) => format!("exit code {code}, and not a word"),
            ("", None) => "ended by a signal".to_owned(),
            (words, _) => words.to_owned(),
        }
    }
}

/// The command as its reader would type it: the program's name and the arguments that are words.
fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = command.get_args().map(|word| word.to_string_lossy());
    let words: Vec<_> = words.filter(|word| !word.starts_with('/')).take(6).collect();
    format!("`{} {}`", program.to_string_lossy(), words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_is_sent_to_the_folder_of_this_program() {
        let debug = same_place(Path::new("/home/t/debug"));
        assert_eq!(debug, ["--profile", "dev", "--target-dir", "/home/t"]);
        let release = same_place(Path::new("/home/t/release"));
        assert_eq!(release[1], "release");
    }

    #[test]
    fn a_command_gets_its_input_and_gives_its_output() {
        let long = "қазақша\n".repeat(100_000);
        assert_eq!(must(&mut Command::new("cat"), &long).unwrap(), long);
    }

    #[test]
    fn a_failure_is_told_in_the_commands_own_words() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo the disk is full >&2; exit 3"]);
        let error = must(&mut command, "").unwrap_err().to_string();
        assert!(error.ends_with("failed: the disk is full"), "{error}");
    }
}

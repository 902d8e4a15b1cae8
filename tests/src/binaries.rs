//! The two real programs, built once a run, in the profile of whoever asks.
//! Refuses to guess: what cargo built is looked for beside the asking program.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow, bail};

/// Where the real programs lie.
#[derive(Debug, Clone)]
pub struct Binaries {
    /// `kiosk`.
    pub kiosk: PathBuf,
    /// `sync-server`.
    pub server: PathBuf,
}

/// Builds them the first time, then says where they lie.
pub fn binaries() -> Result<&'static Binaries> {
    static BUILT: OnceLock<Result<Binaries, String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| build().map_err(|error| format!("{error:#}")));
    built.as_ref().map_err(|error| anyhow!("{error}"))
}

fn build() -> Result<Binaries> {
    let own = std::env::current_exe().context("finding this program's own folder")?;
    let folder = own.parent().context("this program lies in no folder")?;
    let folder = if folder.ends_with("deps") { folder.parent() } else { Some(folder) };
    let folder = folder.context("this program lies in no target folder")?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // The whole workspace, so that shared dependencies are those that were built for the tests.
    let mut command = Command::new(cargo);
    command.args(["build", "--quiet", "--workspace", "--bin", "kiosk", "--bin", "sync-server"]);
    command.args(same_place(folder)).current_dir(env!("CARGO_MANIFEST_DIR"));
    for name in inherited(std::env::vars_os().map(|(name, _)| name)) {
        command.env_remove(name);
    }
    let output = command.stdin(Stdio::null()).output().context("starting cargo")?;
    if !output.status.success() {
        bail!("kiosk and server did not build:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    let built = Binaries { kiosk: folder.join("kiosk"), server: folder.join("sync-server") };
    for binary in [&built.kiosk, &built.server] {
        if !binary.is_file() {
            bail!("cargo built {}, but it is not there", binary.display());
        }
    }
    Ok(built)
}

/// Arguments that make cargo put its programs into `folder`, such as `target/debug`.
fn same_place(folder: &Path) -> Vec<OsString> {
    let profile = match folder.file_name().and_then(|name| name.to_str()) {
        None | Some("debug") => "dev",
        Some(name) => name,
    };
    let mut arguments = vec![OsString::from("--profile"), OsString::from(profile)];
    if let Some(target) = folder.parent() {
        arguments.extend([OsString::from("--target-dir"), target.as_os_str().to_owned()]);
    }
    arguments
}

/// What an outer cargo said of its own package: build scripts that look at it would run anew, and
/// run anew again for the next build outside.
fn inherited(names: impl Iterator<Item = OsString>) -> Vec<OsString> {
    const PREFIXES: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
    let ours = |name: &OsString| {
        name.to_str().is_some_and(|name| PREFIXES.iter().any(|prefix| name.starts_with(prefix)))
    };
    names.filter(ours).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_is_sent_to_the_folder_of_this_program() {
        assert_eq!(
            same_place(Path::new("/home/t/debug")),
            ["--profile", "dev", "--target-dir", "/home/t"]
        );
        assert_eq!(same_place(Path::new("/home/t/release"))[1], "release");
    }

    #[test]
    fn what_the_outer_cargo_says_of_its_package_is_not_passed_on() {
        let names = ["PATH", "CARGO_HOME", "CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "CARGO"];
        let removed = inherited(names.into_iter().map(OsString::from));
        assert_eq!(removed, ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR"]);
    }
}

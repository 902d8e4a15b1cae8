//! The temporary folder of one run, and that nothing of the run outlives it.
//! Refuses to rely on an orderly end: Ctrl-C or a kill leaves this program no last word, so a
//! small shell waits outside its process group and sweeps when the pipe to it closes.

use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use tempfile::TempDir;

/// Each line names the process to end, an empty one none; the end of input means: sweep.
const SWEEP: &str = r#"
while read -r pid; do server=$pid; done
if [ -n "$server" ]; then kill -9 "$server" 2>/dev/null; fi
rm -rf "$0" || { sleep 1; rm -rf "$0"; }
"#;

/// A folder that is gone once this program is.
#[derive(Debug)]
pub(crate) struct Scratch {
    folder: TempDir,
    sweeper: Child,
}

impl Scratch {
    pub(crate) fn new() -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("beket-demo-")
            .tempdir()
            .context("making a temporary folder")?;
        let sweeper = Command::new("sh")
            .args(["-c", SWEEP])
            .arg(folder.path())
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("starting a shell to clean up after this program")?;
        Ok(Self { folder, sweeper })
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The process that must not outlive this one.
    pub(crate) fn end_with_us(&mut self, pid: Option<u32>) -> Result<()> {
        let line = pid.map_or_else(String::new, |pid| pid.to_string());
        let pipe = self.sweeper.stdin.as_mut().context("the shell that cleans up is gone")?;
        writeln!(pipe, "{line}").context("telling the shell that cleans up")
    }
}

/// A password for this run alone: the forms are seeded, this is not.
pub(crate) fn password() -> Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 16];
    std::fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .context("reading /dev/urandom for a password")?;
    let letters = bytes.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    Ok(letters.chunks(4).map(|group| group.iter().collect()).collect::<Vec<String>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_differ_from_run_to_run() {
        let (one, other) = (password().unwrap(), password().unwrap());
        assert_eq!(one.len(), 19);
        assert_ne!(one, other);
    }

    #[test]
    fn the_folder_and_the_process_end_with_the_run() {
        let mut scratch = Scratch::new().unwrap();
        let folder = scratch.path("");
        let mut sleeper = Command::new("sleep").arg("600").spawn().unwrap();
        scratch.end_with_us(Some(sleeper.id())).unwrap();
        let Scratch { folder: kept, mut sweeper } = scratch;
        let _ = kept.keep();
        drop(sweeper.stdin.take());
        assert!(!sleeper.wait().unwrap().success());
        assert!(sweeper.wait().unwrap().success());
        assert!(!folder.exists());
    }
}

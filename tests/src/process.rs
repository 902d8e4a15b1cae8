//! Running the real programs: to their end, or until they are killed.
//! Refuses to wait for ever, and to leave a child behind: whoever drops one ends it.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How long any command may take; far more than any needs on a busy machine.
const PATIENCE: Duration = Duration::from_mins(5);

/// What a command left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// Its exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// What it answered.
    pub stdout: String,
    /// What it said to a person.
    pub stderr: String,
}

impl Finished {
    /// Its answer, line by line.
    pub fn lines(&self) -> Vec<String> {
        self.stdout.lines().map(str::to_owned).collect()
    }

    /// Its own words, or its exit code where it said nothing.
    pub fn why(&self) -> String {
        match self.stderr.trim() {
            "" => format!("exit code {:?}, and not a word", self.code),
            words => format!("exit code {:?}: {words}", self.code),
        }
    }
}

/// Runs a command to its end, with `input` on its standard input.
pub fn run(command: &mut Command, input: &[u8]) -> Result<Finished> {
    let mut running = Running::start(command)?;
    running.feed(input.to_vec());
    running.finish()
}

/// What a command that must succeed answered.
pub fn must(command: &mut Command, input: &[u8]) -> Result<String> {
    let finished = run(command, input)?;
    if finished.code != Some(0) {
        bail!("{}: {}", describe(command), finished.why());
    }
    Ok(finished.stdout)
}

/// The command as its reader would type it, without long paths.
pub fn describe(command: &Command) -> String {
    let name = |word: &OsStr| {
        let last = Path::new(word).file_name().unwrap_or(word);
        last.to_string_lossy().chars().take(60).collect::<String>()
    };
    let words: Vec<_> = command.get_args().map(name).collect();
    format!("`{} {}`", name(command.get_program()), words.join(" "))
}

/// A process at work.
#[derive(Debug)]
pub struct Running {
    child: Child,
    said: String,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
    errors: Receiver<String>,
}

impl Running {
    /// Starts a command.
    pub fn start(command: &mut Command) -> Result<Self> {
        let said = describe(command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("starting {said}"))?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (line, lines) = channel();
        let (error, errors) = channel();
        let input = child.stdin.take();
        if let Some(stdout) = stdout {
            thread::spawn(move || {
                let mut reader = BufReader::new(stdout);
                let mut text = Vec::new();
                while reader.read_until(b'\n', &mut text).is_ok_and(|read| read > 0) {
                    let _ = line.send(String::from_utf8_lossy(&text).into_owned());
                    text.clear();
                }
            });
        }
        if let Some(mut stderr) = stderr {
            thread::spawn(move || {
                let mut text = Vec::new();
                let _ = stderr.read_to_end(&mut text);
                let _ = error.send(String::from_utf8_lossy(&text).into_owned());
            });
        }
        Ok(Self { child, said, input, lines, errors })
    }

    /// Writes to its standard input behind our back, then closes it.
    pub fn feed(&mut self, input: Vec<u8>) {
        let pipe = self.input.take();
        thread::spawn(move || {
            // A command that stops reading has its reason, and says it by its exit code.
            let _ = pipe.map(|mut pipe| pipe.write_all(&input));
        });
    }

    /// Writes to its standard input and leaves it open.
    pub fn write(&mut self, input: &[u8]) -> Result<()> {
        let pipe = self.input.as_mut().context("its input is closed")?;
        pipe.write_all(input).and_then(|()| pipe.flush()).context("writing to its input")
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line of its answer; `None` once it has ended.
    pub fn next_line(&mut self) -> Result<Option<String>> {
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => Ok(Some(line.trim_end_matches('\n').to_owned())),
            Err(RecvTimeoutError::Disconnected) => Ok(None),
            Err(RecvTimeoutError::Timeout) => bail!("{} says nothing", self.said),
        }
    }

    /// Waits until it has ended by itself.
    pub fn finish(mut self) -> Result<Finished> {
        drop(self.input.take());
        self.collect()
    }

    /// Ends it at once, as a power cut would; what it had said by then.
    pub fn kill(mut self) -> Result<Finished> {
        self.child.kill().with_context(|| format!("killing {}", self.said))?;
        self.collect()
    }

    /// Asks it to end, as `kill` does.
    pub fn terminate(self) -> Result<Finished> {
        let id = self.child.id().to_string();
        must(Command::new("sh").args(["-c", "kill -TERM \"$0\"", &id]), b"")?;
        self.finish()
    }

    fn collect(&mut self) -> Result<Finished> {
        let ends = Instant::now() + PATIENCE;
        let mut stdout = String::new();
        loop {
            match self.lines.recv_timeout(ends.saturating_duration_since(Instant::now())) {
                Ok(line) => stdout.push_str(&line),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => bail!("{} does not end", self.said),
            }
        }
        let left = ends.saturating_duration_since(Instant::now());
        let stderr = self.errors.recv_timeout(left);
        let stderr = stderr.with_context(|| format!("{} does not end", self.said))?;
        let status: ExitStatus = self.child.wait()?;
        Ok(Finished { code: status.code(), stdout, stderr })
    }

    /// An error with its last words once it has ended by itself.
    pub fn alive(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => {
                let words = self.errors.recv_timeout(PATIENCE).unwrap_or_default();
                bail!("{} ended ({status}): {words}", self.said)
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_gets_its_input_and_gives_its_output() {
        let long = "қазақша\n".repeat(100_000);
        assert_eq!(must(&mut Command::new("cat"), long.as_bytes()).unwrap(), long);
    }

    #[test]
    fn a_failure_is_told_in_the_commands_own_words() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo the disk is full >&2; exit 3"]);
        let error = must(&mut command, b"").unwrap_err().to_string();
        assert!(error.ends_with("exit code Some(3): the disk is full"), "{error}");
    }

    #[test]
    fn what_a_killed_command_had_said_is_kept() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; read nothing"]);
        let mut running = Running::start(&mut command).unwrap();
        assert_eq!(running.next_line().unwrap().as_deref(), Some("one"));
        let finished = running.kill().unwrap();
        assert_eq!((finished.code, finished.stdout.as_str()), (None, ""));
    }
}

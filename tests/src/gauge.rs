//! What a process costs, read from `/proc` while it runs: its highest memory, its processor time.
//! Refuses precision that sampling does not have: what happens in its last milliseconds is missed.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

/// How often a process is looked at.
const EVERY: Duration = Duration::from_millis(4);
/// Of the times in `/proc`, as Linux has it on every common machine.
const TICKS_PER_SECOND: f64 = 100.0;

/// What a process had cost when it was looked at last.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cost {
    /// Its highest memory so far, in bytes.
    pub peak_bytes: u64,
    /// Its processor time so far, in seconds.
    pub cpu_seconds: f64,
}

/// Looks at a process until it ends or the gauge is read.
#[derive(Debug)]
pub struct Gauge {
    over: Arc<AtomicBool>,
    looking: JoinHandle<Cost>,
}

impl Gauge {
    /// Begins to look.
    pub fn on(process: u32) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let told = over.clone();
        let looking = thread::spawn(move || {
            let mut last = Cost::default();
            while let Ok(cost) = Cost::of(process) {
                last = cost;
                if told.load(Ordering::SeqCst) {
                    break;
                }
                thread::sleep(EVERY);
            }
            last
        });
        Self { over, looking }
    }

    /// What it had cost when it was looked at last.
    pub fn read(self) -> Result<Cost> {
        self.over.store(true, Ordering::SeqCst);
        self.looking.join().map_err(|_| anyhow!("the gauge broke"))
    }
}

impl Cost {
    /// What a process that runs has cost so far.
    pub fn of(process: u32) -> Result<Self> {
        let status = fs::read_to_string(format!("/proc/{process}/status"))?;
        let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
        read(&status, &stat).context("the process has ended")
    }

    /// Forgets the highest memory of a process so far: from here on it is that of what comes.
    pub fn forget_peak(process: u32) -> Result<()> {
        // As proc(5) has it: 5 resets the peak.
        Ok(fs::write(format!("/proc/{process}/clear_refs"), "5")?)
    }

    /// What came on top of an earlier cost.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self { cpu_seconds: self.cpu_seconds - earlier.cpu_seconds, ..self }
    }
}

fn read(status: &str, stat: &str) -> Option<Cost> {
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = peak.trim().strip_suffix(" kB")?.parse().ok()?;
    // After the name, which may hold spaces: state first, user and system time the 12th and 13th.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    let cpu_seconds = (f64::from(user) + f64::from(system)) / TICKS_PER_SECOND;
    Some(Cost { peak_bytes: kib * 1024, cpu_seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_files_are_read() {
        let stat = "7 (a b) c) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0";
        let cost = read("Name:\ta\nVmHWM:\t    2048 kB\n", stat).unwrap();
        assert_eq!(cost, Cost { peak_bytes: 2 << 20, cpu_seconds: 3.0 });
        assert_eq!(read("Name:\ta\n", stat), None);
    }

    #[test]
    fn a_peak_that_was_forgotten_is_of_what_comes() {
        let own = std::process::id();
        drop(std::hint::black_box(vec![1_u8; 256 << 20]));
        let before = Cost::of(own).unwrap().peak_bytes;
        Cost::forget_peak(own).unwrap();
        let since = Cost::of(own).unwrap().peak_bytes;
        assert!(since + (128 << 20) < before, "{since} of {before}");
    }

    #[test]
    fn a_process_is_looked_at_until_it_ends() {
        let mut child = std::process::Command::new("sleep").arg("0.05").spawn().unwrap();
        let gauge = Gauge::on(child.id());
        child.wait().unwrap();
        assert!(gauge.read().unwrap().peak_bytes > 0);
    }
}

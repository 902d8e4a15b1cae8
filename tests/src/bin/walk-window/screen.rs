//! A display of its own with one window on it, and the hands and eyes of a person in front of it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use beket_tests::Kiosk;
use beket_tests::process::Running;

/// A window shows itself, and a page comes, within this.
const PATIENCE: Duration = Duration::from_mins(1);
/// Until a page that has just come takes an answer.
const SETTLED: Duration = Duration::from_millis(600);
/// Between two looks, and between two letters.
const STEP: Duration = Duration::from_millis(60);
/// Between two looks at what a window is called.
const MOMENT: Duration = Duration::from_millis(5);

/// Letters of the Russian keyboard on the screen: rows from left to right, the middle of the first
/// key, and from key to key, on a screen of 1280×800 that nobody has measured.
const ROWS: [(&str, u32, u32); 3] =
    [("йцукенгшщзх", 239, 427), ("фывапролджэё", 199, 498), ("ячсмитьбю", 279, 569)];
const KEY: u32 = 80;
const SPACE: (u32, u32) = (760, 641);
/// The middle key of the number pad, and from key to key.
const FIVE: (u32, u32) = (640, 498);
const PAD: (u32, u32) = (80, 71);

/// The display; whoever drops it closes everything on it.
pub(crate) struct Screen {
    window: Option<Running>,
    display: String,
    folder: PathBuf,
    /// Touches and keys beyond the letters of the data.
    pub(crate) counted: u32,
    _manager: Running,
    _server: Running,
}

impl Screen {
    /// Opens an empty one.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        let mut xvfb = Command::new("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
        let mut server = Running::start(&mut xvfb)?;
        let number = server.next_line()?.context("Xvfb says no display")?;
        let display = format!(":{}", number.trim());
        // Without a manager no window has the keyboard.
        let manager = Running::start(Command::new("openbox").env("DISPLAY", &display))?;
        let folder = folder.to_owned();
        let screen =
            Self { window: None, display, folder, counted: 0, _manager: manager, _server: server };
        screen.managed()?;
        Ok(screen)
    }

    /// Waits for the manager: a window that asks to be shown while it takes over is never answered.
    fn managed(&self) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        loop {
            let mut ask = Command::new("xdotool");
            ask.arg("get_num_desktops").env("DISPLAY", &self.display);
            if ask.output().context("starting xdotool")?.status.success() {
                return Ok(());
            }
            ensure!(Instant::now() < until, "no window manager comes");
            sleep(STEP);
        }
    }

    /// Opens a kiosk's window, and waits for nothing.
    pub(crate) fn start(&mut self, kiosk: &Kiosk) -> Result<()> {
        let mut command = kiosk.command(&[]);
        command.env("DISPLAY", &self.display).env("LIBGL_ALWAYS_SOFTWARE", "1");
        command.env_remove("WAYLAND_DISPLAY");
        self.window = Some(Running::start(&mut command)?);
        Ok(())
    }

    /// Opens a kiosk's window and waits until it shows something.
    pub(crate) fn run(&mut self, kiosk: &Kiosk) -> Result<()> {
        let empty = self.look()?;
        self.start(kiosk)?;
        let until = Instant::now() + PATIENCE;
        while self.look()? == empty {
            ensure!(Instant::now() < until, "the window shows nothing");
            self.window.as_mut().context("no window")?.alive()?;
            sleep(STEP);
        }
        self.still()?;
        // It may still be growing over the whole screen.
        sleep(SETTLED);
        self.still()
    }

    /// Ends the window as a power cut would.
    pub(crate) fn kill(&mut self) -> Result<()> {
        self.window.take().context("no window")?.kill()?;
        self.still()
    }

    fn hands(&self, words: &[&str]) -> Result<()> {
        let done = Command::new("xdotool").args(words).env("DISPLAY", &self.display).status();
        ensure!(done.context("starting xdotool")?.success(), "xdotool {words:?}");
        Ok(())
    }

    fn press(&self, (x, y): (u32, u32)) -> Result<()> {
        let (x, y) = (x.to_string(), y.to_string());
        self.hands(&["mousemove", &x, &y, "click", "1"])?;
        sleep(STEP);
        Ok(())
    }

    /// One touch; the page that it leads to is waited for.
    pub(crate) fn touch(&mut self, at: (u32, u32)) -> Result<()> {
        self.counted += 1;
        self.press(at)?;
        self.still()?;
        // A page that has just come takes no answer for a moment.
        sleep(SETTLED);
        Ok(())
    }

    /// Writes on the keyboard on the screen; capitals come by themselves.
    pub(crate) fn tap(&mut self, text: &str) -> Result<()> {
        for letter in text.to_lowercase().chars() {
            self.press(key(letter)?)?;
        }
        self.still()
    }

    /// Writes on the number pad.
    pub(crate) fn tap_digits(&mut self, digits: &str) -> Result<()> {
        for digit in digits.chars() {
            let digit = digit.to_digit(10).context("a digit")?;
            let (column, row) =
                if digit == 0 { (1, 3) } else { ((digit - 1) % 3, (digit - 1) / 3) };
            let left = FIVE.0 - PAD.0;
            let top = FIVE.1 - PAD.1;
            self.press((left + column * PAD.0, top + row * PAD.1))?;
        }
        self.still()
    }

    /// Writes on a keyboard of keys.
    pub(crate) fn write(&mut self, text: &str) -> Result<()> {
        self.hands(&["type", "--delay", "30", text])?;
        self.still()
    }

    /// Waits until the window is called so: it is when the screen of that name can be used.
    pub(crate) fn until(&self, title: &str) -> Result<()> {
        self.called(title)?;
        self.still()
    }

    /// Waits until the window is called so, and for nothing else.
    pub(crate) fn called(&self, title: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        loop {
            let mut ask = Command::new("xdotool");
            ask.args(["getactivewindow", "getwindowname"]).env("DISPLAY", &self.display);
            let told = ask.output().context("starting xdotool")?;
            let name = String::from_utf8_lossy(&told.stdout).into_owned();
            if name.starts_with(title) {
                return Ok(());
            }
            ensure!(Instant::now() < until, "the window is called {name:?}, not {title:?}");
            sleep(MOMENT);
        }
    }

    /// Presses one of its keys that writes nothing.
    pub(crate) fn key(&mut self, key: &str) -> Result<()> {
        self.counted += 1;
        self.press_key(key)?;
        sleep(STEP);
        self.still()
    }

    /// Presses a key, and waits for nothing.
    pub(crate) fn press_key(&self, key: &str) -> Result<()> {
        self.hands(&["key", key])
    }

    /// Waits until nothing moves.
    pub(crate) fn settle(&self) -> Result<()> {
        self.still()
    }

    /// Everything on the screen, as a number that two equal pictures share.
    fn look(&self) -> Result<u64> {
        let mut import = Command::new("import");
        import.args(["-silent", "-window", "root", "-depth", "8", "rgb:-"]);
        let seen = import.env("DISPLAY", &self.display).output().context("starting import")?;
        ensure!(seen.status.success(), "{}", String::from_utf8_lossy(&seen.stderr));
        let mut hasher = DefaultHasher::new();
        seen.stdout.hash(&mut hasher);
        Ok(hasher.finish())
    }

    /// Waits until nothing moves.
    fn still(&self) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        let mut before = self.look()?;
        loop {
            sleep(STEP);
            let now = self.look()?;
            if now == before {
                return Ok(());
            }
            if Instant::now() > until {
                bail!("the screen never rests");
            }
            before = now;
        }
    }

    /// Keeps what is on the screen under a name.
    pub(crate) fn picture(&self, name: &str) -> Result<PathBuf> {
        self.still()?;
        let path = self.folder.join(format!("{name}.png"));
        let mut import = Command::new("import");
        import.args(["-silent", "-window", "root"]).arg(&path);
        let done = import.env("DISPLAY", &self.display).status().context("starting import")?;
        ensure!(done.success(), "no picture {name}");
        Ok(path)
    }

    /// Ticks of CPU that the window takes in so long, its megabytes in memory, and how many of them
    /// are pages of files.
    pub(crate) fn rest(&self, so_long: Duration) -> Result<(u64, u64, u64)> {
        let id = self.window.as_ref().context("no window")?.id();
        let ticks = || -> Result<u64> {
            let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
            let numbers = stat.rsplit(')').next().context("stat")?.split_whitespace();
            // Columns 14 and 15 of proc(5), `utime` and `stime`; the name's bracket ends column 2.
            let spent: Vec<u64> = numbers.skip(11).take(2).flat_map(str::parse).collect();
            Ok(spent.iter().sum())
        };
        let before = ticks()?;
        sleep(so_long);
        let spent = ticks()? - before;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let megabytes = |field: &str| -> Result<u64> {
            let line =
                status.lines().find_map(|line| line.strip_prefix(field)).context("status")?;
            let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
            Ok(kibibytes * 1024 / 1_000_000)
        };
        Ok((spent, megabytes("VmRSS:")?, megabytes("RssFile:")?))
    }
}

fn key(letter: char) -> Result<(u32, u32)> {
    if letter == ' ' {
        return Ok(SPACE);
    }
    for (letters, left, y) in ROWS {
        if let Some(at) = letters.chars().position(|known| known == letter) {
            return Ok((left + u32::try_from(at)? * KEY, y));
        }
    }
    bail!("no key {letter:?}")
}

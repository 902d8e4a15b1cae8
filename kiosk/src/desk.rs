//! What stands between a window and the disk: intents go in, news comes out, and nothing blocks a
//! frame.
//!
//! Owns three threads, each with one duty: the *writer* has the worker, the *courier* posts its
//! questions to the office, the *reader* has the register of people and a connection of its own.
//! Refuses to draw, and to know which screen is open.
//!
//! ```text
//! screen ─ Intent ─► writer ─ Question ─► courier ─► office
//!                      │  ▲──── answer ────┘
//!                      └─ which cases changed ─► reader ◄─ Ask ─ screen
//! writer, reader ─ News ─► screen
//! ```

mod courier;
mod drawer;
mod printer;
mod reader;
mod state;
#[cfg(test)]
mod tests;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use beket_model::{Heads, Intake};
use beket_record::CaseId;
use rand::CryptoRng;
use zeroize::Zeroizing;

pub use courier::Plug;
pub use reader::{Ask, CaseView, Compared, MOST_FOUND, Told};
pub use state::{Aside, LinkState, State};

use crate::coupon::{Coupon, PrintFault, Printer};
use crate::safe::Volunteer;
use crate::{Change, KioskError, Now, Taken, Worker, shell};

/// A person is told that another program holds the data file after this, and not left waiting.
const PATIENCE: Duration = Duration::from_secs(4);

/// What a screen wants done.
#[derive(Debug)]
pub enum Intent {
    /// Open the keys.
    Unlock(Zeroizing<String>),
    /// Take an intake in somebody's name. `form` comes back with the answer.
    Take {
        /// Which form.
        form: u64,
        /// What it says.
        intake: Box<Intake>,
        /// The volunteer.
        by: Option<String>,
        /// What is left of the draft once it is on the disk; kept with it, or not at all.
        draft: Option<Zeroizing<String>>,
    },
    /// Write the fields that a patch names.
    Edit {
        /// Which case.
        case: CaseId,
        /// What to write.
        change: Change,
        /// The state that the screen showed.
        seen: Heads,
        /// The volunteer.
        by: Option<String>,
    },
    /// Keep what is being typed, sealed; `None` when there is nothing to keep.
    Draft(Option<Zeroizing<String>>),
    /// Add a volunteer, or give one a new PIN.
    AddVolunteer {
        /// How they are called.
        name: String,
        /// What only they know.
        pin: Zeroizing<String>,
        /// The PIN of somebody who works here already: without one, only the first comes in.
        vouched: Zeroizing<String>,
    },
    /// Somebody says who they are.
    Enter {
        /// Who.
        name: String,
        /// Their PIN.
        pin: Zeroizing<String>,
    },
    /// Talk to the office now.
    Sync,
    /// Something of how the kiosk is set up.
    SetUp(SetUp),
    /// Staff want to leave the mode.
    Leave(Zeroizing<String>),
    /// A form was begun, or has ended: nothing of it is kept.
    Begun(bool),
    /// Print a coupon.
    Print(Box<Coupon>),
    /// Whoever waited for the last coupon has left: none must come out before somebody else.
    LeavePaper,
}

/// What staff set up.
#[derive(Debug)]
pub enum SetUp {
    /// The PIN that leaves the mode.
    Pin(Zeroizing<String>),
    /// Hundredths of a dot per millimetre of the screen.
    Density(u16),
    /// Where coupons are printed.
    Printer(Printer),
    /// Minutes after which a staffed kiosk's screen locks.
    Lock(u8),
    /// Which printers are there.
    FindPrinters,
}

/// What happened.
#[derive(Debug)]
pub enum News {
    /// How things stand.
    State(Arc<State>),
    /// The keys are open, or why they are not. With the draft that was kept.
    Unlocked(Result<Unlocked, Box<KioskError>>),
    /// An intake is on disk, or why it is not.
    Taken {
        /// Which form.
        form: u64,
        /// Its number.
        taken: Result<Taken, Box<KioskError>>,
    },
    /// An edit is on disk, or why it is not.
    Edited {
        /// Which case.
        case: CaseId,
        /// What would take it back; `None` where nothing changed.
        edited: Result<Option<Change>, Box<KioskError>>,
    },
    /// Who has a PIN here.
    Volunteers(Vec<String>),
    /// Whether that is their PIN.
    Entered {
        /// Who.
        name: String,
        /// Whether they are in.
        welcome: bool,
    },
    /// Whether the staff's PIN was right.
    Left(bool),
    /// A coupon came out of the printer, or why it did not.
    Printed {
        /// Whose.
        reference: String,
        /// What came of it.
        printed: Result<(), PrintFault>,
    },
    /// Printers that are there.
    Printers(Vec<Printer>),
    /// The reader's answers.
    Told(Told),
    /// Something that nobody asked for went wrong.
    Trouble(Box<KioskError>),
}

/// What lies behind the passphrase.
#[derive(Debug, Default)]
pub struct Unlocked {
    /// What was being typed when the kiosk went dark.
    pub draft: Option<Zeroizing<String>>,
    /// Who has a PIN here.
    pub volunteers: Vec<Volunteer>,
}

/// A window's side of it.
#[derive(Debug)]
pub struct Desk {
    /// The line's.
    pub plug: Plug,
    writer: Sender<writer::Message>,
    reader: Sender<Ask>,
    news: Receiver<News>,
    /// How things stood when it was opened.
    pub state: Arc<State>,
    clock: Clock,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Desk {
    /// What was wanted before is done first: the last draft is on the disk when the window is gone.
    fn drop(&mut self) {
        drop(self.writer.send(writer::Message::Close));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Wakes whoever draws.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What tells the time.
pub(crate) type Clock = fn() -> Now;

/// What chooses keys and names.
type Chance = Box<dyn CryptoRng + Send>;

impl Desk {
    /// Opens a kiosk's folder and starts its threads. `wake` is called for every piece of news.
    pub fn open(folder: &Path, wake: Wake) -> Result<Self, KioskError> {
        let worker = Worker::open(folder)?;
        let state = State::of(&worker)?;
        Self::with((worker, state), (shell::now, Box::new(shell::rng())), wake)
    }

    fn with(
        (worker, state): (Worker, State),
        (clock, chance): (Clock, Chance),
        wake: Wake,
    ) -> Result<Self, KioskError> {
        worker.wait_at_most(PATIENCE)?;
        let (to_screen, news) = channel();
        let post = Post { to_screen, wake };
        let reader = reader::start(&worker, post.clone())?;
        let printer = printer::start(post.clone())?;
        let plug = Plug::default();
        let threads = (reader.clone(), printer, plug.clone());
        let (writer, thread) =
            writer::start((worker, state.clone()), threads, (clock, chance), post)?;
        let state = Arc::new(state);
        Ok(Self { plug, writer, reader, news, state, clock, thread: Some(thread) })
    }

    /// This moment by the clock of everything here.
    pub(crate) fn now(&self) -> Now {
        (self.clock)()
    }

    /// At a moment that does not pass, and with the same chance every time.
    #[cfg(test)]
    pub(crate) fn still(folder: &Path) -> Self {
        Self::alike(Worker::open(folder).unwrap())
    }

    #[cfg(test)]
    fn alike(worker: Worker) -> Self {
        let state = State::of(&worker).unwrap();
        Self::standing(worker, state)
    }

    #[cfg(test)]
    fn standing(worker: Worker, state: State) -> Self {
        use rand_chacha::rand_core::SeedableRng;
        // Opened again, it must not give the same ids to other cases.
        let chance = rand_chacha::ChaCha8Rng::seed_from_u64(state.waiting);
        let by = (crate::fixture::now as Clock, Box::new(chance) as Chance);
        Self::with((worker, state), by, Arc::new(|| {})).unwrap()
    }

    /// With a clock that the office has found to be off by so many seconds.
    #[cfg(test)]
    pub(crate) fn skewed(folder: &Path, skew: i64) -> Self {
        let worker = Worker::open(folder).unwrap();
        let state = State { skew: Some(skew), ..State::of(&worker).unwrap() };
        Self::standing(worker, state)
    }

    /// On a disk that takes hardly a page more.
    #[cfg(test)]
    pub(crate) fn cramped(folder: &Path) -> Self {
        let mut worker = Worker::open(folder).unwrap();
        worker.fill_the_disk();
        Self::alike(worker)
    }

    /// Hands an intent to the writer.
    pub fn want(&self, intent: Intent) {
        // A writer that is gone has said why.
        drop(self.writer.send(writer::Message::Intent(intent)));
    }

    /// Asks the reader.
    pub fn ask(&self, ask: Ask) {
        drop(self.reader.send(ask));
    }

    /// What has happened since the last call.
    pub fn news(&self) -> impl Iterator<Item = News> {
        self.news.try_iter()
    }

    /// Waits for news: for whoever has no frames to draw.
    pub fn wait(&self, most: Duration) -> Option<News> {
        self.news.recv_timeout(most).ok()
    }
}

/// The way of news to the screen.
#[derive(Clone)]
struct Post {
    to_screen: Sender<News>,
    wake: Wake,
}

impl Post {
    fn tell(&self, news: News) {
        // A screen that is gone needs no news.
        drop(self.to_screen.send(news));
        (self.wake)();
    }
}

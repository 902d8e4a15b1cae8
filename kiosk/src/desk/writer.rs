//! The writer: the thread that owns the worker, and so everything that is written.
//!
//! Takes intents in order; between a question to the office and its answer it is free for the next
//! intake. Talks to the office by itself: soon after something was written, and again and again
//! while nobody answers, ever more patiently.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use beket_record::CaseId;
use beket_sync::Failure;

use super::courier::{self, Answer, Plug};
use super::printer::Task;
use super::reader::Ask;
use super::state::skew_by_now;
use super::{Chance, Clock, Intent, LinkState, News, Post, SetUp, State, Unlocked};
use crate::exchange::{Conversation, Next, Question};
use crate::shell::up;
use crate::{KioskError, Link, SyncReport, Traffic, Worker};

/// After something was written: long enough for the next form of a queue to go along.
const SOON: Duration = Duration::from_secs(2);
/// Between conversations while all is well.
const ROUTINE: Duration = Duration::from_mins(1);
/// The longest between attempts while nobody answers.
const MOST_PATIENT: Duration = Duration::from_mins(5);
const FIRST_PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) enum Message {
    Intent(Intent),
    Answer(Answer),
    /// The window is gone.
    Close,
}

struct Writer {
    worker: Worker,
    clock: Clock,
    chance: Chance,
    post: Post,
    reader: Sender<Ask>,
    questions: Sender<Question>,
    printer: Sender<Task>,
    /// Whether whoever waited for the last coupon has left.
    left: Arc<AtomicBool>,
    talk: Option<Conversation>,
    traffic: Traffic,
    next_talk: Instant,
    /// When the conversation began, and when the two clocks were compared: by this one, and how long
    /// the machine had been up.
    began: (u64, f64),
    compared: Option<(u64, f64)>,
    patience: Duration,
    state: State,
    /// A draft that is sealed and not on the disk yet: only the last of many keys' needs to be.
    draft: Option<Vec<u8>>,
}

pub(super) fn start(
    (worker, state): (Worker, State),
    (reader, printer, plug): (Sender<Ask>, Sender<Task>, Plug),
    (clock, chance): (Clock, Chance),
    post: Post,
) -> Result<(Sender<Message>, JoinHandle<()>), KioskError> {
    let (sender, messages) = channel();
    let identity = worker.identity().clone();
    let link = Link::new(&identity.url, identity.office);
    let questions = courier::start(link, identity.signer, plug, sender.clone())?;
    let mut writer = Writer {
        worker,
        clock,
        chance,
        post,
        reader,
        questions,
        printer,
        left: Arc::default(),
        talk: None,
        traffic: Traffic::default(),
        next_talk: Instant::now(),
        began: (clock().seconds(), up()),
        compared: None,
        patience: FIRST_PATIENCE,
        state,
        draft: None,
    };
    let work = move || writer.work(&messages);
    let named = thread::Builder::new().name("writer".to_owned());
    let thread = named.spawn(work).map_err(KioskError::Thread)?;
    Ok((sender, thread))
}

impl Writer {
    /// Until the window is gone.
    fn work(&mut self, messages: &Receiver<Message>) {
        if !self.worker.is_locked() {
            self.opened();
        }
        self.worker.prepare(&mut self.chance);
        loop {
            let wait = self.next_talk.saturating_duration_since(Instant::now());
            let wait = if self.talk.is_some() { MOST_PATIENT } else { wait };
            // A draft is written when nobody wants anything else: a later one may be on its way.
            let wait = if self.draft.is_some() { Duration::ZERO } else { wait };
            match messages.recv_timeout(wait) {
                Ok(Message::Intent(intent)) => self.do_as_asked(intent),
                Ok(Message::Answer(answer)) => self.go_on(answer),
                Err(RecvTimeoutError::Timeout) if self.draft.is_some() => self.keep_draft(),
                Err(RecvTimeoutError::Timeout) if self.talk.is_none() => self.talk(),
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Message::Close) | Err(RecvTimeoutError::Disconnected) => {
                    self.keep_draft();
                    return;
                }
            }
        }
    }

    fn keep_draft(&mut self) {
        let Some(draft) = self.draft.take() else { return };
        if let Err(error) = self.worker.keep_draft(&draft) {
            self.post.tell(News::Trouble(Box::new(error)));
        }
    }

    fn do_as_asked(&mut self, intent: Intent) {
        match intent {
            Intent::Unlock(passphrase) => match self.worker.unlock(&passphrase) {
                Ok(()) => self.opened(),
                Err(error) => self.post.tell(News::Unlocked(Err(Box::new(error)))),
            },
            Intent::Take { form, mut intake, by, draft } => {
                self.keep_the_skew();
                // What the coupon says and terms run from is the office's time, where it is known.
                let at = || beket_model::Instant::from_unix(self.office_now().cast_signed()).ok();
                intake.taken_at = intake.taken_at.or_else(at);
                let (by, left) = (by.as_deref(), draft.as_ref().map(|text| text.as_str()));
                let now = (self.clock)();
                let taken = self.worker.take_form(*intake, by, left, now, &mut self.chance);
                let on_disk = taken.is_ok();
                // Older ones are of no use any more; where it failed, the form is in them.
                self.draft = self.draft.take().filter(|_| !on_disk);
                if let Ok(taken) = &taken {
                    self.changed(taken.case);
                }
                // First the person who waits for it, then whoever looks at the whole.
                self.post.tell(News::Taken { form, taken: taken.map_err(Box::new) });
                if on_disk {
                    self.wrote();
                }
            }
            Intent::Edit { case, change, seen, by } => {
                let named = case.to_string();
                let by = by.as_deref();
                let watch = &mut |_, _| {};
                let edited = self.worker.edit(
                    &named,
                    &change,
                    Some(&seen),
                    by,
                    (self.clock)(),
                    &mut self.chance,
                    watch,
                );
                let changed = matches!(edited, Ok(Some(_)));
                if changed {
                    self.changed(case);
                }
                self.post.tell(News::Edited { case, edited: edited.map_err(Box::new) });
                if changed {
                    self.wrote();
                }
            }
            Intent::Draft(draft) => {
                let draft = draft.as_ref().map(|text| text.as_str());
                match self.worker.sealed_draft(draft, &mut self.chance) {
                    Ok(sealed) => self.draft = sealed.or(self.draft.take()),
                    Err(error) => self.post.tell(News::Trouble(Box::new(error))),
                }
            }
            Intent::AddVolunteer { name, pin, vouched } => {
                match self.worker.add_volunteer(&name, &pin, &vouched, &mut self.chance) {
                    Ok(Some(names)) => {
                        self.post.tell(News::Volunteers(names));
                        self.post.tell(News::Entered { name, welcome: true });
                    }
                    Ok(None) => self.post.tell(News::Entered { name, welcome: false }),
                    Err(error) => self.post.tell(News::Trouble(Box::new(error))),
                }
            }
            Intent::Enter { name, pin } => {
                let welcome = self.worker.is_volunteer(&name, &pin).unwrap_or(false);
                self.post.tell(News::Entered { name, welcome });
            }
            Intent::Sync if self.talk.is_none() => self.talk(),
            Intent::Sync => {}
            Intent::SetUp(what) => self.set_up(what),
            Intent::Leave(pin) => self.post.tell(News::Left(self.worker.is_staff_pin(&pin))),
            Intent::Begun(begun) => {
                if let Err(error) = self.worker.note_begun(begun) {
                    self.post.tell(News::Trouble(Box::new(error)));
                }
            }
            Intent::LeavePaper => self.left.store(true, Ordering::Relaxed),
            Intent::Print(coupon) => {
                let printer = self.state.stand.printer.clone();
                // One is waited for at a time.
                self.left.store(true, Ordering::Relaxed);
                self.left = Arc::default();
                drop(self.printer.send(Task::Print(printer, coupon, self.left.clone())));
            }
        }
    }

    fn set_up(&mut self, what: SetUp) {
        let done = match what {
            SetUp::Pin(pin) => self.worker.set_staff_pin(&pin, &mut self.chance),
            SetUp::Density(density) => self.worker.set_up(|stand| stand.density = Some(density)),
            SetUp::Lock(minutes) => self.worker.set_up(|stand| stand.lock_minutes = Some(minutes)),
            SetUp::Printer(printer) => self.worker.set_up(|stand| stand.printer = printer),
            SetUp::FindPrinters => {
                drop(self.printer.send(Task::Look));
                return;
            }
        };
        match done {
            Ok(_) => self.tell_state(),
            Err(error) => self.post.tell(News::Trouble(Box::new(error))),
        }
    }

    /// The keys are open: whoever reads may read.
    fn opened(&mut self) {
        let unlocked = self.worker.kept().map(|(draft, volunteers)| Unlocked { draft, volunteers });
        // First the screen, then the reader: a screen hears of people after it is open.
        self.post.tell(News::Unlocked(unlocked.map_err(Box::new)));
        if let Some(ring) = self.worker.key_ring() {
            drop(self.reader.send(Ask::Hold(ring)));
        }
        self.tell_state();
    }

    /// Whoever is asked about the case from here on has read what it says.
    fn changed(&self, case: CaseId) {
        drop(self.reader.send(Ask::Changed(BTreeSet::from([case]))));
    }

    /// One record more: counted here, since counting all that waits after a week alone would take
    /// longer than the form; counted anew in every conversation.
    fn wrote(&mut self) {
        self.next_talk = self.next_talk.min(Instant::now() + SOON);
        self.state.waiting += 1;
        self.state.disk_left = self.worker.disk_left();
        self.worker.prepare(&mut self.chance);
        self.post.tell(News::State(Arc::new(self.state.clone())));
    }

    fn talk(&mut self) {
        self.traffic = Traffic::default();
        let now = (self.clock)();
        self.began = (now.seconds(), up());
        match self.worker.begin(now, &mut self.chance) {
            Ok((conversation, next)) => {
                self.talk = Some(conversation);
                self.state.link = LinkState::Talking { sent: 0, fetched: 0 };
                self.follow(next);
            }
            Err(error) => self.stumbled(error),
        }
    }

    fn go_on(&mut self, answer: Answer) {
        let Some(mut talk) = self.talk.take() else { return };
        self.traffic.up += answer.traffic.up;
        self.traffic.down += answer.traffic.down;
        if answer.body.is_ok() {
            self.state.last_contact = Some(self.office_now());
        }
        match self.worker.go_on(&mut talk, answer.body, (self.clock)(), &mut self.chance) {
            Ok(next) => {
                if let Some(touched) = talk.touched() {
                    drop(self.reader.send(Ask::Changed(touched)));
                }
                let progress = talk.progress();
                let (sent, fetched) = (progress.pushed, progress.pulled);
                self.state.link = LinkState::Talking { sent, fetched };
                self.talk = Some(talk);
                self.follow(next);
            }
            Err(error) => self.stumbled(error),
        }
    }

    /// A clock that was set since the two were compared is off by so much less.
    fn keep_the_skew(&mut self) {
        let (Some(skew), Some(then)) = (self.state.skew, self.compared) else { return };
        let now = ((self.clock)().seconds(), up());
        let by_now = skew_by_now(skew, then, now);
        if by_now != skew {
            (self.state.skew, self.compared) = (Some(by_now), Some(now));
        }
    }

    /// Seconds since 1970.
    fn office_now(&self) -> u64 {
        self.state.by_office((self.clock)().seconds())
    }

    fn follow(&mut self, next: Next) {
        match next {
            Next::Ask(question) => {
                if self.questions.send(question).is_err() {
                    self.talk = None;
                }
            }
            Next::Over(report) => {
                let talk = self.talk.take();
                let end = talk.as_ref().map(Conversation::progress);
                let (failure, known_as) =
                    (end.and_then(|end| end.failure.clone()), end.and_then(|end| end.known_as));
                self.state.known_as = known_as.or(self.state.known_as);
                self.over(&report.over(&self.traffic), failure.as_ref());
            }
        }
        self.tell_state();
    }

    fn over(&mut self, report: &SyncReport, failure: Option<&Failure>) {
        let (link, wait) = match failure {
            None if report.in_step => (LinkState::InStep, ROUTINE),
            None => (LinkState::NotInStep, SOON),
            Some(Failure::Unreachable(_)) => (LinkState::NoConnection, self.patience),
            Some(other) => (LinkState::Trouble(other.to_string()), self.patience),
        };
        let failed = failure.is_some();
        self.patience = if failed { (self.patience * 2).min(MOST_PATIENT) } else { FIRST_PATIENCE };
        self.state.link = link;
        if let Some(skew) = report.clock_skew_seconds {
            (self.state.skew, self.compared) = (Some(skew), Some(self.began));
            self.keep_the_skew();
        }
        if !failed {
            let at = self.office_now();
            self.state.last_contact = Some(at);
            if let Err(error) = self.worker.note_contact(at) {
                self.post.tell(News::Trouble(Box::new(error)));
            }
            // Incidents may have been opened or closed.
            if let Some(ring) = self.worker.key_ring() {
                drop(self.reader.send(Ask::Hold(ring)));
            }
        }
        self.next_talk = Instant::now() + wait;
    }

    /// The disk failed in the middle: the conversation is dropped, nothing that was settled is.
    fn stumbled(&mut self, error: KioskError) {
        self.talk = None;
        self.state.link = LinkState::NotInStep;
        self.next_talk = Instant::now() + MOST_PATIENT;
        self.post.tell(News::Trouble(Box::new(error)));
        self.tell_state();
    }

    fn tell_state(&mut self) {
        match State::of(&self.worker) {
            Ok(fresh) => {
                let last_contact = self.state.last_contact.or(fresh.last_contact);
                let old = self.state.clone();
                let (link, known_as) = (old.link, old.known_as);
                self.state = State { link, last_contact, skew: old.skew, known_as, ..fresh };
                self.keep_the_skew();
                self.post.tell(News::State(Arc::new(self.state.clone())));
            }
            Err(error) => self.post.tell(News::Trouble(Box::new(error))),
        }
    }
}

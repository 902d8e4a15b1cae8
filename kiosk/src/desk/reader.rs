//! The reader: the thread that has the register of people, and reads cases for the screen.
//!
//! Has a connection of its own, so that it waits for no writer. Fills the register case by case and
//! answers between any two of them. Makes room for whoever draws or writes. Refuses to write.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;

use beket_directory::Directory;
use beket_model::{Case, KeyRing, NamePart, Reading, Traits};
use beket_record::{Author, CaseId, RecipientSecret, Record};
use beket_store::{CaseState, Store};
use rayon::prelude::*;

use super::drawer::{Drawer, Kept};
use super::{News, Post};
use crate::casebook::{Mark, mark};
use crate::people::{Card, Entry, Found, People, Query};
use crate::shell::{rng, step_back};
use crate::{KioskError, Worker};

/// Cases that are read between two looks at what is asked.
const BATCH: usize = 128;
/// More than anybody reads of a list.
pub const MOST_FOUND: usize = 50;

/// What is asked of the reader. A `ticket` comes back with the answer, so that a screen can tell
/// the answer to its last question from those to earlier ones.
#[derive(Debug)]
pub enum Ask {
    /// Read with these keys from here on; all that is read already, if they are others.
    Hold(KeyRing),
    /// These cases have changed, or else where some of them are.
    Changed(BTreeSet<CaseId>),
    /// Who is found by this.
    Search {
        /// Which question.
        ticket: u64,
        /// What was typed; nothing finds the latest.
        text: String,
    },
    /// Who is like somebody that is being registered.
    Alike {
        /// Which question.
        ticket: u64,
        /// Whom.
        compared: Box<Compared>,
    },
    /// All of a case.
    Show(CaseId),
}

/// Somebody to compare with all who are here.
#[derive(Debug, Clone)]
pub struct Compared {
    /// What is known so far.
    pub traits: Traits,
    /// Names and numbers as typed.
    pub query: Query,
    /// The part of the name that is still being typed.
    pub typing: Option<NamePart>,
    /// The case itself, where one is being edited.
    pub but: Option<CaseId>,
}

/// What the reader answers.
#[derive(Debug)]
pub enum Told {
    /// How many there are; `whole` once all are read.
    Filled {
        /// Cases that can be read.
        cases: usize,
        /// People in them.
        people: usize,
        /// Whether all that is on the disk was read.
        whole: bool,
        /// Whether some of it is still being read: what was not by then, the disk does not give.
        reading: bool,
    },
    /// To [`Ask::Search`], best first, each with where its case is.
    Found {
        /// Which question.
        ticket: u64,
        /// Who.
        found: Vec<(Found, Mark)>,
    },
    /// To [`Ask::Alike`], the likeliest first.
    Alike {
        /// Which question.
        ticket: u64,
        /// Who.
        found: Vec<(Found, Mark)>,
    },
    /// To [`Ask::Show`]; `None` where it cannot be read.
    Shown {
        /// Which case.
        case: CaseId,
        /// All of it.
        view: Option<Arc<CaseView>>,
    },
}

/// A case, as a screen shows it.
#[derive(Debug)]
pub struct CaseView {
    /// In brief.
    pub entry: Entry,
    /// Where it is.
    pub mark: Mark,
    /// The case itself: documents, history, conflicts.
    pub case: Case,
    /// What the intake says.
    pub intake: Reading,
    /// Which kiosk each author is, by name; the office is not among them.
    pub kiosks: BTreeMap<Author, String>,
}

struct Reader {
    path: PathBuf,
    store: Store,
    office: Author,
    post: Post,
    ring: KeyRing,
    people: People,
    drawer: Option<Drawer>,
    to_read: VecDeque<(CaseId, CaseState)>,
    /// Cases that the disk did not give: not everybody is here as long as there are some.
    unread: BTreeSet<CaseId>,
    /// Not even which cases there are was given; it is tried again.
    unfilled: bool,
}

pub(super) fn start(worker: &Worker, post: Post) -> Result<Sender<Ask>, KioskError> {
    let path: PathBuf = worker.path().to_owned();
    let office = worker.identity().office;
    let store = Store::open_existing(&path)?;
    let (sender, asked) = channel();
    let mut reader = Reader {
        path,
        store,
        office,
        post,
        ring: KeyRing::default(),
        people: People::default(),
        drawer: None,
        to_read: VecDeque::new(),
        unread: BTreeSet::new(),
        unfilled: false,
    };
    let work = move || {
        step_back();
        reader.work(&asked);
    };
    thread::Builder::new().name("reader".to_owned()).spawn(work).map_err(KioskError::Thread)?;
    Ok(sender)
}

impl Reader {
    fn work(&mut self, asked: &Receiver<Ask>) {
        loop {
            let ask = if self.to_read.is_empty() {
                match asked.recv() {
                    Ok(ask) => Some(ask),
                    Err(_) => return,
                }
            } else {
                match asked.try_recv() {
                    Ok(ask) => Some(ask),
                    Err(TryRecvError::Empty) => None,
                    Err(TryRecvError::Disconnected) => return,
                }
            };
            let done = match ask {
                Some(ask) => self.answer(ask),
                None => self.read_on(),
            };
            if let Err(error) = done {
                self.post.tell(News::Trouble(Box::new(error)));
            }
        }
    }

    fn answer(&mut self, ask: Ask) -> Result<(), KioskError> {
        if self.unfilled && matches!(ask, Ask::Changed(_)) {
            // Said when it failed first; whatever else is asked is asked again because of that.
            drop(self.fill());
        }
        match ask {
            Ask::Hold(ring) => {
                let whose = |ring: &KeyRing| -> Vec<_> {
                    ring.0.iter().map(RecipientSecret::recipient).collect()
                };
                if self.unfilled || whose(&ring) != whose(&self.ring) {
                    self.ring = ring;
                    self.fill()?;
                }
            }
            Ask::Changed(cases) => {
                let many = cases.len() > BATCH;
                // One that the disk does not give takes no other along.
                let read: Vec<_> = cases
                    .into_iter()
                    .map(|case| if many { self.read_later(case) } else { self.read(case) })
                    .collect();
                self.say_how_many();
                return read.into_iter().collect();
            }
            Ask::Search { ticket, text } => {
                let query = Query::parse(&text);
                let found = if query.is_empty() && text.trim().is_empty() {
                    self.people.latest_found(MOST_FOUND)
                } else {
                    self.people.search(&query, MOST_FOUND)
                };
                let found = self.marked(found)?;
                self.post.tell(News::Told(Told::Found { ticket, found }));
            }
            Ask::Alike { ticket, compared } => {
                let Compared { traits, query, typing, but } = *compared;
                let traits = match typing {
                    Some(part) => traits.still_typing(part),
                    None => traits,
                };
                let found = self.marked(self.people.alike(&traits, &query, but))?;
                self.post.tell(News::Told(Told::Alike { ticket, found }));
            }
            Ask::Show(case) => {
                let view = self.view(case)?.map(Arc::new);
                self.post.tell(News::Told(Told::Shown { case, view }));
            }
        }
        Ok(())
    }

    fn marked(&self, found: Vec<Found>) -> Result<Vec<(Found, Mark)>, KioskError> {
        let marked = |found: Found| {
            let summary = self.store.summary(found.entry.case)?;
            Ok((found, mark(&summary)))
        };
        found.into_iter().map(marked).collect()
    }

    /// Everybody whom these keys open.
    fn fill(&mut self) -> Result<(), KioskError> {
        self.people = People::default();
        self.unread.clear();
        self.to_read.clear();
        self.drawer = None;
        let taken = self.take_out();
        self.unfilled = taken.is_err();
        self.say_how_many();
        self.rest();
        taken
    }

    /// Files the cards that are still true; the other cases are to be read.
    fn take_out(&mut self) -> Result<(), KioskError> {
        let mut drawer = Drawer::beside(&self.path, &self.ring);
        let states = self.store.case_states()?;
        let mut unfiled: BTreeMap<CaseId, CaseState> = states.iter().copied().collect();
        let held = unfiled.keys().copied().collect();
        drawer.open(&held, &mut rng(), |kept| {
            let case = kept.case();
            if unfiled.get(&case) == Some(&kept.state()) {
                unfiled.remove(&case);
                self.people.file(case, kept.card.as_ref());
            }
        });
        self.drawer = Some(drawer);
        self.to_read = states.into_iter().filter(|(case, _)| unfiled.contains_key(case)).collect();
        Ok(())
    }

    fn read_on(&mut self) -> Result<(), KioskError> {
        let some = self.to_read.len().min(BATCH);
        let cases: Vec<(CaseId, CaseState)> = self.to_read.drain(..some).collect();
        let mut failed = Ok(());
        let mut records: Vec<(CaseId, CaseState, Vec<Record>)> = Vec::new();
        for (case, state) in cases {
            match self.store.case(case) {
                Ok(of_case) => records.push((case, state, of_case)),
                Err(error) => {
                    self.unread.insert(case);
                    failed = Err(error.into());
                }
            }
        }
        // On every core: it is what a kiosk that was just unlocked waits for. What a case is made
        // of in memory is let go where it was made.
        let ring = &self.ring;
        let read = records.into_par_iter().map(|(case, state, records)| {
            Kept::new(case, state, Card::of(&Case::open(&records, ring)))
        });
        let read: Vec<Kept> = read.collect();
        for kept in &read {
            self.unread.remove(&kept.case());
            self.people.file(kept.case(), kept.card.as_ref());
        }
        self.put_in(&read);
        self.say_how_many();
        self.rest();
        failed
    }

    /// Many at once are read between what is asked.
    fn read_later(&mut self, case: CaseId) -> Result<(), KioskError> {
        self.unread.insert(case);
        let state = self.store.case_state(case)?;
        self.to_read.push_back((case, state));
        Ok(())
    }

    fn read(&mut self, case: CaseId) -> Result<(), KioskError> {
        self.unread.insert(case);
        let state = self.store.case_state(case)?;
        let records = self.store.case(case)?;
        self.unread.remove(&case);
        let kept = Kept::new(case, state, Card::of(&Case::open(&records, &self.ring)));
        self.people.file(case, kept.card.as_ref());
        self.put_in(&[kept]);
        Ok(())
    }

    fn put_in(&mut self, read: &[Kept]) {
        if let Some(drawer) = &mut self.drawer {
            drawer.add(read, &mut rng());
        }
    }

    fn view(&self, id: CaseId) -> Result<Option<CaseView>, KioskError> {
        let records = self.store.case(id)?;
        let case = Case::open(&records, &self.ring);
        let Some(intake) = case.intake.as_ref().map(|opened| opened.document.read()) else {
            return Ok(None);
        };
        let Some(entry) = self.people.entry(id).cloned() else { return Ok(None) };
        let directory = Directory::build(self.office, &self.store.directory_records()?);
        let opened = case.intake.iter().chain(&case.answer);
        let authors = opened.flat_map(|opened| opened.authors.values());
        let named = |author: &Author| {
            let writer = directory.writer(author)?;
            Some((*author, format!("{}-{}", writer.station, writer.letter)))
        };
        let kiosks = authors.filter_map(named).collect();
        let mark = mark(&self.store.summary(id)?);
        Ok(Some(CaseView { entry, mark, case, intake, kiosks }))
    }

    /// What reading everybody left in memory is not needed again.
    fn rest(&mut self) {
        if self.to_read.is_empty() {
            self.people.settle();
            // Memory that is kept is no reason to say that something went wrong.
            drop(self.store.let_go_of_pages());
        }
    }

    fn say_how_many(&self) {
        let (cases, people) = (self.people.cases(), self.people.people());
        let reading = !self.to_read.is_empty();
        let read = !reading && self.unread.is_empty() && !self.unfilled;
        let whole = read && !self.ring.0.is_empty();
        self.post.tell(News::Told(Told::Filled { cases, people, whole, reading }));
    }
}

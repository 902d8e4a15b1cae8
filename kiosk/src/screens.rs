//! Screens: each draws what it is given and returns what the person wants. None of them touches a
//! store or a network.

pub mod bar;
pub mod case;
pub mod citizen;
pub mod find;
mod missing;
pub mod people;
mod plug;
pub mod ready;
pub mod register;
pub mod unlock;
pub mod who;

pub(crate) use plug::plug;

use beket_model::{Kind, Language};
use beket_record::CaseId;
use beket_words::{Term, Tongue};

use crate::desk::{Ask, Intent, State};
use crate::forms::Wrong;
use crate::languages::Msg;
use crate::look::Look;

/// No clock that shows an earlier year is right.
const MADE_IN: i16 = 2026;

/// What every screen is drawn by.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// Colours and type.
    pub look: Look,
    /// The language of the screen.
    pub tongue: Tongue,
    /// How things stand.
    pub state: &'a State,
    /// Seconds since 1970 by this computer's clock.
    pub now: u64,
}

impl Scene<'_> {
    /// The language of the screen, as records bear it.
    pub fn language(&self) -> Language {
        Language::from_word(self.tongue.code()).unwrap_or(Language::Kk)
    }

    /// This year, for ages: a clock that stands before the office's last answer, or before this
    /// program was made, is not asked.
    pub fn year(&self) -> i16 {
        let latest = self.office_now().max(self.state.last_contact.unwrap_or(0));
        let local = beket_words::moment::local(i64::try_from(latest).unwrap_or(0));
        let year = local.get(..4).and_then(|year| year.parse().ok());
        year.unwrap_or(MADE_IN).max(MADE_IN)
    }

    /// Seconds since 1970 by the office's clock, as far as it is known.
    pub fn office_now(&self) -> u64 {
        self.state.by_office(self.now)
    }

    /// How far this computer's clock is off, in seconds, where that is known: the office's clock less
    /// this one's. A clock that stands before the office's last answer is off without being asked.
    pub fn skew(&self) -> Option<i64> {
        let behind = self.state.last_contact.and_then(|at| at.checked_sub(self.now));
        let behind = behind.and_then(|behind| i64::try_from(behind).ok());
        // The less is known of a slow clock the more time has passed since the office answered.
        match (behind.filter(|behind| *behind > 0), self.state.skew) {
            (Some(behind), Some(skew)) => Some(behind.max(skew)),
            (behind, skew) => behind.or(skew),
        }
    }
}

/// What a person wants of a screen.
#[derive(Debug)]
pub enum Act {
    /// Something to be done.
    Want(Intent),
    /// Something to be read.
    Ask(Ask),
    /// Another screen.
    Go(To),
}

/// Where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// A new form.
    Form,
    /// A new form about a child alone.
    ChildAlone,
    /// One of the forms that wait.
    Waiting(usize),
    /// The search.
    Search,
    /// Whoever the first of these finds; where it finds nobody, those whom the next finds.
    Find(Vec<String>),
    /// One case.
    Case(CaseId),
    /// The form of the case that is open, to mend it.
    Mend,
    /// A suggestion on the form that is open: this case is about the same person, or else the same
    /// household.
    Suggest(CaseId, bool),
    /// The last edit of the case that is open, taken back.
    Undo,
    /// Whether the kiosk is ready for the field.
    Ready,
    /// Back to the form that is open.
    Back,
    /// Who is working.
    Who,
    /// The next colours.
    Look,
    /// The screen in this language.
    Speak(Tongue),
}

/// Why a field cannot be read, in words.
pub(crate) fn reason(wrong: Wrong) -> Msg {
    match wrong {
        Wrong::Born => Msg::WrongBorn,
        Wrong::Phone => Msg::WrongPhone,
        Wrong::Iin => Msg::WrongIin,
        Wrong::IinDigit => Msg::WrongIinDigit,
        Wrong::Moment => Msg::WrongMoment,
        Wrong::Place => Msg::WrongPlace,
        Wrong::Nobody => Msg::WrongNobody,
        Wrong::NothingKnown => Msg::WrongNothingKnown,
    }
}

/// The word for a kind.
pub(crate) fn kind_word(kind: Kind, tongue: Tongue) -> String {
    let term = match kind {
        Kind::Appeal => Term::Appeal,
        Kind::Evacuee => Term::Evacuee,
        Kind::Passenger => Term::Passenger,
        Kind::Enquiry => Term::Enquiry,
    };
    term.in_(tongue).to_owned()
}

//! The office's two documents of a case: its answer, and its own review.
//!
//! All fields of an answer stand at the root, so that two answers begun apart (a server restored
//! from a backup) still merge field by field.

use serde::{Deserialize, Serialize};

use crate::field::{objects_or_null, or_null};
use crate::people::words;
use crate::{Date, Instant, Line, Prose};

words! {
    /// What an appeal is by law (АППК, art. 4; requests for information have a law of their own):
    /// its term follows from it.
    Procedure {
        /// Заявление, арыз.
        Application = "application",
        /// Жалоба, шағым.
        Complaint = "complaint",
        /// Запрос информации, ақпарат сұрату.
        InformationRequest = "information_request",
    }
}

/// What the office answers; the scope's kiosks can read it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The case's status, a word of its kind's life.
    pub status: Option<Line>,
    /// For the person, in the person's language.
    pub text: Option<Prose>,
    /// When an answer is due, as the person was told.
    pub due_date: Option<Date>,
    /// What the appeal is by law; without it, an application.
    pub procedure: Option<Procedure>,
    /// To whom it was passed on.
    pub forwarded_to: Option<Line>,
    /// Why it takes longer than its first term.
    pub extension_reason: Option<Prose>,
}

words! {
    /// What staff found two cases to be.
    LinkKind {
        /// One person.
        SamePerson = "same_person",
        /// One household.
        SameHousehold = "same_household",
        /// Compared, and not the same.
        NotTheSame = "not_the_same",
        /// A part that was forwarded.
        Forwarded = "forwarded",
    }
}

/// An internal note.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Sorts in order of creation.
    pub id: Option<Line>,
    /// What was noted.
    pub text: Option<Prose>,
    /// When, by the office's clock.
    pub at: Option<Instant>,
    /// Taken back.
    #[serde(default, deserialize_with = "or_null")]
    pub removed: bool,
}

/// A reviewed link to another case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Sorts in order of creation.
    pub id: Option<Line>,
    /// The other case's id.
    pub case: Option<Line>,
    /// What they are to each other.
    pub kind: Option<LinkKind>,
    /// Taken back.
    #[serde(default, deserialize_with = "or_null")]
    pub removed: bool,
}

/// What the office notes for itself; no kiosk ever holds it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Which staff member works on it.
    pub assigned_to: Option<Line>,
    /// Which child alone is handed over, or was none: `person`, or `household.` and the member's id.
    pub release_who: Option<Line>,
    /// To whom.
    pub release_guardian: Option<Line>,
    /// By which document.
    pub release_document: Option<Line>,
    /// Why they are none: marked by mistake. Then there is neither guardian nor document.
    pub release_mistake: Option<Line>,
    /// Which member of staff saw the document, or looked into the mistake.
    pub release_by: Option<Line>,
    /// Which other member of staff did, too: then the child goes, or the mark.
    pub release_confirmed_by: Option<Line>,
    /// Internal notes.
    #[serde(default, deserialize_with = "objects_or_null")]
    pub notes: Vec<Note>,
    /// Reviewed links.
    #[serde(default, deserialize_with = "objects_or_null")]
    pub links: Vec<Link>,
}

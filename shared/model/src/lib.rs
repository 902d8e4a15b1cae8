//! What a case is made of: documents, identifiers, names and moments that kiosk and server agree
//! on.
//!
//! The one room that knows Automerge's fields. Owns the three documents of a case, their JSON
//! form, what a conflict is, and the lives of the kinds. Reads no clock, draws no randomness of its
//! own, and takes nothing from a record that did not pass the guard.
//!
//! ```text
//! JSON ─ Intake ─ tree ─► Document::create ─► Guarded change ─ seal ─► record
//! records ─ KeyRing ─ open ─► Guarded changes ─► Document ─ reading ─► JSON, conflicts, history
//! JSON patch ─ Patch ─► Document::edit (on the heads it was drawn from) ─► Guarded change
//! ```

mod case;
mod document;
mod field;
mod fold;
mod ids;
mod iin;
mod intake;
mod life;
mod likeness;
mod notes;
mod patch;
mod people;
mod phone;
mod reading;
mod reference;
#[cfg(test)]
mod samples;
mod stamp;
mod text;
mod time;
mod tree;

pub use case::{Case, KeyRing, Opened, Unread};
pub use document::{Document, DocumentError, Event, Setback, Wrote};
pub use field::FieldError;
pub use fold::fold;
pub use iin::{EncodedSex, Iin, IinError, IinMismatch};
pub use intake::{Intake, Kind, Language};
pub use life::{AppealStatus, EnquiryStatus, Status};
pub use likeness::{
    Agreement, KnownNames, Likeness, NamePart, Reason, Traits, TypedTraits, likeness,
};
pub use notes::{Answer, Link, LinkKind, Note, Procedure, Review};
pub use patch::{
    Write, answer_writes, field_write, intake_writes, review_writes, says_whom, undo_of,
};
pub use people::{
    Address, Age, Consent, Direction, MayTell, Member, Movement, Person, Place, Separated, Sex,
    SuggestedLink, Whereabouts, full_name,
};
pub use phone::{Phone, PhoneError};
pub use reading::{Conflict, ConflictValue, Reading};
pub use reference::{
    KioskLetter, KioskLetterError, Reference, ReferenceError, StationCode, StationCodeError,
};
pub use stamp::{ChangeHash, Heads, HeadsError, Stamp};
pub use text::{Line, Prose, TextError};
pub use time::{Date, DateError, Instant, InstantError};

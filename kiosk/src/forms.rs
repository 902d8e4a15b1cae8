//! What a form holds while it is filled in, before it is an intake: plain text, as typed.
//!
//! Pure: knows no screen, no clock of its own and no disk. Refuses nothing while one types; says
//! which field cannot be read when one is done.

pub mod answers;
pub mod born;
pub mod household;
pub mod mend;
pub mod person;
pub mod rest;
pub mod scan;
pub mod sex;

pub use answers::{Answers, Other, Purpose, Question};
pub use born::Born;
pub use household::{Carried, HouseholdForm, Suggested, Wrong, WrongField};
pub use mend::Mending;
pub use person::{Alone, PersonForm};
pub use rest::Rest;

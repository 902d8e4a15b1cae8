//! Words that kiosk and console share, in Kazakh, Russian and English, so that each thing has one
//! name wherever a person meets it.
//!
//! Owns the terms of the trade, the names of fields and values, moments as the clock on the wall
//! shows them, a conflict told as a sentence, and why two may be one. Refuses texts of one screen or page: those lie
//! beside it.

pub mod alike;
mod categories;
pub mod fields;
pub mod moment;
pub mod numbers;
pub mod places;
pub mod sentences;
mod terms;
mod texts;
mod tongue;

pub use categories::{categories, category, programme, programmes};
pub use terms::{Term, kind, status};
pub use texts::is_in_letters_of;
pub use tongue::Tongue;

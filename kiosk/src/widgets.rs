//! The pieces that screens are made of, each looking the same wherever it stands.
//!
//! Refuses to know what a screen is for. Every piece that takes input has an accessible name.

mod button;
mod choice;
mod field;
mod keys;
mod mark;
mod ring;

pub use button::{grave, key_hint, key_width, primary, quiet};
pub use choice::{chip, choices, listed, toggles};
pub use field::{Field, FieldAnswer, next_of};
pub use keys::went_down;
pub use mark::{Tone, banner, boxed, mark, piece, pieces, said_in_a_box, signed};
pub use ring::{give_back, in_sight, ring, show_again};

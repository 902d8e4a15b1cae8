//! The office's pages: one file a page, rendered here and whole without any script.
//!
//! Everything shown is escaped by `maud`. Everything that changes something goes through
//! [`edit`], on the state of the case that the form was drawn from.

pub(crate) mod account;
pub(crate) mod accounts;
pub(crate) mod aside;
pub(crate) mod calendar;
pub(crate) mod case;
pub(crate) mod cases;
pub(crate) mod compare;
pub(crate) mod edit;
pub(crate) mod ended;
pub(crate) mod export;
pub(crate) mod hotline;
pub(crate) mod kiosks;
pub(crate) mod language;
pub(crate) mod layout;
pub(crate) mod log;
pub(crate) mod news;
pub(crate) mod reports;
pub(crate) mod sign_in;
pub(crate) mod situation;
pub(crate) mod style;
pub(crate) mod words;

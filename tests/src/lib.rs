//! What the whole-system tests and their tools stand on.
//! Refuses to be part of the product: nothing here is linked into kiosk or server.

pub mod changes;

//! What the whole-system tests and their tools stand on: an office and kiosks as real processes,
//! the line between them, and a browser.
//! Refuses to be part of the product: nothing here is linked into kiosk or server.

pub mod binaries;
pub mod browser;
pub mod changes;
pub mod compare;
pub mod device;
pub mod folders;
pub mod gauge;
pub mod kiosk;
pub mod labelled;
pub mod line;
pub mod office;
pub mod process;
pub mod world;

pub use browser::{Browser, Page};
pub use device::Device;
pub use kiosk::{Kiosk, Sync};
pub use line::{Line, Way};
pub use office::Office;
pub use process::Finished;
pub use world::World;

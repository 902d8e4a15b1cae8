//! The directory: who may write what, and who may hold what.
//!
//! A set of signed statements like any other, so that every replica that holds it judges every
//! record alike, offline. Owns certificates, the chain office → enrolment → device, the enrolment
//! code, and the judgement of a record by its clear bytes. Knows no disk, no socket and no clock;
//! opens no sealed body.
//!
//! ```text
//! office key ── station, incident, standing, purge
//!     └─ enrolment key (one kiosk, one code) ── device key ── intake records
//! ```

mod certificate;
mod code;
mod enrol;
#[cfg(test)]
mod fixture;
mod judge;
mod office;
mod register;

pub use certificate::{
    Certificate, Device, Enrolment, Incident, OfficeName, Role, Standing, StandingState, Station,
};
pub use code::{CodeError, EnrolmentCode, certify_device};
pub use enrol::EnrolmentTerms;
pub use judge::{Held, Judgement, Refusal, Set};
pub use office::{Office, OfficeError};
pub use register::{Directory, Writer};

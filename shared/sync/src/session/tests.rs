//! A small world for the session: an office in memory, kiosks that do what the engine says, a link
//! that fails when it is told to. What is tested in it stands in the files beside this one.
//!
//! | file | owns |
//! |---|---|
//! | `replica` | a set of records in memory, shelved as the store does it |
//! | `centre` | the office: requests in, answers out, its backups |
//! | `kiosk` | the shell around a session, and what it must never do |
//! | `world` | all of them with one seed; what happens to them |

mod centre;
mod directed;
mod faults;
mod first_contact;
mod forged;
mod hostile;
mod kiosk;
mod large;
mod meanwhile;
mod replica;
mod world;

//! The engine: what a kiosk and the office say to each other, and what follows from it.
//!
//! Pure: `(input) → step`, with no socket, disk, clock or randomness of its own. Owns the order of
//! the conversation (directory, purges, then records by lane), the comparison of sets, and the
//! rule that nothing counts as "at the centre" without the office's signature. To it a document is
//! opaque.
//!
//! ```text
//! kiosk:   Session::start ─► Step ─ shell does it ─► Input ─► Session::handle ─► Step … ─► Done
//! office:  request ─► office::… (directory, items) ─► answer
//! ```
//!
//! | step | the shell | answers with |
//! |---|---|---|
//! | `Survey` | reads which records its sets hold | `Surveyed` |
//! | `Ask` | posts a message, checks who signed the answer | `Answered`, `Failed` |
//! | `Rank` | orders ids by lane, names what has no receipt | `Ranked` |
//! | `Load`, `LoadDirectory` | reads records from its store | `Loaded` |
//! | `Keep` | stores records, rebuilds its directory | `Kept` |
//! | `Settle` | stores receipts, verdicts | `Settled` |
//! | `Done` | shows the report | |

mod ledger;
pub mod office;
mod session;
mod step;
mod token;

pub use ledger::Ledger;
pub use session::Session;
pub use step::{Failure, Input, Report, SetUp, Settlement, Step, Survey};
pub use token::{TOKEN_SECONDS, TokenKey};

//! Cases that begin at the office itself: an enquiry by telephone, a part of an appeal that goes to
//! another body.

use std::sync::Arc;

use beket_directory::Directory;
use beket_model::{Document, Instant, Intake, Reference};
use beket_record::{CaseId, Lane, Part, Scope};
use beket_store::{Store, Write};

use crate::App;
use crate::app::{RegisterVersion, now, rng};
use crate::edit::{Pen, Sealed};
use crate::not_saved::{NotSaved, Why};

/// Stands for the office in the reference numbers that it gives.
pub(crate) const STATION: &str = "OFFICE";
const KIOSK: &str = "A";
const COUNTER: &str = "office-reference-counter";

/// The incidents that are open, by their codes.
pub(crate) fn open_incidents(directory: &Directory) -> Vec<Scope> {
    let stations = directory.stations().map(|(code, _)| code);
    let open = stations.flat_map(|code| directory.open_incidents(code)).cloned();
    let mut open: Vec<Scope> = open.collect();
    open.sort();
    open.dedup();
    open
}

/// A case that is ready to be kept: who writes it, its id, its first record.
pub(crate) struct Begun<'a> {
    pub(crate) pen: Pen<'a>,
    pub(crate) case: CaseId,
    pub(crate) record: Sealed,
}

/// Registers an intake under a scope, in somebody's name.
pub(crate) fn begin(
    app: &App,
    intake: Intake,
    scope: &Scope,
    by: &str,
) -> Result<CaseId, NotSaved> {
    let directory = app.register()?;
    let begun = begun(app, &directory, intake, scope, by)?;
    begun.pen.keep([begun.record])?;
    Ok(begun.case)
}

/// The same, not kept yet. Its number is spent.
pub(crate) fn begun<'a>(
    app: &'a App,
    (version, directory): &'a (RegisterVersion, Arc<Directory>),
    mut intake: Intake,
    scope: &Scope,
    by: &str,
) -> Result<Begun<'a>, NotSaved> {
    // Before a number is spent on it.
    if directory.recipients(Part::Intake, scope).is_none() {
        return Err(NotSaved::Because(Why::StationUnknown));
    }
    intake.taken_at = Instant::from_unix(now().cast_signed()).ok();
    let next = |store: &mut Store| store.write(|write: &mut Write<'_>| write.next_number(COUNTER));
    let counter = app.read(next)?;
    let reference =
        Reference::new(STATION, KIOSK, counter).map_err(|_| NotSaved::Because(Why::NotWritten))?;
    let lane = match intake.has_child_alone() {
        true => Lane::Urgent,
        false if intake.kind.is_emergency() => Lane::Emergency,
        false => Lane::Ordinary,
    };
    let (scope, by) = (scope.clone(), by.to_owned());
    let pen = Pen { app, directory, version: *version, lane, scope, by };
    let (_, change) = Document::intake(&intake, &reference, &pen.stamp(), &mut rng())?;
    let case = CaseId::random(&mut rng());
    let record = pen.begun(Part::Intake, case, &change)?;
    Ok(Begun { pen, case, record })
}

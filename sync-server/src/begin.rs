//! Cases that begin at the office itself: an enquiry by telephone, a part of an appeal that goes to
//! another body.

use beket_directory::Directory;
use beket_model::{Document, Instant, Intake, Reference};
use beket_record::{CaseId, Lane, Part, Scope};
use beket_store::{Store, Write};

use crate::App;
use crate::app::{now, rng};
use crate::edit::Pen;
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

/// Registers an intake under a scope, in somebody's name.
pub(crate) fn begin(
    app: &App,
    mut intake: Intake,
    scope: &Scope,
    by: &str,
) -> Result<(CaseId, Reference), NotSaved> {
    let (version, directory) = app.register()?;
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
    let pen = Pen { app, directory: &directory, version, lane, scope, by };
    let (_, change) = Document::intake(&intake, &reference, &pen.stamp(), &mut rng())?;
    let case = CaseId::random(&mut rng());
    pen.keep(vec![pen.begun(Part::Intake, case, &change)?])?;
    Ok((case, reference))
}

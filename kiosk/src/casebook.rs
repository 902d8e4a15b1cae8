//! The cases on this kiosk, as far as it can read them: to list, to find, to edit.
//!
//! Opened in memory only. Refuses to guess where a reference number stands for two cases.

use beket_directory::Directory;
use beket_model::{
    Case, Heads, KeyRing, Opened, Reading, Reference, Stamp, field_write, intake_writes, undo_of,
};
use beket_record::{CaseId, Draft, Envelope, Lane, Part, Record, seal};
use beket_store::{Added, Store, Summary, Write};
use rand::CryptoRng;
use serde::Serialize;
use serde_json::Value;

use crate::{Identity, KioskError, Now};

/// Sees how many cases of how many were looked at.
pub type Watch<'a> = dyn FnMut(usize, usize) + 'a;

/// Where a case is, honestly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Some of it is only here.
    OnThisDevice,
    /// The office's receipt covers all of it.
    AtTheCentre,
    /// The office has it and holds it back.
    Held,
    /// Some of it was put aside, refused by the office or damaged on this disk, with the reason.
    Refused,
}

/// One case in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// Its reference number, where it is known here.
    pub reference: Option<String>,
    /// Its identity.
    pub case: String,
    /// Where it is.
    pub mark: Mark,
    /// Records of it that wait for the office's receipt.
    pub waiting: u64,
    /// What can be read of it.
    #[serde(flatten)]
    pub readable: Option<Readable>,
}

/// What an unlocked kiosk can say of a case.
#[derive(Debug, Clone, Serialize)]
pub struct Readable {
    kind: Value,
    family_name: Value,
    given_name: Value,
    status: Option<String>,
    answer: Option<Value>,
    /// Fields with more than one value.
    conflicts: usize,
    /// Records that say nothing here yet, each with the reason.
    unread: Vec<String>,
}

/// Where a case is, by what is known of its records in clear.
pub(crate) fn mark(summary: &Summary) -> Mark {
    match summary {
        Summary { refused: 1.., .. } => Mark::Refused,
        _ if summary.receipted < summary.records => Mark::OnThisDevice,
        Summary { held: 1.., .. } => Mark::Held,
        _ => Mark::AtTheCentre,
    }
}

/// Every case here, in the order in which they came.
pub(crate) fn list(
    store: &Store,
    ring: Option<&KeyRing>,
    watch: &mut Watch<'_>,
) -> Result<Vec<Listed>, KioskError> {
    let mut listed = Vec::new();
    let summaries = store.summaries()?;
    let all = summaries.len();
    for (done, summary) in summaries.into_iter().enumerate() {
        watch(done, all);
        let case = match ring {
            Some(ring) => {
                let records = store.case(summary.case)?;
                if records.len() as u64 != summary.records {
                    // Damaged ones were put aside, or another process added some.
                    return list(store, Some(ring), watch);
                }
                Some(Case::open(&records, ring))
            }
            None => None,
        };
        let reading = case.as_ref().and_then(intake_of);
        let number = reading.as_ref().and_then(|intake| intake.text("reference"));
        let number = number.map(str::to_owned).or_else(|| summary.references.first().cloned());
        listed.push(Listed {
            reference: number,
            case: summary.case.to_string(),
            mark: mark(&summary),
            waiting: summary.records - summary.receipted,
            readable: case.zip(reading).map(|(case, intake)| readable(&case, &intake)),
        });
    }
    Ok(listed)
}

fn intake_of(case: &Case) -> Option<Reading> {
    case.intake.as_ref().map(|intake| intake.document.read())
}

fn readable(case: &Case, intake: &Reading) -> Readable {
    let at = |path: &str| intake.at(path).cloned().unwrap_or_default();
    let answer = case.answer.as_ref().map(|answer| answer.document.read());
    Readable {
        kind: at("kind"),
        family_name: at("person.family_name"),
        given_name: at("person.given_name"),
        status: case.status().map(beket_model::Status::word),
        conflicts: intake.conflicts.len() + answer.as_ref().map_or(0, |a| a.conflicts.len()),
        answer: answer.map(|answer| answer.json()),
        unread: case.unread.iter().map(|unread| unread.reason.clone()).collect(),
    }
}

/// The case that a person means: by reference number, or by its id.
pub(crate) fn find(
    store: &Store,
    ring: &KeyRing,
    named: &str,
    watch: &mut Watch<'_>,
) -> Result<(CaseId, Vec<Record>), KioskError> {
    if let Ok(case) = named.trim().parse::<CaseId>() {
        let records = store.case(case)?;
        return if records.is_empty() {
            Err(KioskError::NoCase(named.to_owned()))
        } else {
            Ok((case, records))
        };
    }
    let reference = Reference::parse(named)?.to_string();
    let mut found = Vec::new();
    let cases = store.cases()?;
    let all = cases.len();
    for (done, case) in cases.into_iter().enumerate() {
        watch(done, all);
        let records = store.case(case)?;
        let opened = intake_of(&Case::open(&records, ring));
        if opened.and_then(|intake| intake.text("reference").map(|r| r == reference)) == Some(true)
        {
            found.push((case, records));
        }
    }
    match found.len() {
        // Given out here, and closed to this kiosk since.
        0 if !store.labelled(&reference)?.is_empty() => {
            let why = "its incident was closed, or it was sealed for others".to_owned();
            Err(KioskError::Unreadable(why))
        }
        0 => Err(KioskError::NoCase(reference)),
        1 => found.pop().ok_or(KioskError::NoCase(reference)),
        _ => {
            let cases: Vec<String> = found.iter().map(|(case, _)| case.to_string()).collect();
            Err(KioskError::Ambiguous { reference, cases: cases.join(", ") })
        }
    }
}

/// What is to be written into a case.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The fields that a JSON patch names.
    Patch(Value),
    /// Fields by their paths, as a conflict names them: parts joined by dots, entries by their id;
    /// and what each says from here on.
    Fields(Vec<(String, Value)>),
}

impl Change {
    fn writes(
        &self,
        seen: &Reading,
        now: Now,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<beket_model::Write>, KioskError> {
        Ok(match self {
            Self::Patch(patch) => intake_writes(seen, patch, now.milliseconds(), rng)?,
            Self::Fields(fields) => {
                let mut writes = Vec::new();
                for (path, value) in fields {
                    writes.extend(field_write(seen, path, value.clone())?);
                }
                writes
            }
        })
    }
}

/// What a case said before its last change, where that is this kiosk's own and did not begin it.
fn before_own(intake: &Opened, identity: &Identity) -> Option<Reading> {
    let Heads(heads) = intake.document.heads();
    let [last] = heads[..] else { return None };
    let own = intake.authors.get(&last) == Some(&identity.signer.author());
    let began = intake.document.first() == Some(last);
    if own && !began { intake.document.before(&last) } else { None }
}

/// Edits a case's intake on the state that was `seen`, or else on the one that is here. Gives what
/// would take it back; `None` where nothing changed.
#[expect(clippy::too_many_arguments, reason = "one call site; each is a thing of its own")]
pub(crate) fn edit(
    store: &mut Store,
    identity: &Identity,
    directory: &Directory,
    ring: &KeyRing,
    named: &str,
    change: &Change,
    seen: Option<&Heads>,
    by: &str,
    now: Now,
    rng: &mut impl CryptoRng,
    watch: &mut Watch<'_>,
) -> Result<Option<Change>, KioskError> {
    let (case_id, records) = find(store, ring, named, watch)?;
    let case = Case::open(&records, ring);
    let reason = case.unread.first().map(|unread| unread.reason.clone());
    let unreadable = || KioskError::Unreadable(reason.unwrap_or_else(|| "no key".to_owned()));
    let mut intake = case.intake.ok_or_else(unreadable)?;
    let heads = seen.cloned().unwrap_or_else(|| intake.document.heads());
    let (before, standing) = (intake.document.read_at(&heads)?, intake.document.read());
    let before_last = before_own(&intake, identity);
    let writes = change.writes(&before, now, rng)?;
    let undo = Change::Fields(undo_of(&writes, &before));
    let stamp = Stamp {
        author: identity.signer.author(),
        by: by.to_owned(),
        at: now.seconds().cast_signed(),
    };
    let Some(change) = intake.document.edit(&heads, &writes, &stamp, rng)? else {
        return Ok(None);
    };
    let after = intake.document.read();
    // A slip is taken back where it was made, as long as nobody wrote behind it.
    let takes_back = before_last.is_some_and(|before| !before.lets_a_child_go(&after));
    if standing.lets_a_child_go(&after) && !takes_back {
        return Err(KioskError::ChildAlone);
    }
    let first = records.iter().find(|record| record.header().part == Part::Intake);
    let first = first.ok_or_else(|| KioskError::NoCase(named.to_owned()))?.header();
    let draft = Draft {
        envelope: &Envelope::known(Part::Intake, case_id, intake.key.clone()),
        lane: if intake.document.read().has_child_alone() { Lane::Urgent } else { first.lane },
        scope: &first.scope,
        made: now.record_clock()?,
        change: &change,
    };
    let record = seal(draft, &identity.signer, rng)?;
    store.write(|write: &mut Write<'_>| -> Result<(), KioskError> {
        // Another process may have learnt of a purge since the case was opened.
        match write.add(&record, &directory.judge(&record), now.seconds())? {
            Added::Barred => Err(KioskError::Purged),
            Added::New | Added::Known => Ok(()),
        }
    })?;
    Ok(Some(undo))
}

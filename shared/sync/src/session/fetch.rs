//! Downward: records that this replica lacks, each proven before it is kept.

use std::collections::BTreeSet;

use beket_directory::{Directory, Judgement, Set};
use beket_record::{Part, Position, Record, RecordId, Unverified, verify_all};
use beket_wire::{MAX_BATCH_RECORDS, Pull, Pulled, Route, SetName};
use rand::CryptoRng;

use super::compare::decode;
use super::{Awaiting, Kept, PullKind, Session};
use crate::step::{Failure, Step};

/// Names asked for at first: about an answer's worth of ordinary records.
pub(super) const FIRST_PAGE: usize = 256;
const LEAST_PAGE: usize = 16;

/// How a record fits the set that the office gave it for.
enum Fit {
    /// It belongs there.
    Member,
    /// A certificate: it will, once what proves it is here too.
    Unproven,
    /// The office judges it by a directory that is newer than this one.
    Early,
    /// It was not asked for, or belongs elsewhere.
    Foreign,
}

impl Session {
    /// The next request for records, if any are wanted.
    pub(super) fn fetch_next(&mut self) -> Option<Step> {
        if let Some((set, after)) = self.ranges.pop() {
            let after_wire = after.map(Into::into);
            let pull = Pull { set: SetName::of(&set)?, ids: Vec::new(), after: after_wire };
            let awaiting = Awaiting::Pulled(set, PullKind::Range(after));
            return Some(self.ask(Route::Pull, &pull, awaiting));
        }
        let (set, wanted) = self.need.iter().find(|(_, ids)| !ids.is_empty())?;
        let set = set.clone();
        let ids: BTreeSet<RecordId> = wanted.iter().take(self.page).copied().collect();
        let pull = Pull {
            set: SetName::of(&set)?,
            ids: ids.iter().map(|id| id.as_bytes().to_vec().into()).collect(),
            after: None,
        };
        Some(self.ask(Route::Pull, &pull, Awaiting::Pulled(set, PullKind::These(ids))))
    }

    pub(super) fn pulled(
        &mut self,
        set: Set,
        kind: &PullKind,
        body: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Step, Failure> {
        let answer: Pulled = decode(body)?;
        let (came, all_ids) = self.prove(&answer, rng);
        let came: Vec<Record> =
            came.into_iter().filter(|record| self.was_wanted(kind, record)).collect();
        let last = came.iter().map(place).max();
        let (mut records, mut unproven) = (Vec::new(), Vec::new());
        for record in came {
            match fit(&self.set_up.directory, &record, &set) {
                Fit::Member => records.push(record),
                Fit::Unproven => {
                    unproven.push(record.clone());
                    records.push(record);
                }
                Fit::Early => self.incomplete = true,
                Fit::Foreign => self.report.distrusted += 1,
            }
        }
        self.report.pulled += records.len() as u64;
        self.no_longer_needed(&set, kind, &records);
        let vouched = self.vouched(answer.receipt, all_ids)?;
        if records.is_empty() {
            return Ok(self.exchange());
        }
        // Certificates that came earlier may be proven by these.
        records.extend(self.unproven.iter().cloned());
        unproven.append(&mut self.unproven);
        let is_whole = |ids: &[RecordId]| records.iter().map(Record::id).eq(ids.iter().copied());
        let receipt = vouched.filter(|(_, ids)| is_whole(ids)).map(|(receipt, _)| receipt);
        let goes_on = answer.more && matches!(kind, PullKind::Range(_));
        let next = last.filter(|_| goes_on).map(|last| (set, last));
        self.awaiting = Awaiting::Kept(Kept { next, unproven });
        Ok(Step::Keep { records, receipt })
    }

    /// Checks layout and signature of everything that came; ids of all that has a layout.
    fn prove(&mut self, answer: &Pulled, rng: &mut impl CryptoRng) -> (Vec<Record>, Vec<RecordId>) {
        let laid_out: Vec<Unverified> =
            answer.records.iter().filter_map(|b| Unverified::parse(b.to_vec()).ok()).collect();
        let ids = laid_out.iter().map(Unverified::id).collect();
        let proven: Vec<Record> =
            verify_all(laid_out, rng).into_iter().filter_map(Result::ok).collect();
        self.report.distrusted += (answer.records.len() - proven.len()) as u64;
        (proven, ids)
    }

    /// Whether it was asked for. A range that does not advance brings nothing that was.
    fn was_wanted(&mut self, kind: &PullKind, record: &Record) -> bool {
        let wanted = match kind {
            PullKind::These(ids) => ids.contains(&record.id()),
            PullKind::Range(after) => after.is_none_or(|after| place(record) > after),
        };
        self.report.distrusted += u64::from(!wanted);
        wanted
    }

    /// Asked for and came, or asked for and none came: either way not asked for again.
    fn no_longer_needed(&mut self, set: &Set, kind: &PullKind, came: &[Record]) {
        let (Some(needed), PullKind::These(asked)) = (self.need.get_mut(set), kind) else { return };
        for record in came {
            needed.remove(&record.id());
        }
        if came.is_empty() {
            self.incomplete = true;
            needed.retain(|id| !asked.contains(id));
        }
        let all_came = came.len() >= asked.len();
        let fits = if all_came { asked.len() * 5 / 4 } else { came.len() };
        self.page = fits.clamp(LEAST_PAGE, MAX_BATCH_RECORDS);
    }

    pub(super) fn kept(&mut self, kept: Kept, directory: Option<Box<Directory>>) -> Step {
        if let Some(directory) = directory {
            self.set_up.directory = *directory;
        }
        let directory = &self.set_up.directory;
        let proven =
            |record: &Record| matches!(fit(directory, record, &Set::Directory), Fit::Member);
        self.unproven = kept.unproven.into_iter().filter(|record| !proven(record)).collect();
        self.ranges.extend(kept.next.map(|(set, after)| (set, Some(after))));
        self.exchange()
    }
}

fn place(record: &Record) -> Position {
    Position { made: record.header().made, id: record.id() }
}

fn fit(directory: &Directory, record: &Record, set: &Set) -> Fit {
    let header = record.header();
    match (directory.judge(record), set) {
        (Judgement::Member(own), _) if own == *set => Fit::Member,
        (Judgement::Refused(_), Set::Directory) if header.part == Part::Directory => Fit::Unproven,
        (Judgement::Held(..), Set::Scope(scope)) if header.scope == *scope => Fit::Early,
        _ => Fit::Foreign,
    }
}

//! Downward: records that this replica lacks, each proven before it is kept.

use std::collections::BTreeSet;

use beket_directory::{Directory, Judgement, Set};
use beket_record::{Position, Record, RecordId, Unverified, verify_all};
use beket_wire::{MAX_BATCH_RECORDS, Pull, Pulled, Route, SetName};
use rand::CryptoRng;

use super::compare::decode;
use super::{Awaiting, Failure, PullKind, Session, Step};

impl Session {
    /// The next request for records, if any are wanted.
    pub(super) fn fetch_next(&mut self) -> Option<Step> {
        if let Some((set, after)) = self.ranges.pop() {
            let pull = Pull {
                set: SetName::of(&set)?,
                ids: Vec::new(),
                after: after.map(Into::into),
            };
            return Some(self.ask(Route::Pull, &pull, Awaiting::Pulled(set, PullKind::Range)));
        }
        let set = self.need.iter().find(|(_, ids)| !ids.is_empty()).map(|(set, _)| set.clone())?;
        let wanted = self.need.get(&set)?;
        let ids: BTreeSet<RecordId> = wanted.iter().take(MAX_BATCH_RECORDS).copied().collect();
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
        kind: PullKind,
        body: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Step, Failure> {
        let answer: Pulled = decode(body)?;
        let (came, all_ids) = self.prove(&answer, rng);
        let wanted = |record: &Record| match &kind {
            PullKind::These(ids) => ids.contains(&record.id()),
            PullKind::Range => true,
        };
        let place = |r: &Record| Position { made: r.header().made, id: r.id() };
        let last = came.iter().map(place).max().filter(|_| answer.more && kind == PullKind::Range);
        let directory = &self.set_up.directory;
        let (records, distrusted): (Vec<_>, Vec<_>) =
            came.into_iter().partition(|record| wanted(record) && belongs(directory, record, &set));
        self.report.distrusted += distrusted.len() as u64;
        self.report.pulled += records.len() as u64;
        self.no_longer_needed(&set, &kind, &records);
        let ids: Vec<RecordId> = records.iter().map(Record::id).collect();
        let receipt = match self.vouched(answer.receipt, all_ids) {
            Ok(vouched) => vouched.filter(|(_, all)| *all == ids).map(|(receipt, _)| receipt),
            Err(failure) => return Err(failure),
        };
        if records.is_empty() {
            return Ok(self.kept(set, last, None));
        }
        self.awaiting = Awaiting::Kept(set, last);
        Ok(Step::Keep { records, receipt })
    }

    /// Checks layout and signature of everything that came; ids of all that has a layout.
    fn prove(
        &mut self,
        answer: &Pulled,
        rng: &mut impl CryptoRng,
    ) -> (Vec<Record>, Vec<RecordId>) {
        let laid_out: Vec<Unverified> =
            answer.records.iter().filter_map(|b| Unverified::parse(b.to_vec()).ok()).collect();
        let ids = laid_out.iter().map(Unverified::id).collect();
        let proven: Vec<Record> =
            verify_all(laid_out, rng).into_iter().filter_map(Result::ok).collect();
        self.report.distrusted += (answer.records.len() - proven.len()) as u64;
        (proven, ids)
    }

    /// Asked for and came, or asked for and did not come at all: either way not asked for again.
    fn no_longer_needed(&mut self, set: &Set, kind: &PullKind, came: &[Record]) {
        let Some(needed) = self.need.get_mut(set) else { return };
        for record in came {
            needed.remove(&record.id());
        }
        if let PullKind::These(asked) = kind
            && came.is_empty()
        {
            self.incomplete = true;
            needed.retain(|id| !asked.contains(id));
        }
    }

    pub(super) fn kept(
        &mut self,
        set: Set,
        after: Option<Position>,
        directory: Option<Box<Directory>>,
    ) -> Step {
        if let Some(directory) = directory {
            self.set_up.directory = *directory;
        }
        if let Some(after) = after {
            self.ranges.push((set, Some(after)));
        }
        self.exchange()
    }
}

/// Whether a record may be in the set that the office gave it for. Certificates prove themselves
/// by the directory that they become part of.
fn belongs(directory: &Directory, record: &Record, set: &Set) -> bool {
    let is_certificate = record.header().part == beket_record::Part::Directory;
    match directory.judge(record.header()) {
        Judgement::Member(own) => own == *set,
        Judgement::Held(..) | Judgement::Refused(_) => is_certificate && *set == Set::Directory,
        Judgement::Purged => false,
    }
}

//! A set of records in memory, each on the shelf where the directory wants it. Owns no check.

use std::collections::BTreeMap;

use beket_directory::{Directory, Judgement, Set};
use beket_record::{Author, CaseId, Part, Position, Record, RecordId, Scope};

#[derive(Clone)]
pub(super) struct Shelved {
    pub(super) record: Record,
    pub(super) set: Set,
    row: usize,
}

/// What one machine holds; a clone is its backup.
#[derive(Clone)]
pub(super) struct Replica {
    pub(super) records: BTreeMap<RecordId, Shelved>,
    pub(super) directory: Directory,
    rows: usize,
}

pub(super) fn is_register(record: &Record) -> bool {
    matches!(record.header().part, Part::Directory | Part::Purge)
}

impl Replica {
    pub(super) fn new(office: Author) -> Self {
        Self { records: BTreeMap::new(), directory: Directory::build(office, []), rows: 0 }
    }

    pub(super) fn register(&self) -> Vec<Record> {
        let records = self.in_order().map(|shelved| &shelved.record);
        records.filter(|record| is_register(record)).cloned().collect()
    }

    fn in_order(&self) -> impl Iterator<Item = &Shelved> {
        let mut all: Vec<&Shelved> = self.records.values().collect();
        all.sort_unstable_by_key(|shelved| shelved.row);
        all.into_iter()
    }

    /// Stores a batch by the directory that it makes; gives each one's judgement and whether it
    /// was here before.
    pub(super) fn add(&mut self, records: &[Record]) -> Vec<(Judgement, bool)> {
        let register = records.iter().any(is_register);
        if register {
            let mut all = self.register();
            all.extend(records.iter().filter(|record| is_register(record)).cloned());
            self.directory = Directory::build(self.directory.office(), &all);
        }
        let outcomes = records.iter().map(|record| self.add_one(record)).collect();
        if register {
            self.reshelve();
        }
        outcomes
    }

    fn add_one(&mut self, record: &Record) -> (Judgement, bool) {
        let judgement = self.directory.judge(record);
        let known = self.records.contains_key(&record.id());
        if let (Some(set), false) = (set_of(&judgement), known) {
            self.rows += 1;
            let shelved = Shelved { record: record.clone(), set, row: self.rows };
            self.records.insert(record.id(), shelved);
        }
        (judgement, known)
    }

    /// Puts a record where it does not belong.
    pub(super) fn plant(&mut self, record: &Record, set: Set) {
        self.rows += 1;
        let shelved = Shelved { record: record.clone(), set, row: self.rows };
        self.records.insert(record.id(), shelved);
    }

    fn reshelve(&mut self) {
        for shelved in self.records.values_mut() {
            if let Some(set) = set_of(&self.directory.judge(&shelved.record)) {
                shelved.set = set;
            }
        }
        let directory = &self.directory;
        self.records.retain(|_, shelved| {
            is_register(&shelved.record) || !directory.is_purged(&shelved.record.header().case)
        });
    }

    pub(super) fn get(&self, id: &RecordId) -> Option<&Record> {
        self.records.get(id).map(|shelved| &shelved.record)
    }

    /// Records of a set, in its order.
    pub(super) fn of(&self, set: &Set) -> BTreeMap<Position, &Record> {
        let members = self.records.values().filter(|shelved| shelved.set == *set);
        members.map(|shelved| (place(&shelved.record), &shelved.record)).collect()
    }

    pub(super) fn items(&self, set: &Set) -> Vec<Position> {
        self.of(set).into_keys().collect()
    }

    /// First lane first, then as they came.
    pub(super) fn ranked(&self, wanted: impl Fn(&RecordId) -> bool) -> Vec<RecordId> {
        let mut ranked: Vec<&Record> = self.in_order().map(|shelved| &shelved.record).collect();
        ranked.sort_by_key(|record| record.header().lane);
        ranked.into_iter().map(Record::id).filter(wanted).collect()
    }

    pub(super) fn scopes(&self) -> Vec<Scope> {
        let sealed = self.records.values().filter(|shelved| !is_register(&shelved.record));
        sealed.map(|shelved| shelved.record.header().scope.clone()).collect()
    }

    pub(super) fn cases(&self) -> Vec<(CaseId, Scope)> {
        let sealed = self.records.values().filter(|shelved| !is_register(&shelved.record));
        let mut cases: Vec<_> = sealed
            .map(|shelved| shelved.record.header())
            .map(|header| (header.case, header.scope.clone()))
            .collect();
        cases.sort_unstable();
        cases.dedup();
        cases
    }
}

fn set_of(judgement: &Judgement) -> Option<Set> {
    match judgement {
        Judgement::Member(set) | Judgement::Held(set, _) => Some(set.clone()),
        Judgement::Refused(_) | Judgement::Purged => None,
    }
}

pub(super) fn place(record: &Record) -> Position {
    Position { made: record.header().made, id: record.id() }
}

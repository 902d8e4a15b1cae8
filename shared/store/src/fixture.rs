//! What the tests of this crate share: an office with its kiosks, seeded, and a file. Owns no check.

use std::path::PathBuf;

use beket_directory::{Directory, EnrolmentTerms, Office, Role, StandingState, certify_device};
use beket_record::{CaseId, Lane, Part, Record, RecordId, Scope, Signer, Statement, state};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;

use crate::{Added, Store, StoreError, Write};

pub(crate) const NOW: u64 = 1_561_000_000;

pub(crate) fn scope(code: &str) -> Scope {
    code.parse().unwrap()
}

pub(crate) fn case(number: u16) -> CaseId {
    let mut bytes = [0xca; 16];
    bytes[..2].copy_from_slice(&number.to_be_bytes());
    CaseId::from_bytes(bytes)
}

/// A folder that is gone with the test, and a data file in it.
pub(crate) struct Disk {
    pub(crate) folder: TempDir,
    pub(crate) path: PathBuf,
}

impl Disk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.db");
        Self { folder, path }
    }

    pub(crate) fn open(&self) -> Store {
        Store::open(&self.path).unwrap()
    }
}

/// An office with stations TRK and ALA, and all that it and its kiosks have stated.
pub(crate) struct World {
    pub(crate) rng: ChaCha8Rng,
    pub(crate) office: Office,
    pub(crate) register: Vec<Record>,
    clock: u32,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let office = Office::random(&mut rng);
        let register = vec![office.found("Әкімдік", 1, &mut rng).unwrap()];
        let mut world = Self { rng, office, register, clock: 1_000 };
        for code in ["TRK", "ALA"] {
            let (directory, rng) = (world.directory(), &mut world.rng);
            let made = world.office.add_station(&directory, &scope(code), code, 1, rng).unwrap();
            world.register.push(made);
        }
        world
    }

    pub(crate) fn directory(&self) -> Directory {
        Directory::build(self.office.signer.author(), &self.register)
    }

    /// A kiosk that is certified and that the office has not spoken of.
    pub(crate) fn kiosk(&mut self, station: &str) -> Signer {
        let (directory, rng) = (self.directory(), &mut self.rng);
        let terms = EnrolmentTerms {
            station: scope(station),
            role: Role::SelfService,
            url: String::new(),
            expires: 0,
        };
        let founding = &self.register[0];
        let (enrolment, code) = self.office.enrol(&directory, founding, &terms, 1, rng).unwrap();
        let device = Signer::random(rng);
        let key = Signer::from_bytes(&code.key);
        let certificate = certify_device(&key, &device, &terms.station, 1, rng).unwrap();
        self.register.extend([enrolment, certificate]);
        device
    }

    pub(crate) fn stand(&mut self, device: &Signer, state: StandingState) {
        let (directory, rng) = (self.directory(), &mut self.rng);
        let standing = self.office.set_standing(&directory, &device.author(), state, 1, rng);
        self.register.push(standing.unwrap());
    }

    pub(crate) fn revoke(&mut self, device: &Signer, counted: &[RecordId]) {
        let (directory, rng) = (self.directory(), &mut self.rng);
        let revoked = self.office.revoke(&directory, &device.author(), counted, 1, rng);
        self.register.extend(revoked.unwrap());
    }

    pub(crate) fn admitted(&mut self, station: &str) -> Signer {
        let device = self.kiosk(station);
        self.stand(&device, StandingState::Admitted);
        device
    }

    /// An intake, a second later than the one before.
    pub(crate) fn intake(&mut self, author: &Signer, place: &str, case: CaseId) -> Record {
        self.clock += 1;
        self.record(author, Part::Intake, Lane::Ordinary, place, case, self.clock, &[])
    }

    /// A purge statement: the one part whose body may be of any size.
    pub(crate) fn purge(&mut self, case: CaseId, made: u32, body: usize) -> Record {
        let office = self.office.signer.clone();
        self.record(&office, Part::Purge, Lane::Ordinary, "TRK", case, made, &vec![7; body])
    }

    #[expect(clippy::too_many_arguments, reason = "a header's fields, one by one")]
    pub(crate) fn record(
        &mut self,
        author: &Signer,
        part: Part,
        lane: Lane,
        place: &str,
        case: CaseId,
        made: u32,
        body: &[u8],
    ) -> Record {
        let scope = &scope(place);
        let statement = Statement { part, lane, case, scope, made, secret: None, body };
        state(statement, author, &mut self.rng).unwrap()
    }

    /// Adds records by the directory as it stands.
    pub(crate) fn add<'a>(
        &self,
        store: &mut Store,
        records: impl IntoIterator<Item = &'a Record>,
    ) -> Vec<Added> {
        let directory = self.directory();
        let add = |write: &mut Write<'_>| -> Result<Vec<Added>, StoreError> {
            let add = |r: &Record| write.add(r, &directory.judge(r), NOW);
            records.into_iter().map(add).collect()
        };
        store.write(add).unwrap()
    }

    /// A store that holds this world's directory.
    pub(crate) fn store(&self, disk: &Disk) -> Store {
        let mut store = disk.open();
        self.add(&mut store, &self.register);
        store
    }
}

/// One batch that cannot fail for a reason of its own.
pub(crate) fn write<T>(
    store: &mut Store,
    batch: impl FnOnce(&mut Write<'_>) -> Result<T, StoreError>,
) -> T {
    store.write(batch).unwrap()
}

/// All that counts, by feed number.
pub(crate) fn fed(store: &Store) -> Vec<(u64, beket_record::RecordId)> {
    let fed = store.feed_after(0, u32::MAX).unwrap();
    fed.iter().map(|fed| (fed.feed, fed.record.id())).collect()
}

//! What the tests of this crate share: an office with its records, seeded. Owns no check.

use beket_record::{
    Author, CaseId, Header, KeyId, Lane, Part, RecipientSecret, Record, RecordId, Scope, Signer,
    Statement, state,
};
use proptest::test_runner::{Config, RngSeed};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::{
    Certificate, Directory, EnrolmentCode, EnrolmentTerms, Office, Role, StandingState,
    certify_device,
};

pub(crate) const NOW: u32 = 1_561_000_000;
pub(crate) const EXPIRES: u64 = NOW as u64 + 86_400;

/// Property tests that replay: the same cases on every run, and no files of their own.
pub(crate) fn replaying(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() }
}

pub(crate) fn scope(code: &str) -> Scope {
    code.parse().unwrap()
}

/// An office, and all records that it and its kiosks have stated so far.
pub(crate) struct World {
    pub(crate) rng: ChaCha8Rng,
    pub(crate) office: Office,
    pub(crate) founding: Record,
    pub(crate) records: Vec<Record>,
}

impl World {
    /// An office that has named itself, with stations `TRK` and `ALA`.
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let office = Office::random(&mut rng);
        Self::of(office, rng)
    }

    /// The same for an office with these keys.
    pub(crate) fn of(office: Office, mut rng: ChaCha8Rng) -> Self {
        let founding = office.found("Әкімдік", NOW, &mut rng).unwrap();
        let records = vec![founding.clone()];
        let mut world = Self { rng, office, founding, records };
        for code in ["TRK", "ALA"] {
            world.add(|world, directory| {
                let name = format!("Station {code}");
                let rng = &mut world.rng;
                world.office.add_station(directory, &scope(code), &name, NOW, rng).unwrap()
            });
        }
        world
    }

    pub(crate) fn directory(&self) -> Directory {
        Directory::build(self.office.signer.author(), &self.records)
    }

    /// Keeps the record that this makes from the directory as it stands.
    pub(crate) fn add(&mut self, make: impl FnOnce(&mut Self, &Directory) -> Record) -> Record {
        let directory = self.directory();
        let record = make(self, &directory);
        self.records.push(record.clone());
        record
    }

    pub(crate) fn open(&mut self, incident: &str, stations: &[&str]) -> Record {
        let stations: Vec<_> = stations.iter().map(|code| scope(code)).collect();
        self.add(|world, directory| {
            let (code, rng) = (scope(incident), &mut world.rng);
            world.office.open_incident(directory, &code, "Арыс", &stations, NOW, rng).unwrap()
        })
    }

    pub(crate) fn close(&mut self, incident: &str) -> Record {
        self.add(|world, directory| {
            let code = scope(incident);
            world.office.close_incident(directory, &code, NOW, &mut world.rng).unwrap()
        })
    }

    pub(crate) fn enrol(&mut self, station: &str, role: Role) -> EnrolmentCode {
        let url = "https://beket.example".to_owned();
        let terms = EnrolmentTerms { station: scope(station), role, url, expires: EXPIRES };
        let directory = self.directory();
        let rng = &mut self.rng;
        let (record, code) =
            self.office.enrol(&directory, &self.founding, &terms, NOW, rng).unwrap();
        self.records.push(record);
        code
    }

    /// A device that was set up with this code.
    pub(crate) fn set_up(&mut self, code: &EnrolmentCode) -> Signer {
        let device = Signer::random(&mut self.rng);
        let enrolment_key = Signer::from_bytes(&code.key);
        let (_, station, _) = code.prove().unwrap();
        let record = certify_device(&enrolment_key, &device, &station, NOW, &mut self.rng).unwrap();
        self.records.push(record);
        device
    }

    pub(crate) fn set_standing(&mut self, device: &Author, state: StandingState) -> Record {
        self.add(|world, directory| {
            world.office.set_standing(directory, device, state, NOW, &mut world.rng).unwrap()
        })
    }

    pub(crate) fn revoke(&mut self, device: &Author, counted: &[RecordId]) {
        let directory = self.directory();
        let rng = &mut self.rng;
        self.records.extend(self.office.revoke(&directory, device, counted, NOW, rng).unwrap());
    }

    /// A staffed kiosk of this station, set up and admitted.
    pub(crate) fn kiosk(&mut self, station: &str) -> Author {
        self.kiosk_in_hand(station).author()
    }

    /// The same, to write with.
    pub(crate) fn kiosk_in_hand(&mut self, station: &str) -> Signer {
        let code = self.enrol(station, Role::Staffed);
        let device = self.set_up(&code);
        self.set_standing(&device.author(), StandingState::Admitted);
        device
    }

    pub(crate) fn purge(&mut self, case: CaseId) -> Record {
        self.add(|world, _| world.office.purge(case, &scope("TRK"), NOW, &mut world.rng).unwrap())
    }

    pub(crate) fn station_secret(&self, station: &str) -> RecipientSecret {
        self.directory().scope_secret(&scope(station), &self.office.secret).unwrap()
    }
}

/// A certificate as anyone can sign one.
pub(crate) fn stated(signer: &Signer, place: &str, certificate: &Certificate) -> Record {
    stated_bytes(signer, place, &certificate.to_bytes())
}

/// The same, of bytes that need be no certificate.
pub(crate) fn stated_bytes(signer: &Signer, place: &str, body: &[u8]) -> Record {
    let statement = Statement {
        part: Part::Directory,
        lane: Lane::Urgent,
        case: CaseId::NONE,
        scope: &scope(place),
        made: NOW,
        secret: None,
        body,
    };
    state(statement, signer, &mut ChaCha8Rng::seed_from_u64(0)).unwrap()
}

/// The clear part of a record of one case.
pub(crate) fn header(part: Part, place: &str, author: &Author) -> Header {
    Header {
        part,
        lane: Lane::Ordinary,
        case: CaseId::from_bytes([0xca; 16]),
        scope: scope(place),
        author: *author,
        made: NOW,
        kid: KeyId::NONE,
        grants: Vec::new(),
    }
}

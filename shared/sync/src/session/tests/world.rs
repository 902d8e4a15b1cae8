//! One office and its kiosks from one seed, and what may happen to them.

use std::collections::{BTreeMap, BTreeSet};

use beket_directory::{
    EnrolmentCode, EnrolmentTerms, Office, Role, Set, StandingState, certify_device,
};
use beket_record::{
    Author, CaseId, Lane, Part, Record, RecordId, Scope, Signer, Statement, Unverified, state,
};
use beket_wire::Route;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::centre::Centre;
use super::kiosk::Kiosk;
use super::replica::Replica;
use crate::{Failure, Report};

pub(super) const START: u64 = 1_561_000_000;
pub(super) const DAY: u64 = 86_400;
pub(super) const STATIONS: [&str; 2] = ["TRK", "ALA"];

pub(super) fn scope(code: &str) -> Scope {
    code.parse().unwrap()
}

/// In step with one request, and nothing moved.
pub(super) fn quiet(report: &Report) -> bool {
    report.in_step && report.round_trips == 1 && report.pushed + report.pulled == 0
}

pub(super) struct World {
    pub(super) rng: ChaCha8Rng,
    pub(super) centre: Centre,
    pub(super) kiosks: Vec<Kiosk>,
    pub(super) codes: Vec<EnrolmentCode>,
    founding: Record,
}

impl World {
    /// An office with two stations and no kiosk, backed up once.
    pub(super) fn new(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let keys = Office::random(&mut rng);
        let clock = u32::try_from(START).unwrap();
        let founding = keys.found("Әкімдік", clock, &mut rng).unwrap();
        let mut centre = Centre {
            replica: Replica::new(keys.signer.author()),
            keys,
            now: START,
            epoch: 0,
            ever: BTreeMap::new(),
            backups: Vec::new(),
            refuses: BTreeSet::new(),
            looks_ahead: false,
            rng: ChaCha8Rng::seed_from_u64(seed),
        };
        centre.keep(&founding);
        for code in STATIONS {
            let (directory, rng) = (&centre.replica.directory, &mut centre.rng);
            let station = centre.keys.add_station(directory, &scope(code), code, clock, rng);
            centre.keep(&station.unwrap());
        }
        centre.back_up();
        Self { rng, centre, kiosks: Vec::new(), codes: Vec::new(), founding }
    }

    /// An enrolment code; its number.
    pub(super) fn enrol(&mut self, station: &str, expires: u64) -> usize {
        let terms = EnrolmentTerms {
            station: scope(station),
            role: Role::SelfService,
            url: String::new(),
            expires,
        };
        let centre = &mut self.centre;
        let (clock, directory) = (centre.clock(), &centre.replica.directory);
        let enrolled = centre.keys.enrol(directory, &self.founding, &terms, clock, &mut centre.rng);
        let (record, code) = enrolled.unwrap();
        centre.keep(&record);
        self.codes.push(code);
        self.codes.len() - 1
    }

    /// A kiosk set up with this code, with no network; its number.
    pub(super) fn set_up(&mut self, code: usize) -> usize {
        let signer = Signer::random(&mut self.rng);
        let code = &self.codes[code];
        let (mut records, station, _) = code.prove().unwrap();
        let key = Signer::from_bytes(&code.key);
        let clock = self.centre.clock();
        records.push(certify_device(&key, &signer, &station, clock, &mut self.rng).unwrap());
        let mut replica = Replica::new(self.centre.keys.signer.author());
        replica.add(&records);
        self.kiosks.push(Kiosk {
            signer,
            station,
            replica,
            receipted: BTreeSet::new(),
            refused: BTreeMap::new(),
            taken: BTreeMap::new(),
            ahead: 0,
            traffic: Vec::new(),
        });
        self.kiosks.len() - 1
    }

    /// A new kiosk that has not met the office yet.
    pub(super) fn kiosk(&mut self, station: &str) -> usize {
        let code = self.enrol(station, self.centre.now + DAY);
        self.set_up(code)
    }

    /// A kiosk that is in step.
    pub(super) fn kiosk_in_step(&mut self, station: &str) -> usize {
        let kiosk = self.kiosk(station);
        let report = self.sync(kiosk);
        assert!(report.in_step, "{report:?}");
        kiosk
    }

    pub(super) fn set_at_the_office(&self, id: RecordId) -> Option<&Set> {
        self.centre.replica.records.get(&id).map(|shelved| &shelved.set)
    }

    pub(super) fn device(&self, kiosk: usize) -> Author {
        self.kiosks[kiosk].author()
    }

    /// A session over a link that never fails.
    pub(super) fn sync(&mut self, kiosk: usize) -> Report {
        self.sync_by(kiosk, |_, _, answer| answer())
    }

    /// A session over a link of which the test decides what arrives.
    pub(super) fn sync_by(
        &mut self,
        kiosk: usize,
        mut link: impl FnMut(
            Route,
            &[u8],
            &mut dyn FnMut() -> Result<Vec<u8>, Failure>,
        ) -> Result<Vec<u8>, Failure>,
    ) -> Report {
        let (kiosk, centre) = (&mut self.kiosks[kiosk], &mut self.centre);
        let (now, device) = (centre.now, kiosk.author());
        let mut ask = |route: Route, body: &[u8]| {
            link(route, body, &mut || centre.serve(&device, route, body))
        };
        kiosk.talk(now, &mut self.rng, &mut ask, &mut |_| false).unwrap()
    }

    /// A kiosk writes an intake of an empty body.
    pub(super) fn take(
        &mut self,
        kiosk: usize,
        place: &Scope,
        case: CaseId,
        lane: Lane,
    ) -> RecordId {
        let made = self.clock_of(kiosk);
        let signer = &self.kiosks[kiosk].signer;
        let part = Part::Intake;
        let statement = Statement { part, lane, case, scope: place, made, secret: None, body: &[] };
        let record = state(statement, signer, &mut self.rng).unwrap();
        self.wrote(kiosk, &record)
    }

    /// A kiosk writes an intake of so many bytes.
    pub(super) fn take_bytes(&mut self, kiosk: usize, lane: Lane, bytes: usize) -> RecordId {
        let case = CaseId::random(&mut self.rng);
        let made = self.clock_of(kiosk);
        let Kiosk { signer, station, .. } = &self.kiosks[kiosk];
        let record = laid_out(signer, station, case, lane, made, bytes);
        self.wrote(kiosk, &record)
    }

    /// A new case at the kiosk's own station.
    pub(super) fn take_new(&mut self, kiosk: usize) -> RecordId {
        let (station, case) = (self.kiosks[kiosk].station.clone(), CaseId::random(&mut self.rng));
        self.take(kiosk, &station, case, Lane::Ordinary)
    }

    fn wrote(&mut self, kiosk: usize, record: &Record) -> RecordId {
        let kiosk = &mut self.kiosks[kiosk];
        kiosk.taken.insert(record.id(), record.header().case);
        kiosk.replica.add(std::slice::from_ref(record));
        record.id()
    }

    fn clock_of(&self, kiosk: usize) -> u32 {
        let clock = self.centre.now.saturating_add_signed(self.kiosks[kiosk].ahead);
        u32::try_from(clock).unwrap_or(u32::MAX)
    }

    pub(super) fn stand(&mut self, kiosk: usize, state: StandingState) {
        let device = self.device(kiosk);
        self.centre.set_standing(&device, state);
    }

    pub(super) fn open(&mut self, incident: &str, stations: &[&str]) {
        let stations: Vec<Scope> = stations.iter().map(|code| scope(code)).collect();
        let centre = &mut self.centre;
        let (clock, directory) = (centre.clock(), &centre.replica.directory);
        let (code, rng) = (scope(incident), &mut centre.rng);
        let opened = centre.keys.open_incident(directory, &code, "Арыс", &stations, clock, rng);
        centre.keep(&opened.unwrap());
    }

    pub(super) fn close(&mut self, incident: &str) {
        let centre = &mut self.centre;
        let (clock, directory) = (centre.clock(), &centre.replica.directory);
        // An office that was restored may not know it any more.
        if let Ok(closed) =
            centre.keys.close_incident(directory, &scope(incident), clock, &mut centre.rng)
        {
            centre.keep(&closed);
        }
    }

    pub(super) fn purge(&mut self, case: CaseId, place: &Scope) {
        let centre = &mut self.centre;
        let purge = centre.keys.purge(case, place, centre.clock(), &mut centre.rng).unwrap();
        centre.keep(&purge);
    }
}

/// A record by its bytes: what only a sealed change could fill otherwise.
pub(super) fn laid_out(
    signer: &Signer,
    place: &Scope,
    case: CaseId,
    lane: Lane,
    made: u32,
    body: usize,
) -> Record {
    let mut bytes = vec![1, Part::Intake as u8, lane as u8];
    bytes.extend_from_slice(case.as_bytes());
    bytes.push(u8::try_from(place.as_str().len()).unwrap());
    bytes.extend_from_slice(place.as_str().as_bytes());
    bytes.extend_from_slice(signer.author().as_bytes());
    bytes.extend_from_slice(&made.to_be_bytes());
    bytes.extend_from_slice(&[0; 16]);
    bytes.push(0);
    bytes.extend_from_slice(&u32::try_from(body).unwrap().to_be_bytes());
    bytes.resize(bytes.len() + body, 7);
    let id = blake3::hash(&bytes);
    bytes.extend_from_slice(&signer.sign(&[&b"beket-record-1"[..], id.as_bytes()].concat()));
    Unverified::parse(bytes).unwrap().verify().unwrap()
}

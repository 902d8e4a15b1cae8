//! Whom the office tells what; what it makes of a push.

use beket_directory::{Directory, EnrolmentTerms, Office, Role, StandingState, certify_device};
use beket_record::{CaseId, Lane, Part, Position, Scope, Signer, Statement, state};
use beket_wire::Message;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;

fn scope(code: &str) -> Scope {
    code.parse().unwrap()
}

/// An office with stations TRK and ALA, an incident open at TRK and one closed there.
struct World {
    rng: ChaCha8Rng,
    office: Office,
    records: Vec<Record>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let office = Office::random(&mut rng);
        let founding = office.found("Әкімдік", 1, &mut rng).unwrap();
        let mut world = Self { rng, office, records: vec![founding] };
        for code in ["TRK", "ALA"] {
            world.add(|office, directory, rng| {
                office.add_station(directory, &scope(code), code, 1, rng).unwrap()
            });
        }
        for code in ["OPEN-1", "CLOSED-1"] {
            world.add(|office, directory, rng| {
                let at = [scope("TRK")];
                office.open_incident(directory, &scope(code), code, &at, 1, rng).unwrap()
            });
        }
        world.add(|office, directory, rng| {
            office.close_incident(directory, &scope("CLOSED-1"), 2, rng).unwrap()
        });
        world
    }

    fn directory(&self) -> Directory {
        Directory::build(self.office.signer.author(), &self.records)
    }

    fn add(&mut self, make: impl FnOnce(&Office, &Directory, &mut ChaCha8Rng) -> Record) {
        let record = make(&self.office, &self.directory(), &mut self.rng);
        self.records.push(record);
    }

    /// A device of TRK; with no word of the office where `standing` is none.
    fn device(&mut self, standing: Option<StandingState>) -> Author {
        let terms = EnrolmentTerms {
            station: scope("TRK"),
            role: Role::SelfService,
            url: String::new(),
            expires: 0,
        };
        let (founding, directory) = (self.records[0].clone(), self.directory());
        let rng = &mut self.rng;
        let (enrolment, code) = self.office.enrol(&directory, &founding, &terms, 1, rng).unwrap();
        let device = Signer::random(rng);
        let key = Signer::from_bytes(&code.key);
        let certificate = certify_device(&key, &device, &terms.station, 1, rng).unwrap();
        self.records.extend([enrolment, certificate]);
        let device = device.author();
        if let Some(state) = standing {
            self.add(|office, directory, rng| {
                office.set_standing(directory, &device, state, 1, rng).unwrap()
            });
        }
        device
    }

    fn intake(&mut self, author: &Signer) -> Record {
        let statement = Statement {
            part: Part::Intake,
            lane: Lane::Ordinary,
            case: CaseId::random(&mut self.rng),
            scope: &scope("TRK"),
            made: 1,
            secret: None,
            body: &[],
        };
        state(statement, author, &mut self.rng).unwrap()
    }
}

#[test]
fn who_may_compare_and_pull_what() {
    let mut world = World::new(1);
    let admitted = world.device(Some(StandingState::Admitted));
    let revoked = world.device(Some(StandingState::Revoked));
    let held = world.device(None);
    let unknown = Signer::random(&mut world.rng).author();
    let directory = world.directory();
    let known = [admitted, held, revoked, unknown].map(|device| known_as(&directory, &device));
    assert_eq!(known, [KnownAs::Admitted, KnownAs::Held, KnownAs::Revoked, KnownAs::Unknown]);

    let sets = |set: fn(Scope) -> Set| {
        ["TRK", "OPEN-1", "CLOSED-1", "ALA", "NOWHERE"].map(|code| set(scope(code)))
    };
    let named = [Set::Directory, Set::Purge, Set::Review];
    // One mark a set: c for compare, p for compare and pull.
    let marks = |device: &Author| -> String {
        let all = named.iter().cloned().chain(sets(Set::Scope)).chain(sets(Set::Held));
        let mark = |set: Set| match (
            may_compare(&directory, device, &set),
            may_pull(&directory, device, &set),
        ) {
            (true, true) => 'p',
            (true, false) => 'c',
            (false, false) => '-',
            (false, true) => panic!("{set:?} may be pulled and not compared"),
        };
        all.map(mark).collect()
    };
    //                         register  scopes   held
    assert_eq!(marks(&admitted), ["pp-", "ppp--", "ccc--"].concat());
    assert_eq!(marks(&held), ["pp-", "-----", "ccc--"].concat());
    assert_eq!(marks(&revoked), ["pp-", "-----", "ccc--"].concat());
    assert_eq!(marks(&unknown), ["---", "-----", "-----"].concat());
}

fn ledger(set: &Set, number: u8) -> Ledger {
    let items: Vec<Position> =
        (0..number).map(|n| Position { made: 1, id: RecordId::from_bytes([n; 32]) }).collect();
    Ledger::new(set.clone(), &items).unwrap()
}

fn opening(set: &Set, message: Vec<u8>) -> Opening {
    Opening { set: SetName::of(set).unwrap(), message: message.into(), range: false }
}

#[test]
fn only_sets_that_are_open_to_the_device_are_looked_up_each_once() {
    let mut world = World::new(2);
    let device = world.device(Some(StandingState::Admitted));
    let directory = world.directory();
    let sets = ["ALA", "TRK"].map(|code| Set::Scope(scope(code)));
    let mut openings: Vec<Opening> = [&sets[0], &sets[1], &Set::Directory, &sets[1]]
        .map(|set| opening(set, Vec::new()))
        .to_vec();
    let mut strange = opening(&Set::Directory, Vec::new());
    strange.set.kind = 99;
    openings.push(strange.clone());
    strange.set = SetName { kind: 2, scope: Some("not a code".to_owned()) };
    openings.push(strange);
    assert_eq!(sets_of(&directory, &device, &openings), [Set::Directory, sets[1].clone()]);
}

#[test]
fn an_empty_asker_is_told_to_pull_a_range_and_only_where_there_is_something() {
    let (full, none) = (Set::Scope(scope("TRK")), Set::Purge);
    let ledgers = [ledger(&full, 3), ledger(&none, 0)];
    let openings = [opening(&full, Vec::new()), opening(&none, Vec::new())];
    let answers = compare(&openings, &ledgers).unwrap();
    let marks: Vec<_> = answers.iter().map(|a| (a.range, a.message.is_empty())).collect();
    assert_eq!(marks, [(true, true), (false, true)]);

    let asked = ledger(&full, 1).opening().unwrap();
    let answers = compare(&[opening(&full, asked.clone())], &ledgers).unwrap();
    assert!(!answers[0].range);
    let told = ledger(&full, 1).hear(&answers[0].message, 1).unwrap();
    assert_eq!((told.need.len(), told.have.len(), told.next), (2, 0, None));
    // A set without a ledger is passed over.
    assert_eq!(compare(&[opening(&Set::Directory, asked)], &ledgers).unwrap(), []);
}

#[test]
fn a_message_that_is_no_comparison_is_refused_as_a_whole() {
    let ledgers = [ledger(&Set::Directory, 3)];
    assert!(compare(&[opening(&Set::Directory, vec![0x61, 0, 0, 9])], &ledgers).is_err());
    assert!(compare(&[opening(&Set::Directory, vec![7])], &ledgers).is_err());
}

#[test]
fn a_hello_in_no_common_version_is_answered_with_none_and_nothing_else() {
    let mut world = World::new(3);
    let device = world.device(Some(StandingState::Admitted));
    let directory = world.directory();
    let ledgers = [ledger(&Set::Directory, 3)];
    let hello = |versions: &[u32]| Hello {
        nonce: [1; 16],
        clock: 5,
        versions: versions.to_vec(),
        software: String::new(),
        waiting: 0,
        openings: vec![opening(&Set::Directory, Vec::new())],
        disk_left: None,
    };
    let welcome = |hello: &Hello| {
        let welcome = welcome(&directory, &device, hello, &ledgers, vec![1], 9).unwrap();
        Welcome::from_bytes(&welcome.to_bytes()).unwrap()
    };
    let other = welcome(&hello(&[2, 7]));
    assert_eq!((other.version, other.openings.len()), (0, 0));
    let ours = welcome(&hello(&[7, PROTOCOL_VERSION]));
    assert_eq!((ours.version, ours.openings.len(), ours.clock), (PROTOCOL_VERSION, 1, 9));
    assert_eq!(ours.known_as, KnownAs::Admitted);
}

#[test]
fn a_push_is_verified_in_its_order_with_bad_ones_among_good_ones() {
    let mut world = World::new(4);
    let author = Signer::random(&mut world.rng);
    let good: Vec<Record> = (0..6).map(|_| world.intake(&author)).collect();
    let mut forged = good[0].bytes().to_vec();
    *forged.last_mut().unwrap() ^= 1;
    let mut moved = good[1].bytes().to_vec();
    moved[3] ^= 1;
    let short = good[2].bytes()[..40].to_vec();
    let nothing = Vec::new();
    let bad = [&forged, &short, &moved, &nothing];
    let mut pushed = Vec::new();
    for (number, record) in good.iter().enumerate() {
        pushed.push(record.bytes().to_vec());
        pushed.extend(bad.get(number).map(|bytes| (*bytes).clone()));
    }
    let verified = verify(pushed.clone(), &mut world.rng);
    assert_eq!(verified.len(), pushed.len());
    for (verified, bytes) in verified.iter().zip(&pushed) {
        match verified {
            Ok(record) => assert_eq!(record.bytes(), bytes),
            Err(rejected) => {
                assert!(bad.contains(&bytes));
                assert_eq!(rejected.id.as_bytes(), blake3::hash(bytes).as_bytes());
                assert!(!rejected.reason.is_empty());
            }
        }
    }
    let sound: Vec<&Record> = verified.iter().filter_map(|v| v.as_ref().ok()).collect();
    assert_eq!(sound, good.iter().collect::<Vec<_>>());
    // A forged copy takes neither the place nor the name of the record that it copies.
    let rejected = verified[1].as_ref().unwrap_err();
    assert_ne!(rejected.id, good[0].id());
    assert_eq!(rejected.case, good[0].header().case);
}

#[test]
fn one_bad_signature_anywhere_spoils_no_other() {
    let mut world = World::new(5);
    let author = Signer::random(&mut world.rng);
    let good: Vec<Record> = (0..9).map(|_| world.intake(&author)).collect();
    for at in 0..good.len() {
        let mut pushed: Vec<Vec<u8>> = good.iter().map(|record| record.bytes().to_vec()).collect();
        *pushed[at].last_mut().unwrap() ^= 0x80;
        let sound: Vec<bool> = verify(pushed, &mut world.rng).iter().map(Result::is_ok).collect();
        assert!(sound.iter().enumerate().all(|(number, sound)| *sound == (number != at)));
    }
    assert!(verify([], &mut world.rng).is_empty());
}

//! Cases from sealed records: who can open what, what is listed as unread, and the one status.

mod speed;
mod status;

use beket_record::{
    CaseId, Draft, Envelope, Guarded, Lane, Recipient, Scope, Signer, Statement, Unverified, seal,
    state,
};
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::*;
use crate::samples::{BARE, SAMPLE, intake, reference, rng};
use crate::{Answer, Heads, Intake, Line, Review, Stamp, intake_writes};

/// An office, a kiosk with its scope's key, and the records of one case.
struct Desk {
    office: RecipientSecret,
    scope: RecipientSecret,
    kiosk: Signer,
    server: Signer,
    case: CaseId,
    keys: BTreeMap<Part, DocumentKey>,
    records: Vec<Record>,
    rng: ChaCha8Rng,
}

impl Desk {
    fn new() -> Self {
        let mut rng = rng(7);
        let keys = [Part::Intake, Part::Answer, Part::Review];
        Self {
            office: RecipientSecret::random(&mut rng),
            scope: RecipientSecret::random(&mut rng),
            kiosk: Signer::random(&mut rng),
            server: Signer::random(&mut rng),
            case: CaseId::random(&mut rng),
            keys: keys.map(|part| (part, DocumentKey::random(&mut rng))).into(),
            records: Vec::new(),
            rng,
        }
    }

    fn with_intake(json: &str) -> Self {
        let mut desk = Self::new();
        let stamp = stamp(&desk.kiosk);
        let (_, change) =
            Document::intake(&intake(json), &reference(), &stamp, &mut desk.rng).unwrap();
        let to = [desk.office.recipient(), desk.scope.recipient()];
        desk.add(Part::Intake, &change, &desk.kiosk.clone(), &to);
        desk
    }

    fn sealed(&mut self, part: Part, change: &Guarded, by: &Signer, to: &[Recipient]) -> Record {
        let key = self.keys[&part].clone();
        let draft = Draft {
            envelope: &Envelope::telling(part, self.case, key, to.to_vec(), &mut self.rng).unwrap(),
            lane: Lane::Ordinary,
            scope: &"TRK".parse().unwrap(),
            made: 100,
            change,
        };
        seal(draft, by, &mut self.rng).unwrap()
    }

    fn add(&mut self, part: Part, change: &Guarded, by: &Signer, to: &[Recipient]) {
        let record = self.sealed(part, change, by, to);
        self.records.push(record);
    }

    fn answer(&mut self, status: &str) {
        let status = Line::try_from(status.to_owned()).ok();
        let answer = Answer { status, ..Answer::default() };
        let stamp = stamp(&self.server);
        let (_, change) = Document::answer(&answer, &stamp, &mut self.rng).unwrap();
        let to = [self.office.recipient(), self.scope.recipient()];
        self.add(Part::Answer, &change, &self.server.clone(), &to);
    }

    fn review(&mut self) {
        let assigned_to = Line::try_from("Сәуле".to_owned()).ok();
        let review = Review { assigned_to, ..Review::default() };
        let stamp = stamp(&self.server);
        let (_, change) = Document::review(&review, &stamp, &mut self.rng).unwrap();
        self.add(Part::Review, &change, &self.server.clone(), &[self.office.recipient()]);
    }

    /// Somebody edits the intake on what is here.
    fn edit(&mut self, by: &Signer, patch: &Value) {
        let mut document = self.at_office().intake.unwrap().document;
        let (seen, heads) = (document.read(), document.heads());
        let writes = intake_writes(&seen, patch, 0, &mut self.rng).unwrap();
        let change = document.edit(&heads, &writes, &stamp(by), &mut self.rng).unwrap().unwrap();
        self.add(Part::Intake, &change, by, &[]);
    }

    fn at_office(&self) -> Case {
        Case::open(&self.records, &KeyRing(vec![self.office.clone()]))
    }

    fn at_kiosk(&self) -> Case {
        Case::open(&self.records, &KeyRing(vec![self.scope.clone()]))
    }
}

fn stamp(signer: &Signer) -> Stamp {
    Stamp { author: signer.author(), by: signer.author().short(), at: 100 }
}

fn reasons(case: &Case) -> Vec<&str> {
    case.unread.iter().map(|unread| unread.reason.as_str()).collect()
}

fn read(opened: Option<&Opened>) -> Option<Value> {
    opened.map(|opened| opened.document.read().json())
}

#[test]
fn the_office_opens_all_and_the_scope_what_it_was_told() {
    let mut desk = Desk::with_intake(SAMPLE);
    desk.answer("received");
    desk.review();
    let kiosk = desk.kiosk.clone();
    desk.edit(&kiosk, &json!({ "place": { "bed": "7" } }));

    let (office, scope) = (desk.at_office(), desk.at_kiosk());
    assert_eq!(reasons(&office), [""; 0]);
    assert_eq!(reasons(&scope), ["no key held here opens this record"]);
    assert_eq!(scope.unread[0].part, Part::Review);
    assert_eq!(scope.unread[0].author, desk.server.author());
    assert_eq!(scope.unread[0].record, desk.records[2].id());
    assert_eq!(read(office.intake.as_ref()), read(scope.intake.as_ref()));
    assert_eq!(read(office.answer.as_ref()), read(scope.answer.as_ref()));
    assert_eq!(office.review.unwrap().document.read().text("assigned_to"), Some("Сәуле"));
    assert!(scope.review.is_none());

    let intake = office.intake.unwrap();
    assert_eq!(intake.document.read().text("place.bed"), Some("7"));
    assert_eq!(intake.key, desk.keys[&Part::Intake]);
    assert_eq!(intake.authors.len(), 2);
    assert!(intake.authors.values().all(|author| *author == desk.kiosk.author()));
}

#[test]
fn a_ring_that_was_told_no_key_opens_nothing_and_says_so() {
    let mut desk = Desk::with_intake(SAMPLE);
    desk.answer("received");
    let stranger = RecipientSecret::random(&mut desk.rng);
    for ring in [KeyRing::default(), KeyRing(vec![stranger])] {
        let case = Case::open(&desk.records, &ring);
        assert!(case.intake.is_none() && case.answer.is_none() && case.status().is_none());
        assert_eq!(reasons(&case), ["no key held here opens this record"; 2]);
    }
}

#[test]
fn a_case_reads_the_same_whatever_order_its_records_come_in() {
    let mut desk = Desk::with_intake(SAMPLE);
    let (kiosk, server) = (desk.kiosk.clone(), desk.server.clone());
    desk.edit(&kiosk, &json!({ "place": { "bed": "7" } }));
    desk.edit(&server, &json!({ "narrative": null }));
    desk.answer("received");
    let unknown = DocumentKey::random(&mut desk.rng);
    let known = desk.keys.insert(Part::Answer, unknown).unwrap();
    desk.answer("closed");
    desk.keys.insert(Part::Answer, known);
    let whole = desk.at_kiosk();
    for _ in 0..20 {
        let mut records = desk.records.clone();
        records.extend_from_within(..2);
        records.shuffle(&mut desk.rng);
        let case = Case::open(&records, &KeyRing(vec![desk.scope.clone()]));
        assert_eq!(case.unread, whole.unread);
        assert_eq!(read(case.intake.as_ref()), read(whole.intake.as_ref()));
        assert_eq!(read(case.answer.as_ref()), read(whole.answer.as_ref()));
        assert_eq!(
            case.answer.map(|answer| answer.key),
            whole.answer.as_ref().map(|a| a.key.clone())
        );
    }
}

#[test]
fn a_key_told_later_by_a_record_with_no_body_opens_what_came_before() {
    let mut desk = Desk::with_intake(BARE);
    let newcomer = RecipientSecret::random(&mut desk.rng);
    let ring = KeyRing(vec![newcomer.clone()]);
    assert!(Case::open(&desk.records, &ring).intake.is_none());
    let grant = Statement {
        part: Part::Intake,
        lane: Lane::Ordinary,
        case: desk.case,
        scope: &Scope::office(),
        made: 200,
        secret: Some((&desk.keys[&Part::Intake], &[newcomer.recipient()])),
        body: &[],
    };
    let grant = state(grant, &desk.server, &mut desk.rng).unwrap();
    desk.records.push(grant);
    let case = Case::open(&desk.records, &ring);
    assert_eq!(case.intake.unwrap().document.read().text("person.given_name"), Some("Айгүл"));
    assert_eq!(case.unread, []);
}

#[test]
fn records_that_do_not_open_are_listed_and_hurt_no_others() {
    let mut desk = Desk::with_intake(SAMPLE);
    let kiosk = desk.kiosk.clone();
    desk.edit(&kiosk, &json!({ "place": { "bed": "7" } }));
    let whole = read(desk.at_office().intake.as_ref());
    let honest = desk.records.clone();

    // Sealed with a key that its header does not name.
    let known = desk.keys[&Part::Intake].clone();
    let (_, change) =
        Document::intake(&intake(BARE), &reference(), &stamp(&kiosk), &mut desk.rng).unwrap();
    let unknown = DocumentKey::random(&mut desk.rng);
    desk.keys.insert(Part::Intake, unknown);
    let no_key = desk.sealed(Part::Intake, &change, &kiosk, &[]);
    // Its seal was broken before it was signed: a body of another record under this one's header.
    desk.keys.insert(Part::Intake, known);
    let broken = resigned_with(&desk.records[1], &kiosk, |body| body[30] ^= 1);
    let cut = resigned_with(&desk.records[1], &kiosk, |body| body.truncate(10));
    // Another device's change under one's own name.
    let server = desk.server.clone();
    let original = open(&honest[1], &desk.keys[&Part::Intake]).unwrap();
    let stolen = desk.sealed(Part::Intake, &original, &server, &[]);

    for (record, reason) in [
        (no_key, "no key held here opens this record"),
        (broken, "the record's body does not fit its seal"),
        (cut, "the record's body does not fit its seal"),
        (stolen, "it bears another device's mark"),
    ] {
        let mut records = honest.clone();
        records.insert(desk.rng.random_range(0..=records.len()), record.clone());
        let case = Case::open(&records, &KeyRing(vec![desk.office.clone()]));
        assert_eq!(reasons(&case), [reason]);
        assert_eq!(case.unread[0].record, record.id());
        assert_eq!(read(case.intake.as_ref()), whole);
        let authors = case.intake.unwrap().authors;
        assert!(authors.values().all(|author| *author == kiosk.author()));
    }
}

/// A record with another body, signed again: only its seal is wrong.
fn resigned_with(record: &Record, signer: &Signer, change: impl Fn(&mut Vec<u8>)) -> Record {
    let mut body = record.body().to_vec();
    change(&mut body);
    let head = record.bytes().len() - 64 - record.body().len() - 4;
    let mut bytes = record.bytes()[..head].to_vec();
    bytes.extend_from_slice(&u32::try_from(body.len()).unwrap().to_be_bytes());
    bytes.extend_from_slice(&body);
    let mut message = b"beket-record-1".to_vec();
    let unsigned = [&bytes[..], &[0; 64]].concat();
    message.extend_from_slice(Unverified::parse(unsigned).unwrap().id().as_bytes());
    bytes.extend_from_slice(&signer.sign(&message));
    Unverified::parse(bytes).unwrap().verify().unwrap()
}

#[test]
fn a_case_whose_first_record_has_not_come_waits_and_says_so() {
    let mut desk = Desk::with_intake(SAMPLE);
    let kiosk = desk.kiosk.clone();
    desk.edit(&kiosk, &json!({ "place": { "bed": "7" } }));
    let ring = KeyRing(vec![desk.office.clone()]);
    let case = Case::open(&desk.records[1..], &ring);
    assert!(case.intake.is_none());
    assert_eq!(reasons(&case), ["no key held here opens this record"]);
    let case = Case::open(&desk.records[..0], &ring);
    assert!(case.intake.is_none() && case.unread.is_empty());
}

#[test]
fn two_bodies_of_one_change_are_one_change() {
    let mut desk = Desk::with_intake(SAMPLE);
    let kiosk = desk.kiosk.clone();
    let change = open(&desk.records[0], &desk.keys[&Part::Intake]).unwrap();
    let whole = read(desk.at_office().intake.as_ref());
    desk.add(Part::Intake, &change, &kiosk, &[]);
    let case = desk.at_office();
    assert_eq!(case.unread, []);
    assert_eq!(read(case.intake.as_ref()), whole);
}

//! Records of today, kept as files: a version that cannot read them must not be released.
//!
//! `BEKET_BLESS=1 cargo test -p beket-record golden` writes the files anew. Do that only while no
//! installation holds records, and say why in the commit; afterwards a changed format is a new
//! file beside the old one, and the old one's test stays.

use std::path::Path;

use automerge::{Automerge, Change, ROOT, ReadDoc};

use super::*;
use crate::Unverified;
use crate::fixture::{chance, change, scope};

const MADE: u32 = 1_561_389_120;
const TEXT: &str = "Үйімізде су жоқ, бес баламыз бар.";

struct People {
    author: Signer,
    office: RecipientSecret,
    station: RecipientSecret,
    key: DocumentKey,
}

fn people() -> People {
    People {
        author: Signer::from_bytes(&[0xa1; 32]),
        office: RecipientSecret::from_bytes(&[0xa2; 32]).unwrap(),
        station: RecipientSecret::from_bytes(&[0xa3; 32]).unwrap(),
        key: DocumentKey::from_bytes([0xa4; 32]),
    }
}

/// The committed file; with `BEKET_BLESS=1`, `made` is written over it first.
fn golden(name: &str, made: &Record) -> Record {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name);
    if std::env::var_os("BEKET_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, made.bytes()).unwrap();
    }
    let bytes = std::fs::read(&path).unwrap();
    Unverified::parse(bytes).unwrap().verify().unwrap()
}

#[test]
fn a_sealed_record_of_version_1_opens() {
    let People { author, office, station, key } = people();
    let rng = &mut chance(1);
    let case = CaseId::from_bytes([0xca; 16]);
    let to = vec![office.recipient(), station.recipient()];
    let draft = Draft {
        envelope: &Envelope::telling(Part::Intake, case, key.clone(), to, rng).unwrap(),
        lane: Lane::Emergency,
        scope: &"ARYS-2019".parse().unwrap(),
        made: MADE,
        change: &change(TEXT),
    };
    let made = seal(draft, &author, rng).unwrap();
    let record = golden("record-sealed-1.bin", &made);

    let header = record.header();
    assert_eq!((header.part, header.lane), (Part::Intake, Lane::Emergency));
    assert_eq!(header.case.to_string(), "cacacacacacacacacacacacacacacaca");
    assert_eq!((header.scope.as_str(), header.made), ("ARYS-2019", MADE));
    assert_eq!((header.author, header.kid), (author.author(), key.id()));
    assert_eq!(header.grants.len(), 2);
    assert_eq!(record.granted_key(&office), Some(key.clone()));
    assert_eq!(record.granted_key(&station), Some(key.clone()));
    let mut doc = Automerge::new();
    let opened = Change::try_from(open(&record, &key).unwrap().raw()).unwrap();
    doc.apply_changes([opened]).unwrap();
    let (narrative, _) = doc.get(ROOT, "narrative").unwrap().unwrap();
    assert_eq!(narrative.as_str(), Some(TEXT));
}

#[test]
fn a_statement_of_version_1_reads() {
    let People { author, office, key, .. } = people();
    let statement = Statement {
        part: Part::Directory,
        lane: Lane::Urgent,
        case: CaseId::NONE,
        scope: &scope(),
        made: MADE,
        secret: Some((&key, &[office.recipient()])),
        body: b"a certificate",
    };
    let made = state(statement, &author, &mut chance(2)).unwrap();
    let record = golden("record-statement-1.bin", &made);

    let header = record.header();
    assert_eq!((header.part, header.lane), (Part::Directory, Lane::Urgent));
    assert_eq!((header.case, header.scope.as_str()), (CaseId::NONE, "TRK"));
    assert_eq!((header.made, header.author, header.kid), (MADE, author.author(), key.id()));
    assert_eq!(record.body(), b"a certificate");
    assert_eq!(record.granted_key(&office), Some(key));
}

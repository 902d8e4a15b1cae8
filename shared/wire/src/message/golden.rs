//! Every message, in each of its forms, as the bytes it had when it was first spoken.

use super::*;
use crate::fixture::{golden, ids, office};

fn name(kind: u8, scope: Option<&str>) -> SetName {
    SetName { kind, scope: scope.map(str::to_owned) }
}

fn openings() -> Vec<Opening> {
    let opening = |set, message: &[u8], range| {
        let message = message.to_vec().into();
        Opening { set, message, range }
    };
    vec![
        opening(name(0, None), &[0x61, 0, 0, 2], false),
        opening(name(1, None), &[], false),
        opening(name(2, Some("TRK")), &[], true),
        opening(name(3, Some("ARYS-2019")), &[0x61, 0, 0, 2], false),
    ]
}

fn id_bytes(count: u8) -> Vec<ByteVec> {
    ids(count).iter().map(|id| id.as_bytes().to_vec().into()).collect()
}

fn receipt() -> Option<Receipt> {
    Receipt::sign(&office(), 1_561_389_121, &ids(2))
}

fn welcome(known_as: KnownAs) -> Welcome {
    let token = vec![0x70; 24].into();
    Welcome { token, clock: 1_561_389_121, version: 1, known_as, openings: openings() }
}

fn pushed(verdict: Verdict) -> Pushed {
    Pushed { verdicts: vec![verdict], receipt: None }
}

/// What is done with a message of some kind, with its bytes and the file it has.
pub(super) trait Visit {
    fn message<M: Message + PartialEq + std::fmt::Debug>(&mut self, file: &str, message: &M);
}

pub(super) fn visit_all(visit: &mut impl Visit) {
    let hello = Hello {
        nonce: [0x4e; 16],
        clock: 1_561_389_120,
        versions: vec![1],
        software: "beket 0.1.0".into(),
        waiting: 300,
        openings: openings(),
        disk_left: None,
    };
    visit.message("hello-1.bin", &hello);
    visit.message("welcome-admitted-1.bin", &welcome(KnownAs::Admitted));
    visit.message("welcome-unknown-1.bin", &welcome(KnownAs::Unknown));
    visit.message("welcome-held-1.bin", &welcome(KnownAs::Held));
    visit.message("welcome-revoked-1.bin", &welcome(KnownAs::Revoked));
    visit.message("reconcile-1.bin", &Reconcile { openings: openings() });
    visit.message("reconciled-1.bin", &Reconciled { openings: openings() });

    let records = vec![vec![1, 2, 3].into(), vec![4; 300].into()];
    visit.message("push-1.bin", &Push { records: records.clone(), ask: id_bytes(2) });
    let verdicts = vec![Verdict::Stored, Verdict::Duplicate];
    visit.message("pushed-1.bin", &Pushed { verdicts, receipt: receipt() });
    visit.message("verdict-stored-1.bin", &pushed(Verdict::Stored));
    visit.message("verdict-duplicate-1.bin", &pushed(Verdict::Duplicate));
    visit.message("verdict-refused-1.bin", &pushed(Verdict::Refused("why not".into())));
    visit.message("verdict-held-1.bin", &pushed(Verdict::Held("until when".into())));
    visit.message("verdict-purged-1.bin", &pushed(Verdict::Purged));
    visit.message("verdict-missing-1.bin", &pushed(Verdict::Missing));

    let set = name(2, Some("TRK"));
    visit.message("pull-ids-1.bin", &Pull { set: set.clone(), ids: id_bytes(3), after: None });
    let after = Some(After { made: 1_561_000_000, id: [9; 32] });
    visit.message("pull-range-1.bin", &Pull { set, ids: Vec::new(), after });
    visit.message("pulled-1.bin", &Pulled { records, more: true, receipt: receipt() });
    let message = "the conversation has ended: say hello again".into();
    visit.message("problem-1.bin", &Problem { message, hello_again: true });
}

struct Compare(usize);

impl Visit for Compare {
    fn message<M: Message + PartialEq + std::fmt::Debug>(&mut self, file: &str, message: &M) {
        let bytes = golden(file, &message.to_bytes());
        assert_eq!(M::from_bytes(&bytes).as_ref(), Ok(message), "{file}");
        assert_eq!(message.to_bytes(), bytes, "{file}");
        self.0 += 1;
    }
}

#[test]
fn messages_of_version_1_read_and_are_still_written_so() {
    let mut compare = Compare(0);
    visit_all(&mut compare);
    assert_eq!(compare.0, 19);
}

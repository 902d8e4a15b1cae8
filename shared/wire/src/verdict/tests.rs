//! Which verdict a judgement leads to, and what it lets a kiosk say.

use beket_directory::{Refusal, Set};

use super::*;

fn scope() -> beket_record::Scope {
    "TRK".parse().unwrap()
}

#[test]
fn a_judgement_leads_to_its_verdict() {
    let member = Judgement::Member(Set::Scope(scope()));
    assert_eq!(Verdict::of(&member, false), Verdict::Stored);
    assert_eq!(Verdict::of(&member, true), Verdict::Duplicate);
    for known in [false, true] {
        assert_eq!(Verdict::of(&Judgement::Purged, known), Verdict::Purged);
        for reason in [Held::UnknownAuthor, Held::NotAdmitted, Held::Revoked, Held::NotItsScope] {
            let held = Judgement::Held(Set::Held(scope()), reason);
            assert_eq!(Verdict::of(&held, known), Verdict::Held(reason.to_string()));
        }
        for reason in [Refusal::OfficeOnly, Refusal::NotCertified] {
            let refused = Judgement::Refused(reason);
            assert_eq!(Verdict::of(&refused, known), Verdict::Refused(reason.to_string()));
        }
    }
}

/// "At the centre" is said of these and of no others.
#[test]
fn stored_duplicate_and_held_records_are_kept() {
    let kept = [Verdict::Stored, Verdict::Duplicate, Verdict::held(Held::Revoked)];
    assert!(kept.iter().all(Verdict::is_kept));
    let not_kept = [Verdict::Purged, Verdict::Missing, Verdict::refused(Refusal::OfficeOnly)];
    assert!(!not_kept.iter().any(Verdict::is_kept));
}

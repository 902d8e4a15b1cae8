//! The one status of a case, for every kind.

use super::*;
use crate::{AppealStatus, EnquiryStatus, Whereabouts, answer_writes};

fn kind(kind: &str) -> String {
    SAMPLE.replacen("evacuee", kind, 1)
}

#[test]
fn an_appeal_and_an_enquiry_have_the_status_of_their_answer() {
    use AppealStatus::{Received, Resolved};
    use EnquiryStatus::{Open, Reunited};
    for (name, first, word, then) in [
        ("appeal", Status::Appeal(Received), "resolved", Status::Appeal(Resolved)),
        ("enquiry", Status::Enquiry(Open), "reunited", Status::Enquiry(Reunited)),
    ] {
        let mut desk = Desk::with_intake(&kind(name));
        assert_eq!(desk.at_office().status(), Some(first));
        desk.answer(word);
        assert_eq!(desk.at_office().status(), Some(then));
        assert_eq!(desk.at_kiosk().status(), Some(then));

        let mut desk = Desk::with_intake(&kind(name));
        desk.answer("returned");
        assert_eq!(desk.at_office().status(), Some(first), "a word of another kind says nothing");
    }
}

#[test]
fn an_evacuee_and_a_passenger_have_the_status_of_the_person() {
    for name in ["evacuee", "passenger"] {
        let mut desk = Desk::with_intake(&kind(name));
        desk.answer("resolved");
        assert_eq!(desk.at_office().status(), Some(Status::Person(Whereabouts::Here)));
        let kiosk = desk.kiosk.clone();
        desk.edit(&kiosk, &json!({ "person": { "whereabouts": "returned" } }));
        assert_eq!(desk.at_office().status(), Some(Status::Person(Whereabouts::Returned)));
        desk.edit(&kiosk, &json!({ "person": { "whereabouts": null } }));
        assert_eq!(desk.at_office().status(), Some(Status::Person(Whereabouts::Unknown)));
    }
}

#[test]
fn any_kind_can_be_void_and_only_for_a_reason() {
    for name in Kind::ALL {
        let mut desk = Desk::with_intake(&kind(name.word()));
        desk.answer("resolved");
        let server = desk.server.clone();
        let before = desk.at_office().status();
        desk.edit(&server, &json!({ "void_reason": " " }));
        assert_eq!(desk.at_office().status(), before);
        desk.edit(&server, &json!({ "void_reason": "жаттығу" }));
        assert_eq!(desk.at_office().status(), Some(Status::Void));
        desk.edit(&server, &json!({ "void_reason": null }));
        assert_eq!(desk.at_office().status(), before);
    }
}

#[test]
fn no_reason_voids_a_case_while_a_child_is_alone_in_it() {
    let mut desk = Desk::with_intake(&kind("evacuee"));
    let server = desk.server.clone();
    let before = desk.at_office().status();
    desk.edit(&server, &json!({ "person": { "separated": { "found_at": "2-платформа" } } }));
    desk.edit(&server, &json!({ "void_reason": "қате" }));
    assert_eq!(desk.at_office().status(), before);
    assert_eq!(desk.at_kiosk().status(), before);
    desk.edit(&server, &json!({ "person": { "separated": { "found_at": null } } }));
    assert_eq!(desk.at_office().status(), Some(Status::Void));
}

#[test]
fn a_status_in_dispute_counts_once_as_the_winner() {
    let mut desk = Desk::with_intake(&kind("appeal"));
    desk.answer("under_review");
    let mut answer = desk.at_office().answer.unwrap();
    let first: Heads = answer.document.heads();
    for word in ["resolved", "refused"] {
        let seen = answer.document.read_at(&first).unwrap();
        let writes = answer_writes(&seen, &json!({ "status": word })).unwrap();
        let stamp = stamp(&desk.server);
        let change = answer.document.edit(&first, &writes, &stamp, &mut desk.rng).unwrap().unwrap();
        desk.add(Part::Answer, &change, &desk.server.clone(), &[]);
    }
    let case = desk.at_office();
    let answer = case.answer.as_ref().unwrap().document.read();
    assert_eq!(answer.conflicts.len(), 1);
    let winner = answer.conflicts[0].values.last().unwrap().value.as_str().unwrap();
    assert_eq!(case.status().map(Status::word).as_deref(), Some(winner));
}

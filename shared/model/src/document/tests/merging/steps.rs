//! What people do, as the merging test draws it: edits and partial exchanges.

use proptest::collection::vec;
use proptest::prelude::*;

/// Fields of the person's part, each with values it takes.
pub(super) const FIELDS: [(&str, [&str; 3]); 10] = [
    ("narrative", ["үй", "су", "жол"]),
    ("kind", ["evacuee", "passenger", "enquiry"]),
    ("taken_at", ["2019-06-24T15:12:00Z", "2019-06-24T16:00:00Z", "2019-06-25T01:00:00Z"]),
    ("person.family_name", ["Тестова", "Тестов", "Test"]),
    ("person.phone", ["+77011234567", "+77011234568", "+77253321234"]),
    ("person.whereabouts", ["here", "moved_on", "returned"]),
    ("person.address.line", ["1", "2", "3"]),
    ("movement.number", ["45", "46", "47"]),
    ("place.bed", ["1", "2", "3"]),
    ("consent.may_tell_family", ["yes", "no", "ask"]),
];
pub(super) const NEEDS: [&str; 4] = ["medicine", "water", "blanket", "т.б."];

#[derive(Debug, Clone)]
pub(super) enum Edit {
    /// Which field, which value; the fourth clears.
    Field(usize, usize),
    Age(Option<u8>),
    Needs(Vec<usize>),
    /// Several fields of one object at once.
    Movement(usize, usize),
    ClearMovement,
    AddMember(usize),
    /// Which member, and what of it.
    Member(usize, MemberEdit),
    /// Which conflict, which of its values.
    Settle(usize, usize),
}

#[derive(Debug, Clone)]
pub(super) enum MemberEdit {
    Name(usize),
    Needs(Vec<usize>),
    Removed(bool),
    Says(usize),
}

#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Who edits, on the newest state or on an older one, what.
    Edit(usize, Option<usize>, Edit),
    /// From, to, and how to choose what of it arrives.
    Send(usize, usize, u64),
}

pub(super) fn any_needs() -> impl Strategy<Value = Vec<usize>> {
    vec(0..NEEDS.len(), 0..3)
}

pub(super) fn any_edit() -> impl Strategy<Value = Edit> {
    let member = prop_oneof![
        (0..4_usize).prop_map(MemberEdit::Name),
        any_needs().prop_map(MemberEdit::Needs),
        any::<bool>().prop_map(MemberEdit::Removed),
        (0..3_usize).prop_map(MemberEdit::Says),
    ];
    prop_oneof![
        4 => (0..FIELDS.len(), 0..4_usize).prop_map(|(field, value)| Edit::Field(field, value)),
        1 => proptest::option::of(0..3_u8).prop_map(Edit::Age),
        2 => any_needs().prop_map(Edit::Needs),
        1 => (0..3_usize, 0..3_usize).prop_map(|(one, other)| Edit::Movement(one, other)),
        1 => Just(Edit::ClearMovement),
        1 => (0..4_usize).prop_map(Edit::AddMember),
        4 => (0..6_usize, member).prop_map(|(which, edit)| Edit::Member(which, edit)),
        4 => (0..6_usize, 0..4_usize).prop_map(|(which, value)| Edit::Settle(which, value)),
    ]
}

pub(super) fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..5_usize, proptest::option::weighted(0.3, 0..30_usize), any_edit())
            .prop_map(|(who, older, edit)| Step::Edit(who, older, edit)),
        2 => (0..5_usize, 0..5_usize, any::<u64>())
            .prop_map(|(from, to, seed)| Step::Send(from, to, seed)),
    ]
}

//! Changes that are here and not applied: each with its reason, and nothing else is hurt.

use std::num::NonZeroU64;

use automerge::legacy::ObjectId;

use super::forge::{FOE, by_foe, change_of, forge, honest, put, setbacks};
use super::*;
use crate::document::load;
use crate::samples::{self, Sealed, author};

#[test]
fn what_waits_for_others_is_counted_and_reads_once_they_come() {
    let (hands, heads) = honest();
    let all = &hands.changes;
    let whole = hands.document();
    assert_eq!(whole.setbacks(), []);

    let document = samples::load(&all[1..]);
    assert!(document.is_empty());
    assert_eq!(setbacks(&document), vec![Setback::Waiting { missing: 1 }; 2]);

    let document = samples::load(&[all[2].clone(), all[0].clone()]);
    let third = heads[2].0[0];
    assert_eq!(document.setbacks(), [(third, Setback::Waiting { missing: 1 })]);
    assert_eq!(document.read(), whole.read_at(&heads[0]).unwrap());

    let merge = by_foe(&[&all[0], &all[1], &all[2]], vec![put(ObjectId::Root, "category", &[])]);
    let document = samples::load(&[all[0].clone(), forge(merge)]);
    assert_eq!(setbacks(&document), [Setback::Waiting { missing: 2 }]);

    let mut backwards = all.clone();
    backwards.reverse();
    assert_eq!(samples::load(&backwards).read(), whole.read());
}

#[test]
fn operations_that_are_numbered_wrongly_are_set_back_with_all_that_follows_them() {
    let (hands, _) = honest();
    let all = &hands.changes;
    for wrong in [1, 5, u64::from(u32::MAX) - 1] {
        let mut change = by_foe(&[&all[0]], vec![put(ObjectId::Root, "category", &[])]);
        assert_ne!(change.start_op.get(), wrong);
        change.start_op = NonZeroU64::new(wrong).unwrap();
        let wrong = forge(change);
        let mut next = by_foe(&[&wrong], vec![]);
        next.actor_id = actor(&author(FOE), &mut rng(78));
        let document = samples::load(&[&all[..], &[wrong, forge(next)]].concat());
        let mut told = setbacks(&document);
        told.sort_by_key(ToString::to_string);
        assert_eq!(told, [Setback::Numbering, Setback::Waiting { missing: 1 }]);
        assert_eq!(document.read(), hands.read());
    }
    let mut second = by_foe(&[&all[0]], vec![put(ObjectId::Root, "category", &[])]);
    second.seq = 2;
    let document = samples::load(&[&all[..], &[forge(second)]].concat());
    assert_eq!(setbacks(&document), [Setback::Numbering]);
}

#[test]
fn of_two_changes_by_one_actor_the_same_counts_whatever_the_order() {
    let (hands, _) = honest();
    let first = hands.changes[0].clone();
    let one = forge(by_foe(&[&first], vec![put(ObjectId::Root, "category", &[])]));
    let other = forge(by_foe(&[&first], vec![put(ObjectId::Root, "programme", &[])]));
    let forwards = samples::load(&[first.clone(), one.clone(), other.clone()]);
    let backwards = samples::load(&[other.clone(), one.clone(), first.clone()]);
    assert_eq!(forwards.read(), backwards.read());
    assert_eq!(forwards.setbacks(), backwards.setbacks());
    assert_eq!(setbacks(&forwards), [Setback::Clash]);
    let loser = ChangeHash((*one.0.hash()).max(*other.0.hash()));
    assert_eq!(forwards.setbacks()[0].0, loser);
}

#[test]
fn nobody_can_take_the_place_of_another_devices_change() {
    let (hands, _) = honest();
    let (change, honest_author) = &hands.changes[1];
    assert!(parse(change, honest_author).is_ok());
    assert_eq!(parse(change, &author(FOE)).unwrap_err(), Setback::Foreign);

    let mut mimic = by_foe(&[&hands.changes[0]], vec![put(ObjectId::Root, "category", &[])]);
    mimic.actor_id = change_of(&hands.changes[1]).actor_id().clone();
    let (change, foe) = forge(mimic);
    assert_eq!(parse(&change, &foe).unwrap_err(), Setback::Foreign);

    let mut short = by_foe(&[], vec![]);
    short.actor_id = author(FOE).as_bytes()[..8].into();
    let (change, foe) = forge(short);
    assert_eq!(parse(&change, &foe).unwrap_err(), Setback::Foreign);
}

#[test]
fn an_edit_beyond_the_guards_limit_is_refused_and_leaves_the_document_as_it_was() {
    let (mut document, _) = create(BARE);
    let (seen, heads) = (document.read(), document.heads());
    let write = |word: usize| Write {
        path: vec!["person".into(), "needs".into(), word.to_string()],
        put: crate::patch::Put::Scalar(json!(true)),
    };
    let writes: Vec<Write> = (0..16_385).map(write).collect();
    let refused = document.edit(&heads, &writes, &stamp("Дана", 9), &mut rng(4));
    assert!(matches!(refused, Err(DocumentError::Guard(GuardError::TooManyOps))));
    assert_eq!((document.read(), document.heads()), (seen, heads.clone()));
    document.edit(&heads, &writes[1..], &stamp("Дана", 9), &mut rng(4)).unwrap().unwrap();
}

#[test]
fn a_change_that_automerge_refuses_is_set_back_alone() {
    let mut hands = Hands::new(BARE);
    for at in 0..9 {
        hands.patch_at(
            &hands.first.clone(),
            "Дана",
            200 + at,
            &json!({ "place": { "bed": at.to_string() } }),
        );
    }
    hands.patch("Ерлан", 300, &json!({ "place": { "bed": "all seen" } }));
    let changes: Vec<Change> = hands.changes.iter().map(change_of).collect();
    for refused in [0, 4, 9] {
        let refused = changes[refused].hash();
        let fussy = |document: Document, batch: &[Change]| {
            let is_refused = batch.iter().any(|change| change.hash() == refused);
            if is_refused { None } else { load::apply(document, batch) }
        };
        let mut told = Vec::new();
        let empty = Document::empty(Part::Intake);
        let document = load::apply_in_halves(empty, &changes, &mut told, &fussy);
        let others: Vec<Sealed> = hands
            .changes
            .iter()
            .filter(|sealed| change_of(sealed).hash() != refused)
            .cloned()
            .collect();
        let expected = samples::load(&others);
        assert_eq!(document.read(), expected.read());
        assert_eq!(document.heads(), expected.heads());
        told.sort_by_key(|(hash, _)| *hash);
        let mut with_refused = expected.setbacks().to_vec();
        with_refused.push((ChangeHash(refused.0), Setback::Unfit));
        with_refused.sort_by_key(|(hash, _)| *hash);
        assert_eq!(told, with_refused);
    }
}

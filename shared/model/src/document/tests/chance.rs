//! Changes made by chance, thousands of them: none panics out, none hurts what honest devices say.

use std::collections::BTreeMap;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ObjType, ScalarValue};
use rand::RngExt;
use sha2::{Digest, Sha256};

use super::forge::{by_foe, change_of, forge, honest, map, silence_panics};
use super::*;
use crate::samples;

/// The chunk with its length and checksum set right again after its contents were changed.
fn repack(contents: &[u8]) -> Vec<u8> {
    let mut chunk = vec![1];
    let mut len = contents.len();
    while len >= 0x80 {
        chunk.push(u8::try_from(len & 0x7f).unwrap() | 0x80);
        len >>= 7;
    }
    chunk.push(u8::try_from(len).unwrap());
    chunk.extend_from_slice(contents);
    let hash = Sha256::digest(&chunk);
    [&[0x85, 0x6f, 0x4a, 0x83], &hash[..4], &chunk].concat()
}

/// What follows magic, checksum, type and length.
fn contents(raw: &[u8]) -> &[u8] {
    let len_bytes = raw[9..].iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
    &raw[9 + len_bytes..]
}

fn mutate(bytes: &mut Vec<u8>, rng: &mut impl Rng) {
    for _ in 0..rng.random_range(1..=3) {
        let at = rng.random_range(0..bytes.len());
        match rng.random_range(0..5) {
            0 => bytes[at] ^= 1 << rng.random_range(0..8),
            1 => bytes[at] = rng.random_range(0..=255),
            2 => bytes.insert(at, rng.random_range(0..=255)),
            3 => drop(bytes.remove(at)),
            _ => bytes[at] = bytes[at].wrapping_add(1),
        }
    }
}

/// Everything that one may do with a document.
pub(super) fn use_all(document: &mut Document, rng: &mut impl Rng) {
    assert_eq!(document.first(), document.history().first().map(|event| event.change));
    for event in document.history().to_vec() {
        document.read_at(&Heads(vec![event.change])).unwrap();
        let exported = Automerge::load(&document.save()).unwrap();
        assert_eq!(exported.get_heads().len(), document.heads().0.len());
        let writes = field_write(&document.read(), "place.bed", json!(event.at.to_string()));
        let heads = Heads(vec![event.change]);
        match document.edit(&heads, &writes.unwrap(), &stamp("Сәуле", 400), rng) {
            Ok(change) => assert!(change.is_some()),
            // The creation itself was mutated.
            Err(error) => assert!(matches!(error, DocumentError::NoField(_)), "{error}"),
        }
    }
}

#[test]
fn mutated_changes_never_panic_out_and_never_hurt_honest_ones() {
    silence_panics();
    let (hands, _) = honest();
    let honest = &hands.changes;
    let whole = (hands.read(), hands.document().history().to_vec());
    let mut rng = rng(2019);
    let mut told: BTreeMap<String, u32> = BTreeMap::new();
    for round in 0..4_000 {
        let victim = round % 3;
        let mut bytes = contents(honest[victim].0.raw()).to_vec();
        mutate(&mut bytes, &mut rng);
        let Ok(guarded) = Guarded::inspect(repack(&bytes)) else {
            *told.entry("refused by the guard".to_owned()).or_default() += 1;
            continue;
        };
        // The worst case: the device itself went mad, so that the actor is rightly its own.
        let author = honest[victim].1;
        let change = match parse(&guarded, &author) {
            Ok(change) => change,
            Err(setback) => {
                *told.entry(setback.to_string()).or_default() += 1;
                continue;
            }
        };
        let is_known = honest.iter().any(|known| change_of(known).actor_id() == change.actor_id());
        let mut beside = samples::load(&[&honest[..], &[(guarded.clone(), author)]].concat());
        if beside.setbacks().is_empty() {
            use_all(&mut beside, &mut rng);
        } else if !is_known {
            assert_eq!((beside.read(), beside.history().to_vec()), whole);
        }
        let mut instead = honest.clone();
        instead[victim].0 = guarded;
        let mut instead = samples::load(&instead);
        for (_, setback) in instead.setbacks() {
            *told.entry(setback.to_string()).or_default() += 1;
        }
        *told.entry("applied".to_owned()).or_default() += u32::from(instead.setbacks().is_empty());
        use_all(&mut instead, &mut rng);
    }
    assert!(told.len() >= 6, "the mutations reach every line of defence: {told:#?}");
}

/// Operations of every kind, on whatever there is.
fn any_operation(known: &[OpId], rng: &mut impl Rng) -> Op {
    const KEYS: [&str; 8] =
        ["person", "place", "bed", "needs", "given_name", "narrative", "news", "household"];
    let any = |rng: &mut dyn FnMut(usize) -> usize| {
        let id = &known[rng(known.len())];
        OpId(id.0, id.1.clone())
    };
    let mut below = |n: usize| rng.random_range(0..n);
    let obj = if below(2) == 0 { ObjectId::Root } else { ObjectId::Id(any(&mut below)) };
    let key = match below(20) {
        0 => Key::Seq(ElementId::Head),
        1 => Key::Seq(ElementId::Id(any(&mut below))),
        _ => Key::Map(KEYS[below(KEYS.len())].into()),
    };
    let action = match below(40) {
        0 => OpType::Delete,
        1 => OpType::Increment(1),
        2 => OpType::Make(ObjType::List),
        3 => OpType::Make(ObjType::Text),
        4 => OpType::MarkEnd(true),
        5 => OpType::Put(ScalarValue::counter(5)),
        6 => OpType::Put(ScalarValue::F64(f64::NAN)),
        7 => OpType::Put(ScalarValue::Bytes(vec![1, 2])),
        8 => OpType::Put(ScalarValue::Timestamp(-1)),
        9..=15 => map(),
        _ => OpType::Put("foe".into()),
    };
    let pred: Vec<OpId> = (0..[0, 0, 0, 1, 2][below(5)]).map(|_| any(&mut below)).collect();
    Op { action, obj, key, pred: pred.into(), insert: below(20) == 0 }
}

#[test]
fn operations_of_chance_never_panic_out_and_never_hurt_honest_ones() {
    silence_panics();
    let (hands, _) = honest();
    let honest = &hands.changes;
    let whole = (hands.read(), hands.document().history().to_vec());
    let mut rng = rng(2020);
    let ids = |change: &Change| {
        let actor = change.actor_id().clone();
        let ids = change.start_op().get()..=change.max_op();
        ids.map(move |counter| OpId(counter, actor.clone())).collect::<Vec<_>>()
    };
    let mut applied = 0;
    for _ in 0..2_000 {
        let seen = rng.random_range(1..=3);
        let mut foe = by_foe(&[&honest[seen - 1]], Vec::new());
        let mut known: Vec<OpId> =
            honest[..seen].iter().flat_map(|sealed| ids(&change_of(sealed))).collect();
        for at in 0..rng.random_range(1..4) {
            foe.operations.push(any_operation(&known, &mut rng));
            known.push(OpId(foe.start_op.get() + at, foe.actor_id.clone()));
        }
        let foe = forge(foe);
        let mut document = samples::load(&[&honest[..], &[foe]].concat());
        if document.setbacks().is_empty() {
            applied += 1;
            let before = told(&samples::load(&honest[..]));
            let after = told(&document);
            assert!(before.iter().all(|event| after.contains(event)));
            use_all(&mut document, &mut rng);
        } else {
            assert_eq!((document.read(), document.history().to_vec()), whole);
        }
    }
    assert!(applied > 100, "some of chance's operations are allowed: {applied}");
}

/// A history without what nobody had seen yet: another's change can only add to that.
fn told(document: &Document) -> Vec<Event> {
    let mut events = document.history().to_vec();
    events.iter_mut().flat_map(|event| &mut event.wrote).for_each(|wrote| wrote.unseen.clear());
    events
}

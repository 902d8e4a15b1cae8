//! Changes that no honest device makes: what they may not do to what honest ones say.

use std::collections::BTreeMap;
use std::num::NonZeroU64;
use std::sync::Once;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType, SortedVec};
use automerge::{ExpandedChange, ObjType, ScalarValue};
use rand::RngExt;
use sha2::{Digest, Sha256};

use super::*;
use crate::samples::{Sealed, author, load};

const FOE: &str = "foe";

/// An intake with two honest edits, and the heads after each change.
fn honest() -> (Hands, [Heads; 3]) {
    let mut hands = Hands::new(SAMPLE);
    let first = hands.first.clone();
    let second = hands.patch("Ерлан", 200, json!({ "person": { "needs": ["water"] } }));
    let third = hands.patch("Дана", 210, json!({ "place": { "bed": "2" }, "narrative": null }));
    (hands, [first, second, third])
}

fn change_of(sealed: &Sealed) -> Change {
    Change::try_from(sealed.0.raw()).unwrap()
}

/// Seals whatever the foe makes up; the guard lets it pass.
fn forge(change: ExpandedChange) -> Sealed {
    (Guarded::inspect(Change::from(change).raw_bytes().to_vec()).unwrap(), author(FOE))
}

/// A change by the foe that follows these, rightly numbered.
fn by_foe(follows: &[&Sealed], operations: Vec<Op>) -> ExpandedChange {
    let follows: Vec<Change> = follows.iter().map(|sealed| change_of(sealed)).collect();
    let last = follows.iter().map(Change::max_op).max().unwrap_or(0);
    ExpandedChange {
        operations,
        actor_id: actor(&author(FOE), &mut rng(77)),
        hash: None,
        seq: 1,
        start_op: NonZeroU64::new(last + 1).unwrap(),
        time: 300,
        message: Some(FOE.to_owned()),
        deps: follows.iter().map(Change::hash).collect(),
        extra_bytes: Vec::new(),
        author: None,
    }
}

fn op(obj: ObjectId, key: &str, action: OpType, pred: &[OpId]) -> Op {
    let pred = SortedVec::from(pred.iter().map(|id| OpId(id.0, id.1.clone())).collect::<Vec<_>>());
    Op { action, obj, key: Key::Map(key.into()), pred, insert: false }
}

fn put(obj: ObjectId, key: &str, pred: &[OpId]) -> Op {
    op(obj, key, OpType::Put("foe".into()), pred)
}

fn map() -> OpType {
    OpType::Make(ObjType::Map)
}

/// The operation that wrote a key at the root, or a key of a root's map.
fn written(sealed: &Sealed, path: &str) -> OpId {
    let change = change_of(sealed).decode();
    let id = |index: usize| OpId(change.start_op.get() + index as u64, change.actor_id.clone());
    path.split('.')
        .fold(None, |map: Option<OpId>, key| {
            let obj = map.map_or(ObjectId::Root, ObjectId::Id);
            let here = |op: &Op| op.obj == obj && op.key == Key::Map(key.into());
            Some(id(change.operations.iter().position(here).unwrap()))
        })
        .unwrap()
}

fn setbacks(document: &Document) -> Vec<Setback> {
    document.setbacks().iter().map(|(_, setback)| setback.clone()).collect()
}

/// The panics that are caught on purpose print nothing.
fn silence_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let is_ours = info.location().is_some_and(|place| place.file().contains("beket"));
            let is_test = info.location().is_some_and(|place| place.file().contains("shared/"));
            if true || is_ours || is_test {
                print(info);
            }
        }));
    });
}

#[test]
fn what_waits_for_others_is_counted_and_reads_once_they_come() {
    let (hands, heads) = honest();
    let all = &hands.changes;
    let whole = hands.document();
    assert_eq!(whole.setbacks(), []);

    let document = load(&all[1..]);
    assert!(document.is_empty());
    assert_eq!(setbacks(&document), vec![Setback::Waiting { missing: 1 }; 2]);

    let document = load(&[all[2].clone(), all[0].clone()]);
    let third = heads[2].0[0];
    assert_eq!(document.setbacks(), [(third, Setback::Waiting { missing: 1 })]);
    assert_eq!(document.read(), whole.read_at(&heads[0]).unwrap());

    let merge = by_foe(&[&all[0], &all[1], &all[2]], vec![put(ObjectId::Root, "category", &[])]);
    let document = load(&[all[0].clone(), forge(merge)]);
    assert_eq!(setbacks(&document), [Setback::Waiting { missing: 2 }]);

    let mut backwards = all.clone();
    backwards.reverse();
    assert_eq!(load(&backwards).read(), whole.read());
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
        let document = load(&[&all[..], &[wrong, forge(next)]].concat());
        let mut told = setbacks(&document);
        told.sort_by_key(ToString::to_string);
        assert_eq!(told, [Setback::Numbering, Setback::Waiting { missing: 1 }]);
        assert_eq!(document.read(), hands.read());
    }
    let mut second = by_foe(&[&all[0]], vec![put(ObjectId::Root, "category", &[])]);
    second.seq = 2;
    let document = load(&[&all[..], &[forge(second)]].concat());
    assert_eq!(setbacks(&document), [Setback::Numbering]);
}

#[test]
fn of_two_changes_by_one_actor_the_same_counts_whatever_the_order() {
    let (hands, _) = honest();
    let first = hands.changes[0].clone();
    let one = forge(by_foe(&[&first], vec![put(ObjectId::Root, "category", &[])]));
    let other = forge(by_foe(&[&first], vec![put(ObjectId::Root, "programme", &[])]));
    let forwards = load(&[first.clone(), one.clone(), other.clone()]);
    let backwards = load(&[other.clone(), one.clone(), first.clone()]);
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
fn what_only_puts_into_maps_it_has_seen_is_applied() {
    let (hands, _) = honest();
    let all = &hands.changes;
    let person = written(&all[0], "person");
    let name = written(&all[0], "person.given_name");
    let after = by_foe(&[&all[0]], vec![]).start_op.get();
    let own = |index: u64| OpId(after + index, actor(&author(FOE), &mut rng(77)));
    let operations = vec![
        put(ObjectId::Id(person), "given_name", &[name]),
        op(ObjectId::Root, "news", map(), &[]),
        put(ObjectId::Id(own(1)), "from a later version", &[]),
        put(ObjectId::Id(own(1)), "from a later version", &[own(2)]),
    ];
    let change = forge(by_foe(&[&all[0]], operations));
    let document = load(&[&all[..], &[change]].concat());
    assert_eq!(document.setbacks(), []);
    let read = document.read();
    assert_eq!(read.text("person.given_name"), Some("foe"));
    assert_eq!(read.full["news"], json!({ "from a later version": "foe" }));
    assert_eq!(read.full.as_object().unwrap().keys().last().unwrap(), "news");
}

#[test]
fn an_operation_that_no_device_of_ours_makes_is_set_back_and_changes_nothing() {
    let (hands, _) = honest();
    let all = &hands.changes;
    let first = &all[0];
    let id = |path: &str| ObjectId::Id(written(first, path));
    let seen = |path: &str| [written(first, path)];
    let root = ObjectId::Root;
    let list = |action| Op {
        key: Key::Seq(ElementId::Head),
        insert: true,
        ..op(id("person"), "", action, &[])
    };
    let nowhere = OpId(1_000_000, actor(&author(FOE), &mut rng(77)));
    let deep = |depth: u64| -> Vec<Op> {
        let after = by_foe(&[first], vec![]).start_op.get();
        let own = |index: u64| ObjectId::Id(OpId(after + index, actor(&author(FOE), &mut rng(77))));
        (0..depth)
            .map(|at| op(if at == 0 { ObjectId::Root } else { own(at - 1) }, "deep", map(), &[]))
            .collect()
    };
    for (what, operations) in [
        ("deletes a map", vec![op(root.clone(), "person", OpType::Delete, &seen("person"))]),
        ("deletes a field", vec![op(root.clone(), "kind", OpType::Delete, &seen("kind"))]),
        ("puts a value over a map", vec![put(root.clone(), "person", &seen("person"))]),
        ("puts a value beside a map", vec![put(root.clone(), "person", &[])]),
        ("puts a map over a map", vec![op(root.clone(), "person", map(), &seen("person"))]),
        ("puts a map over a value", vec![op(root.clone(), "kind", map(), &seen("kind"))]),
        ("puts a map beside a value", vec![op(root.clone(), "narrative", map(), &[])]),
        ("puts a map into needs", vec![op(id("person.needs"), "water", map(), &[])]),
        ("puts a value for a member", vec![put(id("household"), "a", &[])]),
        ("writes over another field", vec![put(root.clone(), "category", &seen("kind"))]),
        ("makes a list", vec![op(root.clone(), "x", OpType::Make(ObjType::List), &[])]),
        ("makes a text", vec![op(root.clone(), "x", OpType::Make(ObjType::Text), &[])]),
        ("makes a table", vec![op(root.clone(), "x", OpType::Make(ObjType::Table), &[])]),
        ("counts", vec![op(root.clone(), "x", OpType::Put(ScalarValue::counter(1)), &[])]),
        ("counts on", vec![op(root.clone(), "kind", OpType::Increment(1), &seen("kind"))]),
        ("marks", vec![op(id("person"), "x", OpType::MarkEnd(true), &[])]),
        ("inserts", vec![list(OpType::Put("foe".into()))]),
        ("writes under no key", vec![put(root.clone(), "", &[])]),
        ("writes into a value", vec![put(id("kind"), "x", &[])]),
        ("writes into nothing", vec![put(ObjectId::Id(nowhere.clone()), "x", &[])]),
        ("writes over nothing", vec![put(root.clone(), "kind", &[nowhere])]),
        ("nests nine deep", deep(9)),
    ] {
        let change = forge(by_foe(&[first], operations));
        let document = load(&[&all[..], &[change]].concat());
        assert_eq!(setbacks(&document), [Setback::Unfit], "{what}");
        assert_eq!(document.read(), hands.read(), "{what}");
        assert_eq!(document.history(), hands.document().history(), "{what}");
    }
    let change = forge(by_foe(&[first], deep(8)));
    assert_eq!(load(&[&all[..], &[change]].concat()).setbacks(), []);
}

#[test]
fn nobody_can_write_over_what_they_have_not_seen() {
    let mut hands = Hands::new(BARE);
    let first = hands.first.clone();
    hands.patch_at(&first, "Ерлан", 200, json!({ "narrative": "су жоқ" }));
    hands.patch_at(&first, "Дана", 210, json!({ "household": [{ "given_name": "Әли" }] }));
    let all = hands.changes.clone();
    let id = |sealed: &Sealed| {
        let change = change_of(sealed);
        OpId(change.start_op().get(), change.actor_id().clone())
    };
    let over_text = put(ObjectId::Root, "narrative", &[id(&all[1])]);
    let into_member = put(ObjectId::Id(id(&all[2])), "given_name", &[]);
    for (operation, seen) in [(over_text, &all[1]), (into_member, &all[2])] {
        let unseen = forge(by_foe(&[&all[0]], vec![operation.clone()]));
        let document = load(&[&all[..], &[unseen]].concat());
        assert_eq!(setbacks(&document), [Setback::Unfit]);
        assert_eq!(document.read(), hands.read());

        let seen = forge(by_foe(&[&all[0], seen], vec![operation]));
        assert_eq!(load(&[&all[..], &[seen]].concat()).setbacks(), []);
    }
}

#[test]
fn a_second_creation_of_a_case_hides_nothing_of_the_first() {
    let (hands, _) = honest();
    let whole = hands.read();
    let again = r#"{"kind":"appeal","language":"ru","narrative":"a","person":{"given_name":"b"}}"#;
    for seed in 0..8 {
        let intake = crate::samples::intake(again);
        let reference = crate::samples::reference();
        let (_, change) =
            Document::intake(&intake, &reference, &stamp(FOE, 1), &mut rng(seed)).unwrap();
        let document = load(&[&hands.changes[..], &[(change, author(FOE))]].concat());
        let read = document.read();
        assert_eq!(read.full["household"], whole.full["household"]);
        assert_eq!(read.text("person.family_name"), Some("Тестова"));
        let paths: Vec<&str> = read.conflicts.iter().map(|c| c.path.as_str()).collect();
        assert_eq!(paths, ["kind", "language", "narrative", "person.given_name"]);
        let mut document = document;
        for conflict in read.conflicts {
            let ours = conflict.values.iter().find(|value| value.by != FOE).unwrap();
            let writes = field_write(&document.read(), &conflict.path, ours.value.clone()).unwrap();
            let heads = document.heads();
            let stamp = stamp("Сәуле", 400);
            document.edit(&heads, &writes, &stamp, &mut rng(90 + seed)).unwrap().unwrap();
        }
        assert_eq!(document.read(), whole);
    }
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
fn maps_nested_deeper_than_a_stack_are_set_back_in_one_change_or_in_many() {
    let attack = || {
        let (hands, _) = honest();
        let foe = |seed: u64| actor(&author(FOE), &mut rng(seed));
        let first = &hands.changes[0];
        let after = by_foe(&[first], vec![]).start_op.get();
        let within = |at: u64| match at {
            0 => ObjectId::Root,
            at => ObjectId::Id(OpId(after + at - 1, foe(77))),
        };
        let nest = |at| op(within(at), "deep", map(), &[]);
        let one = forge(by_foe(&[first], (0..16_384).map(nest).collect()));

        let mut many: Vec<Sealed> = vec![first.clone()];
        let mut within = ObjectId::Root;
        for seed in 100..500 {
            let mut change = by_foe(&[many.last().unwrap()], vec![op(within, "deep", map(), &[])]);
            change.actor_id = foe(seed);
            within = ObjectId::Id(OpId(change.start_op.get(), change.actor_id.clone()));
            many.push(forge(change));
        }
        let document = load(&[&hands.changes[..], &many, &[one]].concat());
        assert_eq!(document.setbacks().len(), 1 + 400 - 8);
        assert_eq!(document.read().full["person"], hands.read().full["person"]);
        assert_eq!(document.history().len(), 3 + 8);
        document.save();
    };
    let stack = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
    stack.spawn(attack).unwrap().join().unwrap();
}

/// The chunk with its length and checksum set right again after its contents were changed.
fn repack(contents: &[u8]) -> Vec<u8> {
    let mut chunk = vec![1];
    let mut len = contents.len();
    while len >= 0x80 {
        chunk.push((len & 0x7f) as u8 | 0x80);
        len >>= 7;
    }
    chunk.push(len as u8);
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
fn use_all(document: &mut Document, rng: &mut impl Rng) {
    for event in document.history() {
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
    let whole = (hands.read(), hands.document().history());
    let mut rng = rng(2019);
    let mut told: BTreeMap<String, u32> = BTreeMap::new();
    for round in 0..6_000 {
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
        let mut beside = load(&[&honest[..], &[(guarded.clone(), author)]].concat());
        if !is_known && !beside.setbacks().is_empty() {
            assert_eq!((beside.read(), beside.history()), whole);
        }
        let mut instead = honest.clone();
        instead[victim].0 = guarded;
        let mut instead = load(&instead);
        for (_, setback) in instead.setbacks() {
            *told.entry(setback.to_string()).or_default() += 1;
        }
        *told.entry("applied".to_owned()).or_default() += u32::from(instead.setbacks().is_empty());
        use_all(&mut beside, &mut rng);
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
    let obj = if below(3) == 0 { ObjectId::Root } else { ObjectId::Id(any(&mut below)) };
    let key = match below(20) {
        0 => Key::Seq(ElementId::Head),
        1 => Key::Seq(ElementId::Id(any(&mut below))),
        _ => Key::Map(KEYS[below(KEYS.len())].into()),
    };
    let action = match below(16) {
        0 => OpType::Delete,
        1 => OpType::Increment(1),
        2 => OpType::Make(ObjType::List),
        3 => OpType::Make(ObjType::Text),
        4 => OpType::MarkEnd(true),
        5 => OpType::Put(ScalarValue::counter(5)),
        6 => OpType::Put(ScalarValue::F64(f64::NAN)),
        7 => OpType::Put(ScalarValue::Bytes(vec![1, 2])),
        8 => OpType::Put(ScalarValue::Timestamp(-1)),
        9..=11 => map(),
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
    let whole = (hands.read(), hands.document().history());
    let mut rng = rng(2020);
    let ids = |change: &Change| {
        let actor = change.actor_id().clone();
        let ids = change.start_op().get()..=change.max_op();
        ids.map(move |counter| OpId(counter, actor.clone())).collect::<Vec<_>>()
    };
    let mut applied = 0;
    for _ in 0..6_000 {
        let seen = rng.random_range(1..=3);
        let mut foe = by_foe(&[&honest[seen - 1]], Vec::new());
        let mut known: Vec<OpId> =
            honest[..seen].iter().flat_map(|sealed| ids(&change_of(sealed))).collect();
        for at in 0..rng.random_range(1..4) {
            foe.operations.push(any_operation(&known, &mut rng));
            known.push(OpId(foe.start_op.get() + at, foe.actor_id.clone()));
        }
        let foe = forge(foe);
        let mut document = load(&[&honest[..], &[foe.clone()]].concat());
        if document.setbacks().is_empty() {
            applied += 1;
            let before = load(&honest[..]).history();
            assert!(before.iter().all(|event| document.history().contains(event)));
        } else {
            assert_eq!((document.read(), document.history()), whole);
        }
        use_all(&mut document, &mut rng);
    }
    assert!(applied > 100, "some of chance's operations are allowed: {applied}");
}

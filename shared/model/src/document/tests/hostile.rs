//! Changes that no honest device makes: what they may not do to what honest ones say.

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ObjType, ScalarValue};

use super::chance::use_all;
use super::forge::{FOE, by_foe, change_of, forge, honest, map, op, put, setbacks, written};
use super::*;
use crate::samples::{self, Sealed, author};

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
    let document = samples::load(&[&all[..], &[change]].concat());
    assert_eq!(document.setbacks(), []);
    let read = document.read();
    assert_eq!(read.text("person.given_name"), Some("foe"));
    assert_eq!(read.full["news"], json!({ "from a later version": "foe" }));
    assert_eq!(read.full.as_object().unwrap().keys().next_back().unwrap(), "news");
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
        let document = samples::load(&[&all[..], &[change]].concat());
        assert_eq!(setbacks(&document), [Setback::Unfit], "{what}");
        assert_eq!(document.read(), hands.read(), "{what}");
        assert_eq!(document.history(), hands.document().history(), "{what}");
    }
    let change = forge(by_foe(&[first], deep(8)));
    assert_eq!(samples::load(&[&all[..], &[change]].concat()).setbacks(), []);
}

#[test]
fn nobody_can_write_over_what_they_have_not_seen() {
    let mut hands = Hands::new(BARE);
    let first = hands.first.clone();
    hands.patch_at(&first, "Ерлан", 200, &json!({ "narrative": "су жоқ" }));
    hands.patch_at(&first, "Дана", 210, &json!({ "household": [{ "given_name": "Әли" }] }));
    let all = hands.changes.clone();
    let id = |sealed: &Sealed| {
        let change = change_of(sealed);
        OpId(change.start_op().get(), change.actor_id().clone())
    };
    let over_text = put(ObjectId::Root, "narrative", &[id(&all[1])]);
    let into_member = put(ObjectId::Id(id(&all[2])), "given_name", &[]);
    for (operation, seen) in [(over_text, &all[1]), (into_member, &all[2])] {
        let unseen = forge(by_foe(&[&all[0]], vec![operation.clone()]));
        let document = samples::load(&[&all[..], &[unseen]].concat());
        assert_eq!(setbacks(&document), [Setback::Unfit]);
        assert_eq!(document.read(), hands.read());

        let seen = forge(by_foe(&[&all[0], seen], vec![operation]));
        assert_eq!(samples::load(&[&all[..], &[seen]].concat()).setbacks(), []);
    }
}

#[test]
fn a_second_creation_of_a_case_hides_nothing_of_the_first() {
    let (hands, _) = honest();
    let whole = hands.read();
    let again = r#"{"kind":"appeal","language":"ru","narrative":"a","person":{"given_name":"b"}}"#;
    for seed in 0..8 {
        let intake = samples::intake(again);
        let reference = samples::reference();
        let (_, change) =
            Document::intake(&intake, &reference, &stamp(FOE, 1), &mut rng(seed)).unwrap();
        let document = samples::load(&[&hands.changes[..], &[(change, author(FOE))]].concat());
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
        let document = samples::load(&[&hands.changes[..], &many, &[one]].concat());
        assert_eq!(document.setbacks().len(), 1 + 400 - 8);
        assert_eq!(document.read().full["person"], hands.read().full["person"]);
        assert_eq!(document.history().len(), 3 + 8);
        document.save();
    };
    let stack = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
    stack.spawn(attack).unwrap().join().unwrap();
}

#[test]
fn a_change_with_an_odd_head_is_set_back_or_keeps_its_hash_for_ever() {
    let mut hands = Hands::new(BARE);
    let first = hands.first.clone();
    for at in 0..3 {
        let patch = json!({ "place": { "bed": at.to_string() } });
        hands.patch_at(&first, "Дана", 200 + at, &patch);
    }
    let all = hands.changes.clone();
    let follows: Vec<&Sealed> = all[1..].iter().collect();
    let plain = by_foe(&follows, vec![put(ObjectId::Root, "category", &[])]);
    let late = *Stamp::TIMES.end();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        for extra in [None, Some(0), Some(1)] {
            for message in [None, Some(""), Some("foe")] {
                for (time, fits) in
                    [(0, true), (late, true), (late + 1, false), (-1, false), (i64::MIN, false)]
                {
                    let mut change = plain.clone();
                    change.deps = order.map(|index| plain.deps[index]).to_vec();
                    change.deps.extend(extra.map(|index| plain.deps[index]));
                    change.message = message.map(str::to_owned);
                    change.time = time;
                    let mut document = samples::load(&[&all[..], &[forge(change)]].concat());
                    assert_eq!(document.setbacks().is_empty(), fits);
                    use_all(&mut document, &mut rng(5));
                }
            }
        }
    }
}

//! Messages of later versions, of broken programs and of nobody in particular.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use proptest::collection::vec;
use proptest::prelude::*;

use super::golden::{Visit, visit_all};
use super::*;
use crate::fixture::replaying;

/// Copies one item, with a field that no version knows put into every map, at its end or, where
/// `first`, before all others.
fn copy_with_later_fields(from: &mut Decoder<'_>, to: &mut Encoder<Vec<u8>>, first: bool) {
    match from.datatype().unwrap() {
        Type::Map => {
            let fields = from.map().unwrap().unwrap();
            to.map(fields + 1).unwrap();
            if first {
                push_later_field(to);
            }
            for _ in 0..2 * fields {
                copy_with_later_fields(from, to, first);
            }
            if !first {
                push_later_field(to);
            }
        }
        Type::Array => {
            let items = from.array().unwrap().unwrap();
            to.array(items).unwrap();
            for _ in 0..items {
                copy_with_later_fields(from, to, first);
            }
        }
        _ => {
            let start = from.position();
            from.skip().unwrap();
            to.writer_mut().extend_from_slice(&from.input()[start..from.position()]);
        }
    }
}

fn push_later_field(to: &mut Encoder<Vec<u8>>) {
    to.u8(99).unwrap().array(3).unwrap().str("later").unwrap();
    to.map(1).unwrap().u8(0).unwrap().bool(true).unwrap();
    to.begin_array().unwrap().u8(1).unwrap().end().unwrap();
}

struct Later;

impl Visit for Later {
    fn message<M: Message + PartialEq + std::fmt::Debug>(&mut self, file: &str, message: &M) {
        let bytes = message.to_bytes();
        for first in [false, true] {
            let mut later = Encoder::new(Vec::new());
            copy_with_later_fields(&mut Decoder::new(&bytes), &mut later, first);
            let later = later.into_writer();
            assert!(later.len() >= bytes.len() + 10);
            assert_eq!(M::from_bytes(&later).as_ref(), Ok(message), "{file}");
        }
    }
}

#[test]
fn unknown_fields_are_passed_over_in_every_map() {
    visit_all(&mut Later);
}

struct Ends;

impl Visit for Ends {
    fn message<M: Message + PartialEq + std::fmt::Debug>(&mut self, file: &str, message: &M) {
        let mut bytes = message.to_bytes();
        for len in 0..bytes.len() {
            assert_eq!(M::from_bytes(&bytes[..len]), Err(DecodeError), "{file} cut at {len}");
        }
        bytes.push(0xf6);
        assert_eq!(M::from_bytes(&bytes), Err(DecodeError), "{file} with a byte behind it");
    }
}

#[test]
fn cut_messages_and_trailing_bytes_are_refused() {
    visit_all(&mut Ends);
}

/// A map of these fields, each already encoded.
fn map(fields: &[(u8, &[u8])]) -> Vec<u8> {
    let mut out = Encoder::new(Vec::new());
    out.map(fields.len() as u64).unwrap();
    for (number, value) in fields {
        out.u8(*number).unwrap();
        out.writer_mut().extend_from_slice(value);
    }
    out.into_writer()
}

fn bytes(value: &[u8]) -> Vec<u8> {
    minicbor::to_vec(minicbor::bytes::ByteVec::from(value.to_vec())).unwrap()
}

#[test]
fn fields_that_may_be_missing_are_read_as_empty() {
    let nonce = [1; 16];
    let hello = Hello::from_bytes(&map(&[(0, &bytes(&nonce))])).unwrap();
    let (versions, software, openings) = (Vec::new(), String::new(), Vec::new());
    let disk_left = None;
    assert_eq!(
        hello,
        Hello { nonce, clock: 0, versions, software, waiting: 0, openings, disk_left }
    );

    let welcome = Welcome::from_bytes(&map(&[(0, &bytes(b"t")), (3, &[1])])).unwrap();
    let (token, known_as) = (b"t".to_vec().into(), KnownAs::Unknown);
    assert_eq!(welcome, Welcome { token, clock: 0, version: 0, known_as, openings: Vec::new() });

    let nothing = map(&[]);
    assert_eq!(Reconcile::from_bytes(&nothing), Ok(Reconcile { openings: Vec::new() }));
    assert_eq!(Reconciled::from_bytes(&nothing), Ok(Reconciled { openings: Vec::new() }));
    assert_eq!(Push::from_bytes(&nothing), Ok(Push { records: Vec::new(), ask: Vec::new() }));
    assert_eq!(Pushed::from_bytes(&nothing), Ok(Pushed { verdicts: Vec::new(), receipt: None }));
    let pulled = Pulled { records: Vec::new(), more: false, receipt: None };
    assert_eq!(Pulled::from_bytes(&nothing), Ok(pulled));
    let problem = Problem { message: String::new(), hello_again: false };
    assert_eq!(Problem::from_bytes(&nothing), Ok(problem));

    let set = SetName { kind: 0, scope: None };
    let opening = map(&[(0, &map(&[(0, &[0])])), (1, &bytes(b"m"))]);
    let reconcile = Reconcile::from_bytes(&map(&[(0, &[&[0x81][..], &opening].concat())]));
    let (message, range) = (b"m".to_vec().into(), false);
    let openings = vec![Opening { set: set.clone(), message, range }];
    assert_eq!(reconcile, Ok(Reconcile { openings }));
    let pull = Pull::from_bytes(&map(&[(0, &map(&[(0, &[0])]))])).unwrap();
    assert_eq!(pull, Pull { set, ids: Vec::new(), after: None });
}

#[test]
fn what_a_message_cannot_do_without_is_asked_for() {
    let nothing = map(&[]);
    assert_eq!(Hello::from_bytes(&nothing), Err(DecodeError));
    assert_eq!(Welcome::from_bytes(&nothing), Err(DecodeError));
    assert_eq!(Pull::from_bytes(&nothing), Err(DecodeError));
    let short_nonce = map(&[(0, &bytes(&[1; 15]))]);
    assert_eq!(Hello::from_bytes(&short_nonce), Err(DecodeError));
}

/// Depth costs a reader its stack if it descends; a reader that cannot be told from outside how
/// deep to go must not.
#[test]
fn an_unknown_field_of_any_depth_is_passed_over_or_refused() {
    for open in [0x81, 0x9f, 0xa1, 0xbf, 0xc1] {
        let mut deep = vec![0xa1, 0x18, 99];
        deep.resize(crate::MAX_BODY_BYTES, open);
        assert_eq!(Push::from_bytes(&deep), Err(DecodeError), "{open:x}");
    }
    let depth = 500_000;
    let deep = [&[0xa1, 0x18, 99][..], &vec![0x81; depth], &[0x80]].concat();
    assert_eq!(Push::from_bytes(&deep), Ok(Push { records: Vec::new(), ask: Vec::new() }));
}

#[test]
fn a_count_larger_than_the_message_is_refused() {
    for records in
        [&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff][..], &[0x9a, 9, 9, 9, 9]]
    {
        assert_eq!(Push::from_bytes(&map(&[(0, records)])), Err(DecodeError));
    }
    let record = [0x81, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    assert_eq!(Push::from_bytes(&map(&[(0, &record)])), Err(DecodeError));
}

#[test]
fn a_place_in_a_set_travels_as_it_is() {
    let position = Position { made: 7, id: RecordId::from_bytes([8; 32]) };
    assert_eq!(Position::from(After::from(position)), position);
}

#[test]
fn sets_have_one_name_and_notes_have_none() {
    let scope = || "TRK".parse::<Scope>().unwrap();
    for set in [Set::Directory, Set::Purge, Set::Scope(scope()), Set::Held(scope())] {
        let name = SetName::of(&set).unwrap();
        assert_eq!(name.set(), Some(set));
    }
    assert_eq!(SetName::of(&Set::Review), None);
}

#[test]
fn unknown_sets_and_unsayable_scopes_are_no_set() {
    let set = |kind, scope: Option<&str>| SetName { kind, scope: scope.map(str::to_owned) }.set();
    assert_eq!(set(4, None), None);
    assert_eq!(set(255, Some("TRK")), None);
    for scope in [None, Some(""), Some("trk"), Some("TRK "), Some("ABCDEFGHIJKLMNOPQ")] {
        assert_eq!(set(2, scope), None, "{scope:?}");
        assert_eq!(set(3, scope), None, "{scope:?}");
    }
}

fn every_message_answers(bytes: &[u8]) {
    fn answers<M: Message + PartialEq + std::fmt::Debug>(bytes: &[u8]) {
        if let Ok(message) = M::from_bytes(bytes) {
            assert_eq!(M::from_bytes(&message.to_bytes()), Ok(message));
        }
    }
    answers::<Hello>(bytes);
    answers::<Welcome>(bytes);
    answers::<Reconcile>(bytes);
    answers::<Reconciled>(bytes);
    answers::<Push>(bytes);
    answers::<Pushed>(bytes);
    answers::<Pull>(bytes);
    answers::<Pulled>(bytes);
    answers::<Problem>(bytes);
}

struct Collect(Vec<Vec<u8>>);

impl Visit for Collect {
    fn message<M: Message + PartialEq + std::fmt::Debug>(&mut self, _: &str, message: &M) {
        self.0.push(message.to_bytes());
    }
}

fn all_bytes() -> Vec<Vec<u8>> {
    let mut collect = Collect(Vec::new());
    visit_all(&mut collect);
    collect.0
}

proptest! {
    #![proptest_config(replaying(2_000))]

    #[test]
    fn any_bytes_get_an_answer(bytes in vec(any::<u8>(), 0..200)) {
        every_message_answers(&bytes);
    }

    #[test]
    fn damaged_messages_get_an_answer(
        which: prop::sample::Index,
        damage in vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let messages = all_bytes();
        let mut bytes = messages[which.index(messages.len())].clone();
        for (at, byte, how) in damage {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ if bytes.len() > 1 => drop(bytes.remove(at)),
                _ => {}
            }
        }
        every_message_answers(&bytes);
    }
}

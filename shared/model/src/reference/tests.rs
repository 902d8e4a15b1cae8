//! Reference numbers against the standard's own promises and against slips of the hand.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

/// IFPI's example of a `GRid`, and ISANs as published, with and without a version part.
#[test]
fn published_vectors_of_mod_37_36() {
    for (text, check) in [
        ("A12425GABC1234002", 'M'),
        ("00000000D07A0090", 'Q'),
        ("00000000D07A009000000000", 'X'),
        ("0000000189470000", '8'),
        ("000000018947000000000000", 'D'),
    ] {
        assert_eq!(check_character(text), check, "{text}");
    }
}

#[test]
fn printed_form() {
    let reference = Reference::new("TRK", "B", 417).unwrap();
    assert_eq!(reference.to_string(), "TRK-B-0417-3");
    let five_digits = Reference::new("TRK", "B", 10_000).unwrap();
    assert!(five_digits.as_str().starts_with("TRK-B-10000-"));
    assert!(Reference::new("TRK", "B", 9_999).unwrap() < five_digits);
    assert_eq!(Reference::new("TRK", "B", 0), Err(ReferenceError::Counter("0".to_owned())));
}

#[test]
fn read_as_people_type_it() {
    let reference = Reference::new("TRK", "B", 417).unwrap();
    for text in [
        "TRK-B-0417-3",
        "trk-b-0417-3",
        " trk b 417 3 ",
        "TRK – B – 0417 – 3",
        "TRK\u{2011}B\u{2212}0417—3",
        "ТRК-В-0417-3",
        "тrк-в-0417-3",
    ] {
        assert_eq!(Reference::parse(text), Ok(reference.clone()), "{text}");
    }
    let lookalikes = Reference::new("ABEKMHOP", "CX", 1).unwrap();
    let cyrillic = lookalikes.as_str().replace("ABEKMHOP-CX", "авекмнор-сх");
    assert_eq!(Reference::parse(&cyrillic), Ok(lookalikes));
    assert_eq!(StationCode::parse("туі").unwrap().as_str(), "TYI");
}

#[test]
fn each_refusal_names_the_part() {
    let refusal = |text| Reference::parse(text).unwrap_err().to_string();
    assert!(refusal("TRKB04173").contains("four parts"));
    assert!(refusal("T-B-0417-3").contains("station's code"));
    assert!(refusal("TRK-Б-0417-3").contains("please check “Б”"));
    assert!(refusal("TRK-B-O417-3").contains("please check “O417”"));
    assert!(refusal("TRK-B-99999999999-3").contains("third part"));
    assert!(refusal("TRK-B-00417-3").contains("third part"));
    assert!(refusal("TRK-B-0000-3").contains("third part"));
    assert!(refusal("trk b 0471 3").contains("“TRK-B-0471-3”"));
    assert!(refusal("TRK-B-0417-73").contains("last character"));
}

#[test]
fn kiosks_are_lettered_in_order() {
    let name = |index| KioskLetter::nth(index).map(String::from);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        [name(0), name(25), name(26), name(27)],
        [some("A"), some("Z"), some("AA"), some("AB")]
    );
    assert_eq!([name(701), name(702), name(u32::MAX)], [some("ZZ"), None, None]);
    let all: std::collections::BTreeSet<_> =
        (0..702).map(|i| KioskLetter::nth(i).unwrap()).collect();
    assert_eq!(all.len(), 702);
}

#[test]
fn json_is_the_printed_form_and_is_checked() {
    let reference: Reference = serde_json::from_str("\"trk b 417 3\"").unwrap();
    assert_eq!(serde_json::to_string(&reference).unwrap(), "\"TRK-B-0417-3\"");
    assert!(serde_json::from_str::<Reference>("\"TRK-B-0417-K\"").is_err());
}

/// After each of the 36 states that a text can leave, exactly one pair of characters may change
/// places unseen, and the two are neighbours in `0…9A…Z0`.
#[test]
fn transpositions_the_check_cannot_see() {
    for state in *ALPHABET {
        let check = |a: u8, b: u8| check_character(&String::from_utf8(vec![state, a, b]).unwrap());
        let unseen: Vec<(u8, u8)> = ALPHABET
            .iter()
            .flat_map(|a| ALPHABET.iter().map(|b| (*a, *b)))
            .filter(|(a, b)| a < b && check(*a, *b) == check(*b, *a))
            .collect();
        assert_eq!(unseen.len(), 1);
        assert!(follow_each_other(unseen[0].0, unseen[0].1));
    }
}

fn follow_each_other(a: u8, b: u8) -> bool {
    let (a, b) = (value(a).unwrap(), value(b).unwrap());
    (a + 1) % 36 == b || (b + 1) % 36 == a
}

fn any_reference() -> impl Strategy<Value = Reference> {
    ("[A-Z0-9]{2,8}", "[A-Z]{1,2}", 1..100_000_u32)
        .prop_map(|(station, kiosk, counter)| Reference::new(&station, &kiosk, counter).unwrap())
}

/// The bytes as printed, and where those under the check stand.
fn characters(reference: &Reference) -> (Vec<u8>, Vec<usize>) {
    let bytes = reference.as_str().as_bytes().to_vec();
    let places = (0..bytes.len()).filter(|at| bytes[*at] != b'-').collect();
    (bytes, places)
}

proptest! {
    #[test]
    fn what_is_printed_is_read(reference in any_reference()) {
        prop_assert_eq!(Reference::parse(reference.as_str()), Ok(reference));
    }

    #[test]
    fn one_wrong_character_is_always_caught(
        reference in any_reference(), at in any::<Index>(), shift in 1..36_usize,
    ) {
        let (mut typed, places) = characters(&reference);
        let at = places[at.index(places.len())];
        typed[at] = ALPHABET[(value(typed[at]).unwrap() + shift) % 36];
        prop_assert!(Reference::parse(&String::from_utf8(typed).unwrap()).is_err());
    }

    #[test]
    fn swapped_neighbours_are_caught_with_one_exception(
        reference in any_reference(), at in any::<Index>(),
    ) {
        let (mut typed, places) = characters(&reference);
        let pair = at.index(places.len() - 1);
        let (left, right) = (typed[places[pair]], typed[places[pair + 1]]);
        typed.swap(places[pair], places[pair + 1]);
        let read = Reference::parse(&String::from_utf8(typed).unwrap());
        prop_assert!(read.is_err() || left == right || follow_each_other(left, right));
    }

    #[test]
    fn any_text_is_answered(text in ".*") {
        let _ = Reference::parse(&text);
    }
}

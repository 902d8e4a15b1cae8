//! Comparisons of two ledgers: exact, short where little differs, deaf to nonsense.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;

type Items = BTreeSet<Position>;

fn item(rng: &mut ChaCha8Rng, seconds: u32) -> Position {
    let mut id = [0; 32];
    rng.fill_bytes(&mut id);
    Position { made: rng.next_u32() % seconds, id: RecordId::from_bytes(id) }
}

/// So many items that both have, and so many that only one has.
fn two(seed: u64, seconds: u32, both: usize, left: usize, right: usize) -> (Items, Items) {
    let rng = &mut ChaCha8Rng::seed_from_u64(seed);
    let mut some = |number| (0..number).map(|_| item(rng, seconds)).collect::<Items>();
    let (both, left, right) = (some(both), some(left), some(right));
    (&both | &left, &both | &right)
}

fn ledger(items: &Items) -> Ledger {
    let items: Vec<Position> = items.iter().copied().collect();
    Ledger::new(Set::Directory, &items).unwrap()
}

/// How a comparison went.
#[derive(Debug, Default)]
struct Course {
    rounds: usize,
    bytes: usize,
}

/// Compares as two sides that share each body with so many sets would.
fn compare(asker: &Items, other: &Items, sets: usize) -> Course {
    let (here, there) = (ledger(asker), ledger(other));
    let (mut have, mut need) = (BTreeSet::new(), BTreeSet::new());
    let mut course = Course::default();
    let mut message = Some(here.opening().unwrap());
    while let Some(question) = message {
        let answer = there.answer(&question, sets).unwrap();
        let most = (BODY_BYTES / sets).clamp(*FRAME_BYTES.start(), *FRAME_BYTES.end());
        assert!(answer.len() <= most && (course.rounds == 0 || question.len() <= most));
        course.rounds += 1;
        course.bytes += question.len() + answer.len();
        let told = here.hear(&answer, sets).unwrap();
        have.extend(told.have);
        need.extend(told.need);
        message = told.next;
    }
    let ids = |items: Items| items.into_iter().map(|item| item.id).collect::<BTreeSet<_>>();
    assert_eq!(have, ids(asker - other));
    assert_eq!(need, ids(other - asker));
    course
}

#[test]
fn both_sides_differences_are_found_exactly() {
    for (seed, both, left, right) in [
        (1, 0, 1, 0),
        (2, 0, 0, 1),
        (3, 5, 5, 5),
        (4, 500, 3, 2),
        (5, 3_000, 40, 400),
        (6, 9, 0, 900),
    ] {
        // Times spread, times that clash, all at one time.
        for seconds in [u32::MAX, 50, 1] {
            let (here, there) = two(seed, seconds, both, left, right);
            for sets in [1, 40, 400] {
                compare(&here, &there, sets);
                compare(&there, &here, sets);
            }
        }
    }
}

#[test]
fn equal_sets_take_one_message_of_a_few_hundred_bytes() {
    for size in [0, 1, 31, 32, 1_000, 20_000] {
        let (here, there) = two(1, 1_000_000, size, 0, 0);
        let course = compare(&here, &there, 1);
        assert_eq!(course.rounds, 1, "{size}");
        assert!(course.bytes < 2_100, "{size}: {}", course.bytes);
    }
}

#[test]
fn few_differences_among_many_take_few_messages() {
    let (here, there) = two(2, 1_000_000, 20_000, 1, 0);
    let course = compare(&here, &there, 1);
    assert!(course.rounds <= 4 && course.bytes < 6_000, "{course:?}");
}

#[test]
fn a_comparison_takes_no_more_messages_than_its_size_earns() {
    for (left, right) in [(20_000, 20_000), (20_000, 0), (0, 20_000)] {
        for seconds in [u32::MAX, 1] {
            for sets in [1, 64, 256] {
                let (here, there) = two(3, seconds, 10, left, right);
                let course = compare(&here, &there, sets);
                let most = most_rounds(left + right) / 2;
                assert!(course.rounds < most, "{left}/{right} {seconds} {sets}: {course:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(Config { cases: 300, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() })]

    #[test]
    fn random_sets_compare_exactly(
        seed in any::<u64>(),
        seconds in 1_u32..100,
        (both, left, right) in (0_usize..200, 0_usize..80, 0_usize..80),
    ) {
        let (here, there) = two(seed, seconds, both, left, right);
        compare(&here, &there, 1);
    }

    #[test]
    fn nonsense_is_answered_or_refused_and_never_a_panic(
        nonsense in vec(any::<u8>(), 0..200),
        size in 0_usize..100,
        modes in vec((0_u8..4, 0_u8..4, any::<[u8; 4]>()), 0..20),
    ) {
        let (items, _) = two(1, 50, size, 0, 0);
        let ledger = ledger(&items);
        // Half of it looks like the protocol.
        let mut likely = vec![0x61];
        for (time, mode, bytes) in modes {
            likely.extend([time, 0, mode]);
            likely.extend(bytes);
        }
        for message in [nonsense.clone(), [&[0x61], &nonsense[..]].concat(), likely] {
            let answer = ledger.answer(&message, 1);
            let told = ledger.hear(&message, 1);
            if let Ok(answer) = answer {
                prop_assert!(answer.len() <= *FRAME_BYTES.end());
            }
            if let Ok(told) = told {
                prop_assert!(told.have.len() <= size);
            }
        }
    }

    #[test]
    fn an_altered_answer_never_names_what_is_not_here_as_had(
        seed in any::<u64>(),
        at in any::<prop::sample::Index>(),
        bit in 0_u8..8,
    ) {
        let (here, there) = two(seed, 50, 40, 10, 10);
        let asker = ledger(&here);
        let mut answer = ledger(&there).answer(&asker.opening().unwrap(), 1).unwrap();
        let at = at.index(answer.len());
        answer[at] ^= 1 << bit;
        if let Ok(told) = asker.hear(&answer, 1) {
            let own: BTreeSet<RecordId> = here.iter().map(|item| item.id).collect();
            prop_assert!(told.have.iter().all(|id| own.contains(id)));
        }
    }
}

//! What the tests of this crate share: seeded people, keys and records. Owns no check.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ROOT};
use proptest::test_runner::{Config, RngSeed};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::{
    CaseId, DocumentKey, Draft, Envelope, Guarded, Lane, Part, Recipient, Record, Scope, Signer,
    Statement, seal, state,
};

/// The same chance on every run.
pub(crate) fn chance(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// Property tests that replay: the same cases on every run, and no files of their own.
pub(crate) fn replaying(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() }
}

pub(crate) fn scope() -> Scope {
    "TRK".parse().unwrap()
}

/// A small change that Automerge made and the guard passed.
pub(crate) fn change(text: &str) -> Guarded {
    let mut doc = Automerge::new().with_actor(ActorId::from(vec![7; 16]));
    let mut tx = doc.transaction();
    tx.put(ROOT, "narrative", text).unwrap();
    tx.commit_with(CommitOptions::default().with_time(1_561_000_000));
    let change = doc.get_last_local_change().unwrap();
    Guarded::inspect(change.raw_bytes().to_vec()).unwrap()
}

/// A sealed record of one case, as a kiosk writes it.
pub(crate) fn sealed(
    part: Part,
    key: &DocumentKey,
    recipients: &[Recipient],
    change: &Guarded,
    signer: &Signer,
    rng: &mut ChaCha8Rng,
) -> Record {
    let case = CaseId::from_bytes([0xca; 16]);
    let to = recipients.to_vec();
    let draft = Draft {
        envelope: &Envelope::telling(part, case, key.clone(), to, rng).unwrap(),
        lane: Lane::Emergency,
        scope: &scope(),
        made: 1_561_000_000,
        change,
    };
    seal(draft, signer, rng).unwrap()
}

/// A statement in clear with this body.
pub(crate) fn stated(body: &[u8], signer: &Signer) -> Record {
    let statement = Statement {
        part: Part::Directory,
        lane: Lane::Urgent,
        case: CaseId::NONE,
        scope: &scope(),
        made: 1_561_000_000,
        secret: None,
        body,
    };
    state(statement, signer, &mut chance(0)).unwrap()
}

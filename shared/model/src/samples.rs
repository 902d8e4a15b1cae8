//! What the tests of this crate begin with: an intake, devices, and a document from its changes.

use beket_record::{Author, Guarded, Part};
use proptest::test_runner::{Config as ProptestConfig, RngSeed};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::document::parse;
use crate::{Document, Heads, Intake, Reading, Reference, Stamp, intake_writes};

/// The sample of design.md, section 3.
pub(crate) const SAMPLE: &str = r#"{"kind":"evacuee","language":"kk","taken_at":"2019-06-24T15:12:00Z","incident":"ARYS-2019","category":null,"programme":null,"narrative":"Үйіміз қирады","person":{"family_name":"Тестова","given_name":"Айгүл","patronymic":"Серікқызы","iin":"850101399996","birth_date":"1985-01-01","age_years":null,"sex":"male","phone":"+77011234567","needs":["medicine"],"whereabouts":"here","address":{"kato":"611600000","line":"Майлықожа 5"},"registration_address":null},"household":[{"relation":"child","family_name":"Тестов","given_name":"Ернар","birth_date":"2015-05-02","sex":"female","needs":["infant_food"],"whereabouts":"here","separated":null}],"movement":{"direction":"arrival","transport":"train","number":"45","from":"Арыс","to":"Түркістан","at":"2019-06-24T15:10:00Z","onward":null},"place":{"site":"School 7","bed":"12"},"consent":{"may_tell_family":"yes"},"suggested_links":[]}"#;

/// The least that is taken.
pub(crate) const BARE: &str =
    r#"{"kind":"evacuee","language":"kk","person":{"given_name":"Айгүл"}}"#;

pub(crate) fn rng(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

pub(crate) fn intake(json: &str) -> Intake {
    Intake::from_json(json).unwrap()
}

pub(crate) fn reference() -> Reference {
    Reference::new("TRK", "B", 417).unwrap()
}

/// One device per name.
pub(crate) fn author(by: &str) -> Author {
    Author::from_bytes(Sha256::digest(by).into())
}

pub(crate) fn stamp(by: &str, at: i64) -> Stamp {
    Stamp { author: author(by), by: by.to_owned(), at }
}

pub(crate) fn create(json: &str) -> (Document, Guarded) {
    Document::intake(&intake(json), &reference(), &stamp("Айгүл", 100), &mut rng(1)).unwrap()
}

/// A change and who sealed it.
pub(crate) type Sealed = (Guarded, Author);

pub(crate) fn load(changes: &[Sealed]) -> Document {
    let parsed = changes.iter().map(|(change, author)| parse(change, author).unwrap());
    Document::load(Part::Intake, parsed.collect())
}

/// An intake in several hands: each edits what it has seen.
pub(crate) struct Hands {
    pub(crate) changes: Vec<Sealed>,
    pub(crate) first: Heads,
    rng: ChaCha8Rng,
}

impl Hands {
    pub(crate) fn new(json: &str) -> Self {
        let (document, change) = create(json);
        let changes = vec![(change, author("Айгүл"))];
        Self { changes, first: document.heads(), rng: rng(2) }
    }

    pub(crate) fn document(&self) -> Document {
        load(&self.changes)
    }

    pub(crate) fn read(&self) -> Reading {
        self.document().read()
    }

    /// Somebody who saw `heads` sends a patch; gives the heads of their change.
    pub(crate) fn patch_at(&mut self, heads: &Heads, by: &str, at: i64, patch: &Value) -> Heads {
        let mut document = self.document();
        let seen = document.read_at(heads).unwrap();
        let writes = intake_writes(&seen, patch, at.unsigned_abs() * 1000, &mut self.rng).unwrap();
        let change = document.edit(heads, &writes, &stamp(by, at), &mut self.rng).unwrap().unwrap();
        let heads = Heads(vec![crate::ChangeHash(*change.hash())]);
        self.changes.push((change, author(by)));
        heads
    }

    /// Somebody who saw all there is sends a patch.
    pub(crate) fn patch(&mut self, by: &str, at: i64, patch: &Value) -> Heads {
        let heads = self.document().heads();
        self.patch_at(&heads, by, at, patch)
    }
}

/// Property tests that run alike every time.
pub(crate) fn steady(cases: u32) -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(2019),
        failure_persistence: None,
        cases,
        ..ProptestConfig::default()
    }
}

//! The reception office of Turkistan, January to August 2019, from its appeals to its line: 5,933
//! appeals, 45 % decided in favour, 3,097 advised, 74 under review, and the 92 that its article left
//! out.

use beket_directory::{Directory, Office};
use beket_model::{Answer, Document, Heads, Intake, KeyRing, Reference, Stamp, answer_writes};
use beket_record::{CaseId, Draft, Envelope, Guarded, Lane, Part, Record, Scope, seal};
use beket_store::{Store, StoreError};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use serde_json::json;

use super::*;
use crate::queue::{Filter, numbers};
use crate::{projection, terms};

const TODAY: u32 = 20_190_901;
const HOUR: i64 = 3_600;
/// Noon of 1 January 2019 in Turkistan, and the days of January to August.
const FIRST: i64 = 1_546_322_400;
const DAYS: i64 = 243;
/// What became of them, in the article's numbers and in the 92 that are left.
const BECAME: [(&str, i64); 4] =
    [("resolved", 2_670), ("advised", 3_097), ("under_review", 74), ("refused", 92)];

fn station() -> Scope {
    "TRK".parse().unwrap()
}

/// An office that takes appeals in.
struct Reception {
    _folder: tempfile::TempDir,
    store: Store,
    office: Office,
    directory: Directory,
    rng: ChaCha20Rng,
    taken: u32,
}

impl Reception {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("office.db")).unwrap();
        projection::prepare(&mut store).unwrap();
        terms::kept::prepare(&mut store).unwrap();
        let mut rng = ChaCha20Rng::seed_from_u64(2019);
        let office = Office::random(&mut rng);
        let author = office.signer.author();
        let mut register = vec![office.found("Түркістан", 1, &mut rng).unwrap()];
        let directory = Directory::build(author, &register);
        let room = "Қоғамдық қабылдау бөлмесі";
        register.push(office.add_station(&directory, &station(), room, 1, &mut rng).unwrap());
        let directory = Directory::build(author, &register);
        let mut reception = Self { _folder: folder, store, office, directory, rng, taken: 0 };
        let register: Vec<_> =
            register.into_iter().map(|it| (it, FIRST - 400 * 24 * HOUR)).collect();
        reception.keep(&register);
        reception
    }

    /// Keeps records, each with when it came.
    fn keep(&mut self, records: &[(Record, i64)]) {
        let directory = &self.directory;
        let keep = |write: &mut beket_store::Write<'_>| {
            for (record, came) in records {
                write.add(record, &directory.judge(record), came.cast_unsigned())?;
            }
            Ok::<_, StoreError>(())
        };
        self.store.write(keep).unwrap();
    }

    fn stamp(&self, at: i64) -> Stamp {
        Stamp { author: self.office.signer.author(), by: "Дана".to_owned(), at }
    }

    fn envelope(&mut self, part: Part, case: CaseId) -> Envelope {
        let recipients = self.directory.recipients(part, &station()).unwrap();
        Envelope::new(part, case, recipients, &mut self.rng).unwrap()
    }

    fn seal(&mut self, envelope: &Envelope, change: &Guarded) -> Record {
        let draft = Draft { envelope, lane: Lane::Ordinary, scope: &station(), made: 1, change };
        seal(draft, &self.office.signer, &mut self.rng).unwrap()
    }

    /// The records of an appeal that was handed in at a moment, taken under review the next day, and
    /// decided some days later.
    fn appeal(&mut self, at: i64, status: &str) -> Vec<Record> {
        self.taken += 1;
        let mut id = [0; 16];
        id[12..].copy_from_slice(&self.taken.to_be_bytes());
        let case = CaseId::from_bytes(id);
        let taken_at = beket_model::Instant::from_unix(at).unwrap().to_string();
        let category = ["housing", "land", "roads"][self.taken as usize % 3];
        let intake = json!({ "kind": "appeal", "language": "kk", "taken_at": taken_at,
            "category": category, "narrative": "Өтініш",
            "person": { "address": { "kato": "611600000" } } });
        let intake = Intake::from_json(&intake.to_string()).unwrap();
        let reference = Reference::new("TRK", "B", self.taken).unwrap();
        let stamp = self.stamp(at);
        let (_, change) = Document::intake(&intake, &reference, &stamp, &mut self.rng).unwrap();
        let envelope = self.envelope(Part::Intake, case);
        let mut records = vec![self.seal(&envelope, &change)];

        let seen: Answer = serde_json::from_value(json!({ "status": "under_review" })).unwrap();
        let stamp = self.stamp(at + 24 * HOUR);
        let (mut answer, change) = Document::answer(&seen, &stamp, &mut self.rng).unwrap();
        let envelope = self.envelope(Part::Answer, case);
        records.push(self.seal(&envelope, &change));
        if status != "under_review" {
            let (heads, reading): (Heads, _) = (answer.heads(), answer.read());
            let writes = answer_writes(&reading, &json!({ "status": status })).unwrap();
            let days = 2 + i64::from(self.taken % 11);
            let stamp = self.stamp(at + days * 24 * HOUR);
            let decided = answer.edit(&heads, &writes, &stamp, &mut self.rng).unwrap().unwrap();
            records.push(self.seal(&envelope, &decided));
        }
        records
    }

    /// Takes so many in, one after the other over some days from a moment on.
    fn takes(&mut self, many: i64, from: i64, days: i64, status: &str) {
        let mut records = Vec::new();
        for nth in 0..many {
            let at = from + nth * days / many * 24 * HOUR;
            records.extend(self.appeal(at, status).into_iter().map(|record| (record, at + HOUR)));
        }
        self.keep(&records);
    }

    fn columns(&mut self) -> Columns {
        let ring = KeyRing(vec![self.office.secret.clone()]);
        let author = self.office.signer.author();
        projection::catch_up(&mut self.store, &ring, author, &mut |_| {}).unwrap();
        Columns::load(self.store.connection()).unwrap()
    }
}

#[test]
fn the_articles_line_comes_out_of_its_appeals_and_what_it_left_out_with_it() {
    let mut reception = Reception::open();
    for (status, many) in BECAME {
        reception.takes(many, FIRST, DAYS, status);
    }
    // The year before, and the month after, are of other reports.
    reception.takes(30, FIRST - 31 * 24 * HOUR, 31, "advised");
    reception.takes(20, FIRST + DAYS * 24 * HOUR, 1, "under_review");
    let columns = reception.columns();
    let [kind, from, to] = ["appeal", "2019-01-01", "2019-08-31"].map(str::to_owned);
    let filter = Filter { kind, from, to, ..Filter::default() };
    let cases = numbers(&mut reception.store, &columns, &filter, TODAY).unwrap();
    for by in By::ALL {
        let report = report(&columns, &cases, by, TODAY);
        assert_eq!(report.all.total(), 5_933, "{by:?}");
        let of = |word: &str| {
            let code = report.statuses.iter().find(|(known, _)| known == word).unwrap().1;
            let rows = report.rows.iter().map(|(_, line)| line.statuses.get(code).copied());
            let rows: u32 = rows.flatten().sum();
            assert_eq!(rows, report.all.statuses[code], "{by:?}: the column adds up");
            rows
        };
        assert_eq!(BECAME.map(|(status, _)| of(status)), [2_670, 3_097, 74, 92], "{by:?}");
        assert_eq!(of("resolved") * 100 / report.all.total(), 45);
        let rows: u32 = report.rows.iter().map(|(_, line)| line.total()).sum();
        assert_eq!(rows, 5_933, "{by:?}: the rows add up");
        // Each was decided 2 to 12 days after its hand-in.
        assert_eq!((report.all.hours(50), report.all.hours(100)), (Some(7 * 24), Some(12 * 24)));
    }
    let months = report(&columns, &cases, By::Month, TODAY);
    assert_eq!(months.rows.len(), 8, "{:?}", months.rows);
}

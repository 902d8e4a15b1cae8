//! What the tests of this crate share: a kiosk of station TRK, which serves the open incident
//! ARYS-2019, in a folder of its own. Owns no check.

use beket_directory::{Directory, EnrolmentCode, EnrolmentTerms, Office, Role};
use beket_record::Scope;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;

use crate::{Now, Worker};

pub(crate) const CLOCK: u64 = 1_561_375_920;

pub(crate) fn now() -> Now {
    Now::from_milliseconds(CLOCK * 1000)
}

pub(crate) fn rng() -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(6)
}

pub(crate) fn scope(code: &str) -> Scope {
    code.parse().unwrap()
}

/// A code of station TRK, which serves the open incident ARYS-2019.
pub(crate) fn code(role: Role, rng: &mut ChaCha8Rng) -> EnrolmentCode {
    let clock = u32::try_from(CLOCK).unwrap();
    let office = Office::random(rng);
    let founding = office.found("Түркістан", clock, rng).unwrap();
    let mut records = vec![founding.clone()];
    let directory = |records: &[_]| Directory::build(office.signer.author(), records);
    let trk = scope("TRK");
    records.push(office.add_station(&directory(&records), &trk, "TRK", clock, rng).unwrap());
    let stations = [trk.clone()];
    let (code, name) = (scope("ARYS-2019"), "Арыс");
    let incident = office.open_incident(&directory(&records), &code, name, &stations, clock, rng);
    records.push(incident.unwrap());
    let url = "http://127.0.0.1:1".to_owned();
    let terms = EnrolmentTerms { station: trk, role, url, expires: CLOCK + 60 };
    office.enrol(&directory(&records), &founding, &terms, clock, rng).unwrap().1
}

pub(crate) fn kiosk(role: Role, passphrase: Option<&str>) -> (TempDir, Worker, ChaCha8Rng) {
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let folder = tempfile::tempdir().unwrap();
    let code = code(role, &mut rng);
    let worker = Worker::enrol(folder.path(), &code, passphrase, now(), &mut rng).unwrap();
    (folder, worker, rng)
}

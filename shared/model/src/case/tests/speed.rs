//! What one typical intake costs. Asserts nothing: `cargo test --release -p beket-model --
//! --ignored --nocapture microseconds`.

use std::time::Instant;

use super::*;

const ROUNDS: u32 = 2_000;

#[expect(clippy::disallowed_methods, reason = "it measures, and nothing is decided by it")]
fn microseconds<T>(what: &str, mut run: impl FnMut() -> T) {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        std::hint::black_box(run());
    }
    println!("{what:<44} {:>7.1}", start.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS));
}

#[test]
#[ignore = "a measurement"]
fn microseconds_of_one_intake() {
    let mut desk = Desk::with_intake(SAMPLE);
    let kiosk = desk.kiosk.clone();
    let taken = intake(SAMPLE);
    let stamp = stamp(&kiosk);
    let to = [desk.office.recipient(), desk.scope.recipient()];
    let mut rng = rng(3);
    let (document, change) = Document::intake(&taken, &reference(), &stamp, &mut rng).unwrap();

    println!("raw change: {} bytes; record: {}", change.raw().len(), desk.records[0].bytes().len());
    microseconds("Intake::from_json", || Intake::from_json(SAMPLE));
    microseconds("Document::intake", || Document::intake(&taken, &reference(), &stamp, &mut rng));
    microseconds("seal for two recipients", || desk.sealed(Part::Intake, &change, &kiosk, &to));
    microseconds("seal a later change", || desk.sealed(Part::Intake, &change, &kiosk, &[]));
    let key = desk.keys[&Part::Intake].clone();
    microseconds("open a body, guard included", || open(&desk.records[0], &key));
    microseconds("parse", || parse(&change, &stamp.author));
    let parsed = parse(&change, &stamp.author).unwrap();
    microseconds("load one change, reading included", || {
        Document::load(Part::Intake, vec![parsed.clone()])
    });
    microseconds("Reading::json", || document.read().json());
    let heads = document.heads();
    let writes = crate::field_write(&document.read(), "place.bed", json!("7")).unwrap();
    microseconds("field_write", || crate::field_write(&document.read(), "place.bed", json!("7")));
    microseconds("edit on the newest state", || {
        document.clone().edit(&heads, &writes, &stamp, &mut rng).unwrap()
    });
    microseconds("Case::open, one record", || desk.at_kiosk());
    let heads = desk.at_kiosk().intake.unwrap().document.heads();
    for bed in 0..4 {
        desk.edit(&kiosk, &json!({ "place": { "bed": bed.to_string() } }));
    }
    microseconds("Case::open, five records", || desk.at_kiosk());
    let document = desk.at_kiosk().intake.unwrap().document;
    microseconds("history of five changes", || document.history());
    microseconds("edit on the first state, five changes", || {
        document.clone().edit(&heads, &writes, &stamp, &mut rng).unwrap()
    });
}

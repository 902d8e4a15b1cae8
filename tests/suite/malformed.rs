//! Owns: input that is not as it should be, at `take` and at `edit`: said by line and field, the
//! rest taken, nothing changed, no panic.
//! Refuses: each field's own rules in full, which the model's tests own.

use anyhow::{Context, Result, ensure};
use beket_tests::World;
use beket_tests::compare::whole;
use beket_tests::world::evacuee;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

/// A line with this beside what must be there.
fn with(field: &str, value: &str) -> Vec<u8> {
    format!(
        r#"{{"kind":"evacuee","language":"kk","person":{{"given_name":"А"}},"{field}":{value}}}"#
    )
    .into_bytes()
}

fn with_person(field: &str, value: &str) -> Vec<u8> {
    format!(
        r#"{{"kind":"evacuee","language":"kk","person":{{"given_name":"А","{field}":{value}}}}}"#
    )
    .into_bytes()
}

fn text(line: &str) -> Vec<u8> {
    line.as_bytes().to_vec()
}

/// Wrong lines, each with what must be said of it.
fn wrong_lines() -> Vec<(Vec<u8>, &'static str)> {
    let name = r#""person":{"given_name":"А"}"#;
    let many = |count: usize| format!("[{}]", vec![r#"{"given_name":"Б"}"#; count].join(","));
    let mut broken = text(r#"{"kind":"evacuee","language":"kk","narrative":"x"}"#);
    let place = broken.len() - 3;
    broken[place] = 0xff;
    vec![
        (text("not JSON"), "intake"),
        (text("[]"), "intake"),
        (text("null"), "intake"),
        (text("7"), "intake"),
        (text("{"), "intake"),
        (text("{}"), "kind"),
        (text(r#"{"kind":"evacuee"}"#), "language"),
        (text(&format!(r#"{{"language":"kk",{name}}}"#)), "kind"),
        (text(&format!(r#"{{"kind":"robot","language":"kk",{name}}}"#)), "kind"),
        (text(&format!(r#"{{"kind":1,"language":"kk",{name}}}"#)), "kind"),
        (text(&format!(r#"{{"kind":"evacuee","language":"de",{name}}}"#)), "language"),
        (text(r#"{"kind":"evacuee","language":"kk"}"#), "person"),
        (text(r#"{"kind":"evacuee","language":"kk","person":{"given_name":"  "}}"#), "person"),
        (text(&format!(r#"{{"kind":"appeal","kind":"appeal","language":"kk",{name}}}"#)), "kind"),
        (text(&format!(r#"{{"kind":"evacuee","language":"kk",{name}}} and more"#)), "intake"),
        (text(&format!(r#"{{"kind":"evacuee","language":"kk",{name}}}{{}}"#)), "intake"),
        (with("naratif", r#""x""#), "naratif"),
        (with("reference", r#""TRK-A-0001-M""#), "reference"),
        (with("household", "{}"), "household"),
        (with("household", "[1]"), "household[0]"),
        (with("household", r#"[{"fone":"1"}]"#), "fone"),
        (with("household", r#"[{"sex":"x"}]"#), "household[0].sex"),
        (with("household", &many(61)), "household"),
        (with("movement", r#"{"at":"yesterday"}"#), "movement.at"),
        (with("place", r#""School 7""#), "place"),
        (with("taken_at", r#""24.06.2019""#), "taken_at"),
        (with("narrative", "[\"a\"]"), "narrative"),
        (with("narrative", r#""\ud800""#), "narrative"),
        (with("narrative", r#""\u0000""#), "narrative"),
        (with("narrative", &format!("\"{}\"", "ә".repeat(20_001))), "narrative"),
        (with("narrative", &format!("\"{}\"", "я".repeat(5 << 20))), "longer than 1 MiB"),
        (with_person("fone", "1"), "fone"),
        (with_person("phone", r#""12""#), "person.phone"),
        (with_person("iin", r#""850101399997""#), "person.iin"),
        (with_person("birth_date", r#""2015-02-30""#), "person.birth_date"),
        (with_person("age_years", "-1"), "person.age_years"),
        (with_person("age_years", "1.5"), "person.age_years"),
        (with_person("age_years", "1e400"), "person.age_years"),
        (with_person("needs", r#""medicine""#), "person.needs"),
        (with_person("needs", "[null]"), "person.needs"),
        (with_person("family_name", r#""a\nb""#), "person.family_name"),
        (with("person", &"[".repeat(200_000)), "person"),
        (with("person", &r#"{"address":"#.repeat(50_000)), "person"),
        (text(&"[".repeat(300_000)), "intake"),
        (broken, "UTF-8"),
        (with("narrative", "\"\u{1}\""), "narrative"),
        ([&b"\xed\xa0\x80"[..], &with("place", "null")].concat(), "UTF-8"),
    ]
}

#[test]
fn wrong_lines_are_named_and_the_others_are_taken() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let (mut input, mut given) = (Vec::new(), Vec::new());
    let wrong = wrong_lines();
    for (number, (line, _)) in wrong.iter().enumerate() {
        let good = evacuee(&format!("Дұрыс {number}"));
        input.extend([line, &b"\n"[..], good.to_string().as_bytes(), b"\n"].concat());
        given.push(good);
    }
    let taken = kiosk.take_lines(&input)?;
    ensure!(taken.code == Some(1), "{}", taken.why());
    ensure!(!taken.stderr.contains("panicked"), "{}", taken.stderr);
    let said: Vec<&str> = taken.stderr.lines().collect();
    for (number, (line, field)) in wrong.iter().enumerate() {
        let begins = format!("line {}: ", 2 * number + 1);
        let words = said.iter().find_map(|line| line.strip_prefix(&begins));
        let start = String::from_utf8_lossy(&line[..line.len().min(100)]);
        let words = words.with_context(|| format!("{begins}nothing is said of {start}"))?;
        ensure!(words.contains(field), "{start}: {words:?} does not name {field}");
        ensure!(words.len() < 400, "{start}: {} bytes of words", words.len());
    }
    ensure!(said.iter().filter(|line| line.starts_with("line ")).count() == wrong.len());
    ensure!(said.last().is_some_and(|last| last.contains("were not taken")), "{said:?}");
    let references = taken.lines();
    ensure!(references.len() == given.len(), "{} of {}", references.len(), given.len());
    kiosk.sync()?;
    let given: Vec<(String, Value)> = references.into_iter().zip(given).collect();
    let wrong = whole(&given, &world.office.export()?);
    ensure!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}

#[test]
fn odd_but_right_lines_are_taken_as_they_are() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let windows = format!("{}\r\n", evacuee("Терезе"));
    let empty = "\n  \n\t\n\r\n";
    let escaped =
        r#"{"kind":"appeal","language":"en","narrative":"\ud83c\udfe0 <b>\"x\"\\ \u0431"}"#;
    let most = with("narrative", &format!("\"{}\"", "ә".repeat(20_000)));
    let unended = evacuee("Соңы жоқ").to_string();
    let input = [
        windows.as_bytes(),
        empty.as_bytes(),
        escaped.as_bytes(),
        b"\n",
        &most,
        b"\n",
        unended.as_bytes(),
    ]
    .concat();
    let taken = kiosk.take_lines(&input)?;
    ensure!(taken.code == Some(0) && taken.lines().len() == 4, "{}", taken.why());
    kiosk.sync()?;
    let row = world.row(&taken.lines()[1])?;
    ensure!(row["narrative"] == "🏠 <b>\"x\"\\ б", "{row}");
    let row = world.row(&taken.lines()[2])?;
    ensure!(row["narrative"].as_str().is_some_and(|text| text.chars().count() == 20_000));
    Ok(())
}

#[test]
fn a_file_that_begins_with_a_byte_order_mark_loses_no_line() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let input = format!("\u{feff}{}\n{}\n", evacuee("Бірінші"), evacuee("Екінші"));
    let taken = kiosk.take_lines(input.as_bytes())?;
    ensure!(taken.lines().len() == 2, "{}", taken.why());
    Ok(())
}

/// An intake within every field's limit that no compression makes light enough for a record.
fn heavy() -> Value {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let mut word = || -> String { (0..80).map(|_| rng.random_range('一'..'龥')).collect() };
    let members: Vec<Value> = (0..60)
        .map(|_| json!({ "given_name": word(), "needs": (0..45).map(|_| word()).collect::<Vec<_>>() }))
        .collect();
    let mut intake = evacuee("Ауыр");
    intake["household"] = json!(members);
    intake
}

#[test]
fn an_intake_too_heavy_for_a_record_is_one_wrong_line_like_any_other() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let heavy = heavy().to_string();
    ensure!((600_000..1 << 20).contains(&heavy.len()), "{} bytes", heavy.len());
    let input = format!("{}\n{heavy}\n{}\n", evacuee("Бірінші"), evacuee("Екінші"));
    let taken = kiosk.take_lines(input.as_bytes())?;
    ensure!(taken.code == Some(1), "{}", taken.why());
    ensure!(taken.stderr.contains("line 2: "), "{}", taken.why());
    ensure!(taken.lines().len() == 2, "{} lines taken: {}", taken.lines().len(), taken.why());
    Ok(())
}

#[test]
fn a_wrong_patch_changes_nothing_and_says_why() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let mut intake = evacuee("Сәуле");
    intake["household"] = json!([{ "given_name": "Дана" }]);
    let reference = kiosk.take_one(&intake)?;
    let deep = format!("{}1{}", r#"{"person":"#.repeat(5_000), "}".repeat(5_000));
    let long = format!(r#"{{"narrative":"{}"}}"#, "я".repeat(5 << 20));
    for (patch, field) in [
        ("", "JSON"),
        ("not JSON", "JSON"),
        ("{} {}", "JSON"),
        ("[]", "patch"),
        ("7", "patch"),
        (r#"{"persn":{}}"#, "persn"),
        (r#"{"person":{"fone":"1"}}"#, "fone"),
        (r#"{"person":{"phone":"12"}}"#, "person.phone"),
        (r#"{"person":{"iin":"850101399997"}}"#, "person.iin"),
        (r#"{"kind":"robot"}"#, "kind"),
        (r#"{"narrative":"\ud800"}"#, "JSON"),
        (r#"{"household":null}"#, "household"),
        (r#"{"household":[{"id":"nobody","sex":"male"}]}"#, "household[0].id"),
        (r#"{"household":[{"id":"a b","sex":"male"}]}"#, "household[0].id"),
        (r#"{"reference":"TRK-A-0002-M"}"#, "reference"),
        (&deep, ""),
        (&long, "narrative"),
    ] {
        let start: String = patch.chars().take(60).collect();
        let refused = kiosk.try_edit(&reference, patch)?;
        ensure!(refused.code == Some(1) && refused.stdout.is_empty(), "{start}: {refused:?}");
        ensure!(refused.stderr.contains(field), "{start}: {refused:?}");
        ensure!(!refused.stderr.contains("panicked"), "{start}: {refused:?}");
    }
    let nothing = kiosk.try_edit(&reference, "{}")?;
    ensure!(nothing.code == Some(0) && nothing.stdout.is_empty(), "{nothing:?}");
    ensure!(kiosk.listed(&reference)?["waiting"] == 1, "an edit was kept");
    for (named, why) in [
        ("TRK-A-0002-X", "last character"),
        ("nonsense", "four parts"),
        ("TRK-A-0999-1", ""),
        ("00000000000000000000000000000000", "No case here"),
    ] {
        let refused = kiosk.try_edit(named, r#"{"place":{"bed":"1"}}"#)?;
        ensure!(refused.code == Some(1) && refused.stderr.contains(why), "{named}: {refused:?}");
    }
    let missing = kiosk.run(&["edit", &reference, "/no/such/patch.json"], b"")?;
    ensure!(missing.code == Some(1) && missing.stderr.contains("cannot be read"), "{missing:?}");
    Ok(())
}

#[test]
fn a_file_that_is_not_there_is_named() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    for path in ["/no/such/file.jsonl", "/"] {
        let missing = kiosk.run(&["take", path], b"")?;
        ensure!(
            missing.code == Some(1) && missing.stderr.contains("cannot be read"),
            "{missing:?}"
        );
        ensure!(!missing.stderr.contains("panicked"), "{missing:?}");
    }
    let input = world.path("intakes.jsonl");
    std::fs::write(&input, format!("{}\n", evacuee("Файлдан")))?;
    let taken = kiosk.run(&["take", input.to_str().context("path")?], b"")?;
    ensure!(taken.code == Some(0) && taken.lines().len() == 1, "{taken:?}");
    Ok(())
}

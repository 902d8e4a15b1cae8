//! Owns: what can be read from a data folder by whoever holds the disk: of what people said,
//! nothing.
//! Refuses: what the README lists as clear: station, device, second, size.

use anyhow::{Result, ensure};
use beket_synthetic::{Generator, Scene};
use beket_tests::folders::{files, readable};
use beket_tests::world::{INCIDENT, appeal, evacuee};
use beket_tests::{Kiosk, World};
use serde_json::{Value, json};

/// Every word that somebody said, in any field that is not a choice from a list. Short words would
/// be found by chance.
fn said(intake: &Value) -> Vec<String> {
    const CHOSEN: [&str; 10] = [
        "kind",
        "language",
        "taken_at",
        "incident",
        "category",
        "programme",
        "sex",
        "whereabouts",
        "direction",
        "may_tell_family",
    ];
    match intake {
        Value::Object(fields) => {
            let open = fields.iter().filter(|(key, _)| !CHOSEN.contains(&key.as_str()));
            open.flat_map(|(_, value)| said(value)).collect()
        }
        Value::Array(items) => items.iter().flat_map(said).collect(),
        Value::String(text) => {
            let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
            words.filter(|word| word.chars().count() >= 5).collect()
        }
        _ => Vec::new(),
    }
}

/// Somebody who filled in every field.
fn talkative() -> Value {
    json!({
        "kind": "evacuee", "language": "kk", "incident": INCIDENT, "category": "special",
        "narrative": "Шатырымыз өртеніп кетті, қарлығаш ұясы да Zanzibar бірге",
        "person": {
            "family_name": "Құрманғазыұлы", "given_name": "Жәнібекшах", "patronymic": "Тоқтамысович",
            "iin": "850101399996", "birth_date": "1985-01-01", "age_years": 34, "sex": "male",
            "phone": "8 707 135 79 24", "needs": ["кислородный баллон"],
            "address": { "kato": "611610100", "line": "Мәңгілікел даңғылы 1917" },
            "registration_address": { "line": "Сарыжайлау ауылы 2718" },
        },
        "household": [{
            "relation": "немересі", "given_name": "Балжанайым", "phone": "+7 747 864 20 97",
            "separated": { "found_at": "Перрон артында", "brought_by": "Машинист Прохоренко",
                           "says": "Бурундук", "clothing": "Фиолетовый капюшон" },
        }],
        "movement": { "transport": "дрезина", "number": "71717", "ticket": "KZ8818283",
                      "from": "Байырқұм", "to": "Отырартау", "onward": "Созақтағы нағашысы" },
        "place": { "site": "Спорткешені", "bed": "B-1234567" },
    })
}

fn none_readable(kiosk: &Kiosk, intakes: &[Value]) -> Result<()> {
    let mut words: Vec<String> = intakes.iter().flat_map(said).collect();
    words.extend(["77071357924", "7071357924", "77478642097", "850101399996"].map(str::to_owned));
    words.sort();
    words.dedup();
    ensure!(words.len() > 40, "{} words", words.len());
    ensure!(files(kiosk.data())?.iter().any(|file| file.ends_with("kiosk.db")));
    for word in &words {
        let found = readable(kiosk.data(), word)?;
        ensure!(found.is_empty(), "{word} can be read in {found:?}");
    }
    Ok(())
}

/// The talkative one, and some whose words are not those of the stations' own names.
fn people(world: &World) -> Result<Vec<Value>> {
    let fresh = world.staffed("TRK")?;
    let mut intakes = vec![talkative()];
    for intake in Generator::new(11, Scene::emergency(INCIDENT)).take(12) {
        let mut clear = false;
        for word in said(&intake) {
            clear |= !readable(fresh.data(), &word)?.is_empty();
        }
        if !clear {
            intakes.push(intake);
        }
    }
    ensure!(intakes.len() > 5);
    Ok(intakes)
}

#[test]
fn the_search_would_find_what_lies_open() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    std::fs::write(kiosk.data().join("left-behind"), "x\0ЖӘНІБЕКШАХ")?;
    ensure!(none_readable(&kiosk, &[talkative()]).is_err());
    Ok(())
}

#[test]
fn nothing_that_was_said_can_be_read_on_a_self_service_kiosk() -> Result<()> {
    let world = World::open()?;
    let intakes = people(&world)?;
    let kiosk = world.self_service("TRK")?;
    kiosk.take(&intakes)?;
    none_readable(&kiosk, &intakes)?;
    kiosk.sync()?;
    none_readable(&kiosk, &intakes)?;
    // The commit left nothing elsewhere either: SQLite's own files are all there is.
    for file in files(kiosk.data())? {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        ensure!(name.is_some_and(|name| name.starts_with("kiosk.db")), "{}", file.display());
    }
    Ok(())
}

#[test]
fn nothing_that_was_said_can_be_read_on_a_locked_staffed_kiosk() -> Result<()> {
    let world = World::open()?;
    let intakes = people(&world)?;
    let passphrase = "жеті қарлығаш ұясы";
    let kiosk = world.locked("TRK", passphrase)?.used_by("Перизатхан");
    let references = kiosk.take(&intakes)?;
    none_readable(&kiosk, &intakes)?;
    let patch =
        json!({ "person": { "phone": "8 775 999 88 77" }, "place": { "site": "Қызылжарма" } });
    kiosk.edit(&references[0], &patch)?;
    kiosk.sync()?;
    kiosk.list()?;
    let other = world.staffed("ARS")?;
    other.take_one(&evacuee("Сағынышбек"))?;
    other.sync()?;
    kiosk.sync()?;
    ensure!(kiosk.list()?.iter().any(|case| case["given_name"] == "Сағынышбек"));
    none_readable(&kiosk, &intakes)?;
    for word in ["Перизатхан", "7759998877", "Қызылжарма", "Сағынышбек", passphrase, "қарлығаш"]
    {
        let found = readable(kiosk.data(), word)?;
        ensure!(found.is_empty(), "{word} can be read in {found:?}");
    }
    Ok(())
}

#[test]
fn a_self_service_kiosk_refuses_to_edit_and_lists_no_words() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.self_service("TRK")?;
    let reference = kiosk.take_one(&talkative())?;
    let refused = kiosk.try_edit(&reference, r#"{"place":{"bed":"1"}}"#)?;
    ensure!(refused.code == Some(1) && refused.stdout.is_empty(), "{refused:?}");
    ensure!(refused.stderr.contains("self-service kiosk"), "{refused:?}");
    let listed = kiosk.listed(&reference)?;
    let keys: Vec<&String> = listed.as_object().into_iter().flat_map(|o| o.keys()).collect();
    ensure!(keys == ["reference", "case", "mark", "waiting"], "{listed}");
    ensure!(listed["mark"] == "on_this_device" && listed["waiting"] == 1);
    Ok(())
}

#[test]
fn a_locked_kiosk_takes_without_its_passphrase_and_reads_only_with_it() -> Result<()> {
    let world = World::open()?;
    let open = world.locked("TRK", "жеті қарлығаш ұясы")?;
    let mut locked = open.clone();
    locked.passphrase_file = None;
    let reference = locked.take_one(&evacuee("Сәуле"))?;
    let listed = locked.listed(&reference)?;
    ensure!(listed.get("given_name").is_none() && listed["mark"] == "on_this_device", "{listed}");
    let refused = locked.try_edit(&reference, r#"{"place":{"bed":"1"}}"#)?;
    ensure!(refused.code == Some(1), "{refused:?}");
    ensure!(refused.stderr.contains("BEKET_PASSPHRASE_FILE"), "{refused:?}");
    locked.sync()?;
    ensure!(locked.listed(&reference)?["mark"] == "at_the_centre");
    ensure!(open.listed(&reference)?["given_name"] == "Сәуле");
    open.edit(&reference, &json!({ "place": { "bed": "1" } }))?;

    let mut wrong = open.clone();
    let file = world.path("wrong-words");
    std::fs::write(&file, "жеті қарлығаш ұясы!\n")?;
    wrong.passphrase_file = Some(file);
    for refused in [wrong.run(&["list", "--json"], b"")?, wrong.try_edit(&reference, "{}")?] {
        ensure!(refused.code == Some(1) && refused.stdout.is_empty(), "{refused:?}");
        ensure!(refused.stderr.contains("not this kiosk's passphrase"), "{refused:?}");
    }
    wrong.passphrase_file = Some(world.path("no-such-file"));
    let missing = wrong.run(&["list", "--json"], b"")?;
    ensure!(missing.code == Some(1) && missing.stderr.contains("cannot be read"), "{missing:?}");
    wrong.take_one(&appeal("Кілтсіз"))?;
    Ok(())
}

#[test]
fn an_unlocked_staffed_kiosk_says_that_it_is() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    for arguments in [&["list", "--json"][..], &["take", "-"], &["sync", "--once", "--json"]] {
        let said = kiosk.run(arguments, b"")?.stderr;
        ensure!(said.contains("has no passphrase"), "{arguments:?}: {said:?}");
    }
    Ok(())
}

#[test]
fn only_its_owner_may_open_a_folder_with_keys() -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let mode = |path: &std::path::Path| -> Result<u32> {
        Ok(std::fs::metadata(path)?.permissions().mode() & 0o777)
    };
    ensure!(mode(kiosk.data())? == 0o700);
    ensure!(mode(world.office.data())? == 0o700);
    ensure!(mode(&world.office.data().join("office.key"))? == 0o600);
    for folder in [kiosk.data(), world.office.data()] {
        for file in files(folder)? {
            ensure!(mode(&file)? == 0o600, "{}", file.display());
        }
    }
    Ok(())
}

//! Owns: single records that a disk no longer gives back whole, at a kiosk and at the office.
//! Refuses: files that are damaged as a whole, and the row itself, which the store's own tests own.

use std::path::Path;

use anyhow::{Result, ensure};
use beket_store::Store;
use beket_tests::World;
use beket_tests::compare::whole;
use beket_tests::world::{appeal, evacuee};

/// Spoils intakes in a data file: the first so many of those that this condition names.
fn spoil(file: &Path, condition: &str, first: u32) -> Result<()> {
    let mut store = Store::open_existing(file)?;
    store.connection().execute_batch(&format!(
        "UPDATE record SET bytes = zeroblob(length(bytes)) WHERE row IN
            (SELECT row FROM record WHERE part = 2 AND {condition} ORDER BY row LIMIT {first})"
    ))?;
    Ok(())
}

#[test]
fn records_spoilt_on_a_kiosk_stop_nothing_and_come_back_from_the_office() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let forms = [evacuee("Бірінші"), evacuee("Екінші"), appeal("Су жоқ")];
    let references = kiosk.take(&forms)?;
    kiosk.sync()?;
    let unsent = kiosk.take_one(&evacuee("Кейін"))?;
    spoil(&kiosk.data().join("kiosk.db"), "receipt IS NOT NULL", 2)?;
    ensure!(kiosk.listed(&references[0])?["mark"] == "refused", "{:#?}", kiosk.list()?);
    ensure!(kiosk.listed(&unsent)?["given_name"] == "Кейін");
    let said = kiosk.run(&["list"], b"")?.stderr;
    ensure!(said.contains("damaged"), "{said}");

    let sync = kiosk.sync()?;
    ensure!((sync.pushed, sync.pulled) == (1, 2), "{sync:?}");
    let given: Vec<_> = references.iter().cloned().zip(forms).collect();
    ensure!(whole(&given, &world.office.export()?[..3]).is_empty());
    ensure!(kiosk.marks()?.iter().all(|(_, mark)| mark == "at_the_centre"));
    ensure!(kiosk.listed(&references[0])?["given_name"] == "Бірінші");
    world.close()
}

/// The only copy is gone, and nobody is told otherwise; what was taken after it goes its way.
#[test]
fn a_record_spoilt_before_it_was_sent_is_said_and_the_others_arrive() -> Result<()> {
    let world = World::open()?;
    let kiosk = world.staffed("TRK")?;
    let references = kiosk.take(&[evacuee("Бүлінген"), evacuee("Бүтін")])?;
    spoil(&kiosk.data().join("kiosk.db"), "receipt IS NULL", 1)?;
    let first = kiosk.try_sync()?;
    ensure!(first.words.contains("damaged") && first.pushed == 1, "{first:?}");
    kiosk.sync()?;
    ensure!(world.row(&references[1])?["person"]["given_name"] == "Бүтін");
    ensure!(
        kiosk.marks()?
            == [
                (references[1].clone(), "at_the_centre".to_owned()),
                (references[0].clone(), "refused".to_owned()),
            ]
    );
    world.close()
}

#[test]
fn records_spoilt_at_the_office_are_brought_anew_by_whichever_kiosk_holds_them() -> Result<()> {
    let world = World::open()?;
    let (one, other) = (world.staffed("TRK")?, world.staffed("TRK")?);
    let forms = [evacuee("Бірінші"), evacuee("Екінші"), evacuee("Үшінші")];
    let references = one.take(&forms)?;
    one.sync()?;
    spoil(&world.office.data().join("office.db"), "TRUE", 2)?;
    // A new kiosk asks for everything; what is whole comes.
    let sync = other.try_sync()?;
    ensure!(sync.error.is_none() && sync.pulled >= 1, "{sync:?}");
    ensure!(other.list()?.len() == 1);
    let said = world.office.run(&["export"], &[])?;
    ensure!(
        said.code == Some(0) && said.stderr.contains("2 record(s) were refused or are damaged")
    );

    ensure!(one.sync()?.pushed == 2);
    other.sync()?;
    let given: Vec<_> = references.into_iter().zip(forms).collect();
    let wrong = whole(&given, &world.office.export()?);
    ensure!(wrong.is_empty(), "{wrong:#?}");
    ensure!(other.list()?.len() == 3);
    world.close()
}

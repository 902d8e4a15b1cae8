//! Answers that are not the office's word, or not about what was asked: not believed, not kept.

use beket_directory::{Office, Set};
use beket_record::{CaseId, Lane, Record, RecordId, Signer};
use beket_wire::{Message, Pulled, Pushed, Receipt, Route, Verdict};

use super::replica::is_register;
use super::world::{World, laid_out, scope};
use crate::{Failure, Report};

/// What is done to the office's answer.
type Forge<'a> = &'a dyn Fn(&mut Pushed, &Signer);

/// A session in which every answer to a push goes through `forge`.
fn push_through(
    world: &mut World,
    kiosk: usize,
    mut forge: impl FnMut(Pushed, &Signer) -> Pushed,
) -> Report {
    let signer = world.centre.keys.signer.clone();
    world.sync_by(kiosk, |route, _, answer| {
        let answer = answer()?;
        if route != Route::Push {
            return Ok(answer);
        }
        Ok(forge(Pushed::from_bytes(&answer).unwrap(), &signer).to_bytes())
    })
}

#[test]
fn an_answer_without_the_office_s_word_on_exactly_these_records_settles_nothing() {
    let stranger = Signer::from_bytes(&[3; 32]);
    let mut world = World::new(1);
    let kiosk = world.kiosk_in_step("TRK");
    let ids: Vec<RecordId> = (0..3).map(|_| world.take_new(kiosk)).collect();
    let forgeries: [(&str, Forge<'_>); 10] = [
        ("no receipt", &|pushed, _| pushed.receipt = None),
        ("by another key", &|pushed, _| pushed.receipt = Receipt::sign(&stranger, 1, &ids)),
        ("over fewer", &|pushed, office| pushed.receipt = Receipt::sign(office, 1, &ids[..2])),
        ("in another order", &|pushed, office| {
            let turned: Vec<_> = ids.iter().rev().copied().collect();
            pushed.receipt = Receipt::sign(office, 1, &turned);
        }),
        ("of another time", &|pushed, _| pushed.receipt.as_mut().unwrap().at += 1),
        ("for one that it refused", &|pushed, _| {
            pushed.verdicts[1] = Verdict::Refused("no".to_owned());
        }),
        ("a verdict too few", &|pushed, _| drop(pushed.verdicts.pop())),
        ("a verdict too many", &|pushed, _| pushed.verdicts.push(Verdict::Stored)),
        ("no verdicts", &|pushed, _| pushed.verdicts.clear()),
        ("an altered signature", &|pushed, _| pushed.receipt.as_mut().unwrap().signature[5] ^= 1),
    ];
    for (what, forge) in forgeries {
        let report = push_through(&mut world, kiosk, |mut pushed, office| {
            forge(&mut pushed, office);
            pushed
        });
        assert!(matches!(report.failure, Some(Failure::NotTheOffice(_))), "{what}: {report:?}");
        assert_eq!(world.kiosks[kiosk].unreceipted(), ids, "{what}");
        assert!(world.kiosks[kiosk].refused.is_empty(), "{what}");
    }
    let report =
        world.sync_by(
            kiosk,
            |route, _, answer| {
                if route == Route::Push { Ok(vec![1, 2, 3]) } else { answer() }
            },
        );
    assert!(matches!(report.failure, Some(Failure::NotTheOffice(_))), "{report:?}");
    assert!(world.sync(kiosk).in_step);
    assert_eq!(world.kiosks[kiosk].unreceipted(), []);
}

#[test]
fn a_lost_receipt_asked_for_needs_the_office_s_word_as_well() {
    let mut world = World::new(2);
    let kiosk = world.kiosk_in_step("TRK");
    let id = world.take_new(kiosk);
    // The record arrives; its receipt does not.
    let cut = Failure::Unreachable("cut".to_owned());
    let link = |route, _: &[u8], answer: &mut dyn FnMut() -> Result<Vec<u8>, Failure>| {
        let arrived = answer();
        if route == Route::Push { Err(cut.clone()) } else { arrived }
    };
    world.sync_by(kiosk, link);
    let stranger = Signer::from_bytes(&[3; 32]);
    let report = push_through(&mut world, kiosk, |pushed, _| {
        assert_eq!(pushed.verdicts, [Verdict::Duplicate]);
        Pushed { receipt: Receipt::sign(&stranger, 1, &[id]), ..pushed }
    });
    assert!(matches!(report.failure, Some(Failure::NotTheOffice(_))), "{report:?}");
    assert_eq!(world.kiosks[kiosk].unreceipted(), [id]);
}

/// A kiosk that lacks two good records, and what an office gives it in their place.
struct Given {
    world: World,
    kiosk: usize,
    good: Vec<RecordId>,
}

impl Given {
    /// With records of its own, so that it asks by id; or empty, so that it asks for a range.
    fn new(seed: u64, by_id: bool) -> Self {
        let mut world = World::new(seed);
        let (kiosk, other) = (world.kiosk_in_step("TRK"), world.kiosk_in_step("TRK"));
        assert!(world.sync(kiosk).in_step);
        if by_id {
            world.take_new(kiosk);
            assert!(world.sync(kiosk).in_step);
        }
        let good = (0..2).map(|_| world.take_new(other)).collect();
        assert!(world.sync(other).in_step);
        Self { world, kiosk, good }
    }

    /// A session in which `alter` changes the records of every answer; the receipt covers whatever
    /// has the layout of a record.
    fn pull(&mut self, alter: impl Fn(&mut Vec<Vec<u8>>)) -> Report {
        let signer = self.world.centre.keys.signer.clone();
        self.world.sync_by(self.kiosk, |route, _, answer| {
            let answer = answer()?;
            if route != Route::Pull {
                return Ok(answer);
            }
            let pulled = Pulled::from_bytes(&answer).unwrap();
            let mut records: Vec<Vec<u8>> = pulled.records.into_iter().map(Vec::from).collect();
            alter(&mut records);
            let parsed =
                records.iter().filter_map(|b| beket_record::Unverified::parse(b.clone()).ok());
            let ids: Vec<RecordId> = parsed.map(|record| record.id()).collect();
            let receipt = Receipt::sign(&signer, 1, &ids);
            let records = records.into_iter().map(Into::into).collect();
            Ok(Pulled { records, more: pulled.more, receipt }.to_bytes())
        })
    }

    fn here(&self) -> usize {
        let records = &self.world.kiosks[self.kiosk].replica.records;
        self.good.iter().filter(|id| records.contains_key(id)).count()
    }
}

#[test]
fn records_that_do_not_prove_themselves_are_not_kept_and_their_neighbours_are() {
    for by_id in [true, false] {
        let mut given = Given::new(3, by_id);
        let before = given.world.kiosks[given.kiosk].replica.records.len();
        let trk = scope("TRK");
        let office = given.world.centre.keys.signer.clone();
        let stranger = Signer::from_bytes(&[9; 32]);
        let case = CaseId::from_bytes([1; 16]);
        let record = |signer: &Signer, place: &str| {
            laid_out(signer, &scope(place), case, Lane::Urgent, u32::MAX, 5).bytes().to_vec()
        };
        let mut forged = record(&office, "TRK");
        *forged.last_mut().unwrap() ^= 1;
        let mut strays = vec![forged, b"no record".to_vec(), record(&office, "ALA")];
        if by_id {
            // Of the set, but never asked for.
            strays.push(record(&office, "TRK"));
        }
        let number = strays.len() as u64;
        let report = given.pull(|records| {
            if !records.is_empty() {
                records.extend(strays.clone());
            }
        });
        assert_eq!((report.distrusted, report.in_step), (number, false), "{report:?}");
        assert_eq!((report.pulled, given.here()), (2, 2));
        assert_eq!(given.world.kiosks[given.kiosk].replica.records.len(), before + 2);
        assert!(given.world.sync(given.kiosk).in_step);

        // One whose author nobody certified is not yet a member, whoever gives it.
        let unknown = record(&stranger, "TRK");
        let other = given.world.kiosks.len() - 1;
        given.world.take(other, &trk, case, Lane::Ordinary);
        assert!(given.world.sync(other).in_step);
        let id = beket_record::Unverified::parse(unknown.clone()).unwrap().id();
        given.pull(|records| records.insert(0, unknown.clone()));
        assert!(!given.world.kiosks[given.kiosk].replica.records.contains_key(&id));
    }
}

#[test]
fn an_office_that_gives_only_what_was_not_asked_for_is_not_asked_for_ever() {
    for by_id in [true, false] {
        let mut given = Given::new(4, by_id);
        let office = given.world.centre.keys.signer.clone();
        let case = CaseId::from_bytes([1; 16]);
        let stray = laid_out(&office, &scope("ALA"), case, Lane::Urgent, 7, 5).bytes().to_vec();
        let report = given.pull(|records| *records = vec![stray.clone()]);
        assert_eq!((report.distrusted, report.pulled), (1, 0));
        assert!(report.round_trips <= 3 && !report.in_step, "{report:?}");
        // And one that gives nothing.
        let report = given.pull(Vec::clear);
        assert_eq!((report.distrusted, report.pulled), (0, 0));
        assert!(report.round_trips <= 3 && report.in_step != by_id, "{report:?}");
        assert!(given.world.sync(given.kiosk).in_step);
        assert_eq!(given.here(), 2);
    }
}

#[test]
fn what_is_given_without_the_office_s_receipt_is_not_kept() {
    let stranger = Signer::from_bytes(&[3; 32]);
    for receipt in [false, true] {
        let mut given = Given::new(5, true);
        let (kiosk, ids) = (given.kiosk, given.good.clone());
        let report = given.world.sync_by(kiosk, |route, _, answer| {
            let answer = answer()?;
            if route != Route::Pull {
                return Ok(answer);
            }
            let receipt = Receipt::sign(&stranger, 1, &ids).filter(|_| receipt);
            Ok(Pulled { receipt, ..Pulled::from_bytes(&answer).unwrap() }.to_bytes())
        });
        assert!(matches!(report.failure, Some(Failure::NotTheOffice(_))), "{report:?}");
        assert_eq!(given.here(), 0);
    }
}

#[test]
fn a_purge_or_certificate_of_nobody_is_not_kept_though_the_office_gives_it() {
    let mut world = World::new(6);
    let kiosk = world.kiosk_in_step("TRK");
    let case = CaseId::from_bytes([1; 16]);
    let id = world.take(kiosk, &scope("TRK"), case, Lane::Ordinary);
    assert!(world.sync(kiosk).in_step);
    let impostor = Office::random(&mut world.rng);
    let purge = impostor.purge(case, &scope("TRK"), 1, &mut world.rng).unwrap();
    let found = impostor.found("Әкімдік", 1, &mut world.rng).unwrap();
    // They stand in the office's sets, as after a fault there.
    plant(&mut world, &purge, Set::Purge);
    plant(&mut world, &found, Set::Directory);
    let report = world.sync(kiosk);
    assert!(!report.in_step && report.distrusted > 0, "{report:?}");
    assert_eq!(report.failure, None);
    let here = &world.kiosks[kiosk].replica.records;
    assert!(here.contains_key(&id));
    assert!(!here.contains_key(&purge.id()) && !here.contains_key(&found.id()));
    assert!(report.round_trips < 20, "{report:?}");
    let late = world.take_new(kiosk);
    assert_eq!(world.sync(kiosk).pushed, 1);
    assert!(world.kiosks[kiosk].receipted.contains(&late), "records go on");
}

fn plant(world: &mut World, record: &Record, set: Set) {
    assert!(is_register(record));
    world.centre.replica.plant(record, set);
}

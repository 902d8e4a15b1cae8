//! What happens, in order: open, share, cut, take, write apart, meet again, count.
//! Refuses to know how any of it is done.

use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use beket_synthetic::{Generator, Kind, Scene};
use serde_json::{Value, json};

use crate::Options;
use crate::answers;
use crate::commands::Binaries;
use crate::export::{Kept, compare};
use crate::kiosk::Sync;
use crate::ledger::Case;
use crate::office::Office;
use crate::summary::Summary;
use crate::teller::{Teller, grouped};
use crate::twice;
use crate::world::{INCIDENT, OPERATOR, STAFF, World};

/// Cases that both staffed kiosks of a station hold before the cut.
const SHARED: usize = 6;
/// What the office does first with an appeal.
const REVIEW: &str = "under_review";
/// Households of one station that register again at the other, and people of it who are looked for.
const TWICE: usize = 6;
const SOUGHT: usize = 3;
/// Appeals in each language that the office decides.
const DECIDED: usize = 7;
/// The field that three hands write apart.
const CONTESTED: &str = "person.phone";

/// Tells it all; `true` where nothing is missing at the end.
pub(crate) fn tell(options: Options) -> Result<bool> {
    let teller = Teller::new();
    teller.say("Building the kiosk and the server. The first time this takes some minutes.");
    let binaries = Binaries::build()?;
    teller.say("Built. Opening the office and enrolling six kiosks at two stations.");
    let mut world = World::open(teller, options, binaries)?;
    world.first_meeting()?;
    world.share()?;
    world.lose_the_line()?;
    let offline = world.take_apart()? + world.register_twice()?;
    world.write_apart()?;
    world.office_writes()?;
    let (answers, in_step) = world.meet_again()?;
    let summary = Summary {
        findings: compare(&world.cases, &world.server.export()?),
        answers,
        in_step,
        before: world.before,
        after: world.after,
        offline,
    };
    world.teller.say("The office's export is compared with what the kiosks were given.");
    summary.print();
    if !options.exit {
        world.stay_up()?;
    }
    Ok(summary.whole())
}

impl World {
    fn first_meeting(&mut self) -> Result<()> {
        let sum = self.meet(&self.places(false))?;
        self.before.add(sum);
        let kiosks = self.kiosks.len();
        self.teller.say(&format!("{kiosks} kiosks met the office for the first time."));
        Ok(())
    }

    /// A few registrations reach every staffed kiosk while the line still holds.
    fn share(&mut self) -> Result<()> {
        let scene = Scene::emergency(INCIDENT).with_kinds(&[(Kind::Evacuee, 1)]);
        let named = |intake: &Value| intake["person"]["given_name"].is_string();
        let queue = Generator::new(self.options.seed, scene);
        let intakes: Vec<Value> = queue.filter(named).take(SHARED).collect();
        let kiosk = &self.kiosks[0];
        let references = kiosk.take(&intakes)?;
        let station = kiosk.station;
        self.keep(station, references, intakes);
        let sum = self.meet(&self.places(true))?;
        self.before.add(sum);
        self.teller.say(&format!(
            "{SHARED} cases taken at {} now stand at every staffed kiosk.",
            self.kiosks[0].name
        ));
        Ok(())
    }

    fn keep(&mut self, station: &'static str, references: Vec<String>, intakes: Vec<Value>) {
        let taken = references.into_iter().zip(intakes);
        self.cases.extend(taken.map(|(reference, given)| Case::new(reference, station, given)));
    }

    fn lose_the_line(&mut self) -> Result<()> {
        self.cut()?;
        let kiosk = &self.kiosks[0];
        let vain = kiosk.sync_in_vain()?;
        self.teller.say(&format!(
            "The server is killed. {} tries to sync: exit code 1, {} records sent.",
            kiosk.name, vain.pushed
        ));
        Ok(())
    }

    /// Every kiosk takes its share with no office to talk to; how many forms that makes.
    fn take_apart(&mut self) -> Result<u64> {
        let kiosks = self.kiosks.len();
        let whole = self.options.intakes;
        for place in 0..kiosks {
            let share = whole / kiosks + usize::from(place < whole % kiosks);
            let kiosk = &self.kiosks[place];
            let scene = match kiosk.volunteer {
                Some(_) => Scene::emergency(INCIDENT),
                None => Scene::emergency(INCIDENT)
                    .with_kinds(&[(Kind::Appeal, 85), (Kind::Enquiry, 15)]),
            };
            let seed = self.options.seed.wrapping_mul(1_000).wrapping_add(place as u64 + 1);
            let intakes: Vec<Value> = Generator::new(seed, scene).take(share).collect();
            let began = Instant::now();
            let references = kiosk.take(&intakes)?;
            self.teller.say(&format!(
                "{} took {share} forms with no connection in {:.1} s: {} to {}.",
                kiosk.name,
                began.elapsed().as_secs_f64(),
                references.first().map_or("", String::as_str),
                references.last().map_or("", String::as_str),
            ));
            let station = kiosk.station;
            self.keep(station, references, intakes);
        }
        Ok(whole as u64)
    }

    /// At the other station some register again, and some look for others; how many forms that makes.
    fn register_twice(&mut self) -> Result<u64> {
        let year = year_now()?;
        // The first are left to those who edit them.
        let (first, seed) = (self.kiosks[0].station, self.options.seed);
        let other = self.kiosks.iter().find(|it| it.station != first && it.volunteer.is_some());
        let other = other.context("there is no other staffed station")?;
        let mut forms = twice::again(&self.cases[SHARED..], first, TWICE, seed, year);
        let again = forms.len();
        forms.extend(twice::sought(&self.cases[SHARED..], first, SOUGHT, year));
        let references = other.take(&forms)?;
        self.teller.say(&format!(
            "{}: {again} households of {first} registered a second time, {} people were asked for.",
            other.name,
            forms.len() - again
        ));
        let (station, taken) = (other.station, forms.len() as u64);
        self.keep(station, references, forms);
        Ok(taken)
    }

    /// Two volunteers of one station write the same telephone, each their own, and other fields
    /// that don't touch; in the first case both add somebody to the household.
    fn write_apart(&mut self) -> Result<()> {
        let relatives = [
            json!([{ "relation": "parent", "given_name": "Күләш", "sex": "female" }]),
            json!([{ "relation": "sibling", "given_name": "Мирас", "sex": "male" }]),
        ];
        for place in 0..SHARED {
            let free = [
                json!({ "place": { "bed": format!("{}", 301 + place) } }),
                json!({ "movement": { "onward": "Шымкент" } }),
            ];
            for ((seat, free), relative) in free.into_iter().enumerate().zip(&relatives) {
                let kiosk = &self.kiosks[seat];
                let volunteer = kiosk.volunteer.context("the kiosks that edit are staffed")?;
                let mut own = free;
                if place == 0 {
                    own["household"] = relative.clone();
                }
                let case = &mut self.cases[place];
                case.patched(&own);
                let phone = telephone(seat, place);
                case.contested(CONTESTED, &phone, volunteer);
                own["person"] = json!({ "phone": phone });
                kiosk.edit(&case.reference, &own)?;
            }
        }
        self.teller.say(&format!(
            "{} and {} each edited the same {SHARED} cases, apart from each other.",
            self.kiosks[0].name, self.kiosks[1].name
        ));
        Ok(())
    }

    /// The office is back, the kiosks are not: staff write the same field too.
    fn office_writes(&mut self) -> Result<()> {
        self.serve()?;
        let ids = self.case_ids()?;
        let office = Office::sign_in(self.server.host(), STAFF, &self.password)?;
        for place in 0..SHARED {
            let case = &mut self.cases[place];
            let id = ids.get(&case.reference).with_context(|| {
                format!("{} was synced before the cut, and the office has lost it", case.reference)
            })?;
            let phone = telephone(2, place);
            office.edit(id, CONTESTED, &phone)?;
            case.contested(CONTESTED, &phone, STAFF);
        }
        self.teller.say(&format!(
            "The server is back at {}; the office edited those cases too, seeing neither.",
            self.server.url()
        ));
        Ok(())
    }

    /// Two rounds, the second in the opposite order; in between the office answers.
    fn meet_again(&mut self) -> Result<(Kept, Kept)> {
        let mut order = self.places(false);
        let first = self.meet(&order)?;
        self.after.add(first);
        self.tell_round("All kiosks are back", first);
        let answered = self.answer()?;
        order.reverse();
        let mut in_step = Kept::default();
        let mut second = Sync::default();
        for place in order {
            let sync = self.kiosks[place].sync()?;
            in_step.note(sync.in_step);
            second.add(sync);
        }
        self.after.add(second);
        self.tell_round("They met again in the opposite order", second);
        let list = self.kiosks[0].list()?;
        let mut answers = Kept::default();
        for case in answered.into_iter().map(|place| &self.cases[place]) {
            if let Some(answer) = &case.answer {
                answers.note(answers::shown(&list, &case.reference, answer.text));
            }
        }
        Ok((answers, in_step))
    }

    fn tell_round(&self, what: &str, sync: Sync) {
        self.teller.say(&format!(
            "{what}: {} records up, {} down, {} bytes in all, {} round trips.",
            grouped(sync.pushed),
            grouped(sync.pulled),
            grouped(sync.bytes_up + sync.bytes_down),
            grouped(sync.round_trips)
        ));
    }

    /// The office decides appeals in each language; which cases these are.
    fn answer(&mut self) -> Result<Vec<usize>> {
        let ids = self.case_ids()?;
        let office = Office::sign_in(self.server.host(), STAFF, &self.password)?;
        let mut answered = Vec::new();
        for (place, answer) in answers::choose(&self.cases, self.kiosks[0].station, DECIDED) {
            let case = &mut self.cases[place];
            // A case that did not arrive is the summary's to report.
            if let Some(id) = ids.get(&case.reference) {
                let to = if place % 2 == 0 { OPERATOR } else { STAFF };
                office.give(&[id], to)?;
                if answer.status != REVIEW {
                    office.answer(id, REVIEW, "")?;
                }
                office.answer(id, answer.status, answer.text)?;
                case.answer = Some(answer);
                answered.push(place);
            }
        }
        self.teller.say(&format!("The office answered {} appeals.", answered.len()));
        Ok(answered)
    }

    fn stay_up(&mut self) -> Result<()> {
        let console = self.server.url();
        Teller::plain(&format!(
            "\nThe office's console stays up:\n  {console}\n  name      {STAFF}\n  password  {}\n\
             Ctrl-C ends it and removes everything.",
            self.password
        ));
        let kiosk = &self.kiosks[0];
        let window = if has_display() { kiosk.window() } else { None };
        match &window {
            Some(_) => Teller::plain(&format!(
                "The window of kiosk {} is open. Pull the plug on it, register somebody, put it back.",
                kiosk.name
            )),
            None => Teller::plain("Without a display no kiosk's window is opened."),
        }
        loop {
            sleep(Duration::from_millis(500));
            self.server.alive()?;
        }
    }
}

/// The office reckons ages by its own clock: it does not believe a coupon of years ago.
fn year_now() -> Result<i64> {
    const SECONDS: u64 = 31_556_952;
    let since =
        SystemTime::now().duration_since(UNIX_EPOCH).context("the clock stands before 1970")?;
    Ok(1970 + i64::try_from(since.as_secs() / SECONDS)?)
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(|name| std::env::var_os(name).is_some())
}

/// A telephone that nobody else writes.
fn telephone(seat: usize, place: usize) -> String {
    let code = ["701", "702", "705"][seat];
    format!("+7{code}55501{place:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_hands_write_the_same_telephone() {
        let all = (0..3).flat_map(|seat| (0..SHARED).map(move |place| telephone(seat, place)));
        let all: std::collections::BTreeSet<_> = all.collect();
        assert_eq!(all.len(), 3 * SHARED);
        assert!(all.iter().all(|phone| phone.len() == 12));
    }
}

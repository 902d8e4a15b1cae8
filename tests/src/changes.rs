//! Raw Automerge changes as kiosks and the office write them, of synthetic people: what the
//! compression dictionary is trained on and measured by.
//! Refuses a clock and randomness of its own: the same seed gives the same bytes.

use anyhow::{Context, Result};
use beket_model::{Answer, Document, Intake, Reference, Stamp, answer_writes, intake_writes};
use beket_record::Author;
use beket_synthetic::{Generator, Kind, Scene};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};

/// Stations whose kiosks take turns, each with an incident of its own.
const STATIONS: [(&str, &str); 6] = [
    ("TRK", "ARYS-2019"),
    ("ARS", "ARYS-2019"),
    ("ALA1", "FLOOD-24"),
    ("AKT", "FLOOD-24"),
    ("SHM", "STORM-25"),
    ("QYZ", "QUAKE-26"),
];
const VOLUNTEERS: [&str; 10] =
    ["Айгүл", "Ерлан", "Гүлнар", "Самат", "Дана", "Мадина", "Ирина", "Олег", "Aigerim", "Bolat"];
/// What an office says, in the three languages.
const ANSWERS: [&str; 6] = [
    "Өтінішіңіз қарауға алынды, нәтижесін телефон арқылы хабарлаймыз.",
    "Сізге әлеуметтік көмек тағайындалды. Құжаттарыңызбен ХҚКО-ға келіңіз.",
    "Ваше обращение принято к рассмотрению, о результате сообщим по телефону.",
    "Вам назначена социальная помощь. Обратитесь с документами в ЦОН по месту жительства.",
    "Your appeal is under review; we will call you with the result.",
    "Assistance has been granted. Please bring your documents to the service centre.",
];

/// Raw changes, by what made them.
#[derive(Debug, Default, Clone)]
pub struct Changes {
    /// Each creates an intake.
    pub creations: Vec<Vec<u8>>,
    /// Each edits an intake, creates an answer or edits one.
    pub edits: Vec<Vec<u8>>,
}

/// Changes of `intakes` synthetic intakes, and edits of every third.
pub fn changes(seed: u64, intakes: usize) -> Result<Changes> {
    let mut desk = Desk {
        rng: ChaCha8Rng::seed_from_u64(seed),
        made: Changes::default(),
        authors: Vec::new(),
    };
    desk.authors = STATIONS.iter().map(|_| desk.key()).collect();
    let office = desk.key();
    let mut queues = queues(seed);
    for index in 0..intakes {
        let place = index % STATIONS.len();
        let queue = &mut queues[index % (2 * STATIONS.len())];
        let form = queue.intake();
        let (mut document, stamp) = desk.take(place, index, &form)?;
        if index % 3 == 0 {
            let other = queue.intake();
            desk.edit(&mut document, &form, &other, stamp)?;
        }
        if index % 9 == 0 {
            desk.answer(&form, office)?;
        }
    }
    Ok(desk.made)
}

/// For each station people of an emergency, then for each people of an ordinary day.
fn queues(seed: u64) -> Vec<Generator> {
    let emergencies = STATIONS.iter().map(|(_, incident)| Scene::emergency(incident));
    let everyday = STATIONS.iter().map(|_| {
        Scene::everyday().with_kinds(&[
            (Kind::Appeal, 70),
            (Kind::Passenger, 15),
            (Kind::Enquiry, 10),
            (Kind::Evacuee, 5),
        ])
    });
    let scenes = emergencies.chain(everyday);
    scenes.zip(1..).map(|(scene, n)| Generator::new(seed.wrapping_mul(100) + n, scene)).collect()
}

/// Who writes.
struct Desk {
    rng: ChaCha8Rng,
    made: Changes,
    authors: Vec<Author>,
}

impl Desk {
    fn key(&mut self) -> Author {
        let mut key = [0; 32];
        self.rng.fill_bytes(&mut key);
        Author::from_bytes(key)
    }

    fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.rng.random_range(0..list.len())]
    }

    fn take(&mut self, place: usize, index: usize, form: &Value) -> Result<(Document, Stamp)> {
        let intake = Intake::from_json(&form.to_string())
            .with_context(|| format!("a synthetic intake is not taken: {form}"))?;
        let at = intake.taken_at.map_or(1_561_352_400, beket_model::Instant::unix);
        let (station, _) = STATIONS[place];
        let letter = char::from(b'A' + u8::try_from(index % 5)?).to_string();
        let counter = u32::try_from(index)? / 5 + 1;
        let reference = Reference::new(station, &letter, counter)?;
        // A kiosk where nobody signed in writes in its own name.
        let unattended = self.rng.random_ratio(1, 4);
        let by =
            if unattended { format!("{station}-{letter}") } else { self.pick(&VOLUNTEERS).into() };
        let stamp = Stamp { author: self.authors[place], by, at };
        let (document, change) = Document::intake(&intake, &reference, &stamp, &mut self.rng)?;
        self.made.creations.push(change.raw().to_vec());
        Ok((document, stamp))
    }

    /// Two edits, one after the other, as volunteers make them.
    fn edit(
        &mut self,
        document: &mut Document,
        form: &Value,
        other: &Value,
        stamp: Stamp,
    ) -> Result<()> {
        let mut stamp = stamp;
        for _ in 0..2 {
            stamp.at += self.rng.random_range(60..90_000);
            self.pick(&VOLUNTEERS).clone_into(&mut stamp.by);
            let reading = document.read();
            let members = reading.full["household"].as_array().map_or(&[][..], Vec::as_slice);
            let patch = self.patch(form, other, members);
            let made = stamp.at.unsigned_abs() * 1000;
            let writes = intake_writes(&reading, &patch, made, &mut self.rng)
                .with_context(|| format!("a synthetic patch is not taken: {patch}"))?;
            let edited = document.edit(&document.heads(), &writes, &stamp, &mut self.rng)?;
            self.made.edits.extend(edited.map(|change| change.raw().to_vec()));
        }
        Ok(())
    }

    /// What is corrected or added most: telephones, places, needs, members.
    fn patch(&mut self, form: &Value, other: &Value, members: &[Value]) -> Value {
        let person = &other["person"];
        let bed = self.rng.random_range(1..260).to_string();
        match self.rng.random_range(0..12) {
            0 | 1 => json!({ "person": { "phone": phone(&mut self.rng) } }),
            2 => json!({ "person": { "needs": self.needs() } }),
            3 => {
                let everywhere = ["moved_on", "with_relatives", "returned", "here", "unknown"];
                json!({ "person": { "whereabouts": self.pick(&everywhere) } })
            }
            4 => json!({ "place": { "site": other["place"]["site"], "bed": bed } }),
            5 => json!({ "place": { "bed": bed } }),
            6 => json!({ "person": { "family_name": person["family_name"],
                                     "birth_date": person["birth_date"] } }),
            7 => json!({ "person": { "iin": person["iin"], "address": person["address"] } }),
            8 => json!({ "movement": { "onward": other["movement"]["onward"],
                                       "number": other["movement"]["number"] } }),
            9 => json!({ "narrative": other["narrative"],
                         "consent": { "may_tell_family": "yes" } }),
            10 if !members.is_empty() => {
                let member = &members[self.rng.random_range(0..members.len())];
                if self.rng.random_bool(0.5) {
                    json!({ "household": [{ "id": member["id"], "removed": true }] })
                } else {
                    json!({ "household": [{ "id": member["id"], "needs": self.needs() }] })
                }
            }
            _ => json!({ "household": [{
                "relation": self.pick(&["child", "spouse", "parent", "sibling"]),
                "family_name": form["person"]["family_name"],
                "given_name": person["given_name"],
                "sex": self.pick(&["male", "female"]),
                "birth_date": person["birth_date"],
                "whereabouts": "here",
            }] }),
        }
    }

    fn needs(&mut self) -> Value {
        let known = ["medicine", "infant_food", "clothing", "shelter", "wheelchair"];
        json!([self.pick(&known)])
    }

    /// The office begins an answer and corrects it later.
    fn answer(&mut self, form: &Value, office: Author) -> Result<()> {
        let by = self.pick(&["admin", "Сәуле", "Мария"]).to_owned();
        let at = 1_561_400_000 + self.rng.random_range(0..900_000);
        let mut stamp = Stamp { author: office, by, at };
        let status = if form["kind"] == "enquiry" { "possible" } else { "under_review" };
        let said = json!({ "status": status, "text": self.pick(&ANSWERS) });
        let answer: Answer = serde_json::from_value(said)?;
        let (mut document, change) = Document::answer(&answer, &stamp, &mut self.rng)?;
        self.made.edits.push(change.raw().to_vec());
        stamp.at += self.rng.random_range(3_600..500_000);
        let status = if form["kind"] == "enquiry" { "reunited" } else { "resolved" };
        let patch = json!({ "status": status, "text": self.pick(&ANSWERS) });
        let writes = answer_writes(&document.read(), &patch)?;
        let edited = document.edit(&document.heads(), &writes, &stamp, &mut self.rng)?;
        self.made.edits.extend(edited.map(|change| change.raw().to_vec()));
        Ok(())
    }
}

fn phone(rng: &mut ChaCha8Rng) -> String {
    let code = ["701", "702", "705", "707", "747", "775", "778"][rng.random_range(0..7)];
    format!("+7{code}{:07}", rng.random_range(0..10_000_000))
}

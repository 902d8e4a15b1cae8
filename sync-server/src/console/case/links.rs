//! Who else this case may be about: candidates with the reason in words, what staff decided, and the
//! way back.

use beket_model::{LinkKind, Reading};
use beket_store::{Store, StoreError};
use beket_words::{Term, alike as wordings, fields, kind, status};
use maud::{Markup, html};
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::Drawn;
use crate::alike::{Alike, Reach, alike, read};
use crate::cases::Dossier;
use crate::columns::Nth;
use crate::console::words::Word;

/// Candidates that are shown.
const MOST: usize = 8;

/// Another case that this one was linked to, or was suggested to be.
#[derive(Debug)]
pub(super) struct Other {
    /// Of the link in the review; empty for a kiosk's suggestion.
    link: String,
    case: String,
    kind: String,
    reference: String,
    person: String,
}

/// All that is known of other cases.
#[derive(Debug, Default)]
pub(super) struct Others {
    linked: Vec<Other>,
    suggested: Vec<Other>,
    alike: Vec<Alike>,
}

impl Others {
    /// Of a case: by its links, its kiosk's suggestions, and its people.
    pub(super) fn of(store: &mut Store, dossier: &Dossier) -> Result<Self, StoreError> {
        let connection = store.connection();
        let linked = named(connection, dossier.review.as_ref(), "links")?;
        let compared = |case: &str| linked.iter().any(|other| other.case == case);
        let mut suggested = named(connection, dossier.intake.as_ref(), "suggested_links")?;
        suggested.retain(|other| !compared(&other.case));
        let row = connection
            .prepare_cached("SELECT n, kind, people, handed_in FROM case_row WHERE case_id = ?1")?
            .query_row([dossier.id.as_bytes()], |row| Ok((row.get::<_, Nth>(0)?, read(row, 1)?)))
            .optional()?;
        let Some((nth, people)) = row else {
            return Ok(Self { linked, suggested, alike: Vec::new() });
        };
        let mut alike = alike(connection, &people, nth, Reach::Slips)?;
        alike.retain(|other| !compared(&other.case));
        alike.truncate(MOST);
        Ok(Self { linked, suggested, alike })
    }
}

/// The links of a document, each with the case that it names by its id or its reference number.
fn named(
    connection: &Connection,
    reading: Option<&Reading>,
    list: &str,
) -> Result<Vec<Other>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT lower(hex(case_id)), reference, person FROM case_row
         WHERE case_id = unhex(?1) OR reference = ?1",
    )?;
    let mut found = Vec::new();
    for link in standing(reading, list) {
        let text = |field: &str| link[field].as_str().unwrap_or_default().to_owned();
        let asked = text("case");
        let known = query.query_row([&asked], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let (case, reference, person) =
            known.optional()?.unwrap_or_else(|| (asked, String::new(), String::new()));
        found.push(Other { link: text("id"), case, kind: text("kind"), reference, person });
    }
    Ok(found)
}

fn standing<'a>(reading: Option<&'a Reading>, list: &str) -> Vec<&'a Value> {
    let entries = reading.and_then(|reading| reading.at(list)?.as_array());
    let standing =
        entries.into_iter().flatten().filter(|link| link["removed"] != Value::Bool(true));
    standing.collect()
}

impl Drawn<'_> {
    pub(super) fn links(&self) -> Markup {
        let (tongue, others) = (self.tongue, self.elsewhere);
        let open = others
            .suggested
            .iter()
            .filter(|other| !others.alike.iter().any(|alike| alike.case == other.case));
        let open: Vec<&Other> = open.collect();
        html! {
            @if !others.linked.is_empty() { section {
                h2 { (Word::LinkedCases.in_(tongue)) }
                ul.plain { @for other in &others.linked { li.other-case {
                    div {
                        strong { (fields::value("kind", &other.kind.as_str().into(), tongue)) } ": "
                        (self.link_to(&other.case, &other.reference, &other.person))
                    }
                    @if self.works() && !other.link.is_empty() {
                        form method="post" action=(self.action("link")) {
                            (self.review_heads())
                            input type="hidden" name="other" value=(other.case);
                            button.quiet name="kind" value="" { (Word::Undo.in_(tongue)) }
                        }
                    }
                } } }
            } }
            @if !open.is_empty() || !others.alike.is_empty() { section #alike {
                h2 { "≈ " (if self.is_enquiry() { Word::WhoMayItBe } else { Word::WhoIsIt }.in_(tongue)) }
                p.quiet-text { (Word::WhoHelp.in_(tongue)) }
                ul.plain {
                    @for other in open { li.other-case {
                        div { (self.link_to(&other.case, &other.reference, &other.person)) " "
                              span.chip.wait { (Word::ByKiosk.in_(tongue)) ": "
                                  (fields::value("kind", &other.kind.as_str().into(), tongue)) } }
                        (self.decide_on(&other.case))
                    } }
                    @for other in &others.alike { (self.candidate(other)) }
                }
            } }
        }
    }

    fn candidate(&self, other: &Alike) -> Markup {
        let tongue = self.tongue;
        let suggested = self.elsewhere.suggested.iter().any(|one| one.case == other.case);
        let why = wordings::reasons(&other.likeness.reasons, tongue).join("; ");
        html! {
            li.other-case {
                div {
                    (self.link_to(&other.case, &other.reference, &other.theirs))
                    " · " (kind(&other.kind, tongue)) " · " (status(&other.status, tongue))
                    @if other.likeness.is_strong() { " " span.chip.wait { (Word::VeryAlike.in_(tongue)) } }
                    @if suggested { " " span.chip.wait { (Word::ByKiosk.in_(tongue)) } }
                    @if other.is_household() { " " span.chip { (Word::PerhapsHousehold.in_(tongue)) } }
                }
                @if other.mine != other.theirs { div.quiet-text { bdi { (other.mine) } " ≈ " bdi { (other.theirs) } } }
                div { (why) }
                (self.decide_on(&other.case))
            }
        }
    }

    fn is_enquiry(&self) -> bool {
        let kind = self.dossier.intake.as_ref().and_then(|intake| intake.text("kind"));
        kind == Some("enquiry")
    }

    fn link_to(&self, case: &str, reference: &str, person: &str) -> Markup {
        let person = if person.is_empty() { Term::Nameless.in_(self.tongue) } else { person };
        html! { a href={ "/cases/" (case) } { (if reference.is_empty() { "—" } else { reference }) }
        " " bdi { (person) } }
    }

    fn decide_on(&self, other: &str) -> Markup {
        let tongue = self.tongue;
        html! {
            form.choices method="post" action=(self.action("link")) {
                a.button href={ "/cases/" (self.dossier.id) "/compare/" (other) } { (Word::Compare.in_(tongue)) }
                @if self.works() { (self.review_heads()) (verdicts(tongue, other, self.is_enquiry())) }
            }
        }
    }
}

/// The buttons by which two cases are said to be of one person, of one household, or of neither.
pub(in crate::console) fn verdicts(
    tongue: beket_words::Tongue,
    other: &str,
    is_enquiry: bool,
) -> Markup {
    let all = [
        (LinkKind::SamePerson, if is_enquiry { Word::TheOne } else { Word::OnePerson }),
        (LinkKind::SameHousehold, Word::OneHousehold),
        (LinkKind::NotTheSame, if is_enquiry { Word::SomebodyElse } else { Word::Strangers }),
    ];
    html! {
        input type="hidden" name="other" value=(other);
        @for (kind, word) in all {
            button.choice name="kind" value=(kind.word()) { (word.in_(tongue)) }
        }
    }
}

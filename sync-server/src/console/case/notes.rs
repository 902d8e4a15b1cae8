//! Internal notes: who noted what, when; added, and taken back without being lost.

use beket_model::{Instant, Reading};
use beket_words::moment;
use maud::{Markup, html};
use serde_json::Value;

use super::Drawn;
use crate::console::words::Word;

impl Drawn<'_> {
    pub(super) fn notes(&self) -> Markup {
        let tongue = self.tongue;
        let review = self.dossier.review.as_ref();
        let notes: Vec<&Value> = review
            .and_then(|review| review.at("notes")?.as_array())
            .into_iter()
            .flatten()
            .filter(|note| note["removed"] != Value::Bool(true))
            .collect();
        html! {
            @if self.works() || !notes.is_empty() { section #notes {
                h2 { (Word::Notes.in_(tongue)) }
                p.quiet-text { (Word::NotesAreOurs.in_(tongue)) }
                @for note in notes { (self.note(review, note)) }
                @if self.works() {
                    form method="post" action=(self.action("note")) {
                        label for="note" { (Word::NoteText.in_(tongue)) }
                        textarea id="note" name="text" { (self.typed.or("note", "text", "")) }
                        button { (Word::AddNote.in_(tongue)) }
                    }
                }
            } }
        }
    }

    fn note(&self, review: Option<&Reading>, note: &Value) -> Markup {
        let tongue = self.tongue;
        let id = note["id"].as_str().unwrap_or_default();
        let at = note["at"].as_str().and_then(|at| Instant::parse(at).ok()).map(Instant::unix);
        let by = review.map(|_| self.noted_by(id)).unwrap_or_default();
        html! {
            div.note {
                p.words { bdi { (note["text"].as_str().unwrap_or_default()) } }
                div.quiet-text { bdi { (by) }
                    @if let Some(at) = at { " · " time { (moment::spoken(at, tongue)) } } }
                @if self.works() {
                    form method="post" action=(self.action("note")) {
                        input type="hidden" name="id" value=(id);
                        button.quiet { (Word::TakeBack.in_(tongue)) }
                    }
                }
            }
        }
    }

    /// Whose change brought a note.
    fn noted_by(&self, id: &str) -> String {
        let Some(opened) = &self.dossier.case.review else { return String::new() };
        let path = format!("notes.{id}");
        let history = opened.document.history();
        let brought = history.iter().find(|event| event.wrote.iter().any(|w| w.path == path));
        // One of the first change is in no list of what was written.
        brought.or(history.first()).map(|event| event.by.clone()).unwrap_or_default()
    }
}

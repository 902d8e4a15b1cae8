//! The history of all three documents as a readable timeline: who changed what, where, knowing what.

use beket_model::{ConflictValue, Event, Opened, Wrote};
use beket_words::{Term, fields, moment, sentences};
use maud::{Markup, html};
use serde_json::Value;

use super::{Drawn, place};
use crate::cases::origin_of_change;
use crate::console::words::Word;

/// A record that came so many seconds after its writer's clock says it was made is told to be late.
const LATE: i64 = 120;

/// One document's history; its paths begin with `prefix`.
struct Told<'a> {
    prefix: &'static str,
    opened: &'a Opened,
}

impl Told<'_> {
    fn events(&self) -> &[Event] {
        self.opened.document.history()
    }
}

impl Drawn<'_> {
    pub(super) fn timeline(&self) -> Markup {
        let tongue = self.tongue;
        let case = &self.dossier.case;
        let documents = [("", &case.intake), ("answer.", &case.answer), ("review.", &case.review)];
        let told: Vec<Told<'_>> = documents
            .into_iter()
            .filter_map(|(prefix, opened)| {
                let opened = opened.as_ref()?;
                Some(Told { prefix, opened })
            })
            .collect();
        let of = |told| Told::events(told).iter().map(move |event| (told, event));
        let mut events: Vec<(&Told<'_>, &Event)> = told.iter().flat_map(of).collect();
        events.reverse();
        // The last first. Of one second it is what its writers had seen that decides, not the clocks.
        events.sort_by_key(|(_, event)| std::cmp::Reverse(event.at));
        html! {
            div {
                h2 { (Term::History.in_(tongue)) }
                ol.history { @for (told, event) in events { (self.event(told, event)) } }
            }
        }
    }

    fn event(&self, told: &Told<'_>, event: &Event) -> Markup {
        let tongue = self.tongue;
        let origin = origin_of_change(self.directory, told.opened, &event.change);
        let came = self.dossier.came(told.opened, &event.change).map(u64::cast_signed);
        let late = came.filter(|came| (came - event.at).abs() > LATE);
        let begun = match told.prefix {
            "" => Term::TookIt,
            "answer." => Term::Answer,
            _ => Term::Note,
        };
        html! {
            li {
                strong { bdi { (event.by) } }
                span.quiet-text { " · " (place(tongue, origin.as_ref())) " · "
                    time { (moment::spoken(event.at, tongue)) } }
                @if event.wrote.is_empty() {
                    div { (begun.in_(tongue)) (self.first_said(told, event)) }
                }
                @for wrote in event.wrote.iter().filter(|wrote| !wrote.value.is_object()) {
                    (self.wrote(told, wrote))
                }
                @if let Some(came) = late {
                    div.quiet-text { (Word::Late.in_(tongue)) " " (moment::spoken(came, tongue)) }
                }
            }
        }
    }

    /// What an answer or a review said when it was begun: of two that were begun apart, either.
    fn first_said(&self, told: &Told<'_>, event: &Event) -> Markup {
        let heads = beket_model::Heads(vec![event.change]);
        let reading =
            (!told.prefix.is_empty()).then(|| told.opened.document.read_at(&heads).ok()).flatten();
        let mut fields = Vec::new();
        if let Some(reading) = &reading {
            leaves(told.prefix.trim_end_matches('.'), &reading.full, &mut fields);
        }
        html! { @for (path, value) in fields { (self.value(&path, &[], &value)) } }
    }

    fn wrote(&self, told: &Told<'_>, wrote: &Wrote) -> Markup {
        let tongue = self.tongue;
        let path = format!("{}{}", told.prefix, wrote.path);
        html! {
            (self.value(&path, &wrote.over, &wrote.value))
            @for other in &wrote.unseen {
                @if let Some(value) = unseen(told, other, &wrote.path) {
                    @let origin = origin_of_change(self.directory, told.opened, other);
                    @let kiosk = origin.as_ref().and_then(|from| from.kiosk.as_deref());
                    @let said = sentences::wrote(tongue, &path, &value, kiosk);
                    div.unseen-by { "≠ " (Term::UnseenThis.in_(tongue)) " " bdi { (said.by) }
                        (said.before) bdi { (said.value) } (said.after) }
                }
            }
        }
    }

    /// A field, what stood there for its writer, and what stands there since.
    fn value(&self, path: &str, over: &[Value], value: &Value) -> Markup {
        let tongue = self.tongue;
        if path.starts_with("review.notes.") || path.starts_with("review.links.") {
            return self.entry(path, value);
        }
        let over: Vec<String> = over
            .iter()
            .filter(|value| !value.is_null())
            .map(|value| self.in_words(path, value))
            .collect();
        html! {
            div { (self.dossier.name_of(path, tongue)) ": "
                @if !over.is_empty() { del { bdi { (over.join(" / ")) } } " → " }
                ins { bdi { (self.in_words(path, value)) } } }
        }
    }

    /// A value as people say it: a child of this case by name.
    fn in_words(&self, path: &str, value: &Value) -> String {
        let child = value.as_str().filter(|_| path == "review.release_who");
        let child = child.and_then(|who| self.dossier.intake.as_ref()?.at(who));
        match child {
            Some(child) => self.named(child),
            None => fields::value(path, value, self.tongue),
        }
    }

    /// A note or a link: what it says, also where it is taken back; the rest of it goes without saying.
    fn entry(&self, path: &str, value: &Value) -> Markup {
        let tongue = self.tongue;
        let (entry, field) = path.rsplit_once('.').unwrap_or((path, ""));
        let says = match field {
            "text" | "kind" => Some(fields::value(path, value, tongue)),
            "removed" => {
                let entry = entry.trim_start_matches("review.");
                let review = self.dossier.review.as_ref();
                let at = |field| review?.text(&format!("{entry}.{field}"));
                let kind = |kind: &str| fields::value("kind", &kind.into(), tongue);
                Some(at("text").map(str::to_owned).or(at("kind").map(kind)).unwrap_or_default())
            }
            _ => None,
        };
        html! {
            @if let Some(says) = says {
                div { (fields::name(path, tongue)) ": " span.words { bdi { (says) } } }
            }
        }
    }
}

/// Everything that was given, each by its path; entries by their ids.
fn leaves(path: &str, value: &Value, out: &mut Vec<(String, Value)>) {
    match value {
        Value::Null | Value::Bool(false) => {}
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(key, _)| *key != "id");
            fields.for_each(|(key, value)| leaves(&format!("{path}.{key}"), value, out));
        }
        Value::Array(entries) => {
            for entry in entries {
                let id = entry["id"].as_str().unwrap_or_default();
                leaves(&format!("{path}.{id}"), entry, out);
            }
        }
        leaf => out.push((path.to_owned(), leaf.clone())),
    }
}

/// What another change gave the same field.
fn unseen(told: &Told<'_>, change: &beket_model::ChangeHash, path: &str) -> Option<ConflictValue> {
    let event = told.events().iter().find(|event| event.change == *change)?;
    let wrote = event.wrote.iter().find(|wrote| wrote.path == path)?;
    let (by, at) = (event.by.clone(), event.at);
    Some(ConflictValue { value: wrote.value.clone(), change: *change, by, at })
}

//! A child alone is handed over: to somebody whose document two of staff have seen.

use beket_model::full_name;
use beket_words::{Term, fields};
use maud::{Markup, html};
use serde_json::Value;

use super::Drawn;
use crate::console::words::Word;

impl Drawn<'_> {
    pub(super) fn release(&self) -> Markup {
        let tongue = self.tongue;
        let Some(intake) = &self.dossier.intake else { return html! {} };
        let children: Vec<(String, &Value)> = intake.children_alone().collect();
        if children.is_empty() || !self.works() {
            return html! {};
        }
        html! {
            div #release {
                h2 { (Word::ReleaseChild.in_(tongue)) }
                p.hint { (Word::ReleaseHelp.in_(tongue)) }
                @match self.pending(&children) {
                    Some(who) => (self.waiting(&who)),
                    None => (self.release_form(&children)),
                }
            }
        }
    }

    /// Whose hand-over waits for the second of staff.
    fn pending(&self, children: &[(String, &Value)]) -> Option<String> {
        let review = self.dossier.review.as_ref()?;
        review.text("release_by")?;
        if review.text("release_confirmed_by").is_some() {
            return None;
        }
        let who = review.text("release_who")?;
        let child = children.iter().find(|(path, _)| path == who)?;
        Some(self.named(child.1))
    }

    fn waiting(&self, who: &str) -> Markup {
        let tongue = self.tongue;
        let review = self.dossier.review.as_ref();
        let said = |field| review.and_then(|review| review.text(field)).unwrap_or_default();
        let mine = said("release_by") == self.staff.name;
        html! {
            dl {
                dt { (Term::ChildAlone.in_(tongue)) } dd { bdi { (who) } }
                @for (field, word) in [
                    ("release_guardian", Word::Guardian),
                    ("release_document", Word::GuardianDocument),
                    ("release_by", Word::SeenBy),
                ] {
                    dt { (word.in_(tongue)) } dd { bdi { (said(field)) } }
                }
            }
            p { strong { (Word::WaitsForSecond.in_(tongue)) } }
            form.choices method="post" action=(self.action("release")) {
                (self.review_heads())
                @if !mine { button name="step" value="confirm" { (Word::ConfirmRelease.in_(tongue)) } }
                button.choice name="step" value="cancel" { (Word::Cancel.in_(tongue)) }
            }
        }
    }

    fn release_form(&self, children: &[(String, &Value)]) -> Markup {
        let tongue = self.tongue;
        let typed = |field| self.typed.or("release", field, "");
        html! {
            details open[self.typed.form == "release"] {
                summary { (Word::ReleaseChild.in_(tongue)) }
                form method="post" action=(self.action("release")) {
                    (self.review_heads())
                    label for="who" { (Term::ChildAlone.in_(tongue)) }
                    select id="who" name="who" {
                        @for (path, child) in children {
                            option value=(path) selected[path == typed("who")] { (self.named(child)) }
                        }
                    }
                    label for="guardian" { (Word::Guardian.in_(tongue)) }
                    input id="guardian" name="guardian" required maxlength="200" autocomplete="off"
                        value=(typed("guardian"));
                    label for="document" { (Word::GuardianDocument.in_(tongue)) }
                    input id="document" name="document" required maxlength="100" autocomplete="off"
                        value=(typed("document"));
                    button name="step" value="first" { (Word::FirstSeen.in_(tongue)) }
                }
            }
        }
    }

    /// A child by name and age, or by what they say.
    fn named(&self, child: &Value) -> String {
        let name = full_name(child);
        let says = child["separated"]["says"].as_str().unwrap_or_default();
        let age = child["age_years"]
            .as_u64()
            .map(|age| format!(", {} {age}", fields::name("person.age_years", self.tongue)));
        let name = if name.is_empty() { says } else { &name };
        let name = if name.is_empty() { Term::Nameless.in_(self.tongue) } else { name };
        format!("{name}{}", age.unwrap_or_default())
    }
}

//! A child is alone no more: handed over to somebody whose document two of staff have seen, or marked
//! by mistake, as two of them have seen.

use beket_model::{Reading, full_name};
use beket_words::{Term, fields};
use maud::{Markup, html};
use serde_json::Value;

use super::Drawn;
use crate::console::words::Word;
use crate::decide::release::begun_twice;
use crate::not_saved::Why;
use crate::roles::Action;

impl Drawn<'_> {
    pub(super) fn release(&self) -> Markup {
        let tongue = self.tongue;
        let Some(intake) = &self.dossier.intake else { return html! {} };
        let children: Vec<(String, &Value)> = intake.children_alone().collect();
        if children.is_empty() || !self.works() {
            return html! {};
        }
        let releases = self.staff.role.may(Action::Release);
        html! {
            div #release {
                h2 { (Term::ChildAlone.in_(tongue)) }
                @if !releases { p.hint { (Word::TwoOthersRelease.in_(tongue)) } }
                @match self.pending(&children) {
                    Some((review, who)) => (self.waiting(review, &who, releases)),
                    None if releases => {
                        (self.release_form(&children)) (self.mistake_form(&children))
                    }
                    None => {}
                }
            }
        }
    }

    /// Whose hand-over, or whose mark, waits for the second of staff.
    fn pending(&self, children: &[(String, &Value)]) -> Option<(&Reading, String)> {
        let review = self.dossier.review.as_ref()?;
        review.text("release_by")?;
        if review.text("release_confirmed_by").is_some() {
            return None;
        }
        let who = review.text("release_who")?;
        let child = children.iter().find(|(path, _)| path == who)?;
        Some((review, self.named(child.1)))
    }

    fn waiting(&self, review: &Reading, who: &str, releases: bool) -> Markup {
        let tongue = self.tongue;
        let mine = review.text("release_by") == Some(&self.staff.name);
        let twice = begun_twice(review);
        let is_mistake = review.text("release_mistake").is_some();
        let confirm = if is_mistake { Word::ConfirmMistake } else { Word::ConfirmRelease };
        html! {
            dl {
                dt { (Term::ChildAlone.in_(tongue)) } dd { bdi { (who) } }
                @for (field, word) in [
                    ("release_guardian", Word::Guardian),
                    ("release_document", Word::GuardianDocument),
                ] {
                    (told(review, field, word.in_(tongue)))
                }
                (told(review, "release_mistake", Term::ReleaseMistake.in_(tongue)))
                (told(review, "release_by", Term::ReleaseBy.in_(tongue)))
            }
            p { strong {
                (if twice { Why::BegunTwice.in_(tongue) } else { Word::WaitsForSecond.in_(tongue) })
            } }
            @if releases { form.choices method="post" action=(self.action("release")) {
                (self.review_heads())
                input type="hidden" name="intake" value=(super::decide::heads(self.dossier.case.intake.as_ref()));
                @if !mine && !twice {
                    button name="step" value="confirm" { (confirm.in_(tongue)) }
                }
                button.choice name="step" value="cancel" { (Word::Cancel.in_(tongue)) }
            } }
        }
    }

    fn release_form(&self, children: &[(String, &Value)]) -> Markup {
        let tongue = self.tongue;
        let typed = |field| self.typed.or("release", field, "");
        html! {
            details open[self.sent("first")] {
                summary { (Word::ReleaseChild.in_(tongue)) }
                p.hint { (Word::ReleaseHelp.in_(tongue)) }
                form method="post" action=(self.action("release")) {
                    (self.review_heads())
                    (self.which(children, "who"))
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

    fn mistake_form(&self, children: &[(String, &Value)]) -> Markup {
        let tongue = self.tongue;
        html! {
            details open[self.sent("mistaken")] {
                summary { (Word::MarkedByMistake.in_(tongue)) }
                p.hint { (Word::MistakeHelp.in_(tongue)) }
                form method="post" action=(self.action("release")) {
                    (self.review_heads())
                    (self.which(children, "mistaken-who"))
                    label for="mistaken-why" { (Word::WhyAMistake.in_(tongue)) }
                    input id="mistaken-why" name="why" required maxlength="200" autocomplete="off"
                        value=(self.typed.or("release", "why", ""));
                    button name="step" value="mistaken" { (Word::FirstMistake.in_(tongue)) }
                }
            }
        }
    }

    /// Whether this step was sent and not saved.
    fn sent(&self, step: &str) -> bool {
        self.typed.or("release", "step", "") == step
    }

    /// Which of the children alone it is about.
    fn which(&self, children: &[(String, &Value)], id: &str) -> Markup {
        let typed = self.typed.or("release", "who", "");
        html! {
            label for=(id) { (Term::ChildAlone.in_(self.tongue)) }
            select id=(id) name="who" {
                @for (path, child) in children {
                    option value=(path) selected[path == typed] { (self.named(child)) }
                }
            }
        }
    }

    /// A child by name and age, or by what they say.
    pub(super) fn named(&self, child: &Value) -> String {
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

/// What the first of staff noted.
fn told(review: &Reading, field: &str, name: &str) -> Markup {
    html! { @if let Some(said) = review.text(field) { dt { (name) } dd { bdi { (said) } } } }
}

//! Conflicts as sentences, each value with who wrote it, where and when: one is chosen, or another
//! written; the rest can be kept in a note.

use beket_model::{Conflict, ConflictValue, Opened};
use beket_words::{Term, fields, sentences};
use maud::{Markup, html};

use super::Drawn;
use crate::cases::origin_of_change;
use crate::console::words::Word;
use crate::decide::settle::{may_give, takes_another, takes_choice};

impl Drawn<'_> {
    pub(super) fn conflicts(&self) -> Markup {
        let tongue = self.tongue;
        let conflicts = self.dossier.conflicts();
        html! {
            @if !conflicts.is_empty() {
                section.wait aria-labelledby="conflicts" {
                    h2 id="conflicts" { "≠ " (Term::Conflicts.in_(tongue)) }
                    p { (Term::WithoutSeeing.in_(tongue)) }
                    @for (at, (conflict, opened)) in conflicts.iter().enumerate() {
                        div.conflict {
                            h3 { (self.dossier.name_of(&conflict.path, tongue)) }
                            @for value in &conflict.values {
                                @let origin = origin_of_change(self.directory, opened, &value.change);
                                @let kiosk = origin.as_ref().and_then(|from| from.kiosk.as_deref());
                                @let told = sentences::wrote(tongue, &conflict.path, value, kiosk);
                                p { bdi { (told.by) } (told.before)
                                    strong { bdi { (told.value) } } (told.after) }
                            }
                            @if self.works() && takes_choice(&conflict.path) {
                                (self.settle(at, conflict, opened))
                            }
                        }
                    }
                }
            }
        }
    }

    fn settle(&self, at: usize, conflict: &Conflict, opened: &Opened) -> Markup {
        let tongue = self.tongue;
        let other = format!("other-{at}");
        // A mark that is set or not has no third value.
        let is_mark = conflict.values.iter().any(|value| value.value.is_boolean());
        let offered = |value: &&ConflictValue| {
            conflict.path != "review.assigned_to"
                || may_give(self.staff.role, &self.staff.name, &value.value)
        };
        let shown = || {
            html! {
                input type="hidden" name="path" value=(conflict.path);
                input type="hidden" name="heads" value=(opened.document.heads());
            }
        };
        let note = || {
            html! {
                label.check { input type="checkbox" name="note" value="1" checked;
                    " " (Word::NoteOthers.in_(tongue)) }
            }
        };
        html! {
            form method="post" action=(self.action("field")) {
                (shown())
                div.choices {
                    @for value in conflict.values.iter().filter(offered) {
                        button.choice name="json" value=(value.value) {
                            (Word::Keep.in_(tongue)) ": "
                            (fields::value(&conflict.path, &value.value, tongue))
                        }
                    }
                }
                (note())
            }
            // A form of its own: Enter presses the first button of the form that it is typed in.
            @if !is_mark && takes_another(&conflict.path) {
                form method="post" action=(self.action("field")) {
                    (shown())
                    div.other {
                        label for=(other) { (Word::WriteAnother.in_(tongue)) }
                        input id=(other) name="value" required autocomplete="off";
                        button.choice { (Word::Correct.in_(tongue)) }
                    }
                    (note())
                }
            }
        }
    }
}

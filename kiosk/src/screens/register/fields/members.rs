//! The household: one row a member, added with one key.

use beket_words::Term;
use eframe::egui::{self, RichText, Separator, Ui};

use super::Drawn;
use crate::forms::{Alone, HouseholdForm, PersonForm};
use crate::languages::{Msg, capital};
use crate::look::{Size, space};
use crate::screens::register::order::id;
use crate::widgets::{key_hint, listed, quiet};

/// Room for a member in one row, in points.
const ONE_ROW: f32 = 700.0;

/// What people are to the head of their household, in the words of the model.
const RELATIONS: [(&str, Term); 6] = [
    ("spouse", Term::Spouse),
    ("child", Term::Child),
    ("parent", Term::Parent),
    ("sibling", Term::Sibling),
    ("grandchild", Term::Grandchild),
    ("other", Term::OtherRelation),
];

impl Drawn<'_> {
    pub(super) fn members(&mut self, ui: &mut Ui, form: &mut HouseholdForm) -> bool {
        let tongue = self.tongue();
        let mut asked = false;
        ui.add_space(space::MEDIUM);
        ui.horizontal(|ui| {
            let title = Msg::Members.in_(tongue);
            ui.label(RichText::new(title).font(Size::Heading.strong()));
            asked = key_hint(ui, &self.scene.look, "F6", Msg::MemberKey.in_(tongue)).clicked();
        });
        let mut gone = None;
        for (at, member) in form.members.iter_mut().enumerate() {
            ui.add(Separator::default().spacing(space::SMALL));
            if self.member(ui, at + 1, member) {
                gone = Some(at);
            }
            self.mended_member(ui, at + 1, member, form.kind);
        }
        if let Some(at) = gone {
            form.members.remove(at);
        }
        asked
    }

    /// One row, or two where there is no room for all of it; gives whether it is to go.
    fn member(&mut self, ui: &mut Ui, at: usize, member: &mut PersonForm) -> bool {
        let room = ui.available_width();
        let narrow = room < ONE_ROW;
        let name = room * if narrow { 0.34 } else { 0.19 };
        let born = capital(Term::Age.in_(self.tongue()));
        ui.push_id(at, |ui| {
            let mut gone = false;
            ui.horizontal_top(|ui| {
                let family = Term::FamilyName;
                self.term(ui, (at, "family_name"), family, name, &mut member.family_name);
                self.term(ui, (at, "given_name"), Term::GivenName, name, &mut member.given_name);
                self.field(ui, (at, "born"), &born, (room * 0.11).max(80.0), &mut member.born);
                if !narrow {
                    self.relation(ui, at, member, room * 0.15);
                    self.sex(ui, member);
                }
                // Whoever is a child alone does not leave a case by one slip.
                if member.alone != Alone::Known {
                    gone = self.remove(ui, member);
                }
            });
            if narrow {
                ui.horizontal_top(|ui| {
                    self.relation(ui, at, member, name);
                    self.sex(ui, member);
                });
            }
            gone
        })
        .inner
    }

    fn remove(&self, ui: &mut Ui, member: &PersonForm) -> bool {
        ui.vertical(|ui| {
            ui.add_space(Size::Small.font().size + space::SMALL);
            let answer = quiet(ui, &self.scene.look, "×");
            let name = format!("{}: {}", Msg::Remove.in_(self.tongue()), member.given_name);
            let role = egui::Role::Button;
            answer.widget_info(|| egui::WidgetInfo::labeled(role, true, &name));
            answer.clicked()
        })
        .inner
    }

    /// What they are to the head of the household: nothing is guessed.
    fn relation(&self, ui: &mut Ui, at: usize, member: &mut PersonForm, width: f32) {
        let tongue = self.tongue();
        let of = capital(Term::Relation.in_(tongue));
        let name = format!("{of}: {}", member.given_name);
        let all = RELATIONS.map(|(word, term)| (word, term.in_(tongue)));
        let id = id(self.form, at, "relation");
        let look = &self.scene.look;
        listed(ui, look, (id, &of, &name), width, &mut member.relation, &all);
    }
}

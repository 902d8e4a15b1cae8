//! The household: one row a member, added with one key.

use beket_words::Term;
use eframe::egui::{self, RichText, Ui};

use super::Drawn;
use crate::forms::{HouseholdForm, PersonForm};
use crate::languages::{Msg, capital};
use crate::look::{Size, space};
use crate::screens::register::order::id;
use crate::widgets::{key_hint, listed, quiet};

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

    /// One row; gives whether it is to go.
    fn member(&mut self, ui: &mut Ui, at: usize, member: &mut PersonForm) -> bool {
        let (look, tongue) = (&self.scene.look, self.tongue());
        let mut gone = false;
        ui.push_id(at, |ui| {
            ui.horizontal_top(|ui| {
                let room = ui.available_width();
                let name = (room * 0.19).max(110.0);
                let family = Term::FamilyName;
                self.term(ui, (at, "family_name"), family, name, &mut member.family_name);
                self.term(ui, (at, "given_name"), Term::GivenName, name, &mut member.given_name);
                let born = capital(Term::Age.in_(tongue));
                self.field(ui, (at, "born"), &born, (room * 0.11).max(80.0), &mut member.born);
                self.relation(ui, at, member, room * 0.15);
                self.sex(ui, member);
                ui.vertical(|ui| {
                    ui.add_space(Size::Small.font().size + space::SMALL);
                    let answer = quiet(ui, look, "×");
                    let name = format!("{}: {}", Msg::Remove.in_(tongue), member.given_name);
                    let role = egui::Role::Button;
                    answer.widget_info(|| egui::WidgetInfo::labeled(role, true, &name));
                    gone = answer.clicked();
                });
            });
        });
        gone
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

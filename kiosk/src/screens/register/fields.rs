//! The fields of a form, in the order in which Enter goes through them.

mod journey;
mod members;
mod mended;
mod rest;

use beket_model::{Kind, Sex};
use beket_words::fields::NEEDS;
use beket_words::{Term, Tongue};
use eframe::egui::{Id, Label, RichText, Ui};

use super::order::{id, order};
use crate::forms::scan::{self, Scan};
use crate::forms::{HouseholdForm, PersonForm, WrongField};
use crate::languages::{Msg, capital};
use crate::look::{Size, space};
use crate::screens::{Scene, kind_word, reason};
use crate::widgets::{Field, choices, next_of, toggles};

/// What was asked for while fields were drawn.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// Somebody more of the household.
    pub(super) member: bool,
    /// Enter in the last field.
    pub(super) save: bool,
    /// Enter behind what a scanner typed into a field of a person.
    pub(super) scan: Option<(Scan, usize)>,
}

/// That it is about a child alone.
pub(super) fn of_child(ui: &mut Ui, scene: &Scene<'_>) {
    let title = capital(Term::ChildAlone.in_(scene.tongue));
    let text = RichText::new(format!("! {title}")).font(Size::Heading.strong());
    ui.label(text.color(scene.look.palette.stop));
}

/// What the form is; it stays in sight.
pub(super) fn kinds(ui: &mut Ui, scene: &Scene<'_>, form: &mut HouseholdForm) {
    if form.child_alone {
        return of_child(ui, scene);
    }
    let kinds = [Kind::Evacuee, Kind::Passenger, Kind::Appeal, Kind::Enquiry];
    let kinds = kinds.map(|kind| (kind, capital(&kind_word(kind, scene.tongue))));
    let of = Term::KindOf.in_(scene.tongue);
    if let Some(kind) = choices(ui, &scene.look, of, Some(form.kind), &kinds) {
        form.kind = kind;
    }
}

/// Where it will belong, beside what saves it.
pub(super) fn of_incident(ui: &mut Ui, scene: &Scene<'_>, form: &mut HouseholdForm) {
    if !form.kind.is_emergency() {
        return;
    }
    if scene.state.incidents.len() > 1 {
        return incidents(ui, scene, form);
    }
    let set = form.incident.as_deref();
    let name = scene.state.incidents.iter().find(|(code, _)| Some(code.as_str()) == set);
    let text = match name {
        Some((_, name)) => format!("{}: {name}", Msg::Incident.in_(scene.tongue)),
        None => Msg::NoIncident.in_(scene.tongue).to_owned(),
    };
    let quiet = scene.look.palette.quiet;
    let text = RichText::new(text).font(Size::Small.font()).color(quiet);
    ui.add(Label::new(text).wrap());
}

/// Which of several open incidents the form belongs to; the next form belongs to it, too.
fn incidents(ui: &mut Ui, scene: &Scene<'_>, form: &mut HouseholdForm) {
    let names = scene.state.incidents.iter().map(|(_, name)| name.clone());
    let open: Vec<(usize, String)> = names.enumerate().collect();
    let code = |at: usize| scene.state.incidents.get(at).map(|(code, _)| code.to_string());
    let set = (0..open.len()).find(|at| code(*at) == form.incident);
    let of = Msg::Incident.in_(scene.tongue);
    if let Some(chosen) = choices(ui, &scene.look, of, set, &open) {
        form.incident = code(chosen);
    }
}

/// All of them.
pub(super) fn ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    form: &mut HouseholdForm,
    wrong: &[WrongField],
    focus: &mut Option<Id>,
) -> Asked {
    let order = order(form);
    let mut asked = Asked::default();
    let mut went = None;
    let mended = form.mending.is_some();
    let (went_to, scan) = (&mut went, &mut asked.scan);
    let child = form.child_alone;
    let mut drawn = Drawn { form: form.id, child, mended, scene, wrong, went: went_to, scan };
    if form.child_alone {
        drawn.alone(ui, 0, &mut form.head);
    }
    drawn.person(ui, form);
    if form.has_words() {
        drawn.narrative(ui, form);
    }
    let member = (mended || !form.child_alone) && drawn.members(ui, form);
    drawn.journey(ui, form);
    drawn.consent(ui, form);
    drawn.rest(ui, form);
    asked.member = member;
    if let Some(id) = went {
        match next_of(&order, id) {
            Some(next) => *focus = Some(next),
            None => asked.save = order.last() == Some(&id),
        }
    }
    asked
}

/// What fields are drawn with.
struct Drawn<'a> {
    form: u64,
    /// Somebody who is under age.
    child: bool,
    /// A case that is there already: what nobody is asked for in a queue can be changed, too.
    mended: bool,
    scene: &'a Scene<'a>,
    wrong: &'a [WrongField],
    went: &'a mut Option<Id>,
    scan: &'a mut Option<(Scan, usize)>,
}

impl Drawn<'_> {
    fn tongue(&self) -> Tongue {
        self.scene.tongue
    }

    fn field(
        &mut self,
        ui: &mut Ui,
        (person, field): (usize, &'static str),
        label: &str,
        width: f32,
        text: &mut String,
    ) {
        let wrong = self.why((person, field));
        let hint = match (field, person) {
            ("born", 0) if self.child => "(6 · 31.01.2013)",
            ("born", 0) => "(34 · 31.01.1985)",
            ("born", _) => "(7)",
            // What stands there where nobody says otherwise.
            ("found_at", _) => &self.scene.state.station,
            ("at", _) => Msg::MomentHint.in_(self.tongue()),
            _ => "",
        };
        let drawn = Field::line(id(self.form, person, field), label, width).hint(hint).wrong(wrong);
        let answer = drawn.show(ui, &self.scene.look, text);
        let number = ["born", "phone", "iin", "at"].contains(&field);
        if answer.response.lost_focus() && number {
            *text = scan::digits(text);
        }
        if !answer.went_on {
            return;
        }
        // A number where an IIN belongs was typed or scanned there; in a ticket it is no IIN.
        let is_iin = |scan: &Scan| matches!(scan, Scan::Iin(_));
        let names = ["family_name", "given_name", "patronymic", "born", "phone"];
        let scan = scan::at_end(text).filter(|(_, scan)| !is_iin(scan) || names.contains(&field));
        match scan {
            Some((at, scan)) => {
                text.truncate(at);
                *self.scan = Some((scan, person));
                // The next line of a document comes into the same field.
                answer.response.request_focus();
            }
            None => *self.went = Some(answer.response.id),
        }
    }

    /// Why a field is wrong; nothing where the field before it has just said so of both.
    fn why(&self, field: (usize, &str)) -> Option<&'static str> {
        let mut before = None;
        for wrong in self.wrong {
            let said = Some((wrong.person, wrong.reason));
            if (wrong.person, wrong.field) == field {
                let once = said != before;
                return Some(if once { reason(wrong.reason).in_(self.tongue()) } else { "" });
            }
            before = said;
        }
        None
    }

    fn term(
        &mut self,
        ui: &mut Ui,
        field: (usize, &'static str),
        term: Term,
        width: f32,
        text: &mut String,
    ) {
        let label = capital(term.in_(self.tongue()));
        self.field(ui, field, &label, width, text);
    }

    /// What is known of a child alone.
    fn alone(&mut self, ui: &mut Ui, at: usize, child: &mut PersonForm) {
        let [half, _] = widths(ui, 2);
        ui.horizontal_top(|ui| {
            self.term(ui, (at, "found_at"), Term::FoundAt, half, &mut child.found_at);
            self.term(ui, (at, "brought_by"), Term::BroughtBy, half, &mut child.brought_by);
        });
        ui.horizontal_top(|ui| {
            self.term(ui, (at, "says"), Term::Says, half, &mut child.says);
            self.term(ui, (at, "clothing"), Term::Clothing, half, &mut child.clothing);
        });
    }

    fn person(&mut self, ui: &mut Ui, form: &mut HouseholdForm) {
        let tongue = self.tongue();
        let who = match form.kind {
            _ if form.child_alone => Msg::Child,
            Kind::Appeal => Msg::Applicant,
            Kind::Enquiry => Msg::SoughtPerson,
            Kind::Passenger => Msg::Traveller,
            Kind::Evacuee => Msg::Head,
        };
        title(ui, who.in_(tongue));
        let [third, _, _] = widths(ui, 3);
        let head = &mut form.head;
        if form.child_alone {
            ui.horizontal_top(|ui| {
                self.field(ui, (0, "born"), Msg::Born.in_(tongue), third, &mut head.born);
                self.sex(ui, head);
            });
        }
        ui.horizontal_top(|ui| {
            self.term(ui, (0, "family_name"), Term::FamilyName, third, &mut head.family_name);
            self.term(ui, (0, "given_name"), Term::GivenName, third, &mut head.given_name);
            self.term(ui, (0, "patronymic"), Term::Patronymic, third, &mut head.patronymic);
        });
        if form.child_alone && !self.mended {
            return;
        }
        if !form.child_alone {
            ui.horizontal_top(|ui| {
                self.field(ui, (0, "born"), Msg::Born.in_(tongue), third, &mut head.born);
                self.sex(ui, head);
            });
        }
        ui.horizontal_top(|ui| {
            self.term(ui, (0, "phone"), Term::Phone, third, &mut head.phone);
            self.term(ui, (0, "iin"), Term::Iin, third, &mut head.iin);
            self.term(ui, (0, "address"), Term::Address, third, &mut head.address);
        });
        if form.asks_the_head() {
            self.needs(ui, 0, &mut form.head);
        }
        self.mended_head(ui, form);
    }

    fn sex(&self, ui: &mut Ui, person: &mut PersonForm) {
        let (look, tongue) = (&self.scene.look, self.tongue());
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::TINY;
            let of = capital(Term::Sex.in_(tongue));
            ui.label(RichText::new(&of).font(Size::Small.font()).color(look.palette.quiet));
            let words = [(Sex::Male, Term::Male), (Sex::Female, Term::Female)];
            let words = words.map(|(sex, term)| (sex, term.in_(tongue).to_owned()));
            if let Some(chosen) = choices(ui, look, &of, person.sex(), &words) {
                person.chosen_sex = Some(chosen);
            }
        });
    }

    fn needs(&self, ui: &mut Ui, at: usize, person: &mut PersonForm) {
        let (look, tongue) = (&self.scene.look, self.tongue());
        let of = named(Term::Needs, at, person, tongue);
        ui.label(RichText::new(&of).font(Size::Small.font()).color(look.palette.quiet));
        let words = NEEDS.map(|(word, term)| (word, term.in_(tongue).to_owned()));
        let has = |word: &str| person.needs.iter().any(|need| need == word);
        if let Some(word) = toggles(ui, look, &of, has, &words) {
            match person.needs.iter().position(|need| need == word) {
                Some(at) => drop(person.needs.remove(at)),
                None => person.needs.push(word.to_owned()),
            }
        }
    }

    fn narrative(&self, ui: &mut Ui, form: &mut HouseholdForm) {
        // Nobody can be told of whoever is found without knowing who asked.
        let label = match form.kind {
            Kind::Enquiry => Msg::WhoAsks.in_(self.tongue()).to_owned(),
            _ => capital(Term::Narrative.in_(self.tongue())),
        };
        let width = ui.available_width();
        Field::line(id(self.form, 0, "narrative"), &label, width).rows(4).show(
            ui,
            &self.scene.look,
            &mut form.narrative,
        );
    }
}

/// A field of somebody of the household, told apart from the same field of the others.
fn named(term: Term, at: usize, person: &PersonForm, tongue: Tongue) -> String {
    let name = capital(term.in_(tongue));
    if at == 0 { name } else { format!("{name} · {}", person.given_name) }
}

fn title(ui: &mut Ui, text: &str) {
    ui.add_space(space::MEDIUM);
    ui.label(RichText::new(text).font(Size::Heading.strong()));
}

/// The width of each of so many fields in a row.
fn widths<const N: usize>(ui: &Ui, columns: u8) -> [f32; N] {
    let columns = f32::from(columns);
    let room = ui.available_width() - ui.spacing().item_spacing.x * (columns - 1.0);
    [(room / columns).floor(); N]
}

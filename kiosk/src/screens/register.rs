//! Registering a household on one screen: form left, "already here?" right, by keyboard from start
//! to end.
//!
//! Owns the form that is open, where the focus goes, and what is known to be wrong. Refuses to ask
//! anything twice; what is missing never blocks.

mod fields;
mod order;

use beket_model::{Kind, NamePart};
use beket_record::CaseId;
use eframe::egui::{Frame, Id, Key, Margin, Modifiers, Panel, RichText, ScrollArea, Ui};
use zeroize::Zeroizing;

use super::{Act, Scene, To, people};
use crate::desk::{Ask, Compared, Intent};
use crate::forms::scan::{Document, Scan, document, lines_of};
use crate::forms::{HouseholdForm, Suggested, Wrong, WrongField};
use crate::languages::Msg;
use crate::look::{Size, space};
use crate::people::{Found, Query};
use crate::widgets::{Tone, banner, primary, quiet};
use crate::{Change, Mark, Taken};

/// The form that is open.
#[derive(Debug)]
pub struct Register {
    /// What is typed.
    pub form: HouseholdForm,
    wrong: Vec<WrongField>,
    focus: Option<Id>,
    /// Handed in, and not answered yet.
    pub saving: bool,
    /// The last form that is on disk: its number and its name.
    saved: Option<(String, String)>,
    /// Why the last one could not be saved.
    pub trouble: Option<&'static str>,
    compared: Option<(Query, Option<NamePart>)>,
    ticket: u64,
    alike: Vec<(Found, Mark)>,
    kept: Option<String>,
    /// Lines of a document's zone that a scanner has typed so far.
    zone: Vec<String>,
    scanned: Option<Msg>,
}

impl Register {
    /// With this form.
    pub fn new(form: HouseholdForm) -> Self {
        let focus = Some(order::first_id(&form));
        Self {
            form,
            wrong: Vec::new(),
            focus,
            saving: false,
            saved: None,
            trouble: None,
            compared: None,
            ticket: 0,
            alike: Vec::new(),
            kept: None,
            zone: Vec::new(),
            scanned: None,
        }
    }

    /// Suggests that another case belongs to this one; once more takes it back.
    pub fn suggest(&mut self, suggested: Suggested) {
        let at = self.form.suggested.iter().position(|known| *known == suggested);
        match at {
            Some(at) => drop(self.form.suggested.remove(at)),
            None => self.form.suggested.push(suggested),
        }
    }

    /// The case that the form mends.
    pub fn mends(&self) -> Option<CaseId> {
        self.form.mending.as_ref()?.case.parse().ok()
    }

    /// What a scanner typed: the number or the document goes where it belongs, a coupon opens its
    /// case.
    fn scanned(&mut self, scan: Scan, person: usize, year: i16) -> Option<Act> {
        self.scanned = None;
        match scan {
            Scan::Iin(iin) => self.fill(person, &Document { iin, ..Document::default() }),
            Scan::ZoneLine(line) => {
                if self.zone.first().is_some_and(|first| first.len() != line.len()) {
                    self.zone.clear();
                }
                self.zone.push(line);
                let whole = self.zone.len() >= lines_of(&self.zone[0]);
                self.scanned = Some(Msg::ScanMore);
                if whole {
                    let lines = std::mem::take(&mut self.zone);
                    self.scanned = None;
                    if let Some(known) = document(&lines, year) {
                        self.fill(person, &known);
                    }
                }
            }
            Scan::Reference(reference) => return Some(Act::Go(To::Find(reference))),
        }
        None
    }

    /// Names stay as a volunteer typed them: a document has no Cyrillic.
    fn fill(&mut self, person: usize, known: &Document) {
        let form = &mut self.form;
        let person =
            if person == 0 { Some(&mut form.head) } else { form.members.get_mut(person - 1) };
        let Some(person) = person else { return };
        for (field, text) in [
            (&mut person.family_name, &known.family_name),
            (&mut person.given_name, &known.given_name),
            (&mut person.born, &known.born),
            (&mut person.iin, &known.iin),
        ] {
            if field.trim().is_empty() {
                field.clone_from(text);
            }
        }
        person.chosen_sex = person.chosen_sex.or(known.sex);
        self.scanned = Some(Msg::Scanned);
    }

    /// Draws the form; gives everything that it wants.
    pub fn ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, by: Option<&str>) -> Vec<Act> {
        let mut acts = Vec::new();
        let keys = ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            (pressed(Key::F6), pressed(Key::F10))
        });
        let save = format!("F10 · {}", Msg::SaveKey.in_(scene.tongue));
        let bottom = Frame::new().inner_margin(Margin::symmetric(0, 8));
        let pressed = Panel::bottom("save")
            .frame(bottom)
            .show_separator_line(false)
            .show(ui, |ui| {
                ui.add_enabled_ui(!self.saving, |ui| primary(ui, &scene.look, &save))
                    .inner
                    .clicked()
            })
            .inner;
        self.head(ui, scene);
        ScrollArea::vertical().id_salt("form").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - space::LARGE);
            let asked = fields::ui(ui, scene, &mut self.form, &self.wrong, &mut self.focus);
            if let Some((scan, person)) = asked.scan {
                acts.extend(self.scanned(scan, person, scene.year()));
            }
            if asked.member || keys.0 {
                self.form.add_member();
                self.focus = Some(order::id(self.form.id, self.form.members.len(), "given_name"));
            }
            if asked.save || pressed || keys.1 {
                acts.extend(self.save(scene, by));
            }
        });
        if let Some(id) = self.focus.take() {
            ui.memory_mut(|memory| memory.request_focus(id));
            ui.ctx().request_repaint();
        }
        acts.extend(self.compare(ui, scene));
        acts.extend(self.keep());
        acts
    }

    fn head(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let (look, tongue) = (&scene.look, scene.tongue);
        if self.form.mending.is_some() {
            let title = Msg::Mending.in_(tongue);
            ui.label(RichText::new(title).font(Size::Title.strong()));
        } else {
            fields::kind_row(ui, scene, &mut self.form);
        }
        self.suggestions_ui(ui, scene);
        if let Some(scanned) = self.scanned {
            banner(ui, look, Tone::Plain, "", scanned.in_(tongue));
        }
        if let Some(trouble) = self.trouble {
            banner(ui, look, Tone::Stop, "", trouble);
        } else if !self.wrong.is_empty() {
            let title = Msg::ClashingFields.in_(tongue);
            let mut reasons: Vec<&str> = Vec::new();
            for wrong in &self.wrong {
                let reason = reason(wrong.reason).in_(tongue);
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            banner(ui, look, Tone::Stop, title, &reasons.join(" "));
        } else if let Some((reference, name)) =
            self.saved.as_ref().filter(|_| self.form.is_untouched())
        {
            let title = format!("○ {reference} · {}", Msg::SavedOnDevice.in_(tongue));
            let text = format!("{name}. {}", Msg::SavedHelp.in_(tongue));
            banner(ui, look, Tone::Wait, &title, &text);
        }
    }

    fn suggestions_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let (look, tongue) = (&scene.look, scene.tongue);
        let mut taken_back = None;
        for (at, link) in self.form.suggested.iter().enumerate() {
            let msg = if link.same_person { Msg::CoupledPerson } else { Msg::CoupledHousehold };
            let text = format!("{}: {} ×", msg.in_(tongue), link.name);
            let answer = quiet(ui, look, &text).on_hover_text(Msg::CoupledHelp.in_(tongue));
            if answer.clicked() {
                taken_back = Some(at);
            }
        }
        if let Some(at) = taken_back {
            self.form.suggested.remove(at);
        }
    }

    /// Everybody whom the form may already be about.
    pub fn beside_ui(&self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Act> {
        let tongue = scene.tongue;
        let title = Msg::AlreadyHere.in_(tongue);
        ui.label(RichText::new(title).font(Size::Heading.strong()));
        if self.alike.is_empty() {
            let asked = self.compared.as_ref().is_some_and(|(query, _)| !query.is_empty());
            let msg = if asked { Msg::NobodyAlike } else { Msg::AlreadyHereHelp };
            ui.label(RichText::new(msg.in_(tongue)).color(scene.look.palette.quiet));
        }
        let mut act = None;
        ScrollArea::vertical().id_salt("alike").auto_shrink(false).show(ui, |ui| {
            if let Some(chosen) = people::list(ui, scene, &self.alike) {
                act = Some(Act::Go(To::Case(chosen.entry.case)));
            }
        });
        act
    }

    fn save(&mut self, scene: &Scene<'_>, by: Option<&str>) -> Option<Act> {
        if self.saving {
            return None;
        }
        let year = scene.year();
        self.trouble = None;
        self.wrong = self.form.wrong(year);
        if let Some(first) = self.wrong.first() {
            self.focus = Some(order::id(self.form.id, first.person, first.field));
            return None;
        }
        if let Some(mending) = &self.form.mending {
            let case = mending.case.parse().ok()?;
            let Some(patch) = self.form.patch(year) else { return Some(Act::Go(To::Case(case))) };
            let seen = mending.heads.parse().ok()?;
            self.saving = true;
            let (change, by) = (Change::Patch(patch), by.map(str::to_owned));
            return Some(Act::Want(Intent::Edit { case, change, seen, by }));
        }
        let intake = match self.form.intake(year) {
            Ok(intake) => Box::new(intake),
            Err(error) => {
                let error = crate::KioskError::from(error);
                self.trouble = Some(crate::languages::trouble(scene.tongue, &error));
                return None;
            }
        };
        self.saving = true;
        let (form, by) = (self.form.id, by.map(str::to_owned));
        Some(Act::Want(Intent::Take { form, intake, by }))
    }

    /// It is on the disk: the next form of the queue.
    pub fn taken(&mut self, taken: &Taken, next_id: u64) {
        let head = &self.form.head;
        let names = [&head.family_name, &head.given_name].into_iter().map(|name| name.trim());
        let name = names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
        let next = self.form.next(next_id);
        *self = Self { saved: Some((taken.reference.clone(), name)), ..Self::new(next) };
    }

    /// It is not.
    pub fn refused(&mut self, why: &'static str) {
        self.saving = false;
        self.trouble = Some(why);
    }

    /// Asks who is like the person that is being typed, when that has changed.
    fn compare(&mut self, ui: &Ui, scene: &Scene<'_>) -> Option<Act> {
        let focused = ui.memory(eframe::egui::Memory::focused);
        let (at, typing) = order::typed_part(&self.form, focused);
        let person = self.form.person(at)?;
        let names = [&*person.family_name, &*person.given_name, &*person.patronymic];
        let query = Query::person(&names, &[&person.phone, &person.iin]);
        let compared = Some((query.clone(), typing));
        if self.compared == compared {
            return None;
        }
        self.compared = compared;
        self.ticket += 1;
        if query.is_empty() {
            self.alike.clear();
            return None;
        }
        let traits = person.traits(scene.year());
        let compared = Box::new(Compared { traits, query, typing, but: self.mends() });
        Some(Act::Ask(Ask::Alike { ticket: self.ticket, compared }))
    }

    /// The answer to a question; an older one than the last is passed over.
    pub fn answer(&mut self, ticket: u64, found: Vec<(Found, Mark)>) {
        if ticket == self.ticket {
            self.alike = found;
        }
    }

    /// The number of the last form that is on disk.
    #[cfg(test)]
    pub(crate) fn last_saved(&self) -> Option<&str> {
        self.saved.as_ref().map(|(reference, _)| reference.as_str())
    }

    /// Who is like the person of the form.
    #[cfg(test)]
    pub(crate) fn alike(&self) -> usize {
        self.alike.len()
    }

    /// What is to be kept of an unfinished form, when that has changed.
    fn keep(&mut self) -> Option<Act> {
        let untouched = self.form.is_untouched() || self.saving;
        let draft = if untouched { None } else { serde_json::to_string(&self.form).ok() };
        if self.kept == draft {
            return None;
        }
        self.kept.clone_from(&draft);
        Some(Act::Want(Intent::Draft(draft.map(Zeroizing::new))))
    }
}

fn reason(wrong: Wrong) -> Msg {
    match wrong {
        Wrong::Born => Msg::WrongBorn,
        Wrong::Phone => Msg::WrongPhone,
        Wrong::Iin => Msg::WrongIin,
        Wrong::Nobody => Msg::WrongNobody,
    }
}

/// A form of this kind for the next in the queue.
pub fn begin(scene: &Scene<'_>, id: u64, kind: Kind, child_alone: bool) -> HouseholdForm {
    let language = match scene.tongue {
        beket_words::Tongue::Kk => beket_model::Language::Kk,
        beket_words::Tongue::Ru => beket_model::Language::Ru,
        beket_words::Tongue::En => beket_model::Language::En,
    };
    let incident = scene.state.incidents.first().map(|(code, _)| code.to_string());
    let form = HouseholdForm::new(id, kind, language, incident);
    HouseholdForm { child_alone, ..form }
}

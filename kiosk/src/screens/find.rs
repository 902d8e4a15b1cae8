//! The search: everybody whom the kiosk can read, as one types.

use eframe::egui::{Event, Id, RichText, ScrollArea, Ui};

use super::register::{Ahead, TICKETS};
use super::{Act, Scene, To, people};
use crate::Mark;
use crate::desk::{Ask, MOST_FOUND};
use crate::forms::scan::{self, Read, Scan, Zone};
use crate::languages::{Msg, people as counted};
use crate::look::{Size, space};
use crate::people::Found;
use crate::widgets::{Field, Tone, banner};

/// What is looked for and who was found.
#[derive(Debug, Default)]
pub struct Find {
    /// What is typed.
    pub text: String,
    asked: Option<String>,
    ticket: u64,
    found: Vec<(Found, Mark)>,
    answered: bool,
    /// Enter was pressed: the first who is found by what stands there is to be opened.
    opening: bool,
    begun: bool,
    zone: Zone,
    /// What comes while the field is left and entered again.
    ahead: Ahead,
    /// What a scanner typed: as long as it stands there, the next key begins anew.
    spent: Option<String>,
    /// Where that finds nobody, what else may.
    otherwise: Option<String>,
    /// What became of a document that is being scanned.
    scanned: Option<Msg>,
}

impl Find {
    /// Empty; `nth` of all that are opened, so that no answer to another's question is taken for one to
    /// its own.
    pub fn new(nth: u64) -> Self {
        Self { ticket: nth << TICKETS, ..Self::default() }
    }

    /// For the first of these, whose first answer is opened at once.
    pub fn and_open(nth: u64, texts: Vec<String>) -> Self {
        let mut find = Self::new(nth);
        find.seek(texts);
        find
    }

    fn seek(&mut self, texts: Vec<String>) {
        let mut texts = texts.into_iter();
        self.text = texts.next().unwrap_or_default();
        self.otherwise = texts.next();
        (self.opening, self.spent) = (true, Some(self.text.clone()));
    }

    /// Draws it.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        here: (usize, Option<Msg>),
    ) -> Option<Act> {
        let (look, tongue) = (&scene.look, scene.tongue);
        ui.label(RichText::new(Msg::SearchKey.in_(tongue)).font(Size::Title.strong()));
        let (many, but) = here;
        let mut said = counted(tongue, many as u64);
        if but == Some(Msg::Reading) {
            said = format!("{said} · {}…", Msg::Reading.in_(tongue));
        }
        let label = format!("{} ({said})", Msg::SearchHint.in_(tongue));
        let width = ui.available_width().min(720.0);
        let id = Id::unique("find");
        // Whatever is typed here is looked for, wherever the focus has gone.
        let begins = !std::mem::replace(&mut self.begun, true);
        let no_field = begins || ui.memory(|memory| memory.focused().is_none());
        if no_field {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        self.ahead.look(ui, no_field, false);
        let types = |event: &Event| matches!(event, Event::Text(_) | Event::Paste(_));
        let spent = self.spent.as_ref() == Some(&self.text);
        if spent && ui.input(|input| input.events.iter().any(types)) {
            self.text.clear();
            (self.otherwise, self.opening) = (None, false);
        }
        let field = Field::line(id, &label, width).show(ui, look, &mut self.text);
        let mut act = None;
        if field.went_on {
            // Whoever found nobody types on.
            field.response.request_focus();
            self.opening = true;
            match scan::line(&self.text) {
                Some(Scan::Reference(number) | Scan::Iin(number)) => self.seek(vec![number]),
                Some(Scan::ZoneLine(line)) => self.read_zone(line, scene.year()),
                // Letters that find somebody are letters.
                None if self.found.is_empty() => self.text = scan::digits(&self.text),
                None => {}
            }
        }
        if but == Some(Msg::NotAllRead) {
            banner(ui, look, Tone::Wait, "", Msg::NotAllRead.in_(tongue));
        }
        if let Some(scanned) = self.scanned {
            ui.label(RichText::new(scanned.in_(tongue)).color(look.palette.quiet));
        }
        let up_to_date = self.is_up_to_date();
        if self.opening && up_to_date {
            self.opening = false;
            act = self.found.first().map(|(first, _)| Act::Go(To::Case(first.entry.case)));
            if let Some(otherwise) = self.otherwise.take().filter(|_| act.is_none()) {
                self.spent = Some(otherwise.clone());
                self.text = otherwise;
            }
        }
        ui.add_space(space::SMALL);
        if self.found.is_empty() && up_to_date {
            let nobody = self.text.trim().is_empty();
            let msg = if nobody { Msg::NobodyYet } else { Msg::NothingFound };
            ui.label(RichText::new(msg.in_(tongue)).color(look.palette.quiet));
        }
        ScrollArea::vertical().id_salt("found").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(width);
            if let Some(chosen) = people::list(ui, scene, &self.found) {
                act = Some(Act::Go(To::Case(chosen.entry.case)));
            }
            if self.found.len() >= MOST_FOUND {
                ui.label(RichText::new(Msg::FirstFound.in_(tongue)).color(look.palette.quiet));
            }
        });
        act.or_else(|| self.ask_if_new())
    }

    /// Whether what is shown is found by what stands there.
    pub(crate) fn is_up_to_date(&self) -> bool {
        self.answered && self.asked.as_ref() == Some(&self.text)
    }

    /// A document finds whoever bears it, once all its lines are there.
    fn read_zone(&mut self, line: String, year: i16) {
        self.text.clear();
        self.opening = false;
        self.scanned = match self.zone.take(line, year) {
            Read::More => Some(Msg::ScanMore),
            Read::Failed => Some(Msg::ScanFailed),
            Read::Whole(known) => {
                self.seek(known.search());
                None
            }
        };
    }

    fn ask_if_new(&mut self) -> Option<Act> {
        if self.asked.as_ref() == Some(&self.text) {
            return None;
        }
        self.asked = Some(self.text.clone());
        self.ticket += 1;
        self.answered = false;
        Some(Act::Ask(Ask::Search { ticket: self.ticket, text: self.text.clone() }))
    }

    /// Who was found.
    #[cfg(test)]
    pub(crate) fn found(&self) -> &[(Found, Mark)] {
        &self.found
    }

    /// Something changed: what is shown is asked for again.
    pub fn stale(&mut self) {
        self.asked = None;
    }

    /// The answer to a question; an older one than the last is passed over.
    pub fn answer(&mut self, ticket: u64, found: Vec<(Found, Mark)>) {
        if ticket == self.ticket {
            self.found = found;
            self.answered = true;
        }
    }
}

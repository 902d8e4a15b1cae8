//! What a scanner typed into a field: it goes where it belongs.

use super::Register;
use crate::forms::scan::{Document, Scan, document, lines_of};
use crate::languages::Msg;
use crate::screens::{Act, To};

impl Register {
    /// What a scanner typed: the number or the document goes where it belongs, a coupon opens its
    /// case.
    pub(super) fn scanned(&mut self, scan: Scan, person: usize, year: i16) -> Option<Act> {
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
}

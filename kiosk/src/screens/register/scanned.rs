//! What a scanner typed into a field: it goes where it belongs.

use beket_model::{Agreement, NamePart, Reason, Traits, TypedTraits, likeness};

use super::{Register, order};
use crate::forms::scan::{Document, Read, Scan};
use crate::forms::{Born, PersonForm};
use crate::languages::Msg;
use crate::screens::{Act, To};

impl Register {
    /// What a scanner typed: the number or the document goes where it belongs, a coupon opens its
    /// case.
    pub(super) fn scanned(&mut self, scan: Scan, person: usize, year: i16) -> Option<Act> {
        self.scanned = None;
        match scan {
            Scan::Iin(iin) => self.fill(person, &Document { iin, ..Document::default() }, year),
            Scan::ZoneLine(line) => match self.zone.take(line, year) {
                Read::More => self.scanned = Some(Msg::ScanMore),
                Read::Whole(known) => self.fill(person, &known, year),
                Read::Failed => self.scanned = Some(Msg::ScanFailed),
            },
            Scan::Reference(reference) => return Some(Act::Go(To::Find(vec![reference]))),
        }
        None
    }

    /// Names stay as a volunteer typed them: a document has no Cyrillic.
    fn fill(&mut self, person: usize, known: &Document, year: i16) {
        let (typed_in, typing) = order::typed_part(&self.form, self.left_at);
        let typing = typing.filter(|_| typed_in == person);
        let form = &mut self.form;
        let person =
            if person == 0 { Some(&mut form.head) } else { form.members.get_mut(person - 1) };
        let Some(person) = person else { return };
        if names_another(person, known, typing) {
            self.scanned = Some(Msg::ScanOther);
            return;
        }
        // A surname that nobody typed, and what was begun and goes on otherwise, make room.
        let unsure = [
            (person.family_name == person.inherited || typing == Some(NamePart::Family))
                .then_some((&mut person.family_name, &known.family_name)),
            (typing == Some(NamePart::Given))
                .then_some((&mut person.given_name, &known.given_name)),
        ];
        for (typed, read) in unsure.into_iter().flatten() {
            if !read.is_empty() && agreement(typed, read) == Some(Agreement::Differs) {
                typed.clear();
            }
        }
        let other = |typed: &str, read: &str| {
            !typed.trim().is_empty() && !read.is_empty() && typed.trim() != read
        };
        let date = Born::read(&person.born, year);
        let other_date = matches!(&date, Some(Born::On(date)) if other(date, &known.born));
        let differs = other(&person.iin, &known.iin) || other_date;
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
        self.scanned = Some(if differs { Msg::ScanDiffers } else { Msg::Scanned });
    }
}

/// How far two surnames, or two given names, agree; `None` where one of them is empty.
fn agreement(typed: &str, read: &str) -> Option<Agreement> {
    let named = |family_name| Traits::typed(&TypedTraits { family_name, ..TypedTraits::default() });
    let reasons = likeness(&named(typed), &named(read)).reasons;
    reasons.into_iter().find_map(|reason| match reason {
        Reason::FamilyName(how) => Some(how),
        _ => None,
    })
}

/// Whether the names that were typed and those of a document are two people's: something differs and
/// nothing agrees, in whatever alphabet. A surname that is the household's was not typed, and the part
/// that the scan came into was perhaps not finished.
fn names_another(person: &PersonForm, known: &Document, typing: Option<NamePart>) -> bool {
    if !known.iin.is_empty() && person.iin.trim() == known.iin {
        return false;
    }
    let inherited = person.family_name == person.inherited;
    let family_name = if inherited { "" } else { &person.family_name };
    let named = |family_name, given_name| {
        Traits::typed(&TypedTraits { family_name, given_name, ..TypedTraits::default() })
    };
    let typed = named(family_name, &person.given_name);
    let typed = typing.map_or_else(|| typed.clone(), |part| typed.clone().still_typing(part));
    let read = named(&known.family_name, &known.given_name);
    let agreements =
        likeness(&typed, &read).reasons.into_iter().filter_map(|reason| match reason {
            Reason::FamilyName(how) | Reason::GivenName(how) => Some(how),
            _ => None,
        });
    let agreements: Vec<Agreement> = agreements.collect();
    !agreements.is_empty() && agreements.iter().all(|how| *how == Agreement::Differs)
}

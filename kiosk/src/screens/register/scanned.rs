//! What a scanner typed into a field: it goes where it belongs.

use beket_model::{Agreement, NamePart, Reason, Traits, TypedTraits, fold, likeness};

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
        // A surname that nobody typed makes room for another, and a beginning for the whole.
        let inherited = person.family_name == person.inherited;
        if inherited && !are_equal(&person.family_name, &known.family_name) {
            person.family_name.clear();
        }
        for (part, typed, read) in [
            (NamePart::Family, &mut person.family_name, &known.family_name),
            (NamePart::Given, &mut person.given_name, &known.given_name),
        ] {
            if typing == Some(part) && begins(typed, read) {
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

fn named(family_name: &str, given_name: &str) -> Traits {
    Traits::typed(&TypedTraits { family_name, given_name, ..TypedTraits::default() })
}

/// Whether two surnames are the same in whatever letters.
fn are_equal(one: &str, other: &str) -> bool {
    let reasons = likeness(&named(one, ""), &named(other, "")).reasons;
    reasons.contains(&Reason::FamilyName(Agreement::Equal))
}

/// Whether what was typed is the beginning of a longer name, in whatever letters.
fn begins(typed: &str, read: &str) -> bool {
    let (typed, read) = (fold(typed), fold(read));
    !typed.is_empty() && typed.len() < read.len() && read.starts_with(&typed)
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
    let typed = named(family_name, &person.given_name);
    let typed = match typing {
        Some(part) => typed.still_typing(part),
        None => typed,
    };
    let read = named(&known.family_name, &known.given_name);
    let agreements =
        likeness(&typed, &read).reasons.into_iter().filter_map(|reason| match reason {
            Reason::FamilyName(how) | Reason::GivenName(how) => Some(how),
            _ => None,
        });
    let agreements: Vec<Agreement> = agreements.collect();
    !agreements.is_empty() && agreements.iter().all(|how| *how == Agreement::Differs)
}

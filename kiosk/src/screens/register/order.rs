//! Which fields a form has, how each is known, and in which order Enter goes through them.

use beket_model::{Kind, NamePart};
use eframe::egui::Id;

use crate::forms::{HouseholdForm, PersonForm};

/// The id of a field of a person: of this form alone, so that no caret of the last one is in it.
pub(super) fn id(form: u64, person: usize, field: &str) -> Id {
    Id::unique(("form", form, person, field))
}

pub(super) fn first_id(form: &HouseholdForm) -> Id {
    id(form.id, 0, if form.child_alone { "found_at" } else { "family_name" })
}

/// Whose name is being typed, and which part of it.
pub(super) fn typed_part(form: &HouseholdForm, focused: Option<Id>) -> (usize, Option<NamePart>) {
    let parts = [
        ("family_name", NamePart::Family),
        ("given_name", NamePart::Given),
        ("patronymic", NamePart::Patronymic),
    ];
    for person in 0..=form.members.len() {
        for (field, part) in parts {
            if focused == Some(id(form.id, person, field)) {
                return (person, Some(part));
            }
        }
        if ["born", "phone", "iin"].iter().any(|field| focused == Some(id(form.id, person, field)))
        {
            return (person, None);
        }
    }
    (0, None)
}

/// The order in which Enter goes through the fields.
pub(super) fn order(form: &HouseholdForm) -> Vec<Id> {
    let mut order = Vec::new();
    let mut add = |person: usize, fields: &[&str]| {
        order.extend(fields.iter().map(|field| id(form.id, person, field)));
    };
    if form.child_alone {
        add(0, &["found_at", "brought_by", "says", "clothing", "born"]);
    }
    add(0, &["family_name", "given_name", "patronymic"]);
    let mended = form.mending.is_some();
    if !form.child_alone {
        add(0, &["born"]);
    }
    if mended || !form.child_alone {
        add(0, &["phone", "iin", "address"]);
    }
    if mended {
        add(0, &["registered_at"]);
    }
    if mended && !form.child_alone && form.head.is_told_of() {
        add(0, &["found_at", "brought_by", "says", "clothing"]);
    }
    if form.has_words() {
        // Of several rows: Enter begins another row there, and F10 saves.
        add(0, &["narrative"]);
    }
    let members = form.members.iter().enumerate().filter(|_| mended || !form.child_alone);
    for (at, member) in members {
        add(at + 1, &["family_name", "given_name", "born"]);
        if shows_the_rest(mended, member) {
            add(at + 1, &["patronymic", "phone", "iin"]);
        }
        if mended && (member.is_alone() || member.is_told_of()) {
            add(at + 1, &["found_at", "brought_by", "says", "clothing"]);
        }
    }
    let rode = ["number", "ticket", "from", "to", "onward"];
    match form.kind {
        Kind::Passenger | Kind::Evacuee if form.rest().is_some() => {
            add(0, &rode);
            add(0, &["at", "site", "bed"]);
        }
        Kind::Passenger => add(0, &rode),
        Kind::Evacuee => add(0, &["from", "site", "bed"]),
        Kind::Appeal | Kind::Enquiry => {}
    }
    if form.rest().is_some() {
        add(0, &["lives_in", "registered_in"]);
    }
    order
}

/// Whether the rest of a member stands beneath their row: of a case that is mended, and where a
/// scanner filled it in.
pub(super) fn shows_the_rest(mended: bool, member: &PersonForm) -> bool {
    mended || [&member.iin, &member.phone].iter().any(|text| !text.trim().is_empty())
}

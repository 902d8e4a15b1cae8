//! Addresses, sites and journeys in the Turkistan region, put together from the lists beside.
//! Refuses to decline a name: lines are built so that none has to be.

mod lists;

use serde_json::{Value, json};

use crate::Language;
use crate::draw::Draw;

use lists::{ARYS_KATO, Names, REGION, SITES, STREETS, TRAINS, VILLAGES};

/// The name in one language.
fn say(names: &Names, language: Language) -> &'static str {
    match language {
        Language::Kazakh => names[0],
        Language::Russian => names[1],
        Language::English => names[2],
    }
}

/// An address inside Arys, or one of the region's other places.
pub(crate) fn address(draw: &mut Draw, language: Language, from_arys: bool) -> Value {
    let kato = if from_arys { ARYS_KATO } else { draw.pick(&REGION).0 };
    json!({ "kato": kato, "line": line(draw, language) })
}

/// A street and a house, sometimes a flat, as people write them on a form.
fn line(draw: &mut Draw, language: Language) -> String {
    let street = street(draw, language);
    let house = house(draw, language);
    let flat = draw.chance(25).then(|| draw.between(1, 72));
    match (language, flat) {
        (Language::Kazakh, None) => format!("{street} көшесі, {house}-үй"),
        (Language::Kazakh, Some(flat)) => format!("{street} көшесі, {house}-үй, {flat}-пәтер"),
        (Language::Russian, None) => format!("ул. {street}, {house}"),
        (Language::Russian, Some(flat)) => format!("ул. {street}, д. {house}, кв. {flat}"),
        (Language::English, None) => format!("{house} {street} Street"),
        (Language::English, Some(flat)) => format!("{house} {street} Street, flat {flat}"),
    }
}

/// A street's name alone: in Russian as it stands after "улица".
pub(crate) fn street(draw: &mut Draw, language: Language) -> &'static str {
    say(draw.pick(&STREETS), language)
}

/// A house's number, now and then with a letter.
pub(crate) fn house(draw: &mut Draw, language: Language) -> String {
    let number = draw.between(1, 148);
    match language {
        _ if !draw.chance(8) => number.to_string(),
        Language::English => format!("{number}A"),
        Language::Kazakh | Language::Russian => format!("{number}А"),
    }
}

/// A village near Arys.
pub(crate) fn village(draw: &mut Draw, language: Language) -> &'static str {
    say(draw.pick(&VILLAGES), language)
}

/// A town of the region, as one says it alone.
pub(crate) fn town(draw: &mut Draw, language: Language) -> &'static str {
    say(&draw.pick(&REGION).1, language)
}

/// Where those who were brought away are housed.
pub(crate) fn site(draw: &mut Draw, language: Language) -> &'static str {
    say(draw.pick(&SITES), language)
}

/// The place the evacuees come from.
pub(crate) fn arys(language: Language) -> &'static str {
    say(&["Арыс", "Арысь", "Arys"], language)
}

/// The place most of them are brought to.
pub(crate) fn turkistan(language: Language) -> &'static str {
    say(&["Түркістан", "Туркестан", "Turkistan"], language)
}

/// A long-distance train: its number, where it comes from and where it goes.
pub(crate) fn train(
    draw: &mut Draw,
    language: Language,
) -> (&'static str, &'static str, &'static str) {
    let (number, from, to) = draw.pick(&TRAINS);
    (number, say(from, language), say(to, language))
}

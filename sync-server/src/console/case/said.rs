//! What the person said, in their own words and field by field.

use beket_model::Reading;
use beket_words::{Term, Tongue, fields};
use maud::{Markup, html};
use serde_json::Value;

pub(super) fn said(tongue: Tongue, intake: &Reading) -> Markup {
    let person = |path: &str| format!("person.{path}");
    html! {
        @if let Some(words) = intake.text("narrative") {
            section {
                h2 { (Term::Narrative.in_(tongue)) }
                p.words lang=(intake.text("language").unwrap_or("kk")) { bdi { (words) } }
            }
        }
        @if fields::PERSON.iter().any(|(path, _)| given(intake, &person(path)).is_some()) {
            section {
                h2 { (Term::Person.in_(tongue)) }
                dl {
                    @for (path, word) in fields::PERSON {
                        (pair(tongue, intake, &person(path), *word))
                    }
                }
            }
        }
        (household(tongue, intake))
        (block(tongue, intake, Term::Journey, fields::MOVEMENT))
        (block(tongue, intake, Term::PlaceOf, fields::PLACE))
    }
}

fn block(tongue: Tongue, intake: &Reading, title: Term, listed: &[(&str, Term)]) -> Markup {
    let any = listed.iter().any(|(path, _)| given(intake, path).is_some());
    html! {
        @if any {
            section { h2 { (title.in_(tongue)) } dl { (pairs(tongue, intake, listed)) } }
        }
    }
}

/// What was said at a path, if anything was.
fn given<'a>(intake: &'a Reading, path: &str) -> Option<&'a Value> {
    intake.at(path).filter(|value| match value {
        Value::Array(items) => !items.is_empty(),
        value => !value.is_null(),
    })
}

/// Names and values of the listed fields that were given.
pub(super) fn pairs(tongue: Tongue, intake: &Reading, listed: &[(&str, Term)]) -> Markup {
    html! { @for (path, word) in listed { (pair(tongue, intake, path, *word)) } }
}

fn pair(tongue: Tongue, intake: &Reading, path: &str, word: Term) -> Markup {
    html! {
        @if let Some(value) = given(intake, path) {
            dt { (word.in_(tongue)) }
            dd { bdi { (fields::value(path, value, tongue)) } }
        }
    }
}

fn household(tongue: Tongue, intake: &Reading) -> Markup {
    let members: Vec<&Value> =
        intake.at("household").and_then(Value::as_array).into_iter().flatten().collect();
    html! {
        @if !members.is_empty() {
            section {
                h2 { (Term::Household.in_(tongue)) }
                @for member in members {
                    @let id = member["id"].as_str().unwrap_or_default();
                    @let gone = member["removed"] == Value::Bool(true);
                    div.member.removed[gone] {
                        @if gone { p { (Term::Removed.in_(tongue)) } }
                        dl {
                            @for (path, word) in fields::PERSON {
                                (pair(tongue, intake, &format!("household.{id}.{path}"), *word))
                            }
                        }
                    }
                }
            }
        }
    }
}

//! Likeness: pairs that must meet and pairs that must not, measured; properties; hostile text.

mod hostile;
mod people;
mod properties;
mod rules;
mod same;
mod two;

use super::*;
use people::person;

/// What a threshold lets through.
struct Measured {
    recall: f64,
    precision: f64,
    missed: Vec<String>,
    mistaken: Vec<String>,
}

fn measured(accepts: fn(&Likeness) -> bool) -> Measured {
    let compare = |pair: &(&str, &str)| {
        let found = likeness(&person(pair.0), &person(pair.1));
        (
            accepts(&found),
            format!("{:5.1}  {}  |  {}  {:?}", found.score, pair.0, pair.1, found.reasons),
        )
    };
    let (met, missed): (Vec<_>, Vec<_>) =
        same::ONE_PERSON.iter().map(compare).partition(|(accepted, _)| *accepted);
    let (mistaken, _): (Vec<_>, Vec<_>) =
        two::TWO_PEOPLE.iter().map(compare).partition(|(accepted, _)| *accepted);
    let share = |part: usize, whole: usize| {
        f64::from(u16::try_from(part).unwrap()) / f64::from(u16::try_from(whole).unwrap())
    };
    Measured {
        recall: share(met.len(), same::ONE_PERSON.len()),
        precision: share(met.len(), met.len() + mistaken.len()),
        missed: missed.into_iter().map(|(_, line)| line).collect(),
        mistaken: mistaken.into_iter().map(|(_, line)| line).collect(),
    }
}

#[test]
fn precision_and_recall_at_both_thresholds() {
    assert!(same::ONE_PERSON.len() >= 60 && two::TWO_PEOPLE.len() >= 60);
    let shown = measured(Likeness::is_worth_showing);
    let strong = measured(Likeness::is_strong);
    println!("{} pairs of one person, {} of two", same::ONE_PERSON.len(), two::TWO_PEOPLE.len());
    for (name, at) in [("worth showing", &shown), ("strong", &strong)] {
        println!("{name}: recall {:.3}, precision {:.3}", at.recall, at.precision);
        println!("missed:\n{}\n", at.missed.join("\n"));
        println!("mistaken:\n{}\n", at.mistaken.join("\n"));
    }
    assert!(shown.recall >= 0.92 && shown.precision >= 0.64);
    assert!(strong.recall >= 0.55);
    assert!(strong.mistaken.is_empty(), "{}", strong.mistaken.join("\n"));
}

//! The lines of a table that leaves the office: one case a line, what a list and a letter need of it.

use beket_store::StoreError;
use beket_words::{Term, Tongue, fields, kind, moment, places, status};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow};
use serde_json::Value;

use super::Shows;
use crate::columns::{Columns, Nth, written};
use crate::console::cases::journey;
use crate::console::words::Word;

/// Columns of the table.
const COLUMNS: usize = 28;

/// What the columns are called.
pub(super) fn heads(tongue: Tongue) -> [&'static str; COLUMNS] {
    let term = |term: Term| term.in_(tongue);
    let word = |word: Word| word.in_(tongue);
    [
        term(Term::Reference),
        term(Term::KindOf),
        term(Term::StatusOf),
        term(Term::FamilyName),
        term(Term::GivenName),
        term(Term::Patronymic),
        term(Term::BirthDate),
        term(Term::Age),
        term(Term::Sex),
        term(Term::Iin),
        term(Term::Phone),
        term(Term::Needs),
        word(Word::PeopleCounted),
        word(Word::District),
        term(Term::Address),
        term(Term::Station),
        word(Word::Scope),
        term(Term::Site),
        term(Term::Transport),
        term(Term::Category),
        term(Term::Programme),
        term(Term::Language),
        term(Term::TakenAt),
        term(Term::Received),
        word(Word::DecidedAt),
        term(Term::DueDate),
        term(Term::Assignee),
        term(Term::Conflicts),
    ]
}

/// One case; `None` where it went away.
pub(super) fn line(
    connection: &Connection,
    columns: &Columns,
    nth: Nth,
    shows: Shows,
) -> Result<Option<[String; COLUMNS]>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT reference, kind, status, people, kato, station, scope, site, journey, category,
                programme, language, handed_in, received_at, decided, assignee, conflicts
         FROM case_row WHERE n = ?1",
    )?;
    // Also of what is decided, beside the day on which it was.
    let due = written(columns.cells(nth).map_or(0, |cells| cells.due));
    let people = if shows.all { columns.people_among(nth) } else { columns.people(nth) };
    let counted = people.len();
    Ok(query.query_row([nth], |row| read(row, &due, counted, shows.tongue)).optional()?)
}

fn read(
    row: &SqlRow<'_>,
    due: &str,
    counted: usize,
    tongue: Tongue,
) -> Result<[String; COLUMNS], rusqlite::Error> {
    let text = |at: usize| row.get::<_, String>(at);
    let moment = |at: usize| {
        row.get::<_, i64>(at).map(|at| if at == 0 { String::new() } else { moment::local(at) })
    };
    let people: Vec<Value> = serde_json::from_str(&text(3)?).unwrap_or_default();
    let person = people.first().cloned().unwrap_or_default();
    let said = |field: &str| match &person[field] {
        Value::Null => String::new(),
        value => fields::value(field, value, tongue),
    };
    let plain = |field: &str| person[field].as_str().unwrap_or_default().to_owned();
    let named = |field: &str, at: usize| {
        Ok::<_, rusqlite::Error>(match text(at)?.as_str() {
            "" => String::new(),
            word => fields::value(field, &word.into(), tongue),
        })
    };
    let kato = text(4)?;
    Ok([
        text(0)?,
        kind(&text(1)?, tongue).to_owned(),
        status(&text(2)?, tongue).to_owned(),
        plain("family_name"),
        plain("given_name"),
        plain("patronymic"),
        plain("birth_date"),
        said("age_years"),
        said("sex"),
        plain("iin"),
        plain("phone"),
        said("needs"),
        counted.to_string(),
        places::of(&kato).map_or(kato, |place| place.in_full(tongue)),
        person["address"]["line"].as_str().unwrap_or_default().to_owned(),
        text(5)?,
        text(6)?,
        text(7)?,
        journey(&text(8)?, tongue),
        named("category", 9)?,
        named("programme", 10)?,
        named("language", 11)?,
        moment(12)?,
        moment(13)?,
        moment(14)?,
        due.to_owned(),
        text(15)?,
        row.get::<_, i64>(16)?.to_string(),
    ])
}

/// A text that no spreadsheet takes for a formula, wherever it parts cells: here a comma does, there a
/// semicolon, a tab or a line. A telephone may begin with its plus.
pub(super) fn inert(text: &str) -> String {
    let phone = text
        .strip_prefix('+')
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|letter| letter.is_ascii_digit()));
    if phone {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 1);
    let mut begins = true;
    for letter in text.chars() {
        let parts = matches!(letter, ';' | ',' | '|' | '\t' | '\r' | '\n');
        if begins && (matches!(letter, '=' | '+' | '-' | '@') || (out.is_empty() && parts)) {
            out.push('\'');
        }
        begins = parts || (begins && (letter.is_whitespace() || letter == '"'));
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_as_a_formula_stays_text() {
        for formula in ["=1+1", "+cmd|'/C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "+", "+7a"]
        {
            assert!(inert(formula).starts_with('\''), "{formula}");
        }
        for (typed, kept) in [
            ("Серік;=cmd|'/C calc'!A0", "Серік;'=cmd|'/C calc'!A0"),
            ("a, +7a", "a, '+7a"),
            ("a\n@SUM(A1)", "a\n'@SUM(A1)"),
            (" =1+1", " '=1+1"),
            ("x;\"=1+1;y", "x;\"'=1+1;y"),
            ("=1;=2", "'=1;'=2"),
        ] {
            assert_eq!(inert(typed), kept);
        }
        for plain in ["", "Әбіш", "a=b", "+77011234567", "2019-06-24"] {
            assert_eq!(inert(plain), plain);
        }
    }
}

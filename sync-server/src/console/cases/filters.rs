//! What the queue is asked by: words to search for, chips of what is asked already, and the rest.

use beket_words::{Term, Tongue, category, kind, places, programme, status};
use maud::{Markup, html};

use super::{Drawn, address};
use crate::columns::{Columns, Facet};
use crate::console::words::Word;
use crate::queue::Filter;

/// Words of a facet that are offered; whoever wants another writes it into the address.
const MOST_OFFERED: usize = 300;

/// One removable wish, and the address without it.
struct Asked {
    says: String,
    without: Filter,
}

pub(super) fn search(drawn: &Drawn<'_>) -> Markup {
    let (tongue, filter) = (drawn.tongue, drawn.filter);
    html! {
        form.find role="search" method="get" action="/cases" {
            (kept(filter, &["q", "after"]))
            input type="search" name="q" value=(filter.q) aria-keyshortcuts="/"
                aria-label=(Word::SearchHelp.in_(tongue))
                placeholder=(Word::SearchHelp.in_(tongue));
            button { (Word::Search.in_(tongue)) }
        }
    }
}

/// Everything else that is asked for goes along with a form.
fn kept(filter: &Filter, but: &[&str]) -> Markup {
    let pairs = serde_urlencoded::to_string(filter).unwrap_or_default();
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&pairs).unwrap_or_default();
    html! {
        @for (key, value) in &pairs {
            @if !value.is_empty() && !but.contains(&key.as_str()) {
                input type="hidden" name=(key) value=(value);
            }
        }
    }
}

pub(super) fn chips(drawn: &Drawn<'_>) -> Markup {
    let tongue = drawn.tongue;
    let asked = asked(drawn.filter, tongue);
    html! {
        @if !asked.is_empty() {
            ul.chips aria-label=(Word::AskedFor.in_(tongue)) {
                @for one in &asked { li {
                    a.chip href=(address(&one.without)) {
                        (one.says) " " span aria-hidden="true" { "×" }
                        span.unseen { (Word::TakeAway.in_(tongue)) }
                    }
                } }
                li { a href="/cases" { (Word::AllCases.in_(tongue)) } }
            }
        }
    }
}

fn asked(filter: &Filter, tongue: Tongue) -> Vec<Asked> {
    let mut asked = Vec::new();
    let mut ask = |given: &str, says: String, clear: &dyn Fn(&mut Filter)| {
        if !given.is_empty() {
            let mut without = Filter { after: String::new(), ..filter.clone() };
            clear(&mut without);
            asked.push(Asked { says, without });
        }
    };
    ask(&filter.q, format!("«{}»", filter.q), &|f| f.q.clear());
    for facet in Facet::ALL {
        let word = filter.word(facet);
        let says = format!("{}: {}", name(facet, tongue), said(facet, word, tongue));
        ask(word, says, &|f| set(f, facet).clear());
    }
    let mut seen = filter.clone();
    for (_, word, of) in FLAGS {
        ask(of(&mut seen), word.in_(tongue).to_owned(), &|f| of(f).clear());
    }
    let day = |day: &str| beket_words::moment::date(day, tongue);
    let from = format!("{} {}", Word::FromDay.in_(tongue), day(&filter.from));
    ask(&filter.from, from, &|f| f.from.clear());
    let to = format!("{} {}", Word::ToDay.in_(tongue), day(&filter.to));
    ask(&filter.to, to, &|f| f.to.clear());
    asked
}

/// Its name in the address, its word, its place in a filter.
type Flag = (&'static str, Word, fn(&mut Filter) -> &mut String);

const FLAGS: [Flag; 4] = [
    ("overdue", Word::Overdue, |f| &mut f.overdue),
    ("conflict", Word::OnlyConflicts, |f| &mut f.conflict),
    ("duplicate", Word::PossibleDuplicate, |f| &mut f.duplicate),
    ("alone", Word::ChildrenAlone, |f| &mut f.alone),
];

fn set(filter: &mut Filter, facet: Facet) -> &mut String {
    match facet {
        Facet::Kind => &mut filter.kind,
        Facet::Status => &mut filter.status,
        Facet::Category => &mut filter.category,
        Facet::Programme => &mut filter.programme,
        Facet::Language => &mut filter.language,
        Facet::Station => &mut filter.station,
        Facet::Scope => &mut filter.incident,
        Facet::Kato => &mut filter.district,
        Facet::Assignee => &mut filter.assignee,
    }
}

/// A facet's name in the address.
fn key(facet: Facet) -> &'static str {
    match facet {
        Facet::Kind => "kind",
        Facet::Status => "status",
        Facet::Category => "category",
        Facet::Programme => "programme",
        Facet::Language => "language",
        Facet::Station => "station",
        Facet::Scope => "incident",
        Facet::Kato => "district",
        Facet::Assignee => "assignee",
    }
}

fn name(facet: Facet, tongue: Tongue) -> &'static str {
    match facet {
        Facet::Kind => Term::KindOf.in_(tongue),
        Facet::Status => Term::StatusOf.in_(tongue),
        Facet::Category => Term::Category.in_(tongue),
        Facet::Programme => Term::Programme.in_(tongue),
        Facet::Language => Term::Language.in_(tongue),
        Facet::Station => Term::Station.in_(tongue),
        Facet::Scope => Word::Scope.in_(tongue),
        Facet::Kato => Word::District.in_(tongue),
        Facet::Assignee => Word::Assignee.in_(tongue),
    }
}

/// A word of a facet as people read it.
fn said(facet: Facet, word: &str, tongue: Tongue) -> String {
    match facet {
        Facet::Kind => kind(word, tongue).to_owned(),
        Facet::Status => status(word, tongue).to_owned(),
        Facet::Category => category(word, tongue).to_owned(),
        Facet::Programme => programme(word, tongue).to_owned(),
        Facet::Language => {
            let known = Tongue::ALL.into_iter().find(|(known, _)| known.code() == word);
            known.map_or(word, |(_, name)| name).to_owned()
        }
        Facet::Kato => places::of(word).map_or_else(|| word.to_owned(), |at| at.in_full(tongue)),
        Facet::Assignee if word == "-" => Word::Nobody.in_(tongue).to_owned(),
        _ => word.to_owned(),
    }
}

/// What can be asked for of a facet: the words that cases bear.
fn offered(facet: Facet, columns: &Columns, tongue: Tongue) -> Vec<(String, String)> {
    let words = columns.words(facet).all().iter().filter(|word| !word.is_empty());
    let mut offered: Vec<(String, String)> = if facet == Facet::Kato {
        let mut districts: Vec<&str> = words.filter_map(|kato| kato.get(..4)).collect();
        districts.sort_unstable();
        districts.dedup();
        let code = |district: &str| format!("{district:0<9}");
        districts.iter().map(|at| (code(at), said(facet, &code(at), tongue))).collect()
    } else {
        words.map(|word| (word.clone(), said(facet, word, tongue))).collect()
    };
    offered.sort_by(|a, b| a.1.cmp(&b.1));
    offered.truncate(MOST_OFFERED);
    if facet == Facet::Assignee {
        offered.insert(0, ("-".to_owned(), Word::Nobody.in_(tongue).to_owned()));
    }
    offered
}

pub(super) fn more(drawn: &Drawn<'_>, columns: &Columns) -> Markup {
    let (tongue, filter) = (drawn.tongue, drawn.filter);
    let mut seen = filter.clone();
    html! {
        details.filters {
            summary { (Word::Filters.in_(tongue)) }
            form method="get" action="/cases" {
                @if !filter.q.is_empty() { input type="hidden" name="q" value=(filter.q); }
                @if !filter.sort.is_empty() { input type="hidden" name="sort" value=(filter.sort); }
                div.fields {
                    @for facet in Facet::ALL {
                        @let offered = offered(facet, columns, tongue);
                        @if !offered.is_empty() { div {
                            label for=(key(facet)) { (name(facet, tongue)) }
                            select id=(key(facet)) name=(key(facet)) {
                                option value="" { (Word::Any.in_(tongue)) }
                                @for (word, says) in &offered {
                                    option value=(word) selected[word == filter.word(facet)] { (says) }
                                }
                            }
                        } }
                    }
                    div {
                        label for="from" { (Word::FromDay.in_(tongue)) }
                        input id="from" name="from" type="date" value=(filter.from);
                    }
                    div {
                        label for="to" { (Word::ToDay.in_(tongue)) }
                        input id="to" name="to" type="date" value=(filter.to);
                    }
                }
                div.checks {
                    @for (flag, word, of) in FLAGS {
                        label { input type="checkbox" name=(flag) value="1"
                            checked[of(&mut seen) == "1"]; " " (word.in_(tongue)) }
                    }
                }
                button { (Word::Apply.in_(tongue)) }
            }
        }
    }
}

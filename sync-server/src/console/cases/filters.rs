//! What the queue is asked by: words to search for, chips of what is asked already, and the rest.

use beket_words::{Term, Tongue, fields, kind, moment, status};
use maud::{Markup, html};

use super::{Drawn, address};
use crate::collation::Collation;
use crate::columns::{Columns, Facet};
use crate::console::words::Word;
use crate::not_saved::quoted;
use crate::queue::{Filter, named};

/// Words of a facet that are offered; whoever wants another writes it into the address.
const MOST_OFFERED: usize = 300;

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
    html! {
        @for (name, wanted) in filter.without(but).asked() {
            input type="hidden" name=(name) value=(wanted);
        }
    }
}

/// What is asked for, each with the address that no longer asks for it.
pub(super) fn chips(drawn: &Drawn<'_>) -> Markup {
    let (tongue, filter) = (drawn.tongue, drawn.filter);
    let asked = filter.without(&["after", "sort"]).asked();
    html! {
        @if !asked.is_empty() {
            ul.chips aria-label=(Word::AskedFor.in_(tongue)) {
                @for (name, wanted) in &asked { li {
                    a.chip href=(address(&filter.without(&["after", name]))) {
                        (says(name, wanted, tongue)) " " span aria-hidden="true" { "×" }
                        span.unseen { (Word::TakeAway.in_(tongue)) }
                    }
                } }
                li { a href="/cases" { (Word::AllCases.in_(tongue)) } }
            }
        }
    }
}

/// A wish in words, by its name in the address.
fn says(name: &str, wanted: &str, tongue: Tongue) -> String {
    if let Some(facet) = Facet::ALL.into_iter().find(|facet| named(*facet) == name) {
        return format!("{}: {}", title(facet, tongue), said(facet, wanted, tongue));
    }
    if let Some((_, word)) = FLAGS.into_iter().find(|(flag, _)| *flag == name) {
        return word.in_(tongue).to_owned();
    }
    let day = moment::date(wanted, tongue);
    match name {
        "from" => format!("{} {day}", Word::FromDay.in_(tongue)),
        "to" => format!("{} {day}", Word::ToDay.in_(tongue)),
        _ => quoted(wanted, tongue),
    }
}

/// What is either asked for or not, by its name in the address.
const FLAGS: [(&str, Word); 5] = [
    ("overdue", Word::Overdue),
    ("soon", Word::DueSoon),
    ("conflict", Word::OnlyConflicts),
    ("duplicate", Word::PossibleDuplicate),
    ("alone", Word::ChildrenAlone),
];

/// What may come first, by its name in the address.
const SORTS: [(&str, Word); 4] = [
    ("", Word::LastToArrive),
    ("changed", Word::LastToChange),
    ("due", Word::FirstToBeDue),
    ("name", Word::ByName),
];

/// What a facet is called.
pub(in crate::console) fn title(facet: Facet, tongue: Tongue) -> &'static str {
    match facet {
        Facet::Kind => Term::KindOf.in_(tongue),
        Facet::Status => Term::StatusOf.in_(tongue),
        Facet::Category => Term::Category.in_(tongue),
        Facet::Programme => Term::Programme.in_(tongue),
        Facet::Language => Term::Language.in_(tongue),
        Facet::Station => Term::Station.in_(tongue),
        Facet::Scope => Word::Scope.in_(tongue),
        Facet::Kato => Word::District.in_(tongue),
        Facet::Assignee => Term::Assignee.in_(tongue),
        Facet::Site => Term::Site.in_(tongue),
        Facet::Journey => Term::Transport.in_(tongue),
    }
}

/// A word of a facet as people read it.
pub(in crate::console) fn said(facet: Facet, word: &str, tongue: Tongue) -> String {
    let field = |field| fields::value(field, &word.into(), tongue);
    match facet {
        Facet::Kind => kind(word, tongue).to_owned(),
        Facet::Status => status(word, tongue).to_owned(),
        Facet::Category => field("category"),
        Facet::Programme => field("programme"),
        Facet::Language => field("language"),
        Facet::Kato => field("kato"),
        Facet::Assignee if word == "-" => Word::Nobody.in_(tongue).to_owned(),
        Facet::Journey => journey(word, tongue),
        Facet::Station | Facet::Scope | Facet::Assignee | Facet::Site => word.to_owned(),
    }
}

/// A train or a bus with its number.
pub(in crate::console) fn journey(word: &str, tongue: Tongue) -> String {
    let (transport, number) = word.split_once(' ').unwrap_or((word, ""));
    let transport = fields::value("transport", &transport.into(), tongue);
    format!("{transport} {number}").trim().to_owned()
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
    let collation = Collation::kazakh();
    offered.sort_by_cached_key(|(_, says)| collation.key(says));
    offered.truncate(MOST_OFFERED);
    if facet == Facet::Assignee {
        offered.insert(0, ("-".to_owned(), Word::Nobody.in_(tongue).to_owned()));
    }
    offered
}

pub(super) fn more(drawn: &Drawn<'_>, columns: &Columns) -> Markup {
    let (tongue, filter) = (drawn.tongue, drawn.filter);
    let asked = filter.asked();
    let wanted = |name: &str| {
        let found = asked.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, wanted)| wanted.as_str())
    };
    html! {
        details.filters {
            summary { (Word::Filters.in_(tongue)) }
            form method="get" action="/cases" {
                @if !filter.q.is_empty() { input type="hidden" name="q" value=(filter.q); }
                div.fields {
                    @for facet in Facet::ALL {
                        @let offered = offered(facet, columns, tongue);
                        @if !offered.is_empty() { div {
                            label for=(named(facet)) { (title(facet, tongue)) }
                            select id=(named(facet)) name=(named(facet)) {
                                option value="" { (Word::Any.in_(tongue)) }
                                @for (word, says) in &offered {
                                    option value=(word) selected[word == wanted(named(facet))] { (says) }
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
                    div {
                        label for="sort" { (Word::OrderOf.in_(tongue)) }
                        select id="sort" name="sort" { @for (sort, word) in SORTS {
                            option value=(sort) selected[sort == filter.sort] { (word.in_(tongue)) }
                        } }
                    }
                }
                div.checks {
                    @for (flag, word) in FLAGS.into_iter().filter(|(flag, _)| drawn.works || *flag != "alone") {
                        label { input type="checkbox" name=(flag) value="1"
                            checked[!wanted(flag).is_empty()]; " " (word.in_(tongue)) }
                    }
                }
                button { (Word::Apply.in_(tongue)) }
            }
        }
    }
}

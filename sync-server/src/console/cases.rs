//! The queue: every case that a filter lets through, a page at a time; many of them assigned at once.

mod filters;
pub(in crate::console) mod table;

pub(in crate::console) use filters::{journey, said, title};

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use beket_words::{Tongue, moment};
use maud::{Markup, html};

use super::layout;
use super::words::{Word, cases_counted};
use crate::App;
use crate::app::now;
use crate::auth::{Speaks, Staff, not_yours, too_often};
use crate::columns::day;
use crate::edit::edit;
use crate::log::Told;
use crate::not_saved::{NotSaved, Why};
use crate::queue::{Filter, Found, find};
use crate::roles::Action;
use crate::staff;

/// So many cases are assigned with one press at the most: a page of them.
const MOST_ASSIGNED: usize = crate::queue::PAGE;

pub(crate) async fn home() -> Redirect {
    Redirect::to("/cases")
}

/// What a page is drawn from.
struct Drawn<'a> {
    tongue: Tongue,
    filter: &'a Filter,
    found: &'a Found,
    /// Everybody to whom a case can be given; nobody, where whoever looks may give none.
    staff: &'a [String],
    /// Whether whoever looks may take cases out of the office.
    exports: bool,
    /// Whether they work on cases: children alone are no list for anybody else.
    works: bool,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    told: Told,
    Query(filter): Query<Filter>,
) -> Response {
    if !filter.alone.is_empty() && !staff.role.may(Action::Work) {
        return not_yours(tongue, &staff);
    }
    let reads_on = !filter.after.is_empty();
    if reads_on && !app.limits.pages.allows(staff.name.clone(), now()) {
        return too_often(tongue, Some(&staff));
    }
    told.that(if reads_on { format!("… {}", filter.says()) } else { filter.says() });
    let (gives, exports) = (staff.role.may(Action::Assign), staff.role.may(Action::Export));
    let works = staff.role.may(Action::Work);
    let drawn = tokio::task::spawn_blocking(move || {
        let today = day(&moment::local(now().cast_signed())[..10]);
        app.read(|store| {
            let columns = app.columns();
            let found = find(store, &columns, &filter, today)?;
            let all = if gives { staff::names(store)? } else { Vec::new() };
            let drawn =
                Drawn { tongue, filter: &filter, found: &found, staff: &all, exports, works };
            let body = drawn.body(&columns);
            Ok::<_, beket_store::StoreError>((body, address(&filter)))
        })
    });
    let (body, here) = match layout::read(tongue, Some(&staff), drawn.await) {
        Ok(drawn) => drawn,
        Err(page) => return *page,
    };
    layout::page(tongue, Some(&staff), Word::Cases.in_(tongue), &here, &body).into_response()
}

impl Drawn<'_> {
    fn body(&self, columns: &crate::columns::Columns) -> Markup {
        let (tongue, found) = (self.tongue, self.found);
        let counted = cases_counted(tongue, found.total as u64);
        html! {
            div.title {
                h1 { (Word::Cases.in_(tongue)) }
                p.quiet-text { (counted) @if found.cut { " · " (Word::CutShort.in_(tongue)) } }
            }
            // Where there is no script, nothing comes.
            p.news #news hidden role="status"
                data-from={ "/cases/news?since=" (columns.last()) } {
                a href=(address(&self.filter.without(&["after"]))) {}
            }
            (filters::search(self))
            (filters::chips(self))
            (filters::more(self, columns))
            @if found.cases.is_empty() {
                p.wait { (self.empty().in_(tongue)) }
            } @else {
                (table::table(self))
            }
            @if let Some(next) = &found.next {
                @let older = Filter { after: next.clone(), ..self.filter.clone() };
                p { a rel="next" href=(address(&older)) { (Word::NextPage.in_(tongue)) } }
            }
            @if self.exports && !found.cases.is_empty() { (exports(tongue, self.filter)) }
        }
    }

    fn empty(&self) -> Word {
        if self.filter.without(&["sort"]).asked().is_empty() {
            Word::NoCases
        } else {
            Word::NothingFound
        }
    }
}

/// Files of all that a filter lets through.
fn exports(tongue: Tongue, filter: &Filter) -> Markup {
    let query = serde_urlencoded::to_string(filter.without(&["after"]).asked()).unwrap_or_default();
    html! {
        p.exports { (Word::ExportAs.in_(tongue)) ": "
            @for (name, file) in [("CSV", "cases.csv"), ("XLSX", "cases.xlsx"), ("JSON Lines", "cases.jsonl")] {
                a href={ "/export/" (file) "?" (query) } download { (name) } " "
            }
        }
    }
}

/// The queue's address under a filter: what is empty is left out.
fn address(filter: &Filter) -> String {
    let query = serde_urlencoded::to_string(filter.asked()).unwrap_or_default();
    if query.is_empty() { "/cases".to_owned() } else { format!("/cases?{query}") }
}

/// Gives the marked cases to one member of staff, or to nobody.
pub(crate) async fn assign(
    State(app): State<Arc<App>>,
    by: Staff,
    Speaks(tongue): Speaks,
    told: Told,
    Form(form): Form<Vec<(String, String)>>,
) -> Response {
    let of = |key: &str| {
        let given = form.iter().filter(|(known, _)| known == key);
        given.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let (cases, to) = (of("case"), of("to").pop().unwrap_or_default());
    // A case's own page sends its state; a list, beside each case, whose it showed it to be.
    let heads = of("heads").pop().filter(|_| cases.len() == 1);
    let back = super::language::ours(&of("back").pop().unwrap_or_default()).to_owned();
    told.that(format!("{} → {to}", cases.len()));
    let name = by.name.clone();
    let work = tokio::task::spawn_blocking(move || {
        if cases.len() > MOST_ASSIGNED {
            return Err(NotSaved::Because(Why::TooManyMarked));
        }
        let known = app.read(staff::names)?;
        if to != table::NOBODY && !known.contains(&to) {
            return Err(NotSaved::Because(Why::NobodyOfThatName));
        }
        let to = if to == table::NOBODY { serde_json::Value::Null } else { to.into() };
        let patch = serde_json::json!({ "assigned_to": to });
        // One that cannot be given stops none of the others.
        let mut not_given = Vec::new();
        for marked in &cases {
            let (case, shown) = marked.split_once(' ').unwrap_or((marked, ""));
            let given = edit(&app, case, &name, |edit| match &heads {
                Some(heads) => edit.review(&patch, Some(heads)),
                None => edit.assign(&patch, shown),
            });
            not_given.extend(given.err().map(|why| (case.to_owned(), why)));
        }
        if not_given.is_empty() { Ok(()) } else { Err(NotSaved::Some(not_given)) }
    });
    super::edit::told(tongue, &by, work.await, &back)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_what_was_asked_for_and_nothing_else() {
        assert_eq!(address(&Filter::default()), "/cases");
        let filter =
            Filter { q: "Әбіш & co".to_owned(), conflict: "1".to_owned(), ..Filter::default() };
        let there = address(&filter);
        assert_eq!(there, "/cases?q=%D3%98%D0%B1%D1%96%D1%88+%26+co&conflict=1");
        let query = there.split_once('?').unwrap().1;
        assert_eq!(serde_urlencoded::from_str::<Filter>(query).unwrap(), filter);
    }
}

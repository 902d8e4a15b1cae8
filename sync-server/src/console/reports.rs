//! Reports: whatever a filter lets through, by one property and by status; how long decisions took.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use beket_words::{Term, Tongue, kind, moment, numbers::digits, places, status};
use maud::{Markup, html};
use serde::Deserialize;

use super::cases::{said, title};
use super::layout;
use super::situation::age_group;
use super::words::{Word, hours};
use crate::App;
use crate::app::now;
use crate::auth::{Speaks, Staff};
use crate::collation::Collation;
use crate::columns::{Facet, day};
use crate::counted::AgeGroup;
use crate::queue::{Filter, named, numbers};
use crate::report::{By, Line, Report, report};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// What the rows are.
    by: String,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    Query(asked): Query<Asked>,
    Query(filter): Query<Filter>,
) -> Response {
    let by = By::of(&asked.by).unwrap_or(By::Month);
    let drawn = tokio::task::spawn_blocking(move || {
        let today = day(&moment::local(now().cast_signed())[..10]);
        app.read(|store| {
            let columns = app.columns();
            let cases = numbers(store, &columns, &filter, today)?;
            let found = report(&columns, &cases, by, today);
            let kinds: Vec<String> = columns.words(Facet::Kind).all().to_vec();
            let stations: Vec<String> = columns.words(Facet::Station).all().to_vec();
            let drawn = Drawn { tongue, by, filter: &filter, found: &found };
            Ok::<_, beket_store::StoreError>((drawn.body(&kinds, &stations), address(&filter, by)))
        })
    });
    let title = Word::Reports.in_(tongue);
    match layout::read(tongue, Some(&staff), drawn.await) {
        Ok((body, here)) => layout::page(tongue, Some(&staff), title, &here, &body).into_response(),
        Err(page) => *page,
    }
}

fn address(filter: &Filter, by: By) -> String {
    let query = serde_urlencoded::to_string(filter.asked()).unwrap_or_default();
    format!("/reports?by={}{}{query}", by.word(), if query.is_empty() { "" } else { "&" })
}

struct Drawn<'a> {
    tongue: Tongue,
    by: By,
    filter: &'a Filter,
    found: &'a Report,
}

impl Drawn<'_> {
    fn body(&self, kinds: &[String], stations: &[String]) -> Markup {
        let tongue = self.tongue;
        html! {
            h1 { (Word::Reports.in_(tongue)) ": " (self.by_word(self.by)) }
            (self.asking(kinds, stations))
            @if self.found.all.total() == 0 {
                p.wait { (Word::NothingFound.in_(tongue)) }
            } @else {
                div.scroll tabindex="0" role="region" aria-label=(Word::Reports.in_(tongue)) { (self.table()) }
            }
        }
    }

    fn by_word(&self, by: By) -> &'static str {
        match by {
            By::Word(facet) => title(facet, self.tongue),
            By::District => Word::District.in_(self.tongue),
            By::Age => Word::AgeGroupOf.in_(self.tongue),
            By::Month => Word::Month.in_(self.tongue),
        }
    }

    fn asking(&self, kinds: &[String], stations: &[String]) -> Markup {
        let (tongue, filter) = (self.tongue, self.filter);
        let kept = ["by", "kind", "station", "from", "to", "after", "sort"];
        html! {
            form.fields.asking method="get" action="/reports" {
                @for (name, wanted) in filter.without(&kept).asked() {
                    input type="hidden" name=(name) value=(wanted);
                }
                div { label for="by" { (Word::Rows.in_(tongue)) }
                    select id="by" name="by" { @for by in By::ALL {
                        option value=(by.word()) selected[by == self.by] { (self.by_word(by)) }
                    } } }
                div { label for="kind" { (Term::KindOf.in_(tongue)) }
                    select id="kind" name=(named(Facet::Kind)) {
                        option value="" { (Word::Any.in_(tongue)) }
                        @for word in kinds { option value=(word) selected[*word == filter.kind] { (kind(word, tongue)) } }
                    } }
                div { label for="station" { (Term::Station.in_(tongue)) }
                    select id="station" name=(named(Facet::Station)) {
                        option value="" { (Word::Any.in_(tongue)) }
                        @for word in stations.iter().filter(|word| !word.is_empty()) {
                            option value=(word) selected[*word == filter.station] { (word) } }
                    } }
                div { label for="from" { (Word::FromDay.in_(tongue)) }
                    input id="from" name="from" type="date" value=(filter.from); }
                div { label for="to" { (Word::ToDay.in_(tongue)) }
                    input id="to" name="to" type="date" value=(filter.to); }
                div.press { button { (Word::Apply.in_(tongue)) } }
            }
        }
    }

    /// A row's name in words.
    fn row_name(&self, name: &str) -> String {
        let tongue = self.tongue;
        let none = || Word::NotSaid.in_(tongue).to_owned();
        match self.by {
            _ if name.is_empty() => none(),
            By::Word(facet) => said(facet, name, tongue),
            By::District => places::of(&format!("{name:0<9}"))
                .map_or_else(|| name.to_owned(), |place| place.name(tongue).to_owned()),
            By::Age => name
                .parse::<usize>()
                .ok()
                .and_then(|at| AgeGroup::ALL.get(at))
                .map_or_else(none, |group| age_group(*group, tongue).to_owned()),
            By::Month => moment::month(name, tongue),
        }
    }

    fn table(&self) -> Markup {
        let tongue = self.tongue;
        let found = self.found;
        let mut rows: Vec<(String, &Line)> =
            found.rows.iter().map(|(name, line)| (self.row_name(name), line)).collect();
        if matches!(self.by, By::Word(_) | By::District) {
            let collation = Collation::kazakh();
            rows.sort_by_cached_key(|(name, _)| collation.key(name));
        }
        html! {
            table.report {
                thead { tr {
                    th scope="col" { (self.by_word(self.by)) }
                    @for (word, _) in &found.statuses { th.number scope="col" { (status(word, tongue)) } }
                    th.number scope="col" { (Word::Total.in_(tongue)) }
                    th.number scope="col" { (Word::MedianTime.in_(tongue)) }
                    th.number scope="col" { (Word::NinthTime.in_(tongue)) }
                    th.number scope="col" { (Word::Overdue.in_(tongue)) }
                } }
                tbody { @for (name, line) in &rows { (self.line(name, line)) } }
                tfoot { (self.line(Word::Total.in_(tongue), &found.all)) }
            }
        }
    }

    fn line(&self, name: &str, line: &Line) -> Markup {
        let took =
            |percent| line.hours(percent).map(|it| hours(self.tongue, it)).unwrap_or_default();
        html! {
            tr {
                th scope="row" { bdi { (name) } }
                @for (_, code) in &self.found.statuses {
                    td.number { (digits(self.tongue, line.statuses.get(*code).copied().unwrap_or(0).into())) }
                }
                td.number { strong { (digits(self.tongue, line.total().into())) } }
                td.number { (took(50)) }
                td.number { (took(90)) }
                td.number { (digits(self.tongue, line.overdue.into())) }
            }
        }
    }
}

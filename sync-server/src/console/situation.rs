//! How things stand at this moment: people by place, age, sex and need, who came and went, which
//! station said so when, and a paragraph to copy.

mod charts;
mod contacts;
mod words;

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use beket_model::Whereabouts;
use beket_store::StoreError;
use beket_words::{Tongue, fields, moment, numbers::digits, status};
use maud::{Markup, html};
use serde::Deserialize;

use super::cases::journey;
use super::layout;
use crate::App;
use crate::app::now;
use crate::auth::{Speaks, Staff};
use crate::begin::open_incidents;
use crate::counted::AgeGroup;
use crate::projection::Latest;
use crate::situation::{Situation, Tally, situation};
use contacts::Reported;
pub(in crate::console) use words::age_group;
use words::{Line, children_alone, paragraph};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The incident's code; `-` for everything. Without one, the first that is open.
    incident: Option<String>,
}

/// What a page is drawn from.
struct Drawn<'a> {
    tongue: Tongue,
    /// The codes that can be asked for, with their names.
    incidents: Vec<(String, String)>,
    asked: String,
    found: &'a Situation,
    stations: Vec<Reported>,
    latest: Latest,
    now: i64,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    Query(asked): Query<Asked>,
) -> Response {
    let drawn = tokio::task::spawn_blocking(move || {
        let directory = app.directory()?;
        let open = open_incidents(&directory);
        let first = open.first().map_or_else(|| "-".to_owned(), ToString::to_string);
        let asked = asked.incident.unwrap_or(first);
        let now = now().cast_signed();
        let (found, latest) = {
            let columns = app.columns();
            let scope = if asked == "-" { "" } else { asked.as_str() };
            (situation(&columns, scope, now), columns.latest_of_all())
        };
        let named = |code: &beket_record::Scope| {
            (code.to_string(), directory.incident_name(code).to_owned())
        };
        let incidents = open.iter().map(named).collect();
        let stations = contacts::reported(&app, &directory, &asked);
        let here = format!("/situation?incident={}", asked.replace('&', ""));
        let found = &found;
        let drawn = Drawn { tongue, incidents, asked, found, stations, latest, now };
        Ok::<_, StoreError>((drawn.body(), here))
    });
    let title = Line::Title.in_(tongue);
    match layout::read(tongue, Some(&staff), drawn.await) {
        Ok((body, here)) => layout::page(tongue, Some(&staff), title, &here, &body).into_response(),
        Err(page) => *page,
    }
}

impl Drawn<'_> {
    fn say(&self, line: Line) -> &'static str {
        line.in_(self.tongue)
    }

    fn body(&self) -> Markup {
        let all = &self.found.all;
        html! {
            h1 { (self.say(Line::Title)) }
            (self.choice())
            div #live data-live={ "/situation/news?at=" (self.latest.position) } {
                p.quiet-text { time { (moment::spoken(self.now, self.tongue)) } }
                @if all.people() == 0 {
                    p.wait { (self.say(Line::NoOne)) }
                } @else {
                    (self.numbers())
                    (self.paragraphs())
                    (self.places())
                    (self.ages())
                    (self.needs())
                    (self.hours())
                    (self.journeys())
                }
                (self.contacts())
            }
        }
    }

    fn choice(&self) -> Markup {
        html! {
            form.inline.choose method="get" action="/situation" {
                select name="incident" aria-label=(self.say(Line::Incident)) {
                    @for (code, name) in &self.incidents {
                        option value=(code) selected[*code == self.asked] { (name) " (" (code) ")" }
                    }
                    option value="-" selected[self.asked == "-"] { (self.say(Line::Everything)) }
                }
                button.choice { (self.say(Line::Show)) }
            }
        }
    }

    fn numbers(&self) -> Markup {
        let all = &self.found.all;
        let whereabouts = Whereabouts::ALL.iter().zip(all.whereabouts);
        html! {
            ul.numbers {
                li { strong { (digits(self.tongue, all.people().into())) } " " (self.say(Line::Registered)) }
                @for (word, many) in whereabouts {
                    li { strong { (digits(self.tongue, many.into())) } " " (status(word.word(), self.tongue)) }
                }
                li.stop-number[all.alone > 0] { strong { (digits(self.tongue, all.alone.into())) } " " (children_alone(self.tongue, all.alone)) }
            }
        }
    }

    /// What is counted, in the tongue of whoever reads it.
    fn incident(&self, tongue: Tongue) -> String {
        let known = self.incidents.iter().find(|(code, _)| *code == self.asked);
        match known {
            Some((code, name)) => format!("{name} ({code})"),
            None if self.asked == "-" => Line::AllIncidents.in_(tongue).to_owned(),
            None => self.asked.clone(),
        }
    }

    fn paragraphs(&self) -> Markup {
        let now = self.now.cast_unsigned();
        let reported = self.stations.iter().filter(|station| station.is_heard(now)).count();
        let reported = (reported, self.stations.len());
        html! {
            section {
                h2 { (self.say(Line::ForTheReport)) }
                p.quiet-text { (self.say(Line::SmallHidden)) }
                @for (tongue, name) in Tongue::ALL {
                    details open[tongue == self.tongue] {
                        summary { (name) }
                        p.words lang=(tongue.code()) {
                            (paragraph(tongue, &self.incident(tongue), &self.found.all, reported, self.now))
                        }
                    }
                }
            }
        }
    }

    fn places(&self) -> Markup {
        let whereabouts = Whereabouts::ALL.iter().map(|word| status(word.word(), self.tongue));
        let heads: Vec<&str> = whereabouts
            .chain([self.say(Line::Total), self.say(Line::UnderAge), self.say(Line::Alone)])
            .collect();
        let row = |name: &str, at: &str, tally: &Tally| {
            html! { tr {
                th scope="row" { bdi { (name) } @if !at.is_empty() { " " span.quiet-text { (at) } } }
                @for many in tally.whereabouts.into_iter().chain([tally.people(), tally.under_age(), tally.alone]) {
                    td.number { (digits(self.tongue, many.into())) }
                }
            } }
        };
        let table = html! {
            thead { tr { th scope="col" { (self.say(Line::Place)) }
                @for head in &heads { th.number scope="col" { (head) } } } }
            // Two stations may each have a school No. 7.
            tbody { @for (place, tally) in &self.found.places {
                @if place.site.is_empty() { (row(&place.station, "", tally)) }
                @else { (row(&place.site, &place.station, tally)) }
            } }
            tfoot { (row(self.say(Line::Total), "", &self.found.all)) }
        };
        self.table(Line::Places, &table)
    }

    fn ages(&self) -> Markup {
        let all = &self.found.all;
        let pairs: Vec<(String, [u32; 2])> = AgeGroup::ALL
            .into_iter()
            .map(|group| {
                let [women, men, _] = all.ages[group as usize];
                (age_group(group, self.tongue).to_owned(), [women, men])
            })
            .collect();
        let table = html! {
            thead { tr { th scope="col" { (self.say(Line::Age)) }
                @for head in [Line::Women, Line::Men, Line::NotSaid, Line::Total] {
                    th.number scope="col" { (self.say(head)) } } } }
            tbody { @for group in AgeGroup::ALL { tr {
                th scope="row" { (age_group(group, self.tongue)) }
                @for many in all.ages[group as usize].into_iter().chain([all.aged(group)]) {
                    td.number { (digits(self.tongue, many.into())) } }
            } } }
        };
        html! {
            section {
                h2 { (self.say(Line::ByAge)) }
                p.legend { span.key.one {} (self.say(Line::Women)) " " span.key.other {} (self.say(Line::Men)) }
                (charts::pyramid(self.say(Line::ByAge), &pairs))
                (self.below(&table))
            }
        }
    }

    fn needs(&self) -> Markup {
        let other = self.say(Line::OtherNeed).to_owned();
        let named = fields::NEEDS.iter().map(|(_, need)| need.in_(self.tongue).to_owned());
        let table = html! {
            thead { tr { th scope="col" { (self.say(Line::Need)) } th.number scope="col" { (self.say(Line::People)) } } }
            tbody { @for (need, many) in named.chain([other]).zip(self.found.all.needs) { tr {
                th scope="row" { (need) } td.number { (digits(self.tongue, many.into())) }
            } } }
        };
        self.table(Line::NeedsOf, &table)
    }

    fn hours(&self) -> Markup {
        if self.found.hours.iter().all(|(_, flow)| *flow == [0, 0]) {
            return html! {};
        }
        let hour =
            |first: u32| moment::local(first.into()).get(11..13).unwrap_or_default().to_owned();
        let pairs: Vec<([u32; 2], String)> =
            self.found.hours.iter().map(|(first, flow)| (*flow, hour(*first))).collect();
        let table = html! {
            thead { tr { th scope="col" { (self.say(Line::Hour)) }
                th.number scope="col" { (self.say(Line::Came)) } th.number scope="col" { (self.say(Line::Went)) } } }
            tbody { @for (first, [came, went]) in self.found.hours.iter().rev() { tr {
                th scope="row" { (moment::spoken((*first).into(), self.tongue)) }
                td.number { (digits(self.tongue, (*came).into())) } td.number { (digits(self.tongue, (*went).into())) }
            } } }
        };
        html! {
            section {
                h2 { (self.say(Line::ByHour)) }
                p.legend { span.key.one {} (self.say(Line::Came)) " " span.key.other {} (self.say(Line::Went)) }
                (charts::columns(self.say(Line::ByHour), &pairs))
                (self.below(&table))
            }
        }
    }

    fn journeys(&self) -> Markup {
        if self.found.journeys.is_empty() {
            return html! {};
        }
        let table = html! {
            thead { tr { th scope="col" { (self.say(Line::Journey)) }
                th.number scope="col" { (self.say(Line::Came)) } th.number scope="col" { (self.say(Line::Went)) } } }
            tbody { @for (word, [came, went]) in &self.found.journeys { tr {
                th scope="row" { bdi { (journey(word, self.tongue)) } }
                td.number { (digits(self.tongue, (*came).into())) } td.number { (digits(self.tongue, (*went).into())) }
            } } }
        };
        self.table(Line::Journeys, &table)
    }

    fn table(&self, title: Line, table: &Markup) -> Markup {
        html! {
            section {
                h2 { (self.say(title)) }
                div.scroll tabindex="0" role="region" aria-label=(self.say(title)) { table { (table) } }
            }
        }
    }

    /// What a chart says, as a table beneath it.
    fn below(&self, table: &Markup) -> Markup {
        html! {
            details {
                summary { (self.say(Line::TableBelow)) }
                table { (table) }
            }
        }
    }
}

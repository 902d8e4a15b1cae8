//! The days that terms are counted by: those off by law, and those that were moved, which staff
//! enter.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use beket_words::{Tongue, moment};
use jiff::civil::{Date, date};
use maud::{Markup, html};
use serde::Deserialize;

use super::words::Word;
use super::{edit, layout};
use crate::App;
use crate::app::now;
use crate::auth::{Speaks, Staff};
use crate::log::Told;
use crate::not_saved::{NotSaved, Why};
use crate::roles::Action;
use crate::terms::kept::{self, MovedDay};
use crate::terms::{Calendar, Moved, YEARS};

/// The most characters that a decree is told in.
const MOST_CHARS: usize = 300;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Year {
    year: String,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    Query(asked): Query<Year>,
) -> Response {
    let this = moment::day(now().cast_signed()).map_or(*YEARS.start(), Date::year);
    let year = asked.year.parse().ok().filter(|year| YEARS.contains(year)).unwrap_or(this);
    let changes = staff.role.may(Action::Calendar);
    let read = tokio::task::spawn_blocking(move || app.read(|s| kept::moved_days(s.connection())));
    let moved = match layout::read(tongue, Some(&staff), read.await) {
        Ok(moved) => moved,
        Err(page) => return *page,
    };
    let body = body(tongue, year, &moved, changes);
    let here = format!("/calendar?year={year}");
    layout::page(tongue, Some(&staff), Word::Calendar.in_(tongue), &here, &body).into_response()
}

fn body(tongue: Tongue, year: i16, moved: &[MovedDay], changes: bool) -> Markup {
    let day = |day: Date| moment::date(&day.to_string(), tongue);
    html! {
        h1 { (Word::Calendar.in_(tongue)) }
        p { (Word::CalendarHelp.in_(tongue)) }
        div.case {
            div {
                section {
                    h2 { (Word::MovedDays.in_(tongue)) }
                    @if moved.is_empty() { p.quiet-text { (Word::NoMovedDays.in_(tongue)) } }
                    @else { div.scroll tabindex="0" role="region" aria-label=(Word::MovedDays.in_(tongue)) {
                        table {
                            thead { tr {
                                th scope="col" { (Word::Day.in_(tongue)) }
                                th scope="col" { (Word::MakeIt.in_(tongue)) }
                                th scope="col" { (Word::Decree.in_(tongue)) }
                                th scope="col" { (Word::EnteredBy.in_(tongue)) }
                                @if changes { th scope="col" { span.unseen { (Word::TakeBack.in_(tongue)) } } }
                            } }
                            tbody { @for one in moved { tr {
                                td { (day(one.day)) }
                                td { (what(one.moved).in_(tongue)) }
                                td { bdi { (one.why) } }
                                td { bdi { (one.by) } }
                                @if changes { td {
                                    form method="post" action="/calendar" {
                                        input type="hidden" name="day" value=(one.day);
                                        button.quiet name="moved" value="" aria-label={
                                            (Word::TakeBack.in_(tongue)) ": " (day(one.day)) }
                                            { (Word::TakeBack.in_(tongue)) }
                                    }
                                } }
                            } } }
                        }
                    } }
                }
                section {
                    h2 { (Word::DaysOffByLaw.in_(tongue)) ", " (year) }
                    ul { @for off in off_by_law(year) { li { (day(off)) } } }
                    p {
                        @if YEARS.contains(&(year - 1)) {
                            a href={ "/calendar?year=" (year - 1) } { "← " (year - 1) } " "
                        }
                        @if YEARS.contains(&(year + 1)) {
                            a href={ "/calendar?year=" (year + 1) } { (year + 1) " →" }
                        }
                    }
                }
            }
            @if changes { aside { div {
                h2 { (Word::MoveDay.in_(tongue)) }
                form method="post" action="/calendar" {
                    label for="day" { (Word::Day.in_(tongue)) }
                    input id="day" name="day" type="date" required;
                    label for="moved" { (Word::MakeIt.in_(tongue)) }
                    select id="moved" name="moved" {
                        @for moved in [Moved::Off, Moved::Working] {
                            option value=(moved.word()) { (what(moved).in_(tongue)) }
                        }
                    }
                    label for="why" { (Word::Decree.in_(tongue)) }
                    input id="why" name="why" required maxlength=(MOST_CHARS) autocomplete="off";
                    button { (Word::MoveDay.in_(tongue)) }
                }
            } } }
        }
    }
}

fn what(moved: Moved) -> Word {
    match moved {
        Moved::Off => Word::OffDay,
        Moved::Working => Word::WorkingDay,
    }
}

/// Days of a year that are off by law, and no weekend.
fn off_by_law(year: i16) -> Vec<Date> {
    let by_law = Calendar::default();
    let days = std::iter::successors(Some(date(year, 1, 1)), |day| day.tomorrow().ok());
    let days = days.take_while(|day| day.year() == year);
    days.filter(|day| day.weekday().to_monday_one_offset() < 6 && !by_law.works(*day)).collect()
}

#[derive(Debug, Deserialize)]
pub(crate) struct MoveForm {
    day: String,
    /// A word of `Moved`; empty takes back what was said of the day.
    moved: String,
    #[serde(default)]
    why: String,
}

pub(crate) async fn submit(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    told: Told,
    Form(form): Form<MoveForm>,
) -> Response {
    told.that(format!("{} {}", form.day, form.moved));
    let by = staff.name.clone();
    let work = tokio::task::spawn_blocking(move || {
        let day: Date = form.day.parse().map_err(|_| NotSaved::Because(Why::NotADay))?;
        let why = form.why.trim().chars().take(MOST_CHARS).collect::<String>();
        match Moved::of(&form.moved) {
            None => app.read(|store| kept::remove(store.connection(), day))?,
            Some(_) if why.is_empty() => return Err(NotSaved::Because(Why::DecreeNeeded)),
            Some(moved) => {
                let moved = MovedDay { day, moved, why, by };
                app.read(|store| kept::put(store.connection(), &moved))?;
            }
        }
        Ok(app.reload()?)
    });
    edit::told(tongue, &staff, work.await, "/calendar")
}

//! One case: conflicts first, then what was said, with the decision and its history beside it.

mod conflicts;
mod correct;
mod decide;
mod links;
mod notes;
mod release;
mod said;
mod timeline;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use beket_directory::Directory;
use beket_model::{Reading, Status};
use beket_record::CaseId;
use beket_words::{Term, Tongue, kind, moment, sentences, status};
use maud::{Markup, html};

use super::words::Word;
use super::{aside, layout};
use crate::App;
use crate::app::now;
use crate::auth::{Speaks, Staff};
use crate::cases::{Dossier, Origin, origin};
use crate::not_saved::{NotSaved, Why};
use crate::projection::row::name_of;
use crate::roles::Action;
use crate::staff;
use crate::terms::Calendar;
pub(super) use links::verdicts;

/// A form that was not saved: which, why, and what had been typed into it.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// The end of its address.
    pub(super) form: &'static str,
    pub(super) why: String,
    pub(super) fields: BTreeMap<String, String>,
}

impl Typed {
    /// What stands in a field: what was typed, else what the case says.
    fn or<'a>(&'a self, form: &str, field: &str, said: &'a str) -> &'a str {
        let typed = self.fields.get(field).filter(|_| self.form == form);
        typed.map_or(said, String::as_str)
    }
}

/// What a page is drawn from.
struct Drawn<'a> {
    tongue: Tongue,
    dossier: &'a Dossier,
    directory: &'a Directory,
    calendar: &'a Calendar,
    staff: &'a Staff,
    /// Everybody to whom the case can be given; nobody, where whoever looks may give none.
    others: &'a [String],
    /// What is known of other cases.
    elsewhere: &'a links::Others,
    typed: &'a Typed,
    now: i64,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    Path(id): Path<String>,
) -> Response {
    show(app, staff, tongue, id, StatusCode::OK, Typed::default()).await
}

/// The page again, with what was typed into a form that could not be saved.
pub(super) async fn again(
    app: Arc<App>,
    staff: Staff,
    tongue: Tongue,
    id: String,
    not_saved: &NotSaved,
    (form, fields): (&'static str, BTreeMap<String, String>),
) -> Response {
    let typed = Typed { form, why: not_saved.says(tongue), fields };
    show(app, staff, tongue, id, not_saved.code(), typed).await
}

async fn show(
    app: Arc<App>,
    staff: Staff,
    tongue: Tongue,
    id: String,
    code: StatusCode,
    typed: Typed,
) -> Response {
    let here =
        format!("/cases/{}", id.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
    let looks = staff.clone();
    let drawn = tokio::task::spawn_blocking(move || {
        let Ok(id) = id.parse::<CaseId>() else { return Ok(None) };
        let directory = app.directory()?;
        let records = app.read(|store| store.counting(id))?;
        let Some(dossier) = Dossier::open(id, &records, &app.ring) else {
            return Ok(None);
        };
        let gives = looks.role.may(Action::Assign);
        let others = if gives { app.read(staff::names)? } else { Vec::new() };
        let calendar = app.columns().calendar.clone();
        let elsewhere = app.read(|store| links::Others::of(store, &dossier))?;
        let title = dossier.reference().unwrap_or_else(|| Term::Unreadable.in_(tongue)).to_owned();
        let drawn = Drawn {
            tongue,
            dossier: &dossier,
            directory: &directory,
            calendar: &calendar,
            staff: &looks,
            others: &others,
            elsewhere: &elsewhere,
            typed: &typed,
            now: now().cast_signed(),
        };
        let body = drawn.body();
        Ok::<_, beket_store::StoreError>(Some((title, body)))
    });
    match layout::read(tongue, Some(&staff), drawn.await) {
        Ok(Some((title, body))) => {
            let page = layout::page(tongue, Some(&staff), &title, &here, &body);
            (code, page).into_response()
        }
        Ok(None) => {
            let title = Why::NoSuchCase.in_(tongue);
            let code = StatusCode::NOT_FOUND;
            layout::trouble(tongue, Some(&staff), code, title, title, "/cases")
        }
        Err(page) => *page,
    }
}

impl Drawn<'_> {
    fn body(&self) -> Markup {
        let (tongue, dossier) = (self.tongue, self.dossier);
        html! {
            (self.head())
            @if !self.typed.why.is_empty() {
                div.stop role="alert" {
                    strong { (Word::NotSaved.in_(tongue)) ". " } (self.typed.why) " "
                    @if !self.typed.fields.is_empty() { (Word::ComeBack.in_(tongue)) }
                }
            }
            (self.void_waits())
            (self.conflicts())
            (self.unread())
            (self.links())
            div.case {
                div {
                    @match dossier.intake.as_ref() {
                        Some(intake) => (said::said(tongue, intake)),
                        None => p.wait { (Term::Unreadable.in_(tongue)) },
                    }
                    (self.taking())
                    (self.notes())
                }
                aside {
                    (self.release())
                    (self.decision())
                    (self.timeline())
                }
            }
        }
    }

    fn head(&self) -> Markup {
        let (tongue, dossier) = (self.tongue, self.dossier);
        let intake = dossier.intake.as_ref();
        let name = name_of(intake);
        let status_word = dossier.status().map(Status::word).unwrap_or_default();
        let child_alone = intake.is_some_and(Reading::has_child_alone);
        let nameless = if child_alone { Term::ChildAlone } else { Term::Nameless };
        let kind_word = intake.and_then(|intake| intake.text("kind")).unwrap_or_default();
        html! {
            h1 { bdi { (if name.is_empty() { nameless.in_(tongue) } else { &name }) } }
            p.chips {
                @if child_alone { span.chip.stop { "! " (Term::ChildAlone.in_(tongue)) } }
                span.chip.figure { (dossier.reference().unwrap_or("—")) }
                span.chip { (kind(kind_word, tongue)) }
                span.chip { (status(&status_word, tongue)) }
                @if let Some((late, said)) = self.due_in_words() {
                    span.chip.stop[late] { (said) }
                }
            }
        }
    }

    /// One has voided a case in which a child is alone.
    fn void_waits(&self) -> Markup {
        let reason = self.dossier.intake.as_ref().and_then(Reading::void_reason);
        let waits = self.dossier.status() != Some(Status::Void);
        html! {
            @if let Some(reason) = reason.filter(|_| waits) {
                section.wait { p { (Word::VoidWaits.in_(self.tongue)) " " bdi { (reason) } } }
            }
        }
    }

    /// Where it was taken, by whom, on which device, when by its clock and ours.
    fn taking(&self) -> Markup {
        let (tongue, dossier) = (self.tongue, self.dossier);
        let first = dossier.case.intake.as_ref().and_then(|opened| {
            let first = opened.document.history().first()?;
            Some((first, opened))
        });
        let at = dossier.taken.map(|author| origin(self.directory, &author));
        html! {
            section {
                h2 { (Term::Registration.in_(tongue)) }
                dl {
                    dt { (Term::Station.in_(tongue)) }
                    dd { (place(tongue, at.as_ref())) }
                    @if let Some((first, _)) = &first {
                        dt { (Word::TakenBy.in_(tongue)) }
                        dd { bdi { (first.by) } }
                        dt { (Term::TakenAt.in_(tongue)) }
                        dd { (moment::spoken(first.at, tongue)) " "
                             span.quiet-text { "(" (Word::ByItsClock.in_(tongue)) ")" } }
                    }
                    dt { (Word::AtTheCentre.in_(tongue)) }
                    dd { (moment::spoken(dossier.received.cast_signed(), tongue)) }
                    @if let Some(intake) = &dossier.intake {
                        (said::pairs(tongue, intake, &beket_words::fields::INTAKE[1..]))
                    }
                }
            }
        }
    }

    fn unread(&self) -> Markup {
        html! {
            @if !self.dossier.case.unread.is_empty() {
                section.wait {
                    h2 { (Term::Unread.in_(self.tongue)) }
                    ul { @for unread in &self.dossier.case.unread { li { (aside::said(&unread.reason, self.tongue)) } } }
                }
            }
        }
    }

    fn works(&self) -> bool {
        self.staff.role.may(Action::Work)
    }

    /// The address of a form of this case.
    fn action(&self, form: &str) -> String {
        format!("/cases/{}/{form}", self.dossier.id)
    }
}

/// Where it was written: the kiosk's name, or the office.
fn place(tongue: Tongue, origin: Option<&Origin>) -> String {
    sentences::place(tongue, origin.and_then(|origin| origin.kiosk.as_deref()))
}

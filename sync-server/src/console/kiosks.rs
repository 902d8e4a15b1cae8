//! Every kiosk: where it is, when it was last heard of, what it holds back; enrolled, adopted,
//! renamed, revoked here.

mod sheet;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use beket_directory::{Directory, EnrolmentTerms, Held, Role, StandingState};
use beket_record::{Author, Scope};
use beket_store::{RefusedRecord, StoreError};
use beket_words::{Tongue, moment, numbers::digits};
use maud::{Markup, html};
use serde::Deserialize;

use super::{aside, layout};
use crate::App;
use crate::app::{now, record_clock, rng};
use crate::auth::{Speaks, Staff, host};
use crate::folder::FolderError;
use crate::kiosks::{self, Contact};
use crate::log::Told;
use crate::roles::Action;
pub(in crate::console) use sheet::squares;
use words::Line;

/// A clock that is further off is told of, in seconds.
const SKEW: i64 = 60;
/// Less than this is little, in bytes.
const LITTLE_DISK: u64 = 1 << 30;
/// Refused records that are listed.
const MOST_REFUSED: usize = 100;

/// A kiosk as the page shows it.
struct Kiosk {
    device: Author,
    name: String,
    label: String,
    role: Option<Role>,
    standing: Line,
    contact: Option<Contact>,
    held: u64,
}

/// All of them.
struct All {
    kiosks: Vec<Kiosk>,
    refused: Vec<RefusedRecord>,
    stations: Vec<(String, String)>,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let url = own_address(&app, &headers, &uri);
    draw(app, staff, tongue, url, None).await
}

/// Where this browser reaches the office: kiosks may, too.
fn own_address(app: &App, headers: &HeaderMap, uri: &Uri) -> String {
    let host = host(headers, uri).unwrap_or_default();
    let scheme = if app.reached.is_safe() { "https" } else { "http" };
    format!("{scheme}://{host}")
}

async fn draw(
    app: Arc<App>,
    staff: Staff,
    tongue: Tongue,
    url: String,
    wrong: Option<Line>,
) -> Response {
    let changes = staff.role.may(Action::Kiosks);
    let drawn = tokio::task::spawn_blocking(move || {
        let all = All::of(&app)?;
        Ok::<_, StoreError>(body(tongue, &all, changes, &url, wrong))
    });
    match layout::read(tongue, Some(&staff), drawn.await) {
        Ok(body) => {
            let title = Line::Title.in_(tongue);
            let code =
                if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            (code, layout::page(tongue, Some(&staff), title, "/kiosks", &body)).into_response()
        }
        Err(page) => *page,
    }
}

impl All {
    fn of(app: &App) -> Result<Self, StoreError> {
        let directory = app.directory()?;
        let (held, labels, refused) = app.read(|store| {
            Ok::<_, StoreError>((store.held_by_author()?, kiosks::labels(store)?, store.refused()?))
        })?;
        let held: BTreeMap<Author, u64> = held.into_iter().collect();
        let contacts = app.contacts.all();
        let strangers = held.keys().filter(|author| directory.writer(author).is_none());
        let devices = directory.devices().chain(strangers);
        let mut kiosks: Vec<Kiosk> = devices
            .map(|device| {
                let writer = directory.writer(device);
                let name = writer.as_ref().map(|it| format!("{}-{}", it.station, it.letter));
                Kiosk {
                    device: *device,
                    name: name.unwrap_or_else(|| device.short()),
                    label: labels.get(device).cloned().unwrap_or_default(),
                    role: writer.map(|writer| writer.role),
                    standing: standing(&directory, device),
                    contact: contacts.get(device).cloned(),
                    held: held.get(device).copied().unwrap_or(0),
                }
            })
            .collect();
        kiosks.sort_by(|one, other| one.name.cmp(&other.name));
        let stations = directory.stations();
        let stations = stations.map(|(code, name)| (code.to_string(), name.to_owned())).collect();
        Ok(Self { kiosks, refused, stations })
    }
}

fn standing(directory: &Directory, device: &Author) -> Line {
    match directory.device_standing(device) {
        Ok(()) => Line::Admitted,
        Err(Held::Revoked) => Line::Revoked,
        Err(Held::NotAdmitted) => Line::Waits,
        Err(Held::UnknownAuthor | Held::NotItsScope) => Line::Unknown,
    }
}

fn body(tongue: Tongue, all: &All, changes: bool, url: &str, wrong: Option<Line>) -> Markup {
    let say = |line: Line| line.in_(tongue);
    html! {
        h1 { (say(Line::Title)) }
        @if let Some(wrong) = wrong { p.stop role="alert" { (say(wrong)) } }
        @if all.kiosks.is_empty() { p.wait { (say(Line::None)) } }
        @else {
            div.scroll tabindex="0" role="region" aria-label=(say(Line::Title)) { table.kiosks {
                thead { tr {
                    @for head in [Line::Kiosk, Line::Role, Line::Standing, Line::Contact, Line::NotSent,
                                  Line::Skew, Line::Version, Line::Disk, Line::Held] {
                        th scope="col" { (say(head)) }
                    }
                } }
                tbody { @for kiosk in &all.kiosks { (row(tongue, kiosk, changes)) } }
            } }
        }
        @if changes { (enrolment(tongue, &all.stations, url)) }
        @if !all.refused.is_empty() { (refused(tongue, &all.refused)) }
    }
}

fn row(tongue: Tongue, kiosk: &Kiosk, changes: bool) -> Markup {
    let say = |line: Line| line.in_(tongue);
    let class = match kiosk.standing {
        Line::Admitted => "safe",
        Line::Revoked => "stop",
        _ => "wait",
    };
    let contact = kiosk.contact.as_ref();
    html! {
        tr {
            th scope="row" { (kiosk.name)
                @if !kiosk.label.is_empty() { div.quiet-text { bdi { (kiosk.label) } } }
                @if changes { (actions(tongue, kiosk)) } }
            td { @match kiosk.role {
                Some(Role::Staffed) => (say(Line::Staffed)),
                Some(Role::SelfService) => (say(Line::SelfService)),
                None => "—",
            } }
            td { span.chip.(class) { (say(kiosk.standing)) } }
            td { @match contact {
                Some(it) => {
                    time { (moment::spoken(it.at.cast_signed(), tongue)) }
                    @if it.is_silent(now()) { " " span.chip.wait { (say(Line::Silent)) } }
                }
                None => (say(Line::Never)),
            } }
            td.number { @if let Some(it) = contact { (digits(tongue, it.waiting)) } }
            td { @if let Some(it) = contact { (clock(tongue, it.skew)) } }
            td { @if let Some(it) = contact { bdi { (it.software) } } }
            td.number { @if let Some(left) = contact.and_then(|it| it.disk_left) { (disk(tongue, left)) } }
            td.number { @if kiosk.held > 0 { span.chip.wait { (digits(tongue, kiosk.held)) } } @else { "0" } }
        }
    }
}

fn clock(tongue: Tongue, skew: i64) -> Markup {
    let minutes = skew.unsigned_abs().div_ceil(60);
    let (hours, way) = (minutes / 60, if skew > 0 { Line::Ahead } else { Line::Behind });
    html! {
        @if skew.abs() <= SKEW { (Line::ClockRight.in_(tongue)) }
        @else { span.chip.wait {
            @if hours > 0 { (digits(tongue, hours)) ":" (format!("{:02}", minutes % 60)) } @else { "0:" (format!("{minutes:02}")) }
            " " (way.in_(tongue))
        } }
    }
}

fn disk(tongue: Tongue, left: u64) -> Markup {
    let tenths = left / (1 << 30) * 10 + left % (1 << 30) * 10 / (1 << 30);
    let (comma, unit) = match tongue {
        Tongue::Kk | Tongue::Ru => (',', "ГБ"),
        Tongue::En => ('.', "GB"),
    };
    let says = format!("{}{comma}{} {unit}", digits(tongue, tenths / 10), tenths % 10);
    html! { @if left < LITTLE_DISK { span.chip.stop { (says) } } @else { (says) } }
}

fn actions(tongue: Tongue, kiosk: &Kiosk) -> Markup {
    let say = |line: Line| line.in_(tongue);
    let device = kiosk.device.to_string();
    let form = |inner: &Markup| {
        html! { form method="post" action="/kiosks" {
        input type="hidden" name="device" value=(device); (inner) } }
    };
    let input = format!("label-{}", kiosk.device.short());
    html! {
        @if kiosk.standing == Line::Waits || kiosk.standing == Line::Revoked {
            details { summary { (say(Line::Adopt)) } p.hint { (say(Line::AdoptHelp)) }
                (form(&html! { button name="do" value="adopt" { (say(Line::Adopt)) " " (kiosk.name) } })) }
        }
        @if kiosk.standing == Line::Waits || kiosk.standing == Line::Admitted {
            details { summary { (say(Line::Revoke)) } p.hint { (say(Line::RevokeHelp)) }
                (form(&html! { button.danger name="do" value="revoke" { (say(Line::RevokeSure)) ": " (kiosk.name) } })) }
        }
        details { summary { (say(Line::Rename)) }
            (form(&html! {
                label for=(input) { (say(Line::Name)) }
                input id=(input) name="label" value=(kiosk.label) maxlength="60" autocomplete="off";
                button name="do" value="rename" { (say(Line::Rename)) }
            })) }
    }
}

fn enrolment(tongue: Tongue, stations: &[(String, String)], url: &str) -> Markup {
    let say = |line: Line| line.in_(tongue);
    html! {
        section.enrol {
            h2 { (say(Line::Enrol)) }
            @if stations.is_empty() { p.wait { (say(Line::NoStation)) } }
            @else { form.fields method="post" action="/kiosks/enrol" {
                div { label for="station" { (say(Line::Station)) }
                    select id="station" name="station" { @for (code, name) in stations {
                        option value=(code) { (name) " (" (code) ")" } } } }
                div { label for="role" { (say(Line::Role)) }
                    select id="role" name="role" {
                        option value="staffed" { (say(Line::Staffed)) }
                        option value="self-service" { (say(Line::SelfService)) } } }
                div { label for="hours" { (say(Line::Within)) }
                    select id="hours" name="hours" {
                        option value="24" { (say(Line::OneDay)) } option value="168" { (say(Line::OneWeek)) } } }
                div { label for="url" { (say(Line::Reaches)) }
                    input id="url" name="url" type="url" required value=(url) autocomplete="off"; }
                div.press { button { (say(Line::MakeSheet)) } }
            } }
        }
    }
}

fn refused(tongue: Tongue, refused: &[RefusedRecord]) -> Markup {
    let say = |line: Line| line.in_(tongue);
    html! {
        section {
            h2 { (say(Line::Refused)) " · " (digits(tongue, refused.len() as u64)) }
            p.quiet-text { (say(Line::RefusedHelp)) }
            table {
                thead { tr { th scope="col" { (say(Line::Record)) } th scope="col" { (say(Line::Why)) } } }
                tbody { @for one in refused.iter().take(MOST_REFUSED) { tr {
                    td.figure { (one.id.to_string().chars().take(8).collect::<String>()) } td { (aside::said(&one.reason, tongue)) }
                } } }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Change {
    device: String,
    /// `adopt`, `revoke` or `rename`.
    #[serde(rename = "do")]
    what: String,
    #[serde(default)]
    label: String,
}

pub(crate) async fn change(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    uri: Uri,
    headers: HeaderMap,
    told: Told,
    Form(form): Form<Change>,
) -> Response {
    let (desk, url) = (app.clone(), own_address(&app, &headers, &uri));
    told.that(format!("{} — {}", form.what, form.device));
    let work = tokio::task::spawn_blocking(move || {
        told.that(form.says(&desk));
        changed(&desk, &form)
    });
    match work.await {
        Ok(Ok(true)) => Redirect::to("/kiosks").into_response(),
        _ => draw(app, staff, tongue, url, Some(Line::NotDone)).await,
    }
}

impl Change {
    /// As the log keeps it: what was done to which kiosk, by the name it has.
    fn says(&self, app: &App) -> String {
        let named = app.directory().ok().and_then(|directory| {
            let device = directory.devices().find(|it| it.to_string() == self.device)?;
            let writer = directory.writer(device)?;
            Some(format!("{}-{}", writer.station, writer.letter))
        });
        format!("{} — {}", self.what, named.unwrap_or_else(|| self.device.clone()))
    }
}

fn changed(app: &App, form: &Change) -> Result<bool, FolderError> {
    let directory = app.directory()?;
    let Some(device) = directory.devices().find(|it| it.to_string() == form.device).copied() else {
        return Ok(false);
    };
    let (at, clock) = (now(), record_clock());
    match form.what.as_str() {
        "adopt" => app.folder(|folder| {
            folder.state(at, |office, directory| {
                let state = StandingState::Admitted;
                Ok((office.set_standing(directory, &device, state, clock, &mut rng())?, ()))
            })
        })?,
        "revoke" => app.folder(|folder| folder.revoke(&device, at, clock, &mut rng()))?,
        "rename" => {
            let label: String = form.label.trim().chars().take(60).collect();
            app.read(|store| kiosks::label(store, &device, &label))?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Enrol {
    station: String,
    role: String,
    hours: u64,
    url: String,
}

pub(crate) async fn enrol(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    told: Told,
    Form(form): Form<Enrol>,
) -> Response {
    let url = form.url.trim().trim_end_matches('/').to_owned();
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if host.is_none_or(|host| host.is_empty() || host.contains(char::is_whitespace)) {
        return draw(app, staff, tongue, url, Some(Line::BadAddress)).await;
    }
    let (role, named) = match form.role.as_str() {
        "self-service" => (Role::SelfService, Line::SelfService),
        _ => (Role::Staffed, Line::Staffed),
    };
    let until = now().saturating_add(form.hours.clamp(1, 24 * 30) * 3_600);
    let (desk, kept) = (app.clone(), url.clone());
    let station = form.station.clone();
    told.that(format!("{} {}", form.station, form.role));
    let work = tokio::task::spawn_blocking(move || {
        let station: Scope = station.parse().ok()?;
        let terms = EnrolmentTerms { station, role, url, expires: until };
        let code = desk.folder(|folder| {
            let founding = folder.founding()?;
            folder.state(now(), |office, directory| {
                office.enrol(directory, &founding, &terms, record_clock(), &mut rng())
            })
        });
        Some(code.ok()?.to_text())
    });
    let Ok(Some(code)) = work.await else {
        return draw(app, staff, tongue, kept, Some(Line::NotDone)).await;
    };
    let body = sheet::sheet(tongue, &form.station, named, &code, until);
    let title = Line::Sheet.in_(tongue);
    layout::page(tongue, Some(&staff), title, "/kiosks", &body).into_response()
}

//! Requests of kiosks: from a signed envelope to the engine, the writer, and a signed answer.
//!
//! Refuses whatever its signature does not fit, with a signed sentence that says why. Answers
//! nothing about a record before it is on the platter.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use beket_directory::{Directory, Judgement, Set};
use beket_record::{Author, Part, Position, Record, RecordId};
use beket_store::{Added, Store, StoreError};
use beket_sync::{Ledger, office};
use beket_wire::{
    BATCH_BYTES, Hello, KnownAs, MAX_BATCH_RECORDS, MAX_IDS, Message, Opening, Problem, Pull,
    Pulled, Push, Pushed, Receipt, Reconcile, Reconciled, Request, Route, Verdict, seal_response,
};

use crate::App;
use crate::app::{RegisterVersion, now, rng};
use crate::kiosks::{self, Contact};
use crate::writer::{Batch, WriteError};

/// Why a request was not served.
struct Declined {
    status: StatusCode,
    message: String,
    hello_again: bool,
}

impl Declined {
    #[expect(clippy::needless_pass_by_value, reason = "errors come by value, texts by reference")]
    fn new(status: StatusCode, message: impl ToString) -> Self {
        Self { status, message: message.to_string(), hello_again: false }
    }
}

impl From<StoreError> for Declined {
    fn from(error: StoreError) -> Self {
        eprintln!("error: {error}");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, error.advice())
    }
}

impl From<WriteError> for Declined {
    fn from(error: WriteError) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, error)
    }
}

fn malformed(error: impl ToString) -> Declined {
    Declined::new(StatusCode::BAD_REQUEST, error)
}

pub(crate) async fn hello(State(app): State<Arc<App>>, body: Bytes) -> Response {
    serve(app, Route::Hello, body).await
}

pub(crate) async fn reconcile(State(app): State<Arc<App>>, body: Bytes) -> Response {
    serve(app, Route::Reconcile, body).await
}

pub(crate) async fn push(State(app): State<Arc<App>>, body: Bytes) -> Response {
    serve(app, Route::Push, body).await
}

pub(crate) async fn pull(State(app): State<Arc<App>>, body: Bytes) -> Response {
    serve(app, Route::Pull, body).await
}

async fn serve(app: Arc<App>, route: Route, body: Bytes) -> Response {
    let worker = tokio::task::spawn_blocking(move || {
        let (status, answer) = match answer(&app, route, &body) {
            Ok(answer) => (StatusCode::OK, answer),
            Err(Declined { status, message, hello_again }) => {
                (status, Problem { message, hello_again }.to_bytes())
            }
        };
        let signed = seal_response(&app.office.signer, &body, status.as_u16(), &answer);
        (status, signed)
    });
    let Ok((status, signed)) = worker.await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let cbor = HeaderValue::from_static("application/cbor");
    (status, [(header::CONTENT_TYPE, cbor)], signed).into_response()
}

fn answer(app: &App, route: Route, bytes: &[u8]) -> Result<Vec<u8>, Declined> {
    let request = Request::open(route, bytes).map_err(malformed)?;
    let now = now();
    let (version, directory) = app.register()?;
    let known = directory.writer(&request.device).map(|_| request.device);
    if !app.limits.devices.allows(known, now) {
        let message = "this kiosk asks too often; it may ask again in a minute";
        return Err(Declined::new(StatusCode::TOO_MANY_REQUESTS, message));
    }
    if route != Route::Hello && !app.tokens.accepts(&request.token, &request.device, now) {
        return Err(Declined {
            status: StatusCode::UNAUTHORIZED,
            message: "the conversation has expired; it begins anew".to_owned(),
            hello_again: true,
        });
    }
    match route {
        Route::Hello => answer_hello(app, &directory, &request, now),
        Route::Reconcile => answer_reconcile(app, &directory, &request),
        Route::Push => answer_push(app, (version, &directory), &request, now),
        Route::Pull => answer_pull(app, &directory, &request, now),
    }
}

fn answer_hello(
    app: &App,
    directory: &Directory,
    request: &Request,
    now: u64,
) -> Result<Vec<u8>, Declined> {
    let hello = Hello::from_bytes(&request.body).map_err(malformed)?;
    let device = &request.device;
    let ledgers = ledgers(app, directory, device, &hello.openings)?;
    let contact = Contact {
        at: now,
        skew: hello.clock.cast_signed().saturating_sub(now.cast_signed()),
        software: hello.software.clone(),
        waiting: hello.waiting,
        disk_left: hello.disk_left,
    };
    // Of a stranger nothing is kept: anybody can make up a key.
    if directory.writer(device).is_some()
        && let Some(due) = app.contacts.note(*device, contact)
    {
        app.read(|store| kiosks::write(store, device, &due))?;
    }
    let token = app.tokens.issue(device, now);
    let welcome = office::welcome(directory, device, &hello, &ledgers, token, now);
    Ok(welcome.map_err(malformed)?.to_bytes())
}

fn answer_reconcile(
    app: &App,
    directory: &Directory,
    request: &Request,
) -> Result<Vec<u8>, Declined> {
    let reconcile = Reconcile::from_bytes(&request.body).map_err(malformed)?;
    let ledgers = ledgers(app, directory, &request.device, &reconcile.openings)?;
    let openings = office::compare(&reconcile.openings, &ledgers).map_err(malformed)?;
    Ok(Reconciled { openings }.to_bytes())
}

fn ledgers(
    app: &App,
    directory: &Directory,
    device: &Author,
    openings: &[Opening],
) -> Result<Vec<Ledger>, Declined> {
    app.read(|store| {
        let sets = office::sets_of(directory, device, openings);
        sets.into_iter()
            .map(|set| {
                let items = store.items(&set)?;
                Ledger::new(set, &items).map_err(malformed)
            })
            .collect()
    })
}

fn answer_push(
    app: &App,
    (version, directory): (RegisterVersion, &Directory),
    request: &Request,
    now: u64,
) -> Result<Vec<u8>, Declined> {
    let push = Push::from_bytes(&request.body).map_err(malformed)?;
    if push.records.len() > MAX_BATCH_RECORDS || push.ask.len() > MAX_IDS {
        return Err(malformed("the push holds more records or ids than one may"));
    }
    let bytes: Vec<Vec<u8>> = push.records.into_iter().map(Vec::from).collect();
    let verified = office::verify(bytes.iter().cloned(), &mut rng());
    let extended = extended(app, directory, &verified)?;
    let directory = extended.as_ref().unwrap_or(directory);
    if office::known_as(directory, &request.device) == KnownAs::Unknown {
        return Err(Declined {
            status: StatusCode::FORBIDDEN,
            message: "the office does not know this kiosk; its certificates come first".to_owned(),
            hello_again: true,
        });
    }
    let mut verdicts = Vec::new();
    let mut batch = Batch { version, now, ..Batch::default() };
    let mut ids = Vec::new();
    for (verified, bytes) in verified.into_iter().zip(bytes) {
        let rejected = match verified {
            Err(rejected) => rejected,
            Ok(record) => match directory.judge(&record) {
                Judgement::Refused(reason) => office::Rejected {
                    id: record.id(),
                    case: record.header().case,
                    reason: reason.to_string(),
                },
                judgement => {
                    verdicts.push(Verdict::of(&judgement, false));
                    ids.push(record.id());
                    batch.records.push((record, judgement));
                    continue;
                }
            },
        };
        verdicts.push(Verdict::refused(&rejected.reason));
        batch.rejected.push((rejected, bytes));
    }
    let outcomes = app.writer.store(batch)?;
    mark_known(&mut verdicts, &outcomes);
    let kept = verdicts.iter().filter(|v| !matches!(v, Verdict::Refused(_)));
    let mut receipted: Vec<RecordId> =
        kept.zip(ids).filter(|(verdict, _)| verdict.is_kept()).map(|(_, id)| id).collect();
    let asked: Vec<RecordId> = push.ask.iter().map(|id| record_id(id)).collect::<Result<_, _>>()?;
    let (asked, held) = answer_asked(app, &asked)?;
    verdicts.extend(asked);
    receipted.extend(held);
    let receipt = Receipt::sign(&app.office.signer, now, &receipted);
    Ok(Pushed { verdicts, receipt }.to_bytes())
}

/// The directory with the push's own certificates in it, so that a kiosk may bring its
/// certificate and what depends on it together.
fn extended(
    app: &App,
    directory: &Directory,
    verified: &[Result<Record, office::Rejected>],
) -> Result<Option<Directory>, Declined> {
    let is_register = |r: &&Record| matches!(r.header().part, Part::Directory | Part::Purge);
    let brought: Vec<&Record> =
        verified.iter().filter_map(|r| r.as_ref().ok()).filter(is_register).collect();
    if brought.is_empty() {
        return Ok(None);
    }
    let mut register = app.read(|store: &mut Store| store.directory_records())?;
    register.extend(brought.into_iter().cloned());
    Ok(Some(Directory::build(directory.office(), &register)))
}

/// What was on disk before the push is a duplicate, not news.
fn mark_known(verdicts: &mut [Verdict], outcomes: &[Added]) {
    let taken = verdicts.iter_mut().filter(|verdict| !matches!(verdict, Verdict::Refused(_)));
    for (verdict, outcome) in taken.zip(outcomes) {
        if *outcome == Added::Known && *verdict == Verdict::Stored {
            *verdict = Verdict::Duplicate;
        }
        // A purge came between the judgement and the disk.
        if *outcome == Added::Barred {
            *verdict = Verdict::Purged;
        }
    }
}

fn answer_asked(
    app: &App,
    asked: &[RecordId],
) -> Result<(Vec<Verdict>, Vec<RecordId>), StoreError> {
    let mut verdicts = Vec::new();
    let mut held = Vec::new();
    app.read(|store| {
        for id in asked {
            let here = store.holds(*id)?;
            verdicts.push(if here { Verdict::Duplicate } else { Verdict::Missing });
            if here {
                held.push(*id);
            }
        }
        Ok((verdicts, held))
    })
}

fn record_id(bytes: &[u8]) -> Result<RecordId, Declined> {
    let bytes = bytes.try_into().map_err(|_| malformed("an id has 32 bytes"))?;
    Ok(RecordId::from_bytes(bytes))
}

fn answer_pull(
    app: &App,
    directory: &Directory,
    request: &Request,
    now: u64,
) -> Result<Vec<u8>, Declined> {
    let pull = Pull::from_bytes(&request.body).map_err(malformed)?;
    let may = |set: &Set| office::may_pull(directory, &request.device, set);
    let set = pull.set.set().filter(may).ok_or_else(|| {
        Declined::new(StatusCode::FORBIDDEN, "this kiosk may not fetch records of that set")
    })?;
    if pull.ids.len() > MAX_IDS {
        return Err(malformed("the request names more ids than one may"));
    }
    let (records, more) = if pull.ids.is_empty() {
        let after = pull.after.map(Position::from);
        let range = |store: &mut Store| store.range(&set, after, BATCH_BYTES, MAX_BATCH_RECORDS);
        let records = app.read(range)?;
        let more = match records.last() {
            None => false,
            Some(last) => app.read(|store| {
                let last = Position { made: last.header().made, id: last.id() };
                Ok::<_, StoreError>(!store.range(&set, Some(last), 0, 1)?.is_empty())
            })?,
        };
        (records, more)
    } else {
        (by_ids(app, &set, &pull)?, false)
    };
    let ids: Vec<RecordId> = records.iter().map(Record::id).collect();
    let receipt = Receipt::sign(&app.office.signer, now, &ids);
    let records = records.iter().map(|record| record.bytes().to_vec().into()).collect();
    Ok(Pulled { records, more, receipt }.to_bytes())
}

fn by_ids(app: &App, set: &Set, pull: &Pull) -> Result<Vec<Record>, Declined> {
    app.read(|store| {
        let (mut records, mut bytes) = (Vec::new(), 0);
        for id in &pull.ids {
            let Some(record) = store.member(set, record_id(id)?)? else { continue };
            bytes += record.bytes().len();
            if !records.is_empty() && bytes > BATCH_BYTES {
                break;
            }
            records.push(record);
        }
        Ok(records)
    })
}

//! What a filter lets through, as a file: CSV and JSON Lines as they are written, XLSX as soon as it
//! is whole. Nothing of it is held in memory beyond a few lines.

mod rows;

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use beket_record::CaseId;
use beket_words::{Tongue, moment};
use futures_util::{StreamExt as _, stream};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use serde_json::Value;
use tokio::sync::mpsc::{Sender, channel};

use super::layout;
use super::words::Word;
use crate::App;
use crate::app::now;
use crate::auth::{Speaks, Staff, not_yours};
use crate::cases::Dossier;
use crate::columns::{Nth, day};
use crate::log::Told;
use crate::queue::{Filter, numbers};
use crate::roles::Action;
use rows::{heads, inert, line};

/// Bytes that go on their way together.
const CHUNK: usize = 64 * 1024;
/// Chunks that wait for a slow reader.
const WAITING: usize = 4;
/// Lines of one sheet: a few less than a spreadsheet takes.
const SHEET: usize = 1_000_000;

/// Kinds of files.
#[derive(Debug, Clone, Copy)]
enum Format {
    Csv,
    Xlsx,
    JsonLines,
}

impl Format {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "cases.csv" => Self::Csv,
            "cases.xlsx" => Self::Xlsx,
            "cases.jsonl" => Self::JsonLines,
            _ => return None,
        })
    }

    fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::JsonLines => "application/jsonl; charset=utf-8",
        }
    }
}

pub(crate) async fn file(
    State(app): State<Arc<App>>,
    staff: Staff,
    Speaks(tongue): Speaks,
    told: Told,
    Path(name): Path<String>,
    Query(filter): Query<Filter>,
) -> Response {
    let Some(format) = Format::of(&name) else {
        let title = Word::NoSuchFile.in_(tongue);
        return layout::trouble(
            tongue,
            Some(&staff),
            StatusCode::NOT_FOUND,
            title,
            title,
            "/cases",
        );
    };
    if !filter.alone.is_empty() && !staff.role.may(Action::Work) {
        return not_yours(tongue, &staff);
    }
    let (desk, asked) = (app.clone(), filter.says());
    let shows = Shows {
        tongue,
        children: staff.role.may(Action::Work),
        all: filter.incident.trim().is_empty(),
    };
    let counted = tokio::task::spawn_blocking(move || {
        let today = day(&moment::local(now().cast_signed())[..10]);
        desk.read(|store| numbers(store, &desk.columns(), &filter, today))
    });
    let all = match layout::read(tongue, Some(&staff), counted.await) {
        Ok(all) => all,
        Err(page) => return *page,
    };
    told.that(format!("{}: {asked}", all.len()));
    let (chunks, waiting) = channel::<io::Result<Bytes>>(WAITING);
    tokio::task::spawn_blocking(move || {
        let mut out = Pipe { chunks, buffer: Vec::with_capacity(CHUNK) };
        if let Err(error) = write(&app, shows, &all, format, &mut out) {
            // The reader sees a file that breaks off, not one that looks whole.
            eprintln!("error: an export could not be finished: {error}");
            drop(out.chunks.blocking_send(Err(io::Error::other(error))));
        }
    });
    let chunks =
        stream::unfold(
            waiting,
            |mut waiting| async move { Some((waiting.recv().await?, waiting)) },
        );
    // Whatever packs the answer asks once more than there is.
    let chunks = chunks.fuse();
    let named = format!("attachment; filename=\"{name}\"");
    let mut response = Body::from_stream(chunks).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media()));
    if let Ok(named) = HeaderValue::from_str(&named) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    response
}

type Written = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// What a file shows of its cases.
#[derive(Debug, Clone, Copy)]
struct Shows {
    tongue: Tongue,
    /// What is known of children alone.
    children: bool,
    /// All incidents together: whoever is in two counts once.
    all: bool,
}

fn write(app: &App, shows: Shows, all: &[Nth], format: Format, out: &mut Pipe) -> Written {
    match format {
        Format::Csv => write_csv(app, shows, all, out),
        Format::Xlsx => write_xlsx(app, shows, all, out),
        Format::JsonLines => write_json(app, shows, all, out),
    }?;
    Ok(out.flush()?)
}

/// Every line, a few at a time: the lock of what is in memory is never held while somebody reads.
fn each_line(
    app: &App,
    shows: Shows,
    all: &[Nth],
    take: &mut dyn FnMut(&[String]) -> Written,
) -> Written {
    for some in all.chunks(500) {
        let lines = app.read(|store| {
            let columns = app.columns();
            let lines = some.iter().map(|nth| line(store.connection(), &columns, *nth, shows));
            lines.collect::<Result<Vec<_>, _>>()
        })?;
        for line in lines.into_iter().flatten() {
            take(&line)?;
        }
    }
    Ok(())
}

fn write_csv(app: &App, shows: Shows, all: &[Nth], out: &mut Pipe) -> Written {
    // Spreadsheets tell UTF-8 by this mark.
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    csv.write_record(heads(shows.tongue))?;
    each_line(app, shows, all, &mut |line| {
        Ok(csv.write_record(line.iter().map(|cell| inert(cell)))?)
    })?;
    Ok(csv.flush()?)
}

fn write_xlsx(app: &App, shows: Shows, all: &[Nth], out: &mut Pipe) -> Written {
    let mut workbook = Workbook::new();
    for some in all.chunks(SHEET).chain(all.is_empty().then_some(&[][..])) {
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        put(sheet, 0, &heads(shows.tongue).map(str::to_owned))?;
        let mut row = 1;
        each_line(app, shows, some, &mut |line| {
            put(sheet, row, line)?;
            row += 1;
            Ok(())
        })?;
    }
    let mut file: File = tempfile::tempfile()?;
    workbook.save_to_writer(&mut file)?;
    io::Seek::rewind(&mut file)?;
    let mut buffer = vec![0; CHUNK];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(()),
            some => out.write_all(&buffer[..some])?,
        }
    }
}

/// Every cell is text: a formula in what somebody said stays what they said.
fn put(sheet: &mut Worksheet, row: u32, line: &[String]) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(line) {
        if !cell.is_empty() {
            // A cell holds no more.
            let cell: String = cell.chars().take(32_000).collect();
            sheet.write_string(row, column, cell)?;
        }
    }
    Ok(())
}

/// Children alone are described to nobody but those who work on cases.
fn write_json(app: &App, shows: Shows, all: &[Nth], out: &mut Pipe) -> Written {
    let directory = app.directory()?;
    for nth in all {
        let dossier = app.read(|store| {
            let query = "SELECT case_id FROM case_row WHERE n = ?1";
            let id: Result<[u8; 16], _> =
                store.connection().prepare_cached(query)?.query_row([nth], |row| row.get(0));
            let Ok(id) = id else { return Ok(None) };
            let id = CaseId::from_bytes(id);
            Ok::<_, beket_store::StoreError>(Dossier::open(id, &store.counting(id)?, &app.ring))
        })?;
        if let Some(dossier) = dossier {
            let mut line = dossier.to_json(&directory);
            if !shows.children {
                leave_out_children(&mut line);
            }
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// What is known of children alone, also where it is in dispute.
fn leave_out_children(line: &mut Value) {
    let members = line["household"].as_array_mut().into_iter().flatten();
    for member in members {
        member["separated"] = Value::Null;
    }
    if let Some(person) = line.get_mut("person") {
        person["separated"] = Value::Null;
    }
    let conflicts = line["conflicts"].as_array_mut();
    for conflict in conflicts.into_iter().flatten() {
        if conflict["path"].as_str().is_some_and(|path| path.contains("separated.")) {
            conflict["values"] = Value::Null;
        }
    }
}

/// Takes what is written and sends it on in chunks; waits for whoever reads slowly.
struct Pipe {
    chunks: Sender<io::Result<Bytes>>,
    buffer: Vec<u8>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let chunk = Bytes::from(std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK)));
        if chunk.is_empty() {
            return Ok(());
        }
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.chunks.blocking_send(Ok(chunk)).map_err(gone)
    }
}

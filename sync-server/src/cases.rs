//! A case as the office sees it: opened, with who wrote each value and where.

use beket_directory::Directory;
use beket_model::{Case, ChangeHash, Conflict, Instant, KeyRing, Opened, Reading, Status};
use beket_record::{Author, CaseId, Part};
use beket_store::FedRecord;
use serde_json::{Value, json};

/// Where something was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The station's code; `None` for the office.
    pub(crate) station: Option<String>,
    /// The kiosk's name, such as `TRK-B`; `None` for the office.
    pub(crate) kiosk: Option<String>,
}

/// A case with all that pages and exports say of it.
#[derive(Debug)]
pub(crate) struct Dossier {
    pub(crate) id: CaseId,
    pub(crate) case: Case,
    /// What the intake says, where it can be read.
    pub(crate) intake: Option<Reading>,
    /// What the answer says, where there is one.
    pub(crate) answer: Option<Reading>,
    /// What the office noted for itself.
    pub(crate) review: Option<Reading>,
    /// Who took it.
    pub(crate) taken: Option<Author>,
    /// Seconds since 1970 by the office's clock, when its first record came.
    pub(crate) received: u64,
}

impl Dossier {
    /// Opens the records of a case; `None` where there are none.
    pub(crate) fn open(id: CaseId, records: &[FedRecord], ring: &KeyRing) -> Option<Self> {
        let sealed = records.iter().filter(|fed| fed.record.header().part.is_sealed());
        let received = sealed.map(|record| record.came).min()?;
        let case = Case::open(records.iter().map(|fed| &fed.record), ring);
        let read = |opened: &Option<Opened>| opened.as_ref().map(|one| one.document.read());
        let (intake, answer) = (read(&case.intake), read(&case.answer));
        let review = read(&case.review);
        let creator = case.intake.as_ref().and_then(Self::creator);
        let any_intake = || {
            let mut headers = records.iter().map(|fed| fed.record.header());
            headers.find(|header| header.part == Part::Intake).map(|header| header.author)
        };
        Some(Self {
            id,
            taken: creator.or_else(any_intake),
            received,
            intake,
            answer,
            review,
            case,
        })
    }

    /// Who wrote the change that nothing preceded.
    fn creator(intake: &Opened) -> Option<Author> {
        let history = intake.document.history();
        intake.authors.get(&history.first()?.change).copied()
    }

    pub(crate) fn status(&self) -> Option<Status> {
        self.case.status()
    }

    /// The reference number that people say.
    pub(crate) fn reference(&self) -> Option<&str> {
        self.intake.as_ref()?.text("reference")
    }

    /// Conflicts of intake and answer; the answer's paths begin with `answer.`.
    pub(crate) fn conflicts(&self) -> Vec<(Conflict, &Opened)> {
        let of = |reading: &Option<Reading>| {
            reading.as_ref().map(|reading| reading.conflicts.clone()).unwrap_or_default()
        };
        let intake = of(&self.intake).into_iter().zip(std::iter::repeat(self.case.intake.as_ref()));
        let answer = of(&self.answer).into_iter().map(|mut conflict| {
            conflict.path = format!("answer.{}", conflict.path);
            conflict
        });
        let answer = answer.zip(std::iter::repeat(self.case.answer.as_ref()));
        let both = intake.chain(answer);
        both.filter_map(|(conflict, opened)| Some((conflict, opened?))).collect()
    }

    /// The line of an export.
    pub(crate) fn to_json(&self, directory: &Directory) -> Value {
        let mut line = json!({ "case": self.id.to_string() });
        if let Some(Value::Object(intake)) = self.intake.as_ref().map(Reading::json) {
            for (key, value) in intake {
                line[key] = value;
            }
        }
        let taken = self.taken.map(|author| origin(directory, &author));
        line["reference"] = self.reference().into();
        line["station"] = taken.as_ref().and_then(|taken| taken.station.clone()).into();
        line["device"] = taken.and_then(|taken| taken.kiosk).into();
        line["received_at"] = instant(self.received.cast_signed());
        line["status"] = self.status().map(Status::word).into();
        line["answer"] = self.answer.as_ref().map(Reading::json).into();
        line["conflicts"] =
            self.conflicts().iter().map(|(c, o)| conflict(c, o, directory)).collect();
        line["unread"] = self.case.unread.iter().map(|unread| unread.reason.clone()).collect();
        line
    }
}

fn conflict(conflict: &Conflict, opened: &Opened, directory: &Directory) -> Value {
    let value = |value: &beket_model::ConflictValue| {
        let origin = origin_of_change(directory, opened, &value.change);
        json!({
            "value": value.value,
            "by": value.by,
            "station": origin.and_then(|origin| origin.station),
            "at": instant(value.at),
        })
    };
    json!({
        "path": conflict.path,
        "values": conflict.values.iter().map(value).collect::<Vec<_>>(),
    })
}

/// Where a change was written, by the author of the record that brought it.
pub(crate) fn origin_of_change(
    directory: &Directory,
    opened: &Opened,
    change: &ChangeHash,
) -> Option<Origin> {
    opened.authors.get(change).map(|author| origin(directory, author))
}

/// Where an author writes.
pub(crate) fn origin(directory: &Directory, author: &Author) -> Origin {
    let writer = directory.writer(author);
    Origin {
        station: writer.as_ref().map(|writer| writer.station.to_string()),
        kiosk: writer.map(|writer| format!("{}-{}", writer.station, writer.letter)),
    }
}

fn instant(seconds: i64) -> Value {
    Instant::from_unix(seconds).map_or(Value::Null, |instant| Value::String(instant.to_string()))
}

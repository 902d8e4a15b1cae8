//! A case as the office sees it: opened, with who wrote each value and where.

use std::collections::BTreeMap;

use beket_directory::Directory;
use beket_model::{
    AppealStatus, Case, ChangeHash, Conflict, Heads, Instant, KeyRing, Kind, Opened, Procedure,
    Reading, Status,
};
use beket_record::{Author, CaseId, Part, RecordId};
use beket_store::FedRecord;
use beket_words::{Tongue, fields, moment};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::terms::{self, Calendar, Term};

/// A kiosk's time is believed if the office had the record within so many seconds: a kiosk may be
/// without a connection for two months. Its clock may run a little ahead.
const BELIEVED: std::ops::RangeInclusive<i64> = -600..=60 * 86_400;

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
    /// When each record came.
    came: BTreeMap<RecordId, u64>,
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
            came: records.iter().map(|fed| (fed.record.id(), fed.came)).collect(),
            intake,
            answer,
            review,
            case,
        })
    }

    /// Who wrote the change that nothing preceded.
    fn creator(intake: &Opened) -> Option<Author> {
        intake.authors.get(&intake.document.first()?).copied()
    }

    pub(crate) fn status(&self) -> Option<Status> {
        self.case.status()
    }

    /// The reference number that people say.
    pub(crate) fn reference(&self) -> Option<&str> {
        self.intake.as_ref()?.text("reference")
    }

    /// The name of a field of this case: a member's by who they are.
    pub(crate) fn name_of(&self, path: &str, tongue: Tongue) -> String {
        match &self.intake {
            Some(intake) => fields::name_in(intake, path, tongue),
            None => fields::name(path, tongue),
        }
    }

    /// Conflicts of all documents, with the document; the paths of an answer begin with `answer.`, of
    /// a review with `review.`.
    pub(crate) fn conflicts(&self) -> Vec<(Conflict, &Opened)> {
        let mut all = Vec::new();
        for (prefix, reading, opened) in [
            ("", &self.intake, &self.case.intake),
            ("answer.", &self.answer, &self.case.answer),
            ("review.", &self.review, &self.case.review),
        ] {
            let (Some(reading), Some(opened)) = (reading, opened) else { continue };
            all.extend(reading.conflicts.iter().map(|conflict| {
                let path = format!("{prefix}{}", conflict.path);
                (Conflict { path, values: conflict.values.clone() }, opened)
            }));
        }
        all
    }

    /// When a change reached the office, in seconds since 1970.
    pub(crate) fn came(&self, opened: &Opened, change: &ChangeHash) -> Option<u64> {
        self.came.get(opened.records.get(change)?).copied()
    }

    /// When the person handed it in, in seconds since 1970: by the coupon, where its clock can be
    /// believed, else when the office had it.
    pub(crate) fn handed_in(&self) -> u64 {
        let coupon = self.intake.as_ref().and_then(|intake| intake.text("taken_at"));
        let coupon = coupon.and_then(|text| Instant::parse(text).ok()).map(Instant::unix);
        coupon.and_then(|at| believed(at, self.received)).unwrap_or(self.received)
    }

    /// When a change was made, in seconds since 1970: by its writer's clock, where that can be
    /// believed, else when the office had it.
    pub(crate) fn wrote_at(&self, opened: &Opened, at: i64, change: &ChangeHash) -> u64 {
        let came = self.came(opened, change).unwrap_or(self.received);
        believed(at, came).unwrap_or(came)
    }

    /// What it is by law; `None` where the law sets no term.
    pub(crate) fn procedure(&self) -> Option<Procedure> {
        let kind = self.intake.as_ref().and_then(|intake| intake.text("kind"));
        if kind != Some("appeal") {
            return None;
        }
        let said = self.answer.as_ref().and_then(|answer| answer.text("procedure"));
        Some(said.and_then(Procedure::from_word).unwrap_or(Procedure::Application))
    }

    /// The term that the law sets; of a case that was taken up again, from then on.
    pub(crate) fn term(&self, calendar: &Calendar) -> Option<Term> {
        self.term_as(self.procedure()?, calendar)
    }

    /// The same, if it were another procedure.
    pub(crate) fn term_as(&self, procedure: Procedure, calendar: &Calendar) -> Option<Term> {
        let from = self.reopened().unwrap_or_else(|| self.handed_in().cast_signed());
        terms::term(calendar, procedure, moment::civil(from)?)
    }

    /// When it was last taken up again after a decision, in seconds since 1970.
    fn reopened(&self) -> Option<i64> {
        let under_review = Status::Appeal(AppealStatus::UnderReview).word();
        let opened = self.case.answer.as_ref()?;
        let first = opened.document.read_at(&Heads(vec![opened.document.first()?])).ok();
        let mut before = first.and_then(|first| Some(first.text("status")?.to_owned()));
        let (mut at, history) = (None, opened.document.history().iter());
        for (event, wrote) in history.flat_map(|it| it.wrote.iter().map(move |wrote| (it, wrote))) {
            if wrote.path != "status" {
                continue;
            }
            let was_open = before.is_none_or(|word| {
                Status::of_kind(Kind::Appeal, &word).is_none_or(Status::is_open)
            });
            if wrote.value == *under_review && !was_open {
                at = Some(event.at);
            }
            before = wrote.value.as_str().map(str::to_owned);
        }
        at
    }

    /// The day by which an answer is due: as the person was told, else as the law has it.
    pub(crate) fn due(&self, calendar: &Calendar) -> Option<Date> {
        self.told().or_else(|| self.term(calendar).map(|term| term.due))
    }

    /// When it was decided, in seconds since 1970: when the status that it has was first written, if
    /// no answer is awaited any more.
    pub(crate) fn decided(&self) -> Option<u64> {
        let status = self.status().filter(|status| status.is_decided())?.word();
        let opened = self.case.answer.as_ref()?;
        let mut at = None;
        for event in opened.document.history() {
            let wrote = event.wrote.iter().find(|wrote| wrote.path == "status");
            match wrote {
                Some(wrote) if wrote.value == *status => at = at.or(Some(event.at)),
                Some(_) => at = None,
                // The first change is in no list of what was written.
                None if event.wrote.is_empty() && began_with(opened, &event.change, &status) => {
                    at = at.or(Some(event.at));
                }
                None => {}
            }
        }
        u64::try_from(at?).ok()
    }

    /// The day that the person was told to expect an answer by, if they were.
    pub(crate) fn told(&self) -> Option<Date> {
        self.answer.as_ref()?.text("due_date")?.parse().ok()
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

/// A time that a kiosk told of what the office had at `came`, where it can be believed.
fn believed(at: i64, came: u64) -> Option<u64> {
    BELIEVED.contains(&(came.cast_signed() - at)).then_some(at.cast_unsigned())
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

fn began_with(opened: &Opened, change: &ChangeHash, status: &str) -> bool {
    let then = opened.document.read_at(&Heads(vec![*change]));
    then.is_ok_and(|then| then.text("status") == Some(status))
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

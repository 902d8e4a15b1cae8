//! Why a form was not saved: what went wrong, in the reader's language.

mod why;

use axum::http::StatusCode;
use beket_model::{DocumentError, FieldError};
use beket_store::{StoreError, StoreFault};
use beket_words::{Tongue, fields, moment};
use jiff::civil::Date;

use crate::writer::WriteError;
pub(crate) use why::Why;

/// Why nothing was saved.
#[derive(Debug)]
pub(crate) enum NotSaved {
    /// Something that one text says.
    Because(Why),
    /// A value that its field does not take, with the reason in English.
    Field(FieldError),
    /// An extension beyond what the rule allows.
    Beyond(Date),
    /// Some of many were not, each with its reason.
    Some(Vec<(String, NotSaved)>),
    /// The disk.
    Store(StoreFault),
}

impl NotSaved {
    /// The answer's code.
    pub(crate) fn code(&self) -> StatusCode {
        match self {
            Self::Because(Why::NoSuchCase) => StatusCode::NOT_FOUND,
            Self::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// What went wrong, in words.
    pub(crate) fn says(&self, tongue: Tongue) -> String {
        match self {
            Self::Because(word) => word.in_(tongue).to_owned(),
            Self::Field(error) => of_field(error, tongue),
            Self::Beyond(day) => {
                let day = moment::date(&day.to_string(), tongue);
                // A Russian date ends as its sentence does.
                format!("{} {}.", Why::NoLaterThan.in_(tongue), day.trim_end_matches('.'))
            }
            Self::Some(all) => {
                let said = all.iter().map(|(case, why)| format!("{case}: {}", why.says(tongue)));
                let said = said.collect::<Vec<_>>().join(" ");
                format!("{} {said}", Why::OthersGiven.in_(tongue))
            }
            Self::Store(StoreFault::Full) => Why::DiskFull.in_(tongue).to_owned(),
            Self::Store(_) => Why::DiskFailed.in_(tongue).to_owned(),
        }
    }
}

/// In the quotes of a language.
pub(crate) fn quoted(text: &str, tongue: Tongue) -> String {
    match tongue {
        Tongue::Kk | Tongue::Ru => format!("«{text}»"),
        Tongue::En => format!("“{text}”"),
    }
}

/// The field by its name; what is wrong with it in detail where we have words for it.
fn of_field(error: &FieldError, tongue: Tongue) -> String {
    let path = error.field.as_str();
    let name = fields::name(path, tongue);
    let hint = match path.rsplit('.').next().unwrap_or(path) {
        "iin" => Why::IinHint,
        "phone" => Why::PhoneHint,
        "birth_date" | "due_date" | "taken_at" | "at" => Why::DayHint,
        "age_years" => Why::AgeHint,
        _ if error.reason.contains("characters; this field holds") => Why::TooLongHint,
        "person" => Why::NamelessHint,
        _ => Why::ValueHint,
    };
    format!("{}: {}", quoted(&name, tongue), hint.in_(tongue))
}

impl From<FieldError> for NotSaved {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}

impl From<DocumentError> for NotSaved {
    fn from(error: DocumentError) -> Self {
        Self::Because(match error {
            DocumentError::UnknownHeads => Why::StaleForm,
            DocumentError::Clock => Why::OfficeClock,
            DocumentError::Guard(_) => Why::TooMuch,
            DocumentError::NoField(_) => Why::NoSuchField,
            DocumentError::Nothing | DocumentError::Automerge(_) => Why::NotWritten,
        })
    }
}

impl From<StoreError> for NotSaved {
    fn from(error: StoreError) -> Self {
        Self::Store(error.fault)
    }
}

impl From<WriteError> for NotSaved {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Store(fault, _) => Self::Store(fault),
            WriteError::Stopped => Self::Because(Why::Stopping),
        }
    }
}

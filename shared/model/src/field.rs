//! Reading JSON strictly, and naming the field that is not as it should be.
//!
//! Refuses unknown keys, keys given twice, and a list where an object belongs (which serde alone
//! would take, field by field).

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::error::Category;
use thiserror::Error;

/// A field that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{field}: {reason}")]
pub struct FieldError {
    /// Path of the field, such as `person.iin` or `household[2].sex`.
    pub field: String,
    /// What is wrong and how to put it right.
    pub reason: String,
}

impl FieldError {
    pub(crate) fn new(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { field: field.into(), reason: reason.into() }
    }

    /// `whole` is what the JSON as a whole is called.
    fn of(whole: &str, error: &serde_path_to_error::Error<serde_json::Error>) -> Self {
        let path = error.path().to_string();
        // A question mark stands for a key that was not read to its end.
        let field = match path.strip_suffix(".?").unwrap_or(&path) {
            "." | "?" => whole,
            field => field,
        };
        Self::new(field, in_words(error.inner()))
    }
}

/// What serde says of data, as a person would say it.
fn in_words(error: &serde_json::Error) -> String {
    let whole = error.to_string();
    let said = whole.split(" at line ").next().unwrap_or(&whole);
    match error.classify() {
        Category::Data => match said
            .strip_prefix("invalid type: ")
            .and_then(|s| s.split_once(", expected "))
        {
            Some((has, wanted)) => format!("has {} where {} belongs", plain(has), plain(wanted)),
            None => said.to_owned(),
        },
        // serde calls half of an escaped pair of UTF-16 a cut escape.
        Category::Syntax | Category::Eof
            if said.contains("hex escape") || said.contains("surrogate") =>
        {
            format!(
                "holds half of a character (an escape such as \\ud83d that stands alone), before column {}. \
             Please write the character itself",
                error.column()
            )
        }
        Category::Io | Category::Syntax | Category::Eof => {
            format!("is not JSON from column {} on: {said}", error.column())
        }
    }
}

/// serde's names for the kinds of values.
fn plain(kind: &str) -> String {
    let kind = kind.replace('`', "");
    for (serde, plain) in [
        ("integer", "the number"),
        ("floating point", "the number"),
        ("string", "the text"),
        ("boolean", "the word"),
    ] {
        if let Some(value) = kind.strip_prefix(serde).filter(|value| value.starts_with(' ')) {
            return format!("{plain}{value}");
        }
    }
    match kind.as_str() {
        "a string" | "string" => "a text".to_owned(),
        "map" => "an object".to_owned(),
        "sequence" | "a sequence" => "a list".to_owned(),
        "null" => "nothing (null)".to_owned(),
        other => other.to_owned(),
    }
}

/// Reads one JSON object from text, to its end.
pub(crate) fn read_text<T: DeserializeOwned>(whole: &str, text: &str) -> Result<T, FieldError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let Object(value) = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| FieldError::of(whole, &error))?;
    let more = |error: serde_json::Error| {
        let reason = "has something behind its closing brace, at column";
        FieldError::new(whole, format!("{reason} {}", error.column()))
    };
    reader.end().map_err(more)?;
    Ok(value)
}

/// Reads one JSON object.
pub(crate) fn read_value<T: DeserializeOwned>(whole: &str, value: &Value) -> Result<T, FieldError> {
    let Object(value) =
        serde_path_to_error::deserialize(value).map_err(|error| FieldError::of(whole, &error))?;
    Ok(value)
}

/// Reads `null` as "nothing given".
pub(crate) fn or_null<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads an object, or `null` as "nothing given".
pub(crate) fn object_or_null<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    let object: Option<Object<T>> = Option::deserialize(deserializer)?;
    Ok(object.map(|Object(value)| value).unwrap_or_default())
}

/// Reads a list of objects, or `null` as an empty one.
pub(crate) fn objects_or_null<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let objects: Option<Vec<Object<T>>> = Option::deserialize(deserializer)?;
    let objects = objects.into_iter().flatten();
    Ok(objects.map(|Object(value)| value).collect())
}

struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object)
    }
}

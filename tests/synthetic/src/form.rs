//! A form half filled in: one JSON object that grows key by key, in the order of the design.
//! Refuses to settle how nothing is written: sometimes `null`, sometimes no key at all,
//! because a kiosk must take both.

use serde_json::{Map, Value};

use crate::draw::Draw;

/// One JSON object.
#[derive(Debug, Default)]
pub(crate) struct Form(Map<String, Value>);

impl Form {
    pub(crate) fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    /// The value, or one of the two ways of leaving it out.
    pub(crate) fn maybe(&mut self, draw: &mut Draw, key: &str, value: Option<impl Into<Value>>) {
        match value {
            Some(value) => self.set(key, value),
            None if draw.chance(40) => self.set(key, Value::Null),
            None => {}
        }
    }

    pub(crate) fn done(self) -> Value {
        Value::Object(self.0)
    }
}

//! One write put into a document, over whatever stands there.
//!
//! Refuses to make a map that is not there: maps come with the document or with a whole entry.

use automerge::transaction::Transactable;
use automerge::{ObjId, ROOT, ReadDoc, ScalarValue, Value as Am};

use super::DocumentError;
use crate::patch::{Put, Write};
use crate::reading::standing;
use crate::tree::{to_hydrate, to_scalar};

pub(super) fn put(tx: &mut impl Transactable, write: &Write) -> Result<(), DocumentError> {
    let missing = || DocumentError::NoField(write.path());
    let (key, parents) = write.path.split_last().ok_or_else(missing)?;
    let mut maps = vec![ROOT];
    for parent in parents {
        maps = maps.iter().flat_map(|map| children(tx, map, parent)).collect();
    }
    maps.sort();
    let last = maps.last().ok_or_else(missing)?;
    match &write.put {
        Put::Scalar(value) => put_scalar(tx, &maps, key, &to_scalar(value)),
        Put::Entry(entry) => {
            let entry = to_hydrate(entry).ok_or_else(missing)?;
            tx.batch_create_object(last, key.as_str(), &entry, false)?;
            Ok(())
        }
    }
}

/// Writes over every value that stands there: one map, or several where it was created more than
/// once.
fn put_scalar(
    tx: &mut impl Transactable,
    maps: &[ObjId],
    key: &str,
    value: &ScalarValue,
) -> Result<(), DocumentError> {
    let stands = |map: &ObjId| -> Vec<Am<'static>> {
        standing(tx, map, key).map(|(value, _)| value).collect()
    };
    let standing: Vec<_> = maps.iter().map(|map| (map, stands(map))).collect();
    let is_disputed = standing.iter().map(|(_, values)| values.len()).sum::<usize>() > 1;
    let is_new = standing.iter().all(|(_, values)| values.is_empty());
    for (index, (map, values)) in standing.iter().enumerate() {
        if values.is_empty() && !(is_new && index + 1 == maps.len()) {
            continue;
        }
        // Automerge would settle for the winner by deleting the others and writing nothing: who
        // settled would go unsaid, and be lost to whoever writes at the same time.
        if is_disputed && values.last() == Some(&Am::from(value.clone())) {
            let other = if *value == ScalarValue::Null {
                ScalarValue::Boolean(false)
            } else {
                ScalarValue::Null
            };
            tx.put(*map, key, other)?;
        }
        tx.put(*map, key, value.clone())?;
    }
    Ok(())
}

fn children(doc: &impl ReadDoc, map: &ObjId, key: &str) -> Vec<ObjId> {
    let found = standing(doc, map, key);
    found.filter(|(value, _)| value.is_object()).map(|(_, id)| id).collect()
}

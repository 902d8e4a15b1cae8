//! Walks the operation columns of a change by their run lengths, expanding none.

use super::{GuardError, MAX_OPS, MAX_RAW_CHANGE_BYTES};

/// Column specifications: id in the high bits, a "compressed" bit, the type in the low three.
const DEFLATED: u32 = 0b1000;
const TYPE: u32 = 0b111;
const ACTION: u32 = 0x42;
const MAX_COLUMNS: u64 = 32;

/// A cursor over the chunk; `None` means the bytes end or overflow.
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
}

impl<'a> Walk<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes
    }

    pub(super) fn take(&mut self, len: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(usize::try_from(len).ok()?)?;
        self.bytes = rest;
        Some(taken)
    }

    pub(super) fn skip(&mut self, len: u64) -> Option<()> {
        self.take(len).map(drop)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N as u64)?.try_into().ok()
    }

    /// Unsigned LEB128 of at most 64 bits.
    pub(super) fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return None;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// Signed LEB128 of at most 64 bits.
    pub(super) fn signed(&mut self) -> Option<i64> {
        let mut value = 0_i64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            let bits = i64::from(byte & 0x7f);
            if shift == 63 && bits != 0 && bits != 0x7f {
                return None;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                let negative = byte & 0x40 != 0 && shift + 7 < 64;
                return Some(if negative { value | (-1 << (shift + 7)) } else { value });
            }
        }
        None
    }
}

/// Counts the operations of a change, with the walk at its column table; leaves it behind them.
pub(super) fn count_ops(walk: &mut Walk<'_>) -> Result<u64, GuardError> {
    let table = read_table(walk)?;
    let mut ops = 0;
    let mut value_bytes_told = 0;
    for (spec, len) in table {
        let data = walk.take(len).ok_or(GuardError::Field("columns"))?;
        let count = match spec & TYPE {
            // Raw values: the column of their lengths stands before it.
            7 if value_bytes_told == len => 0,
            7 => return Err(GuardError::Field("values")),
            4 => boolean_count(data)?,
            column_type => {
                let runs = run_count(data, column_type)?;
                if column_type == 6 {
                    value_bytes_told = runs.value_bytes;
                }
                runs.items
            }
        };
        if count > MAX_OPS {
            return Err(GuardError::TooManyOps);
        }
        if spec == ACTION {
            ops = count;
        }
    }
    Ok(ops)
}

fn read_table(walk: &mut Walk<'_>) -> Result<Vec<(u32, u64)>, GuardError> {
    const TABLE: GuardError = GuardError::Field("column table");
    let count = walk.unsigned().filter(|count| *count <= MAX_COLUMNS).ok_or(TABLE)?;
    let mut table = Vec::new();
    let mut last = None;
    for _ in 0..count {
        let spec = walk.unsigned().and_then(|spec| u32::try_from(spec).ok()).ok_or(TABLE)?;
        let len = walk.unsigned().ok_or(TABLE)?;
        if spec & DEFLATED != 0 || last.is_some_and(|last| spec <= last) {
            return Err(TABLE);
        }
        last = Some(spec);
        table.push((spec, len));
    }
    Ok(table)
}

struct Runs {
    items: u64,
    /// For value lengths: the sum of the lengths told.
    value_bytes: u64,
}

/// Items of a run-length encoded column. The sum of a group's counts is bounded like the items.
fn run_count(data: &[u8], column_type: u32) -> Result<Runs, GuardError> {
    const RUN: GuardError = GuardError::Field("columns");
    let mut walk = Walk::new(data);
    let mut runs = Runs { items: 0, value_bytes: 0 };
    let mut group_items = 0_u64;
    let mut text_bytes = 0_u64;
    while !walk.rest().is_empty() {
        let run = walk.signed().ok_or(RUN)?;
        let (items, literals) = match run {
            0 => (walk.unsigned().ok_or(RUN)?, 0),
            1.. => (run.unsigned_abs(), 1),
            ..0 => (run.unsigned_abs(), run.unsigned_abs()),
        };
        runs.items = runs.items.saturating_add(items);
        if runs.items > MAX_OPS {
            return Err(GuardError::TooManyOps);
        }
        for _ in 0..literals {
            let times = if literals == 1 { items } else { 1 };
            match column_type {
                3 => drop(walk.signed().ok_or(RUN)?),
                5 => {
                    let len = walk.unsigned().ok_or(RUN)?;
                    let text = walk.take(len).ok_or(RUN)?;
                    std::str::from_utf8(text).map_err(|_| RUN)?;
                    text_bytes = text_bytes.saturating_add(len.saturating_mul(times));
                }
                _ => {
                    let value = walk.unsigned().ok_or(RUN)?;
                    if column_type == 0 {
                        group_items = group_items.saturating_add(value.saturating_mul(times));
                    } else if column_type == 6 {
                        let told = (value >> 4).saturating_mul(times);
                        runs.value_bytes = runs.value_bytes.saturating_add(told);
                    }
                }
            }
        }
    }
    if group_items > MAX_OPS {
        return Err(GuardError::TooManyOps);
    }
    // Automerge copies a repeated key once for every operation: 16,384 times 1 MB took 16 GB.
    if text_bytes > MAX_RAW_CHANGE_BYTES as u64 { Err(GuardError::TooMuchText) } else { Ok(runs) }
}

fn boolean_count(data: &[u8]) -> Result<u64, GuardError> {
    let mut walk = Walk::new(data);
    let mut items = 0_u64;
    while !walk.rest().is_empty() {
        let run = walk.unsigned().ok_or(GuardError::Field("columns"))?;
        items = items.saturating_add(run);
    }
    Ok(items)
}

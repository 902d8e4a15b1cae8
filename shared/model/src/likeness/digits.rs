//! Owns how alike two rows of digits are: numbers and dates.

use super::Agreement;

/// `Near` is one digit written wrong, or two neighbours exchanged.
pub(super) fn agreement(one: &[u8], other: &[u8]) -> Agreement {
    if one == other {
        Agreement::Equal
    } else if is_one_slip(one, other) {
        Agreement::Near
    } else {
        Agreement::Differs
    }
}

fn is_one_slip(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut wrong = (0..one.len()).filter(|at| one[*at] != other[*at]);
    match (wrong.next(), wrong.next(), wrong.next()) {
        (Some(_), None, _) => true,
        (Some(left), Some(right), None) => {
            right == left + 1 && one[left] == other[right] && one[right] == other[left]
        }
        _ => false,
    }
}

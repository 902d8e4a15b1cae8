//! Individual identification numbers that pass the check digit and belong to nobody.
//! Refuses to read a number: judging one is the model's work.

use crate::calendar::Date;
use crate::draw::Draw;
use crate::names::Sex;

const FIRST: [i64; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND: [i64; 11] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/// A number for someone born on that day. Serials are drawn from the top of the
/// range, which the registry reaches last, so as to meet no living person's number.
pub(crate) fn issue(draw: &mut Draw, born: Date, sex: Sex) -> String {
    loop {
        let serial = draw.between(9_000, 9_999);
        let stem = format!(
            "{:02}{:02}{:02}{}{serial}",
            born.year.rem_euclid(100),
            born.month,
            born.day,
            century_digit(born.year, sex)
        );
        if let Some(check) = check_digit(&stem) {
            return format!("{stem}{check}");
        }
    }
}

/// The twelfth digit for eleven others; none where both passes give 10, since such a
/// number is never issued.
pub(crate) fn check_digit(stem: &str) -> Option<i64> {
    let pass = |weights: [i64; 11]| {
        let digits = stem.bytes().map(|byte| i64::from(byte) - i64::from(b'0'));
        digits.zip(weights).map(|(digit, weight)| digit * weight).sum::<i64>() % 11
    };
    [pass(FIRST), pass(SECOND)].into_iter().find(|sum| *sum != 10)
}

fn century_digit(year: i64, sex: Sex) -> i64 {
    let base = match year {
        ..=1899 => 1,
        1900..=1999 => 3,
        _ => 5,
    };
    base + i64::from(sex == Sex::Female)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_vectors() {
        for iin in ["850101399996", "901231499984", "000229599979", "150701699960", "990630199958"]
        {
            assert_eq!(
                check_digit(&iin[..11]).map(|digit| digit.to_string()),
                Some(iin[11..].into())
            );
        }
        for second_pass in ["850101390112", "000229690000", "150701591807"] {
            let check = check_digit(&second_pass[..11]).map(|digit| digit.to_string());
            assert_eq!(check, Some(second_pass[11..].into()));
        }
        assert_eq!(check_digit("85010139015"), None);
    }

    #[test]
    fn a_number_tells_its_birth_date() {
        let born = Date { year: 2015, month: 7, day: 1 };
        let iin = issue(&mut Draw::new(1), born, Sex::Female);
        assert!(iin.starts_with("1507016"), "{iin}");
        assert_eq!(iin.len(), 12);
    }
}

//! Kazakh telephone numbers in the spellings people write them in.
//! Refuses to normalise: that is the model's work, and this is its test.

use crate::draw::Draw;

const MOBILE: [&str; 10] = ["700", "701", "702", "705", "707", "708", "747", "771", "775", "778"];
const LANDLINE: [&str; 3] = ["72533", "72540", "72536"];

/// A number as somebody might say or type it.
pub(crate) fn spell(draw: &mut Draw) -> String {
    if draw.chance(3) {
        return landline(draw);
    }
    let code = *draw.pick(&MOBILE);
    let (a, b, c) = (draw.between(100, 999), draw.between(0, 99), draw.between(0, 99));
    let style = draw.weighted(&[(0, 40), (1, 25), (2, 15), (3, 12), (4, 8)]);
    match style {
        0 => format!("+7{code}{a}{b:02}{c:02}"),
        1 => format!("8{code}{a}{b:02}{c:02}"),
        2 => format!("8 {code} {a} {b:02} {c:02}"),
        3 => format!("+7 ({code}) {a}-{b:02}-{c:02}"),
        _ => format!("8-{code}-{a}-{b:02}-{c:02}"),
    }
}

fn landline(draw: &mut Draw) -> String {
    let (a, b, c) = (draw.between(2, 6), draw.between(0, 99), draw.between(0, 99));
    format!("8 ({}) {a}-{b:02}-{c:02}", draw.pick(&LANDLINE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_has_eleven_digits_and_several_appear() {
        let mut draw = Draw::new(3);
        let mut shapes = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let phone = spell(&mut draw);
            assert_eq!(phone.chars().filter(char::is_ascii_digit).count(), 11, "{phone}");
            shapes.insert(
                phone.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>(),
            );
        }
        assert_eq!(shapes.len(), 6, "{shapes:?}");
    }
}

//! Numbers, and the forms of words behind them: Kazakh nouns stay as they are, Russian ones have
//! three forms, English ones two.

use crate::Tongue;

/// Russian: 1 запись, 2 записи, 5 записей, 11 записей, 21 запись.
pub fn russian(number: u64, [one, few, many]: [&str; 3]) -> &str {
    match (number % 10, number % 100) {
        (1, hundreds) if hundreds != 11 => one,
        (2..=4, hundreds) if !(12..=14).contains(&hundreds) => few,
        _ => many,
    }
}

/// English: 1 record, 2 records.
pub fn english(number: u64, [one, many]: [&str; 2]) -> &str {
    if number == 1 { one } else { many }
}

/// How old somebody is, by itself: 34 жаста, 34 года, aged 34.
pub fn aged(tongue: Tongue, years: u64) -> String {
    match tongue {
        Tongue::Kk => format!("{years}\u{a0}жаста"),
        Tongue::Ru => format!("{years}\u{a0}{}", russian(years, ["год", "года", "лет"])),
        Tongue::En => format!("aged\u{a0}{years}"),
    }
}

/// So many conflicts.
pub fn conflicts(tongue: Tongue, number: u64) -> String {
    let n = digits(tongue, number);
    match tongue {
        Tongue::Kk => format!("{n} қайшылық"),
        Tongue::Ru => {
            format!("{n} {}", russian(number, ["расхождение", "расхождения", "расхождений"]))
        }
        Tongue::En => format!("{n} {}", english(number, ["conflict", "conflicts"])),
    }
}

/// Thousands apart, as each language writes them: 44 000, in English 44,000.
pub fn digits(tongue: Tongue, number: u64) -> String {
    let between = if tongue == Tongue::En { ',' } else { '\u{a0}' };
    let plain = number.to_string();
    let mut out = String::new();
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            out.push(between);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_has_its_form() {
        let cases = |number| russian(number, ["дело", "дела", "дел"]);
        assert_eq!(
            [1, 3, 5, 11, 21, 112].map(cases),
            ["дело", "дела", "дел", "дел", "дело", "дел"]
        );
        assert_eq!([0, 1, 2].map(|n| english(n, ["case", "cases"])), ["cases", "case", "cases"]);
        assert_eq!(digits(Tongue::En, 44_000), "44,000");
        assert_eq!(aged(Tongue::Ru, 21), "21\u{a0}год");
        assert_eq!(conflicts(Tongue::Ru, 2), "2 расхождения");
        let plain = |number| digits(Tongue::Kk, number);
        assert_eq!([7, 5_933, 1_000_000].map(plain), ["7", "5\u{a0}933", "1\u{a0}000\u{a0}000"]);
    }
}

//! Texts with numbers in them: Kazakh nouns stay as they are behind a number, Russian ones have
//! three forms, English ones two.

use beket_words::Tongue;
use beket_words::numbers::{digits, english, russian};

/// What waits to be sent.
pub fn waiting(tongue: Tongue, number: u64) -> String {
    let n = digits(tongue, number);
    match tongue {
        Tongue::Kk => format!("{n} жазба жіберілуін күтуде"),
        Tongue::Ru => {
            let ends = ["запись ждёт", "записи ждут", "записей ждут"];
            format!("{n} {} отправки", russian(number, ends))
        }
        Tongue::En => {
            format!("{n} {} waiting to be sent", english(number, ["record is", "records are"]))
        }
    }
}

/// How many people are in the register.
pub fn people(tongue: Tongue, number: u64) -> String {
    let n = digits(tongue, number);
    match tongue {
        Tongue::Kk => format!("{n} адам"),
        Tongue::Ru => format!("{n} {}", russian(number, ["человек", "человека", "человек"])),
        Tongue::En => format!("{n} {}", english(number, ["person", "people"])),
    }
}

/// How much of the disk is left, in billions of bytes.
pub fn disk_left(tongue: Tongue, bytes: u64) -> String {
    let n = digits(tongue, bytes / 1_000_000_000);
    match tongue {
        Tongue::Kk => format!("дискіде {n} ГБ бос"),
        Tongue::Ru => format!("на диске свободно {n} ГБ"),
        Tongue::En => format!("{n} GB of disk left"),
    }
}

/// How far a conversation with the office has come.
pub fn sent_and_fetched(tongue: Tongue, sent: u64, fetched: u64) -> String {
    let (sent, fetched) = (digits(tongue, sent), digits(tongue, fetched));
    match tongue {
        Tongue::Kk => format!("жіберілді {sent} · алынды {fetched}"),
        Tongue::Ru => format!("отправлено {sent} · получено {fetched}"),
        Tongue::En => format!("sent {sent} · fetched {fetched}"),
    }
}

/// How long ago, in the largest unit that fits.
pub fn ago(tongue: Tongue, seconds: u64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match (tongue, days, hours, minutes) {
        (Tongue::Kk, 0, 0, 0) => "жаңа ғана".to_owned(),
        (Tongue::Ru, 0, 0, 0) => "только что".to_owned(),
        (Tongue::En, 0, 0, 0) => "just now".to_owned(),
        (Tongue::Kk, 0, 0, n) => format!("{n} минут бұрын"),
        (Tongue::Ru, 0, 0, n) => {
            format!("{n} {} назад", russian(n, ["минуту", "минуты", "минут"]))
        }
        (Tongue::En, 0, 0, n) => format!("{n} {} ago", english(n, ["minute", "minutes"])),
        (Tongue::Kk, 0, n, _) => format!("{n} сағат бұрын"),
        (Tongue::Ru, 0, n, _) => format!("{n} {} назад", russian(n, ["час", "часа", "часов"])),
        (Tongue::En, 0, n, _) => format!("{n} {} ago", english(n, ["hour", "hours"])),
        (Tongue::Kk, n, ..) => format!("{n} күн бұрын"),
        (Tongue::Ru, n, ..) => format!("{n} {} назад", russian(n, ["день", "дня", "дней"])),
        (Tongue::En, n, ..) => format!("{n} {} ago", english(n, ["day", "days"])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_counts_in_its_own_way() {
        let said = |number| waiting(Tongue::Ru, number);
        assert_eq!(said(1), "1 запись ждёт отправки");
        assert_eq!(said(22), "22 записи ждут отправки");
        assert_eq!(said(11), "11 записей ждут отправки");
        assert_eq!(said(0), "0 записей ждут отправки");
        assert_eq!(waiting(Tongue::En, 1), "1 record is waiting to be sent");
        assert_eq!(waiting(Tongue::Kk, 12_345), "12\u{a0}345 жазба жіберілуін күтуде");
        assert_eq!(people(Tongue::Ru, 44_003), "44\u{a0}003 человека");
        assert_eq!(people(Tongue::En, 1), "1 person");
        assert_eq!(ago(Tongue::Ru, 59), "только что");
        assert_eq!(ago(Tongue::Ru, 61), "1 минуту назад");
        assert_eq!(ago(Tongue::Kk, 7_200), "2 сағат бұрын");
        assert_eq!(ago(Tongue::En, 86_400 * 7), "7 days ago");
        assert_eq!(sent_and_fetched(Tongue::En, 1_000, 2), "sent 1,000 · fetched 2");
    }
}

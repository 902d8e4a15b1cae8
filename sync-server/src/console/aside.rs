//! Why a record was refused, or cannot be read, in the reader's language: where it was found out, it
//! was said in English.

use beket_words::{Tongue, texts};

texts! {
    /// A kind of reasons.
    enum Why;
    Waits: "бұдан бұрынғы өзгерістер әлі жетпеген", "ещё не пришли предыдущие изменения", "waits for earlier changes";
    Clash: "бір нөмірмен екі өзгеріс жазылған, екіншісі есепке алынды", "под одним номером два изменения, учтено другое",
        "two changes bear one number; the other one counts";
    Foreign: "оны басқа құрылғы жазған", "её записало другое устройство", "another device wrote it";
    NoKey: "оны ашатын кілт мұнда жоқ", "здесь нет ключа, который её откроет", "no key here opens it";
    Seal: "мазмұны мөріне сәйкес келмейді", "содержимое не соответствует печати", "it does not fit its seal";
    Signature: "қолтаңбасы сәйкес келмейді: жолда өзгертілген не қолдан жасалған",
        "подпись не сходится: запись изменена в пути или подделана", "the signature does not fit: altered or forged";
    TooLarge: "тым үлкен", "слишком велика", "it is too large";
    Damaged: "дискіде бүлінген", "повреждена на диске", "it was damaged on the disk";
    Unreadable: "оны оқу мүмкін болмады", "прочитать её не удалось", "it could not be read";
}

/// What the English reasons hold, the more exact first.
const HELD: [(&str, Why); 11] = [
    ("waits for", Why::Waits),
    ("bear one number", Why::Clash),
    ("another device", Why::Foreign),
    ("no key", Why::NoKey),
    ("its seal", Why::Seal),
    ("signature", Why::Signature),
    ("the most", Why::TooLarge),
    ("more than", Why::TooLarge),
    ("too large", Why::TooLarge),
    ("damaged", Why::Damaged),
    ("disk", Why::Damaged),
];

/// A reason in words.
pub(super) fn said(reason: &str, tongue: Tongue) -> String {
    if tongue == Tongue::En {
        return reason.to_owned();
    }
    let why = HELD.into_iter().find(|(held, _)| reason.contains(held));
    why.map_or(Why::Unreadable, |(_, why)| why).in_(tongue).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_said_in_the_language_of_the_page() {
        let two = "waits for 2 earlier change(s) that are not here or could not be applied";
        assert_eq!(said(two, Tongue::Ru), "ещё не пришли предыдущие изменения");
        assert_eq!(
            said("no key held here opens this record", Tongue::Kk),
            "оны ашатын кілт мұнда жоқ"
        );
        assert_eq!(said("anything at all", Tongue::Ru), "прочитать её не удалось");
        assert_eq!(said("anything at all", Tongue::En), "anything at all");
    }
}

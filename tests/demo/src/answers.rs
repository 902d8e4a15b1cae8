//! The way back: what the office decides of which appeals, and whether a kiosk shows the answer.
//! Refuses to assume the shape of a kiosk's list beyond its references.

use serde_json::Value;

use crate::ledger::{Answer, Case};

/// What the office decides, one appeal after the other, with its words in each language.
const DECISIONS: [(&str, [&str; 3]); 4] = [
    (
        "under_review",
        [
            "Өтінішіңіз қарауға алынды, нәтижесін телефон арқылы хабарлаймыз.",
            "Ваше обращение принято к рассмотрению, о результате сообщим по телефону.",
            "Your appeal is under review; we will call you with the result.",
        ],
    ),
    (
        "resolved",
        [
            "Өтінішіңіз қанағаттандырылды, қосымша ештеңе қажет емес.",
            "Ваше обращение удовлетворено, ничего больше делать не нужно.",
            "Your appeal is granted; there is nothing more for you to do.",
        ],
    ),
    (
        "advised",
        [
            "Бұл мәселені әкімдіктің әлеуметтік бөлімі шешеді, құжаттар тізімі телефоныңызға жіберілді.",
            "Этот вопрос решает отдел соцзащиты акимата, список документов отправлен вам на телефон.",
            "The social department decides this; the list of documents was sent to your phone.",
        ],
    ),
    (
        "refused",
        [
            "Заңда көзделген негіз жоқ, шешімге үш ай ішінде шағымдануға болады.",
            "Оснований по закону нет, решение можно обжаловать в течение трёх месяцев.",
            "The law gives no ground for it; you may appeal this decision within three months.",
        ],
    ),
];
const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

/// So many appeals of the station in each language, and what the office says to each.
pub(crate) fn choose(cases: &[Case], station: &str, many: usize) -> Vec<(usize, Answer)> {
    let of = |language: &'static str| {
        let mine = move |case: &Case| {
            case.station == station && case.kind() == "appeal" && case.given["language"] == language
        };
        cases.iter().enumerate().filter(move |(_, case)| mine(case)).map(|(place, _)| place)
    };
    let decided = LANGUAGES.into_iter().enumerate().flat_map(|(nth, language)| {
        let places = of(language).take(many);
        places
            .zip(DECISIONS.iter().cycle())
            .map(move |(place, (status, words))| (place, Answer { status, text: words[nth] }))
    });
    decided.collect()
}

/// Whether `kiosk list --json`, one document or one a line, shows `text` with `reference`.
pub(crate) fn shown(list: &str, reference: &str, text: &str) -> bool {
    let entries = serde_json::Deserializer::from_str(list).into_iter::<Value>();
    entries.filter_map(Result::ok).any(|entry| shows(&entry, reference, text))
}

fn shows(value: &Value, reference: &str, text: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| shows(item, reference, text)),
        Value::Object(fields) if value["reference"] == reference => {
            fields.values().any(|field| mentions(field, text))
        }
        Value::Object(fields) => fields.values().any(|field| shows(field, reference, text)),
        _ => false,
    }
}

fn mentions(value: &Value, text: &str) -> bool {
    match value {
        Value::String(words) => words.contains(text),
        Value::Array(items) => items.iter().any(|item| mentions(item, text)),
        Value::Object(fields) => fields.values().any(|field| mentions(field, text)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn appeals_of_each_language_are_answered_in_it() {
        let case = |station, kind: &str, language: &str| {
            Case::new(String::new(), station, json!({"kind": kind, "language": language}))
        };
        let cases = [
            case("ARS", "appeal", "kk"),
            case("TRK", "evacuee", "kk"),
            case("TRK", "appeal", "ru"),
            case("TRK", "appeal", "kk"),
            case("TRK", "appeal", "kk"),
        ];
        let chosen = |many| {
            let chosen = choose(&cases, "TRK", many).into_iter();
            chosen.map(|(place, answer)| (place, answer.status)).collect::<Vec<_>>()
        };
        assert_eq!(chosen(1), [(3, "under_review"), (2, "under_review")]);
        assert_eq!(chosen(9), [(3, "under_review"), (4, "resolved"), (2, "under_review")]);
    }

    #[test]
    fn an_answer_counts_only_beside_its_own_reference() {
        let one = r#"{"reference":"A","answer":{"text":"қаралды"}}"#;
        let other = r#"{"reference":"B","answer":null}"#;
        for list in [
            format!("[{one},{other}]"),
            format!("{one}\n{other}"),
            format!("{{\"cases\":[{one}]}}"),
        ] {
            assert!(shown(&list, "A", "қаралды"), "{list}");
            assert!(!shown(&list, "B", "қаралды"), "{list}");
        }
    }
}

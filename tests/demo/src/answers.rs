//! The way back: which appeals the office answers, and whether a kiosk shows the answer.
//! Refuses to assume the shape of a kiosk's list beyond its references.

use serde_json::Value;

use crate::ledger::{Answer, Case};

/// The first appeal of the station in each language, and what the office says to it.
pub(crate) fn choose(cases: &[Case], station: &str) -> Vec<(usize, Answer)> {
    let words = [
        ("kk", "Өтінішіңіз қарауға алынды, нәтижесін телефон арқылы хабарлаймыз."),
        ("ru", "Ваше обращение принято к рассмотрению, о результате сообщим по телефону."),
        ("en", "Your appeal is under review; we will call you with the result."),
    ];
    let first = |language: &str| {
        cases.iter().position(|case| {
            let mine = case.station == station && case.kind() == "appeal";
            mine && case.given["language"] == language
        })
    };
    let answered = words.into_iter().filter_map(|(language, text)| {
        Some((first(language)?, Answer { status: "under_review", text }))
    });
    answered.collect()
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
    fn one_appeal_of_each_language_is_answered() {
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
        let chosen: Vec<usize> =
            choose(&cases, "TRK").into_iter().map(|(place, _)| place).collect();
        assert_eq!(chosen, [3, 2]);
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

//! What appeals are about, and the programmes under which they are taken: the words that documents
//! bear, and what people read. A word that is not in the list is read as it was written.

use crate::Tongue;

/// The word, then Kazakh, Russian, English.
type Row = [&'static str; 4];

/// As receptions of the Turkistan region sorted them in 2019.
const CATEGORIES: [Row; 19] = [
    ["housing", "тұрғын үй", "жильё", "housing"],
    ["housing_papers", "тұрғын үй құжаттары", "документы на жильё", "housing papers"],
    ["land", "жер", "земля", "land"],
    ["social_aid", "әлеуметтік көмек", "социальная помощь", "social aid"],
    ["disability", "мүгедектік", "инвалидность", "disability"],
    ["employment", "жұмысқа орналасу", "трудоустройство", "employment"],
    ["health", "денсаулық сақтау", "здравоохранение", "health"],
    ["education", "білім беру", "образование", "education"],
    ["roads", "жолдар", "дороги", "roads"],
    ["water", "ауыз су", "водоснабжение", "water"],
    ["gas", "газ", "газоснабжение", "gas"],
    ["waste", "қоқыс", "вывоз мусора", "waste"],
    ["internet", "интернет", "интернет", "internet"],
    ["ecology", "экология", "экология", "ecology"],
    ["construction", "заңсыз құрылыс", "незаконное строительство", "illegal construction"],
    ["business", "кәсіпкерлік және несие", "бизнес и кредиты", "business and credit"],
    ["police_courts", "полиция және сот", "полиция и суды", "police and courts"],
    ["sport", "спорт", "спорт", "sport"],
    ["kandas", "қандас мәртебесі", "статус кандаса", "kandas status"],
];

const PROGRAMMES: [Row; 4] = [
    ["baqytty_otbasy", "Бақытты отбасы", "Счастливая семья", "Happy Family"],
    [
        "ardagerlerdi_ardaqtaiyq",
        "Ардагерлерді ардақтайық",
        "Почитание ветеранов",
        "Honour Veterans",
    ],
    [
        "kedergisiz_keleshek",
        "Кедергісіз келешек",
        "Будущее без барьеров",
        "A Future without Barriers",
    ],
    ["doroga_v_shkolu", "Мектепке жол", "Дорога в школу", "The Road to School"],
];

/// Every category's word, as a language says it.
pub fn categories(tongue: Tongue) -> Vec<(&'static str, &'static str)> {
    CATEGORIES.iter().map(|row| (row[0], row[at(tongue)])).collect()
}

/// Every programme's word, as a language says it.
pub fn programmes(tongue: Tongue) -> Vec<(&'static str, &'static str)> {
    PROGRAMMES.iter().map(|row| (row[0], row[at(tongue)])).collect()
}

/// A category as a language says it.
pub fn category(word: &str, tongue: Tongue) -> &str {
    said(&CATEGORIES, word, tongue)
}

/// A programme as a language says it.
pub fn programme(word: &str, tongue: Tongue) -> &str {
    said(&PROGRAMMES, word, tongue)
}

fn said<'a>(rows: &[Row], word: &'a str, tongue: Tongue) -> &'a str {
    let row = rows.iter().find(|row| row[0] == word);
    row.map_or(word, |row| row[at(tongue)])
}

/// Where a row says it.
fn at(tongue: Tongue) -> usize {
    match tongue {
        Tongue::Kk => 1,
        Tongue::Ru => 2,
        Tongue::En => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_list_is_said_in_each_language_and_another_as_it_is() {
        let said = |tongue| category("water", tongue);
        assert_eq!(
            Tongue::ALL.map(|(tongue, _)| said(tongue)),
            ["ауыз су", "водоснабжение", "water"]
        );
        assert_eq!(category("көше жарығы", Tongue::Ru), "көше жарығы");
        assert_eq!(programme("baqytty_otbasy", Tongue::Ru), "Счастливая семья");
    }
}

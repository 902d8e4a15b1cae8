//! The texts of the situation page, and its paragraph for whoever asks by the hour.

use beket_words::numbers::{digits, english, russian};
use beket_words::{Tongue, moment, texts};

use crate::counted::AgeGroup;
use crate::situation::Tally;

texts! {
    /// A text of the situation page.
    pub(crate) enum Line;
    Title: "Жағдай", "Обстановка", "The situation";
    Incident: "Оқиға", "Происшествие", "Incident";
    Everything: "барлығы", "всё", "everything";
    Show: "Көрсету", "Показать", "Show";
    People: "адам", "человек", "people";
    Registered: "тіркелген адам", "зарегистрировано", "registered";
    UnderAge: "18-ге толмаған", "младше 18", "under 18";
    Alone: "ересексіз бала", "детей без взрослых", "children alone";
    ForTheReport: "Есепке арналған мәтін", "Текст для сводки", "Text for the report";
    SmallHidden: "5-тен кем сандар көрсетілмейді.", "Числа меньше 5 не называются.",
        "Numbers below 5 are not told.";
    Places: "Орындар бойынша", "По местам", "By place";
    Place: "орны", "место", "place";
    ByAge: "Қабылдау орындарындағылар: жасы мен жынысы", "В пунктах приёма: возраст и пол",
        "At reception points: age and sex";
    Age: "жасы", "возраст", "age";
    Women: "әйел", "женщины", "female";
    Men: "ер", "мужчины", "male";
    NotSaid: "айтылмаған", "не указано", "not said";
    Total: "барлығы", "всего", "total";
    NeedsOf: "Мұқтаждығы", "Нужды", "Needs";
    Need: "мұқтаждығы", "нужда", "need";
    OtherNeed: "басқа", "другое", "other";
    ByHour: "Сағат сайын: келгені мен кеткені", "По часам: прибыло и убыло", "By hour: arrivals and departures";
    Hour: "сағат", "час", "hour";
    Came: "келгені", "прибыло", "arrived";
    Went: "кеткені", "убыло", "departed";
    Journeys: "Пойыздар мен автобустар", "Поезда и автобусы", "Trains and buses";
    Journey: "көлік", "транспорт", "transport";
    Stations: "Станциялардың соңғы байланысы", "Последняя связь со станциями", "Stations: last contact";
    Station: "станция", "станция", "station";
    LastContact: "соңғы байланысы", "последняя связь", "last contact";
    Waiting: "жіберілмеген жазбасы", "не отправлено записей", "records not sent";
    Silent: "үнсіз", "молчит", "silent";
    Never: "әлі байланыс болған жоқ", "связи ещё не было", "no contact yet";
    NoOne: "Мұнда әлі ешкім тіркелмеген. Киоск байланысқа шыққанда, сандар осы жерде пайда болады.",
        "Здесь пока никто не зарегистрирован. Числа появятся, когда киоск выйдет на связь.",
        "Nobody is registered here yet. Numbers appear once a kiosk has been in contact.";
    TableBelow: "Кесте", "Таблица", "Table";
}

/// What an age group is called.
pub(crate) fn age_group(group: AgeGroup, tongue: Tongue) -> &'static str {
    match group {
        AgeGroup::Infant => "0–4",
        AgeGroup::Child => "5–11",
        AgeGroup::Adolescent => "12–17",
        AgeGroup::Adult => "18–59",
        AgeGroup::Elderly => "60+",
        AgeGroup::Unknown => Line::NotSaid.in_(tongue),
    }
}

/// Smaller numbers could tell who it is.
const LEAST_TOLD: u32 = 5;

/// A number that hides who it is.
fn told(many: u32, tongue: Tongue) -> String {
    match (many, tongue) {
        (0 | LEAST_TOLD.., _) => digits(many.into()),
        (_, Tongue::Kk) => "5-тен аз".to_owned(),
        (_, Tongue::Ru) => "менее 5".to_owned(),
        (_, Tongue::En) => "fewer than 5".to_owned(),
    }
}

/// How things stand, in one paragraph that can be copied. `reported` of `stations` were in contact.
pub(crate) fn paragraph(
    tongue: Tongue,
    incident: &str,
    all: &Tally,
    (reported, stations): (usize, usize),
    now: i64,
) -> String {
    let at = moment::spoken(now, tongue);
    let n = |many| told(many, tongue);
    let people = n(all.people());
    let [here, moved, relatives, returned, unknown] = all.whereabouts.map(n);
    let (minors, elderly) = (n(all.under_age()), n(all.aged(AgeGroup::Elderly)));
    let alone = n(all.alone);
    match tongue {
        Tongue::Kk => format!(
            "{at} жағдайы бойынша. {incident}: тіркелген адам саны – {people}. Қабылдау орындарында – \
             {here}, әрі қарай кеткені – {moved}, туыстарында – {relatives}, үйіне қайтқаны – \
             {returned}, белгісіз – {unknown}. Қабылдау орындарында 18 жасқа толмағаны – {minors}, 60 \
             жастан асқаны – {elderly}. Жанында ересек адам жоқ балалар – {alone}. Соңғы 15 минутта \
             байланысқа шыққан станциялар – {reported}/{stations}."
        ),
        Tongue::Ru => format!(
            "По состоянию на {at}. {incident}: зарегистрировано {people} {word}. В пунктах приёма – \
             {here}, в пути дальше – {moved}, у родственников – {relatives}, вернулись домой – \
             {returned}, неизвестно – {unknown}. В пунктах приёма младше 18 лет – {minors}, 60 лет и \
             старше – {elderly}. Детей без взрослых – {alone}. За последние 15 минут на связь вышли \
             {reported} из {stations} станций.",
            word = russian(all.people().into(), ["человек", "человека", "человек"]),
        ),
        Tongue::En => format!(
            "As of {at}. {incident}: {people} {word} registered. At reception points: {here}; moved on: \
             {moved}; with relatives: {relatives}; back home: {returned}; unknown: {unknown}. At \
             reception points {minors} are under 18 and {elderly} are 60 or over. Children without an \
             adult: {alone}. In the last 15 minutes {reported} of {stations} stations were in contact.",
            word = english(all.people().into(), ["person", "people"]),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_number_is_not_told() {
        let all = Tally { whereabouts: [44_000, 4, 0, 5, 1], alone: 3, ..Tally::default() };
        let said = paragraph(Tongue::En, "ARYS-2019", &all, (7, 9), 1_561_389_120);
        assert_eq!(
            said,
            "As of 24 June 2019, 21:12. ARYS-2019: 44\u{a0}010 people registered. At reception points: \
             44\u{a0}000; moved on: fewer than 5; with relatives: 0; back home: 5; unknown: fewer than 5. \
             At reception points 0 are under 18 and 0 are 60 or over. Children without an adult: fewer \
             than 5. In the last 15 minutes 7 of 9 stations were in contact."
        );
        assert!(paragraph(Tongue::Ru, "А", &all, (0, 1), 0).contains("менее 5"));
    }
}

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
    Alone: "жанында ересек адам жоқ бала", "дети без взрослых", "children alone";
    AllIncidents: "Барлық оқиға", "Все происшествия", "All incidents";
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
    NotSaid: "көрсетілмеген", "не указано", "not given";
    Total: "барлығы", "всего", "total";
    NeedsOf: "Қажеттіліктері", "Потребности", "Needs";
    Need: "қажеттілігі", "потребность", "need";
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

/// Children alone, behind their number.
pub(crate) fn children_alone(tongue: Tongue, many: u32) -> &'static str {
    match tongue {
        Tongue::Kk => "жанында ересек адам жоқ бала",
        Tongue::Ru => {
            let ends = ["ребёнок без взрослых", "ребёнка без взрослых", "детей без взрослых"];
            russian(many.into(), ends)
        }
        Tongue::En => english(many.into(), ["child alone", "children alone"]),
    }
}

/// Smaller numbers could tell who it is.
const LEAST_TOLD: u32 = 5;

/// A number as it may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Number(u32),
    Few,
    Nothing,
}

impl Told {
    fn of(many: u32) -> Self {
        if (1..LEAST_TOLD).contains(&many) { Self::Few } else { Self::Number(many) }
    }

    /// Numbers whose sum is told, too: of one that is hidden alone the rest would tell it, so that the
    /// next smallest is hidden with it.
    fn parts<const N: usize>(all: [u32; N]) -> [Self; N] {
        let mut told = all.map(Self::of);
        if told.iter().filter(|one| **one == Self::Few).count() == 1 {
            let next = (0..N).filter(|at| told[*at] != Self::Few).min_by_key(|at| all[*at]);
            if let Some(next) = next {
                told[next] = if all[next] < LEAST_TOLD { Self::Few } else { Self::Nothing };
            }
        }
        told
    }

    fn says(self, tongue: Tongue) -> String {
        match (self, tongue) {
            (Self::Number(many), _) => digits(tongue, many.into()),
            (Self::Few, Tongue::Kk) => "5-тен аз".to_owned(),
            (Self::Few, Tongue::Ru) => "менее 5".to_owned(),
            (Self::Few, Tongue::En) => "fewer than 5".to_owned(),
            (Self::Nothing, Tongue::Kk) => "көрсетілмейді".to_owned(),
            (Self::Nothing, Tongue::Ru) => "не указывается".to_owned(),
            (Self::Nothing, Tongue::En) => "not told".to_owned(),
        }
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
    let n = |many| Told::of(many).says(tongue);
    let people = n(all.people());
    let whereabouts = Told::parts(all.whereabouts);
    let [here, moved, relatives, returned, unknown] = whereabouts.map(|told| told.says(tongue));
    let (minors, elderly) = (n(all.under_age()), n(all.aged(AgeGroup::Elderly)));
    let alone = n(all.alone);
    match tongue {
        Tongue::Kk => format!(
            "{at} жағдайы бойынша. {incident}: тіркелген адам саны — {people}. Қабылдау орындарында — \
             {here}, әрі қарай кеткені — {moved}, туыстарында — {relatives}, үйіне қайтқаны — \
             {returned}, белгісіз — {unknown}. Қабылдау орындарында 18 жасқа толмағаны — {minors}, 60 \
             жас және одан үлкені — {elderly}. Жанында ересек адам жоқ балалар — {alone}. Соңғы 15 \
             минутта байланысқа шыққан станциялар — {reported}/{stations}."
        ),
        Tongue::Ru => format!(
            "По состоянию на {at}. {incident}: зарегистрировано людей: {people}. В пунктах приёма — \
             {here}, в пути дальше — {moved}, у родственников — {relatives}, вернулись домой — \
             {returned}, неизвестно — {unknown}. В пунктах приёма младше 18 лет — {minors}, 60 лет и \
             старше — {elderly}. Детей без взрослых — {alone}. За последние 15 минут на связь вышло \
             станций: {reported} из {stations}."
        ),
        Tongue::En => format!(
            "As of {at}. {incident}: people registered: {people}. At reception points: {here}; moved on: \
             {moved}; with relatives: {relatives}; back home: {returned}; unknown: {unknown}. At \
             reception points {minors} are under 18 and {elderly} are 60 or over. Children without an \
             adult: {alone}. Stations in contact in the last 15 minutes: {reported} of {stations}."
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
            "As of 24 June 2019, 21:12. ARYS-2019: people registered: 44,010. At reception points: \
             44,000; moved on: fewer than 5; with relatives: 0; back home: 5; unknown: fewer than 5. \
             At reception points 0 are under 18 and 0 are 60 or over. Children without an adult: fewer \
             than 5. Stations in contact in the last 15 minutes: 7 of 9."
        );
        assert!(paragraph(Tongue::Ru, "А", &all, (0, 1), 0).contains("менее 5"));
    }

    #[test]
    fn a_small_number_is_not_what_is_left_of_the_sum() {
        use Told::{Few, Nothing, Number};
        assert_eq!(
            Told::parts([44_000, 3, 9, 7, 8]),
            [Number(44_000), Few, Number(9), Nothing, Number(8)]
        );
        assert_eq!(
            Told::parts([44_000, 3, 9, 0, 8]),
            [Number(44_000), Few, Number(9), Few, Number(8)]
        );
        assert_eq!(Told::parts([9, 3, 2, 0, 8]), [Number(9), Few, Few, Number(0), Number(8)]);
        assert_eq!(Told::parts([9, 5, 0, 0, 8]), [9, 5, 0, 0, 8].map(Number));
        let all = Tally { whereabouts: [44_000, 3, 9, 7, 8], ..Tally::default() };
        let said = paragraph(Tongue::Kk, "А", &all, (0, 1), 0);
        assert!(said.contains("үйіне қайтқаны — көрсетілмейді"), "{said}");
    }

    #[test]
    fn children_alone_agree_with_their_number() {
        assert_eq!(children_alone(Tongue::Ru, 1), "ребёнок без взрослых");
        assert_eq!(children_alone(Tongue::Ru, 3), "ребёнка без взрослых");
        assert_eq!(children_alone(Tongue::En, 1), "child alone");
    }
}

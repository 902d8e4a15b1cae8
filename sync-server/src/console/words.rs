//! The console's own texts in Kazakh, Russian and English; the terms of the trade are shared with
//! the kiosk.

use beket_words::numbers::{digits, english, russian};
use beket_words::{Tongue, texts};

texts! {
    /// A text of the console.
    pub(crate) enum Word;
    SignIn: "Кіру", "Вход", "Sign in";
    SignInAction: "Кіру", "Войти", "Sign in";
    SignOut: "Шығу", "Выйти", "Sign out";
    Name: "Атыңыз", "Имя", "Name";
    Password: "Құпиясөз", "Пароль", "Password";
    WrongPassword: "Аты мен құпиясөз сәйкес келмейді. Тексеріп, қайта енгізіңіз.",
        "Имя и пароль не подходят друг к другу. Проверьте их и введите ещё раз.",
        "Name and password don't go together. Check them and try again.";
    Cases: "Істер", "Дела", "Cases";
    Search: "Іздеу", "Найти", "Search";
    SearchHelp: "Тегі, аты, тіркеу нөмірі, ЖСН немесе телефон",
        "Фамилия, имя, номер, ИИН или телефон", "Surname, name, reference, IIN or phone";
    CutShort: "алғашқы 20 000-ы қаралды, нақтырақ теріңіз", "просмотрены последние 20 000, уточните запрос",
        "only the latest 20,000 were looked at; type more";
    AskedFor: "Қолданылған сүзгілер", "Что отобрано", "What is asked for";
    TakeAway: "алып тастау", "убрать", "take away";
    Filters: "Сүзгілер", "Отбор", "Filters";
    Apply: "Қолдану", "Применить", "Apply";
    Any: "кез келгені", "любой", "any";
    Nobody: "ешкім", "никто", "nobody";
    Assignee: "жауапты", "ответственный", "assigned to";
    Assign: "Тағайындау", "Назначить", "Assign";
    AssignMarked: "Белгіленген істерге жауапты", "Ответственный за отмеченные дела",
        "Assign the marked cases to";
    OthersGiven: "Қалғандары тағайындалды. Мыналар тағайындалмады:",
        "Остальные назначены. Не назначены:", "The others were assigned. These were not:";
    TooManyMarked: "Бір рет 50 істен артық тағайындалмайды. Ештеңе өзгертілген жоқ.",
        "За один раз назначают не больше 50 дел. Ничего не изменено.",
        "No more than 50 cases are assigned at once. Nothing was changed.";
    NobodyOfThatName: "Мұндай қызметкер жоқ.", "Такого сотрудника нет.", "There is no such member of staff.";
    Mark: "Белгілеу", "Отметить", "Mark";
    Scope: "станция немесе оқиға", "станция или происшествие", "station or incident";
    District: "аудан", "район", "district";
    FromDay: "түскен күні, бастап", "поступило с", "arrived from";
    ToDay: "түскен күні, дейін", "поступило по", "arrived until";
    Overdue: "Мерзімі өткен", "Просрочено", "Overdue";
    PossibleDuplicate: "Бір адам болуы мүмкін", "Возможный повтор", "Possible duplicate";
    ChildrenAlone: "Ересексіз балалар", "Дети без взрослых", "Children alone";
    NextPage: "Келесі бет", "Следующая страница", "Next page";
    Keys: "Пернелер", "Клавиши", "Keys";
    KeySearch: "іздеу", "поиск", "search";
    KeyDown: "келесі іс", "следующее дело", "next case";
    KeyUp: "алдыңғы іс", "предыдущее дело", "case before";
    KeyOpen: "істі ашу", "открыть дело", "open the case";
    KeyHelp: "осы терезе", "это окно", "this window";
    Close: "Жабу", "Закрыть", "Close";
    NotYours: "Бұған рұқсатыңыз жоқ", "У вас нет на это права", "This is not yours to do";
    NotYoursWhy: "Ештеңе өзгертілген жоқ. Керек болса, әкімшіден рұқсат сұраңыз.",
        "Ничего не изменено. Если это нужно, попросите администратора.",
        "Nothing was changed. If you need to, ask the administrator.";
    OnlyConflicts: "Қайшылығы бар істер", "С расхождениями", "With conflicts";
    AllCases: "Барлық істер", "Все дела", "All cases";
    NoCases: "Мұнда әлі іс жоқ. Киоск байланысқа шыққанда, істер осы жерде пайда болады.",
        "Здесь пока нет дел. Они появятся, когда киоск выйдет на связь.",
        "No cases here yet. They appear once a kiosk has been in contact.";
    NothingFound: "Ештеңе табылмады. Басқаша жазып көріңіз немесе сүзгіні алып тастаңыз.",
        "Ничего не найдено. Попробуйте написать иначе или уберите отбор.",
        "Nothing found. Try another spelling, or take a filter away.";
    Keep: "Мынаны қалдыру", "Оставить", "Keep";
    SetStatus: "Күйін сақтау", "Сохранить состояние", "Save the status";
    Correct: "Түзету", "Исправить", "Correct";
    CorrectField: "Мәліметті түзету", "Исправить данные", "Correct a detail";
    Field: "Өріс", "Поле", "Field";
    NewValue: "Жаңа мәні (бос қалса, тазартылады)", "Новое значение (пустое — очистить)",
        "New value (empty clears it)";
    NoSuchCase: "Мұндай іс жоқ", "Такого дела нет", "There is no such case";
    NotSaved: "Сақталмады", "Не сохранено", "Not saved";
    GoBack: "Іске оралу", "Вернуться к делу", "Back to the case";
}

/// So many cases came since the page was drawn; on a link that shows them.
pub(crate) fn new_cases(tongue: Tongue, many: u64) -> String {
    let number = digits(many);
    match tongue {
        Tongue::Kk => format!("{number} жаңа іс. Көрсету"),
        Tongue::Ru => {
            let ends = ["новое дело", "новых дела", "новых дел"];
            format!("{number} {}. Показать", russian(many, ends))
        }
        Tongue::En => format!("{number} {}. Show", english(many, ["new case", "new cases"])),
    }
}

/// So many cases.
pub(crate) fn cases_counted(tongue: Tongue, many: u64) -> String {
    let number = digits(many);
    match tongue {
        Tongue::Kk => format!("{number} іс"),
        Tongue::Ru => format!("{number} {}", russian(many, ["дело", "дела", "дел"])),
        Tongue::En => format!("{number} {}", english(many, ["case", "cases"])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_written_in_the_letters_of_its_language() {
        for word in Word::ALL {
            let latin = |tongue| word.in_(tongue).chars().any(|c| c.is_ascii_alphabetic());
            assert!(!latin(Tongue::Kk) && !latin(Tongue::Ru), "{word:?}");
            assert!(word.in_(Tongue::En).is_ascii(), "{word:?}");
        }
    }
}

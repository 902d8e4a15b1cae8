//! The console's own texts in Kazakh, Russian and English; the terms of the trade are shared with
//! the kiosk.

use beket_words::texts;

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
    OnlyConflicts: "Қайшылығы бар істер", "С расхождениями", "With conflicts";
    AllCases: "Барлық істер", "Все дела", "All cases";
    NoCases: "Мұнда әлі іс жоқ. Киоск байланысқа шыққанда, істер осы жерде пайда болады.",
        "Здесь пока нет дел. Они появятся, когда киоск выйдет на связь.",
        "No cases here yet. They appear once a kiosk has been in contact.";
    NothingFound: "Ештеңе табылмады. Басқаша жазып көріңіз немесе сүзгіні алып тастаңыз.",
        "Ничего не найдено. Попробуйте написать иначе или уберите отбор.",
        "Nothing found. Try another spelling, or take a filter away.";
    Older: "Ертерек түскендері", "Более ранние", "Earlier ones";
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

#[cfg(test)]
mod tests {
    use beket_words::Tongue;

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

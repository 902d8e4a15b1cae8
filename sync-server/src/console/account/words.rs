//! The texts of signing in, of one's own account, and of the page that looks after accounts.

use beket_words::texts;

texts! {
    /// A text about accounts.
    pub(crate) enum Line;
    Mine: "Менің тіркелгім", "Моя учётная запись", "My account";
    Code: "Телефондағы код (қосылған болса)", "Код из телефона (если подключён)", "Code from your phone (if set up)";
    CodeNeeded: "Бұл тіркелгіге телефондағы код та керек. Құпиясөзді және кодты енгізіңіз.",
        "Для этой учётной записи нужен ещё код из телефона. Введите пароль и код.",
        "This account also needs the code from its phone. Type the password and the code.";
    Locked: "Қате құпиясөз тым көп терілді. Мына уақыттан кейін қайталаңыз:", "Слишком много неверных паролей. Повторите после",
        "Too many wrong passwords. Try again after:";
    ChooseFirst: "Бұл құпиясөзді оны жасаған адам да біледі. Алдымен өз құпиясөзіңізді қойыңыз.",
        "Этот пароль знает и тот, кто его создал. Сначала задайте свой.",
        "Whoever made this password knows it, too. Choose one of your own first.";
    ChangePassword: "Құпиясөзді ауыстыру", "Сменить пароль", "Change the password";
    OldPassword: "қазіргі құпиясөз", "текущий пароль", "present password";
    NewPassword: "жаңа құпиясөз, кемінде 12 таңба", "новый пароль, не меньше 12 знаков", "new password, at least 12 characters";
    NewAgain: "жаңа құпиясөз тағы бір рет", "новый пароль ещё раз", "new password once more";
    OthersOut: "Басқа құрылғыларда қайта кіру керек болады.", "На других устройствах придётся войти заново.", "Your other sessions end.";
    WrongOld: "Қазіргі құпиясөз сәйкес келмейді. Ештеңе өзгертілген жоқ.", "Текущий пароль не подходит. Ничего не изменено.",
        "The present password is not right. Nothing was changed.";
    TooShort: "Жаңа құпиясөз қысқа: кемінде 12 таңба.", "Новый пароль короткий: не меньше 12 знаков.",
        "The new password is short: at least 12 characters.";
    NotNew: "Жаңа құпиясөз қазіргісінен басқа болуы керек.", "Новый пароль должен отличаться от текущего.",
        "The new password must differ from the present one.";
    NotAlike: "Екі рет терілген құпиясөз бірдей емес.", "Пароли не совпадают.", "The two new passwords differ.";
    Done: "Сақталды.", "Сохранено.", "Saved.";
    Second: "Телефондағы код", "Код из телефона", "Code from a phone";
    SecondHelp: "Кірген сайын құпиясөзден бөлек телефондағы код сұралады. Ұрланған құпиясөз ештеңе ашпайды.",
        "При каждом входе, кроме пароля, нужен код из телефона. Украденный пароль ничего не откроет.",
        "Every sign-in then asks for a code from your phone, too. A stolen password opens nothing.";
    SecondIsSet: "Қосылған.", "Подключён.", "It is set up.";
    ScanThis: "Код қолданбасымен сканерлеп, шыққан кодты теріңіз.", "Отсканируйте приложением для кодов и введите показанный код.",
        "Scan this with your authenticator and type the code that it shows.";
    Secret: "не мына кілтті теріңіз", "или введите этот ключ", "or type this secret";
    TypeCode: "код", "код", "code";
    SetUp: "Қосу", "Подключить", "Set it up";
    TakeAway: "Өшіру", "Отключить", "Turn it off";
    WrongCode: "Код сәйкес келмейді. Телефонның сағатын тексеріп, жаңа кодты теріңіз.", "Код не подходит. Проверьте часы телефона и введите новый код.",
        "That code does not fit. Check the phone's clock and type a new one.";
    Accounts: "Қызметкерлер", "Сотрудники", "Staff";
    Name: "аты", "имя", "name";
    Role: "рөлі", "роль", "role";
    Operator: "оператор", "оператор", "operator";
    Supervisor: "жетекші", "руководитель", "supervisor";
    Registrar: "киоск тіркеуші", "регистратор киосков", "registrar of kiosks";
    Auditor: "аудитор", "аудитор", "auditor";
    Administrator: "әкімші", "администратор", "administrator";
    Closed: "жабылған", "закрыта", "closed";
    Save: "Сақтау", "Сохранить", "Save";
    Close: "Жабу", "Закрыть", "Close";
    Reopen: "Қайта ашу", "Открыть снова", "Open again";
    NewFor: "Жаңа құпиясөз", "Новый пароль", "New password";
    Reset: "Құпиясөз бен кодты жаңарту", "Сбросить пароль и код", "Reset password and code";
    Add: "Қызметкер қосу", "Добавить сотрудника", "Add somebody";
    ShownOnce: "Бұл құпиясөз бір рет қана көрсетіледі. Оны қызметкерге өз қолыңызбен беріңіз.",
        "Этот пароль показывается один раз. Передайте его сотруднику лично.",
        "This password is shown once. Hand it to them yourself.";
    LastOne: "Кемінде бір әкімші қалуы керек. Ештеңе өзгертілген жоқ.", "Должен остаться хотя бы один администратор. Ничего не изменено.",
        "At least one administrator must remain. Nothing was changed.";
    NameTaken: "Мұндай атпен қызметкер бар не аты бос. Ештеңе өзгертілген жоқ.", "Такое имя уже есть или оно пустое. Ничего не изменено.",
        "That name is taken, or empty. Nothing was changed.";
    Log: "Журнал", "Журнал", "Log";
    LogHelp: "Кім не көрді, не істеді. Істің өзгерістері істің тарихында.", "Кто что видел и делал. Изменения дел — в их истории.",
        "Who saw and did what. Changes of a case are in its history.";
    When: "уақыты", "время", "when";
    Did: "не істеді", "что сделано", "did";
    Outcome: "нәтижесі", "итог", "outcome";
    Saw: "көрді", "просмотр", "saw";
    Changed: "өзгертті", "изменение", "changed";
    Refused: "рұқсат жоқ", "отказано", "refused";
    HungUp: "жауабын күтпеді", "ответа не дождались", "did not wait for the answer";
    Failed: "орындалмады", "не выполнено", "not done";
    OnlyOf: "тек мына қызметкер", "только сотрудник", "only of";
    Show: "Көрсету", "Показать", "Show";
    Older: "Бұрынғылары", "Более ранние", "Older";
    Empty: "Журнал бос.", "Журнал пуст.", "The log is empty.";
}

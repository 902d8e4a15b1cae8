//! The console's own texts in Kazakh, Russian and English; the terms of the trade are shared with
//! the kiosk.

use beket_words::numbers::{digits, english, russian};
use beket_words::{Tongue, texts};

use crate::terms::Length;

texts! {
    /// A text of the console.
    pub(crate) enum Word;
    SignIn: "Кіру", "Вход", "Sign in";
    SignInAction: "Кіру", "Войти", "Sign in";
    SignOut: "Шығу", "Выйти", "Sign out";
    Name: "Атыңыз", "Имя", "Name";
    Password: "Құпиясөз", "Пароль", "Password";
    WrongPassword: "Атыңыз немесе құпиясөз сәйкес келмейді. Тексеріп, қайта енгізіңіз.",
        "Имя или пароль не подходят. Проверьте их и введите ещё раз.",
        "Name and password don't go together. Check them and try again.";
    Cases: "Істер", "Дела", "Cases";
    Hotline: "Жедел желі", "Горячая линия", "Hotline";
    Situation: "Жағдай", "Обстановка", "Situation";
    Reports: "Есептер", "Отчёты", "Reports";
    Rows: "Жолдары", "Строки", "Rows";
    Month: "ай", "месяц", "month";
    AgeGroupOf: "жас тобы", "возрастная группа", "age group";
    NotSaid: "көрсетілмеген", "не указано", "not given";
    Total: "барлығы", "всего", "total";
    MedianTime: "шешу уақыты, медиана", "время решения, медиана", "time to decision, median";
    NinthTime: "шешу уақыты, 90 %", "время решения, 90 %", "time to decision, 90 %";
    ExportAs: "Файлға шығару", "Выгрузить в файл", "Export to a file";
    NoSuchFile: "Мұндай файл жоқ", "Такого файла нет", "There is no such file";
    PeopleCounted: "адам саны", "количество людей", "people";
    DecidedAt: "шешілген уақыты", "решено", "decided";
    Kiosks: "Киоскілер", "Киоски", "Kiosks";
    Accounts: "Қызметкерлер", "Сотрудники", "Staff";
    Log: "Журнал", "Журнал", "Log";
    Pages: "Беттер", "Разделы", "Pages";
    Yours: "Тіл және шығу", "Язык и выход", "Language and signing out";
    Search: "Іздеу", "Найти", "Search";
    SearchHelp: "Тегі, аты, тіркеу нөмірі, ЖСН немесе телефон",
        "Фамилия, имя, номер, ИИН или телефон", "Surname, name, reference, IIN or phone";
    CutShort: "тек соңғы 20\u{a0}000-ы қаралды, нақтырақ теріңіз", "просмотрены последние 20\u{a0}000, уточните запрос",
        "only the latest 20\u{a0}000 were looked at; type more";
    AskedFor: "Қолданылған сүзгілер", "Что отобрано", "What is asked for";
    TakeAway: "алып тастау", "убрать", "take away";
    Filters: "Сүзгілер", "Отбор", "Filters";
    Apply: "Қолдану", "Применить", "Apply";
    Any: "барлығы", "все", "any";
    Nobody: "ешкім", "никто", "nobody";
    Assign: "Тағайындау", "Назначить", "Assign";
    AssignMarked: "Белгіленген істерге жауапты", "Ответственный за отмеченные дела",
        "Assign the marked cases to";
    Mark: "Белгілеу", "Отметить", "Mark";
    Scope: "станция немесе оқиға", "станция или происшествие", "station or incident";
    District: "аудан", "район", "district";
    FromDay: "тіркелген күні (басы):", "зарегистрировано с", "registered from";
    ToDay: "тіркелген күні (соңы):", "зарегистрировано по", "registered until";
    Overdue: "Мерзімі өткен", "Просрочено", "Overdue";
    PossibleDuplicate: "Бір адам болуы мүмкін", "Возможный повтор", "Possible duplicate";
    ChildrenAlone: "Ересексіз балалар", "Дети без взрослых", "Children alone";
    NextPage: "Келесі бет", "Следующая страница", "Next page";
    Keys: "Пернелер", "Клавиши", "Keys";
    KeySearch: "іздеу", "поиск", "search";
    KeyDown: "келесі іс", "следующее дело", "next case";
    KeyUp: "алдыңғы іс", "предыдущее дело", "previous case";
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
    Together: "Отбасының қалған мүшелерімен бірге", "Вместе с остальной семьёй",
        "With the rest of the household";
    ButTheChild: "ересегі жоқ баладан басқа", "кроме ребёнка без взрослых",
        "but not the child alone";
    SetStatus: "Күйін сақтау", "Сохранить состояние", "Save the status";
    Correct: "Түзету", "Исправить", "Correct";
    CorrectField: "Мәліметті түзету", "Исправить данные", "Correct a detail";
    CorrectWords: "Мәтінді түзету", "Исправить текст", "Correct the words";
    CorrectPeople: "Мұқтаждықтары мен отбасы құрамын түзету", "Исправить потребности и состав семьи",
        "Correct needs and the household";
    NotOfHousehold: "Бұл отбасынан емес", "Не из этой семьи", "Not of this household";
    PutBack: "Отбасына қайтару", "Вернуть в семью", "Put back into the household";
    AddMember: "Отбасы мүшесін қосу", "Добавить члена семьи", "Add a member of the household";
    Field: "Өріс", "Поле", "Field";
    NewValue: "Жаңа мәні (бос қалса, тазартылады)", "Новое значение (пустое — очистить)",
        "New value (empty clears it)";
    NotRead: "Бұл бетті көрсету мүмкін болмады", "Страницу не удалось показать", "This page could not be shown";
    NotReadWhy: "Деректер аман, бірақ қазір оқылмады. Бір минуттан кейін қайталаңыз; қайталанса, әкімшіге айтыңыз.",
        "Данные целы, но сейчас не прочитались. Повторите через минуту; если повторится, сообщите администратору.",
        "The data is safe, but could not be read just now. Try again in a minute; if it happens again, tell the administrator.";
    OrderOf: "Реті", "Порядок", "Order";
    LastToArrive: "жаңалары алдымен", "сначала новые", "newest first";
    LastToChange: "өзгергендері алдымен", "сначала изменённые", "last changed first";
    FirstToBeDue: "мерзімі бойынша", "по сроку", "by due date";
    ByName: "әліпби бойынша", "по алфавиту", "by name";
    NoSuchPage: "Мұндай бет жоқ", "Такой страницы нет", "There is no such page";
    NoSuchPageWhy: "Мекенжайды тексеріңіз немесе істер тізімінен бастаңыз.",
        "Проверьте адрес или начните со списка дел.", "Check the address, or begin at the list of cases.";
    NotUnderstood: "Сұрау оқылмады", "Запрос не прочитан", "That could not be read";
    NotUnderstoodWhy: "Мекенжай не форма толық емес, сондықтан ештеңе өзгертілген жоқ. Бетті қайта ашып, қайталаңыз.",
        "Адрес или форма неполны, поэтому ничего не изменено. Откройте страницу заново и повторите.",
        "The address or the form is not whole, so nothing was changed. Open the page anew and try again.";
    TooLarge: "Форма тым үлкен", "Форма слишком велика", "The form is too large";
    TooLargeWhy: "Ештеңе сақталған жоқ. Мәтінді қысқартып, қайталаңыз.",
        "Ничего не сохранено. Сократите текст и повторите.", "Nothing was saved. Shorten the text and try again.";
    NoAnswer: "Сервер жауап бере алмады", "Сервер не смог ответить", "The server could not answer";
    NoAnswerWhy: "Форма жіберген болсаңыз, бетті ашып, не сақталғанын қараңыз. Қайталанса, әкімшіге айтыңыз.",
        "Если вы отправляли форму, откройте страницу и посмотрите, что сохранилось. Если повторится, сообщите администратору.",
        "If you sent a form, open the page and see what was saved. If it happens again, tell the administrator.";
    SessionEnded: "Сеанс аяқталған, ештеңе сақталған жоқ", "Сеанс завершён, ничего не сохранено",
        "Your session has ended, and nothing was saved";
    SessionEndedWhy: "Қайта кіріңіз де, әрекетті қайталаңыз.", "Войдите заново и повторите.", "Sign in again, and repeat it.";
    CopyIt: "Тергеніңіз төменде тұр: көшіріп алып, формаға қойыңыз. Бұл бет жабылса, ол жоғалады.",
        "Введённое стоит ниже: скопируйте его и вставьте в форму. Если закрыть эту страницу, оно пропадёт.",
        "What you typed is below: copy it, and put it into the form. If this page is closed, it is gone.";
    WhatYouTyped: "Тергеніңіз", "Введённое", "What you typed";
    SignInAnew: "Жаңа бетте кіру", "Войти в новой вкладке", "Sign in, in a new tab";
    TooOften: "Тым жиі сұралды", "Слишком много запросов", "Too many requests";
    TooOftenWhy: "Ештеңе өзгертілген жоқ. Бір минуттан кейін қайталаңыз.",
        "Ничего не изменено. Повторите через минуту.", "Nothing was changed. Try again in a minute.";
    ForeignForm: "Бұл форма басқа сайттан жіберілген, сондықтан ештеңе өзгертілген жоқ. Бетті осында ашып, қайталаңыз.",
        "Эта форма пришла с другого сайта, поэтому ничего не изменено. Откройте страницу здесь и повторите.",
        "This form came from another site, so nothing was changed. Open the page here and try again.";
    NotSaved: "Сақталмады", "Не сохранено", "Not saved";
    ComeBack: "Ештеңе жоғалған жоқ: тергеніңіз төменде тұр.", "Ничего не потеряно: введённое стоит ниже.",
        "Nothing was lost: what you typed is below.";
    TakenBy: "тіркеген", "кем принято", "taken by";
    ByItsClock: "құрылғының сағаты бойынша", "по часам устройства", "by the device's clock";
    AtTheCentre: "орталыққа түскені", "поступило в центр", "reached the centre";
    Late: "орталыққа түскені", "в центре с", "at the centre since";
    Decision: "Шешім", "Решение", "Decision";
    WhatToDo: "Не істеледі", "Что сделать", "What to do";
    Decide: "Шешімді сақтау", "Сохранить решение", "Save the decision";
    OnlyText: "күйі өзгермейді, тек мәтін жазылады", "состояние прежнее, только текст",
        "leave the status, write the text only";
    DoReview: "қарауға алу", "взять на рассмотрение", "take under review";
    DoReopen: "қайта қарау", "возобновить рассмотрение", "reopen";
    DoResolve: "оң шешу", "решить положительно", "resolve";
    DoAdvise: "түсіндірме беру", "дать консультацию", "advise";
    DoRefuse: "бас тарту", "отказать", "refuse";
    DoForward: "басқа органға жіберу", "перенаправить в другой орган", "forward to another body";
    DoWithdraw: "адам кері қайтарып алды", "отозвано самим человеком", "withdrawn by the person";
    ForWhom: "Қайда жіберіледі (жіберілсе)", "Куда (если перенаправляется)", "To whom (if forwarded)";
    TextHelp: "Мұны адам станцияда көреді. Бас тартылса, себебін жазыңыз.",
        "Это человек увидит на станции. При отказе напишите причину.",
        "The person is shown this at the station. When refusing, give the reason.";
    ForwardPart: "Бөлігін басқа органға жіберу", "Перенаправить часть", "Forward a part";
    ForwardPartHelp: "Сол бөлігі байланысқан жеке іс болады, қалғаны осы істе қаралады.",
        "Эта часть станет отдельным связанным делом, остальное рассматривается здесь.",
        "That part becomes a linked case of its own; the rest is decided here.";
    WhichPart: "Қай бөлігі", "Какая часть", "Which part";
    PartTo: "Қайда жіберіледі", "Куда перенаправляется", "To whom";
    Extend: "Мерзімді ұзарту", "Продлить срок", "Extend the term";
    NewDue: "Жаңа мерзімі", "Новый срок", "New due date";
    Reason: "Себебі", "Причина", "Reason";
    VoidIt: "Жарамсыз деп тану", "Аннулировать", "Void";
    VoidHelp: "Қателесіп не жаттығу үшін тіркелген істерге арналған. Іс өшірілмейді.",
        "Для дел, принятых по ошибке или для тренировки. Дело не удаляется.",
        "For cases taken by mistake or for practice. Nothing is deleted.";
    Restore: "Қайта жарамды ету", "Отменить аннулирование", "Make it valid again";
    TakeIt: "Өзіме алу", "Взять себе", "Take it myself";
    AssignIt: "Тағайындау", "Назначить", "Assign";
    ProcedureIs: "Түрін сақтау", "Сохранить вид", "Save the type";
    ForwardBy: "басқа органға жіберу мерзімі", "перенаправить не позднее", "forward no later than";
    CountedFrom: "есептеу басталған күн", "отсчёт от", "counted from";
    ToldThePerson: "адамға айтылған мерзім", "срок, названный человеку", "as the person was told";
    ByLaw: "заң бойынша", "по закону", "by law";
    NoTerm: "Бұған заңда мерзім жоқ", "Закон не устанавливает срока", "The law sets no term";
    OverdueBy: "мерзімі өтті", "срок истёк", "overdue";
    DueToday: "бүгін", "сегодня", "today";
    WhoIsIt: "Бір адам ба?", "Один и тот же человек?", "The same person?";
    WhoMayItBe: "Бұл кім болуы мүмкін?", "Кто это может быть?", "Who may it be?";
    TheOne: "Осы адам", "Тот самый человек", "This is the one";
    SomebodyElse: "Басқа адам", "Другой человек", "Somebody else";
    WhoHelp: "Аты-жөні, ЖСН, телефоны бойынша ұқсас істер. Салыстырып, шешіңіз: ештеңе өздігінен біріктірілмейді.",
        "Дела, похожие по имени, ИИН, телефону. Сравните и решите: само ничего не объединяется.",
        "Cases that are alike by name, IIN or phone. Compare and decide: nothing is merged by itself.";
    LinkedCases: "Байланысқан істер", "Связанные дела", "Linked cases";
    Compare: "Салыстыру", "Сравнить", "Compare";
    OnePerson: "Бір адам", "Один и тот же человек", "Same person";
    OneHousehold: "Бір отбасы", "Одна семья", "Same household";
    Strangers: "Бір адам емес", "Разные люди", "Not the same";
    PerhapsHousehold: "бір отбасынан болуы мүмкін", "возможно, одна семья", "perhaps one household";
    ByKiosk: "киоск ұсынды", "предложено киоском", "suggested by a kiosk";
    VeryAlike: "өте ұқсас", "очень похожи", "very alike";
    Undo: "Болдырмау", "Отменить", "Undo";
    Same: "бірдей", "совпадает", "same";
    Differs: "басқа", "различается", "differs";
    OnlyHere: "тек біреуінде", "только в одном", "in one only";
    ThisCase: "осы іс", "это дело", "this case";
    OtherCase: "басқа іс", "другое дело", "other case";
    VoidWaits: "Жарамсыз деп танылды, бірақ бала мәселесін екі қызметкер шешкенше, іс те, бала да тізімде қалады. Себебі:",
        "Аннулировано, но дело и ребёнок остаются в списке, пока вопрос о ребёнке не решат два сотрудника. Причина:",
        "Voided, but the case and the child stay on the list until two of staff have settled what is with the child. Reason:";
    TwoOthersRelease: "Баланы екі адам тапсырады не белгісін алады: операторлар не жетекшілер. Әкімші олардың бірі бола алмайды.",
        "Передать ребёнка или снять отметку могут двое: операторы или руководители. Администратор в их число не входит.",
        "Two hand a child over or take the mark away: operators or supervisors. An administrator is none of them.";
    MarkedByMistake: "Қателесіп белгіленген", "Отмечен по ошибке", "Marked by mistake";
    MistakeHelp: "Бала жалғыз емес не мұндай бала жоқ болса. Екінші қызметкер растағанша, белгі қала береді.",
        "Если ребёнок не один или такого ребёнка нет. Пока второй сотрудник не подтвердит, отметка остаётся.",
        "Where the child is not alone, or there is no such child. Until a second member of staff confirms, the mark stays.";
    WhyAMistake: "Неге қате?", "Почему это ошибка?", "Why is it a mistake?";
    FirstMistake: "Тексердім: белгі қате", "Проверено: отметка ошибочна", "I have checked: it is a mistake";
    ConfirmMistake: "Мен де тексердім, белгі алынады", "Проверено и мной, отметку снимаем",
        "I have checked, too: the mark goes";
    ReleaseChild: "Баланы тапсыру", "Передать ребёнка", "Hand the child over";
    ReleaseHelp: "Заңды өкілінің құжатын екі қызметкер тексереді, содан кейін ғана бала тапсырылады.",
        "Документ законного представителя проверяют два сотрудника, и только тогда ребёнка передают.",
        "Two of staff check the guardian's document, and only then does the child go.";
    Guardian: "кімге тапсырылады", "кому передаётся", "who comes for the child";
    GuardianDocument: "құжаты мен нөмірі", "документ и его номер", "their document and its number";
    FirstSeen: "Құжатты тексердім", "Документ проверен", "I have seen the document";
    WaitsForSecond: "Екінші қызметкердің растауы күтілуде.", "Ждёт подтверждения второго сотрудника.",
        "Waits for a second member of staff.";
    ConfirmRelease: "Мен де тексердім, бала тапсырылады", "Документ проверен и мной, ребёнка передаём",
        "I have seen it, too: the child goes";
    Cancel: "Болдырмау", "Отменить", "Cancel";
    Notes: "Ішкі жазбалар", "Внутренние заметки", "Internal notes";
    NotesAreOurs: "Мұны тек орталық көреді.", "Видит только центр.", "Only the centre sees these.";
    NoteText: "Жаңа жазба", "Новая заметка", "New note";
    AddNote: "Жазба қосу", "Добавить заметку", "Add the note";
    TakeBack: "Алып тастау", "Убрать", "Take it back";
    NoteOthers: "қалған мәндерін ішкі жазбада сақтау", "остальные значения сохранить в заметке",
        "keep the other values in an internal note";
    WriteAnother: "Басқа мән жазу", "Написать другое значение", "Write another value";
    KeptApart: "Бөлек жазылған мәндер", "Значения, записанные независимо", "Values that were written apart";
    Calendar: "Жұмыс күндері", "Рабочие дни", "Working days";
    CalendarHelp: "Мерзімдер осы күндермен есептеледі. Үкімет ауыстырған күндерді осында енгізіңіз.",
        "По этим дням считаются сроки. Внесите сюда дни, перенесённые правительством.",
        "Terms are counted by these days. Enter the days that the government moved.";
    DaysOffByLaw: "Заң бойынша демалыс күндері", "Выходные дни по закону", "Days off by law";
    MovedDays: "Ауыстырылған күндер", "Перенесённые дни", "Moved days";
    NoMovedDays: "Ауыстырылған күн енгізілмеген.", "Перенесённых дней нет.", "No moved days were entered.";
    Day: "күні", "день", "day";
    MakeIt: "қандай күн болады", "каким он будет", "what it becomes";
    OffDay: "демалыс күні", "выходной", "a day off";
    WorkingDay: "жұмыс күні", "рабочий", "a working day";
    Decree: "қай шешім бойынша", "по какому решению", "by which decision";
    EnteredBy: "енгізген", "кем внесено", "entered by";
    MoveDay: "Күнді ауыстыру", "Перенести день", "Move a day";
    DueSoon: "Мерзімі таяу", "Скоро срок", "Due soon";
    GoBack: "Артқа", "Назад", "Back";
}

/// So many cases came since the page was drawn; on a link that shows them.
pub(crate) fn new_cases(tongue: Tongue, many: u64) -> String {
    let number = digits(tongue, many);
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
    let number = digits(tongue, many);
    match tongue {
        Tongue::Kk => format!("{number} іс"),
        Tongue::Ru => format!("{number} {}", russian(many, ["дело", "дела", "дел"])),
        Tongue::En => format!("{number} {}", english(many, ["case", "cases"])),
    }
}

/// A length of time, as rules of law give it.
pub(crate) fn length(tongue: Tongue, length: Length) -> String {
    let (many, [kk, ru, en]) = match length {
        Length::Calendar(many) => (
            many,
            [
                "күнтізбелік күн",
                russian(many.into(), ["календарный день", "календарных дня", "календарных дней"]),
                english(many.into(), ["calendar day", "calendar days"]),
            ],
        ),
        Length::Working(many) => (many, working_days(many)),
        Length::Months(many) => (
            many,
            [
                "ай",
                russian(many.into(), ["месяц", "месяца", "месяцев"]),
                english(many.into(), ["month", "months"]),
            ],
        ),
    };
    format!("{many} {}", in_(tongue, [kk, ru, en]))
}

fn working_days(many: u32) -> [&'static str; 3] {
    [
        "жұмыс күні",
        russian(many.into(), ["рабочий день", "рабочих дня", "рабочих дней"]),
        english(many.into(), ["working day", "working days"]),
    ]
}

fn in_(tongue: Tongue, [kk, ru, en]: [&str; 3]) -> &str {
    match tongue {
        Tongue::Kk => kk,
        Tongue::Ru => ru,
        Tongue::En => en,
    }
}

/// A number of hours, as days where there are many.
pub(crate) fn hours(tongue: Tongue, hours: u32) -> String {
    let (many, [kk, ru, en]) = if hours < 48 {
        (hours, ["сағ", "ч", "h"])
    } else {
        (hours / 24, ["күн", "дн.", "d"])
    };
    format!("{many}\u{a0}{}", in_(tongue, [kk, ru, en]))
}

/// How many working days are left.
pub(crate) fn days_left(tongue: Tongue, many: u32) -> String {
    let days = in_(tongue, working_days(many));
    match tongue {
        Tongue::Kk => format!("{many} {days} қалды"),
        Tongue::Ru => format!("ещё {many} {days}"),
        Tongue::En => format!("{many} {days} left"),
    }
}

/// For how many working days an answer is overdue.
pub(crate) fn days_late(tongue: Tongue, many: u32) -> String {
    let days = in_(tongue, working_days(many));
    match tongue {
        Tongue::Kk => format!("{many} {days} өтіп кетті"),
        Tongue::Ru => format!("просрочено на {many} {days}"),
        Tongue::En => format!("{many} {days} overdue"),
    }
}

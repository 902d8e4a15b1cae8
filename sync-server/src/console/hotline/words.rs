//! The texts of the hotline's page.

use beket_words::texts;

texts! {
    /// A text of the hotline.
    pub(crate) enum Line;
    Title: "Адам іздеу", "Поиск человека", "Looking for someone";
    WhatTheyKnow: "Қоңырау шалушы не біледі?", "Что знает звонящий?", "What does the caller know?";
    Help: "Тегі, аты, туған жылы не жасы, телефоны не ЖСН. Баланы сипаттамасы бойынша іздеңіз: аты, жасы, киімі, қайда жоғалғаны. Қате жазылса да табылады.",
        "Фамилия, имя, год рождения или возраст, телефон или ИИН. Ребёнка ищите по описанию: имя, возраст, одежда, где потерялся. Ошибки в написании не мешают.",
        "Surname, given name, year of birth or age, phone or IIN. A child is looked for by description: name, age, clothing, where lost. Misspelt names are found.";
    Look: "Іздеу", "Искать", "Look";
    TooLittle: "Бұл аз: тегі мен атын немесе телефонын сұраңыз.", "Этого мало: спросите фамилию и имя или телефон.",
        "That is too little: ask for the surname and the given name, or a telephone.";
    Nobody: "Мұндай адам тіркелмеген. Іздеу өтінімін сақтаңыз: ол тіркелген бойда осы өтінімнің жанында көрінеді.",
        "Такой человек не зарегистрирован. Сохраните заявку на поиск: как только его зарегистрируют, он появится рядом с заявкой.",
        "Nobody like that is registered. Save the enquiry: as soon as somebody is, they will appear beside it.";
    SayNothingYet: "Әзірге ештеңе айтпаңыз. Мынаны сұраңыз:", "Пока ничего не говорите. Спросите:",
        "Say nothing yet. Ask:";
    NothingToAsk: "Тексеретін сұрақ жоқ, сондықтан ештеңе айтуға болмайды. Іздеу өтінімін сақтаңыз: орталық тексереді.",
        "Проверочного вопроса нет, поэтому говорить ничего нельзя. Сохраните заявку на поиск: центр проверит.",
        "There is no question to check by, so nothing can be said. Save the enquiry: the centre will look into it.";
    AskBirth: "Ол қай жылы туған?", "Какой год рождения?", "In which year were they born?";
    AskPatronymic: "Әкесінің аты кім?", "Какое отчество?", "What is their father's name?";
    AskTown: "Қай жерде тұрады?", "Где живёт этот человек?", "Where do they live?";
    AskPhone: "Телефонының соңғы төрт цифры қандай?", "Последние четыре цифры телефона?",
        "What are the last four digits of their telephone?";
    AskClothing: "Бала не киген еді?", "Во что был одет ребёнок?", "What was the child wearing?";
    AskFound: "Бала қай жерде жоғалды?", "Где потерялся ребёнок?", "Where was the child lost?";
    Answer: "Жауабы", "Ответ", "Answer";
    Compare: "Тексеру", "Проверить", "Compare";
    NotConfirmed: "Жауап сәйкес келмейді. Ештеңе айтпаңыз, іздеу өтінімін сақтаңыз.",
        "Ответ не сходится. Ничего не говорите, сохраните заявку на поиск.",
        "The answer does not match. Say nothing, and save the enquiry.";
    Confirmed: "Жауап сәйкес келді", "Ответ сходится", "The answer matches";
    MayBeTold: "Туыстарына айтуға рұқсат берген. Мынаны айтуға болады:",
        "Родным сообщать разрешено. Можно сказать:", "They agreed that family may be told. You may say:";
    AskThemFirst: "Орнын айтпаңыз: алдымен адамның өзінен сұрау керек. Қоңырау шалушының нөмірін жазып алыңыз, оған өзіміз хабарласамыз.",
        "Где человек, не говорите: сначала спросят его самого. Запишите номер звонящего, с ним свяжутся.",
        "Do not say where: they are asked first. Take the caller's number, and they will be called back.";
    MayNotBeTold: "Туыстарына айтпауды сұраған. Ештеңені растамаңыз; хабар қалдыруды ұсыныңыз.",
        "Есть просьба не сообщать родным. Ничего не подтверждайте; предложите оставить сообщение.",
        "They asked that family not be told. Confirm nothing; offer to take a message.";
    ChildHere: "Бұл жанында ересек адам жоқ бала болуы мүмкін. Орнын айтпаңыз: заңды өкілі құжатымен орталыққа келсін, баланы екі қызметкер тапсырады.",
        "Возможно, это ребёнок без взрослых. Не говорите, где он: пусть законный представитель придёт в центр с документом; ребёнка передают два сотрудника.",
        "This may be a child alone. Do not say where: the guardian comes to the centre with a document, and two of staff hand the child over.";
    OpenCase: "Істі ашу", "Открыть дело", "Open the case";
    Where: "қайда", "где", "where";
    Since: "тіркелген", "зарегистрировано", "registered";
    SaveEnquiry: "Іздеу өтінімін сақтау", "Сохранить заявку на поиск", "Save the enquiry";
    Caller: "Қоңырау шалушының аты-жөні", "Имя звонящего", "The caller's name";
    CallerPhone: "Қоңырау шалушының телефоны", "Телефон звонящего", "The caller's telephone";
    CallerIs: "Ізделетін адамның кімі болады", "Кем звонящий приходится этому человеку", "What they are to the person";
    Told: "Тағы не айтты", "Что ещё сказал звонящий", "What else they say";
    Under: "Оқиға не станция", "Происшествие или станция", "Incident or station";
    CallerNeeded: "Қоңырау шалушының атын не телефонын жазыңыз.", "Запишите имя или телефон звонящего.",
        "Write down the caller's name or telephone.";
    BadPhone: "Телефон 87011234567 түрінде жазылады.", "Телефон пишется как 87011234567.",
        "A telephone is written as 87011234567.";
}

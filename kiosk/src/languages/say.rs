//! What a self-service kiosk says to a citizen: short, kind, without the words of an office.

use beket_words::texts;

texts! {
    /// A text of a self-service screen.
    pub enum Say with "PIN", "QR";
    Continue: "Жалғастыру", "Продолжить", "Continue";
    Back: "Артқа", "Назад", "Back";
    MoreBelow: "Төменде тағы бар", "Ниже есть ещё", "More below";
    Larger: "Ірі мәтін", "Крупный текст", "Larger text";
    Contrast: "Жоғары контраст", "Высокая контрастность", "High contrast";
    Welcome: "Тілді таңдаңыз", "Выберите язык", "Choose your language";
    WhatFor: "Тіркеу және өтініш", "Регистрация и обращения", "Registration and appeals";
    NotKept: "Электр жарығы сөніп, толтырылып жатқан жазба сақталған жоқ. Кешіріңіз, қайтадан бастаңыз.",
        "Отключилось электричество, и незаконченная запись не сохранилась. Извините, начните, пожалуйста, заново.",
        "The power went out, and your unfinished form was not kept. We are sorry; please begin again.";
    Purpose: "Не істегіңіз келеді?",
        "Что вы хотите сделать?",
        "What would you like to do?";
    PurposeAppeal: "Өтініш беру",
        "Подать обращение",
        "Submit an appeal";
    PurposeRegister: "Өзімді және отбасымды тіркеу", "Зарегистрировать себя и семью",
        "Register myself and my family";
    Consent: "Деректеріңізді сақтауға келісесіз бе?",
        "Можно сохранить ваши данные?",
        "May we keep your data?";
    ConsentHelp: "Атыңызды, телефоныңызды және жауаптарыңызды осы бекет пен орталықтың қызметкерлері мен еріктілері көреді, төтенше жағдайда басқа бекеттердегілер де көреді. Бұл деректер сізге көмектесіп, жауап беру үшін керек. Келіспесеңіз де, көмектесеміз.",
        "Ваше имя, телефон и ответы увидят сотрудники и волонтёры этого пункта и центра, а при чрезвычайной ситуации и других пунктов. Данные нужны, чтобы помочь вам и ответить. Если вы не согласны, вам всё равно помогут.",
        "Staff and volunteers here and at the centre can see your name, phone and answers; in an emergency, those at other stations can, too. We need this to help you and to answer you. If you do not agree, we will still help.";
    Agree: "Келісемін", "Даю согласие", "I agree";
    Disagree: "Келіспеймін", "Не даю согласия", "I do not agree";
    FamilyName: "Тегіңіз кім?", "Ваша фамилия?", "What is your surname?";
    GivenName: "Атыңыз кім?", "Ваше имя?", "What is your given name?";
    Patronymic: "Әкесінің аты?", "Ваше отчество?", "What is your patronymic?";
    AsInDocument: "Құжаттағыдай жазыңыз.", "Как в документе.", "As in your document.";
    IfNone: "Құжаттағыдай, мысалы: Серікұлы. Болмаса, бос қалдырыңыз.",
        "Как в документе. Если его нет, оставьте поле пустым.",
        "As in your document. If you have none, leave it empty.";
    Born: "Туған күніңіз немесе жасыңыз?",
        "Ваша дата рождения или возраст?",
        "What is your date of birth or age?";
    BornHelp: "Мысалы: 31.01.1985 немесе 34.",
        "Например: 31.01.1985 или 34.",
        "For example: 31.01.1985 or 34.";
    Iin: "ЖСН нөміріңіз?",
        "Ваш ИИН?",
        "What is your IIN?";
    IinHelp: "12 цифр, жеке куәлікте көрсетілген. Білмесеңіз, бос қалдырыңыз.",
        "12 цифр, они указаны в удостоверении личности. Если не знаете, оставьте поле пустым.",
        "12 digits, on your identity card. If you do not know it, leave it empty.";
    Phone: "Телефон нөміріңіз?",
        "Ваш телефон?",
        "What is your phone number?";
    PhoneHelp: "Нөмір сізге жауап беру үшін керек. Болмаса, бос қалдырыңыз.",
        "Номер нужен, чтобы вам ответить. Если его нет, оставьте поле пустым.",
        "We need it to answer you. If you have none, leave it empty.";
    Place: "Тұрақты қайда тұрасыз?",
        "Где вы постоянно живёте?",
        "Where is your home?";
    PlaceHelp: "Қала не ауыл атын тере бастаңыз, тізімнен таңдауға болады.",
        "Начните вводить город или село, название можно выбрать из списка.",
        "Begin to type the town or village; you can choose from the list.";
    Address: "Көше, үй, пәтер?", "Улица, дом, квартира?", "Street, house, flat?";
    Words: "Не болды және не сұрайсыз?",
        "Что случилось и о чём вы просите?",
        "What happened, and what are you asking for?";
    WordsHelp: "Не болғанын және не сұрайтыныңызды өз сөзіңізбен жазыңыз.",
        "Напишите своими словами, что случилось и о чём вы просите.",
        "Write in your own words what happened and what you are asking for.";
    Nameless: "Аты-жөніңізсіз жалғастырасыз ба?", "Продолжить без имени?", "Continue without your name?";
    NamelessAppeal: "Аты-жөніңіз жазылмаса, сізге жауап бере алмаймыз, бірақ жазғаныңызды қызметкерлер оқиды. Атыңызды көрсетіп, өтінішті қағазға жазып, қызметкерге тапсыруға да болады.",
        "Без имени мы не сможем вам ответить, но сотрудники прочтут то, что вы напишете. Можно также отдать сотруднику обращение на бумаге, указав имя.",
        "Without your name we cannot answer you, but staff will read what you write. You can also give the staff an appeal on paper, with your name.";
    NamelessRegister: "Аты-жөніңіз жазылмаса, туыстарыңыз сізді іздесе, таба алмайды. Қандай көмек керегін ғана жаза аласыз.",
        "Без имени родные не смогут вас найти. Вы сможете только сообщить, какая помощь вам нужна.",
        "Without your name your family cannot find you. You can only tell us what help you need.";
    Others: "Қасыңызда кім бар?",
        "Кто с вами?",
        "Who is with you?";
    OthersHelp: "Бірге келген отбасы мүшелерін қосыңыз. Жалғыз болсаңыз, «Жалғастыру» түймесін басыңыз.",
        "Добавьте членов семьи, которые с вами. Если вы одни, нажмите «Продолжить».",
        "Add the members of your family who are with you. If you are alone, press Continue.";
    AddPerson: "Адам қосу", "Добавить человека", "Add a person";
    Remove: "Алып тастау", "Убрать", "Remove";
    OtherFamilyName: "Оның тегі кім?", "Фамилия этого человека?", "What is their surname?";
    OtherGivenName: "Оның аты кім?", "Имя этого человека?", "What is their given name?";
    OtherBorn: "Оның жасы немесе туған күні?",
        "Возраст или дата рождения этого человека?",
        "What is their age or date of birth?";
    MyDocuments: "Құжаттарым жоғалды", "Утеряны документы", "My documents are lost";
    AShelter: "Уақытша баспана", "Временное жильё", "A place to stay";
    Needs: "Қандай көмек керек?",
        "Какая помощь вам нужна?",
        "What help do you need?";
    NeedsHelp: "Бірнешеуін таңдауға болады.", "Можно выбрать несколько.",
        "You can choose more than one.";
    MayTell: "Туыстарыңызға осында екеніңізді айтуға бола ма?",
        "Можно сказать родным, что вы здесь?",
        "May we tell your family that you are here?";
    TellYes: "Иә, айтуға болады",
        "Да, можно",
        "Yes, you may tell them";
    TellAsk: "Алдымен менен сұраңыз",
        "Сначала спросите меня",
        "Ask me first";
    TellNo: "Жоқ, айтпаңыз",
        "Нет, не говорите",
        "No, do not tell them";
    WrongIin: "Цифрларды құжатпен салыстырыңыз. Құжатыңыз болмаса, нөмірді өшіріп, «Жалғастыру» түймесін басыңыз.",
        "Сверьте цифры с документом. Если документа нет, сотрите номер и нажмите «Продолжить».",
        "Check the digits against your document. If you have none, erase the number and press Continue.";
    WrongName: "Атыңызды немесе тегіңізді жазыңыз.", "Напишите имя или фамилию.",
        "Write your name or surname.";
    NotSaved: "Сақтау мүмкін болмады. Жазғаныңыз экранда тұр. Қызметкерді шақырыңыз.",
        "Сохранить не удалось. Введённое осталось на экране. Позовите сотрудника.",
        "This could not be saved. What you typed is still here. Please call a member of staff.";
    TooLong: "Бұл мәтін тым ұзын. Қысқартып, қайта жіберіңіз.",
        "Этот текст слишком длинный. Сократите его и отправьте ещё раз.",
        "This text is too long. Make it shorter and submit again.";
    Check: "Жауаптарыңызды тексеріңіз", "Проверьте ответы", "Check your answers";
    Change: "Өзгерту", "Изменить", "Change";
    NotSaid: "көрсетілмеген",
        "не указано",
        "not given";
    Submit: "Жіберу", "Отправить", "Submit";
    Saving: "Сақталуда…", "Сохраняется…", "Saving…";
    Received: "Өтінішіңіз қабылданды", "Ваше обращение принято", "Your appeal has been received";
    Noted: "Хабарыңыз қабылданды", "Ваше сообщение принято", "Your message has been received";
    Registered: "Сіз тіркелдіңіз", "Вы зарегистрированы", "You are registered";
    ReceivedHelp: "Деректеріңіз осы құрылғыда сақталды, байланыс қосылғанда орталыққа жіберіледі.",
        "Запись сохранена на этом устройстве и будет передана в центр, когда появится связь.",
        "Your record is safe on this device and goes to the centre once there is a connection.";
    QrCode: "Нөміріңіздің QR-коды", "QR-код вашего номера", "QR code of your number";
    TakePhoto: "Осы нөмірді суретке түсіріңіз немесе жазып алыңыз. Ол бойынша қызметкерлер жазбаңызды табады.",
        "Сфотографируйте или запишите этот номер. По нему сотрудники найдут вашу запись.",
        "Photograph or write down this number. Staff find your record by it.";
    Finish: "Аяқтау", "Завершить", "Finish";
    Printing: "Талон басылуда…", "Талон печатается…", "Your coupon is being printed…";
    PaperLate: "Талон кешігіп жатыр. Нөміріңізді экраннан суретке түсіріп алыңыз; аяқтасаңыз, талон басылмайды.",
        "Талон задерживается. Сфотографируйте номер с экрана; если завершить, талон не напечатается.",
        "Your coupon is late. Take a photo of the number on the screen; if you finish, it is not printed.";
    Printed: "Талоныңызды алыңыз.", "Возьмите талон.", "Take your coupon.";
    NoPaper: "Принтерде қағаз жоқ. Нөміріңізді экраннан суретке түсіріп алыңыз; ештеңе жоғалған жоқ.",
        "В принтере нет бумаги. Сфотографируйте номер с экрана; ничего не потеряно.",
        "The printer has no paper. Take a photo of the number on the screen; nothing is lost.";
    NoPrinter: "Принтер жауап бермейді. Нөміріңізді экраннан суретке түсіріп алыңыз; ештеңе жоғалған жоқ.",
        "Принтер не отвечает. Сфотографируйте номер с экрана; ничего не потеряно.",
        "The printer does not answer. Take a photo of the number on the screen; nothing is lost.";
    LeaveAsk: "Қайтадан бастайсыз ба?", "Начать заново?", "Start again?";
    LeaveHelp: "Тіл таңдау бетіне оралсаңыз, жауаптарыңыз өшіріледі.",
        "Если вернуться к выбору языка, ваши ответы будут удалены.",
        "If you go back to the choice of language, your answers will be deleted.";
    GoOnAnswering: "Жауап беруді жалғастыру", "Продолжить отвечать", "Continue answering";
    DeleteAnswers: "Жауаптарды өшіру", "Удалить ответы", "Delete my answers";
    NotCounting: "Орталық бұл киоскінің жазбаларын есепке алмайды. Жазғаныңыз осында сақталады, бірақ алдымен қызметкерге айтыңыз.",
        "Центр не учитывает записи этого киоска. То, что вы напишете, сохранится здесь, но сначала сообщите сотруднику.",
        "The centre does not count what this kiosk records. What you write is kept here, but please tell a member of staff first.";
    DoesNotCount: "Орталық бұл киоскінің жазбаларын есепке алмайды. Жазғаныңыз осында сақталды. Нөміріңізді қызметкерге көрсетіңіз.",
        "Центр не учитывает записи этого киоска. Ваша запись сохранена здесь. Покажите номер сотруднику.",
        "The centre does not count what this kiosk records. Your record is kept here. Show the number to a member of staff.";
    ClockInDoubt: "Киоскінің сағаты қате жүруі мүмкін. Талондағы күн мен уақытты қызметкерге көрсетіңіз.",
        "Часы киоска, возможно, неверны. Покажите сотруднику дату и время на талоне.",
        "This kiosk’s clock may be wrong. Show the date and time on the coupon to a member of staff.";
    Seconds: "сек", "сек.", "s";
    StillHere: "Сіз әлі осындасыз ба?", "Вы ещё здесь?", "Are you still here?";
    StillHereHelp: "Экранды түртсеңіз, жалғастыра аласыз. Әйтпесе жазғаныңыз өшіріледі.",
        "Коснитесь экрана, чтобы продолжить. Иначе введённое будет стёрто.",
        "Touch the screen to continue. Otherwise what you wrote will be deleted.";
    StillHereDone: "Экранды түртсеңіз, нөміріңіз экранда қала береді. Жазғаныңыз сақталған.",
        "Коснитесь экрана, и номер останется на нём. Ваша запись уже сохранена.",
        "Touch the screen to keep your number on it. Your record is safe.";
    StayHere: "Иә, осындамын", "Да, я здесь", "Yes, I am here";
    CouponTitle: "Тіркеу талоны", "Регистрационный талон", "Coupon";
    CouponHelp: "Талонды сақтаңыз. Нөмірі бойынша жауабын станциядан сұрай аласыз.",
        "Сохраните талон. По номеру вы сможете узнать ответ на станции.",
        "Keep this coupon. With its number you can ask at the station for the answer.";
    ReceivedOn: "Қабылданған уақыты", "Принято", "Received";
    ReceivedBy: "Қабылдаған киоск", "Принял киоск", "Received by kiosk";
    ShiftKey: "Бас әріп", "Заглавная буква", "Shift";
    BackspaceKey: "Өшіру", "Стереть", "Backspace";
    SignsKey: "Сандар мен белгілер", "Цифры и знаки", "Numbers and signs";
    LettersKey: "Әріптер", "Буквы", "Letters";
    LayoutKey: "Пернетақта тілі", "Язык клавиатуры", "Keyboard language";
    SpaceKey: "бос орын", "пробел", "space";
    Staff: "Қызметкерлерге", "Для сотрудников", "Staff only";
    StaffHelp: "Бұл бет қызметкерлерге арналған. «Артқа» түймесін басыңыз.",
        "Эта страница только для сотрудников. Нажмите «Назад».",
        "This page is for staff only. Press Back.";
    StaffPin: "Қызметкердің PIN-коды", "ПИН-код сотрудника", "Staff PIN";
    WrongStaffPin: "PIN-код сәйкес келмейді. Қайта теріңіз.",
        "Неверный ПИН-код. Наберите ещё раз.",
        "That is the wrong PIN. Type it again.";
    TooManyPins: "Қате тым көп. Жарты минуттан кейін қайта теріңіз.",
        "Слишком много ошибок. Попробуйте через полминуты.",
        "Too many wrong PINs. Try again in half a minute.";
    ChoosePin: "Қызметкерге арналған PIN-код қойыңыз", "Задайте ПИН-код для сотрудников",
        "Choose a PIN for staff";
    ChoosePinHelp: "Кемінде 4 цифр. Бұл режимнен шығу үшін керек.",
        "Не меньше 4 цифр. Он нужен, чтобы выйти из этого режима.",
        "At least 4 digits. You need it to leave this mode.";
    RepeatPin: "PIN-кодты қайталаңыз", "Повторите ПИН-код", "Repeat the PIN";
    PinsDiffer: "Екі PIN-код бірдей емес. Қайтадан қойыңыз.", "ПИН-коды не совпадают. Задайте заново.",
        "The two differ. Choose a PIN again.";
    Card: "Экранға банк картасын тақаңыз", "Приложите к экрану банковскую карту",
        "Hold a bank card against the screen";
    CardHelp: "Тіктөртбұрыш картамен бірдей болғанша, түймелерді басыңыз.",
        "Нажимайте кнопки, пока прямоугольник не станет размером с карту.",
        "Press the buttons until the rectangle is as large as the card.";
    Smaller: "Кішірейту", "Меньше", "Smaller";
    Bigger: "Үлкейту", "Больше", "Bigger";
    ChoosePrinter: "Талондар қайда басылады?",
        "Где печатать талоны?",
        "Where should coupons be printed?";
    ChoosePrinterHelp: "Принтерді қосып, тізімнен таңдаңыз.", "Включите принтер и выберите его в списке.",
        "Switch the printer on and choose it from the list.";
    NoPrinting: "Басылмайды: нөмір экраннан суретке түсіріледі",
        "Не печатать: номер фотографируют с экрана",
        "Do not print: people photograph the number";
    TestPrint: "Сынап басып шығару", "Пробная печать", "Print a test";
    Desk: "Қызметкер экраны", "Экран сотрудника", "Staff screen";
    ToCitizens: "Азаматтарға ашу", "Открыть для граждан", "Open for citizens";
    ScreenSize: "Экран өлшемі", "Размер экрана", "Screen size";
    PrinterKey: "Принтер", "Принтер", "Printer";
    PinKey: "PIN-код", "ПИН-код", "PIN";
    CloseWindow: "Бағдарламадан шығу",
        "Выйти из программы",
        "Leave the program";
}

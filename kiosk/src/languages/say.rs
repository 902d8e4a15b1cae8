//! What a self-service kiosk says to a citizen: short, kind, without the words of an office.

use beket_words::texts;

texts! {
    /// A text of a self-service screen.
    pub enum Say;
    Continue: "Жалғастыру", "Продолжить", "Continue";
    Back: "Артқа", "Назад", "Back";
    Larger: "Ірі мәтін", "Крупный текст", "Larger text";
    Contrast: "Жоғары контраст", "Высокая контрастность", "High contrast";
    Welcome: "Тілді таңдаңыз", "Выберите язык", "Choose your language";
    NotKept: "Электр жарығы сөніп, толтырылып жатқан жазба сақталған жоқ. Кешіріңіз, қайтадан бастаңыз.",
        "Отключилось электричество, и незаконченная запись не сохранилась. Извините, начните, пожалуйста, заново.",
        "The power went, and a form that was not finished was not kept. We are sorry; please begin again.";
    Purpose: "Сізге не керек?", "Что Вам нужно?", "What do you need?";
    PurposeAppeal: "Өтініш беру", "Подать обращение", "Hand in an appeal";
    PurposeRegister: "Өзімді және отбасымды тіркеу", "Зарегистрировать себя и семью",
        "Register myself and my family";
    Consent: "Деректеріңізді сақтауға келісесіз бе?", "Вы согласны, чтобы Ваши данные хранились?",
        "May your data be kept?";
    ConsentHelp: "Атыңызды, телефоныңызды және айтқаныңызды тек осы іспен айналысатын қызметкерлер көреді. Олар Сізге жауап беру үшін керек. Келіспесеңіз де қызмет көрсетіледі.",
        "Ваше имя, телефон и слова увидят только сотрудники, которые занимаются этим делом. Они нужны, чтобы Вам ответить. Если Вы не согласны, Вам всё равно помогут.",
        "Your name, phone and words are seen only by the staff who work on this. They are needed to answer you. If you do not agree, you are still helped.";
    Agree: "Келісемін", "Даю согласие", "I agree";
    Disagree: "Келіспеймін", "Не даю согласия", "I do not agree";
    FamilyName: "Тегіңіз кім?", "Ваша фамилия?", "What is your surname?";
    GivenName: "Атыңыз кім?", "Ваше имя?", "What is your given name?";
    Patronymic: "Әкеңіздің аты?", "Ваше отчество?", "What is your patronymic?";
    AsInDocument: "Құжаттағыдай жазыңыз.", "Как в документе.", "As in your document.";
    IfNone: "Болмаса, бос қалдырып, жалғастырыңыз.", "Если его нет, оставьте пустым и продолжайте.",
        "If you have none, leave it empty and continue.";
    Born: "Қашан тудыңыз немесе жасыңыз нешеде?", "Когда Вы родились или сколько Вам лет?",
        "When were you born, or how old are you?";
    BornHelp: "31.01.1985 немесе 34 деп жазыңыз.", "Напишите 31.01.1985 или 34.",
        "Write 31.01.1985, or 34.";
    Iin: "ЖСН нөміріңіз?", "Ваш ИИН?", "What is your IIN?";
    IinHelp: "12 сан, жеке куәлікте тұр. Білмесеңіз, бос қалдырыңыз.",
        "12 цифр, они в удостоверении. Если не знаете, оставьте пустым.",
        "12 digits; they are on your identity card. If you do not know it, leave it empty.";
    Phone: "Телефоныңыз?", "Ваш телефон?", "What is your phone number?";
    PhoneHelp: "Жауап беру үшін керек. Болмаса, бос қалдырыңыз.",
        "Чтобы Вам ответить. Если его нет, оставьте пустым.",
        "So that you can be answered. If you have none, leave it empty.";
    Place: "Қай қалада немесе ауылда тұрасыз?", "В каком городе или селе Вы живёте?",
        "Which town or village do you live in?";
    PlaceHelp: "Тере бастаңыз, тізімнен таңдауға болады.",
        "Начните вводить, название можно выбрать из списка.",
        "Begin to type; you can choose from the list.";
    Address: "Көшеңіз, үйіңіз, пәтеріңіз?", "Улица, дом, квартира?", "Street, house, flat?";
    Words: "Не айтқыңыз келеді?", "Что Вы хотите сообщить?", "What would you like to say?";
    WordsHelp: "Не болғанын және не сұрайтыныңызды өз сөзіңізбен жазыңыз.",
        "Своими словами: что случилось и о чём Вы просите.",
        "In your own words: what happened, and what you ask for.";
    Nameless: "Атыңыз болмаса, жауап бере алмаймыз, бірақ айтқаныңызды қызметкерлер оқиды. Атыңызбен қағазға жазып, қызметкерге де тапсыруға болады.",
        "Без имени мы не сможем Вам ответить, но Ваши слова прочтут. Можно также подать обращение на бумаге сотруднику.",
        "Without your name we cannot answer you, but what you say will be read. You can also hand in a paper appeal to the staff.";
    Others: "Қасыңызда кім бар?", "Кто с Вами?", "Who is with you?";
    OthersHelp: "Бірге келген отбасы мүшелерін қосыңыз.", "Добавьте членов семьи, которые с Вами.",
        "Add the members of your family who are with you.";
    AddPerson: "Адам қосу", "Добавить человека", "Add a person";
    Remove: "Алып тастау", "Убрать", "Remove";
    OtherFamilyName: "Оның тегі кім?", "Фамилия этого человека?", "What is their surname?";
    OtherGivenName: "Оның аты кім?", "Имя этого человека?", "What is their given name?";
    OtherBorn: "Ол неше жаста?", "Сколько лет этому человеку?", "How old are they?";
    Needs: "Сізге не қажет?", "В чём Вы нуждаетесь?", "What do you need?";
    NeedsHelp: "Бірнешеуін таңдауға болады.", "Можно выбрать несколько.",
        "You can choose more than one.";
    MayTell: "Туыстарыңыз сұраса, осында екеніңізді айтуға бола ма?",
        "Если Вас будут искать родные, можно им сказать, что Вы здесь?",
        "If your family looks for you, may they be told that you are here?";
    TellYes: "Иә, айтыңыздар", "Да, скажите", "Yes, tell them";
    TellAsk: "Алдымен менен сұраңыздар", "Сначала спросите меня", "Ask me first";
    TellNo: "Жоқ, айтпаңыздар", "Нет, не говорите", "No, do not tell them";
    Check: "Жауаптарыңызды тексеріңіз", "Проверьте ответы", "Check your answers";
    Change: "Өзгерту", "Изменить", "Change";
    NotSaid: "айтылмады", "не указано", "not said";
    Submit: "Жіберу", "Отправить", "Submit";
    Saving: "Сақталуда…", "Сохраняется…", "Saving…";
    Received: "Өтінішіңіз қабылданды", "Ваше обращение принято", "Your appeal has been received";
    Registered: "Сіз тіркелдіңіз", "Вы зарегистрированы", "You are registered";
    ReceivedHelp: "Жазбаңыз осы құрылғыда сақталды, байланыс қосылғанда орталыққа жіберіледі. Нөміріңізді суретке түсіріп алыңыз.",
        "Запись сохранена на этом устройстве и уйдёт в центр, когда появится связь. Сфотографируйте номер.",
        "It is safe on this device and goes to the centre once there is a connection. Take a photo of your number.";
    Finish: "Аяқтау", "Закончить", "Finish";
    Printing: "Талон басылуда…", "Талон печатается…", "Your coupon is being printed…";
    Printed: "Талоныңызды алыңыз.", "Возьмите талон.", "Take your coupon.";
    NoPaper: "Принтерде қағаз жоқ. Нөміріңізді экраннан суретке түсіріп алыңыз; ештеңе жоғалған жоқ.",
        "В принтере нет бумаги. Сфотографируйте номер с экрана; ничего не потеряно.",
        "The printer has no paper. Take a photo of the number on the screen; nothing is lost.";
    NoPrinter: "Принтер жауап бермейді. Нөміріңізді экраннан суретке түсіріп алыңыз; ештеңе жоғалған жоқ.",
        "Принтер не отвечает. Сфотографируйте номер с экрана; ничего не потеряно.",
        "The printer does not answer. Take a photo of the number on the screen; nothing is lost.";
    StillHere: "Сіз әлі осындасыз ба?", "Вы ещё здесь?", "Are you still here?";
    StillHereHelp: "Экранды түртсеңіз, жалғастыра аласыз. Әйтпесе жазғаныңыз өшіріледі.",
        "Коснитесь экрана, чтобы продолжить. Иначе введённое будет стёрто.",
        "Touch the screen to go on. Otherwise what you wrote is wiped.";
    StayHere: "Иә, осындамын", "Да, я здесь", "Yes, I am here";
    CouponTitle: "Тіркеу талоны", "Талон о приёме", "Coupon";
    CouponHelp: "Талонды сақтаңыз. Нөмірі бойынша жауабын станциядан сұрай аласыз.",
        "Сохраните талон. По номеру Вы сможете узнать ответ на станции.",
        "Keep this coupon. With its number you can ask at the station for the answer.";
    ReceivedOn: "Қабылданған уақыты", "Принято", "Received";
    ReceivedBy: "Қабылдаған киоск", "Принял киоск", "Received by kiosk";
    ShiftKey: "Бас әріп", "Заглавная буква", "Shift";
    BackspaceKey: "Өшіру", "Стереть", "Backspace";
    SignsKey: "Сандар мен белгілер", "Цифры и знаки", "Numbers and signs";
    LettersKey: "Әріптер", "Буквы", "Letters";
    LayoutKey: "Пернетақта тілі", "Язык клавиатуры", "Keyboard language";
    SpaceKey: "бос орын", "пробел", "space";
    Staff: "Қызметкер", "Сотрудник", "Staff";
    StaffPin: "Қызметкердің PIN-коды", "ПИН-код сотрудника", "Staff PIN";
    WrongStaffPin: "PIN-код сәйкес келмейді.", "ПИН-код не подходит.", "That PIN does not fit.";
    TooManyPins: "Тым көп қате. Жарты минуттан кейін қайта теріңіз.",
        "Слишком много ошибок. Попробуйте через полминуты.",
        "Too many wrong ones. Try again in half a minute.";
    ChoosePin: "Қызметкерге арналған PIN-код қойыңыз", "Задайте ПИН-код для сотрудников",
        "Choose a PIN for staff";
    ChoosePinHelp: "Кемінде 4 сан. Онсыз бұл режимнен шығу мүмкін емес.",
        "Не меньше 4 цифр. Без него из этого режима не выйти.",
        "At least 4 digits. Nobody leaves this mode without it.";
    RepeatPin: "PIN-кодты қайталаңыз", "Повторите ПИН-код", "Repeat the PIN";
    PinsDiffer: "Екі PIN-код бірдей емес. Қайтадан қойыңыз.", "ПИН-коды не совпадают. Задайте заново.",
        "The two differ. Choose a PIN again.";
    Card: "Экранға банк картасын қойыңыз", "Приложите к экрану банковскую карту",
        "Hold a bank card against the screen";
    CardHelp: "Төртбұрыш картамен бірдей болғанша түймелерді басыңыз.",
        "Нажимайте кнопки, пока прямоугольник не станет как карта.",
        "Press the buttons until the rectangle is as large as the card.";
    Smaller: "Кішірейту", "Меньше", "Smaller";
    Bigger: "Үлкейту", "Больше", "Bigger";
    ChoosePrinter: "Талондар қайда басылады?", "Где печатать талоны?", "Where are coupons printed?";
    ChoosePrinterHelp: "Принтерді қосып, тізімнен таңдаңыз.", "Включите принтер и выберите его в списке.",
        "Switch the printer on and choose it from the list.";
    NoPrinting: "Басылмайды: нөмір экраннан суретке түсіріледі",
        "Не печатать: номер фотографируют с экрана", "Nowhere: the number is photographed";
    TestPrint: "Байқап басу", "Пробная печать", "Print a test";
    Desk: "Қызметкер экраны", "Экран сотрудника", "Staff screen";
    ToCitizens: "Азаматтарға ашу", "Открыть для граждан", "Open for citizens";
    ScreenSize: "Экран өлшемі", "Размер экрана", "Screen size";
    PrinterKey: "Принтер", "Принтер", "Printer";
    PinKey: "PIN-код", "ПИН-код", "PIN";
    CloseWindow: "Терезені жабу", "Закрыть окно", "Close the window";
}

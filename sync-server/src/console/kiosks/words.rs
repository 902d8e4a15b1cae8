//! The texts of the kiosks' page and of the sheet that sets one up.

use beket_words::texts;

texts! {
    /// A text of the kiosks' page.
    pub(crate) enum Line with "sync-server station add", "kiosk enrol", "https://office.example.kz";
    Title: "Киоскілер", "Киоски", "Kiosks";
    None: "Мұнда әлі киоск жоқ. Біріншісін оң жақта тіркеңіз.", "Киосков пока нет. Зарегистрируйте первый справа.",
        "No kiosks here yet. Enrol the first on the right.";
    Kiosk: "киоск", "киоск", "kiosk";
    Role: "түрі", "вид", "role";
    Staffed: "еріктілермен", "с волонтёрами", "staffed";
    SelfService: "өзіне-өзі қызмет көрсету", "самообслуживание", "self-service";
    Standing: "күйі", "состояние", "standing";
    Admitted: "қабылданған", "принят", "admitted";
    Waits: "қабылдануын күтуде", "ждёт принятия", "waits to be admitted";
    Revoked: "рұқсаты жойылған", "допуск отозван", "revoked";
    Unknown: "белгісіз құрылғы", "неизвестное устройство", "unknown device";
    Contact: "соңғы байланысы", "последняя связь", "last contact";
    Silent: "үнсіз", "молчит", "silent";
    Never: "әлі байланыс болған жоқ", "связи ещё не было", "no contact yet";
    NotSent: "жібермегені", "не отправлено", "not sent";
    Skew: "сағаты", "часы", "clock";
    ClockRight: "дұрыс", "верны", "right";
    Ahead: "озып тұр", "опережения", "ahead";
    Behind: "қалып тұр", "отставания", "behind";
    Version: "нұсқасы", "версия", "version";
    Disk: "дискідегі бос орын", "свободно на диске", "disk left";
    Held: "тексерудегі жазба", "записей на проверке", "held records";
    Adopt: "Қабылдау", "Принять", "Admit";
    AdoptHelp: "Бір код бойынша екінші құрылғы не мерзімі өткен кодпен келген киоск. Алдымен оның кімдікі екенін анықтаңыз: қабылданса, жазбалары есепке алынады.",
        "Второе устройство по одному коду или киоск с просроченным кодом. Сначала выясните, чей он: после принятия его записи учитываются.",
        "A second device on one code, or one whose code had expired. First find out whose it is: once admitted, its records count.";
    Revoke: "Рұқсатын жою", "Отозвать допуск", "Revoke";
    RevokeHelp: "Ұрланған не жоғалған киоск үшін. Есепке алынған жазбалары сақталады, жаңалары тексеруге қалады.",
        "Для украденного или потерянного киоска. Учтённые записи остаются, новые попадут на проверку.",
        "For a kiosk that was stolen or lost. What counted stays; what it writes from here on is held.";
    RevokeSure: "Иә, рұқсатын жою", "Да, отозвать допуск", "Yes, revoke it";
    Rename: "Атын өзгерту", "Переименовать", "Rename";
    Name: "атауы", "название", "name";
    Enrol: "Киоск тіркеу", "Зарегистрировать киоск", "Enrol a kiosk";
    Station: "станция", "станция", "station";
    NoStation: "Алдымен станция қосыңыз: sync-server station add", "Сначала добавьте станцию: sync-server station add",
        "Add a station first: sync-server station add";
    Reaches: "киоск орталыққа шығатын мекенжай", "адрес, по которому киоск найдёт центр", "address at which the kiosk finds the centre";
    Within: "алғашқы байланыс мерзімі", "первая связь в течение", "first contact within";
    OneDay: "бір тәулік", "суток", "one day";
    OneWeek: "бір апта", "недели", "one week";
    MakeSheet: "Парақты шығару", "Подготовить лист", "Make the sheet";
    Sheet: "Киоск тіркеу парағы", "Лист регистрации киоска", "Enrolment sheet";
    SheetOnce: "Бұл парақ бір рет қана көрсетіледі. Қазір басып шығарыңыз.", "Этот лист показывается один раз. Распечатайте его сейчас.",
        "This sheet is shown once. Print it now.";
    SheetSecret: "Парақ құпия: ол кімнің қолында болса, сол өзін киоск етіп көрсете алады. Киоск орнатылған соң жойыңыз.",
        "Лист секретный: у кого он есть, тот может выдать себя за киоск. После установки уничтожьте его.",
        "The sheet is a secret: whoever has it can be that kiosk. Destroy it once the kiosk is set up.";
    StepOne: "Жаңа компьютерде kiosk enrol командасын орындаңыз.", "На новом компьютере выполните команду kiosk enrol.",
        "On the new computer run kiosk enrol.";
    StepTwo: "Кодты сканерлеңіз не теріңіз.", "Отсканируйте код или наберите его.",
        "Scan the code, or type it.";
    StepThree: "Байланыс пайда болған бойда киоск өзі қабылданады.", "Как только появится связь, центр примет киоск автоматически.",
        "As soon as there is a connection the kiosk is admitted by itself.";
    ValidUntil: "код мына уақытқа дейін жарамды", "код действует до", "the code is good until";
    Back: "Киоскілерге оралу", "Вернуться к киоскам", "Back to the kiosks";
    Refused: "Қабылданбаған жазбалар", "Непринятые записи", "Refused records";
    RefusedHelp: "Бұлар жоғалған жоқ: әрқайсысы себебімен бірге сақталған.", "Они не потеряны: сохранены вместе с причиной.",
        "They are not lost: each is kept with its reason.";
    Why: "себебі", "причина", "reason";
    Record: "жазба", "запись", "record";
    BadAddress: "Мекенжай https://office.example.kz түрінде жазылады.", "Адрес пишется как https://office.example.kz.",
        "An address is written like https://office.example.kz.";
    NotDone: "Орындалмады. Ештеңе өзгертілген жоқ.", "Не выполнено. Ничего не изменено.", "Not done. Nothing was changed.";
}

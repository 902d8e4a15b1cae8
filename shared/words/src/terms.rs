//! The terms of the trade, one name for each thing, for kiosk and console alike.

use crate::{Tongue, texts};

texts! {
    /// A term: a field, a value, a status, a part of a case.
    pub enum Term;
    Nameless: "Аты айтылмаған", "Имя не названо", "No name given";
    Reference: "Тіркеу нөмірі", "Регистрационный номер", "Reference number";
    Person: "Адам", "Человек", "Person";
    KindOf: "Түрі", "Вид", "Kind";
    StatusOf: "Күйі", "Состояние", "Status";
    Station: "Станция", "Станция", "Station";
    Received: "Түскен уақыты", "Поступило", "Received";
    Conflicts: "Қайшылықтар", "Расхождения", "Conflicts";
    Conflict: "қайшылық", "расхождение", "conflict";
    ChildAlone: "жанында ересек адам жоқ бала", "ребёнок без взрослых", "child alone";
    Cleared: "бос", "пусто", "nothing";
    Wrote: "деп жазды", "записано", "wrote";
    WithoutSeeing: "Бұл мәндер бір-бірінен бөлек жазылған. Дұрысын таңдаңыз.",
        "Эти значения записаны независимо друг от друга. Выберите верное.",
        "People entered these separately. Choose the right one.";
    UnseenThis: "Мұны көрмей,", "Независимо от этого —", "Without having seen this,";
    Office: "орталық", "центр", "the centre";
    History: "Тарихы", "История", "History";
    TookIt: "тіркеді", "зарегистрировано", "registered it";
    Answer: "Жауап", "Ответ", "Answer";
    AnswerText: "Жауап мәтіні", "Текст ответа", "Text of the answer";
    Unread: "Бұл істің оқылмаған жазбалары бар", "В деле есть записи, которые не удалось прочесть",
        "Some records of this case can't be read";
    Unreadable: "Бұл істің мазмұны әзірге оқылмайды", "Содержание дела пока не читается",
        "What this case says can't be read yet";
    Appeal: "өтініш", "обращение", "appeal";
    Evacuee: "эвакуацияланған адам", "эвакуированный", "evacuee";
    Passenger: "жолаушы", "пассажир", "passenger";
    Enquiry: "адам іздеу", "поиск человека", "looking for someone";
    StatusReceived: "қабылданды", "принято", "received";
    UnderReview: "қаралуда", "на рассмотрении", "under review";
    Resolved: "оң шешілді", "решено положительно", "resolved";
    Advised: "түсіндірме берілді", "дана консультация", "advised";
    Refused: "бас тартылды", "отказано", "refused";
    Forwarded: "басқа органға жіберілді", "перенаправлено", "forwarded";
    Withdrawn: "кері қайтарып алынды", "отозвано", "withdrawn";
    Open: "ізделуде", "ищут", "open";
    Possible: "табылған болуы мүмкін", "возможно, найден", "possible";
    Reunited: "қауышты", "встретились", "reunited";
    Closed: "жабылды", "закрыто", "closed";
    Here: "осында", "здесь", "here";
    MovedOn: "әрі қарай кетті", "в пути дальше", "moved on";
    WithRelatives: "туыстарында", "у родственников", "with relatives";
    Returned: "үйіне қайтты", "дома", "returned";
    Unknown: "белгісіз", "неизвестно", "unknown";
    Void: "жарамсыз деп танылды", "аннулировано", "void";
    FamilyName: "тегі", "фамилия", "surname";
    GivenName: "аты", "имя", "given name";
    Patronymic: "әкесінің аты", "отчество", "patronymic";
    Iin: "ЖСН", "ИИН", "IIN";
    BirthDate: "туған күні", "дата рождения", "date of birth";
    Age: "жасы", "возраст", "age";
    Sex: "жынысы", "пол", "sex";
    Male: "ер", "мужской", "male";
    Female: "әйел", "женский", "female";
    Phone: "телефоны", "телефон", "phone";
    Needs: "қажеттіліктері", "потребности", "needs";
    Whereabouts: "қайда", "где находится", "whereabouts";
    Address: "мекенжайы", "адрес", "address";
    RegisteredAddress: "тіркелген мекенжайы", "адрес регистрации", "registered address";
    Kato: "КАТО", "КАТО", "KATO";
    Relation: "туыстығы", "кем приходится", "relation";
    InTheHousehold: "отбасы тізімінде ме", "в списке семьи", "of the household";
    StillThere: "отбасы тізімінде бар", "в списке семьи", "of the household";
    Removed: "отбасы тізімінен алынған", "больше не в списке семьи", "no longer of the household";
    FoundAt: "табылған жері", "где найден", "found at";
    BroughtBy: "алып келген адам", "кто привёл", "brought by";
    Says: "баланың айтқаны", "что говорит ребёнок", "what the child says";
    Clothing: "киімі", "одежда", "clothing";
    Household: "Отбасы", "Семья", "Household";
    Journey: "Жол жүруі", "Поездка", "Journey";
    DirectionOf: "бағыты", "направление", "direction";
    Transport: "көлігі", "транспорт", "transport";
    Number: "пойыз не рейс нөмірі", "номер поезда или рейса", "train or bus number";
    Ticket: "билеті", "билет", "ticket";
    From: "қайдан", "откуда", "from";
    To: "қайда барады", "куда", "to";
    At: "уақыты", "время", "time";
    Onward: "әрі қарай қайда, немен барады", "куда и чем едет дальше", "onward to, and how";
    PlaceOf: "Орналасқан жері", "Размещение", "Where they stay";
    Site: "қабылдау орны", "пункт приёма", "reception point";
    Bed: "төсек орны", "койка", "bed";
    Narrative: "Өз сөзімен", "Своими словами", "In their own words";
    TakenAt: "жазылған уақыты", "записано", "taken at";
    Incident: "оқиға", "происшествие", "incident";
    Category: "санаты", "категория", "category";
    Programme: "бағдарламасы", "программа", "programme";
    Language: "тілі", "язык", "language";
    MayTell: "туыстарына айтуға бола ма?", "можно ли сообщить родным?", "may family be told?";
    VoidReason: "жарамсыз деп тану себебі", "причина аннулирования", "reason for voiding";
    Medicine: "дәрі-дәрмек", "лекарства", "medicine";
    InfantFood: "сәби тағамы", "детское питание", "infant food";
    Shelter: "баспана", "жильё", "shelter";
    ClothingNeed: "киім", "одежда", "clothing";
    DocumentsLost: "құжаттары жоғалған", "утеряны документы", "documents lost";
    PsychologicalHelp: "психологиялық көмек", "психологическая помощь", "psychological help";
    Spouse: "жұбайы", "супруг или супруга", "spouse";
    Child: "баласы", "ребёнок", "child";
    Parent: "ата-анасы", "родитель", "parent";
    Sibling: "аға-інісі не апа-қарындасы", "брат или сестра", "sibling";
    Grandchild: "немересі", "внук или внучка", "grandchild";
    OtherRelation: "басқа", "другое", "other";
    Arrival: "келді", "прибытие", "arrival";
    Departure: "кетті", "убытие", "departure";
    Train: "пойыз", "поезд", "train";
    Bus: "автобус", "автобус", "bus";
    Car: "жеңіл көлік", "автомобиль", "car";
    OnFoot: "жаяу", "пешком", "on foot";
    Yes: "иә", "да", "yes";
    No: "жоқ", "нет", "no";
    AskFirst: "алдымен сұрау керек", "сначала спросить", "ask first";
    DueDate: "мерзімі", "срок", "due date";
    Registration: "Тіркеу", "Регистрация", "Registration";
    ProcedureOf: "өтініштің түрі", "вид обращения", "type of appeal";
    Application: "арыз", "заявление", "application";
    Complaint: "шағым", "жалоба", "complaint";
    InformationRequest: "ақпарат алуға сұрау салу", "запрос информации", "request for information";
    ForwardedTo: "қайда жіберілді", "куда перенаправлено", "forwarded to";
    ExtensionReason: "мерзім неге ұзартылды", "почему продлён срок", "why the term was extended";
    Assignee: "жауапты", "ответственный", "assigned to";
    Note: "ішкі жазба", "внутренняя заметка", "internal note";
    ReleaseWho: "тапсырылатын бала", "ребёнок, которого передают", "child who is handed over";
    ReleaseGuardian: "баланы алатын адам", "кому передают ребёнка", "who comes for the child";
    ReleaseDocument: "оның құжаты", "документ этого человека", "their document";
    ReleaseMistake: "белгінің неге қате екені", "почему отметка ошибочна", "why the mark is a mistake";
    ReleaseBy: "бірінші болып тексерген", "кем проверено", "checked by";
    ReleaseConfirmedBy: "екінші болып тексерген", "кем проверено повторно", "checked again by";
    NoteTakenBack: "ішкі жазба алып тасталды", "внутренняя заметка убрана", "internal note taken back";
    LinkTo: "басқа іспен байланыс", "связь с другим делом", "link to another case";
    LinkTakenBack: "басқа іспен байланыс алып тасталды", "связь с другим делом убрана",
        "link to another case taken back";
    SamePerson: "бір адам", "один и тот же человек", "the same person";
    SameHousehold: "бір отбасы", "одна семья", "the same household";
    NotTheSame: "бір адам емес", "разные люди", "not the same person";
    ForwardedPart: "бөлігі басқа органға жіберілді", "часть перенаправлена", "a part was forwarded";
}

impl Term {
    /// The word for a status as documents bear it.
    pub fn of_status(word: &str) -> Option<Self> {
        Some(match word {
            "received" => Self::StatusReceived,
            "under_review" => Self::UnderReview,
            "resolved" => Self::Resolved,
            "advised" => Self::Advised,
            "refused" => Self::Refused,
            "forwarded" => Self::Forwarded,
            "withdrawn" => Self::Withdrawn,
            "open" => Self::Open,
            "possible" => Self::Possible,
            "reunited" => Self::Reunited,
            "closed" => Self::Closed,
            "here" => Self::Here,
            "moved_on" => Self::MovedOn,
            "with_relatives" => Self::WithRelatives,
            "returned" => Self::Returned,
            "unknown" => Self::Unknown,
            "void" => Self::Void,
            _ => return None,
        })
    }

    /// The word for a kind as documents bear it.
    pub fn of_kind(word: &str) -> Option<Self> {
        Some(match word {
            "appeal" => Self::Appeal,
            "evacuee" => Self::Evacuee,
            "passenger" => Self::Passenger,
            "enquiry" => Self::Enquiry,
            _ => return None,
        })
    }
}

/// A status in words; a word that we do not know is shown as it is.
pub fn status(word: &str, tongue: Tongue) -> &str {
    Term::of_status(word).map_or(word, |known| known.in_(tongue))
}

/// A kind in words.
pub fn kind(word: &str, tongue: Tongue) -> &str {
    Term::of_kind(word).map_or(word, |known| known.in_(tongue))
}

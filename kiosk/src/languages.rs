//! Every text of the kiosk's own screens in Kazakh, Russian and English; the terms of the trade
//! are shared with the console.
//!
//! A missing text does not compile. Texts with a number in them are functions, since each language
//! counts in its own way.

mod counted;
mod say;
mod trouble;

use beket_words::texts;

pub use counted::{ago, disk_left, people, sent_and_fetched, waiting};
pub use say::Say;
#[cfg(test)]
pub(crate) use trouble::disk_trouble;
pub use trouble::trouble;

texts! {
    /// A text of the kiosk.
    pub enum Msg with "PIN", "F2", "F10", "Esc";
    Opening: "Ашылуда…", "Открывается…", "Opening…";
    Unlock: "Киоскіні ашу", "Открыть киоск", "Unlock the kiosk";
    UnlockHelp: "Еріктілердің құпия сөз тіркесін теріңіз. Ол киоск тіркелген кезде таңдалған; онсыз мұндағы жазбаларды ешкім оқи алмайды.",
        "Введите парольную фразу волонтёров. Её выбрали, когда регистрировали киоск; без неё записи здесь никто не прочтёт.",
        "Type the volunteers' passphrase. It was chosen when the kiosk was enrolled; without it nobody can read the records here.";
    Passphrase: "Құпия сөз тіркесі", "Парольная фраза", "Passphrase";
    UnlockAction: "Ашу", "Открыть", "Unlock";
    WhoAreYou: "Кім жұмыс істейді?", "Кто работает?", "Who is working?";
    WhoHelp: "Енгізген өзгерістеріңізде атыңыз көрсетіледі.",
        "Ваше имя будет видно рядом с вашими записями.",
        "Your name will be shown beside your changes.";
    YourName: "Атыңыз", "Ваше имя", "Your name";
    Pin: "PIN-код", "ПИН-код", "PIN";
    PinHelp: "Кемінде 4 цифр. Экран құлпы осымен ашылады.", "Не меньше 4 цифр. Нужен, чтобы разблокировать экран.",
        "At least 4 digits. It unlocks the screen.";
    VouchedPin: "Мұнда жұмыс істейтін еріктінің PIN-коды",
        "ПИН-код волонтёра, который здесь уже работает",
        "PIN of a volunteer who works here already";
    VouchedPinOrPhrase: "Мұнда жұмыс істейтін еріктінің PIN-коды немесе құпия сөз тіркесі",
        "ПИН-код волонтёра, который здесь уже работает, или парольная фраза",
        "PIN of a volunteer who works here already, or the passphrase";
    NameTaken: "Мұндай атты ерікті бар. Бұл басқа адам болса, атына тегін қосыңыз. PIN-кодын жаңарту керек болса, түймені тағы бір рет басыңыз.",
        "Волонтёр с таким именем уже есть. Если это другой человек, добавьте к имени фамилию. Чтобы сменить ПИН-код, нажмите кнопку ещё раз.",
        "A volunteer of that name works here already. If you are somebody else, add a surname. To give them a new PIN, press the button once more.";
    AddVolunteer: "Ерікті қосу", "Добавить волонтёра", "Add a volunteer";
    Enter: "Кіру", "Войти", "Sign in";
    WrongPin: "PIN-код сәйкес келмейді. Қайта теріңіз.", "ПИН-код не подходит. Наберите ещё раз.",
        "That PIN does not fit. Type it again.";
    NewForm: "Жаңа тіркеу", "Новая запись", "New form";
    SearchKey: "Іздеу", "Поиск", "Search";
    ChildKey: "Ересексіз бала", "Ребёнок без взрослых", "Child alone";
    MemberKey: "Отбасы мүшесін қосу", "Добавить члена семьи", "Add member";
    SendKey: "Байланыс", "Связь", "Connect";
    SwitchKey: "Ерікті", "Волонтёр", "Volunteer";
    SaveKey: "Сақтау", "Сохранить", "Save";
    BackKey: "Артқа", "Назад", "Back";
    UndoKey: "Түзетуді болдырмау", "Отменить правку", "Undo the edit";
    LeavingMended: "Өзгерістер сақталған жоқ. F10 — сақтау, тағы бір рет Esc — сақтамай шығу.",
        "Изменения не сохранены. F10 — сохранить, ещё раз Esc — выйти без сохранения.",
        "Your changes are not saved. F10 saves them; Esc once more leaves without them.";
    FirstFound: "Алғашқы 50 адам көрсетілді. Толығырақ теріңіз.",
        "Показаны первые 50 человек. Введите подробнее.",
        "The first 50 people are shown. Type more of the name.";
    NotCountedHeld: "Орталық бұл киоскіні әлі қабылдаған жоқ: оның коды басқа құрылғыда пайдаланылған немесе мерзімі өткен. Жазбалар аман, орталықта күтіп тұр. Орталыққа хабарласып, киоскіні қабылдауын сұраңыз.",
        "Центр ещё не принял этот киоск: его код использован на другом устройстве или истёк. Записи целы и ждут в центре. Свяжитесь с центром, чтобы киоск приняли.",
        "The centre has not admitted this kiosk: its code was used by another device, or had expired. The records are safe and wait at the centre. Ask the centre to admit this kiosk.";
    NotCountedRevoked: "Орталық бұл киоскінің рұқсатын жойды. Жазбалар аман, бірақ есепке алынбайды. Орталыққа хабарласыңыз.",
        "Центр отозвал допуск этого киоска. Записи целы, но не учитываются. Свяжитесь с центром.",
        "The centre has revoked this kiosk. Its records are safe but do not count. Call the centre.";
    NotCountedUnknown: "Орталық бұл киоскіні танымайды. Жазбалар аман; киоскіні қайта тіркеу керек.",
        "Центр не знает этот киоск. Записи целы; киоск нужно зарегистрировать заново.",
        "The centre does not know this kiosk. Its records are safe; the kiosk must be enrolled anew.";
    AsideDamaged: "дискіде бүлінген; бүтін көшірмесі басқа жерде болса, өзі қайта келеді",
        "запись повреждена на диске; если где-то есть целая копия, она вернётся сама",
        "damaged on this disk; a whole copy comes back by itself from wherever there is one";
    AsideRefused: "орталық қабылдамады; ол осында сақтаулы, орталыққа хабарласыңыз",
        "не принята центром; она хранится здесь, свяжитесь с центром",
        "refused by the centre; it is kept here; call the centre";
    PullPlug: "Байланысты үзу", "Оборвать связь", "Pull the plug";
    PutPlugBack: "Байланысты қосу", "Вернуть связь", "Put the plug back";
    PlugIn: "Көрсетілім: желі қосулы. Ажыратып көріңіз — киоск жұмысын жалғастырады.",
        "Демонстрация: линия подключена. Отключите её — киоск продолжит работать.",
        "Demonstration: the line is plugged in. Pull it: the kiosk goes on working.";
    PlugOut: "Көрсетілім: желі үзілді. Тіркей беріңіз; қосқанда бәрі орталыққа өзі кетеді.",
        "Демонстрация: линия отключена. Регистрируйте дальше; когда подключите её, всё уйдёт в центр само.",
        "Demonstration: the line is cut. Go on registering; all of it goes to the centre once it is back.";
    LookKey: "Түстер", "Цвета", "Colours";
    Head: "Отбасы басшысы", "Глава семьи", "Head of household";
    Traveller: "Жолаушы", "Пассажир", "Passenger";
    WhoAsks: "Кім іздейді, телефоны; іздестірілетін адамның белгілері, қайда көрінді",
        "Кто ищет и его телефон; приметы, где видели в последний раз",
        "Who is asking, and their phone; description, where last seen";
    VoidNeedsReason: "Себебін жазыңыз.", "Напишите причину.", "Write the reason.";
    Applicant: "Өтініш беруші", "Заявитель", "Applicant";
    SoughtPerson: "Іздестірілетін адам", "Кого ищут", "Person sought";
    Child: "Бала", "Ребёнок", "The child";
    Born: "Туған күні, жасы", "Дата рожд., возраст", "Date of birth, age";
    MomentHint: "мыс. 24.06.2019 21:12", "напр. 24.06.2019 21:12", "e.g. 24.06.2019 21:12";
    Members: "Отбасы мүшелері", "Члены семьи", "Household";
    Remove: "Алып тастау", "Убрать", "Remove";
    AlreadyHere: "Бұрын тіркелген бе?", "Уже есть в списках?", "Already here?";
    AlreadyHereHelp: "Аты-жөні, ЖСН немесе телефоны терілгенде, ұқсас адамдар осы жерде шығады.",
        "Когда вводят имя, ИИН или телефон, здесь появляются похожие люди.",
        "As a name, IIN or phone is typed, similar people appear here.";
    NobodyAlike: "Ұқсас адам жоқ.", "Похожих людей нет.", "Nobody similar.";
    NobodyYet: "Мұнда әлі ешкім жоқ. F2 басып, бірінші отбасын тіркеңіз.",
        "Здесь пока никого нет. Нажмите F2 и запишите первую семью.",
        "Nobody is here yet. Press F2 and register the first household.";
    SearchHint: "Аты-жөні, нөмірі, ЖСН, телефоны", "Имя, номер, ИИН, телефон",
        "Name, reference, IIN, phone";
    NotAllRead: "Кейбір жазбаларды дискіден оқу мүмкін болмады; мұнда адамдардың бәрі көрсетілмеген.",
        "Часть записей не удалось прочесть с диска; здесь видны не все.",
        "Some records could not be read from the disk; not everybody is shown here.";
    NothingFound: "Ештеңе табылмады. Басқаша жазып көріңіз.",
        "Ничего не найдено. Попробуйте написать иначе.", "Nothing found. Try another spelling.";
    SavedOnDevice: "Осы құрылғыда сақталды", "Сохранено на этом устройстве",
        "Saved on this device";
    SavedHelp: "Байланыс қосылғанда орталыққа өзі жіберіледі.",
        "Когда появится связь, запись сама уйдёт в центр.",
        "It goes to the centre by itself once there is a connection.";
    ClashingFields: "Қатені түзетіңіз", "Исправьте ошибку", "Please correct this";
    WrongBorn: "Мұндай күн жоқ. 31.01.1985, 1985 немесе 34 түрінде жазыңыз.",
        "Такой даты нет. Напишите, например, так: 31.01.1985, 1985 или 34.",
        "There is no such date. Write it like 31.01.1985, 1985 or 34.";
    WrongPhone: "Бұл телефон нөмірі емес. 8 701 123 45 67 түрінде жазыңыз.",
        "Это не номер телефона. Напишите как 8 701 123 45 67.",
        "That is not a phone number. Write it like 8 701 123 45 67.";
    WrongIin: "ЖСН 12 цифрдан тұрады. Құжатқа қарап, қайта теріңіз.",
        "В ИИН должно быть 12 цифр. Сверьте с документом и наберите ещё раз.",
        "An IIN has 12 digits. Compare it with the document and type it again.";
    WrongIinDigit: "ЖСН цифрларында қате бар. Әрқайсысын құжатпен салыстырыңыз.",
        "В цифрах ИИН ошибка. Сверьте каждую с документом.",
        "There is a mistake in the digits of the IIN. Compare each with the document.";
    WrongMoment: "Күні мен уақытын 24.06.2019 21:12 түрінде жазыңыз.",
        "Напишите день и время, например, так: 24.06.2019 21:12.",
        "Write the day and the time, like 24.06.2019 21:12.";
    WrongPlace: "Елді мекенді тізімнен таңдаңыз немесе өрісті бос қалдырыңыз.",
        "Выберите населённый пункт из списка или оставьте поле пустым.",
        "Choose the place from the list, or leave the field empty.";
    WrongNobody: "Атын немесе тегін жазыңыз.", "Напишите имя или фамилию.", "Write a name or a surname.";
    WrongNothingKnown: "Бала туралы белгілісін жазыңыз: атын, жасын немесе қай жерден табылғанын.",
        "Напишите, что известно о ребёнке: имя, возраст или где его нашли.",
        "Write whatever is known of the child: a name, an age, or where they were found.";
    NotGiven: "көрсетілмеген", "не указано", "not given";
    Locality: "елді мекен", "населённый пункт", "locality";
    TheRest: "Қалғаны", "Остальное", "The rest";
    AllThere: "Бүкіл отбасы сонда", "Вся семья там же", "The whole household, too";
    AllThereBut: "Ересегі жоқ баладан басқа бүкіл отбасы сонда",
        "Вся семья там же, кроме ребёнка без взрослых",
        "The whole household, too, but not the child alone";
    NoIncident: "Ашық оқиға жоқ", "Открытых происшествий нет", "No open incident";
    OnThisDevice: "осы құрылғыда", "на этом устройстве", "on this device";
    AtTheCentre: "орталықта", "в центре", "at the centre";
    HeldBack: "тексерілуде", "на проверке", "held back";
    PutAside: "қабылданбады", "не принято", "put aside";
    LinkUntried: "байланыс тексерілуде", "связь проверяется", "trying the line";
    LinkTalking: "орталықпен дерек алмасуда", "обмен с центром", "talking to the centre";
    LinkInStep: "орталықпен бірдей", "всё совпадает с центром", "in step with the centre";
    LinkNotInStep: "дерек алмасу аяқталмады", "обмен не завершён", "not in step yet";
    LinkNone: "байланыс жоқ", "нет связи", "no connection";
    LinkTrouble: "байланыс ақаулы", "связь неисправна", "line trouble";
    NoPassphrase: "құпия сөз тіркесі жоқ", "без парольной фразы", "no passphrase";
    LastContact: "соңғы байланыс", "последняя связь", "last contact";
    NeverContact: "байланыс әлі болған жоқ", "связи ещё не было", "no contact yet";
    ClockWrong: "сағат қате жүр", "часы неверны", "clock is off";
    DiskLow: "диск толып барады", "диск почти полон", "disk nearly full";
    SameHousehold: "бір отбасынан болуы мүмкін", "возможно, одна семья", "perhaps one household";
    InHouseholdOf: "отбасында", "в семье", "in the household of";
    MendKey: "Түзету", "Исправить", "Edit";
    Case: "Іс", "Дело", "Case";
    Mending: "Істі түзету", "Исправление дела", "Editing a case";
    CoupledPerson: "Осы адам болуы мүмкін", "Возможно, тот же человек", "Perhaps the same person";
    CoupledHousehold: "Бір отбасы болуы мүмкін", "Возможно, та же семья", "Perhaps the same household";
    CoupledHelp: "Орталық қарап, шешеді.", "Решит центр.", "The centre reviews it.";
    Scanned: "Құжат оқылды", "Документ прочитан", "Document read";
    ScanFailed: "Құжат оқылмады. Барлық жолын басынан сканерлеңіз.",
        "Документ не прочитан. Сканируйте все строки сначала.",
        "The document could not be read. Scan all its lines again.";
    ScanDiffers: "Құжатта басқаша жазылған. Формада терілгені қалды.",
        "В документе написано иначе. В форме осталось то, что набрано.",
        "The document says something else. What was typed stays in the form.";
    ScanOther: "Құжат басқа адамға тиесілі сияқты: аты-жөні сәйкес келмейді. Одан ештеңе алынған жоқ.",
        "Похоже, документ другого человека: имя не совпадает. Из него ничего не взято.",
        "This document seems to be somebody else’s: the name does not fit. Nothing was taken from it.";
    ScanMore: "Құжаттың келесі жолын сканерлеңіз.", "Сканируйте следующую строку документа.",
        "Scan the next line of the document.";
    Void: "Жарамсыз деп тану", "Аннулировать", "Void";
    VoidReason: "Жарамсыз деп тану себебі", "Причина аннулирования", "Why is it void?";
    EditNotSaved: "Бұрын ашылған істегі өзгеріс сақталмады.", "Изменение в деле, открытом раньше, не сохранено.",
        "The change to the case that was open before was not saved.";
    VoidHelp: "Іс тарихта қалады, бірақ бұдан былай есепке алынбайды.",
        "Дело останется в истории, но больше не будет учитываться.",
        "The case stays in the history, but is no longer counted.";
    VoidKeepsChild: "Іс тарихта қалады. Ондағы бала мәселесін орталықтың екі қызметкері шешкенше, ол тізімде қала береді.",
        "Дело останется в истории. Ребёнок в нём останется в списке, пока вопрос о нём не решат два сотрудника центра.",
        "The case stays in the history. The child in it stays on the list until two of the centre’s staff have settled what becomes of it.";
    Unvoid: "Істі қайта жарамды деп тану", "Снова сделать дело действительным", "Make the case valid again";
    TypedAhead: "Осы кезде тергеніңіз жоғалған жоқ: бұл жазба сақталған соң келесі формада тұрады.",
        "Набранное тем временем не потеряно: оно появится в следующей форме, когда эта сохранится.",
        "What you typed meanwhile is not lost: it stands in the next form once this one is saved.";
    FormsWait: "Аяқталмаған тіркеулер", "Незаконченные записи", "Unfinished forms";
    VoidWaits: "Іс жарамсыз деп танылды, бірақ онда жанында ересек адам жоқ бала бар: бала мәселесін орталықтың екі қызметкері шешкенше, ол тізімде қалады.",
        "Дело аннулировано, но в нём ребёнок без взрослых: он остаётся в списке, пока вопрос о нём не решат два сотрудника центра.",
        "This case was voided, but there is a child alone in it: they stay on the list until two of the centre’s staff have settled what becomes of the child.";
    SamePersonAsForm: "Формадағы адамның өзі", "Тот же человек, что в форме", "Same person as in the form";
    SameHouseholdAsForm: "Формадағы отбасының өзі", "Та же семья, что в форме", "Same household as in the form";
    Reading: "Жазбалар оқылуда", "Записи читаются", "Reading the records";
    Untitled: "Аты айтылмаған", "Имя не названо", "No name given";
    Keep: "Мынаны қалдыру", "Оставить", "Keep";
    CannotRead: "Бұл істі мұнда оқу мүмкін емес.", "Это дело здесь прочесть нельзя.",
        "This case can't be read here.";
    Admitted: "Орталық бұл киоскіні таниды", "Центр знает этот киоск", "The centre knows this kiosk";
    AdmittedUnknown: "Киоск орталықпен әлі байланысқан жоқ", "Киоск ещё не связывался с центром",
        "This kiosk has not talked to the centre yet";
    NotAdmitted: "Орталық бұл киоскінің жазбаларын есепке алмайды",
        "Центр не учитывает записи этого киоска", "The centre does not count what this kiosk writes";
    ContactHelp: "Жолға шықпас бұрын киоскіні интернетке қосыңыз: ол орталықпен өзі байланысады.",
        "Перед выездом подключите киоск к интернету: он сам свяжется с центром.",
        "Before you leave, connect the kiosk to the internet: it calls the centre by itself.";
    ClockRight: "Сағат дұрыс", "Часы верны", "The clock is right";
    ClockUnknown: "Сағат тексерілмеген", "Часы не сверены", "The clock has not been compared yet";
    ClockHelp: "Компьютердің сағатын дұрыстаңыз. Жазбалар жоғалмайды, бірақ уақыты қате жазылады.",
        "Установите на компьютере верное время. Записи не пропадут, но время в них будет неверным.",
        "Set this computer's clock. No record is lost, but the times in them are wrong.";
    DiskEnough: "Дискіде орын жетеді", "Места на диске достаточно", "The disk has room";
    DiskHelp: "Дискіде орын босатыңыз, әйтпесе киоск жаңа жазба қабылдай алмайды.",
        "Освободите место на диске, иначе киоск не сможет принимать записи.",
        "Free some space, or the kiosk cannot take new records.";
    AllSent: "Бәрі орталықта", "Всё в центре", "Everything is at the centre";
    WaitingHelp: "Бәрі осы құрылғыда сақталған, байланыс қосылғанда өздігінен жіберіледі.",
        "Всё сохранено здесь и уйдёт само, когда появится связь.",
        "Everything is safe here and goes by itself once there is a connection.";
    PinSet: "PIN-код қойылған", "ПИН-код задан", "A PIN is set";
    PinNotSet: "PIN-код қойылмаған", "ПИН-код не задан", "No PIN is set";
    PassphraseSet: "Құпия сөз тіркесі бар", "Парольная фраза есть", "A passphrase is set";
    PassphraseHelp: "Компьютер ұрланса, жазбаларды кез келген адам оқи алады. Киоскіні құпия сөз тіркесімен қайта тіркеңіз.",
        "Если компьютер украдут, записи прочтёт любой. Зарегистрируйте киоск заново с парольной фразой.",
        "If this computer is stolen, anybody can read its records. Enrol the kiosk anew with a passphrase.";
    Ready: "Киоск жолға дайын", "Киоск готов к выезду", "This kiosk is ready for the field";
    NotReady: "Киоск жолға әлі дайын емес", "Киоск ещё не готов к выезду",
        "This kiosk is not ready for the field yet";
    Cancel: "Болдырмау", "Отмена", "Cancel";
    ReadyKey: "Дайындық", "Готовность", "Ready?";
    LockAfter: "Экран неше минуттан кейін құлыпталады", "Через сколько минут блокировать экран",
        "Minutes until the screen locks";
    Incident: "Оқиға", "Происшествие", "Incident";
}

/// With a capital first letter: terms are written small.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

//! The reasons in Kazakh, Russian and English.

use beket_words::texts;

texts! {
    /// What went wrong, what is safe, what to do.
    pub(crate) enum Why;
    OthersGiven: "Қалғандары тағайындалды. Мыналар тағайындалмады:",
        "Остальные назначены. Не назначены:", "The others were assigned. These were not:";
    TooManyMarked: "Бір ретте 50-ден артық іс тағайындауға болмайды. Ештеңе өзгертілген жоқ.",
        "За один раз назначают не больше 50 дел. Ничего не изменено.",
        "No more than 50 cases are assigned at once. Nothing was changed.";
    NobodyOfThatName: "Қызметкерді таңдаңыз: мұндай аты бар адам жоқ.", "Выберите сотрудника: с таким именем никого нет.",
        "Choose a member of staff: nobody has that name.";
    NotADay: "Күнін таңдаңыз.", "Выберите день.", "Choose a day.";
    DecreeNeeded: "Қай шешім бойынша екенін жазыңыз.", "Напишите, по какому решению.",
        "Say by which decision.";
    KindStays: "Істің түрі өзгермейді: оны жарамсыз деп танып, жаңадан тіркеңіз.",
        "Вид дела не меняется: аннулируйте его и примите заново.",
        "The kind of a case cannot be changed: void it and register a new one.";
    NotReadable: "Бұл істің мазмұны әзірге оқылмайды, сондықтан ештеңе өзгертілген жоқ.",
        "Содержание дела пока не читается, поэтому ничего не изменено.",
        "What this case says can't be read yet, so nothing was changed.";
    NotWritten: "Бұл форманы жазу мүмкін болмады. Ештеңе өзгертілген жоқ.",
        "Эту форму записать не удалось. Ничего не изменено.",
        "This form could not be written. Nothing was changed.";
    StationUnknown: "Істің станциясы мұнда белгісіз. Ештеңе өзгертілген жоқ.",
        "Станция этого дела здесь неизвестна. Ничего не изменено.",
        "The case's station is not known here. Nothing was changed.";
    Purged: "Бұл іс біржола өшірілген, сондықтан ештеңе сақталған жоқ.",
        "Это дело удалено навсегда, поэтому ничего не сохранено.",
        "This case was deleted for good, so nothing was saved.";
    StaleForm: "Бұл форма ескірген дерек бойынша ашылған. Істі қайта ашып, өзгерісті тағы енгізіңіз.",
        "Форма открыта по устаревшим данным. Откройте дело заново и внесите изменение ещё раз.",
        "This form was drawn from outdated data. Open the case anew and make the change again.";
    OfficeClock: "Сервердің сағаты мүмкін емес уақытты көрсетіп тұр. Әкімшіге айтыңыз; ештеңе сақталған жоқ.",
        "Часы сервера показывают невозможное время. Сообщите администратору; ничего не сохранено.",
        "The server's clock shows an impossible time. Tell the administrator; nothing was saved.";
    TooMuch: "Бұл жазба тым үлкен. Мәтінді қысқартыңыз.", "Запись слишком велика. Сократите текст.",
        "This is too much for one change. Shorten the text.";
    NoSuchField: "Істе мұндай өріс жоқ. Ештеңе өзгертілген жоқ.", "В деле нет такого поля. Ничего не изменено.",
        "The case has no such field. Nothing was changed.";
    CannotFollow: "Істің қазіргі күйінен кейін бұл шешім қабылданбайды. Ештеңе өзгертілген жоқ.",
        "После нынешнего состояния дела такое решение невозможно. Ничего не изменено.",
        "That cannot follow the status that the case has. Nothing was changed.";
    NotDisputed: "Бұл өрісте қайшылық жоқ: шешім өз формасы арқылы сақталады. Ештеңе өзгертілген жоқ.",
        "В этом поле нет расхождения: решение сохраняют в его собственной форме. Ничего не изменено.",
        "This field is not in conflict: a decision is saved with its own form. Nothing was changed.";
    ChooseOne: "Жазылған мәндердің бірін таңдаңыз.", "Выберите одно из записанных значений.",
        "Choose one of the values that were written.";
    NotYoursToGive: "Істі басқа қызметкерге тек жетекші тағайындайды. Ештеңе өзгертілген жоқ.",
        "Назначить дело другому сотруднику может только руководитель. Ничего не изменено.",
        "Only a supervisor gives a case to somebody else. Nothing was changed.";
    DecidedMeanwhile: "Бұл екі іс туралы басқа қызметкер шешіп үлгерген. Ештеңе өзгертілген жоқ: қазіргі күйін қараңыз.",
        "По этим двум делам уже решил другой сотрудник. Ничего не изменено: посмотрите, как обстоит дело сейчас.",
        "Somebody else has decided about these two meanwhile. Nothing was changed: look at how they stand.";
    GivenMeanwhile: "істі басқа біреу алып не тағайындап үлгерген, тізімді жаңартыңыз.",
        "дело уже взял или назначил кто-то другой, обновите список.",
        "somebody else has taken or assigned it meanwhile; load the list anew.";
    NobodyTyped: "Кімді қосатыныңызды жазыңыз.", "Напишите, кого добавить.", "Say whom to add.";
    GivenTwice: "істі екі адам бір мезгілде тағайындаған, істі ашып, бірін таңдаңыз.",
        "дело назначили двое одновременно, откройте его и выберите.",
        "two assigned it apart; open the case and choose.";
    NothingLeft: "Істе айтылған сөз не адамның аты қалуы керек. Ештеңе өзгертілген жоқ.",
        "В деле должны остаться слова человека или его имя. Ничего не изменено.",
        "A case keeps its words or some part of a name. Nothing was changed.";
    ReasonNeeded: "Себебін жазыңыз.", "Напишите причину.", "Give the reason.";
    PartNeeded: "Қай бөлігі жіберілетінін жазыңыз.", "Напишите, какая часть перенаправляется.",
        "Say which part is forwarded.";
    WhomNeeded: "Қайда жіберілетінін жазыңыз.", "Напишите, куда перенаправляется.", "Say to whom it is forwarded.";
    LaterNeeded: "Жаңа мерзім бұрынғысынан кейін болуы керек.", "Новый срок должен быть позже прежнего.",
        "The new due date must be later than the one it has.";
    NotExtended: "Заң бұл мерзімді ұзартуды көздемейді. Ештеңе өзгертілген жоқ.",
        "Продление этого срока законом не предусмотрено. Ничего не изменено.",
        "The law does not provide for extending this term. Nothing was changed.";
    TooLateToExtend: "Мерзім өтіп кеткен, енді ұзартылмайды. Ештеңе өзгертілген жоқ.",
        "Срок уже истёк, продлить его нельзя. Ничего не изменено.",
        "The term is over and can no longer be extended. Nothing was changed.";
    FactStays: "Бұл істі тіркеу кезінде жазылған, сондықтан өзгермейді. Ештеңе өзгертілген жоқ.",
        "Это записано при приёме дела и не меняется. Ничего не изменено.",
        "This was written when the case was taken, and stays. Nothing was changed.";
    NoLaterThan: "Заң бойынша ең соңғы күн:", "По закону не позднее", "By law no later than";
    NotAlone: "Бұл істе тапсыруды күтіп тұрған, жанында ересек адам жоқ бала тіркелмеген. Ештеңе өзгертілген жоқ.",
        "В этом деле нет ребёнка без взрослых, которого можно передать. Ничего не изменено.",
        "There is no child alone in this case to hand over. Nothing was changed.";
    TwoForAChild: "Жанында ересек адам жоқ баланы екі қызметкер тексеріп барып тапсырады: «Баланы тапсыру» бөлімін пайдаланыңыз, ал белгі қате болса, «Қателесіп белгіленген» бөлімін. Ештеңе өзгертілген жоқ.",
        "Ребёнка без взрослых передают только после проверки двумя сотрудниками: воспользуйтесь разделом «Передать ребёнка», а если отметка ошибочна, разделом «Отмечен по ошибке». Ничего не изменено.",
        "A child alone goes only after two of staff have checked: use “Hand the child over” or, where the mark is wrong, “Marked by mistake”. Nothing was changed.";
    DocumentNeeded: "Баланы кімге және қандай құжат бойынша тапсыратыныңызды жазыңыз.",
        "Напишите, кому и по какому документу передаётся ребёнок.",
        "Say to whom the child goes, and by which document.";
    SecondNeeded: "Растайтын басқа қызметкер болуы керек: бірінші тексерген адам өзі растай алмайды.",
        "Подтвердить должен другой сотрудник: проверивший первым подтвердить не может.",
        "Another member of staff must confirm: whoever checked first cannot.";
    BegunTwice: "Екі қызметкер мұны бір мезгілде бастаған. Болдырмай, қайтадан бастаңыз. Бала тізімде қала береді.",
        "Два сотрудника начали это одновременно. Отмените и начните заново. Ребёнок остаётся в списке.",
        "Two of staff began this at the same time. Cancel it and begin anew. The child stays on the list.";
    NoteNeeded: "Жазба бос.", "Заметка пуста.", "The note is empty.";
    DiskFull: "Сервердің дискісі толы. Бұрын сақталғаны аман, мынау сақталған жоқ. Әкімшіге айтыңыз.",
        "Диск сервера полон. Сохранённое раньше цело, это не сохранено. Сообщите администратору.",
        "The server's disk is full. What was saved before is safe; this was not. Tell the administrator.";
    DiskFailed: "Сервердің дискісіне жазу мүмкін болмады. Бұрын сақталғаны аман. Әкімшіге айтыңыз.",
        "Не удалось записать на диск сервера. Сохранённое раньше цело. Сообщите администратору.",
        "The server's disk could not be written to. What was saved before is safe. Tell the administrator.";
    Stopping: "Сервер тоқтап жатыр. Ештеңе сақталған жоқ, кейін қайталаңыз.",
        "Сервер останавливается. Ничего не сохранено, повторите позже.",
        "The server is stopping. Nothing was saved; try again later.";
    IinHint: "ЖСН 12 цифрдан тұрады; тексеріп, қайта теріңіз.", "ИИН состоит из 12 цифр; проверьте и введите ещё раз.",
        "an IIN has 12 digits; check it and type it again.";
    PhoneHint: "нөмір 87011234567 түрінде жазылады.", "номер пишется как 87011234567.",
        "a number is written as 87011234567.";
    DayHint: "күн 2019-06-24 түрінде жазылады.", "день пишется как 2019-06-24.", "a day is written as 2019-06-24.";
    AgeHint: "жасы 0-ден 130-ға дейінгі сан.", "возраст — число от 0 до 130.", "an age is a number from 0 to 130.";
    TooLongHint: "мәтін тым ұзын, қысқартыңыз.", "текст слишком длинный, сократите его.",
        "the text is too long; shorten it.";
    NamelessHint: "істе аты-жөні не өз сөзі қалуы керек.", "в деле должно остаться имя или рассказ.",
        "the case must keep a name or a narrative.";
    ValueHint: "бұл мән бұл өріске жарамайды.", "это значение не подходит.", "this value does not fit the field.";
    NoSuchCase: "Мұндай іс жоқ", "Такого дела нет", "There is no such case";
}

//! What went wrong, for the person in front of the screen: what it is, what is safe, what to do.

use beket_store::StoreFault;
use beket_words::Tongue;

use crate::KioskError;

/// An error as a sentence.
pub fn trouble(tongue: Tongue, error: &KioskError) -> &'static str {
    in_(tongue, said(error))
}

/// A fault of the disk as a sentence.
#[cfg(test)]
pub(crate) fn disk_trouble(tongue: Tongue, fault: StoreFault) -> &'static str {
    in_(tongue, of_disk(fault))
}

fn in_(tongue: Tongue, [kk, ru, en]: [&'static str; 3]) -> &'static str {
    match tongue {
        Tongue::Kk => kk,
        Tongue::Ru => ru,
        Tongue::En => en,
    }
}

fn said(error: &KioskError) -> [&'static str; 3] {
    match error {
        KioskError::Store(store) => of_disk(store.fault),
        KioskError::WrongPassphrase => [
            "Құпия сөз тіркесі сәйкес келмейді. Ештеңе өзгерген жоқ, қайта теріңіз.",
            "Парольная фраза не подходит. Ничего не изменилось, наберите ещё раз.",
            "That is not this kiosk's passphrase. Nothing was changed; type it again.",
        ],
        KioskError::WeakPin => [
            "Атыңыз бен кемінде төрт цифрдан тұратын PIN-код керек. Ештеңе сақталған жоқ.",
            "Нужны имя и ПИН-код хотя бы из четырёх цифр. Ничего не сохранено.",
            "A name and a PIN of at least four digits are needed. Nothing was saved.",
        ],
        KioskError::Clock => [
            "Компьютердің сағаты мүмкін емес уақытты көрсетіп тұр. Жазба сақталған жоқ: сағатты дұрыстап, қайта сақтаңыз.",
            "Часы компьютера показывают невозможное время. Запись не сохранена: установите верное время и сохраните ещё раз.",
            "This computer's clock shows an impossible time. The form was not saved: set the clock and save again.",
        ],
        KioskError::Purged => [
            "Орталық бұл істі біржола өшірген, сондықтан ештеңе сақталған жоқ.",
            "Центр удалил это дело навсегда, поэтому ничего не сохранено.",
            "The centre has deleted this case for good, so nothing was saved.",
        ],
        KioskError::Unreadable(_) | KioskError::NoCase(_) | KioskError::Ambiguous { .. } => [
            "Бұл істі осы киоскіде түзету мүмкін емес. Ол аман тұр; орталыққа айтыңыз.",
            "Это дело нельзя исправить на этом киоске. Оно цело; сообщите в центр.",
            "This case can't be edited at this kiosk. It is safe; tell the centre.",
        ],
        KioskError::ChildAlone => [
            "Жанында ересек адам жоқ баланы орталық тапсырады: онда екі қызметкер құжат тексереді. Ештеңе сақталған жоқ. Орталыққа хабарласыңыз.",
            "Ребёнка без взрослых передаёт центр: там документ проверяют два сотрудника. Ничего не сохранено. Свяжитесь с центром.",
            "The centre hands a child alone over: two of its staff check the document. Nothing was saved. Call the centre.",
        ],
        KioskError::SelfService => [
            "Бұл киоск азаматтардың өтініштерін оқи алмайды.",
            "Этот киоск не может читать обращения граждан.",
            "This kiosk cannot read what citizens handed in.",
        ],
        KioskError::Locked => [
            "Киоск құлыптаулы. Құпия сөз тіркесін теріңіз.",
            "Киоск заблокирован. Введите парольную фразу.",
            "The kiosk is locked. Type its passphrase.",
        ],
        KioskError::Field(_) | KioskError::Document(_) | KioskError::Seal(_) => [
            "Жазбаны осы күйінде сақтау мүмкін емес. Терілгені экранда қалды; ұзын мәтінді қысқартыңыз.",
            "Запись в таком виде сохранить нельзя. Введённое осталось на экране; сократите длинный текст.",
            "The form can't be saved as it is. What you typed is still here; shorten a long text.",
        ],
        _ => [
            "Киоскінің деректері бүлінген. Қалтаның көшірмесін сақтап, орталыққа хабарласыңыз: мұндағының бәрін жіберуге болады.",
            "Данные киоска повреждены. Сохраните копию папки и свяжитесь с центром: всё, что здесь есть, ещё можно отправить.",
            "The kiosk's data is damaged. Keep a copy of its folder and call the centre: what is here can still be sent.",
        ],
    }
}

fn of_disk(fault: StoreFault) -> [&'static str; 3] {
    match fault {
        StoreFault::Full => [
            "Диск толы. Бұрын сақталғаны аман, мына жазба сақталған жоқ. Орын босатып, қайта сақтаңыз.",
            "Диск полон. Сохранённое раньше цело, эта запись не сохранена. Освободите место и сохраните ещё раз.",
            "The disk is full. What was saved before is safe; this was not. Free some space and save again.",
        ],
        StoreFault::Busy => [
            "Деректер файлын басқа бағдарлама ұстап тұр. Ештеңе жоғалған жоқ. Сол бағдарламаны жауып, қайта сақтаңыз.",
            "Файл данных занят другой программой. Ничего не потеряно. Закройте её и сохраните ещё раз.",
            "Another program keeps the data file. Nothing was lost. Close it and save again.",
        ],
        StoreFault::ReadOnly => [
            "Деректер қалтасына жазу мүмкін емес. Бұрын сақталғаны аман, мына жазба сақталған жоқ. Дискіні тексеріңіз.",
            "В папку данных нельзя писать. Сохранённое раньше цело, эта запись не сохранена. Проверьте диск.",
            "The data folder cannot be written to. What was saved before is safe; this was not. Check the disk.",
        ],
        StoreFault::Damaged | StoreFault::Other => [
            "Дискіден оқу не жазу кезінде қате шықты. Бұрын сақталғаны аман. Қалтаның көшірмесін сақтап, орталыққа хабарласыңыз.",
            "Ошибка диска. Сохранённое раньше цело. Сохраните копию папки и свяжитесь с центром.",
            "The disk failed. What was saved before is safe. Keep a copy of the folder and call the centre.",
        ],
    }
}

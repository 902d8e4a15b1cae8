//! Names of the Russian-speaking: Slavs, Koreans, Germans, Tatars.
//! Refuses to adapt them: a Kazakh form keeps the spelling of the identity card.

use super::{Community, Father, Spellings, Surname, alike, takes_a, unchanging};

/// The lists together.
pub(super) static NAMES: Community =
    Community { surnames: SURNAMES, men: MEN, women: WOMEN, fathers: FATHERS };

const SURNAMES: &[Surname] = &[
    takes_a(alike("Иванов", "Ivanov")),
    takes_a(alike("Кузнецов", "Kuznetsov")),
    takes_a(alike("Соколов", "Sokolov")),
    takes_a(alike("Попов", "Popov")),
    takes_a(alike("Лебедев", "Lebedev")),
    takes_a(alike("Морозов", "Morozov")),
    takes_a(alike("Гончаров", "Goncharov")),
    takes_a(alike("Белов", "Belov")),
    takes_a(alike("Зайцев", "Zaitsev")),
    takes_a(alike("Воробьёв", "Vorobyov")),
    takes_a(alike("Никитин", "Nikitin")),
    takes_a(alike("Фомин", "Fomin")),
    takes_a(alike("Тарасов", "Tarassov")),
    takes_a(alike("Гарипов", "Garipov")),
    takes_a(alike("Валиев", "Valiyev")),
    takes_a(alike("Сафин", "Safin")),
    takes_a(alike("Ермолаев", "Yermolayev")),
    takes_a(alike("Панкратов", "Pankratov")),
    unchanging(alike("Ким", "Kim")),
    unchanging(alike("Цой", "Tsoy")),
    unchanging(alike("Пак", "Pak")),
    unchanging(alike("Тен", "Ten")),
    unchanging(alike("Шевченко", "Shevchenko")),
    unchanging(alike("Коваленко", "Kovalenko")),
    unchanging(alike("Бондаренко", "Bondarenko")),
    unchanging(alike("Мельник", "Melnik")),
    unchanging(alike("Ткачук", "Tkachuk")),
    unchanging(alike("Шмидт", "Schmidt")),
    unchanging(alike("Миллер", "Miller")),
    unchanging(alike("Вагнер", "Wagner")),
];

const MEN: &[Spellings] = &[
    alike("Александр", "Alexandr"),
    alike("Сергей", "Sergey"),
    alike("Андрей", "Andrey"),
    alike("Дмитрий", "Dmitriy"),
    alike("Владимир", "Vladimir"),
    alike("Николай", "Nikolay"),
    alike("Виктор", "Viktor"),
    alike("Юрий", "Yuriy"),
    alike("Олег", "Oleg"),
    alike("Игорь", "Igor"),
    alike("Алексей", "Alexey"),
    alike("Максим", "Maxim"),
    alike("Денис", "Denis"),
    alike("Артём", "Artyom"),
    alike("Руслан", "Ruslan"),
    alike("Евгений", "Yevgeniy"),
    alike("Михаил", "Mikhail"),
    alike("Павел", "Pavel"),
    alike("Тимур", "Timur"),
    alike("Вадим", "Vadim"),
];

const WOMEN: &[Spellings] = &[
    alike("Елена", "Yelena"),
    alike("Ольга", "Olga"),
    alike("Наталья", "Natalya"),
    alike("Татьяна", "Tatyana"),
    alike("Светлана", "Svetlana"),
    alike("Ирина", "Irina"),
    alike("Людмила", "Lyudmila"),
    alike("Галина", "Galina"),
    alike("Валентина", "Valentina"),
    alike("Марина", "Marina"),
    alike("Анна", "Anna"),
    alike("Мария", "Mariya"),
    alike("Екатерина", "Yekaterina"),
    alike("Виктория", "Viktoriya"),
    alike("Любовь", "Lyubov"),
    alike("Надежда", "Nadezhda"),
    alike("Оксана", "Oxana"),
    alike("Алина", "Alina"),
    alike("Юлия", "Yuliya"),
    alike("Дарья", "Darya"),
];

const FATHERS: &[Father] = &[
    father(alike("Александрович", "Alexandrovich"), alike("Александровна", "Alexandrovna")),
    father(alike("Сергеевич", "Sergeyevich"), alike("Сергеевна", "Sergeyevna")),
    father(alike("Андреевич", "Andreyevich"), alike("Андреевна", "Andreyevna")),
    father(alike("Дмитриевич", "Dmitriyevich"), alike("Дмитриевна", "Dmitriyevna")),
    father(alike("Владимирович", "Vladimirovich"), alike("Владимировна", "Vladimirovna")),
    father(alike("Николаевич", "Nikolayevich"), alike("Николаевна", "Nikolayevna")),
    father(alike("Викторович", "Viktorovich"), alike("Викторовна", "Viktorovna")),
    father(alike("Юрьевич", "Yuryevich"), alike("Юрьевна", "Yuryevna")),
    father(alike("Олегович", "Olegovich"), alike("Олеговна", "Olegovna")),
    father(alike("Игоревич", "Igorevich"), alike("Игоревна", "Igorevna")),
    father(alike("Алексеевич", "Alexeyevich"), alike("Алексеевна", "Alexeyevna")),
    father(alike("Иванович", "Ivanovich"), alike("Ивановна", "Ivanovna")),
    father(alike("Петрович", "Petrovich"), alike("Петровна", "Petrovna")),
    father(alike("Анатольевич", "Anatolyevich"), alike("Анатольевна", "Anatolyevna")),
    father(alike("Михайлович", "Mikhailovich"), alike("Михайловна", "Mikhailovna")),
    father(alike("Ильич", "Ilyich"), alike("Ильинична", "Ilyinichna")),
    father(alike("Павлович", "Pavlovich"), alike("Павловна", "Pavlovna")),
    father(alike("Геннадьевич", "Gennadyevich"), alike("Геннадьевна", "Gennadyevna")),
    father(alike("Ренатович", "Renatovich"), alike("Ренатовна", "Renatovna")),
    father(alike("Львович", "Lvovich"), alike("Львовна", "Lvovna")),
];

const fn father(son: Spellings, daughter: Spellings) -> Father {
    Father::Other { son, daughter }
}

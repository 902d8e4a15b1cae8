//! Names of the Uzbeks of Turkistan, Sairam and Shymkent.
//! Refuses to adapt them: a Kazakh form keeps the spelling of the identity card.

use super::{Community, Father, Spellings, Surname, alike, takes_a};

/// The lists together.
pub(super) static NAMES: Community =
    Community { surnames: SURNAMES, men: MEN, women: WOMEN, fathers: FATHERS };

const SURNAMES: &[Surname] = &[
    takes_a(alike("Юлдашев", "Yuldashev")),
    takes_a(alike("Каримов", "Karimov")),
    takes_a(alike("Рахимов", "Rakhimov")),
    takes_a(alike("Хамидов", "Khamidov")),
    takes_a(alike("Эргашев", "Ergashev")),
    takes_a(alike("Мирзаев", "Mirzayev")),
    takes_a(alike("Абдуллаев", "Abdullayev")),
    takes_a(alike("Турсунов", "Tursunov")),
    takes_a(alike("Ташметов", "Tashmetov")),
    takes_a(alike("Исмаилов", "Ismailov")),
    takes_a(alike("Хайдаров", "Khaidarov")),
    takes_a(alike("Маматкулов", "Mamatkulov")),
    takes_a(alike("Садыков", "Sadykov")),
    takes_a(alike("Ходжаев", "Khodzhayev")),
    takes_a(alike("Шарипов", "Sharipov")),
    takes_a(alike("Убайдуллаев", "Ubaidullayev")),
    takes_a(alike("Мадалиев", "Madaliyev")),
    takes_a(alike("Сайдалиев", "Saidaliyev")),
    takes_a(alike("Усманов", "Usmanov")),
    takes_a(alike("Ирисметов", "Irismetov")),
];

const MEN: &[Spellings] = &[
    alike("Бахтияр", "Bakhtiyar"),
    alike("Шерзод", "Sherzod"),
    alike("Отабек", "Otabek"),
    alike("Дильшод", "Dilshod"),
    alike("Ботир", "Botir"),
    alike("Равшан", "Ravshan"),
    alike("Жасур", "Zhassur"),
    alike("Улугбек", "Ulugbek"),
    alike("Алишер", "Alisher"),
    alike("Фарход", "Farkhod"),
    alike("Санжар", "Sanzhar"),
    alike("Джамшид", "Dzhamshid"),
    alike("Акмаль", "Akmal"),
    alike("Рустам", "Rustam"),
    alike("Илхом", "Ilkhom"),
    alike("Азиз", "Aziz"),
];

const WOMEN: &[Spellings] = &[
    alike("Дильноза", "Dilnoza"),
    alike("Нигора", "Nigora"),
    alike("Гульнора", "Gulnora"),
    alike("Зухра", "Zukhra"),
    alike("Малика", "Malika"),
    alike("Шахноза", "Shakhnoza"),
    alike("Феруза", "Feruza"),
    alike("Мавлюда", "Mavlyuda"),
    alike("Барно", "Barno"),
    alike("Нилуфар", "Nilufar"),
    alike("Саодат", "Saodat"),
    alike("Камола", "Kamola"),
    alike("Мухаббат", "Mukhabbat"),
    alike("Хилола", "Khilola"),
    alike("Дилором", "Dilorom"),
    alike("Зулфия", "Zulfiya"),
];

const FATHERS: &[Father] = &[
    father(alike("Бахтиярович", "Bakhtiyarovich"), alike("Бахтияровна", "Bakhtiyarovna")),
    father(alike("Рахимович", "Rakhimovich"), alike("Рахимовна", "Rakhimovna")),
    father(alike("Эргашевич", "Ergashevich"), alike("Эргашевна", "Ergashevna")),
    father(alike("Турсунович", "Tursunovich"), alike("Турсуновна", "Tursunovna")),
    father(alike("Юсупович", "Yussupovich"), alike("Юсуповна", "Yussupovna")),
    father(alike("Хамидович", "Khamidovich"), alike("Хамидовна", "Khamidovna")),
    father(alike("Алимович", "Alimovich"), alike("Алимовна", "Alimovna")),
    father(alike("Абдуллаевич", "Abdullayevich"), alike("Абдуллаевна", "Abdullayevna")),
    father(alike("Шавкатович", "Shavkatovich"), alike("Шавкатовна", "Shavkatovna")),
    father(alike("Содикович", "Sodikovich"), alike("Содиковна", "Sodikovna")),
    father(alike("Мирзаевич", "Mirzayevich"), alike("Мирзаевна", "Mirzayevna")),
    father(alike("Тохтарович", "Tokhtarovich"), alike("Тохтаровна", "Tokhtarovna")),
    father(alike("Камилович", "Kamilovich"), alike("Камиловна", "Kamilovna")),
    father(alike("Ибрагимович", "Ibragimovich"), alike("Ибрагимовна", "Ibragimovna")),
];

const fn father(son: Spellings, daughter: Spellings) -> Father {
    Father::Other { son, daughter }
}

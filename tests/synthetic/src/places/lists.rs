//! Places of the Turkistan region and trains through it, each in Kazakh, Russian and English.
//! Refuses rules of spelling: each name stands as it is written in that language.

/// A name in Kazakh, Russian and English.
pub(super) type Names = [&'static str; 3];

/// Arys in the register of places.
pub(super) const ARYS_KATO: &str = "611600000";

/// The other places of the region, with their codes.
pub(super) const REGION: [(&str, Names); 12] = [
    ("611000000", ["Түркістан", "Туркестан", "Turkistan"]),
    ("612000000", ["Кентау", "Кентау", "Kentau"]),
    ("613600000", ["Бәйдібек ауданы", "Байдибекский район", "Baidibek district"]),
    ("614000000", ["Қазығұрт ауданы", "Казыгуртский район", "Kazygurt district"]),
    ("614600000", ["Ордабасы ауданы", "Ордабасынский район", "Ordabasy district"]),
    ("614800000", ["Отырар ауданы", "Отрарский район", "Otyrar district"]),
    ("615200000", ["Сайрам ауданы", "Сайрамский район", "Sairam district"]),
    ("615400000", ["Сарыағаш ауданы", "Сарыагашский район", "Saryagash district"]),
    ("615600000", ["Созақ ауданы", "Сузакский район", "Sozak district"]),
    ("615800000", ["Төле би ауданы", "Толебийский район", "Tole Bi district"]),
    ("616000000", ["Түлкібас ауданы", "Тюлькубасский район", "Tulkibas district"]),
    ("790000000", ["Шымкент", "Шымкент", "Shymkent"]),
];

/// Streets; in Russian as they stand after "улица".
pub(super) const STREETS: [Names; 26] = [
    ["Абай", "Абая", "Abay"],
    ["Абылай хан", "Абылай хана", "Abylai Khan"],
    ["Айтеке би", "Айтеке би", "Aiteke Bi"],
    ["Амангелді", "Амангельды", "Amangeldi"],
    ["Ахмет Байтұрсынұлы", "Ахмета Байтурсынова", "Akhmet Baitursynuly"],
    ["Бауыржан Момышұлы", "Бауыржана Момышулы", "Bauyrzhan Momyshuly"],
    ["Бейбарыс сұлтан", "Бейбарыса Султана", "Beibarys Sultan"],
    ["Ғани Мұратбаев", "Гани Муратбаева", "Gani Muratbayev"],
    ["Дінмұхамед Қонаев", "Динмухамеда Кунаева", "Dinmukhamed Konayev"],
    ["Ергөбек Құттыбайұлы", "Ергобека Куттыбайулы", "Yergobek Kuttybaiuly"],
    ["Жамбыл", "Жамбыла", "Zhambyl"],
    ["Жібек жолы", "Жибек Жолы", "Zhibek Zholy"],
    ["Ілияс Есенберлин", "Ильяса Есенберлина", "Iliyas Yesenberlin"],
    ["Қажымұқан", "Кажымукана", "Kazhymukan"],
    ["Қазыбек би", "Казыбек би", "Kazybek Bi"],
    ["Қаныш Сәтбаев", "Каныша Сатпаева", "Kanysh Satbayev"],
    ["Кенесары", "Кенесары", "Kenesary"],
    ["Мәншүк Мәметова", "Маншук Маметовой", "Manshuk Mametova"],
    ["Мұхтар Әуезов", "Мухтара Ауэзова", "Mukhtar Auezov"],
    ["Наурыз", "Наурыз", "Nauryz"],
    ["Сәкен Сейфуллин", "Сакена Сейфуллина", "Saken Seifullin"],
    ["Тәуке хан", "Тауке хана", "Tauke Khan"],
    ["Төле би", "Толе би", "Tole Bi"],
    ["Тұрар Рысқұлов", "Турара Рыскулова", "Turar Ryskulov"],
    ["Шоқан Уәлиханов", "Чокана Валиханова", "Shokan Ualikhanov"],
    ["Әлия Молдағұлова", "Алии Молдагуловой", "Aliya Moldagulova"],
];

/// Villages near Arys.
pub(super) const VILLAGES: [Names; 10] = [
    ["Ақдала", "Акдала", "Akdala"],
    ["Байырқұм", "Байыркум", "Baiyrkum"],
    ["Дермене", "Дермене", "Dermene"],
    ["Жиделі", "Жидели", "Zhideli"],
    ["Қожатоғай", "Кожатогай", "Kozhatogai"],
    ["Монтайтас", "Монтайтас", "Montaitas"],
    ["Сырдария", "Сырдария", "Syrdariya"],
    ["Темірлан", "Темирлан", "Temirlan"],
    ["Шағыр", "Шагыр", "Shagyr"],
    ["Шәуілдір", "Шаульдер", "Shauildir"],
];

/// Where those who were brought away are housed.
pub(super) const SITES: [Names; 14] = [
    ["№ 7 мектеп-интернат", "Школа-интернат № 7", "Boarding School 7"],
    ["№ 7 мектеп", "Школа № 7", "School 7"],
    ["№ 15 мектеп", "Школа № 15", "School 15"],
    ["№ 24 мектеп", "Школа № 24", "School 24"],
    ["№ 39 мектеп-гимназия", "Школа-гимназия № 39", "Gymnasium School 39"],
    ["№ 64 мектеп-лицей", "Школа-лицей № 64", "Lyceum School 64"],
    ["№ 107 мектеп", "Школа № 107", "School 107"],
    ["Облыстық орталық мешіт", "Областная центральная мечеть", "Central Mosque"],
    ["Қазыбек би мешіті", "Мечеть Казыбек би", "Kazybek Bi Mosque"],
    [
        "Педагогикалық колледж жатақханасы",
        "Общежитие педагогического колледжа",
        "Pedagogical college dormitory",
    ],
    ["Политехникалық колледж", "Политехнический колледж", "Polytechnic college"],
    ["Спорт кешені", "Спорткомплекс", "Sports complex"],
    ["Мәдениет үйі", "Дом культуры", "House of Culture"],
    ["Вокзалдағы шатыр қалашығы", "Палаточный городок у вокзала", "Tents by the railway station"],
];

/// Long-distance trains: number, from, to.
pub(super) const TRAINS: [(&str, Names, Names); 11] = [
    ("3", ["Алматы", "Алматы", "Almaty"], ["Шымкент", "Шымкент", "Shymkent"]),
    ("10", ["Алматы", "Алматы", "Almaty"], ["Нұр-Сұлтан", "Нур-Султан", "Nur-Sultan"]),
    ("12", ["Шымкент", "Шымкент", "Shymkent"], ["Ақтөбе", "Актобе", "Aktobe"]),
    ("23", ["Алматы", "Алматы", "Almaty"], ["Қызылорда", "Кызылорда", "Kyzylorda"]),
    ("34", ["Алматы", "Алматы", "Almaty"], ["Атырау", "Атырау", "Atyrau"]),
    ("45", ["Орал", "Уральск", "Oral"], ["Алматы", "Алматы", "Almaty"]),
    ("78", ["Алматы", "Алматы", "Almaty"], ["Сексеуіл", "Саксаульская", "Sekseuil"]),
    ("84", ["Тараз", "Тараз", "Taraz"], ["Маңғыстау", "Мангистау", "Mangistau"]),
    ("301", ["Ташкент", "Ташкент", "Tashkent"], ["Алматы", "Алматы", "Almaty"]),
    ("377", ["Түркістан", "Туркестан", "Turkistan"], ["Алматы", "Алматы", "Almaty"]),
    ("385", ["Қызылорда", "Кызылорда", "Kyzylorda"], ["Семей", "Семей", "Semey"]),
];

//! Folding: what must fall together, what must stay apart, and that it is stable.

use proptest::prelude::*;

use super::*;

/// One name a line: Kazakh, Russian, Kazakh Latin, passports.
const ONE_NAME: &[&str] = &[
    "Қайрат Кайрат Qairat Kairat Khairat Kayrat Qaırat ҚАЙРАТ",
    "Нұрсұлтан Нурсултан Nūrsūltan Nursultan",
    "Әбдіқадыр Абдикадыр Äbdıqadyr Abdikadyr",
    "Жұмабек Жумабек Jūmabek Zhumabek Dzhumabek Джумабек Djumabek Jumabek Žumabek",
    "Шыңғыс Шынгыс Чингис Şyñğys Shyńǵys Shyngys Chingis",
    "Ғалымжан Галымжан Ğalymjan Galymzhan Ghalymzhan",
    "Өмірбек Омирбек Ömırbek Ómirbek Omirbek",
    "Үміт Умит Ümıt Úmit Umit",
    "Ерлан Erlan Yerlan",
    "Есенгелді Есенгельды Yessengeldi Esengeldi",
    "Сейіт Сейт Сеит Seiıt Seit Seyit Seiit",
    "Айгүл Айгуль Aigül Aigul Aygul Aigul'",
    "Күләш Куляш Küläş Kulyash Kulash",
    "Ләззат Ляззат Лаззат Läzzat Lyazzat Lazzat",
    "Әлия Алия Älia Aliya Alia Aliia",
    "Баян Baian Bayan Baıan",
    "Сәуле Сауле Säule Sáýle Saule Sawle",
    "Хамит Һамит Khamit Hamit Xamit",
    "Тоқаева Токаева Toqaeva Tokaeva Tokayeva Toqayeva",
    "Абайұлы Абайулы Abaiūly Abaiuly Abayuly",
    "Сарыағаш Сарыагаш Saryağaş Saryagash Saryaghash",
    "Гүлсім Гульсим Гюльсим Gülsım Gulsim Gyulsim",
    "Маңғыстау Мангистау Mañğystau Mangystau Mangistau",
    "Бахтиёр Bakhtiyor Baxtiyor Baxtiyoʻr",
    "Александр Aleksandr Alexandr",
    "Максим Maksim Maxim",
    "Артём Артем Artyom Artem",
    "Людмила Lyudmila Liudmila Ludmila",
    "Дмитрий Dmitriy Dmitry Dmitrii",
    "Щербаков Shcherbakov Scherbakov",
    "Шмидт Schmidt",
    "Наталья Natalya",
];

/// Known to differ; here so that the list stays true.
const NOT_YET_ONE_NAME: &[&str] = &[
    "Тілеубек Тлеубек",    // a vowel that Russian leaves out
    "Сергей Sergej",       // j for й
    "Ляззат Liazzat",      // as Диана must not be Дана, ia after a consonant stays
    "Татьяна Tatiana",     // the same
    "Асхат Ashat",         // sh that is two sounds
    "Шолпан S'olpan",      // the apostrophes of 2017
    "Виктор Victor",       // c for к
    "Майоров Maiorov",     // yo is ё, so йо is not io
    "Шыңғыс Чингиз",       // another sound, as in Уәли and Вали, Жүсіп and Юсуп
    "Александр Alexander", // another language
];

const TWO_NAMES: &[(&str, &str)] = &[
    ("Асан", "Есен"),
    ("Айгүл", "Айнұр"),
    ("Болат", "Болатбек"),
    ("Диана", "Дана"),
    ("Динара", "Диана"),
    ("Мария", "Мара"),
    ("Әлия", "Алла"),
    ("Сания", "Сана"),
    ("Самат", "Самал"),
    ("Жанар", "Жанат"),
    ("Марат", "Мурат"),
    ("Ержан", "Еркін"),
    ("Қанат", "Қайрат"),
    ("Әсел", "Әсем"),
    ("Мақсұт", "Махмұт"),
    ("Оралбай", "Орынбай"),
];

#[test]
fn spellings_of_one_name_agree() {
    for group in ONE_NAME {
        let keys: Vec<String> = group.split(' ').map(fold).collect();
        assert!(keys.iter().all(|key| *key == keys[0]), "{group}: {keys:?}");
    }
}

#[test]
fn spellings_that_do_not_agree_yet() {
    for group in NOT_YET_ONE_NAME {
        let keys: Vec<String> = group.split(' ').map(fold).collect();
        assert!(keys.iter().skip(1).all(|key| *key != keys[0]), "{group}: {keys:?}");
    }
}

#[test]
fn two_names_stay_apart() {
    for (one, other) in TWO_NAMES {
        assert_ne!(fold(one), fold(other), "{one}, {other}");
    }
}

#[test]
fn keys_can_be_read() {
    assert_eq!(fold("Қайрат"), "kairat");
    assert_eq!(fold("  Әл-Фараби,\tӘбу  Насыр\n"), "al farabi abu nasir");
    assert_eq!(fold("Цой Я. Ю."), "tsoi ia iu");
    assert_eq!(fold("Д’Артаньян Об\u{ad}лы"), "dartanan obli");
    assert_eq!(fold("№ 7, 11-б"), "7 11 b");
    assert_eq!(fold(""), "");
    assert_eq!(fold("«…»"), "");
}

#[test]
fn decomposed_letters_are_the_same_letters() {
    let pairs = [
        ("Хайрулла Ёлкин", "Хаи\u{306}рулла Е\u{308}лкин"),
        ("Äsem Şolpan Ğani Śolpan", "A\u{308}sem S\u{327}olpan G\u{306}ani S\u{301}olpan"),
        ("Žumabek Ýálıhan İlias", "Z\u{30c}umabek Y\u{301}a\u{301}lıhan I\u{307}lias"),
    ];
    for (composed, decomposed) in pairs {
        assert_eq!(fold(composed), fold(decomposed));
    }
}

#[test]
fn other_scripts_pass_in_lower_case() {
    assert_eq!(fold("Γιώργος 李娜 محمد"), "γιώργος 李娜 محمد");
}

proptest! {
    #[test]
    fn folding_a_key_changes_nothing(text in "\\PC{0,40}|.{0,40}") {
        let key = fold(&text);
        prop_assert!(key.len() <= 2 * text.len());
        prop_assert_eq!(fold(&key), key);
    }

    #[test]
    fn names_have_plain_keys(text in "[а-яәғқңөұүһі a-z'\u{300}-\u{36f}ÄĞŞÝ-]{0,40}") {
        let key = fold(&text);
        prop_assert!(key.chars().all(|c| c == ' ' || is_consonant(c) || "aeiou".contains(c)));
        prop_assert!(!key.contains(['h', 'q', 'w', 'x']) && !key.contains("  ") && key.trim() == key);
        prop_assert_eq!(fold(&key), key);
    }
}

#[test]
fn every_character_alone_and_doubled() {
    for c in '\0'..=char::MAX {
        let text = format!("a{c}{c}s{c}");
        let key = fold(&text);
        assert_eq!(fold(&key), key, "{c:?}");
        assert!(key.len() <= 2 * text.len(), "{c:?}");
    }
}

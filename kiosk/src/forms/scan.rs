//! What a scanner in keyboard mode types, whatever layout is active: an identity document's
//! machine-readable zone, an IIN's bar code, our own coupon.
//!
//! A line counts as scanned only where its own check proves it (an IIN's, a reference's) or where it
//! can be nothing else (a line of a zone). Refuses to guess from speed.

use beket_model::{Iin, Reference, Sex};

/// One line that a scanner typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// A bar code of an IIN.
    Iin(String),
    /// A coupon of ours.
    Reference(String),
    /// A line of a machine-readable zone.
    ZoneLine(String),
}

/// What a machine-readable zone says. It carries no patronymic and no Cyrillic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Surname, in Latin letters.
    pub family_name: String,
    /// Given name, in Latin letters.
    pub given_name: String,
    /// IIN, where the document bears one.
    pub iin: String,
    /// `YYYY-MM-DD`; empty where the zone's own date is none.
    pub born: String,
    /// Sex.
    pub sex: Option<Sex>,
}

/// ICAO 9303: an identity card's zone has three lines of 30 characters, a passport's two of 44.
const CARD: (usize, usize) = (3, 30);
const PASSPORT: (usize, usize) = (2, 44);

/// Reads a line that was ended with Enter; `None` for what a person typed.
pub fn line(text: &str) -> Option<Scan> {
    let text = text.trim();
    [text.to_owned(), latin(text)].into_iter().find_map(|text| read(&text))
}

/// Reads what was scanned behind words that stood in the field already; gives how many bytes of
/// them there are.
pub fn at_end(text: &str) -> Option<(usize, Scan)> {
    let mut before = ' ';
    text.char_indices().find_map(|(at, first)| {
        // The end of a longer number is none.
        let inside = before.is_ascii_digit() && first.is_ascii_digit();
        before = first;
        if inside { None } else { Some((at, line(&text[at..])?)) }
    })
}

fn read(text: &str) -> Option<Scan> {
    let zone = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '<';
    let upper = text.to_ascii_uppercase();
    let long = [CARD.1, PASSPORT.1].contains(&text.len());
    if long && upper.contains('<') && upper.chars().all(zone) {
        return Some(Scan::ZoneLine(upper));
    }
    if text.len() == 12 && Iin::parse(text).is_ok() {
        return Some(Scan::Iin(text.to_owned()));
    }
    let reference = Reference::parse(text).ok().filter(|_| text.contains('-'))?;
    Some(Scan::Reference(reference.to_string()))
}

/// Digits that were typed under the Kazakh layout, where they arrive as letters and signs; any other
/// text as it is.
pub fn digits(text: &str) -> String {
    let typed = text.trim();
    let in_row = |c: char| ROW.iter().any(|(kazakh, digit)| *kazakh == c && *digit != '-');
    let spaced = |c: char| in_row(c) || c == ' ';
    // A comma or a full stop alone is no digit that anybody meant.
    let letter = |c: char| in_row(c) && c != ',' && c != '.';
    if typed.chars().any(letter) && typed.chars().all(spaced) {
        return latin(typed);
    }
    text.to_owned()
}

/// A PIN has digits alone: whatever keys wrote it, it is those.
pub fn pin(text: &str) -> String {
    latin(text.trim())
}

/// The row of digits under the Kazakh layout, without shift.
const ROW: [(char, char); 11] = [
    ('"', '1'),
    ('ә', '2'),
    ('і', '3'),
    ('ң', '4'),
    ('ғ', '5'),
    (',', '6'),
    ('.', '7'),
    ('ү', '8'),
    ('ұ', '9'),
    ('қ', '0'),
    ('ө', '-'),
];

/// The whole zone, once all its lines are there; `None` while some are missing, or where they do
/// not belong together.
pub fn document(lines: &[String], year: i16) -> Option<Document> {
    let pivot = u32::try_from(year.rem_euclid(100)).unwrap_or(0);
    let options = mrz::ParseOptions::default().with_pivot_yy(pivot);
    let data = match lines {
        [one, two, three] if one.len() == CARD.1 => {
            mrz::parse_td1_with(one, two, three, &options).ok()?
        }
        [one, two] if one.len() == PASSPORT.1 => mrz::parse_td3_with(one, two, &options).ok()?,
        _ => return None,
    };
    if !data.checksum_consistent() {
        return None;
    }
    let iin = data.optional_data_1.as_deref().unwrap_or_default().trim_matches('<');
    let birth = data.date_of_birth.to_string();
    let sex = match data.sex {
        mrz::Sex::Male => Some(Sex::Male),
        mrz::Sex::Female => Some(Sex::Female),
        _ => None,
    };
    Some(Document {
        family_name: as_written(&data.surname),
        given_name: as_written(&data.given_names),
        iin: Iin::parse(iin).map(|_| iin.to_owned()).unwrap_or_default(),
        born: if beket_model::Date::parse(&birth).is_ok() { birth } else { String::new() },
        sex,
    })
}

/// Whether a document's zone begins with this line: a card's with its kind and its number, a
/// passport's with its kind and names, which have no digits.
fn is_first(line: &str) -> bool {
    let digits = line.contains(|c: char| c.is_ascii_digit());
    let card = line.len() == CARD.1 && line.starts_with(['A', 'C', 'I']) && digits;
    card || line.len() == PASSPORT.1 && line.starts_with('P') && !digits
}

/// How many lines the zone has that begins with this one.
fn lines_of(first: &str) -> usize {
    if first.len() == CARD.1 { CARD.0 } else { PASSPORT.0 }
}

/// Lines of a document's zone that a scanner has typed so far.
#[derive(Debug, Default)]
pub struct Zone(Vec<String>);

/// What has become of a zone.
#[derive(Debug, PartialEq, Eq)]
pub enum Read {
    /// Lines are missing.
    More,
    /// It is whole.
    Whole(Document),
    /// One line was lost or read twice.
    Failed,
}

impl Zone {
    /// Takes the next line.
    pub fn take(&mut self, line: String, year: i16) -> Read {
        let other = self.0.first().is_some_and(|first| first.len() != line.len());
        if other || is_first(&line) {
            self.0.clear();
        }
        let whole = lines_of(&line);
        self.0.push(line);
        if self.0.len() < whole {
            return Read::More;
        }
        if let Some(known) = document(&self.0, year) {
            self.0.clear();
            return Read::Whole(known);
        }
        // The last ones may begin a whole document.
        self.0.remove(0);
        Read::Failed
    }
}

impl Document {
    /// What finds whoever bears it, the surest first: in a hurry they may have been registered by name
    /// alone.
    pub fn search(&self) -> Vec<String> {
        let names = format!("{} {}", self.family_name, self.given_name);
        let all = [self.iin.clone(), names.trim().to_owned()].into_iter();
        all.filter(|text| !text.is_empty()).collect()
    }
}

/// TESTOVA → Testova.
fn as_written(name: &str) -> String {
    let mut out = String::new();
    let mut starts = true;
    for letter in name.chars() {
        if starts {
            out.extend(letter.to_uppercase());
        } else {
            out.extend(letter.to_lowercase());
        }
        starts = !letter.is_alphabetic();
    }
    out
}

/// What the keys would have written under the Latin layout: a scanner presses keys, and under the
/// Kazakh layout (the standard RST 903-90) even digits arrive as letters.
fn latin(text: &str) -> String {
    const CYRILLIC: &str = "йцукенгшщзфывапролдячсмитьЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ";
    const LATIN: &str = "qwertyuiopasdfghjklzxcvbnmQWERTYUIOPASDFGHJKLZXCVBNM";
    let key = |c: char| {
        let digit = ROW.iter().find(|(kazakh, _)| *kazakh == c).map(|(_, digit)| *digit);
        let letter = || CYRILLIC.chars().zip(LATIN.chars()).find(|(from, _)| *from == c);
        match c {
            // Shift and the key of the comma.
            'Б' => '<',
            _ => digit.or_else(|| letter().map(|(_, to)| to)).unwrap_or(c),
        }
    };
    text.chars().map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TD1: [&str; 3] = [
        "IDKAZ0123456784850101399996<<<",
        "8501019M3001019KAZ<<<<<<<<<<<2",
        "TESTOV<<SYNTHETIC<<<<<<<<<<<<<",
    ];
    const TD3: [&str; 2] = [
        "P<KAZTESTOV<<SYNTHETIC<<<<<<<<<<<<<<<<<<<<<<",
        "N000000012KAZ8501019M3001019850101399996<<22",
    ];

    /// As a scanner's keys write it under the Kazakh layout.
    fn under_kazakh(text: &str) -> String {
        let keys = "1234567890-qwertyuiopasdfghjklzxcvbnm<";
        let kazakh = "\"әіңғ,.үұқөйцукенгшщзфывапролдячсмитьБ";
        let shifted = |c: char| c.is_ascii_uppercase();
        text.chars()
            .map(|c| {
                let at = keys.chars().position(|key| key == c.to_ascii_lowercase()).unwrap();
                let typed = kazakh.chars().nth(at).unwrap();
                if shifted(c) { typed.to_uppercase().next().unwrap() } else { typed }
            })
            .collect()
    }

    #[test]
    fn numbers_and_coupons_are_read_under_any_layout() {
        let iin = Some(Scan::Iin("850101399996".to_owned()));
        assert_eq!(under_kazakh("850101399996"), "үғқ\"қ\"іұұұұ,");
        for typed in ["850101399996", " 850101399996 ", "үғқ\"қ\"іұұұұ,"] {
            assert_eq!(line(typed), iin, "{typed}");
        }
        let coupon = Reference::new("TRK", "B", 417).unwrap().to_string();
        for typed in [coupon.clone(), under_kazakh(&coupon)] {
            assert_eq!(line(&typed), Some(Scan::Reference(coupon.clone())), "{typed}");
        }
    }

    #[test]
    fn digits_under_the_kazakh_layout_are_read_back_and_nothing_else_is() {
        for (typed, digits) in [("ің", "34"), ("ү.қ\"\"әіңғ,.", "87011234567"), ("\" ә", "1 2")]
        {
            assert_eq!(super::digits(typed), digits, "{typed}");
        }
        assert_eq!(pin(",.,."), "6767");
        for typed in ["", "34", ".", ",.", "31.01.1985", "Ұлан", "8 701 123 45 67", "1.5", "ө"]
        {
            assert_eq!(super::digits(typed), typed);
        }
    }

    #[test]
    fn what_a_person_types_is_not_taken_for_a_scan() {
        for typed in [
            "",
            "Смағұлова",
            "Айгүл",
            "34",
            "31.01.1985",
            "87011234567",
            "850101399997",
            "Майлықожа 5-12",
            "TRK-B-0417-A",
            "үйіміз қирады",
            "12",
            "№7 мектеп",
        ] {
            assert_eq!(line(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_was_scanned_behind_typed_words_is_read_and_the_words_stay() {
        let iin = || Scan::Iin("850101399996".to_owned());
        assert_eq!(at_end("850101399996"), Some((0, iin())));
        assert_eq!(at_end("Тест850101399996"), Some(("Тест".len(), iin())));
        assert_eq!(at_end("1850101399996"), None, "the end of another number");
        let zone = format!("Тестова{}", under_kazakh(TD1[0]));
        let read = Some(("Тестова".len(), Scan::ZoneLine(TD1[0].to_owned())));
        assert_eq!(at_end(&zone), read);
        for typed in ["Смағұлова", "Майлықожа 5-12", ""] {
            assert_eq!(at_end(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_card_and_a_passport_say_who_it_is() {
        for zone in [&TD1[..], &TD3[..]] {
            let read = |line: &str| match super::line(line) {
                Some(Scan::ZoneLine(line)) => line,
                other => panic!("{other:?}"),
            };
            let lines: Vec<String> = zone.iter().map(|line| read(&under_kazakh(line))).collect();
            assert_eq!(lines, zone);
            assert_eq!(lines_of(&lines[0]), zone.len());
            let firsts = lines.iter().filter(|line| is_first(line)).count();
            assert!(firsts == 1 && is_first(&lines[0]));
            assert_eq!(document(&lines[..1], 2019), None, "not whole yet");
            let known = document(&lines, 2019).unwrap();
            assert_eq!(
                known,
                Document {
                    family_name: "Testov".to_owned(),
                    given_name: "Synthetic".to_owned(),
                    iin: "850101399996".to_owned(),
                    born: "1985-01-01".to_owned(),
                    sex: Some(Sex::Male),
                }
            );
        }
    }

    #[test]
    fn broken_zones_say_nothing() {
        let owned = |zone: &[&str]| zone.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        assert_eq!(document(&[], 2019), None);
        assert_eq!(document(&owned(&[TD1[0], TD1[0], TD1[0]]), 2019).map(|d| d.iin), None);
        assert_eq!(document(&owned(&[TD3[1], TD3[0]]), 2019), None);
    }

    #[test]
    fn under_the_russian_layout_digits_stay_and_letters_are_read_back() {
        assert_eq!(line("ЕКЛ-Ф-0001-Р"), Some(Scan::Reference("TRK-A-0001-H".to_owned())));
        assert_eq!(
            line("ШВЛФЯ0123456784850101399996БББ"),
            Some(Scan::ZoneLine("IDKAZ0123456784850101399996<<<".to_owned()))
        );
        assert_eq!(line("850101399996"), Some(Scan::Iin("850101399996".to_owned())));
    }
}

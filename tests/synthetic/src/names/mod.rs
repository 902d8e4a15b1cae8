//! Names of people as they are written on forms in three languages.
//! Refuses to derive one spelling from another: a passport's Latin letters follow no rule.

mod kazakh;
mod russian;
mod uzbek;

use crate::Language;
use crate::draw::Draw;

/// As the form knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sex {
    Male,
    Female,
}

impl Sex {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }

    pub(crate) fn other(self) -> Self {
        match self {
            Self::Male => Self::Female,
            Self::Female => Self::Male,
        }
    }
}

/// One name in the spelling of each language.
#[derive(Debug)]
struct Spellings {
    kk: &'static str,
    ru: &'static str,
    en: &'static str,
}

impl Spellings {
    fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::Kazakh => self.kk,
            Language::Russian => self.ru,
            Language::English => self.en,
        }
    }
}

/// A surname; where it `takes_a`, a woman's ends in `а`.
#[derive(Debug)]
struct Surname {
    spelt: Spellings,
    takes_a: bool,
}

/// What the children of one father are called after him.
#[derive(Debug)]
enum Father {
    /// `-ұлы`, `-қызы` joined to his name; in Russian the pair written out.
    Kazakh { kk: &'static str, en: &'static str, son: &'static str, daughter: &'static str },
    /// The same in every language but for the letters.
    Other { son: Spellings, daughter: Spellings },
}

impl Father {
    /// `as_in_passport` says it the Russian way on a Kazakh form too, as many cards do.
    fn child(&self, language: Language, sex: Sex, as_in_passport: bool) -> String {
        match (self, sex) {
            (Self::Other { son, .. }, Sex::Male) => son.in_language(language).to_owned(),
            (Self::Other { daughter, .. }, Sex::Female) => {
                daughter.in_language(language).to_owned()
            }
            (Self::Kazakh { kk, en, son, daughter }, _) => {
                let russian = if sex == Sex::Male { son } else { daughter };
                match (language, sex) {
                    (Language::Russian, _) => (*russian).to_owned(),
                    (Language::Kazakh, _) if as_in_passport => (*russian).to_owned(),
                    (Language::Kazakh, Sex::Male) => format!("{kk}ұлы"),
                    (Language::Kazakh, Sex::Female) => format!("{kk}қызы"),
                    (Language::English, Sex::Male) => format!("{en}uly"),
                    (Language::English, Sex::Female) => format!("{en}kyzy"),
                }
            }
        }
    }
}

/// People who draw their names from one set of lists.
#[derive(Debug)]
struct Community {
    surnames: &'static [Surname],
    men: &'static [Spellings],
    women: &'static [Spellings],
    fathers: &'static [Father],
}

/// A family: whoever belongs to it shares surname and community.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Family {
    community: &'static Community,
    surname: &'static Surname,
}

impl Family {
    /// A family such as would fill in a form in this language.
    pub(crate) fn draw(draw: &mut Draw, language: Language) -> Self {
        let communities: [(&'static Community, u32); 3] = match language {
            Language::Kazakh => [(&kazakh::NAMES, 93), (&uzbek::NAMES, 6), (&russian::NAMES, 1)],
            Language::Russian => [(&kazakh::NAMES, 45), (&uzbek::NAMES, 17), (&russian::NAMES, 38)],
            Language::English => [(&kazakh::NAMES, 58), (&uzbek::NAMES, 14), (&russian::NAMES, 28)],
        };
        let community = draw.weighted(&communities);
        Self { community, surname: draw.pick(community.surnames) }
    }

    /// Another family of the same people: a wife's parents, a grandchild by a daughter.
    pub(crate) fn in_law(self, draw: &mut Draw) -> Self {
        Self { surname: draw.pick(self.community.surnames), ..self }
    }

    pub(crate) fn surname(self, language: Language, sex: Sex) -> String {
        let mut name = self.surname.spelt.in_language(language).to_owned();
        if self.surname.takes_a && sex == Sex::Female {
            name.push(if language == Language::English { 'a' } else { 'а' });
        }
        name
    }

    pub(crate) fn given(self, draw: &mut Draw, language: Language, sex: Sex) -> &'static str {
        let list = match sex {
            Sex::Male => self.community.men,
            Sex::Female => self.community.women,
        };
        draw.pick(list).in_language(language)
    }

    pub(crate) fn patronymic(self, draw: &mut Draw, language: Language, sex: Sex) -> String {
        let father = draw.pick(self.community.fathers);
        father.child(language, sex, draw.chance(20))
    }
}

/// In which names are spelt.
pub(crate) const LANGUAGES: [Language; 3] =
    [Language::Kazakh, Language::Russian, Language::English];
const ALL: [&Community; 3] = [&kazakh::NAMES, &uzbek::NAMES, &russian::NAMES];

/// A name of the lists as another language spells it.
pub(crate) fn respelt(name: &str, language: Language) -> Option<String> {
    let sexes = [Sex::Male, Sex::Female];
    for community in ALL {
        for spelt in community.men.iter().chain(community.women) {
            if LANGUAGES.iter().any(|own| spelt.in_language(*own) == name) {
                return Some(spelt.in_language(language).to_owned());
            }
        }
        for sex in sexes {
            for surname in community.surnames {
                let family = Family { community, surname };
                if LANGUAGES.iter().any(|own| family.surname(*own, sex) == name) {
                    return Some(family.surname(language, sex));
                }
            }
            for father in community.fathers {
                if LANGUAGES.iter().any(|own| father.child(*own, sex, false) == name) {
                    return Some(father.child(language, sex, false));
                }
            }
        }
    }
    None
}

/// Any woman's surname.
pub(crate) fn any_surname(draw: &mut Draw, language: Language) -> String {
    Family::draw(draw, language).surname(language, Sex::Female)
}

const fn name(kk: &'static str, ru: &'static str, en: &'static str) -> Spellings {
    Spellings { kk, ru, en }
}

/// A name that a Kazakh form spells as a Russian one does.
const fn alike(cyrillic: &'static str, en: &'static str) -> Spellings {
    name(cyrillic, cyrillic, en)
}

const fn takes_a(spelt: Spellings) -> Surname {
    Surname { spelt, takes_a: true }
}

const fn unchanging(spelt: Spellings) -> Surname {
    Surname { spelt, takes_a: false }
}

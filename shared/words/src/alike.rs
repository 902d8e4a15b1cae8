//! Why two descriptions are thought to be of one person, in words.

use beket_model::{Agreement, Reason};

use crate::{Tongue, texts};

texts! {
    /// One field of two descriptions, and how it agrees.
    pub enum Why;
    Swapped: "аты мен тегі ауысқан", "имя и фамилия переставлены", "names swapped";
    FamilyEqual: "тегі бірдей", "фамилия совпадает", "same surname";
    FamilyNear: "тегі ұқсас", "фамилия похожа", "similar surname";
    FamilyDiffers: "тегі басқа", "фамилия другая", "different surname";
    GivenEqual: "аты бірдей", "имя совпадает", "same given name";
    GivenNear: "аты ұқсас", "имя похоже", "similar given name";
    GivenDiffers: "аты басқа", "имя другое", "different given name";
    PatronymicEqual: "әкесінің аты бірдей", "отчество совпадает", "same patronymic";
    PatronymicNear: "әкесінің аты ұқсас", "отчество похоже", "similar patronymic";
    PatronymicDiffers: "әкесінің аты басқа", "отчество другое", "different patronymic";
    IinEqual: "ЖСН бірдей", "ИИН совпадает", "same IIN";
    IinNear: "ЖСН-нің бір цифры басқа", "в ИИН отличается одна цифра", "IIN one digit apart";
    IinDiffers: "ЖСН басқа", "ИИН другой", "different IIN";
    BornEqual: "туған күні бірдей", "дата рождения совпадает", "born the same day";
    BornNear: "туған күні ұқсас", "дата рождения похожа", "similar birth date";
    BornDiffers: "туған күні басқа", "дата рождения другая", "born on a different day";
    YearEqual: "туған жылы бірдей", "год рождения совпадает", "born the same year";
    YearDiffers: "туған жылы басқа", "год рождения другой", "born in a different year";
    AgeEqual: "жасы сәйкес", "возраст подходит", "age fits";
    AgeDiffers: "жасы сәйкес емес", "возраст не подходит", "age does not fit";
    SexDiffers: "жынысы басқа", "пол другой", "different sex";
    PhoneEqual: "телефоны бірдей", "телефон совпадает", "same phone";
    PhoneNear: "телефонының бір цифры басқа", "в телефоне отличается одна цифра", "phone one digit apart";
    PhoneDiffers: "телефоны басқа", "телефон другой", "different phone";
    AddressEqual: "мекенжайы бірдей", "адрес совпадает", "same address";
    AddressNear: "үйі бірдей", "дом совпадает", "same house";
    AddressDiffers: "мекенжайы басқа", "адрес другой", "different address";
    TownEqual: "бір елді мекеннен", "из одного населённого пункта", "from one town";
    TownDiffers: "басқа елді мекеннен", "из разных мест", "from different towns";
}

/// What agrees, and then what does not, each in words. What everybody shares goes without saying.
pub fn reasons(reasons: &[Reason], tongue: Tongue) -> Vec<&'static str> {
    let (agree, differ) = reasons.iter().partition::<Vec<Reason>, _>(|reason| agrees(**reason));
    in_words(&agree, tongue).chain(in_words(&differ, tongue)).collect()
}

/// Only what agrees.
pub fn what_agrees(reasons: &[Reason], tongue: Tongue) -> Vec<&'static str> {
    let agree: Vec<Reason> = reasons.iter().copied().filter(|reason| agrees(*reason)).collect();
    in_words(&agree, tongue).collect()
}

fn in_words(reasons: &[Reason], tongue: Tongue) -> impl Iterator<Item = &'static str> {
    reasons.iter().filter_map(move |reason| Some(why(*reason)?.in_(tongue)))
}

fn agrees(reason: Reason) -> bool {
    agreement(reason) != Some(Agreement::Differs)
}

fn agreement(reason: Reason) -> Option<Agreement> {
    match reason {
        Reason::NamesSwapped => None,
        Reason::FamilyName(it)
        | Reason::GivenName(it)
        | Reason::Patronymic(it)
        | Reason::Iin(it)
        | Reason::BirthDate(it)
        | Reason::BirthYear(it)
        | Reason::Age(it)
        | Reason::Sex(it)
        | Reason::Phone(it)
        | Reason::Address(it)
        | Reason::Locality(it) => Some(it),
    }
}

fn why(reason: Reason) -> Option<Why> {
    use Agreement::{Differs, Equal, Near};
    Some(match reason {
        Reason::NamesSwapped => Why::Swapped,
        Reason::FamilyName(Equal) => Why::FamilyEqual,
        Reason::FamilyName(Near) => Why::FamilyNear,
        Reason::FamilyName(Differs) => Why::FamilyDiffers,
        Reason::GivenName(Equal) => Why::GivenEqual,
        Reason::GivenName(Near) => Why::GivenNear,
        Reason::GivenName(Differs) => Why::GivenDiffers,
        Reason::Patronymic(Equal) => Why::PatronymicEqual,
        Reason::Patronymic(Near) => Why::PatronymicNear,
        Reason::Patronymic(Differs) => Why::PatronymicDiffers,
        Reason::Iin(Equal) => Why::IinEqual,
        Reason::Iin(Near) => Why::IinNear,
        Reason::Iin(Differs) => Why::IinDiffers,
        Reason::BirthDate(Equal) => Why::BornEqual,
        Reason::BirthDate(Near) => Why::BornNear,
        Reason::BirthDate(Differs) => Why::BornDiffers,
        Reason::BirthYear(Differs) => Why::YearDiffers,
        Reason::BirthYear(_) => Why::YearEqual,
        Reason::Age(Differs) => Why::AgeDiffers,
        Reason::Age(_) => Why::AgeEqual,
        Reason::Sex(Differs) => Why::SexDiffers,
        Reason::Sex(_) => return None,
        Reason::Phone(Equal) => Why::PhoneEqual,
        Reason::Phone(Near) => Why::PhoneNear,
        Reason::Phone(Differs) => Why::PhoneDiffers,
        Reason::Address(Equal) => Why::AddressEqual,
        Reason::Address(Near) => Why::AddressNear,
        Reason::Address(Differs) => Why::AddressDiffers,
        Reason::Locality(Differs) => Why::TownDiffers,
        Reason::Locality(_) => Why::TownEqual,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_agrees_comes_first_and_a_shared_sex_goes_without_saying() {
        let found = [
            Reason::FamilyName(Agreement::Differs),
            Reason::GivenName(Agreement::Near),
            Reason::Iin(Agreement::Equal),
            Reason::Sex(Agreement::Equal),
        ];
        assert_eq!(
            reasons(&found, Tongue::En),
            ["similar given name", "same IIN", "different surname"]
        );
        assert_eq!(reasons(&found, Tongue::Kk)[1], "ЖСН бірдей");
    }
}

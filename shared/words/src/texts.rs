//! How texts are declared.

use crate::Tongue;

/// Declares an enum of texts, each in the three languages: a missing one does not compile, and one in
/// another language's letters fails a test. Commands and keys are Latin everywhere: they are named
/// after `with`.
#[macro_export]
macro_rules! texts {
    ($(#[$doc:meta])* $visible:vis enum $texts:ident $(with $($latin:literal),+)?;
     $($name:ident: $kk:literal, $ru:literal, $en:literal;)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $visible enum $texts {
            $(#[doc = $en] $name),*
        }

        impl $texts {
            /// Every text.
            $visible const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The text in a language.
            $visible fn in_(self, tongue: $crate::Tongue) -> &'static str {
                match (self, tongue) {
                    $((Self::$name, $crate::Tongue::Kk) => $kk,
                      (Self::$name, $crate::Tongue::Ru) => $ru,
                      (Self::$name, $crate::Tongue::En) => $en,)*
                }
            }
        }

        #[cfg(test)]
        mod letters {
            #[test]
            fn every_text_is_written_in_the_letters_of_its_language() {
                let latin: &[&str] = &[$($($latin),+)?];
                for text in super::$texts::ALL {
                    for (tongue, _) in $crate::Tongue::ALL {
                        let said = text.in_(tongue);
                        assert!($crate::is_in_letters_of(tongue, said, latin), "{said}");
                    }
                }
            }
        }
    };
}

/// Whether a text has no letters of another alphabet than its language's, but in words that are Latin
/// everywhere.
pub fn is_in_letters_of(tongue: Tongue, text: &str, latin: &[&str]) -> bool {
    match tongue {
        Tongue::En => !text.chars().any(|letter| ('\u{400}'..='\u{52f}').contains(&letter)),
        Tongue::Kk | Tongue::Ru => {
            let own = latin.iter().fold(text.to_owned(), |text, word| text.replace(word, ""));
            let kazakh = |letter: char| tongue == Tongue::Ru && "әғқңөұүһі".contains(letter);
            let foreign = |letter: char| letter.is_ascii_alphabetic() || kazakh(letter);
            !own.to_lowercase().chars().any(foreign)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_of_another_alphabet_is_noticed() {
        assert!(is_in_letters_of(Tongue::Ru, "Нажмите F2", &["F2"]));
        assert!(!is_in_letters_of(Tongue::Ru, "Нажмите F2", &[]));
        assert!(!is_in_letters_of(Tongue::Kk, "Kиоск", &[]), "a Latin K");
        assert!(!is_in_letters_of(Tongue::En, "Сlose", &[]), "a Cyrillic С");
        assert!(is_in_letters_of(Tongue::Kk, "Іздеу", &[]));
        assert!(!is_in_letters_of(Tongue::Ru, "Поіск", &[]), "a Kazakh і");
    }
}

//! Free text with limits, so that one form can't crowd out the rest.
//!
//! Refuses what no one types: control characters and endless lines. Keeps the rest as given.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a text is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TextError {
    /// More characters than the field holds.
    #[error("has {has} characters; this field holds {most}. Please shorten it")]
    TooLong {
        /// Characters it has.
        has: usize,
        /// Characters the field holds.
        most: usize,
    },
    /// A line break or a character that cannot be seen.
    #[error("holds a line break or a control character. Please write it on one line")]
    Control,
    /// A character that cannot be seen, where line breaks may stand.
    #[error("holds a control character that cannot be seen. Please remove it")]
    Unseen,
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $most:expr, $allowed:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters it holds.
            pub const MAX_CHARS: usize = $most;

            /// The text as given.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;

            fn try_from(text: String) -> Result<Self, TextError> {
                let allowed: fn(char) -> bool = $allowed;
                let has = text.chars().count();
                if has > $most {
                    return Err(TextError::TooLong { has, most: $most });
                }
                if text.chars().any(|c| c.is_control() && !allowed(c)) {
                    let one_line = !allowed('\n');
                    return Err(if one_line { TextError::Control } else { TextError::Unseen });
                }
                Ok(Self(text))
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    };
}

text! {
    /// One line: a name, a street, a train's number.
    Line, 300, |_| false
}
text! {
    /// A citizen's own words, or an answer to them.
    Prose, 20_000, |c| matches!(c, '\n' | '\r' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_as_given() {
        for text in ["", " Әйгерім ", "O’Brien", "ЖАНҰЗАҚОВ", "🏠"] {
            assert_eq!(Line::try_from(text.to_owned()).map(String::from), Ok(text.to_owned()));
        }
        assert!(Prose::try_from("бір\nекі\tүш".to_owned()).is_ok());
    }

    #[test]
    fn long_lines_and_control_characters_are_refused() {
        let long = "ә".repeat(301);
        assert_eq!(Line::try_from(long), Err(TextError::TooLong { has: 301, most: 300 }));
        assert_eq!(Line::try_from("a\nb".to_owned()), Err(TextError::Control));
        assert_eq!(Line::try_from("a\0b".to_owned()), Err(TextError::Control));
        assert_eq!(Prose::try_from("a\0b".to_owned()), Err(TextError::Unseen));
        assert!(Prose::try_from("ә".repeat(20_000)).is_ok());
    }
}

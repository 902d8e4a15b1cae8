//! The three languages.

/// A language that Beket speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tongue {
    /// Kazakh.
    #[default]
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Tongue {
    /// All of them, each with its name in itself.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Kk, "Қазақша"), (Self::Ru, "Русский"), (Self::En, "English")];

    /// The language of a code such as `kk`.
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "kk" => Some(Self::Kk),
            "ru" => Some(Self::Ru),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Its code, as in a document's `language`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Kk => "kk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }
}

//! What cases are told apart by, and the words that they bear, each with its code.

use std::collections::BTreeMap;

use crate::projection::row::Row;

/// What cases are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Facet {
    Kind,
    Status,
    Category,
    Programme,
    Language,
    Station,
    Scope,
    Kato,
    Assignee,
    Site,
    Journey,
}

impl Facet {
    pub(crate) const ALL: [Self; 11] = [
        Self::Kind,
        Self::Status,
        Self::Category,
        Self::Programme,
        Self::Language,
        Self::Station,
        Self::Scope,
        Self::Kato,
        Self::Assignee,
        Self::Site,
        Self::Journey,
    ];

    pub(super) fn of(self, row: &Row) -> &str {
        match self {
            Self::Kind => &row.kind,
            Self::Status => &row.status,
            Self::Category => &row.category,
            Self::Programme => &row.programme,
            Self::Language => &row.language,
            Self::Station => &row.station,
            Self::Scope => &row.scope,
            Self::Kato => &row.kato,
            Self::Assignee => &row.assignee,
            Self::Site => &row.site,
            Self::Journey => &row.journey,
        }
    }
}

/// The words of one facet, each with its code.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    codes: BTreeMap<String, u32>,
    words: Vec<String>,
}

impl Words {
    pub(super) fn code(&mut self, word: &str) -> u32 {
        if let Some(code) = self.codes.get(word) {
            return *code;
        }
        let code = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.to_owned());
        self.codes.insert(word.to_owned(), code);
        code
    }

    /// Which codes a test lets through.
    pub(crate) fn chosen(&self, test: impl Fn(&str) -> bool) -> Vec<bool> {
        self.words.iter().map(|word| test(word)).collect()
    }

    /// The words by their codes.
    pub(crate) fn all(&self) -> &[String] {
        &self.words
    }
}

//! Who may do what at the office: one table of roles and actions.

/// What a member of staff does, as their account says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Works on cases.
    Operator,
    /// Gives cases to others, too.
    Supervisor,
    /// Looks after kiosks.
    Registrar,
    /// Sees everything and changes nothing.
    Auditor,
    /// Looks after accounts, and does whatever nobody else is there to do.
    Administrator,
}

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Read cases.
    See,
    /// Write to a case: correct, answer, decide, note.
    Work,
    /// Say with a second that a child is alone no more.
    Release,
    /// Give cases to somebody.
    Assign,
    /// Say which days are worked.
    Calendar,
    /// Look after accounts.
    Accounts,
    /// Read who saw and did what.
    Audit,
    /// Enrol, adopt, rename and revoke kiosks.
    Kiosks,
    /// Take cases out of the office as a file.
    Export,
}

impl Role {
    /// All of them.
    pub(crate) const ALL: [Self; 5] =
        [Self::Operator, Self::Supervisor, Self::Registrar, Self::Auditor, Self::Administrator];

    /// Its word, in accounts and on the command line.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Supervisor => "supervisor",
            Self::Registrar => "registrar",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a word.
    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// The table.
    pub(crate) fn may(self, action: Action) -> bool {
        match action {
            Action::See => true,
            Action::Work => {
                matches!(self, Self::Operator | Self::Supervisor | Self::Administrator)
            }
            // Whoever makes accounts could be two.
            Action::Release => matches!(self, Self::Operator | Self::Supervisor),
            Action::Assign | Action::Calendar => {
                matches!(self, Self::Supervisor | Self::Administrator)
            }
            Action::Accounts => matches!(self, Self::Administrator),
            Action::Audit => matches!(self, Self::Auditor | Self::Administrator),
            Action::Kiosks => matches!(self, Self::Registrar | Self::Administrator),
            Action::Export => {
                matches!(self, Self::Supervisor | Self::Auditor | Self::Administrator)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_that_of_one_role() {
        for role in Role::ALL {
            assert_eq!(Role::of(role.word()), Some(role));
        }
        assert_eq!(Role::of("Operator"), None);
        assert_eq!(Role::of(""), None);
    }

    #[test]
    fn an_auditor_changes_nothing_and_only_who_leads_gives_cases_to_others() {
        let may = |action: Action| {
            Role::ALL.into_iter().filter(|role| role.may(action)).collect::<Vec<_>>()
        };
        assert_eq!(may(Action::See), Role::ALL);
        assert_eq!(may(Action::Work), [Role::Operator, Role::Supervisor, Role::Administrator]);
        let makes_accounts = may(Action::Accounts);
        assert!(may(Action::Release).iter().all(|role| !makes_accounts.contains(role)));
        assert_eq!(may(Action::Assign), [Role::Supervisor, Role::Administrator]);
    }
}

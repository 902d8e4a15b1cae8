//! The lives of the kinds: which status a case may have, and what may follow it.
//!
//! One status each, so that totals add up. Refuses words that belong to another kind.

use crate::people::words;
use crate::{Kind, Whereabouts};
use serde::{Deserialize, Serialize};

words! {
    /// The life of an appeal (АППК, and Law 221 before it).
    AppealStatus {
        /// Registered, not yet looked at.
        Received,
        /// Someone works on it.
        UnderReview,
        /// Decided in the person's favour.
        Resolved,
        /// Explained.
        Advised,
        /// Declined, with a reason.
        Refused,
        /// Passed to whoever is competent.
        Forwarded,
        /// Taken back by the person.
        Withdrawn,
    }
}

words! {
    /// The life of a search for someone.
    EnquiryStatus {
        /// Nobody found yet.
        Open,
        /// Someone may be the one.
        Possible,
        /// They met.
        Reunited,
        /// Ended otherwise.
        Closed,
    }
}

/// The one status of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Of an appeal.
    Appeal(AppealStatus),
    /// Of an enquiry.
    Enquiry(EnquiryStatus),
    /// Of the registered person.
    Person(Whereabouts),
    /// Taken by mistake or for practice.
    Void,
}

fn word<T: Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn read<T: for<'de> Deserialize<'de>>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}

impl Status {
    /// The word that stands for it in documents and exports.
    pub fn word(self) -> String {
        match self {
            Self::Appeal(status) => word(status),
            Self::Enquiry(status) => word(status),
            Self::Person(whereabouts) => word(whereabouts),
            Self::Void => "void".to_owned(),
        }
    }

    /// Reads a word as a status of this kind.
    pub fn of_kind(kind: Kind, word: &str) -> Option<Self> {
        match kind {
            Kind::Appeal => read(word).map(Self::Appeal),
            Kind::Enquiry => read(word).map(Self::Enquiry),
            Kind::Evacuee | Kind::Passenger => read(word).map(Self::Person),
        }
    }

    /// What a case of this kind has before anyone said otherwise.
    pub fn first(kind: Kind) -> Self {
        match kind {
            Kind::Appeal => Self::Appeal(AppealStatus::Received),
            Kind::Enquiry => Self::Enquiry(EnquiryStatus::Open),
            Kind::Evacuee | Kind::Passenger => Self::Person(Whereabouts::Unknown),
        }
    }

    /// What the office may set next. A decided appeal may be reopened; a person may be anywhere.
    pub fn next(self) -> Vec<Self> {
        use AppealStatus as A;
        use EnquiryStatus as E;
        match self {
            Self::Appeal(A::Received) => vec![A::UnderReview, A::Forwarded, A::Withdrawn]
                .into_iter()
                .map(Self::Appeal)
                .collect(),
            Self::Appeal(A::UnderReview) => {
                vec![A::Resolved, A::Advised, A::Refused, A::Forwarded, A::Withdrawn]
                    .into_iter()
                    .map(Self::Appeal)
                    .collect()
            }
            Self::Appeal(_) => vec![Self::Appeal(A::UnderReview)],
            Self::Enquiry(E::Open) => {
                vec![E::Possible, E::Reunited, E::Closed].into_iter().map(Self::Enquiry).collect()
            }
            Self::Enquiry(E::Possible) => {
                vec![E::Open, E::Reunited, E::Closed].into_iter().map(Self::Enquiry).collect()
            }
            Self::Enquiry(_) => vec![Self::Enquiry(E::Open)],
            Self::Person(now) => [
                Whereabouts::Here,
                Whereabouts::MovedOn,
                Whereabouts::WithRelatives,
                Whereabouts::Returned,
                Whereabouts::Unknown,
            ]
            .into_iter()
            .filter(|other| *other != now)
            .map(Self::Person)
            .collect(),
            Self::Void => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Kind; 4] = [Kind::Appeal, Kind::Evacuee, Kind::Passenger, Kind::Enquiry];

    #[test]
    fn every_status_that_can_follow_reads_back_as_one_of_its_kind() {
        for kind in KINDS {
            let mut reached = vec![Status::first(kind)];
            let mut at = 0;
            while at < reached.len() {
                for next in reached[at].next() {
                    assert_eq!(Status::of_kind(kind, &next.word()), Some(next));
                    if !reached.contains(&next) {
                        reached.push(next);
                    }
                }
                at += 1;
            }
            assert!(reached.len() >= 4, "{kind:?} reaches {reached:?}");
        }
    }

    #[test]
    fn a_word_of_another_kind_is_no_status() {
        assert_eq!(Status::of_kind(Kind::Evacuee, "resolved"), None);
        assert_eq!(Status::of_kind(Kind::Appeal, "returned"), None);
        assert_eq!(Status::of_kind(Kind::Enquiry, "void"), None);
    }

    #[test]
    fn decided_appeals_can_be_reopened_and_nothing_else() {
        for decided in ["resolved", "advised", "refused", "forwarded", "withdrawn"] {
            let status = Status::of_kind(Kind::Appeal, decided).unwrap();
            assert_eq!(status.next(), vec![Status::Appeal(AppealStatus::UnderReview)]);
        }
    }
}

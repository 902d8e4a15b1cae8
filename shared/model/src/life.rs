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
        Received = "received",
        /// Someone works on it.
        UnderReview = "under_review",
        /// Decided in the person's favour.
        Resolved = "resolved",
        /// Explained.
        Advised = "advised",
        /// Declined, with a reason.
        Refused = "refused",
        /// Passed to whoever is competent.
        Forwarded = "forwarded",
        /// Taken back by the person.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// The life of a search for someone.
    EnquiryStatus {
        /// Nobody found yet.
        Open = "open",
        /// Someone may be the one.
        Possible = "possible",
        /// They met.
        Reunited = "reunited",
        /// Ended otherwise.
        Closed = "closed",
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

impl Status {
    /// The word that stands for it in documents and exports.
    pub fn word(self) -> String {
        let word = match self {
            Self::Appeal(status) => status.word(),
            Self::Enquiry(status) => status.word(),
            Self::Person(whereabouts) => whereabouts.word(),
            Self::Void => "void",
        };
        word.to_owned()
    }

    /// Reads a word as a status of this kind.
    pub fn of_kind(kind: Kind, word: &str) -> Option<Self> {
        match kind {
            Kind::Appeal => AppealStatus::from_word(word).map(Self::Appeal),
            Kind::Enquiry => EnquiryStatus::from_word(word).map(Self::Enquiry),
            Kind::Evacuee | Kind::Passenger => Whereabouts::from_word(word).map(Self::Person),
        }
    }

    /// Every status in which somebody waits for an answer.
    pub const OPEN: [Self; 4] = [
        Self::Appeal(AppealStatus::Received),
        Self::Appeal(AppealStatus::UnderReview),
        Self::Enquiry(EnquiryStatus::Open),
        Self::Enquiry(EnquiryStatus::Possible),
    ];

    /// Whether somebody waits for an answer.
    pub fn is_open(self) -> bool {
        Self::OPEN.contains(&self)
    }

    /// Whether an answer was given: nobody waits for one any more.
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Appeal(_) | Self::Enquiry(_)) && !self.is_open()
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
        let appeal = |next: &[A]| next.iter().copied().map(Self::Appeal).collect();
        let enquiry = |next: &[E]| next.iter().copied().map(Self::Enquiry).collect();
        match self {
            Self::Appeal(A::Received) => appeal(&[A::UnderReview, A::Forwarded, A::Withdrawn]),
            Self::Appeal(A::UnderReview) => {
                appeal(&[A::Resolved, A::Advised, A::Refused, A::Forwarded, A::Withdrawn])
            }
            Self::Appeal(_) => appeal(&[A::UnderReview]),
            Self::Enquiry(E::Open) => enquiry(&[E::Possible, E::Reunited, E::Closed]),
            Self::Enquiry(E::Possible) => enquiry(&[E::Open, E::Reunited, E::Closed]),
            Self::Enquiry(_) => enquiry(&[E::Open]),
            Self::Person(now) => {
                let others = Whereabouts::ALL.iter().copied().filter(|other| *other != now);
                others.map(Self::Person).collect()
            }
            Self::Void => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_that_can_follow_reads_back_as_one_of_its_kind() {
        for &kind in Kind::ALL {
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

//! The judgement of a record: which set it belongs to, by its clear bytes and the directory alone.
//!
//! Both sides of a conversation come to the same judgement without opening anything, whoever
//! carried the record. What the directory cannot settle is held, not refused: a kiosk that knows
//! of an incident before us must not lose what it took there.

use beket_record::{Author, CaseId, Header, Part, Record, Scope};
use thiserror::Error;

use crate::certificate::StandingState;
use crate::register::Directory;

/// A set that two replicas reconcile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Set {
    /// Certificates; reconciled first.
    Directory,
    /// Purged cases; second.
    Purge,
    /// Intakes and answers of one station or incident.
    Scope(Scope),
    /// Records of one scope whose author the office has not admitted: travels upward only.
    Held(Scope),
    /// The office's own notes: leaves the office never.
    Review,
}

/// Why a record is kept but applied to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum Held {
    /// Nobody certified this author.
    #[error("nobody here knows the device that wrote it")]
    UnknownAuthor,
    /// The office has not admitted the device.
    #[error(
        "the office has not admitted this device: it is a second one on the same enrolment \
         code, or came after the code had expired"
    )]
    NotAdmitted,
    /// The office revoked the device.
    #[error("the office has revoked this device")]
    Revoked,
    /// The scope is unknown, or the device's station does not serve it.
    #[error("the device's station does not serve this station or incident, as far as is known")]
    NotItsScope,
}

/// Why a record can never be a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum Refusal {
    /// Only the office writes this part.
    #[error("only the office may write this part of a case")]
    OfficeOnly,
    /// A certificate by nobody the office ever certified.
    #[error("this certificate is signed neither by the office nor by an enrolment of the office")]
    NotCertified,
}

/// What becomes of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// It belongs to this set.
    Member(Set),
    /// It is kept in the set of held records of its scope.
    Held(Set, Held),
    /// It is kept aside, with this reason.
    Refused(Refusal),
    /// Its case was purged.
    Purged,
}

impl Directory {
    /// Judges a record by its clear bytes.
    pub fn judge(&self, record: &Record) -> Judgement {
        let header = record.header();
        match self.judge_header(header) {
            Judgement::Held(..) if self.has_counted(&record.id()) => {
                Judgement::Member(Set::Scope(header.scope.clone()))
            }
            judgement => judgement,
        }
    }

    /// Judges all records with such a header, but for those that the office counted one by one.
    pub fn judge_header(&self, header: &Header) -> Judgement {
        let by_office = header.author == self.office();
        let held = |reason| Judgement::Held(Set::Held(header.scope.clone()), reason);
        match header.part {
            Part::Directory if by_office => Judgement::Member(Set::Directory),
            Part::Directory if self.may_certify(header) => Judgement::Member(Set::Directory),
            Part::Directory => Judgement::Refused(Refusal::NotCertified),
            Part::Purge if by_office => Judgement::Member(Set::Purge),
            _ if self.is_purged(&header.case) => Judgement::Purged,
            Part::Review if by_office => Judgement::Member(Set::Review),
            Part::Intake | Part::Answer if by_office => {
                Judgement::Member(Set::Scope(header.scope.clone()))
            }
            Part::Intake => match self.standing(&header.author, &header.scope) {
                Ok(()) => Judgement::Member(Set::Scope(header.scope.clone())),
                Err(reason) => held(reason),
            },
            Part::Purge | Part::Answer | Part::Review => Judgement::Refused(Refusal::OfficeOnly),
        }
    }

    /// Whether an enrolment's key may state this: something of its own station, granting nothing.
    fn may_certify(&self, header: &Header) -> bool {
        let enrolment = self.enrolments.get(&header.author);
        enrolment.is_some_and(|enrolment| enrolment.station == header.scope)
            && header.grants.is_empty()
            && header.case == CaseId::NONE
    }

    /// Whether a device's intakes in a scope count.
    pub(crate) fn standing(&self, author: &Author, scope: &Scope) -> Result<(), Held> {
        self.writer(author).ok_or(Held::UnknownAuthor)?;
        match self.standings.get(author).map(|standing| standing.state) {
            None => return Err(Held::NotAdmitted),
            Some(StandingState::Revoked) => return Err(Held::Revoked),
            Some(StandingState::Admitted) => {}
        }
        if self.serves(author, scope) { Ok(()) } else { Err(Held::NotItsScope) }
    }

    /// Whether a device's station serves a station or incident, open or closed.
    pub fn serves(&self, device: &Author, scope: &Scope) -> bool {
        let Some((writer, place)) = self.writer(device).zip(self.place(scope)) else {
            return false;
        };
        place.stations.contains(&writer.station)
    }

    /// Why a device as a whole is not in good standing; `Ok` if it is.
    pub fn device_standing(&self, author: &Author) -> Result<(), Held> {
        let station = self.writer(author).ok_or(Held::UnknownAuthor)?.station;
        self.standing(author, &station)
    }
}

#[cfg(test)]
mod tests;

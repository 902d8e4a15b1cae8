//! Upward: what the office lacks, lane by lane, and receipts that went missing on the way.

use beket_record::{Part, Record, RecordId};
use beket_wire::{BATCH_BYTES, MAX_BATCH_RECORDS, MAX_IDS, Push, Pushed, Receipt, Route, Verdict};

use super::compare::decode;
use super::{Awaiting, Phase, Session};
use crate::step::{Failure, Settlement, Step};

impl Session {
    /// Sending order is known. What the office lacks cannot be "at the centre", whatever an
    /// earlier office signed.
    pub(super) fn ranked(&mut self, ranked: Vec<RecordId>, unreceipted: Vec<RecordId>) -> Step {
        let lacking = std::mem::take(&mut self.have);
        if self.phase == Phase::Records {
            let mut asked = std::mem::take(&mut self.uncompared);
            for id in &unreceipted {
                asked.remove(id);
            }
            let all = unreceipted.into_iter().chain(asked);
            self.to_ask = all.filter(|id| !lacking.contains(id)).collect();
        }
        self.to_push = ranked.into();
        if self.to_push.is_empty() {
            return self.exchange();
        }
        let not_there = self.to_push.iter().copied().collect();
        self.settle(Settlement { not_there, ..Settlement::default() })
    }

    fn settle(&mut self, settlement: Settlement) -> Step {
        self.awaiting = Awaiting::Settled;
        Step::Settle(settlement)
    }

    /// The next thing to send or fetch, until nothing is left.
    pub(super) fn exchange(&mut self) -> Step {
        if !self.to_push.is_empty() {
            self.awaiting = Awaiting::Loaded;
            let next = self.to_push.iter().take(MAX_BATCH_RECORDS).copied().collect();
            return Step::Load(next, BATCH_BYTES);
        }
        if let Some(step) = self.fetch_next() {
            return step;
        }
        if !self.to_ask.is_empty() {
            return self.push_and_ask(&[]);
        }
        self.phase_over()
    }

    /// Sends what was loaded. What was to be loaded and is not here any more is not sent.
    pub(super) fn push(&mut self, records: &[Record]) -> Result<Step, Failure> {
        let asked_for = self.to_push.len().min(MAX_BATCH_RECORDS);
        let taken = match records.last().map(Record::id) {
            None => asked_for,
            Some(last) => {
                let place = self.to_push.iter().take(asked_for).position(|id| *id == last);
                place.ok_or(Failure::OutOfStep)? + 1
            }
        };
        self.incomplete |= taken != records.len();
        self.to_push.drain(..taken);
        if records.is_empty() { Ok(self.exchange()) } else { Ok(self.push_and_ask(records)) }
    }

    /// Questions travel with the records.
    fn push_and_ask(&mut self, records: &[Record]) -> Step {
        let asked: Vec<RecordId> = self.to_ask.drain(..self.to_ask.len().min(MAX_IDS)).collect();
        let push = Push {
            records: records.iter().map(|record| record.bytes().to_vec().into()).collect(),
            ask: asked.iter().map(|id| id.as_bytes().to_vec().into()).collect(),
        };
        let sent = records.iter().map(|record| (record.id(), record.header().part)).collect();
        self.ask(Route::Push, &push, Awaiting::Pushed { sent, asked })
    }

    pub(super) fn pushed(
        &mut self,
        sent: &[(RecordId, Part)],
        asked: &[RecordId],
        body: &[u8],
    ) -> Result<Step, Failure> {
        let answer: Pushed = decode(body)?;
        if answer.verdicts.len() != sent.len() + asked.len() {
            return Err(Failure::NotTheOffice("its answer leaves records out".to_owned()));
        }
        let mut settlement = Settlement::default();
        let mut kept = Vec::new();
        let mut verdicts = answer.verdicts.into_iter();
        for ((id, part), verdict) in sent.iter().zip(&mut verdicts) {
            if verdict.is_kept() {
                kept.push(*id);
            }
            match verdict {
                Verdict::Stored => self.report.pushed += 1,
                Verdict::Duplicate => {}
                Verdict::Held(_) => self.report.held += 1,
                Verdict::Refused(reason) if part.is_sealed() => {
                    self.report.refused += 1;
                    settlement.refused.push((*id, reason));
                }
                // What the directory rests on is not put aside on a verdict; and a purge is
                // believed by its own signed statement alone, which comes with the next session.
                Verdict::Refused(_) | Verdict::Purged | Verdict::Missing => self.incomplete = true,
            }
        }
        for (id, verdict) in asked.iter().zip(verdicts) {
            match verdict {
                verdict if verdict.is_kept() => kept.push(*id),
                Verdict::Missing => settlement.not_there.push(*id),
                _ => self.incomplete = true,
            }
        }
        self.to_push.extend(&settlement.not_there);
        settlement.receipt = self.vouched(answer.receipt, kept)?;
        Ok(self.settle(settlement))
    }

    /// The receipt over these, if it is the office's; an answer that claims without one is not.
    pub(super) fn vouched(
        &self,
        receipt: Option<Receipt>,
        ids: Vec<RecordId>,
    ) -> Result<Option<(Receipt, Vec<RecordId>)>, Failure> {
        if ids.is_empty() {
            return Ok(None);
        }
        let office = self.set_up.directory.office();
        let receipt = receipt.filter(|receipt| receipt.covers(&office, &ids));
        let forged = || Failure::NotTheOffice("its receipt is not the office's".to_owned());
        Ok(Some((receipt.ok_or_else(forged)?, ids)))
    }
}

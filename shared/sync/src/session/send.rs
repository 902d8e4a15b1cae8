//! Upward: what the office lacks, lane by lane, then receipts that went missing on the way.

use beket_record::{CaseId, Record, RecordId};
use beket_wire::{MAX_BATCH_BYTES, MAX_BATCH_RECORDS, MAX_IDS, Push, Pushed, Route, Verdict};

use super::compare::decode;
use super::{Awaiting, Failure, Phase, Session, Settlement, Step};

impl Session {
    /// Sending order is known. What the office lacks cannot be "at the centre", whatever an
    /// earlier office signed.
    pub(super) fn ranked(&mut self, ranked: Vec<RecordId>, unreceipted: Vec<RecordId>) -> Step {
        let lacking = std::mem::take(&mut self.have);
        if self.phase == Phase::Records {
            self.to_ask = unreceipted.into_iter().filter(|id| !lacking.contains(id)).collect();
        }
        self.to_push = ranked.into();
        if self.to_push.is_empty() {
            return self.exchange();
        }
        self.awaiting = Awaiting::NotThereSettled;
        let not_there = self.to_push.iter().copied().collect();
        Step::Settle(Settlement { not_there, ..Settlement::default() })
    }

    /// The next thing to send or fetch, until nothing is left.
    pub(super) fn exchange(&mut self) -> Step {
        if !self.to_push.is_empty() {
            self.awaiting = Awaiting::Loaded;
            let next = self.to_push.iter().take(MAX_BATCH_RECORDS).copied().collect();
            return Step::Load(next, MAX_BATCH_BYTES);
        }
        if let Some(step) = self.fetch_next() {
            return step;
        }
        if !self.to_ask.is_empty() {
            let ids: Vec<_> = self.to_ask.drain(..self.to_ask.len().min(MAX_IDS)).collect();
            let ask = ids.iter().map(|id| id.as_bytes().to_vec().into()).collect();
            return self.ask(Route::Push, &Push { records: Vec::new(), ask }, Awaiting::Asked(ids));
        }
        self.phase_over()
    }

    pub(super) fn push(&mut self, records: &[Record]) -> Step {
        let Some(last) = records.last() else {
            // None of them is here any more: there is nothing to send.
            self.to_push.clear();
            return self.exchange();
        };
        while let Some(id) = self.to_push.pop_front() {
            if id == last.id() {
                break;
            }
        }
        let sent = records.iter().map(|r| (r.id(), r.header().case)).collect();
        let records = records.iter().map(|record| record.bytes().to_vec().into()).collect();
        self.ask(Route::Push, &Push { records, ask: Vec::new() }, Awaiting::Pushed(sent))
    }

    pub(super) fn pushed(
        &mut self,
        sent: &[(RecordId, CaseId)],
        body: &[u8],
    ) -> Result<Step, Failure> {
        let answer: Pushed = decode(body)?;
        if answer.verdicts.len() != sent.len() {
            return Err(Failure::NotTheOffice("its answer leaves records out".to_owned()));
        }
        let mut settlement = Settlement::default();
        let mut kept = Vec::new();
        for ((id, case), verdict) in sent.iter().zip(answer.verdicts) {
            if verdict.is_kept() {
                kept.push(*id);
            }
            match verdict {
                Verdict::Stored => self.report.pushed += 1,
                Verdict::Duplicate => {}
                Verdict::Held(_) => self.report.held += 1,
                Verdict::Refused(reason) => {
                    self.report.refused += 1;
                    settlement.refused.push((*id, reason));
                }
                Verdict::Purged => settlement.purged.push(*case),
                Verdict::Missing => self.incomplete = true,
            }
        }
        settlement.receipt = self.vouched(answer.receipt, kept)?;
        self.awaiting = Awaiting::PushSettled;
        Ok(Step::Settle(settlement))
    }

    /// Answers about receipts that never arrived.
    pub(super) fn told(&mut self, asked: Vec<RecordId>, body: &[u8]) -> Result<Step, Failure> {
        let answer: Pushed = decode(body)?;
        if answer.verdicts.len() != asked.len() {
            return Err(Failure::NotTheOffice("its answer leaves records out".to_owned()));
        }
        let told = asked.into_iter().zip(answer.verdicts);
        let kept = told.filter(|(_, verdict)| verdict.is_kept()).map(|(id, _)| id).collect();
        let receipt = self.vouched(answer.receipt, kept)?;
        self.awaiting = Awaiting::PushSettled;
        Ok(Step::Settle(Settlement { receipt, ..Settlement::default() }))
    }

    /// The receipt over these, if it is the office's; an answer that claims without one is not.
    pub(super) fn vouched(
        &self,
        receipt: Option<beket_wire::Receipt>,
        ids: Vec<RecordId>,
    ) -> Result<Option<(beket_wire::Receipt, Vec<RecordId>)>, Failure> {
        if ids.is_empty() {
            return Ok(None);
        }
        let office = self.set_up.directory.office();
        let receipt = receipt.filter(|receipt| receipt.covers(&office, &ids));
        let forged = || Failure::NotTheOffice("its receipt is not the office's".to_owned());
        Ok(Some((receipt.ok_or_else(forged)?, ids)))
    }
}

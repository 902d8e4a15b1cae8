//! The one writer: group commit over concurrent requests.
//!
//! Requests hand in batches and wait. Whatever waits together shares one transaction and one
//! fsync; nobody gets an answer before it. This is where a batch is committed.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use beket_directory::{Directory, Judgement, Office};
use beket_record::{Part, Record};
use beket_store::{Added, Store, StoreError, StoreFault, Write};
use beket_sync::office::Rejected;
use thiserror::Error;
use tokio::sync::oneshot;

use crate::app::{RegisterVersion, record_clock, rng};
use crate::projection::Projector;

/// Batches that may wait; more must wait for a place.
const QUEUE: usize = 256;
/// Batches that share one commit at the most.
const GROUP: usize = 64;

/// Why a batch was not written.
#[derive(Debug, Clone, Error)]
pub(crate) enum WriteError {
    /// The disk; the text says what is safe and what to do.
    #[error("{1}")]
    Store(StoreFault, String),
    /// The writer has ended with the server.
    #[error("the server is stopping; nothing of this was stored, send it again later")]
    Stopped,
}

/// Records to store together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// Records with their judgements.
    pub(crate) records: Vec<(Record, Judgement)>,
    /// Whether all of the records are to be stored or none: then a purged case bars them all.
    pub(crate) whole: bool,
    /// Bytes that are kept aside, with the reason.
    pub(crate) rejected: Vec<(Rejected, Vec<u8>)>,
    /// Which state of the register the records were judged by.
    pub(crate) version: RegisterVersion,
    /// Seconds since 1970.
    pub(crate) now: u64,
}

struct Job {
    batch: Batch,
    done: oneshot::Sender<Result<Vec<Added>, WriteError>>,
}

/// A handle to the writer.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    queue: SyncSender<Job>,
}

impl Writer {
    pub(crate) fn start(store: Store, office: Office, projector: Projector) -> Self {
        let (queue, jobs) = sync_channel(QUEUE);
        thread::spawn(move || {
            let _fatal = Fatal("writer");
            write_all(store, &office, &projector, &jobs);
        });
        Self { queue }
    }

    /// Stores a batch. When this returns, it is on the platter, or nothing of it is.
    pub(crate) fn store(&self, batch: Batch) -> Result<Vec<Added>, WriteError> {
        let (done, answer) = oneshot::channel();
        self.queue.send(Job { batch, done }).map_err(|_| WriteError::Stopped)?;
        answer.blocking_recv().map_err(|_| WriteError::Stopped)?
    }
}

fn write_all(mut store: Store, office: &Office, projector: &Projector, jobs: &Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let mut group = vec![first];
        group.extend(jobs.try_iter().take(GROUP - 1));
        let written = store.write(|write: &mut Write<'_>| {
            group.iter().map(|job| add(write, office, &job.batch)).collect::<Result<Vec<_>, _>>()
        });
        match written {
            Ok(outcomes) => {
                projector.wake();
                for (job, outcome) in group.into_iter().zip(outcomes) {
                    // A request that went away needs no answer; its records are stored.
                    drop(job.done.send(Ok(outcome)));
                }
            }
            Err(error) => refuse_all(group, &error),
        }
    }
}

fn refuse_all(group: Vec<Job>, error: &StoreError) {
    eprintln!("error: a batch could not be stored: {error}");
    for job in group {
        drop(job.done.send(Err(WriteError::Store(error.fault, error.advice().to_owned()))));
    }
}

fn add(write: &mut Write<'_>, office: &Office, batch: &Batch) -> Result<Vec<Added>, StoreError> {
    let judged_by_another = write.directory_version()? != batch.version;
    let mut outcomes = Vec::with_capacity(batch.records.len());
    if batch.whole {
        for (record, _) in &batch.records {
            if write.is_purged(record.header().case)? {
                return Ok(vec![Added::Barred; batch.records.len()]);
            }
        }
    }
    for (record, judgement) in &batch.records {
        outcomes.push(write.add(record, judgement, batch.now)?);
        if record.header().part == Part::Purge {
            write.purge(record.header().case)?;
        }
    }
    for (rejected, bytes) in &batch.rejected {
        write.keep_refused(rejected.id, rejected.case, bytes, &rejected.reason, batch.now)?;
    }
    let is_register = |r: &Record| matches!(r.header().part, Part::Directory | Part::Purge);
    if batch.records.iter().any(|(record, _)| is_register(record)) {
        admit_newcomers(write, office, batch.now)?;
    } else if judged_by_another {
        let register = write.directory_records()?;
        write.reshelve(&Directory::build(office.signer.author(), &register))?;
    }
    Ok(outcomes)
}

/// The first device of an enrolment is admitted on first contact; then everything is judged anew.
fn admit_newcomers(write: &mut Write<'_>, office: &Office, now: u64) -> Result<(), StoreError> {
    let mut register = write.directory_records()?;
    let mut directory = Directory::build(office.signer.author(), &register);
    for device in directory.devices_without_word() {
        if !directory.is_admissible(&device, now) {
            continue;
        }
        match office.admit_on_contact(&directory, &device, record_clock(), &mut rng()) {
            Ok(record) => {
                write.add(&record, &directory.judge(&record), now)?;
                register.push(record);
                directory = Directory::build(office.signer.author(), &register);
            }
            Err(error) => eprintln!("error: device {} was not admitted: {error}", device.short()),
        }
    }
    write.reshelve(&directory)?;
    Ok(())
}

/// A server whose writer or projection died looks alive and stores or shows nothing: it ends
/// instead, so that whoever runs it starts it again. What was acknowledged is on the platter.
pub(crate) struct Fatal(pub(crate) &'static str);

impl Drop for Fatal {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("error: the {} failed; the server ends. Start it again", self.0);
            std::process::exit(1);
        }
    }
}

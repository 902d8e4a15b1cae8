//! A device without the kiosk's manners: requests made by hand, of any records and tokens.
//! Refuses to be polite: whatever it is told to send, it sends.

use std::path::Path;

use anyhow::{Context, Result, bail};
use beket_directory::{Directory, Set};
use beket_kiosk::Worker;
use beket_model::{Document, Intake, Reference, Stamp};
use beket_record::{
    Author, CaseId, Draft, Envelope, Guarded, Lane, Part, Record, Scope, Signer, Unverified, seal,
};
use beket_wire::{
    Hello, Message, PROTOCOL_VERSION, Problem, Pull, Pulled, Push, Pushed, Request, Route, SetName,
    Welcome, open_response,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::Value;
use ureq::Agent;

use crate::world::evacuee;

/// A device's key, and a conversation with the office.
#[derive(Debug)]
pub struct Device {
    /// Signs requests and records.
    pub signer: Signer,
    /// The office's key.
    pub office: Author,
    /// The scope it works for.
    pub scope: Scope,
    /// What the last welcome gave.
    pub token: Vec<u8>,
    /// Where the office is.
    pub url: String,
    agent: Agent,
    rng: ChaCha8Rng,
}

/// An answer that is the office's own: its message, or why it did not serve.
pub type Answer<M> = Result<M, (u16, String)>;

impl Device {
    /// The device that a kiosk's data folder is.
    pub fn of(data: &Path) -> Result<Self> {
        let worker = Worker::open(data)?;
        let identity = worker.identity();
        Ok(Self {
            signer: identity.signer.clone(),
            office: identity.office,
            scope: identity.station.clone(),
            token: Vec::new(),
            url: identity.url.clone(),
            // A connection for each request: the office hangs up on what is too large.
            agent: Agent::config_builder()
                .http_status_as_error(false)
                .max_idle_connections(0)
                .build()
                .new_agent(),
            rng: ChaCha8Rng::from_seed(*identity.signer.author().as_bytes()),
        })
    }

    /// A device that nobody certified.
    pub fn stranger(&mut self) -> Signer {
        Signer::random(&mut self.rng)
    }

    /// Bytes as they are, to a path; the status and the bytes that came back.
    pub fn post(&self, path: &str, bytes: &[u8]) -> Result<(u16, Vec<u8>)> {
        let request = self.agent.post(format!("{}{path}", self.url));
        let answer = request.content_type("application/cbor").send(bytes)?;
        let status = answer.status().as_u16();
        Ok((status, answer.into_body().with_config().limit(16 << 20).read_to_vec()?))
    }

    /// A request in this device's name, with this body.
    pub fn ask_bytes(&self, route: Route, body: &[u8]) -> Result<Answer<Vec<u8>>> {
        let request = Request::seal(&self.signer, route, &self.token, 0, body)?;
        self.send(route, &request)
    }

    /// A whole request, whoever made it.
    pub fn send(&self, route: Route, request: &[u8]) -> Result<Answer<Vec<u8>>> {
        let (status, answer) = self.post(route.path(), request)?;
        let body = open_response(&self.office, request, status, &answer)
            .with_context(|| format!("HTTP {status} is not signed by the office"))?;
        if status == 200 {
            return Ok(Ok(body.to_vec()));
        }
        Ok(Err((status, Problem::from_bytes(body)?.message)))
    }

    fn ask<M: Message>(&self, route: Route, message: &impl Message) -> Result<Answer<M>> {
        match self.ask_bytes(route, &message.to_bytes())? {
            Ok(body) => Ok(Ok(M::from_bytes(&body)?)),
            Err(declined) => Ok(Err(declined)),
        }
    }

    /// Opens a conversation and keeps its token.
    pub fn hello(&mut self) -> Result<Welcome> {
        let mut nonce = [0; 16];
        self.rng.fill_bytes(&mut nonce);
        let hello = Hello {
            nonce,
            clock: 0,
            versions: vec![PROTOCOL_VERSION],
            software: "by hand".to_owned(),
            waiting: 0,
            openings: Vec::new(),
            disk_left: None,
        };
        self.token.clear();
        match self.ask::<Welcome>(Route::Hello, &hello)? {
            Ok(welcome) => {
                self.token = welcome.token.to_vec();
                Ok(welcome)
            }
            Err((status, reason)) => bail!("hello: {status} {reason}"),
        }
    }

    /// Pushes whatever bytes.
    pub fn push_bytes(&self, records: Vec<Vec<u8>>) -> Result<Answer<Pushed>> {
        let records = records.into_iter().map(Into::into).collect();
        self.ask(Route::Push, &Push { records, ask: Vec::new() })
    }

    /// Pushes records.
    pub fn push(&self, records: &[&Record]) -> Result<Answer<Pushed>> {
        self.push_bytes(records.iter().map(|record| record.bytes().to_vec()).collect())
    }

    /// Asks for all records of a set that one answer holds.
    pub fn pull(&self, set: &Set) -> Result<Answer<Vec<Record>>> {
        let set = SetName::of(set).unwrap_or(SetName { kind: 4, scope: None });
        let pulled =
            match self.ask::<Pulled>(Route::Pull, &Pull { set, ids: vec![], after: None })? {
                Ok(pulled) => pulled,
                Err(declined) => return Ok(Err(declined)),
            };
        let records = pulled.records.into_iter();
        let records = records.map(|bytes| Ok(Unverified::parse(bytes.into())?.verify()?));
        Ok(Ok(records.collect::<Result<_>>()?))
    }

    /// The directory as the office hands it out.
    pub fn directory(&self) -> Result<Directory> {
        match self.pull(&Set::Directory)? {
            Ok(records) => Ok(Directory::build(self.office, &records)),
            Err((status, reason)) => bail!("the directory: {status} {reason}"),
        }
    }

    /// A record of a case, sealed to whom the directory says, signed by `signer`.
    pub fn seal(
        &mut self,
        directory: &Directory,
        signer: &Signer,
        part: Part,
        case: CaseId,
        change: &Guarded,
    ) -> Result<Record> {
        let scope = &self.scope.clone();
        let recipients = directory.recipients(part, scope).context("no recipients")?;
        let envelope = &Envelope::new(part, case, recipients, &mut self.rng)?;
        let made = 1_561_000_000;
        let draft = Draft { envelope, lane: Lane::Ordinary, scope, made, change };
        Ok(seal(draft, signer, &mut self.rng)?)
    }

    /// An honest record of a new case, of somebody called Адал.
    pub fn honest(&mut self, number: u32) -> Result<Record> {
        let (directory, signer, case) = (self.directory()?, self.signer.clone(), self.case());
        let change = self.intake(&signer, number, &evacuee("Адал"))?;
        self.seal(&directory, &signer, Part::Intake, case, &change)
    }

    /// A new case's id.
    pub fn case(&mut self) -> CaseId {
        CaseId::random(&mut self.rng)
    }

    /// The change that makes an intake under this number, marked as `signer`'s.
    pub fn intake(&mut self, signer: &Signer, number: u32, intake: &Value) -> Result<Guarded> {
        let intake = Intake::from_json(&intake.to_string())?;
        let reference = Reference::new(self.scope.as_str(), "Z", number)?;
        let stamp = Stamp { author: signer.author(), by: "by hand".to_owned(), at: 1_561_000_000 };
        Ok(Document::intake(&intake, &reference, &stamp, &mut self.rng)?.1)
    }

    /// The change that makes an answer, marked as `signer`'s.
    pub fn answer(&mut self, signer: &Signer, answer: &Value) -> Result<Guarded> {
        let answer = serde_json::from_value(answer.clone())?;
        let stamp = Stamp { author: signer.author(), by: "by hand".to_owned(), at: 1_561_000_000 };
        Ok(Document::answer(&answer, &stamp, &mut self.rng)?.1)
    }
}

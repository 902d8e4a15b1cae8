//! The directory as one value, built from its records in any order.
//!
//! Refuses nothing: statements without authority are simply not in it.

use std::collections::{BTreeMap, BTreeSet};

use beket_record::{Author, CaseId, Part, Recipient, RecipientSecret, Record, RecordId, Scope};

use crate::certificate::{Certificate, Mention, Role, StandingState, mention};

/// Who wrote something, as people say it: "kiosk B at TRK".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// The station's code.
    pub station: Scope,
    /// The kiosk's letter.
    pub letter: String,
    /// What the kiosk is for.
    pub role: Role,
}

/// A station or an incident, with the record that states it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) recipient: Recipient,
    /// For an incident: which stations serve it.
    pub(crate) stations: BTreeSet<Scope>,
    pub(crate) closed: bool,
    /// What the next statement about it must exceed.
    pub(crate) revision: u32,
    pub(crate) record: Record,
    rank: (u32, bool, RecordId),
}

#[derive(Debug, Clone)]
pub(crate) struct KnownEnrolment {
    pub(crate) station: Scope,
    pub(crate) letter: String,
    pub(crate) role: Role,
    pub(crate) expires: u64,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct KnownStanding {
    pub(crate) state: StandingState,
    pub(crate) revision: u32,
    rank: (u32, StandingState, RecordId),
}

/// Everything that a replica knows about who may do what.
#[derive(Debug, Clone)]
pub struct Directory {
    office: Author,
    pub(crate) office_name: String,
    pub(crate) office_recipient: Option<Recipient>,
    pub(crate) stations: BTreeMap<Scope, Place>,
    pub(crate) incidents: BTreeMap<Scope, Place>,
    pub(crate) enrolments: BTreeMap<Author, KnownEnrolment>,
    /// Device key → enrolment key.
    pub(crate) devices: BTreeMap<Author, Author>,
    pub(crate) standings: BTreeMap<Author, KnownStanding>,
    pub(crate) counted: BTreeSet<Mention>,
    pub(crate) purged: BTreeSet<CaseId>,
}

impl Directory {
    /// Builds the directory of one office from its records; those of other parts say nothing.
    pub fn build<'a>(office: Author, records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut directory = Self {
            office,
            office_name: String::new(),
            office_recipient: None,
            stations: BTreeMap::new(),
            incidents: BTreeMap::new(),
            enrolments: BTreeMap::new(),
            devices: BTreeMap::new(),
            standings: BTreeMap::new(),
            counted: BTreeSet::new(),
            purged: BTreeSet::new(),
        };
        // By address, so that what speaks last does not depend on what came last.
        let mut records: Vec<&Record> = records.into_iter().collect();
        records.sort_unstable_by_key(|record| record.id());
        let (by_office, by_others): (Vec<_>, Vec<_>) =
            records.into_iter().partition(|record| record.header().author == office);
        for record in by_office {
            directory.hear_office(record);
        }
        for record in by_others {
            directory.hear_enrolment(record);
        }
        directory
    }

    fn hear_office(&mut self, record: &Record) {
        let header = record.header();
        if header.part == Part::Purge {
            self.purged.insert(header.case);
        }
        if header.part != Part::Directory {
            return;
        }
        match Certificate::from_bytes(record.body()) {
            Some(Certificate::Office(office)) => {
                self.office_name = office.name;
                self.office_recipient = Some(Recipient::from_bytes(office.recipient));
            }
            Some(Certificate::Station(station)) => {
                let place = Place {
                    name: station.name,
                    recipient: Recipient::from_bytes(station.recipient),
                    stations: BTreeSet::from([header.scope.clone()]),
                    closed: false,
                    revision: station.revision,
                    rank: (station.revision, false, record.id()),
                    record: record.clone(),
                };
                keep_higher(&mut self.stations, &header.scope, place);
            }
            Some(Certificate::Incident(incident)) => {
                let stations = incident.stations.iter().filter_map(|code| code.parse().ok());
                let place = Place {
                    name: incident.name,
                    recipient: Recipient::from_bytes(incident.recipient),
                    stations: stations.collect(),
                    closed: incident.closed,
                    revision: incident.revision,
                    rank: (incident.revision, incident.closed, record.id()),
                    record: record.clone(),
                };
                keep_higher(&mut self.incidents, &header.scope, place);
            }
            Some(Certificate::Enrolment(enrolment)) => {
                let known = KnownEnrolment {
                    station: header.scope.clone(),
                    letter: enrolment.letter,
                    role: enrolment.role,
                    expires: enrolment.expires,
                };
                self.enrolments.insert(Author::from_bytes(enrolment.key), known);
            }
            Some(Certificate::Standing(standing)) => {
                let known = KnownStanding {
                    state: standing.state,
                    revision: standing.revision,
                    rank: (standing.revision, standing.state, record.id()),
                };
                let device = Author::from_bytes(standing.device);
                let held = self.standings.entry(device).or_insert(known);
                if known.rank > held.rank {
                    *held = known;
                }
            }
            Some(Certificate::Counted(counted)) => self.counted.extend(counted.mentions()),
            Some(Certificate::Device(_)) | None => {}
        }
    }

    fn hear_enrolment(&mut self, record: &Record) {
        let (author, station) = (record.header().author, &record.header().scope);
        let enrolment = self.enrolments.get(&author);
        if record.header().part == Part::Directory
            && enrolment.is_some_and(|enrolment| enrolment.station == *station)
            && let Some(Certificate::Device(device)) = Certificate::from_bytes(record.body())
            && device.agreed(&author, station)
        {
            self.devices.insert(Author::from_bytes(device.key), author);
        }
    }

    /// The office's signing key: the root that a kiosk pinned when it was enrolled.
    pub fn office(&self) -> Author {
        self.office
    }

    /// How people call the office.
    pub fn office_name(&self) -> &str {
        &self.office_name
    }

    /// Who a device is, if the directory knows it.
    pub fn writer(&self, author: &Author) -> Option<Writer> {
        let enrolment = self.enrolments.get(self.devices.get(author)?)?;
        Some(Writer {
            station: enrolment.station.clone(),
            letter: enrolment.letter.clone(),
            role: enrolment.role,
        })
    }

    /// Every device that was certified.
    pub fn devices(&self) -> impl Iterator<Item = &Author> {
        self.devices.keys()
    }

    /// Devices that were certified and that the office has not spoken of.
    pub fn devices_without_word(&self) -> Vec<Author> {
        let unspoken = |device: &&Author| !self.standings.contains_key(device);
        self.devices.keys().filter(unspoken).copied().collect()
    }

    /// Codes and names of the stations.
    pub fn stations(&self) -> impl Iterator<Item = (&Scope, &str)> {
        self.stations.iter().map(|(code, place)| (code, place.name.as_str()))
    }

    /// Whether this is the code of a station.
    pub fn is_station(&self, code: &Scope) -> bool {
        self.stations.contains_key(code)
    }

    /// Open incidents that a station serves, by code.
    pub fn open_incidents(&self, station: &Scope) -> Vec<&Scope> {
        let serves = |place: &Place| !place.closed && place.stations.contains(station);
        self.incidents.iter().filter(|(_, place)| serves(place)).map(|(code, _)| code).collect()
    }

    /// How people call an incident; its code where it is not known.
    pub fn incident_name<'a>(&'a self, code: &'a Scope) -> &'a str {
        self.incidents.get(code).map_or(code.as_str(), |place| place.name.as_str())
    }

    /// Scopes that a station's kiosks hold: its own, and those of its open incidents.
    pub fn scopes_of(&self, station: &Scope) -> Vec<Scope> {
        let own = self.stations.contains_key(station).then_some(station);
        own.into_iter().chain(self.open_incidents(station)).cloned().collect()
    }

    /// Whom a new document is sealed to: the office always, and the scope's staffed kiosks for the
    /// parts that they may read. `None` while the office or the scope is unknown.
    pub fn recipients(&self, part: Part, scope: &Scope) -> Option<Vec<Recipient>> {
        let place = self.place(scope)?;
        let mut recipients = vec![self.office_recipient?];
        if matches!(part, Part::Intake | Part::Answer) {
            recipients.push(place.recipient);
        }
        Some(recipients)
    }

    /// The private key of a scope, if `owner` was granted it.
    pub fn scope_secret(&self, scope: &Scope, owner: &RecipientSecret) -> Option<RecipientSecret> {
        let key = self.place(scope)?.record.granted_key(owner)?;
        RecipientSecret::from_bytes(key.as_bytes()).ok()
    }

    /// Whether the office said of this one record that it counts, whatever becomes of its author.
    pub fn has_counted(&self, record: &RecordId) -> bool {
        self.counted.contains(&mention(record))
    }

    /// Whether a case was barred for good.
    pub fn is_purged(&self, case: &CaseId) -> bool {
        self.purged.contains(case)
    }

    pub(crate) fn place(&self, scope: &Scope) -> Option<&Place> {
        self.stations.get(scope).or_else(|| self.incidents.get(scope))
    }
}

fn keep_higher(places: &mut BTreeMap<Scope, Place>, code: &Scope, place: Place) {
    match places.get(code) {
        Some(held) if held.rank >= place.rank => {}
        _ => drop(places.insert(code.clone(), place)),
    }
}

#[cfg(test)]
mod tests;

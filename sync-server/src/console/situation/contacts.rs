//! Each station as of its last contact, and every kiosk that is silent, by its name.
//!
//! A kiosk whose right was taken back is waited for by nobody.

use beket_directory::Directory;
use beket_words::{Tongue, moment, numbers::digits};
use maud::{Markup, html};

use super::Drawn;
use super::words::Line;
use crate::App;
use crate::kiosks::Contact;

/// A station, and what its kiosks said last, each by its name.
pub(super) struct Reported {
    name: String,
    kiosks: Vec<(String, Option<Contact>)>,
}

impl Reported {
    /// Whether any of its kiosks was in contact of late.
    pub(super) fn is_heard(&self, now: u64) -> bool {
        self.last().is_some_and(|last| !last.is_silent(now))
    }

    /// Of its kiosks the last to be in contact.
    fn last(&self) -> Option<&Contact> {
        self.kiosks.iter().filter_map(|(_, contact)| contact.as_ref()).max_by_key(|it| it.at)
    }

    /// Records that its kiosks had not sent yet.
    fn waiting(&self) -> u64 {
        self.kiosks.iter().filter_map(|(_, contact)| contact.as_ref()).map(|it| it.waiting).sum()
    }
}

/// The stations that serve an incident; all of them, where it is none that is open.
pub(super) fn reported(app: &App, directory: &Directory, incident: &str) -> Vec<Reported> {
    let contacts = app.contacts.all();
    let serves = |code: &beket_record::Scope| {
        directory.open_incidents(code).iter().any(|open| open.as_str() == incident)
    };
    let any = directory.stations().any(|(code, _)| serves(code));
    let stations = directory.stations().filter(|(code, _)| !any || serves(code));
    let of = |code: &beket_record::Scope| {
        let admitted = directory.devices().filter(|it| directory.device_standing(it).is_ok());
        let own = admitted.filter_map(|device| {
            let writer = directory.writer(device).filter(|writer| writer.station == *code)?;
            let name = format!("{}-{}", writer.station, writer.letter);
            Some((name, contacts.get(device).cloned()))
        });
        let mut own: Vec<(String, Option<Contact>)> = own.collect();
        own.sort_by(|(one, _), (other, _)| one.cmp(other));
        own
    };
    stations
        .map(|(code, name)| Reported { name: format!("{name} ({code})"), kiosks: of(code) })
        .collect()
}

impl Drawn<'_> {
    pub(super) fn contacts(&self) -> Markup {
        let now = self.now.cast_unsigned();
        let table = html! {
            thead { tr {
                th scope="col" { (self.say(Line::Station)) }
                th scope="col" { (self.say(Line::LastContact)) } th.number scope="col" { (self.say(Line::Waiting)) } } }
            tbody { @for station in &self.stations { tr {
                th scope="row" { bdi { (station.name) } }
                @match station.last() {
                    Some(last) => {
                        td { time { (moment::spoken(last.at.cast_signed(), self.tongue)) }
                            @for (name, contact) in &station.kiosks {
                                (silence(self.tongue, name, contact.as_ref(), now)) } }
                        td.number { (digits(self.tongue, station.waiting())) }
                    }
                    None => { td { span.chip.wait { (self.say(Line::Never)) } } td {} }
                }
            } } }
        };
        self.table(Line::Stations, &table)
    }
}

/// A kiosk that should have been heard of.
fn silence(tongue: Tongue, name: &str, contact: Option<&Contact>, now: u64) -> Markup {
    html! {
        @match contact {
            Some(last) if !last.is_silent(now) => {}
            Some(last) => { div { span.chip.wait { (name) ": " (Line::Silent.in_(tongue)) } " "
                span.quiet-text { (moment::spoken(last.at.cast_signed(), tongue)) } } }
            None => { div { span.chip.wait { (name) ": " (Line::Never.in_(tongue)) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_station_is_heard_by_any_of_its_kiosks_and_names_those_that_are_silent() {
        let now = 1_561_389_120;
        let contact = |at, waiting| Contact {
            at,
            skew: 0,
            software: String::new(),
            waiting,
            disk_left: None,
        };
        let station = |kiosks: &[(&str, Option<Contact>)]| Reported {
            name: "Түркістан (TRK)".to_owned(),
            kiosks: kiosks.iter().map(|(name, last)| ((*name).to_owned(), last.clone())).collect(),
        };
        let (fresh, old) = (contact(now - 60, 3), contact(now - 86_400, 4));
        let both =
            station(&[("TRK-A", Some(old.clone())), ("TRK-B", Some(fresh)), ("TRK-C", None)]);
        assert!(both.is_heard(now));
        assert_eq!((both.waiting(), both.last().unwrap().at), (7, now - 60));
        let said = |nth: usize| {
            let (name, contact) = &both.kiosks[nth];
            silence(Tongue::En, name, contact.as_ref(), now).into_string()
        };
        assert!(said(0).contains("TRK-A: silent") && said(0).contains("23 June"), "{}", said(0));
        assert_eq!(said(1), "");
        assert!(said(2).contains("TRK-C: no contact yet"), "{}", said(2));
        assert!(!station(&[("TRK-A", Some(old))]).is_heard(now) && !station(&[]).is_heard(now));
    }
}

//! `sync-server enrol`: permission to set up one kiosk, as a code on one line.

use beket_directory::{EnrolmentTerms, Role};
use beket_record::Scope;
use clap::{Args, ValueEnum};

use super::{Data, say};
use crate::app::{now, record_clock, rng};
use crate::folder::Folder;

/// Print one enrolment code: all that one kiosk needs to be set up with no network
#[derive(Debug, Args)]
#[command(after_help = "The code is a secret: whoever has it can be that kiosk. The first device \
                        that uses it is admitted at its first contact, until it expires.\n\n\
                        Example:\n  sync-server enrol --data ./office --station TRK --role \
                        staffed --url https://office.example.kz")]
pub(super) struct Enrol {
    #[command(flatten)]
    data: Data,
    /// The kiosk's station
    #[arg(long, value_name = "CODE")]
    station: String,
    /// What the kiosk is for
    #[arg(long)]
    role: RoleName,
    /// Where the kiosk reaches this office
    #[arg(long, value_parser = address)]
    url: String,
    /// How long the kiosk's first contact may take: 90m, 24h, 14d
    #[arg(long, value_name = "TIME", default_value = "24h", value_parser = seconds)]
    expires: u64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum RoleName {
    /// Worked by volunteers, who can read their station's and incidents' cases
    Staffed,
    /// A touchscreen for citizens: it cannot read what it took
    SelfService,
}

impl Enrol {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let station: Scope = self.station.parse()?;
        let role = match self.role {
            RoleName::Staffed => Role::Staffed,
            RoleName::SelfService => Role::SelfService,
        };
        let mut folder = Folder::open(&self.data.path)?;
        let founding = folder.founding()?;
        let expires = now().saturating_add(self.expires);
        let terms = EnrolmentTerms { station, role, url: self.url, expires };
        let code = folder.state(now(), |office, directory| {
            office.enrol(directory, &founding, &terms, record_clock(), &mut rng())
        })?;
        say(&*code.to_text())?;
        Ok(())
    }
}

fn address(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    if host.is_some_and(|host| !host.is_empty() && !host.contains(char::is_whitespace)) {
        Ok(text.to_owned())
    } else {
        Err("an address is written like https://office.example.kz".to_owned())
    }
}

fn seconds(text: &str) -> Result<u64, String> {
    let wrong = || format!("'{text}' is not a length of time; write 90m, 24h or 14d");
    let unit = text.chars().last().ok_or_else(wrong)?;
    let each = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => return Err(wrong()),
    };
    let number: u64 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    number.checked_mul(each).filter(|seconds| *seconds > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_read_as_people_write_them() {
        assert_eq!(seconds("90m"), Ok(5_400));
        assert_eq!(seconds("24h"), Ok(86_400));
        assert_eq!(seconds("14d"), Ok(1_209_600));
        for wrong in ["", "h", "24", "0h", "-1h", "1.5h", "24 h", "әd", "99999999999999999999d"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}

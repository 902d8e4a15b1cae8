//! `sync-server staff`: who works at the office.

use clap::Subcommand;

use super::{Data, say};
use crate::folder::Folder;
use crate::roles::Role;
use crate::staff;

/// Staff: who may sign in to the console, and as what
#[derive(Debug, Subcommand)]
#[command(after_help = "Example:\n  sync-server staff add --data ./office 'Айгүл' --role operator")]
pub(super) enum Staff {
    /// Add an account; its password is printed once
    #[command(
        after_help = "Roles:\n  operator       works on cases\n  supervisor     gives cases \
                            to others, too\n  registrar      looks after kiosks\n  auditor        \
                            sees everything and changes nothing\n  administrator  looks after \
                            accounts\n\nExample:\n  \
                            sync-server staff add --data ./office 'Айгүл' --role operator"
    )]
    Add {
        #[command(flatten)]
        data: Data,
        /// How they sign in, and how their edits are signed
        #[arg(value_parser = super::name)]
        name: String,
        /// What they do
        #[arg(long, value_parser = role)]
        role: Role,
    },
    /// List the accounts
    List {
        #[command(flatten)]
        data: Data,
    },
}

fn role(word: &str) -> Result<Role, String> {
    let words = Role::ALL.map(Role::word).join(", ");
    Role::of(word).ok_or_else(|| format!("a role is one of {words}"))
}

impl Staff {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Add { data, name, role } => {
                let mut folder = Folder::open(&data.path)?;
                staff::prepare(&mut folder.store)?;
                if staff::accounts(&mut folder.store)?.iter().any(|(known, _)| *known == name) {
                    anyhow::bail!("{name} has an account already; nothing was changed");
                }
                let password = staff::random_password();
                staff::add(
                    &mut folder.store,
                    &name,
                    (&staff::hash(&password)?, staff::Password::Own),
                    role,
                )?;
                say(&password)?;
                eprintln!(
                    "{name} may sign in as {}. The password is not shown again.",
                    role.word()
                );
            }
            Self::List { data } => {
                let mut folder = Folder::open(&data.path)?;
                staff::prepare(&mut folder.store)?;
                for (name, role) in staff::accounts(&mut folder.store)? {
                    say(format_args!("{name}\t{role}"))?;
                }
            }
        }
        Ok(())
    }
}

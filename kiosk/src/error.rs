//! What a kiosk says when something goes wrong: what it is, what is safe, what to do.

use beket_directory::CodeError;
use beket_model::{DocumentError, FieldError, ReferenceError};
use beket_record::SealError;
use beket_store::StoreError;
use thiserror::Error;

/// Why the kiosk could not do as asked.
#[derive(Debug, Error)]
pub enum KioskError {
    /// The disk.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The folder belongs to no kiosk yet.
    #[error(
        "This folder belongs to no kiosk yet. Ask the office for an enrolment code and run `kiosk \
         --data DIR enrol CODE`"
    )]
    NotEnrolled,
    /// The folder belongs to a kiosk already.
    #[error(
        "This folder already belongs to kiosk {0}; nothing was changed. Choose an empty folder for \
         another kiosk"
    )]
    AlreadyEnrolled(String),
    /// The enrolment code.
    #[error("{0}. Nothing was changed")]
    Code(#[from] CodeError),
    /// A field of an intake or a patch.
    #[error("{0}. Nothing was saved")]
    Field(#[from] FieldError),
    /// The folder's own description of the kiosk is damaged.
    #[error(
        "The kiosk's own description in the data folder is damaged. Keep a copy of the whole \
         folder, then call the office: what it holds can still be sent"
    )]
    DamagedIdentity,
    /// The directory here names no office key.
    #[error(
        "The certificates in this folder are not complete, so nothing can be sealed. Nothing was \
         saved. Enrol a new folder with a new code and call the office about this one"
    )]
    NoRecipients,
    /// The passphrase is needed.
    #[error(
        "This kiosk is locked by its volunteers' passphrase. Put it in a file and name the file in \
         BEKET_PASSPHRASE_FILE. Intakes can be taken without it"
    )]
    Locked,
    /// The passphrase is wrong.
    #[error("That is not this kiosk's passphrase. Nothing was changed; try again")]
    WrongPassphrase,
    /// The passphrase is empty.
    #[error("The passphrase is empty. Choose a few words that only this kiosk's volunteers know")]
    EmptyPassphrase,
    /// Self-service kiosks can't read.
    #[error(
        "This is a self-service kiosk: it holds no key and cannot read or edit what citizens \
         handed in. Edit the case at a staffed kiosk of the station, or at the office"
    )]
    SelfService,
    /// No such case.
    #[error(
        "No case here bears {0}. It may be registered elsewhere: let this kiosk sync, or ask the \
         office"
    )]
    NoCase(String),
    /// Several cases bear the reference.
    #[error("{reference} stands for more than one case ({cases}). Name the case by its id instead")]
    Ambiguous {
        /// The reference.
        reference: String,
        /// The cases' ids.
        cases: String,
    },
    /// The case can't be opened here.
    #[error(
        "The case cannot be read on this kiosk ({0}). It stays safe; a kiosk of its own station or \
         the office can edit it"
    )]
    Unreadable(String),
    /// The office purged the case.
    #[error("The office has deleted this case for good, so nothing was saved. Ask the office why")]
    Purged,
    /// A child alone would be alone no more.
    #[error(
        "A child alone is handed over by the office, where two of staff see the guardian's \
         document. Nothing was saved. Call the office; what else was changed can be saved by itself"
    )]
    ChildAlone,
    /// The document.
    #[error("{0}. Nothing was saved")]
    Document(#[from] DocumentError),
    /// The seal.
    #[error("{0}. Nothing was saved")]
    Seal(#[from] SealError),
    /// A reference number ran out of form.
    #[error("{0} Nothing was saved")]
    Reference(#[from] ReferenceError),
    /// A name or a PIN that is none.
    #[error("A volunteer has a name, and a PIN of at least four digits. Nothing was saved")]
    WeakPin,
    /// A thread could not be started.
    #[error(
        "This computer could not start another thread ({0}). Close other programs and try again"
    )]
    Thread(std::io::Error),
    /// The clock can't be right.
    #[error(
        "This computer's clock stands outside the years 1970 to 2106, so nothing can be dated. \
         Nothing was saved. Set the clock and try again"
    )]
    Clock,
}

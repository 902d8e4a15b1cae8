//! The export: one JSON line a case, and where asked each document as a plain Automerge file.
//!
//! Reads the records themselves, never the rows made from them.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::Context;
use beket_model::{KeyRing, Opened};

use crate::cases::Dossier;
use crate::folder::Folder;

/// Writes every case that counts, in the order in which their first records came.
pub(crate) fn export(
    folder: &Folder,
    out: &mut impl Write,
    automerge: Option<&Path>,
    watch: &mut dyn FnMut(usize, usize),
) -> anyhow::Result<()> {
    if let Some(path) = automerge {
        fs::create_dir_all(path)
            .with_context(|| format!("The folder {} cannot be made", path.display()))?;
    }
    let ring = KeyRing(vec![folder.office.secret.clone()]);
    let directory = folder.directory()?;
    let cases = folder.store.cases()?;
    for (index, id) in cases.iter().enumerate() {
        let records = folder.store.counting(*id)?;
        let Some(dossier) = Dossier::open(*id, &records, &ring) else { continue };
        serde_json::to_writer(&mut *out, &dossier.to_json(&directory))?;
        out.write_all(b"\n")?;
        if let Some(path) = automerge {
            save(path, &dossier)?;
        }
        watch(index + 1, cases.len());
    }
    out.flush()?;
    Ok(())
}

fn save(path: &Path, dossier: &Dossier) -> anyhow::Result<()> {
    let parts: [(&str, &Option<Opened>); 3] = [
        ("intake", &dossier.case.intake),
        ("answer", &dossier.case.answer),
        ("review", &dossier.case.review),
    ];
    for (part, opened) in parts {
        let Some(opened) = opened else { continue };
        let file = path.join(format!("{}.{part}.automerge", dossier.id));
        let mut out = OpenOptions::new();
        out.write(true).create(true).truncate(true).mode(0o600);
        out.open(&file)
            .and_then(|mut out| out.write_all(&opened.document.save()))
            .with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(())
}

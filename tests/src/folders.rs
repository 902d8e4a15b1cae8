//! Data folders as a person handles them: copied, put back, searched byte by byte.
//! Refuses to know what is in them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Copies a folder with all that is in it; what was at the destination is gone.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("emptying {}", to.display()))?;
    }
    fs::create_dir_all(to).with_context(|| format!("making {}", to.display()))?;
    for file in files(from)? {
        let place = to.join(file.strip_prefix(from)?);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, &place).with_context(|| format!("copying {}", file.display()))?;
    }
    Ok(())
}

/// Every file under a folder, in one order.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder);
        for entry in entries.with_context(|| format!("listing {}", folder.display()))? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                open.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Where a word can be read in a folder's bytes: in UTF-8 or UTF-16, as written, in small letters
/// or in capitals.
pub fn readable(folder: &Path, word: &str) -> Result<Vec<PathBuf>> {
    let spelt = spellings(word);
    let mut found = Vec::new();
    for file in files(folder)? {
        let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        if spelt.iter().any(|word| contains(&bytes, word)) {
            found.push(file);
        }
    }
    Ok(found)
}

fn spellings(word: &str) -> Vec<Vec<u8>> {
    let mut spelt = Vec::new();
    for word in [word.to_owned(), word.to_lowercase(), word.to_uppercase()] {
        let wide = word.encode_utf16();
        let (little, big): (Vec<_>, Vec<_>) =
            wide.map(|unit| (unit.to_le_bytes(), unit.to_be_bytes())).unzip();
        spelt.extend([word.into_bytes(), little.concat(), big.concat()]);
    }
    spelt.sort();
    spelt.dedup();
    spelt
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first() else { return false };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        if rest[at..].starts_with(word) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_every_spelling_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a");
        fs::create_dir(&deep).unwrap();
        let wide: Vec<u8> = "x ӘЙГЕРІМ".encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(deep.join("one"), wide).unwrap();
        fs::write(folder.path().join("two"), "xx әйгерім").unwrap();
        fs::write(folder.path().join("three"), "әйгері").unwrap();
        let found = readable(folder.path(), "Әйгерім").unwrap();
        assert_eq!(found, [deep.join("one"), folder.path().join("two")]);
    }

    #[test]
    fn a_copy_holds_the_same_files() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir(from.path().join("a")).unwrap();
        fs::write(from.path().join("a/b"), "1").unwrap();
        fs::write(to.path().join("old"), "2").unwrap();
        copy(from.path(), to.path()).unwrap();
        assert_eq!(files(to.path()).unwrap(), [to.path().join("a/b")]);
    }
}

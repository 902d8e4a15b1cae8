//! Owns: the habits of the house, as ordinary tests over its own files: who
//! may depend on whom, how a file opens and how long it grows, which files
//! nothing reaches, and that every room is held to the same lints.
//! Refuses: style that rustfmt and clippy already judge.

mod arrows;
mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The rooms whose code must replay, with a `clippy.toml` that bans clocks, chance and unordered maps.
const REPLAYED: [&str; 6] = [
    "shared/directory",
    "shared/model",
    "shared/record",
    "shared/sync",
    "shared/wire",
    "shared/words",
];

#[test]
fn every_arrow_of_the_house_points_where_it_may() -> Result<()> {
    none(&arrows::wrong(&arrows::rooms(&metadata()?)?))
}

#[test]
fn every_file_keeps_the_rules_of_its_name_and_text() -> Result<()> {
    let tree = tree()?;
    ensure!(tree.len() > 20, "the tree was not found: {} files", tree.len());
    let named = tree.keys().filter_map(|path| files::wrong_name(path));
    let written = sources(&tree)?
        .into_iter()
        .flat_map(|(path, text)| files::wrong_text(&path, &text))
        .collect::<Vec<_>>();
    none(&named.chain(written).collect::<Vec<_>>())
}

#[test]
fn every_source_file_is_reached() -> Result<()> {
    let roots = arrows::target_roots(&metadata()?)?;
    none(&files::unreached(&roots, &sources(&tree()?)?))
}

#[test]
fn every_room_is_held_to_the_same_lints() -> Result<()> {
    let mut wrong = Vec::new();
    for room in arrows::rooms(&metadata()?)? {
        let path = format!("{}/Cargo.toml", room.place);
        wrong.extend(without_lints(&path, &read(&path)?));
    }
    let general = read(".clippy.toml")?;
    let pattern = read(&format!("{}/clippy.toml", REPLAYED[0]))?;
    for room in REPLAYED {
        let path = format!("{room}/clippy.toml");
        wrong.extend(unlike(&path, &read(&path)?, &pattern, &general));
    }
    none(&wrong)
}

/// A manifest that does not take the workspace's lints.
fn without_lints(path: &str, manifest: &str) -> Option<String> {
    let takes = manifest.contains("[lints]\nworkspace = true");
    (!takes).then(|| {
        format!("{path}: every room takes the workspace's lints: `[lints] workspace = true`")
    })
}

/// A replaying room's `clippy.toml` that differs from the others, or leaves out a line of the
/// general one, which clippy no longer reads there.
fn unlike(path: &str, text: &str, pattern: &str, general: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if text != pattern {
        wrong.push(format!(
            "{path}: the crates that must replay hold one clippy.toml, word for word"
        ));
    }
    let settings = |text: &str| -> BTreeSet<String> {
        let lines = text.lines().map(str::trim);
        lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
    };
    let own = settings(text);
    for line in settings(general).difference(&own) {
        wrong.push(format!(
            "{path}: every line of .clippy.toml is repeated, and this is not: {line}"
        ));
    }
    wrong
}

fn none(wrong: &[String]) -> Result<()> {
    ensure!(wrong.is_empty(), "{} to put right:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> Result<String> {
    fs::read_to_string(root().join(path)).with_context(|| format!("{path} cannot be read"))
}

/// What cargo says of the workspace, without asking anyone outside.
fn metadata() -> Result<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Every file of the repository by its path from the root, save what is built, installed or hidden.
fn tree() -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![(String::new(), root())];
    while let Some((prefix, folder)) = folders.pop() {
        for entry in fs::read_dir(&folder)
            .with_context(|| format!("{} cannot be listed", folder.display()))?
        {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let (path, kind) = (format!("{prefix}{name}"), entry.file_type()?);
            if kind.is_file() {
                found.insert(path, entry.path());
            } else if kind.is_dir()
                && !(name.starts_with('.') || name == "target" || name == "node_modules")
            {
                folders.push((format!("{path}/"), entry.path()));
            }
        }
    }
    Ok(found)
}

/// The Rust files of the tree with their text.
fn sources(tree: &BTreeMap<String, PathBuf>) -> Result<BTreeMap<String, String>> {
    let rust = tree
        .iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|kind| kind == "rs"));
    rust.map(|(path, file)| {
        let text = fs::read_to_string(file).with_context(|| format!("{path} cannot be read"))?;
        Ok((path.clone(), text))
    })
    .collect()
}

#[test]
fn a_room_without_the_lints_is_named() {
    assert_eq!(without_lints("a/Cargo.toml", "[package]\n\n[lints]\nworkspace = true\n"), None);
    let wrong = without_lints("a/Cargo.toml", "[package]\n").unwrap();
    assert!(wrong.starts_with("a/Cargo.toml: every room takes"), "{wrong}");
}

#[test]
fn a_replaying_room_with_other_bans_is_named() {
    let general = "# why\nallow-unwrap-in-tests = true\n";
    let pattern = "allow-unwrap-in-tests = true\nban = 1\n";
    assert!(unlike("a/clippy.toml", pattern, pattern, general).is_empty());
    let wrong = unlike("a/clippy.toml", "ban = 1\n", pattern, general);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].contains("word for word"), "{wrong:?}");
    assert!(wrong[1].ends_with("this is not: allow-unwrap-in-tests = true"), "{wrong:?}");
}

//! Owns: the arrows of the house: which room may depend on which, and which
//! rooms alone may use a crate from outside. Refuses: arrows between the
//! modules of one room.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// What a room of the product may depend on. `tests` and the rooms in it may see all.
const ALLOWED: [(&str, &[&str]); 9] = [
    ("shared/model", &["shared/record"]),
    ("shared/record", &[]),
    ("shared/directory", &["shared/record"]),
    ("shared/wire", &["shared/directory", "shared/record"]),
    ("shared/sync", &["shared/directory", "shared/record", "shared/wire"]),
    ("shared/store", &["shared/directory", "shared/record", "shared/wire"]),
    ("shared/words", &["shared/model"]),
    ("kiosk", SHARED),
    ("sync-server", SHARED),
];
const SHARED: &[&str] = &[
    "shared/directory",
    "shared/model",
    "shared/record",
    "shared/store",
    "shared/sync",
    "shared/wire",
    "shared/words",
];

/// Crates from outside that few rooms may know, and why.
const RESERVED: [(&str, &[&str], &str); 2] = [
    (
        "automerge",
        &["shared/model", "shared/record", "tests"],
        "to everyone else a document is opaque",
    ),
    ("rusqlite", &["shared/store", "sync-server"], "records are reached through the store"),
];

/// Crates that no shared room may know: sockets and their runtimes belong to the shells.
const SHELLS_ONLY: [&str; 4] = ["axum", "hyper", "tokio", "ureq"];

/// One package of the workspace: its folder and all it depends on, for tests and building too.
pub(super) struct Room {
    pub(super) name: String,
    pub(super) place: String,
    pub(super) depends_on: BTreeSet<String>,
}

/// The rooms, from `cargo metadata --no-deps`.
pub(super) fn rooms(metadata: &Value) -> Result<Vec<Room>> {
    let root = text(&metadata["workspace_root"])?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    packages
        .iter()
        .map(|package| {
            let manifest = below(root, text(&package["manifest_path"])?)?;
            let dependencies = package["dependencies"].as_array().context("no dependencies")?;
            Ok(Room {
                name: text(&package["name"])?.to_owned(),
                place: manifest.trim_end_matches("/Cargo.toml").to_owned(),
                depends_on: dependencies
                    .iter()
                    .map(|dependency| Ok(text(&dependency["name"])?.to_owned()))
                    .collect::<Result<_>>()?,
            })
        })
        .collect()
}

/// The files that targets start from (main, lib, tests, build scripts), by their path from the root.
pub(super) fn target_roots(metadata: &Value) -> Result<BTreeSet<String>> {
    let root = text(&metadata["workspace_root"])?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    packages
        .iter()
        .flat_map(|package| package["targets"].as_array().into_iter().flatten())
        .map(|target| below(root, text(&target["src_path"])?))
        .collect()
}

/// Every dependency that the house forbids, with the manifest and the rule.
pub(super) fn wrong(rooms: &[Room]) -> Vec<String> {
    let mut wrong = Vec::new();
    for room in rooms {
        let mut say = |rule: String| wrong.push(format!("{}/Cargo.toml: {rule}", room.place));
        let allowed = ALLOWED.iter().find(|(place, _)| *place == room.place);
        if allowed.is_none() && !within(&room.place, "tests") {
            say(format!("{} has no place in the house yet: give it its arrows", room.name));
        }
        for name in &room.depends_on {
            if let (Some((_, allowed)), Some(other)) =
                (allowed, rooms.iter().find(|other| other.name == *name))
                && !allowed.contains(&other.place.as_str())
            {
                say(format!(
                    "{} must not depend on {}; it may on: {}",
                    room.place,
                    other.place,
                    if allowed.is_empty() { "no room".to_owned() } else { allowed.join(", ") },
                ));
            }
            for (reserved, places, why) in RESERVED {
                if name == reserved && !places.iter().any(|place| within(&room.place, place)) {
                    say(format!("only {} may use {reserved}: {why}", places.join(", ")));
                }
            }
            if within(&room.place, "shared") && SHELLS_ONLY.contains(&name.as_str()) {
                say(format!("no shared room uses {name}: sockets belong to kiosk and sync-server"));
            }
        }
    }
    wrong
}

fn within(place: &str, folder: &str) -> bool {
    Path::new(place).starts_with(folder)
}

fn text(value: &Value) -> Result<&str> {
    value.as_str().context("cargo metadata has another form")
}

fn below(root: &str, path: &str) -> Result<String> {
    let below = Path::new(path).strip_prefix(root)?;
    Ok(below.to_str().context("a path that is not text")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The house with one more arrow, from the room at `place`.
    fn with(place: &str, dependency: &str) -> Vec<String> {
        let mut rooms: Vec<Room> = ALLOWED
            .iter()
            .map(|(place, _)| *place)
            .chain(["tests", "tests/demo"])
            .map(|place| Room {
                name: format!("beket-{}", place.rsplit('/').next().unwrap()),
                place: place.to_owned(),
                depends_on: BTreeSet::new(),
            })
            .collect();
        let room = rooms.iter_mut().find(|room| room.place == place).unwrap();
        room.depends_on.insert(dependency.to_owned());
        wrong(&rooms)
    }

    #[test]
    fn what_the_house_allows_passes() {
        for (place, dependency) in [
            ("shared/directory", "beket-record"),
            ("shared/sync", "beket-wire"),
            ("shared/store", "rusqlite"),
            ("shared/record", "automerge"),
            ("kiosk", "beket-model"),
            ("sync-server", "tokio"),
            ("tests", "automerge"),
            ("tests/demo", "beket-kiosk"),
        ] {
            assert_eq!(with(place, dependency), Vec::<String>::new());
        }
    }

    #[test]
    fn what_the_house_forbids_is_named_with_its_rule() {
        for (place, dependency, rule) in [
            ("kiosk", "beket-sync-server", "kiosk must not depend on sync-server"),
            ("sync-server", "beket-kiosk", "sync-server must not depend on kiosk"),
            ("shared/sync", "beket-model", "shared/sync must not depend on shared/model"),
            ("shared/sync", "beket-store", "shared/sync must not depend on shared/store"),
            ("shared/store", "beket-model", "shared/store must not depend on shared/model"),
            ("shared/record", "beket-directory", "it may on: no room"),
            ("shared/wire", "beket-demo", "shared/wire must not depend on tests/demo"),
            ("kiosk", "automerge", "only shared/model, shared/record, tests may use automerge"),
            ("tests", "rusqlite", "only shared/store, sync-server may use rusqlite"),
            ("shared/store", "tokio", "no shared room uses tokio"),
            ("shared/wire", "axum", "no shared room uses axum"),
        ] {
            let wrong = with(place, dependency);
            assert_eq!(wrong.len(), 1, "{place} → {dependency}: {wrong:?}");
            assert!(wrong[0].starts_with(&format!("{place}/Cargo.toml: ")), "{wrong:?}");
            assert!(wrong[0].contains(rule), "{wrong:?}");
        }
    }

    #[test]
    fn a_room_that_nobody_placed_is_named() {
        let room = Room {
            name: "beket-attic".to_owned(),
            place: "attic".to_owned(),
            depends_on: BTreeSet::new(),
        };
        let wrong = wrong(&[room]);
        assert!(wrong[0].starts_with("attic/Cargo.toml: beket-attic has no place"), "{wrong:?}");
    }

    #[test]
    fn metadata_is_read_with_every_kind_of_dependency() {
        let metadata = json!({"workspace_root": "/w", "packages": [{
            "name": "beket-sync",
            "manifest_path": "/w/shared/sync/Cargo.toml",
            "dependencies": [{"name": "beket-wire", "kind": null}, {"name": "beket-model", "kind": "dev"}],
            "targets": [{"src_path": "/w/shared/sync/src/lib.rs"}],
        }]});
        let rooms = rooms(&metadata).unwrap();
        assert_eq!(rooms[0].place, "shared/sync");
        assert!(rooms[0].depends_on.contains("beket-model"));
        assert!(target_roots(&metadata).unwrap().contains("shared/sync/src/lib.rs"));
    }
}

//! Owns: what each file must keep: its name, its opening line, its length,
//! and that a `mod` reaches it. Refuses: to read the disk; paths and texts
//! are given, the paths with `/` from the root of the repository.

use std::collections::{BTreeMap, BTreeSet};

const LINES_MAX: usize = 400;

/// Names that say nothing of what a file owns.
const EMPTY_NAMES: [&str; 6] = ["utils", "util", "common", "helpers", "helper", "misc"];

/// Macros for the moment of writing; in two halves, so that this file keeps its own rule.
const UNFINISHED: [&str; 2] = [concat!("to", "do!"), concat!("d", "bg!")];

/// A file, or a folder above it, whose name says nothing.
pub(super) fn wrong_name(path: &str) -> Option<String> {
    let parts = path.split('/');
    let name = parts
        .map(|part| part.split('.').next().unwrap_or(part))
        .find(|name| EMPTY_NAMES.contains(name))?;
    Some(format!("{path}: a name says what is inside, and `{name}` says nothing"))
}

/// What is wrong in the text of a Rust file.
pub(super) fn wrong_text(path: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if !text.starts_with("//!") {
        wrong.push(format!("{path}: a file opens with `//!`: what it owns, what it refuses"));
    }
    let lines = text.lines().count();
    if lines > LINES_MAX {
        wrong.push(format!(
            "{path}: {lines} lines; a file has at most {LINES_MAX}: split it by what it owns"
        ));
    }
    for (number, line) in text.lines().enumerate() {
        for unfinished in UNFINISHED.iter().filter(|name| line.contains(**name)) {
            wrong.push(format!("{path}:{}: `{unfinished}` is not for keeping", number + 1));
        }
    }
    wrong
}

/// Files that no `mod` leads to from any target's root.
pub(super) fn unreached(roots: &BTreeSet<String>, files: &BTreeMap<String, String>) -> Vec<String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> = roots.iter().cloned().collect();
    while let Some(path) = open.pop() {
        let Some(text) = files.get(&path) else {
            continue;
        };
        if !reached.insert(path.clone()) {
            continue;
        }
        let home = home(&path, roots.contains(&path));
        for module in modules(text) {
            open.push(format!("{home}/{module}.rs"));
            open.push(format!("{home}/{module}/mod.rs"));
        }
    }
    let forgotten = files.keys().filter(|path| !reached.contains(*path));
    forgotten.map(|path| format!("{path}: a forgotten file: no `mod` leads to it")).collect()
}

/// The folder where a file's modules lie.
fn home(path: &str, is_root: bool) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if is_root || name == "mod.rs" {
        folder.to_owned()
    } else {
        path.trim_end_matches(".rs").to_owned()
    }
}

/// The names of `mod name;` lines.
fn modules(text: &str) -> Vec<&str> {
    let named = text.lines().filter_map(|line| {
        let line = line.trim();
        let line = line.strip_prefix("pub").map_or(line, |rest| match rest.strip_prefix('(') {
            Some(scope) => scope.split_once(')').map_or(rest, |(_, after)| after),
            None => rest,
        });
        line.trim_start().strip_prefix("mod ")?.strip_suffix(';')
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_say_nothing_are_named() {
        assert_eq!(wrong_name("shared/record/src/guard.rs"), None);
        assert_eq!(wrong_name("shared/common_law.rs"), None);
        for path in ["kiosk/src/utils.rs", "tests/common/mod.rs", "misc.md", "a/helpers/b.rs"] {
            let wrong = wrong_name(path).unwrap();
            assert!(wrong.starts_with(path) && wrong.contains("says nothing"), "{wrong}");
        }
    }

    #[test]
    fn a_file_without_its_opening_is_named() {
        assert!(wrong_text("a.rs", "//! Owns: a.\n").is_empty());
        for text in ["", "// Owns: a.\n", "\n//! late\n"] {
            let wrong = wrong_text("a.rs", text);
            assert!(wrong[0].starts_with("a.rs: a file opens with `//!`"), "{wrong:?}");
        }
    }

    #[test]
    fn a_file_that_has_grown_too_long_is_named() {
        let longest = "//!\n".repeat(LINES_MAX);
        assert!(wrong_text("a.rs", &longest).is_empty());
        let wrong = wrong_text("a.rs", &(longest + "\n"));
        assert_eq!(wrong, ["a.rs: 401 lines; a file has at most 400: split it by what it owns"]);
    }

    #[test]
    fn unfinished_code_is_named_with_its_line() {
        for unfinished in UNFINISHED {
            let wrong = wrong_text("a.rs", &format!("//! a\nfn f() {{ {unfinished}() }}\n"));
            assert_eq!(wrong, [format!("a.rs:2: `{unfinished}` is not for keeping")]);
        }
    }

    fn files(given: &[(&str, &str)]) -> BTreeMap<String, String> {
        let owned = given.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        owned.collect()
    }

    #[test]
    fn every_way_of_naming_a_module_reaches_it() {
        let files = files(&[
            (
                "k/src/lib.rs",
                "mod a;\npub mod b;\npub(crate) mod c;\npub(in crate::x) mod d;\nmod tests {}\n",
            ),
            ("k/src/a.rs", "mod inner;"),
            ("k/src/a/inner.rs", ""),
            ("k/src/b/mod.rs", "    mod deep;"),
            ("k/src/b/deep.rs", ""),
            ("k/src/c.rs", ""),
            ("k/src/d.rs", ""),
            ("k/suite/main.rs", "mod tidy;"),
            ("k/suite/tidy.rs", ""),
        ]);
        let roots = ["k/src/lib.rs", "k/suite/main.rs"].map(str::to_owned).into();
        assert_eq!(unreached(&roots, &files), Vec::<String>::new());
    }

    #[test]
    fn a_forgotten_file_is_named() {
        let files = files(&[
            ("k/src/lib.rs", "mod a;\n// mod b;\nmod c {}\n"),
            ("k/src/a.rs", ""),
            ("k/src/b.rs", "mod under;"),
            ("k/src/b/under.rs", ""),
            ("k/src/c.rs", ""),
        ]);
        let wrong = unreached(&["k/src/lib.rs".to_owned()].into(), &files);
        let named: Vec<_> = wrong.iter().filter_map(|line| line.split(':').next()).collect();
        assert_eq!(named, ["k/src/b.rs", "k/src/b/under.rs", "k/src/c.rs"]);
        assert!(wrong[0].contains("no `mod` leads to it"), "{wrong:?}");
    }
}

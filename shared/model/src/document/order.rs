//! The order in which changes follow each other: each after those that it depends on.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Change, ChangeHash};

/// Visits changes after their dependencies, those that are ready by the smallest key. A change
/// whose `visit` says `false` stops what follows it. Gives back what was never visited.
pub(super) fn visit_in_order<K: Ord + Clone>(
    mut changes: BTreeMap<ChangeHash, Change>,
    key: impl Fn(&Change) -> K,
    mut visit: impl FnMut(Change) -> bool,
) -> BTreeMap<ChangeHash, Change> {
    let mut followers: BTreeMap<ChangeHash, Vec<ChangeHash>> = BTreeMap::new();
    let mut lacking: BTreeMap<ChangeHash, usize> = BTreeMap::new();
    let mut ready: BTreeSet<(K, ChangeHash)> = BTreeSet::new();
    for (hash, change) in &changes {
        for dep in change.deps() {
            followers.entry(*dep).or_default().push(*hash);
        }
        lacking.insert(*hash, change.deps().len());
        if change.deps().is_empty() {
            ready.insert((key(change), *hash));
        }
    }
    while let Some((_, hash)) = ready.pop_first() {
        let Some(change) = changes.remove(&hash) else {
            continue;
        };
        if !visit(change) {
            continue;
        }
        for follower in followers.remove(&hash).unwrap_or_default() {
            let lacks = lacking.entry(follower).or_default();
            *lacks = lacks.saturating_sub(1);
            if *lacks == 0
                && let Some(change) = changes.get(&follower)
            {
                ready.insert((key(change), follower));
            }
        }
    }
    changes
}

//! Where people are: one of them, or a household that goes on together.
//!
//! Refuses to take a child alone along: two of staff hand it over.

use beket_model::Reading;
use serde_json::json;

use crate::edit::{Edit, seen};
use crate::not_saved::{NotSaved, Why};

impl Edit<'_> {
    /// Where the person is, and with the rest of the household where that was said.
    pub(super) fn whereabouts(
        &self,
        word: &str,
        together: bool,
        heads: &str,
    ) -> Result<(), NotSaved> {
        let opened = self.dossier.case.intake.as_ref();
        let (_, seen) = seen(opened.ok_or(NotSaved::Because(Why::NotReadable))?, heads)?;
        let mut paths = vec!["person.whereabouts".to_owned()];
        if together {
            // The form showed some of them, and a child may be known to be alone only since.
            let now = self.dossier.intake.as_ref().map_or_else(Vec::new, together_with);
            let shown = together_with(&seen).into_iter().filter(|who| now.contains(who));
            paths.extend(shown.map(|who| format!("{who}.whereabouts")));
        }
        self.intake(&paths, &json!(word), heads)
    }
}

/// Who of a household goes along with its head, by where they stand in the intake: not who is no
/// longer of it, nor a child alone.
pub(crate) fn together_with(intake: &Reading) -> Vec<String> {
    let alone: Vec<String> = intake.children_alone().map(|(who, _)| who).collect();
    let members = intake.household();
    let members =
        members.filter_map(|member| Some(format!("household.{}", member["id"].as_str()?)));
    members.filter(|who| !alone.contains(who)).collect()
}

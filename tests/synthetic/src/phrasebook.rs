//! The sentences people say, read from `texts/`, and the filling of their slots.
//! Refuses grammar: a slot stands only where its filling needs no change.

use crate::Language;
use crate::draw::Draw;
use crate::places;

/// The sections of `texts/` whose title is an appeal's category.
pub(crate) const CATEGORIES: [&str; 19] = [
    "housing",
    "housing_papers",
    "land",
    "social_aid",
    "disability",
    "employment",
    "health",
    "education",
    "roads",
    "water",
    "gas",
    "waste",
    "internet",
    "ecology",
    "construction",
    "business",
    "police_courts",
    "sport",
    "kandas",
];

/// Everything said in one language.
#[derive(Debug)]
pub(crate) struct Phrasebook {
    language: Language,
    sections: Vec<Section>,
}

#[derive(Debug, Default)]
struct Section {
    title: &'static str,
    lines: Vec<&'static str>,
    /// Said only after one of `lines`.
    details: Vec<&'static str>,
}

impl Phrasebook {
    pub(crate) fn new(language: Language) -> Self {
        let text = match language {
            Language::Kazakh => include_str!("../texts/kk.txt"),
            Language::Russian => include_str!("../texts/ru.txt"),
            Language::English => include_str!("../texts/en.txt"),
        };
        Self { language, sections: read(text) }
    }

    /// One line of a section, its slots filled; empty where there is no such section.
    pub(crate) fn line(&self, draw: &mut Draw, title: &str) -> String {
        match self.section(title) {
            Some(section) if !section.lines.is_empty() => {
                let template = *draw.pick(&section.lines);
                self.fill(draw, template)
            }
            _ => String::new(),
        }
    }

    /// One line of a section and up to `most` of its details, none twice.
    pub(crate) fn account(&self, draw: &mut Draw, title: &str, most: i64) -> Vec<String> {
        let mut said = vec![self.line(draw, title)];
        let mut details =
            self.section(title).map_or_else(Vec::new, |section| section.details.clone());
        for _ in 0..draw.between(0, most) {
            let Some(template) = draw.take(&mut details) else {
                break;
            };
            said.push(self.fill(draw, template));
        }
        said
    }

    fn section(&self, title: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.title == title)
    }

    /// Slots this does not know stay as they are, for the caller to fill.
    fn fill(&self, draw: &mut Draw, template: &str) -> String {
        let mut filled = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, slot, after)) = next_slot(rest) {
            filled.push_str(before);
            match self.slot(draw, slot) {
                Some(value) => filled.push_str(&value),
                None => filled.extend(["{", slot, "}"]),
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    fn slot(&self, draw: &mut Draw, slot: &str) -> Option<String> {
        match slot {
            "n" => Some(draw.between(2, 9).to_string()),
            "children" => Some(draw.between(3, 7).to_string()),
            "pupils" => Some(draw.between(24, 48).to_string()),
            "school" => Some(draw.between(1, 90).to_string()),
            "sum" => Some(self.sum(draw)),
            "street" => Some(places::street(draw, self.language).to_owned()),
            "house" => Some(places::house(draw, self.language)),
            "village" => Some(places::village(draw, self.language).to_owned()),
            listed => {
                let section = self.sections.iter().find(|section| {
                    section.title.strip_prefix("slot ").is_some_and(|name| name == listed)
                })?;
                Some((*draw.pick(&section.lines)).to_owned())
            }
        }
    }

    /// Some thousands of tenge, grouped as the language groups digits.
    fn sum(&self, draw: &mut Draw) -> String {
        let thousands = draw.between(4, 240);
        match self.language {
            Language::English => format!("{thousands},000"),
            Language::Kazakh | Language::Russian => format!("{thousands} 000"),
        }
    }
}

fn read(text: &'static str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let title = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        match (title, sections.last_mut()) {
            (Some(title), _) => sections.push(Section { title, ..Section::default() }),
            (None, Some(section)) => match line.strip_prefix("+ ") {
                Some(detail) => section.details.push(detail),
                None => section.lines.push(line),
            },
            (None, None) => {}
        }
    }
    sections
}

/// What stands before the first `{slot}`, the slot's name, and what follows it.
fn next_slot(text: &str) -> Option<(&str, &str, &str)> {
    let (before, tail) = text.split_once('{')?;
    let (slot, after) = tail.split_once('}')?;
    Some((before, slot, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANGUAGES: [Language; 3] = [Language::Kazakh, Language::Russian, Language::English];

    #[test]
    fn every_language_has_every_section_and_enough_to_say() {
        let titles = |language| {
            let mut titles: Vec<_> = Phrasebook::new(language)
                .sections
                .iter()
                .map(|section| section.title)
                .filter(|title| !title.starts_with("slot "))
                .collect();
            titles.sort_unstable();
            titles
        };
        assert_eq!(titles(Language::Kazakh), titles(Language::Russian));
        assert_eq!(titles(Language::Kazakh), titles(Language::English));
        for language in LANGUAGES {
            let book = Phrasebook::new(language);
            let appeals: usize = CATEGORIES
                .iter()
                .filter_map(|title| book.section(title))
                .map(|s| s.lines.len())
                .sum();
            assert!(appeals >= 25, "{language:?}: {appeals}");
        }
    }

    #[test]
    fn every_slot_of_every_line_is_filled() {
        for language in LANGUAGES {
            let book = Phrasebook::new(language);
            let mut draw = Draw::new(5);
            for section in &book.sections {
                assert!(!section.lines.is_empty(), "{language:?}: [{}] is empty", section.title);
                for template in section.lines.iter().chain(&section.details) {
                    let filled = book.fill(&mut draw, template);
                    let own =
                        filled.replace("{kin}", "").replace("{name}", "").replace("{year}", "");
                    assert!(!own.contains(['{', '}']), "{language:?}: {filled}");
                }
            }
        }
    }
}

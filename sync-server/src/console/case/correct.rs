//! Staff correct what was said like anyone: one field, the words, what somebody needs, who is of the
//! household. Each form is written on the state that it shows.

use beket_model::{Sex, full_name};
use beket_words::{Term, fields};
use maud::{Markup, html};
use serde_json::Value;

use super::Drawn;
use crate::console::words::Word;

impl Drawn<'_> {
    pub(super) fn corrections(&self) -> Markup {
        html! { (self.one_field()) (self.words()) (self.people()) (self.another_member()) }
    }

    /// Any one field of the intake.
    fn one_field(&self) -> Markup {
        let tongue = self.tongue;
        let Some(opened) = &self.dossier.case.intake else { return html! {} };
        let typed = |field| self.typed.or("field", field, "");
        html! {
            details open[self.corrects(|path| !(is_words(path) || is_of_people(path)))] {
                summary { (Word::CorrectField.in_(tongue)) }
                form method="post" action=(self.action("field")) {
                    input type="hidden" name="heads" value=(opened.document.heads());
                    label for="path" { (Word::Field.in_(tongue)) }
                    select id="path" name="path" {
                        @for (path, name) in self.correctable() {
                            option value=(path) selected[path == typed("path")] { (name) }
                        }
                    }
                    label for="value" { (Word::NewValue.in_(tongue)) }
                    input id="value" name="value" autocomplete="off" value=(typed("value"));
                    button { (Word::Correct.in_(tongue)) }
                }
            }
        }
    }

    /// Fields that can be corrected one at a time, with their names: of the person, of each member
    /// of the household, of the rest.
    fn correctable(&self) -> Vec<(String, String)> {
        let tongue = self.tongue;
        let of_person = || fields::PERSON.iter().filter(|(path, _)| *path != "needs");
        let named = |path: String| {
            let name = fields::name(&path, tongue);
            (path, name)
        };
        let person = of_person().filter(|(path, _)| *path != "relation");
        let mut all: Vec<(String, String)> =
            person.map(|(path, _)| named(format!("person.{path}"))).collect();
        let others = fields::MOVEMENT.iter().chain(fields::PLACE).chain(fields::INTAKE);
        let others = others.filter(|(path, _)| !["void_reason", "taken_at"].contains(path));
        all.extend(others.map(|(path, _)| named((*path).to_owned())));
        let household = self.dossier.intake.as_ref().and_then(|it| it.at("household")?.as_array());
        for member in household.into_iter().flatten() {
            let (id, who) = (member["id"].as_str().unwrap_or_default(), full_name(member));
            for (path, word) in of_person() {
                all.push((
                    format!("household.{id}.{path}"),
                    format!("{who}: {}", word.in_(tongue)),
                ));
            }
        }
        all
    }

    /// The words, as they stand.
    fn words(&self) -> Markup {
        let tongue = self.tongue;
        let Some(intake) = &self.dossier.intake else { return html! {} };
        let said = intake.text("narrative").unwrap_or_default();
        let again = self.corrects(is_words);
        let said = if again { self.typed.or("field", "value", said) } else { said };
        html! {
            details open[again] {
                summary { (Word::CorrectWords.in_(tongue)) }
                form method="post" action=(self.action("field")) {
                    (self.on("narrative"))
                    label for="words" { (Term::Narrative.in_(tongue)) }
                    textarea id="words" name="value" required rows="8"
                        lang=(intake.text("language").unwrap_or("kk")) { (said) }
                    button { (Word::Correct.in_(tongue)) }
                }
            }
        }
    }

    /// What each of them needs, and who is of the household.
    fn people(&self) -> Markup {
        let tongue = self.tongue;
        let Some(intake) = &self.dossier.intake else { return html! {} };
        let members = intake.full["household"].as_array().into_iter().flatten();
        html! { details open[self.corrects(is_of_people)] {
            summary { (Word::CorrectPeople.in_(tongue)) }
            (self.needs("person", &intake.full["person"]))
            @for member in members {
                @let who = format!("household.{}", member["id"].as_str().unwrap_or_default());
                @let gone = member["removed"] == Value::Bool(true);
                @if !gone { (self.needs(&who, member)) }
                form method="post" action=(self.action("field")) {
                    (self.on(&format!("{who}.removed")))
                    @if gone {
                        button.choice name="json" value="false" {
                            (Word::PutBack.in_(tongue)) ": " bdi { (full_name(member)) } }
                    } @else {
                        button.choice name="json" value="true" {
                            (Word::NotOfHousehold.in_(tongue)) ": " bdi { (full_name(member)) } }
                    }
                }
            }
        } }
    }

    fn needs(&self, who: &str, person: &Value) -> Markup {
        let tongue = self.tongue;
        let said: Vec<&str> =
            person["needs"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let known = fields::NEEDS.iter().map(|(need, _)| *need);
        let others = said.iter().copied().filter(|need| !known.clone().any(|it| it == *need));
        html! {
            form method="post" action=(self.action("field")) {
                (self.on(&format!("{who}.needs")))
                fieldset {
                    legend { (Term::Needs.in_(tongue)) ": " bdi { (full_name(person)) } }
                    @for need in known.clone().chain(others) {
                        label.check { input type="checkbox" name={ "need." (need) } value="1"
                            checked[said.contains(&need)];
                            " " bdi { (fields::value("person.needs", &vec![need].into(), tongue)) } }
                    }
                }
                button { (Word::Correct.in_(tongue)) }
            }
        }
    }

    /// Somebody more.
    fn another_member(&self) -> Markup {
        let tongue = self.tongue;
        let typed = |field| self.typed.or("member", field, "");
        let Some(opened) = &self.dossier.case.intake else { return html! {} };
        let names =
            ["family_name", "given_name", "patronymic", "relation", "birth_date", "age_years"];
        html! { details open[self.typed.form == "member"] {
            summary { (Word::AddMember.in_(tongue)) }
            form method="post" action=(self.action("member")) {
                input type="hidden" name="heads" value=(opened.document.heads());
                @for field in names {
                    label for={ "member-" (field) } { (fields::name(&format!("person.{field}"), tongue)) }
                    input id={ "member-" (field) } name=(field) autocomplete="off" value=(typed(field))
                        type=[(field == "birth_date").then_some("date")]
                        inputmode=[(field == "age_years").then_some("numeric")];
                }
                label for="member-sex" { (Term::Sex.in_(tongue)) }
                select id="member-sex" name="sex" {
                    option value="" { "—" }
                    @for sex in Sex::ALL { option value=(sex.word()) selected[sex.word() == typed("sex")] {
                        (fields::value("person.sex", &sex.word().into(), tongue)) } }
                }
                button { (Word::AddMember.in_(tongue)) }
            }
        } }
    }

    /// That a form corrects this field of the intake that is shown.
    fn on(&self, path: &str) -> Markup {
        let heads = super::decide::heads(self.dossier.case.intake.as_ref());
        html! {
            input type="hidden" name="path" value=(path);
            input type="hidden" name="heads" value=(heads);
        }
    }

    /// Whether a correction of such a field was sent and not saved.
    fn corrects(&self, of: impl Fn(&str) -> bool) -> bool {
        self.typed.form == "field" && of(self.typed.or("field", "path", ""))
    }
}

fn is_words(path: &str) -> bool {
    path == "narrative"
}

fn is_of_people(path: &str) -> bool {
    matches!(path.rsplit('.').next(), Some("needs" | "removed"))
}

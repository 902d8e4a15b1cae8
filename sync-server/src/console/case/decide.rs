//! What the office decides of a case: whose it is, by when, the status and the answer; voiding it.

use beket_model::{AppealStatus, Heads, Opened, Procedure, Status};
use beket_words::{Term, fields, moment, status};
use jiff::civil::Date;
use maud::{Markup, html};

use super::Drawn;
use crate::console::cases::table::NOBODY;
use crate::console::words::{Word, days_late, days_left, length};
use crate::decide::whereabouts::together_with;
use crate::roles::Action;

impl Drawn<'_> {
    pub(super) fn decision(&self) -> Markup {
        let tongue = self.tongue;
        let now = self.dossier.status();
        let for_person = matches!(now, Some(Status::Person(_)));
        let title =
            if for_person { Term::Whereabouts.in_(tongue) } else { Word::Decision.in_(tongue) };
        html! {
            @if self.dossier.intake.is_some() { div {
                h2 { (title) }
                (self.assignment())
                (self.term())
                @if !for_person { (self.answer_so_far()) }
                @if self.works() {
                    @if let Some(now) = now.filter(|now| *now != Status::Void) { (self.status(now)) }
                    @if self.is_open() { (self.extension()) (self.forwarding()) }
                    (self.corrections())
                    (self.voiding())
                }
            } }
        }
    }

    fn assignment(&self) -> Markup {
        let tongue = self.tongue;
        let assignee = self.dossier.review.as_ref().and_then(|review| review.text("assigned_to"));
        let assignee = assignee.unwrap_or_default();
        let mine = assignee == self.staff.name;
        html! {
            dl { dt { (Term::Assignee.in_(tongue)) } dd { bdi {
                (if assignee.is_empty() { Word::Nobody.in_(tongue) } else { assignee })
            } } }
            @if self.works() && !mine && !self.staff.role.may(Action::Assign) {
                form method="post" action=(self.action("take")) {
                    (self.review_heads())
                    button.choice { (Word::TakeIt.in_(tongue)) }
                }
            }
            @if self.staff.role.may(Action::Assign) {
                form.inline method="post" action="/cases/assign" {
                    input type="hidden" name="case" value=(self.dossier.id);
                    input type="hidden" name="back" value={ "/cases/" (self.dossier.id) };
                    (self.review_heads())
                    select name="to" aria-label=(Term::Assignee.in_(tongue)) {
                        option value=(NOBODY) { (Word::Nobody.in_(tongue)) }
                        @for name in self.others {
                            option value=(name) selected[name == assignee] { (name) }
                        }
                    }
                    button.choice { (Word::AssignIt.in_(tongue)) }
                }
            }
        }
    }

    /// By when an answer is due, and whether that day is over; nothing where none is awaited.
    pub(super) fn due_in_words(&self) -> Option<(bool, String)> {
        let tongue = self.tongue;
        self.is_open().then_some(())?;
        let due = self.dossier.due(self.calendar)?;
        let today = moment::day(self.now)?;
        let day = moment::date(&due.to_string(), tongue);
        let between = |a: Date, b: Date| self.calendar.working_days_between(a, b);
        let state = match due.cmp(&today) {
            // Behind a Friday there may be no working day yet to be late by.
            std::cmp::Ordering::Less => match between(due, today) {
                0 => Word::OverdueBy.in_(tongue).to_owned(),
                many => days_late(tongue, many),
            },
            std::cmp::Ordering::Equal => Word::DueToday.in_(tongue).to_owned(),
            std::cmp::Ordering::Greater => days_left(tongue, between(today, due)),
        };
        Some((due < today, format!("{}: {day} · {state}", Term::DueDate.in_(tongue))))
    }

    /// Whether an answer is still to come.
    fn is_open(&self) -> bool {
        self.dossier.status().is_some_and(Status::is_open)
    }

    /// The term with how it was counted.
    fn term(&self) -> Markup {
        let (tongue, dossier) = (self.tongue, self.dossier);
        let Some(procedure) = dossier.procedure() else { return html! {} };
        let term = dossier.term(self.calendar);
        let day = |day: Date| moment::date(&day.to_string(), tongue);
        let extended = dossier.answer.as_ref().and_then(|answer| answer.text("extension_reason"));
        html! {
            dl {
                @if let Some(told) = dossier.told() {
                    dt { (Term::DueDate.in_(tongue)) }
                    dd { (day(told)) div.quiet-text { (Word::ToldThePerson.in_(tongue)) } }
                }
                @if let Some(reason) = extended {
                    dt { (Term::ExtensionReason.in_(tongue)) } dd { bdi { (reason) } }
                }
                @match term {
                    Some(term) => {
                        dt { (Word::ByLaw.in_(tongue)) }
                        dd { (day(term.due)) div.quiet-text {
                            (length(tongue, term.rule.term)) ", "
                            (Word::CountedFrom.in_(tongue)) " " (day(term.registered)) " · "
                            (term.rule.source(tongue)) } }
                        @if dossier.status() == Some(Status::Appeal(AppealStatus::Received)) {
                            @let late = moment::day(self.now).is_some_and(|today| term.forward_by < today);
                            dt { (Word::ForwardBy.in_(tongue)) }
                            dd { (day(term.forward_by))
                                @if late { " " span.chip.stop { (Word::OverdueBy.in_(tongue)) } } }
                        }
                    }
                    None => { dt { (Term::DueDate.in_(tongue)) } dd { (Word::NoTerm.in_(tongue)) } }
                }
            }
            @if self.works() && self.is_open() {
                form.inline method="post" action=(self.action("procedure")) {
                    input type="hidden" name="heads" value=(heads(dossier.case.answer.as_ref()));
                    select name="procedure" aria-label=(Term::ProcedureOf.in_(tongue)) {
                        @for other in Procedure::ALL {
                            option value=(other.word()) selected[*other == procedure] {
                                (fields::value("procedure", &other.word().into(), tongue))
                            }
                        }
                    }
                    button.choice { (Word::ProcedureIs.in_(tongue)) }
                }
            }
        }
    }

    /// What the person was answered.
    fn answer_so_far(&self) -> Markup {
        let tongue = self.tongue;
        let Some(answer) = &self.dossier.answer else { return html! {} };
        html! {
            dl { @for (path, word) in
                [("forwarded_to", Term::ForwardedTo), ("text", Term::AnswerText)] {
                @if let Some(said) = answer.text(path) {
                    dt { (word.in_(tongue)) } dd.words { bdi { (said) } }
                }
            } }
        }
    }

    fn status(&self, now: Status) -> Markup {
        let tongue = self.tongue;
        let answer = self.dossier.answer.as_ref();
        let said = |path| answer.and_then(|answer| answer.text(path)).unwrap_or_default();
        let typed = |field, said| self.typed.or("status", field, said);
        let chosen = typed("status", "").to_owned();
        let for_person = matches!(now, Status::Person(_));
        let forwards = now.next().contains(&Status::Appeal(AppealStatus::Forwarded));
        let language = self.dossier.intake.as_ref().and_then(|intake| intake.text("language"));
        html! {
            form #decide method="post" action=(self.action("status")) {
                input type="hidden" name="heads" value=(self.status_heads(now));
                label for="status" {
                    (if for_person { Term::StatusOf.in_(tongue) } else { Word::WhatToDo.in_(tongue) })
                }
                select id="status" name="status" {
                    option value=(now.word()) {
                        @if for_person { (status(&now.word(), tongue)) }
                        @else { (Word::OnlyText.in_(tongue)) }
                    }
                    @for next in now.next().into_iter().filter(|next| self.may_become(*next)) {
                        option value=(next.word()) selected[next.word() == chosen] {
                            (self.deed(now, next))
                        }
                    }
                }
                @if forwards {
                    label for="whom" { (Word::ForWhom.in_(tongue)) }
                    input id="whom" name="forwarded_to" autocomplete="off"
                        value=(typed("forwarded_to", said("forwarded_to")));
                }
                @if for_person { (self.together()) }
                @if !for_person {
                    label for="text" { (Term::AnswerText.in_(tongue)) }
                    p.hint #text-help { (Word::TextHelp.in_(tongue)) }
                    textarea id="text" name="text" aria-describedby="text-help"
                        lang=(language.unwrap_or("kk")) { (typed("text", said("text"))) }
                }
                button { (if for_person { Word::SetStatus } else { Word::Decide }.in_(tongue)) }
            }
        }
    }

    /// That the rest of the household goes along, which it mostly does.
    fn together(&self) -> Markup {
        let Some(intake) = &self.dossier.intake else { return html! {} };
        let rest = together_with(intake);
        let at = |who: &str| intake.text(&format!("{who}.whereabouts"));
        let mut conflicts = intake.conflicts.iter();
        let disputed = conflicts.any(|conflict| conflict.path.ends_with(".whereabouts"));
        let stays = !disputed && rest.iter().all(|who| at(who) == at("person"));
        let alone = intake.children_alone().any(|(who, _)| who != "person");
        let again = self.typed.form == "status";
        let checked =
            if again { !self.typed.or("status", "together", "").is_empty() } else { stays };
        html! {
            @if !rest.is_empty() {
                label.check { input type="checkbox" name="together" value="1" checked[checked];
                    (Word::Together.in_(self.tongue)) " (" (rest.len()) ")"
                    @if alone { ", " (Word::ButTheChild.in_(self.tongue)) } }
            }
        }
    }

    /// A child alone goes by another form, with two of staff.
    fn may_become(&self, next: Status) -> bool {
        let intake = self.dossier.intake.as_ref();
        let is_alone =
            || intake.is_some_and(|it| it.children_alone().any(|(who, _)| who == "person"));
        let goes = matches!(next, Status::Person(place) if place.is_with_their_people());
        !goes || !is_alone()
    }

    /// A next status as what is done.
    fn deed(&self, now: Status, next: Status) -> &'static str {
        use AppealStatus as A;
        let tongue = self.tongue;
        let word = match next {
            Status::Appeal(A::UnderReview) if now == Status::Appeal(A::Received) => Word::DoReview,
            Status::Appeal(A::UnderReview) => Word::DoReopen,
            Status::Appeal(A::Resolved) => Word::DoResolve,
            Status::Appeal(A::Advised) => Word::DoAdvise,
            Status::Appeal(A::Refused) => Word::DoRefuse,
            Status::Appeal(A::Forwarded) => Word::DoForward,
            Status::Appeal(A::Withdrawn) => Word::DoWithdraw,
            other => {
                let known = Term::of_status(&other.word());
                return known.map_or("", |term| term.in_(tongue));
            }
        };
        word.in_(tongue)
    }

    fn extension(&self) -> Markup {
        let tongue = self.tongue;
        let Some(due) = self.dossier.due(self.calendar) else { return html! {} };
        let open = self.typed.form == "extend";
        let Some(longest) = self.dossier.term(self.calendar).and_then(|term| term.longest) else {
            return html! {};
        };
        // Once it is over, or at its longest, it is extended no more.
        let is_over = moment::day(self.now).is_some_and(|today| due < today);
        if (is_over || due >= longest) && !open {
            return html! {};
        }
        html! {
            details open[open] {
                summary { (Word::Extend.in_(tongue)) }
                form method="post" action=(self.action("extend")) {
                    input type="hidden" name="heads"
                        value=(heads(self.dossier.case.answer.as_ref()));
                    label for="new-due" { (Word::NewDue.in_(tongue)) }
                    input id="new-due" name="due" type="date" required
                        min=(due.tomorrow().unwrap_or(due)) max=(longest)
                        value=(self.typed.or("extend", "due", ""));
                    label for="extend-why" { (Word::Reason.in_(tongue)) }
                    textarea id="extend-why" name="reason" required
                        { (self.typed.or("extend", "reason", "")) }
                    button { (Word::Extend.in_(tongue)) }
                }
            }
        }
    }

    /// A part of an appeal goes to another body.
    fn forwarding(&self) -> Markup {
        let tongue = self.tongue;
        if self.dossier.procedure().is_none() {
            return html! {};
        }
        let typed = |field| self.typed.or("part", field, "");
        html! {
            details open[self.typed.form == "part"] {
                summary { (Word::ForwardPart.in_(tongue)) }
                form method="post" action=(self.action("part")) {
                    p.hint { (Word::ForwardPartHelp.in_(tongue)) }
                    label for="part" { (Word::WhichPart.in_(tongue)) }
                    textarea id="part" name="text" required { (typed("text")) }
                    label for="part-to" { (Word::PartTo.in_(tongue)) }
                    input id="part-to" name="whom" required autocomplete="off" value=(typed("whom"));
                    button { (Word::ForwardPart.in_(tongue)) }
                }
            }
        }
    }

    fn voiding(&self) -> Markup {
        let tongue = self.tongue;
        let Some(opened) = &self.dossier.case.intake else { return html! {} };
        let heads = opened.document.heads();
        let is_void = self.dossier.intake.as_ref().is_some_and(|it| it.void_reason().is_some());
        html! {
            @if is_void {
                form method="post" action=(self.action("void")) {
                    input type="hidden" name="heads" value=(heads);
                    input type="hidden" name="restore" value="1";
                    button.choice { (Word::Restore.in_(tongue)) }
                }
            } @else {
                details open[self.typed.form == "void"] {
                    summary { (Word::VoidIt.in_(tongue)) }
                    form method="post" action=(self.action("void")) {
                        input type="hidden" name="heads" value=(heads);
                        p.hint { (Word::VoidHelp.in_(tongue)) }
                        label for="void-why" { (Word::Reason.in_(tongue)) }
                        input id="void-why" name="reason" required autocomplete="off"
                            value=(self.typed.or("void", "reason", ""));
                        button { (Word::VoidIt.in_(tongue)) }
                    }
                }
            }
        }
    }

    /// For a form that is written on the review.
    pub(super) fn review_heads(&self) -> Markup {
        html! { input type="hidden" name="heads" value=(heads(self.dossier.case.review.as_ref())); }
    }

    /// The heads that the status form must be written on: the answer's, or for a person's
    /// whereabouts the intake's.
    fn status_heads(&self, now: Status) -> Heads {
        let case = &self.dossier.case;
        let for_person = matches!(now, Status::Person(_));
        heads(if for_person { case.intake.as_ref() } else { case.answer.as_ref() })
    }
}

pub(super) fn heads(opened: Option<&Opened>) -> Heads {
    opened.map(|opened| opened.document.heads()).unwrap_or_default()
}

//! One row one case, the most useful first; marked rows are given to somebody with one press.

use beket_words::numbers::conflicts;
use beket_words::{Term, category, kind, moment, status};
use maud::{Markup, html};

use super::{Drawn, address};
use crate::app::now;
use crate::console::words::Word;
use crate::queue::{Filter, Listed};

/// Stands for nobody in the forms that give a case to somebody: whoever chose nothing chose nobody to
/// take it away from.
pub(in crate::console) const NOBODY: &str = "-";

pub(super) fn table(drawn: &Drawn<'_>) -> Markup {
    let tongue = drawn.tongue;
    let gives = !drawn.staff.is_empty();
    html! {
        form method="post" action="/cases/assign" {
            input type="hidden" name="back" value=(address(drawn.filter));
            div.scroll tabindex="0" role="region" aria-label=(Word::Cases.in_(tongue)) { table.queue {
                thead { tr {
                    @if gives { th scope="col" { span.unseen { (Word::Mark.in_(tongue)) } } }
                    th scope="col" { (Term::Reference.in_(tongue)) }
                    (sorted(drawn, "name", Term::Person.in_(tongue)))
                    th scope="col" { (Term::StatusOf.in_(tongue)) }
                    (sorted(drawn, "due", Term::DueDate.in_(tongue)))
                    th scope="col" { (Term::Assignee.in_(tongue)) }
                    th scope="col" { (Term::Station.in_(tongue)) }
                    (sorted(drawn, "", Term::Received.in_(tongue)))
                } }
                tbody { @for case in &drawn.found.cases { (row(drawn, case)) } }
            } }
            @if gives { div.together {
                label for="to-whom" { (Word::AssignMarked.in_(tongue)) }
                select id="to-whom" name="to" required {
                    option value="" { "—" }
                    option value=(NOBODY) { (Word::Nobody.in_(tongue)) }
                    @for name in drawn.staff { option value=(name) { (name) } }
                }
                button { (Word::Assign.in_(tongue)) }
            } }
        }
    }
}

/// A column's head that puts the queue in its order.
fn sorted(drawn: &Drawn<'_>, by: &str, name: &str) -> Markup {
    let is = drawn.filter.sort == by;
    let sort = by.to_owned();
    let there = Filter { sort, after: String::new(), ..drawn.filter.clone() };
    let way = if by.is_empty() { "descending" } else { "ascending" };
    html! {
        th scope="col" aria-sort=[is.then_some(way)] {
            a.sort href=(address(&there)) { (name) @if is { " " span aria-hidden="true" { "↓" } } }
        }
    }
}

fn row(drawn: &Drawn<'_>, case: &Listed) -> Markup {
    let tongue = drawn.tongue;
    let named = if case.person.is_empty() { case.reference.as_str() } else { &case.person };
    html! {
        tr {
            @if !drawn.staff.is_empty() {
                td.mark { input type="checkbox" name="case" value=(format!("{} {}", case.id(), case.assignee).trim())
                    aria-label={ (Word::Mark.in_(tongue)) ": " (named) }; }
            }
            td.figure.reference { a href={ "/cases/" (case.id()) } { (or_dash(&case.reference)) } }
            td.person { bdi { (or_dash(&case.person)) } }
            td {
                (kind(&case.kind, tongue)) " · " (status(&case.status, tongue))
                @if !case.category.is_empty() { div.quiet-text { bdi { (category(&case.category, tongue)) } } }
                (marks(drawn, case))
            }
            td.figure { @if !case.due.is_empty() { time datetime=(case.due) { (moment::date(&case.due, tongue)) } }
                @if !case.forward_by.is_empty() { div.quiet-text {
                    (Word::ForwardBy.in_(tongue)) " " (moment::date(&case.forward_by, tongue)) } } }
            td { bdi { (case.assignee) } }
            td { (or_dash(&case.station)) }
            td.figure.when { time title=(moment::spoken(case.received, tongue)) {
                (moment::brief(case.received, now().cast_signed()))
            } }
        }
    }
}

fn marks(drawn: &Drawn<'_>, case: &Listed) -> Markup {
    let tongue = drawn.tongue;
    html! {
        @if case.conflicts > 0 {
            " " span.chip.wait { "≠ " (conflicts(tongue, case.conflicts.unsigned_abs())) }
        }
        @if case.suggested > 0 || case.alike { " " span.chip.wait { "≈ " (Word::PossibleDuplicate.in_(tongue)) } }
        @if case.child_alone && drawn.works { " " span.chip.stop { "! " (Term::ChildAlone.in_(tongue)) } }
    }
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "—" } else { text }
}

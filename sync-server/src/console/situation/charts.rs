//! Charts as SVG. Each says what its table says, which stands beneath it.

use maud::{Markup, html};

/// Of a chart, in its own units.
const WIDTH: u32 = 720;
const HEIGHT: u32 = 180;
const LINE: u32 = 24;

/// Pairs of columns beside each other, one pair for each of `all`; `label` stands under every sixth.
pub(super) fn columns(says: &str, all: &[([u32; 2], String)]) -> Markup {
    let most = all.iter().flat_map(|(pair, _)| *pair).max().unwrap_or(0).max(1);
    let step = WIDTH / u32::try_from(all.len().max(1)).unwrap_or(1);
    let bar = step.saturating_sub(2) / 2;
    let numbered = || (0u32..).zip(all);
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT + LINE) } role="img" aria-label=(says) {
            text x="0" y="12" { (most) }
            line x1="0" x2=(WIDTH) y1=(HEIGHT) y2=(HEIGHT) {}
            @for (at, (pair, label)) in numbered() {
                @for (nth, many) in (0u32..).zip(pair) {
                    @let tall = (HEIGHT - LINE) * many / most;
                    rect.one[nth == 0].other[nth == 1] x=(at * step + nth * bar) y=(HEIGHT - tall)
                        width=(bar) height=(tall) {}
                }
                @if at % 6 == 0 { text x=(at * step) y=(HEIGHT + LINE - 6) { (label) } }
            }
        }
    }
}

/// From the middle of a pyramid to its bars: the longest label has room between them.
const GAP: u32 = 56;
/// Between a bar and its number, and what a number may take.
const NUMBER: u32 = 40;

/// Two bars back to back for each line.
pub(super) fn pyramid(says: &str, all: &[(String, [u32; 2])]) -> Markup {
    let most = all.iter().flat_map(|(_, pair)| *pair).max().unwrap_or(0).max(1);
    let (middle, half) = (WIDTH / 2, WIDTH / 2 - GAP - NUMBER);
    let height = LINE * u32::try_from(all.len()).unwrap_or(0);
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label=(says) {
            @for (at, (label, [left, right])) in (0u32..).zip(all) {
                @let y = at * LINE;
                @let (l, r) = (half * left / most, half * right / most);
                rect.one x=(middle - GAP - l) y=(y + 3) width=(l) height=(LINE - 6) {}
                rect.other x=(middle + GAP) y=(y + 3) width=(r) height=(LINE - 6) {}
                text.middle x=(middle) y=(y + 17) { (label) }
                text.end x=(middle - GAP - 6 - l) y=(y + 17) { (left) }
                text x=(middle + GAP + 6 + r) y=(y + 17) { (right) }
            }
        }
    }
}

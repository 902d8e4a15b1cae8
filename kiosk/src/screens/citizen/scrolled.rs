//! What does not fit on a page: scrolled to with a finger anywhere, with a bar and a button that say
//! that there is more.

use eframe::egui::{Align, Id, Layout, Rect, ScrollArea, Ui, UiBuilder, style::ScrollStyle};

use super::pieces::{Weight, press, press_width};
use super::{About, Glass};

/// The button that leads to what is below: where it may stand, what it is called, and whether it
/// says so where there is room.
pub(super) struct More {
    pub(super) free: Rect,
    pub(super) name: String,
    pub(super) says: bool,
}

/// Draws what may be too long for the page.
pub(super) fn scrolled<R>(
    ui: &mut Ui,
    glass: &Glass<'_>,
    about: About,
    more: Option<More>,
    body: impl FnOnce(&mut Ui) -> R,
) -> R {
    let mm = glass.touch.mm;
    ui.spacing_mut().scroll =
        ScrollStyle { bar_width: mm * 3.0, foreground_color: true, ..ScrollStyle::solid() };
    let mut area = ScrollArea::vertical().id_salt(about).auto_shrink(false);
    if let Some(offset) = ui.data_mut(|data| data.remove_temp::<f32>(wanted(about))) {
        area = area.vertical_scroll_offset(offset);
    }
    let shown = area.show(ui, body);
    let (height, offset) = (shown.inner_rect.height(), shown.state.clamped_offset().y);
    let below = shown.content_size.y - height - offset;
    let leads = below > mm && matches!(about, About::Check { .. });
    if leads != leads_down(ui, about) {
        ui.data_mut(|data| data.insert_temp(leading(about), leads));
        ui.ctx().request_repaint();
    }
    if let Some(more) = more.filter(|_| below > mm)
        && button(ui, glass, &more, leads)
    {
        let next = offset + below.min(height - glass.touch.target());
        ui.data_mut(|data| data.insert_temp(wanted(about), next));
        ui.ctx().request_repaint();
    }
    shown.inner
}

/// Whether the thing to do next is to see the rest of this page: of answers that are to be checked.
pub(super) fn leads_down(ui: &Ui, about: About) -> bool {
    ui.data(|data| data.get_temp(leading(about)).unwrap_or(false))
}

fn button(ui: &mut Ui, glass: &Glass<'_>, more: &More, leads: bool) -> bool {
    let row = Layout::right_to_left(Align::Center);
    let place = UiBuilder::new().max_rect(more.free).layout(row);
    let pressed = ui.scope_builder(place, |ui| {
        ui.set_clip_rect(more.free.expand(glass.touch.gap()));
        ui.add_space(glass.touch.gap());
        let words = format!("↓ {}", more.name);
        let room = ui.available_width() - glass.touch.gap();
        let fits = more.says && press_width(ui, glass, &words) <= room;
        let weight = if leads { Weight::Primary } else { Weight::Quiet };
        press(ui, glass, if fits { &words } else { "↓" }, &more.name, weight).clicked()
    });
    pressed.inner
}

/// How far down somebody wants to be, in points.
fn wanted(about: About) -> Id {
    Id::unique(("scroll", about))
}

fn leading(about: About) -> Id {
    Id::unique(("leads down", about))
}

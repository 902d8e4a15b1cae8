//! How the kiosk looks: colours, type, space and targets, in one place, for every screen.
//!
//! Owns the tokens, the fonts and their setting in egui. Refuses any colour or size that is not a
//! token.

pub mod touch;

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke,
    TextStyle, style::ScrollStyle,
};

pub use touch::Touch;

/// Light, dark, or neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// For most rooms.
    #[default]
    Light,
    /// For a hall at night.
    Dark,
    /// Black, white and one yellow.
    HighContrast,
}

impl Theme {
    /// All of them, in the order that a key goes through them.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::HighContrast];

    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::HighContrast,
            Self::HighContrast => Self::Light,
        }
    }
}

/// Colours by what they say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color32,
    /// Behind fields and lists.
    pub raised: Color32,
    /// What is read.
    pub text: Color32,
    /// What is read second.
    pub quiet: Color32,
    /// Buttons, links, the ring of focus.
    pub action: Color32,
    /// Text on a button.
    pub on_action: Color32,
    /// On this device, waiting.
    pub wait: Color32,
    /// Behind it.
    pub wait_ground: Color32,
    /// At the centre.
    pub safe: Color32,
    /// Behind it.
    pub safe_ground: Color32,
    /// Refused, wrong, a lost child.
    pub stop: Color32,
    /// Behind it.
    pub stop_ground: Color32,
    /// Between things.
    pub hairline: Color32,
    /// Around fields.
    pub border: Color32,
    /// Width of borders, in points.
    pub line: f32,
}

const fn hex(rgb: u32) -> Color32 {
    let [_, r, g, b] = rgb.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

impl Palette {
    /// The colours of a theme.
    pub const fn of(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self {
                ground: hex(0xfa_f8f4),
                raised: hex(0xff_ffff),
                text: hex(0x14_202b),
                quiet: hex(0x3b_4752),
                action: hex(0x08_3d56),
                on_action: hex(0xff_ffff),
                wait: hex(0x8a_3b00),
                wait_ground: hex(0xff_f4e5),
                safe: hex(0x14_532d),
                safe_ground: hex(0xe9_f6ec),
                stop: hex(0x99_1b1b),
                stop_ground: hex(0xfd_ecec),
                hairline: hex(0xd8_d3c8),
                border: hex(0x6b_7680),
                line: 1.0,
            },
            Theme::Dark => Self {
                ground: hex(0x0f_1a22),
                raised: hex(0x16_242e),
                text: hex(0xf4_f1ea),
                quiet: hex(0xb9_c4cc),
                action: hex(0x7c_c4e8),
                on_action: hex(0x0f_1a22),
                wait: hex(0xf5_b971),
                wait_ground: hex(0x2a_2013),
                safe: hex(0x7f_d69a),
                safe_ground: hex(0x12_281a),
                stop: hex(0xff_9c9c),
                stop_ground: hex(0x33_1719),
                hairline: hex(0x2b_3b46),
                border: hex(0x8f_a0ac),
                line: 1.0,
            },
            Theme::HighContrast => Self {
                ground: Color32::BLACK,
                raised: Color32::BLACK,
                text: Color32::WHITE,
                quiet: Color32::WHITE,
                action: hex(0xff_d54a),
                on_action: Color32::BLACK,
                wait: hex(0xff_d54a),
                wait_ground: Color32::BLACK,
                safe: Color32::WHITE,
                safe_ground: Color32::BLACK,
                stop: hex(0xff_d54a),
                stop_ground: Color32::BLACK,
                hairline: Color32::WHITE,
                border: Color32::WHITE,
                line: 3.0,
            },
        }
    }
}

/// Type sizes in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Help, labels, the state bar.
    Small,
    /// What is read.
    Text,
    /// Of a part of a screen.
    Heading,
    /// Of a screen.
    Title,
}

impl Size {
    const fn points(self) -> f32 {
        match self {
            Self::Small => 15.0,
            Self::Text => 18.0,
            Self::Heading => 22.0,
            Self::Title => 28.0,
        }
    }

    /// The font of ordinary text.
    pub const fn font(self) -> FontId {
        FontId::new(self.points(), FontFamily::Proportional)
    }

    /// The font of what stands out.
    pub fn strong(self) -> FontId {
        FontId::new(self.points(), strong())
    }
}

fn strong() -> FontFamily {
    FontFamily::Name("strong".into())
}

/// Space in points: 4 · 8 · 12 · 16 · 24 · 32.
pub mod space {
    /// Between what belongs together.
    pub const TINY: f32 = 4.0;
    /// Between a label and its field.
    pub const SMALL: f32 = 8.0;
    /// Between fields.
    pub const MEDIUM: f32 = 12.0;
    /// Around parts.
    pub const LARGE: f32 = 16.0;
    /// Between parts.
    pub const HUGE: f32 = 24.0;
}

/// The least height of what is pressed on a staffed screen, in points.
pub const TARGET: f32 = 40.0;
const RADIUS: u8 = 8;

/// Everything a screen needs to draw itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Light, dark or high contrast.
    pub theme: Theme,
    /// Its colours.
    pub palette: Palette,
}

impl Look {
    /// The look of a theme.
    pub fn of(theme: Theme) -> Self {
        Self { theme, palette: Palette::of(theme) }
    }

    /// Corners of buttons and fields.
    pub fn corners(&self) -> CornerRadius {
        CornerRadius::same(RADIUS)
    }

    /// Around a field or a quiet button.
    pub fn outline(&self) -> Stroke {
        Stroke::new(self.palette.line, self.palette.border)
    }

    /// Around what has the focus or was chosen: thicker than around everything else.
    pub fn ring(&self) -> Stroke {
        Stroke::new(self.palette.line + 2.0, self.palette.action)
    }

    /// Between parts.
    pub fn hairline(&self) -> Stroke {
        Stroke::new(self.palette.line, self.palette.hairline)
    }

    /// A raised part of a screen.
    pub fn part(&self) -> egui::Frame {
        egui::Frame::new()
            .fill(self.palette.raised)
            .stroke(self.hairline())
            .corner_radius(self.corners())
            .inner_margin(Margin::same(16))
    }

    /// Sets egui up to look like this.
    pub fn apply(&self, ctx: &egui::Context) {
        let look = *self;
        ctx.all_styles_mut(|style| look.style(style));
        ctx.options_mut(|options| {
            // A shaky or a slow finger is a press, too.
            options.input_options.max_click_dist = 24.0;
            options.input_options.max_click_duration = 30.0;
            options.zoom_with_keyboard = false;
        });
    }

    fn style(&self, style: &mut egui::Style) {
        let palette = &self.palette;
        style.text_styles = [
            (TextStyle::Small, Size::Small.font()),
            (TextStyle::Body, Size::Text.font()),
            (TextStyle::Button, Size::Text.font()),
            (TextStyle::Monospace, Size::Text.font()),
            (TextStyle::Heading, Size::Heading.strong()),
        ]
        .into();
        style.spacing.item_spacing = egui::vec2(space::SMALL, space::SMALL);
        style.spacing.interact_size.y = TARGET;
        style.spacing.button_padding = egui::vec2(space::LARGE, space::SMALL);
        style.interaction.selectable_labels = false;
        // That there is more is seen before anybody looks for it.
        style.spacing.scroll = ScrollStyle {
            floating_width: space::TINY,
            dormant_handle_opacity: 0.5,
            ..ScrollStyle::floating()
        };
        let visuals = &mut style.visuals;
        visuals.dark_mode = self.theme != Theme::Light;
        visuals.override_text_color = None;
        visuals.weak_text_color = Some(palette.quiet);
        visuals.panel_fill = palette.ground;
        visuals.window_fill = palette.raised;
        visuals.window_stroke = self.outline();
        visuals.extreme_bg_color = palette.raised;
        visuals.text_edit_bg_color = Some(palette.raised);
        visuals.faint_bg_color = palette.raised;
        visuals.hyperlink_color = palette.action;
        visuals.error_fg_color = palette.stop;
        visuals.warn_fg_color = palette.wait;
        visuals.selection.bg_fill = palette.action.gamma_multiply(0.3);
        visuals.selection.stroke = Stroke::new(1.0, palette.text);
        visuals.text_cursor.stroke = Stroke::new(2.0, palette.action);
        visuals.text_cursor.blink = false;
        let widgets = &mut visuals.widgets;
        for widget in [
            &mut widgets.noninteractive,
            &mut widgets.inactive,
            &mut widgets.hovered,
            &mut widgets.active,
            &mut widgets.open,
        ] {
            widget.corner_radius = self.corners();
            widget.fg_stroke = Stroke::new(1.0, palette.text);
            widget.bg_stroke = self.outline();
            widget.bg_fill = palette.raised;
            widget.weak_bg_fill = palette.raised;
            widget.expansion = 0.0;
        }
        widgets.noninteractive.bg_stroke = self.hairline();
        widgets.hovered.bg_stroke = Stroke::new(palette.line + 1.0, palette.action);
        widgets.active.bg_stroke = self.ring();
    }
}

/// The fonts, with every letter, sign and arrow that a screen shows: Inter, and nothing of the
/// machine's own, so that every kiosk looks alike.
pub fn install_fonts(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::empty();
    let medium = FontData::from_static(include_bytes!("../assets/Inter-Medium.otf"));
    let semi_bold = FontData::from_static(include_bytes!("../assets/Inter-SemiBold.otf"));
    fonts.font_data.insert("medium".to_owned(), Arc::new(medium));
    fonts.font_data.insert("semi-bold".to_owned(), Arc::new(semi_bold));
    for (family, font) in [
        (FontFamily::Proportional, "medium"),
        (FontFamily::Monospace, "medium"),
        (strong(), "semi-bold"),
    ] {
        fonts.families.entry(family).or_default().insert(0, font.to_owned());
    }
    ctx.set_fonts(fonts);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color32) -> f32 {
        let linear = |channel: u8| {
            let c = f32::from(channel) / 255.0;
            if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b, _] = colour.to_array().map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// WCAG 2.2, 1.4.3 and 1.4.11.
    fn contrast(one: Color32, other: Color32) -> f32 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_text_stands_out_from_its_ground_and_every_border_from_its_own() {
        for theme in Theme::ALL {
            let p = Palette::of(theme);
            for (text, ground) in [
                (p.text, p.ground),
                (p.text, p.raised),
                (p.quiet, p.ground),
                (p.quiet, p.raised),
                (p.on_action, p.action),
                (p.action, p.raised),
                (p.wait, p.wait_ground),
                (p.safe, p.safe_ground),
                (p.stop, p.stop_ground),
                (p.wait, p.raised),
                (p.safe, p.raised),
                (p.stop, p.raised),
            ] {
                assert!(contrast(text, ground) >= 7.0, "{theme:?} {}", contrast(text, ground));
            }
            assert!(contrast(p.border, p.raised) >= 3.0 && contrast(p.action, p.ground) >= 3.0);
        }
    }
}

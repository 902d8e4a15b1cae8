//! The coupon as dots on a strip of paper: set with the screen's own fonts, since a printer's have
//! no Kazakh letters.

use eframe::egui::{self, Align, Color32, Context, Frame, Layout, RawInput, Rect, RichText, Sense};
use eframe::egui::{Margin, Response, TextWrapMode, Ui, pos2, vec2};

use super::{Coupon, LIGHT, Squares};
use crate::languages::Say;
use crate::look::{Touch, install_fonts};
use crate::painter::Painter;

/// Dots across a strip of 80 mm, and to the millimetre, of nearly every receipt printer (203 dpi).
const WIDTH: usize = 576;
const DOTS_PER_MM: f32 = 8.0;
/// More than the longest coupon.
const MOST_HEIGHT: f32 = 1_400.0;
const MARGIN: i8 = 24;

/// A strip of black and white dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Bytes in a row, eight dots each, the leftmost highest; a set bit is black.
    pub row_bytes: usize,
    /// The rows from the top.
    pub rows: Vec<u8>,
}

impl Paper {
    /// How many rows of dots.
    pub fn height(&self) -> usize {
        self.rows.len() / self.row_bytes
    }

    /// Sets a coupon.
    pub fn of(coupon: &Coupon) -> Self {
        let ctx = Context::default();
        install_fonts(&ctx);
        let mut painter = Painter::default();
        let mut bottom = 0.0;
        let mut picture = None;
        // Fonts are there from the second pass on.
        for _ in 0..2 {
            #[expect(clippy::cast_precision_loss, reason = "a few hundred dots")]
            let size = vec2(WIDTH as f32, MOST_HEIGHT);
            let rect = Rect::from_min_size(pos2(0.0, 0.0), size);
            let input = RawInput { screen_rect: Some(rect), ..RawInput::default() };
            let mut output = ctx.run_ui(input, |ui| bottom = set(ui, coupon));
            painter.take(&mut output.textures_delta);
            picture = Some(painter.draw(&ctx, &output));
        }
        let pixels = picture.map(|picture| picture.pixels).unwrap_or_default();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between nothing and the most height"
        )]
        let height = bottom.clamp(0.0, MOST_HEIGHT).ceil() as usize;
        let rows = pixels.chunks_exact(WIDTH).take(height).flat_map(|row| {
            row.as_chunks::<8>().0.iter().map(|dots| {
                dots.iter().fold(0, |byte, [red, ..]| (byte << 1) | u8::from(*red < 128))
            })
        });
        Self { row_bytes: WIDTH / 8, rows: rows.collect() }
    }
}

/// Sets the text and gives where it ends.
fn set(ui: &mut Ui, coupon: &Coupon) -> f32 {
    let touch = Touch::new(DOTS_PER_MM, 1.0, false);
    let frame = Frame::new().fill(Color32::WHITE).inner_margin(Margin::same(MARGIN));
    let panel = egui::CentralPanel::default().frame(frame);
    let within = panel.show(ui, |ui| {
        ui.style_mut().visuals.override_text_color = Some(Color32::BLACK);
        ui.style_mut().wrap_mode = Some(TextWrapMode::Wrap);
        ui.with_layout(Layout::top_down(Align::Center), |ui| {
            let write = |ui: &mut Ui, text: &str, font| {
                ui.label(RichText::new(text).font(font));
                ui.add_space(8.0);
            };
            write(ui, Say::CouponTitle.in_(coupon.tongue), touch.text());
            write(ui, &coupon.reference, touch.number());
            if let Some(squares) = coupon.squares() {
                draw(ui, &squares, 9.0);
            }
            for line in coupon.lines() {
                write(ui, &line, touch.text());
            }
            write(ui, Say::CouponHelp.in_(coupon.tongue), touch.text());
            ui.min_rect().bottom()
        })
        .inner
    });
    within.inner + f32::from(MARGIN)
}

/// Squares of a whole number of dots each, so that all are of one size.
pub(crate) fn draw(ui: &mut Ui, squares: &Squares, dots: f32) -> Response {
    let side = squares.whole_side() * dots;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    let rect = Rect::from_min_size(rect.min.round(), rect.size());
    ui.painter().rect_filled(rect, 0.0, Color32::WHITE);
    for (at, _) in squares.dark.iter().enumerate().filter(|(_, dark)| **dark) {
        #[expect(clippy::cast_precision_loss, reason = "a few dozen squares")]
        let [x, y] = [at % squares.side, at / squares.side].map(|n| (n + LIGHT) as f32 * dots);
        let square = Rect::from_min_size(rect.min + vec2(x, y), vec2(dots, dots));
        ui.painter().rect_filled(square, 0.0, Color32::BLACK);
    }
    response
}

/// The strip as a page of its own size: what a print queue takes (ISO 32000-1, 8.9.5).
pub fn pdf(paper: &Paper) -> Vec<u8> {
    let (dots, rows) = (paper.row_bytes * 8, paper.height());
    // 203 dots to the inch on paper, 72 points to the inch in the file.
    let points = |dots: usize| dots * 72 / 203;
    let (width, height) = (points(dots), points(rows));
    let content = format!("q {width} 0 0 {height} 0 0 cm /C Do Q");
    let objects: [Vec<u8>; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R \
             /Resources << /XObject << /C 5 0 R >> >> >>"
        )
        .into_bytes(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()).into_bytes(),
        image(paper, dots, rows),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", at + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    let end = format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    out.extend(end.into_bytes());
    out
}

fn image(paper: &Paper, dots: usize, rows: usize) -> Vec<u8> {
    let mut object = format!(
        "<< /Type /XObject /Subtype /Image /Width {dots} /Height {rows} /ColorSpace /DeviceGray \
         /BitsPerComponent 1 /Decode [1 0] /Length {} >>\nstream\n",
        paper.rows.len()
    )
    .into_bytes();
    object.extend(&paper.rows);
    object.extend(b"\nendstream");
    object
}

#[cfg(test)]
mod tests {
    use beket_words::Tongue;

    use super::*;
    use crate::coupon::tests::coupon;

    #[test]
    fn the_strip_has_text_and_squares_in_every_language_and_ends_with_its_text() {
        for (tongue, _) in Tongue::ALL {
            let paper = Paper::of(&coupon(tongue));
            assert_eq!(paper.row_bytes, 72);
            assert!((500..1_300).contains(&paper.height()), "{tongue:?} {}", paper.height());
            let black = |rows: &[u8]| rows.iter().map(|byte| byte.count_ones()).sum::<u32>();
            assert!(black(&paper.rows) > 10_000, "{tongue:?}");
            let margin = 16 * paper.row_bytes;
            assert_eq!(black(&paper.rows[..margin]), 0, "nothing at the upper edge");
            assert_eq!(black(&paper.rows[paper.rows.len() - margin..]), 0, "nor at the lower");
        }
    }

    #[test]
    fn the_page_says_where_each_of_its_parts_begins() {
        let paper = Paper::of(&coupon(Tongue::Kk));
        let page = pdf(&paper);
        let text = String::from_utf8_lossy(&page);
        let table = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap();
        assert!(page[table.parse::<usize>().unwrap()..].starts_with(b"xref\n0 6\n"));
        let at = |line: &str| line[..10].parse::<usize>().unwrap();
        let entries = text.rsplit("xref\n0 6\n").next().unwrap();
        for (number, line) in entries.lines().skip(1).take(5).enumerate() {
            let object = format!("{} 0 obj\n", number + 1);
            assert!(page[at(line)..].starts_with(object.as_bytes()), "{line}");
        }
    }
}

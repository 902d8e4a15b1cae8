//! The product's own painter, as kittest wants one.

use eframe::egui::{Context, FullOutput, TexturesDelta};
use egui_kittest::TestRenderer;
use image::RgbaImage;

use crate::painter;

#[derive(Default)]
pub(super) struct Painter(painter::Painter);

impl TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.take(delta);
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let picture = self.0.draw(ctx, output);
        let bytes = picture.pixels.into_iter().flatten().collect();
        RgbaImage::from_raw(picture.width, picture.height, bytes).ok_or("no picture".to_owned())
    }
}

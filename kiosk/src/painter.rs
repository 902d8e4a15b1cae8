//! Draws what egui tessellates, on the CPU: the same pixels on every machine, with no display, no
//! graphics driver and no GPU. For paper, and for tests that look at screens.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "pixels are whole numbers, and edges of triangles are compared as they were given"
)]

use std::collections::BTreeMap;

use eframe::egui::epaint::{ImageData, Primitive, Vertex};
use eframe::egui::{Color32, Context, FullOutput, Rect, TextureId, TexturesDelta};

/// Textures as egui last sent them.
#[derive(Default)]
pub(crate) struct Painter {
    textures: BTreeMap<u64, Texture>,
}

/// What was drawn: rows of pixels from the top, red, green, blue and opacity each.
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) pixels: Vec<[u8; 4]>,
}

struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
}

impl Painter {
    /// Takes in the textures that changed.
    pub(crate) fn take(&mut self, delta: &mut TexturesDelta) {
        for (id, deltas) in delta.set.drain() {
            for delta in deltas {
                let ImageData::Color(image) = &delta.image;
                let [width, height] = image.size;
                let Some([left, top]) = delta.pos else {
                    let pixels = image.pixels.clone();
                    self.textures.insert(number(id), Texture { width, height, pixels });
                    continue;
                };
                let Some(texture) = self.textures.get_mut(&number(id)) else { continue };
                for (row, line) in image.pixels.chunks(width).enumerate() {
                    let at = (top + row) * texture.width + left;
                    texture.pixels[at..at + width].copy_from_slice(line);
                }
            }
        }
        delta.free.clear();
    }

    /// Draws one frame on black.
    pub(crate) fn draw(&self, ctx: &Context, output: &FullOutput) -> Picture {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let (width, height) = (size.x.round() as u32, size.y.round() as u32);
        let pixels = vec![[0, 0, 0, 255]; width as usize * height as usize];
        let mut picture = Picture { width, height, pixels };
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
            let Some(texture) = self.textures.get(&number(mesh.texture_id)) else { continue };
            let clip = clipped.clip_rect * scale;
            for triangle in mesh.indices.as_chunks::<3>().0 {
                let corners = triangle.map(|index| mesh.vertices[index as usize]);
                fill(&mut picture, texture, clip, corners, scale);
            }
        }
        picture
    }
}

fn number(id: TextureId) -> u64 {
    match id {
        TextureId::Managed(number) => number,
        TextureId::User(number) => u64::MAX - number,
    }
}

/// One triangle; a pixel on an edge that two share is drawn once (the top-left rule).
fn fill(picture: &mut Picture, texture: &Texture, clip: Rect, corners: [Vertex; 3], scale: f32) {
    let [a, mut b, mut c] = corners;
    let at = |vertex: &Vertex| (vertex.pos.x * scale, vertex.pos.y * scale);
    let cross = |(ax, ay): (f32, f32), (bx, by): (f32, f32), (px, py): (f32, f32)| {
        (bx - ax) * (py - ay) - (by - ay) * (px - ax)
    };
    if cross(at(&a), at(&b), at(&c)) < 0.0 {
        std::mem::swap(&mut b, &mut c);
    }
    let [pa, pb, pc] = [at(&a), at(&b), at(&c)];
    let area = cross(pa, pb, pc);
    if area <= 0.0 {
        return;
    }
    let xs = [pa.0, pb.0, pc.0];
    let ys = [pa.1, pb.1, pc.1];
    let least = |values: [f32; 3]| values.into_iter().fold(f32::MAX, f32::min);
    let most = |values: [f32; 3]| values.into_iter().fold(f32::MIN, f32::max);
    let left = least(xs).max(clip.left().round()).floor().max(0.0) as u32;
    let right = most(xs).min(clip.right().round()).ceil().max(0.0) as u32;
    let top = least(ys).max(clip.top().round()).floor().max(0.0) as u32;
    let bottom = most(ys).min(clip.bottom().round()).ceil().max(0.0) as u32;
    let covers = |weight: f32, from: (f32, f32), to: (f32, f32)| {
        let is_top_left = to.1 < from.1 || (to.1 == from.1 && to.0 > from.0);
        weight > 0.0 || (weight == 0.0 && is_top_left)
    };
    for y in top..bottom.min(picture.height) {
        for x in left..right.min(picture.width) {
            let p = (x as f32 + 0.5, y as f32 + 0.5);
            let [wa, wb, wc] = [cross(pb, pc, p), cross(pc, pa, p), cross(pa, pb, p)];
            if !(covers(wa, pb, pc) && covers(wb, pc, pa) && covers(wc, pa, pb)) {
                continue;
            }
            let mix = |a: f32, b: f32, c: f32| (a * wa + b * wb + c * wc) / area;
            let texel = texture.at(mix(a.uv.x, b.uv.x, c.uv.x), mix(a.uv.y, b.uv.y, c.uv.y));
            let tint = [0, 1, 2, 3].map(|i| {
                let channel = |vertex: &Vertex| f32::from(vertex.color.to_array()[i]);
                mix(channel(&a), channel(&b), channel(&c)) / 255.0
            });
            blend(&mut picture.pixels[(y * picture.width + x) as usize], texel, tint);
        }
    }
}

impl Texture {
    /// The nearest texel, premultiplied, 0 to 1.
    fn at(&self, u: f32, v: f32) -> [f32; 4] {
        let x = ((u * self.width as f32) as usize).min(self.width - 1);
        let y = ((v * self.height as f32) as usize).min(self.height - 1);
        self.pixels[y * self.width + x].to_array().map(|channel| f32::from(channel) / 255.0)
    }
}

fn blend(pixel: &mut [u8; 4], texel: [f32; 4], tint: [f32; 4]) {
    let over = 1.0 - texel[3] * tint[3];
    for channel in 0..3 {
        let under = f32::from(pixel[channel]) / 255.0;
        let mixed = texel[channel] * tint[channel] + under * over;
        pixel[channel] = (mixed * 255.0).round().clamp(0.0, 255.0) as u8;
    }
}

//! What a frame of the window costs: events in, triangles out, with everybody held; whatever puts
//! the triangles on the glass comes on top.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use beket_kiosk::App;
use beket_kiosk::desk::Desk;
use eframe::egui::epaint::{ClippedPrimitive, Primitive};
use eframe::egui::{Context, Event, Key, Modifiers, RawInput, Rect, pos2, vec2};

/// Between two keys of a quick hand the threads answer.
const ANSWER: Duration = Duration::from_millis(6);
/// What a PIN takes, and more.
const PIN: Duration = Duration::from_secs(1);

struct Window {
    ctx: Context,
    app: App,
    began: Instant,
    took: Vec<Duration>,
    /// Corners of triangles in the last frame.
    drawn: usize,
}

fn vertices(clipped: &ClippedPrimitive) -> usize {
    match &clipped.primitive {
        Primitive::Mesh(mesh) => mesh.vertices.len(),
        Primitive::Callback(_) => 0,
    }
}

/// Every frame of a volunteer who types these names, first into a form, then into the search.
pub(crate) fn frames(desk: Desk, names: &[String]) -> Result<Vec<Duration>> {
    let ctx = Context::default();
    let app = App::new(&ctx, desk);
    let mut window = Window { ctx, app, began: Instant::now(), took: Vec::new(), drawn: 0 };
    // Everybody is read, and who works here says so.
    for text in ["Айгүл", "2748"] {
        window.wait(PIN);
        window.frame(vec![Event::Text(text.to_owned())]);
        window.key(Key::Enter);
    }
    window.wait(PIN);
    // More than any screen but a form has.
    ensure!(window.drawn > 5_000, "no form is open: {} corners", window.drawn);
    window.took.clear();
    for key in [Key::F2, Key::F3] {
        for name in names {
            window.key(key);
            for letter in name.chars() {
                window.frame(vec![Event::Text(letter.to_string())]);
                sleep(ANSWER);
                window.frame(Vec::new());
            }
            for _ in name.chars() {
                window.key(Key::Backspace);
            }
        }
    }
    Ok(window.took)
}

impl Window {
    fn frame(&mut self, events: Vec<Event>) {
        let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0));
        let time = Some(self.began.elapsed().as_secs_f64());
        let input = RawInput { screen_rect: Some(screen), time, events, ..RawInput::default() };
        let began = Instant::now();
        self.app.hear();
        let mut output = self.ctx.run_ui(input, |ui| self.app.show(ui));
        let triangles = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        self.took.push(began.elapsed());
        output.textures_delta.clear();
        self.drawn = triangles.iter().map(vertices).sum();
    }

    fn key(&mut self, key: Key) {
        let press = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        self.frame(vec![press(true), press(false)]);
        self.frame(Vec::new());
    }

    fn wait(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while Instant::now() < until {
            self.frame(Vec::new());
            sleep(ANSWER);
        }
    }
}

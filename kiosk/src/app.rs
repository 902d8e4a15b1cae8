//! The window's application: which screen is open, what news changes on it, what becomes of what a
//! person wants.
//!
//! `logic` takes news in and `ui` draws; neither waits for anything.

mod keys;
mod staffed;

use std::sync::Arc;
use std::time::Duration;

use beket_words::Tongue;
use eframe::egui::{self, Context, Ui};

use crate::desk::{Desk, News, State};
use crate::languages::trouble;
use crate::look::{Look, Theme, install_fonts};
use crate::screens::{Act, Scene, To};
use crate::shell;
use staffed::Staffed;

/// How often the words for "how long ago" are looked at while nothing else happens.
const MINUTE: Duration = Duration::from_mins(1);

/// A screen that nobody has touched for so long asks who is working, in seconds.
const LOCK_SECONDS: f64 = 600.0;

/// The application.
#[derive(Debug)]
pub struct App {
    desk: Desk,
    state: Arc<State>,
    tongue: Tongue,
    look: Look,
    staffed: Staffed,
    /// By egui's clock, in seconds.
    last_touch: f64,
    /// News of the state is passed over: for pictures that must not change.
    #[cfg(test)]
    frozen: bool,
}

impl App {
    /// Sets egui up, for a desk that is open.
    pub fn new(ctx: &Context, desk: Desk) -> Self {
        install_fonts(ctx);
        let look = Look::of(Theme::Light);
        look.apply(ctx);
        let state = desk.state.clone();
        let staffed = Staffed::new();
        Self {
            desk,
            state,
            tongue: Tongue::default(),
            look,
            staffed,
            last_touch: 0.0,
            #[cfg(test)]
            frozen: false,
        }
    }

    /// Takes in what has happened.
    pub fn hear(&mut self) {
        let news: Vec<News> = self.desk.news().collect();
        for news in news {
            match news {
                #[cfg(test)]
                News::State(_) if self.frozen => {}
                News::State(state) => self.state = state,
                News::Trouble(error) => self.staffed.trouble(trouble(self.tongue, &error)),
                news => {
                    let scene = scene(&self.look, self.tongue, &self.state);
                    let acts = self.staffed.hear(news, &scene);
                    for act in acts {
                        self.act_on_the_desk(act);
                    }
                }
            }
        }
    }

    /// A screen that was left alone locks; what is on it stays as it is.
    fn lock_when_left(&mut self, ctx: &Context) {
        let (touched, now) = ctx.input(|input| (!input.events.is_empty(), input.time));
        if touched {
            self.last_touch = now;
        } else if now - self.last_touch > LOCK_SECONDS {
            self.last_touch = now;
            self.act(ctx, Act::Go(To::Who));
        }
    }

    fn act(&mut self, ctx: &Context, act: Act) {
        match act {
            Act::Go(To::Look) => {
                self.look = Look::of(self.look.theme.next());
                self.look.apply(ctx);
            }
            Act::Go(To::Speak(tongue)) => self.tongue = tongue,
            Act::Go(to) => {
                let scene = scene(&self.look, self.tongue, &self.state);
                let acts = self.staffed.go(to, &scene);
                for act in acts {
                    self.act_on_the_desk(act);
                }
            }
            act => self.act_on_the_desk(act),
        }
    }

    fn act_on_the_desk(&self, act: Act) {
        match act {
            Act::Want(intent) => self.desk.want(intent),
            Act::Ask(ask) => self.desk.ask(ask),
            Act::Go(_) => {}
        }
    }
}

#[cfg(test)]
impl App {
    /// The state bar of a kiosk that has just been set up, whatever this machine's clock and disk
    /// say: for pictures that must not change.
    fn freeze(&mut self) {
        let state = State::clone(&self.state);
        let (link, disk_left) = (crate::desk::LinkState::NoConnection, None);
        self.state = Arc::new(State { link, disk_left, waiting: 2, ..state });
        self.frozen = true;
    }
}

fn scene<'a>(look: &Look, tongue: Tongue, state: &'a State) -> Scene<'a> {
    Scene { look: *look, tongue, state, now: shell::now().seconds() }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        self.hear();
        ctx.request_repaint_after(MINUTE);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.lock_when_left(&ui.ctx().clone());
        let scene = scene(&self.look, self.tongue, &self.state);
        let mut acts = keys::pressed(ui);
        acts.extend(self.staffed.ui(ui, &scene));
        let ctx = ui.ctx().clone();
        for act in acts {
            self.act(&ctx, act);
        }
    }

    fn clear_color(&self, _: &egui::Visuals) -> [f32; 4] {
        self.look.palette.ground.to_normalized_gamma_f32()
    }
}

#[cfg(test)]
mod tests;

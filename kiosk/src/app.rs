//! The window's application: which screen is open, what news changes on it, what becomes of what a
//! person wants.
//!
//! `logic` takes news in and `ui` draws; neither waits for anything.

mod attempts;
mod citizen;
mod keys;
mod staffed;

use std::sync::Arc;
use std::time::Duration;

use beket_directory::Role;
use beket_words::Tongue;
use eframe::egui::{self, Context, Ui, ViewportCommand};

use crate::Now;
use crate::desk::{Desk, Intent, News, State};
use crate::languages::trouble;
use crate::look::{Look, Theme, Touch, install_fonts};
use crate::screens::citizen::Glass;
use crate::screens::{Act, Scene, To, plug};
use crate::shell::asleep;
use citizen::{Change, Citizen};
use staffed::Staffed;

/// What the window is called, in every language.
pub(crate) const NAME: &str = "Бекет";

/// How often the words for "how long ago" are looked at while nothing else happens.
const MINUTE: Duration = Duration::from_mins(1);

/// The two clocks that tell of sleep are not read at one moment; in seconds.
const A_NAP: f64 = 1.0;

/// The application.
#[derive(Debug)]
pub struct App {
    desk: Desk,
    state: Arc<State>,
    tongue: Tongue,
    look: Look,
    staffed: Staffed,
    /// On a self-service kiosk, and nowhere else.
    citizen: Option<Citizen>,
    /// Staff asked for the window to be closed.
    closing: bool,
    /// Whether the plug of the line is on the screen.
    shows_plug: bool,
    /// What the window is called at the moment.
    title: String,
    /// By egui's clock, in seconds.
    last_touch: f64,
    /// For how long the machine has slept, and for how long it had when this was looked at last.
    asleep: fn() -> f64,
    slept: f64,
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
        let self_service = state.role == Role::SelfService;
        if self_service {
            // A key of the keyboard on the screen takes the focus from nobody.
            let never = egui::SurrenderFocusOn::Never;
            ctx.options_mut(|options| options.input_options.surrender_focus_on = never);
        }
        let citizen = self_service.then(|| Citizen::new(state.stand.is_set_up(), state.unfinished));
        Self {
            desk,
            state,
            tongue: Tongue::default(),
            look,
            staffed,
            citizen,
            closing: false,
            shows_plug: false,
            title: NAME.to_owned(),
            last_touch: 0.0,
            asleep,
            slept: asleep(),
            #[cfg(test)]
            frozen: false,
        }
    }

    /// With the plug of the line on the screen: to show what a kiosk does without one.
    #[must_use]
    pub fn with_plug(self) -> Self {
        Self { shows_plug: true, ..self }
    }

    /// Takes in what has happened.
    pub fn hear(&mut self) {
        let news: Vec<News> = self.desk.news().collect();
        for news in news {
            match news {
                #[cfg(test)]
                News::State(_) if self.frozen => {}
                News::State(state) => self.state = state,
                news if self.citizen.is_some() => self.citizen_hears(news),
                News::Trouble(error) => self.staffed.trouble(trouble(self.tongue, &error)),
                news => {
                    let scene = scene(&self.look, self.tongue, &self.state, self.desk.now());
                    let acts = self.staffed.hear(news, &scene);
                    for act in acts {
                        self.act_on_the_desk(act);
                    }
                }
            }
        }
    }

    fn citizen_hears(&mut self, news: News) {
        let Some(citizen) = &mut self.citizen else { return };
        let scene = scene(&self.look, self.tongue, &self.state, self.desk.now());
        let touch = Touch::new(self.state.stand.dots_per_mm(), 1.0, citizen.larger);
        for act in citizen.hear(news, &Glass { scene, touch }) {
            self.act_on_the_desk(act);
        }
    }

    fn citizen_ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let Some(citizen) = &mut self.citizen else { return };
        if ctx.input(|input| input.viewport().close_requested()) && !self.closing {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            citizen.close_asked();
        }
        let scene = scene(&self.look, self.tongue, &self.state, self.desk.now());
        let dots = self.state.stand.dots_per_mm();
        let touch = Touch::new(dots, ctx.pixels_per_point(), citizen.larger);
        let (acts, changes) = citizen.ui(ui, &Glass { scene, touch });
        for act in acts {
            self.act_on_the_desk(act);
        }
        for change in changes {
            self.change(&ctx, change);
        }
    }

    fn change(&mut self, ctx: &Context, change: Change) {
        match change {
            Change::Speak(tongue) => self.tongue = tongue,
            Change::Theme(theme) => self.wear(ctx, theme),
            Change::Wipe => {
                citizen::wipe(ctx);
                self.wear(ctx, Theme::Light);
                ctx.request_repaint();
            }
            Change::Close => {
                self.closing = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    fn wear(&mut self, ctx: &Context, theme: Theme) {
        self.look = Look::of(theme);
        self.look.apply(ctx);
    }

    /// A screen that was left alone locks; what is on it stays as it is.
    fn lock_when_left(&mut self, ctx: &Context) {
        let (touched, now) = ctx.input(|input| (!input.events.is_empty(), input.time));
        let left = f64::from(self.state.stand.locks_after()) * 60.0 - (now - self.last_touch);
        // A touch behind that may be anybody's, also where no frame was drawn meanwhile.
        if left <= 0.0 {
            self.act(ctx, Act::Go(To::Who));
        }
        if touched || left <= 0.0 {
            self.last_touch = now;
        } else {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
        }
    }

    fn act(&mut self, ctx: &Context, act: Act) {
        match act {
            Act::Go(To::Look) => self.wear(ctx, self.look.theme.next()),
            Act::Go(To::Speak(tongue)) => self.tongue = tongue,
            Act::Go(to) => {
                // Where it leads to is drawn at once, whether or not another event comes.
                ctx.request_repaint();
                let scene = scene(&self.look, self.tongue, &self.state, self.desk.now());
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
        self.stand_as(|state| {
            let (link, disk_left) = (crate::desk::LinkState::NoConnection, None);
            State { link, disk_left, waiting: 2, ..state }
        });
    }

    /// A state that this machine is not in, until it thaws.
    fn stand_as(&mut self, change: impl FnOnce(State) -> State) {
        self.state = Arc::new(change(State::clone(&self.state)));
        self.frozen = true;
    }

    fn thaw(&mut self) {
        self.frozen = false;
    }
}

fn scene<'a>(look: &Look, tongue: Tongue, state: &'a State, now: Now) -> Scene<'a> {
    Scene { look: *look, tongue, state, now: now.seconds() }
}

impl App {
    /// Whoever is there when the machine wakes is not who was there before it slept.
    fn wake(&mut self) {
        let asleep = (self.asleep)();
        let seconds = asleep - std::mem::replace(&mut self.slept, asleep);
        if seconds >= A_NAP {
            self.last_touch -= seconds;
            self.citizen.iter_mut().for_each(|citizen| citizen.slept(seconds));
        }
    }

    /// Draws one frame.
    pub fn show(&mut self, ui: &mut Ui) {
        self.wake();
        if self.shows_plug && plug(ui, &self.look, self.tongue, &self.desk.plug) {
            self.desk.want(Intent::Sync);
        }
        if self.citizen.is_some() {
            return self.citizen_ui(ui);
        }
        self.lock_when_left(&ui.ctx().clone());
        let scene = scene(&self.look, self.tongue, &self.state, self.desk.now());
        let mut acts = keys::pressed(ui);
        acts.extend(self.staffed.ui(ui, &scene));
        let ctx = ui.ctx().clone();
        for act in acts {
            self.act(&ctx, act);
        }
        self.name_window(&ctx);
    }

    /// The window is called by the screen that is open, as screen readers and lists of windows say
    /// it; never by a person.
    fn name_window(&mut self, ctx: &Context) {
        let title = format!("{} · {NAME}", self.staffed.screen_name(self.tongue));
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        self.hear();
        ctx.request_repaint_after(MINUTE);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.show(ui);
    }

    fn clear_color(&self, _: &egui::Visuals) -> [f32; 4] {
        self.look.palette.ground.to_normalized_gamma_f32()
    }
}

#[cfg(test)]
mod tests;

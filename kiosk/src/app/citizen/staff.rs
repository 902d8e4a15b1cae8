//! What staff do at a self-service kiosk: set it up, leave the mode, see how things stand.

use eframe::egui::Ui;
use zeroize::Zeroizing;

use crate::LEAST_PIN_DIGITS;
use crate::app::attempts::Attempts;
use crate::coupon::{Coupon, PrintFault, Printer};
use crate::desk::{Intent, SetUp};
use crate::keyboard::Keyboard;
use crate::languages::Say;
use crate::screens::Act;
use crate::screens::citizen::{Glass, Pad, StaffWish, Wish, card, desk, pad, printers};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Whoever stands here says that they are staff.
    Door,
    ChoosePin,
    Card,
    Printers,
    Desk,
}

/// How it ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    Citizens,
    Close,
}

/// Staff in front of the kiosk.
#[derive(Debug)]
pub(in crate::app) struct Staff {
    step: Step,
    pad: Pad,
    pub(super) printers: Vec<Printer>,
    /// What became of what was done last.
    told: Option<&'static str>,
    /// The first time: each step leads to the next.
    first: bool,
}

impl Staff {
    fn at(step: Step, first: bool) -> Self {
        Self { step, pad: Pad::default(), printers: Vec::new(), told: None, first }
    }

    /// A kiosk that nobody has set up.
    pub(super) fn first() -> Self {
        Self::at(Step::ChoosePin, true)
    }

    /// Whoever knows the PIN comes in.
    pub(super) fn at_the_door() -> Self {
        Self::at(Step::Door, false)
    }

    pub(super) fn answered(&mut self, right: bool, attempts: &mut Attempts, now: f64) {
        if right {
            *attempts = Attempts::default();
            self.step = Step::Desk;
            return;
        }
        let many = attempts.failed(now);
        let wrong = Some(if many { Say::TooManyPins } else { Say::WrongStaffPin });
        self.pad = Pad { wrong, ..Pad::default() };
    }

    pub(super) fn printed(&mut self, printed: Result<(), PrintFault>, glass: &Glass<'_>) {
        let say = match printed {
            Ok(()) => Say::Printed,
            Err(PrintFault::NoPaper) => Say::NoPaper,
            Err(_) => Say::NoPrinter,
        };
        self.told = Some(say.in_(glass.scene.tongue));
    }

    /// What was set up is not kept.
    pub(super) fn failed(&mut self, why: &'static str) {
        self.told = Some(why);
    }

    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        glass: &Glass<'_>,
        keyboard: &mut Keyboard,
    ) -> Option<Wish> {
        let back = !self.first;
        match self.step {
            Step::Door => {
                pad(ui, glass, &mut self.pad, keyboard, (Say::StaffPin, Some(Say::StaffHelp)), true)
            }
            Step::ChoosePin if self.pad.first.is_some() => {
                pad(ui, glass, &mut self.pad, keyboard, (Say::RepeatPin, None), back)
            }
            Step::ChoosePin => {
                let words = (Say::ChoosePin, Some(Say::ChoosePinHelp));
                pad(ui, glass, &mut self.pad, keyboard, words, back)
            }
            Step::Card => card(ui, glass, self.told, back),
            Step::Printers => printers(ui, glass, &self.printers, self.told, back),
            Step::Desk => desk(ui, glass, self.told),
        }
    }

    pub(super) fn grant(
        &mut self,
        wish: Wish,
        glass: &Glass<'_>,
        too_many: bool,
    ) -> (Vec<Act>, Option<End>) {
        match wish {
            Wish::Back if self.step == Step::Door => return (Vec::new(), Some(End::Citizens)),
            Wish::Back => self.go(Step::Desk),
            Wish::Forward => return (self.forward(too_many), None),
            Wish::Do(StaffWish::Citizens) => return (Vec::new(), Some(End::Citizens)),
            Wish::Do(StaffWish::Close) => return (Vec::new(), Some(End::Close)),
            Wish::Do(StaffWish::Card) => self.go(Step::Card),
            Wish::Do(StaffWish::Pin) => self.go(Step::ChoosePin),
            Wish::Do(StaffWish::Printers) => {
                self.go(Step::Printers);
                return (vec![set(SetUp::FindPrinters)], None);
            }
            Wish::Do(StaffWish::Printer(printer)) => {
                self.told = None;
                return (vec![set(SetUp::Printer(printer))], None);
            }
            Wish::Do(StaffWish::TestPrint) => return (vec![test(glass)], None),
            Wish::Do(StaffWish::Density(by)) => {
                return (vec![set(SetUp::Density(density(glass, by)))], None);
            }
            _ => {}
        }
        (Vec::new(), None)
    }

    fn go(&mut self, step: Step) {
        self.step = step;
        self.pad = Pad::default();
        self.told = None;
    }

    fn forward(&mut self, too_many: bool) -> Vec<Act> {
        let long_enough = self.pad.pin.len() >= LEAST_PIN_DIGITS;
        match self.step {
            Step::Door if too_many => {
                self.pad = Pad { wrong: Some(Say::TooManyPins), ..Pad::default() };
            }
            Step::Door => {
                let pin = std::mem::take(&mut self.pad).pin;
                return vec![Act::Want(Intent::Leave(pin))];
            }
            Step::ChoosePin if !long_enough => self.pad.wrong = Some(Say::ChoosePinHelp),
            Step::ChoosePin => return self.choose_pin(),
            Step::Card if self.first => {
                self.go(Step::Printers);
                return vec![set(SetUp::FindPrinters)];
            }
            Step::Card | Step::Printers => self.go(Step::Desk),
            Step::Desk => {}
        }
        Vec::new()
    }

    fn choose_pin(&mut self) -> Vec<Act> {
        let typed = std::mem::take(&mut self.pad.pin);
        match self.pad.first.take() {
            None => {
                self.pad = Pad { first: Some(typed), ..Pad::default() };
                Vec::new()
            }
            Some(first) if first == typed => {
                self.go(if self.first { Step::Card } else { Step::Desk });
                vec![set(SetUp::Pin(Zeroizing::new(typed.to_string())))]
            }
            Some(_) => {
                self.pad = Pad { wrong: Some(Say::PinsDiffer), ..Pad::default() };
                Vec::new()
            }
        }
    }
}

fn set(what: SetUp) -> Act {
    Act::Want(Intent::SetUp(what))
}

/// Hundredths of a dot a millimetre, changed by so many; never out of reason.
fn density(glass: &Glass<'_>, by: i32) -> u16 {
    use crate::look::touch::DENSITIES;
    #[expect(clippy::cast_possible_truncation, reason = "at most 2 000")]
    let hundredths = |dots: f32| (dots * 100.0).round() as i32;
    let (least, most) = (hundredths(*DENSITIES.start()), hundredths(*DENSITIES.end()));
    let known = hundredths(glass.scene.state.stand.dots_per_mm());
    u16::try_from((known + by).clamp(least, most)).unwrap_or(378)
}

/// A coupon that is nobody's.
fn test(glass: &Glass<'_>) -> Act {
    let state = glass.scene.state;
    Act::Want(Intent::Print(Box::new(Coupon {
        reference: state.name.clone(),
        taken_at: glass.scene.now,
        station: state.station.clone(),
        kiosk: state.name.clone(),
        tongue: glass.scene.tongue,
    })))
}

#[cfg(test)]
impl Staff {
    pub(in crate::app) fn is_at_the_desk(&self) -> bool {
        self.step == Step::Desk
    }

    pub(in crate::app) fn was_refused(&self) -> bool {
        self.pad.wrong.is_some()
    }

    pub(in crate::app) fn is_measuring(&self) -> bool {
        self.step == Step::Card
    }

    pub(in crate::app) fn is_choosing_a_printer(&self) -> bool {
        self.step == Step::Printers
    }
}

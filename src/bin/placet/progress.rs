//! Shows the progress of long work.

use crate::failure::Failure;
use crate::output::{out, progress_target};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// Shows the progress of long work on the error stream, if that is a terminal. Nothing is shown in the first second.
pub struct Progress(ProgressBar);

impl Progress {
    /// Returns the progress for a number of subjects.
    pub fn start(subjects: usize) -> Progress {
        let form = match subjects {
            1 => "{spinner} deciding, {elapsed}",
            _ => "{spinner} {bar:40} {pos} of {len} subjects, {eta} left",
        };
        Progress::of(u64::try_from(subjects).unwrap_or(u64::MAX), form)
    }

    /// Returns the progress for a table with a number of bytes, if that is known.
    pub fn of_table(length: Option<u64>) -> Progress {
        match length {
            Some(length) => Progress::of(length, "{spinner} {bar:40} {percent} %, {msg}, {eta} left"),
            None => Progress::of(0, "{spinner} {msg}, {elapsed}"),
        }
    }

    fn of(length: u64, form: &str) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        if progress_target().is_some() {
            let style = ProgressStyle::with_template(form);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            let later = bar.clone();
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_secs(1));
                if let Some(target) = progress_target().filter(|_| !later.is_finished()) {
                    later.set_draw_target(target);
                    later.enable_steady_tick(Duration::from_millis(200));
                }
            });
        }
        Progress(bar)
    }

    /// Sets the position and the message.
    pub fn reached(&self, position: u64, message: String) {
        self.0.set_position(position);
        self.0.set_message(message);
    }

    /// Runs a function that writes output while the progress is hidden.
    pub fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }

    /// Ends the progress.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }

    /// Writes the result for one more subject.
    pub fn out(&self, text: &str) -> Result<(), Failure> {
        self.0.inc(1);
        self.suspend(|| out(text))
    }
}

//! Text that people write: how texts are compared, which characters are allowed, what an id is, and how text is shown
//! and put into formats with markup.
//!
//! All readers and look-ups use this layer, so that a word is the same in a policy, a dossier, a table and a record.
//! Clippy forbids other ways to compare without regard to case (`.clippy.toml`).

mod clean;
mod compare;
mod file;
mod id;
mod shown;
mod written;

pub use clean::{Unwelcome, is_clean, unwelcome};
pub use compare::{before_last_words, fold, is_word_part, key, same, same_word};
pub use file::{FileKind, line_ends};
pub use id::{ID_GRAMMAR, Ids, LONGEST_ID, NoId, is_id, no_id};
pub(crate) use shown::escaped;
pub use shown::{shown, shown_lines};
pub use written::{Format, Part, Piece, Written, Xml};

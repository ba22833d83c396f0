//! Studies of a policy as a whole: what it means whoever asks, proved by example.
//!
//! Made from compiled policies. What is found comes with an example dossier, which was decided on before it is handed
//! out: no example is merely believed.

pub mod diff;
pub(crate) mod example;
mod studies;
mod translated;

pub use studies::{Study, Use, study, unused};

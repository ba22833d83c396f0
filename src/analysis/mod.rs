//! Studies of a policy as a whole: what it means whoever asks, proved by example.
//!
//! Made from compiled policies. What is found comes with an example dossier, which was decided on before it is handed
//! out: no example is merely believed.

pub mod diff;
pub(crate) mod example;
mod standards;
mod studies;
mod translated;

pub use standards::unmet;
pub use studies::{Study, Use, study, unused};

use crate::policy::Policy;

/// A policy without its presumptions: what it would say if nothing were taken for granted, so that no condition on
/// somebody unknown is settled beforehand.
fn without_presumptions(policy: &Policy) -> Policy {
    let mut bare = policy.clone();
    for id in policy.vocabulary.facts.ids() {
        if let Some(fact) = bare.vocabulary.facts.find_mut(id) {
            fact.presumed = None;
        }
    }
    bare
}

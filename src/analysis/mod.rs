//! Studies of a policy as a whole: what follows from it for any case, proved by example.
//!
//! Works on compiled policies. Each finding has an example dossier, which has been decided on before it is returned: no
//! example is unchecked.

pub mod diff;
pub(crate) mod example;
mod standards;
mod studies;
mod translated;

pub use standards::unmet;
pub use studies::{Study, Use, study, unused};

use crate::policy::Policy;

/// Returns a copy of a policy without its presumptions, so that no condition on an unknown entity is settled
/// beforehand.
fn without_presumptions(policy: &Policy) -> Policy {
    let mut bare = policy.clone();
    for id in policy.vocabulary.facts.ids() {
        if let Some(fact) = bare.vocabulary.facts.find_mut(id) {
            fact.presumed = None;
        }
    }
    bare
}

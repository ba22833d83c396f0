//! Which blocks of a policy about two kinds apply to a subject, from section 5 of the language reference.

use super::model::*;

/// Whether a block applies to subjects of a kind: it applies to the kind that its conditions name, or to both if they
/// name none.
pub fn applies<'m>(about: Kind, mut conditions: impl Iterator<Item = &'m Condition>, subject: Kind) -> bool {
    about == subject || !conditions.any(names_its_kind)
}

/// Whether a condition names the kind that its block is about.
fn names_its_kind(condition: &Condition) -> bool {
    match condition {
        Condition::List(_, of) => of.iter().any(names_its_kind),
        Condition::Line(_, parts) => parts.iter().any(|part| match part {
            Part::Whole(condition) => names_its_kind(condition),
            Part::YesNo(..) | Part::Reports(_) => false,
        }),
        Condition::YesNo(subject, ..)
        | Condition::Compare(subject, ..)
        | Condition::Choice(subject, ..)
        | Condition::Members(subject, ..)
        | Condition::Ancestor(subject, ..)
        | Condition::Reports(subject, ..)
        | Condition::Patron(subject, _) => !subject.command,
        Condition::Phase(..) => false,
    }
}

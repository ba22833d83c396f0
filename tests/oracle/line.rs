//! Clauses without a subject, from section 3 of the language reference: the subject is that of the clause before.

use super::model::*;

/// The clauses of a line, each with its subject.
pub fn with_subjects(parts: &[Part]) -> Vec<Condition> {
    let mut last: Option<Subject> = None;
    let clauses = parts.iter().map(|part| match part {
        Part::Whole(condition) => {
            last = subject_of(condition);
            condition.clone()
        }
        Part::YesNo(fact, yes) => Condition::YesNo(last.clone().unwrap(), *fact, *yes),
        Part::Reports(yes) => Condition::Reports(last.clone().unwrap(), *yes, false),
    });
    clauses.collect()
}

/// The subject that the next clause inherits; `None` if the clause is about a phase or about several entities.
pub fn subject_of(condition: &Condition) -> Option<Subject> {
    match condition {
        Condition::YesNo(subject, ..)
        | Condition::Compare(subject, ..)
        | Condition::Choice(subject, ..)
        | Condition::Reports(subject, ..) => Some(subject.clone()),
        // `the group's patron is the command and is united`: the patron is united.
        Condition::Patron(subject, _) => {
            let mut patron = subject.clone();
            patron.steps.push(PATRON);
            Some(patron)
        }
        Condition::List(..)
        | Condition::Line(..)
        | Condition::Members(..)
        | Condition::Ancestor(..)
        | Condition::Phase(..) => None,
    }
}

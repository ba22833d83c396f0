//! Compares the form of a policy that serves all cases with the forms compiled for single cases.

use super::agree::Counts;
use super::{counted, for_models, read, text, today};
use placet::compiled::{Known, compile, compile_for, invariants};
use placet::evidence::{Claim, Evidence, Target, case};

/// Removes all statements that name an entity.
fn nobody_named(evidence: &Evidence) -> Evidence {
    let mut without = evidence.clone();
    for dossier in &mut without.dossiers {
        dossier.statements.retain(|statement| {
            !matches!(
                statement.claim,
                Claim::One(Target::Named(_)) | Claim::NotOne(Target::Named(_)) | Claim::Members { .. }
            )
        });
    }
    without
}

#[test]
fn compiled_policies_satisfy_their_invariants() {
    for_models(1_000, 31, |model| {
        let (policy, evidence) = read(&text(model));
        let case = case(&policy.vocabulary, &evidence, "subject", today()).ok_or("no subject")?;
        let kind = case.entities[case.subject].kind;
        for compiled in [compile(&policy, kind, today()), compile_for(&policy, &case).0] {
            let broken = invariants(&compiled);
            if !broken.is_empty() {
                return Err(broken.join("\n"));
            }
        }
        Ok(())
    });
}

/// Statements never affect the gates: a case that names no entity has the same circuit as an empty case.
#[test]
fn one_form_serves_every_case_without_named_entities() {
    let Counts { settled, left_out, .. } = counted(600, 32, |model| {
        let (policy, evidence) = read(&text(model));
        let evidence = nobody_named(&evidence);
        let case = case(&policy.vocabulary, &evidence, "subject", today()).ok_or("no subject")?;
        let kind = case.entities[case.subject].kind;
        let open = compile(&policy, kind, today());
        let (own, known) = compile_for(&policy, &case);
        let Some(put) = Known::of(&open, &case) else {
            return Ok(Counts { left_out: 1, ..Counts::default() });
        };
        if !open.variables.iter().eq(own.variables.iter()) || !open.types.iter().eq(own.types.iter()) {
            return Err("the gates of the case are others than those of all cases".to_owned());
        }
        if put.masks != known.masks || put.status.iter().ne(known.status.iter()) {
            return Err(format!("known {:?} and by itself {:?}", put.masks, known.masks));
        }
        Ok(Counts { settled: 1, ..Counts::default() })
    });
    assert!(settled > 300, "{settled} of 600 were served, and {left_out} not");
}

#[test]
fn a_form_is_the_same_on_all_its_days() {
    for_models(400, 33, |model| {
        let (policy, _) = read(&text(model));
        let form = compile(&policy, policy.about[0], today());
        let days = form.days;
        if !days.contains(today()) {
            return Err(format!("{days:?} leave out the day itself"));
        }
        for day in [days.from.unwrap_or(today().previous()), days.until.unwrap_or(today().next())] {
            let other = compile(&policy, policy.about[0], day);
            if !form.variables.iter().eq(other.variables.iter()) || !form.types.iter().eq(other.types.iter())
            {
                return Err(format!("another form on {day}, of {days:?}"));
            }
        }
        Ok(())
    });
}

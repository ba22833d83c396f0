//! Evidence standards that no statement of some dossiers meets.

use crate::compiled::Forms;
use crate::diagnostic::Diagnostic;
use crate::evidence::{Claim, Evidence, LeftOut, left_out};
use crate::id::StandardId;
use crate::policy::lexicon::key_of;
use crate::policy::print::series;
use crate::policy::{Fact, Policy, Vocabulary};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A kind and a phrase: identifies the same fact in two vocabularies.
type Name = (String, String);

/// Returns a finding for each evidence standard of a policy that no statement meets although there are statements about
/// the facts that it is used for. Each dossier comes with the vocabulary that it was read with.
///
/// # Example
/// ```
/// let text = r#"
/// policy "Training"
///   id training
///   version 1
///   about group
///   on credible information
///
/// assistance training
///
/// kind group
///   is neutral : yes or no
///
/// evidence standard credible information
///   rated C3 or better
///
/// requirement neutrality "Neutral"
///   needs the group is neutral
///
/// dossier militia "A militia"
///   about group
///   as of 2016-02-15
///   - it is neutral
/// "#;
/// let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// let (evidence, _) = placet::evidence::read(&bundle, &policy.vocabulary);
/// let found = placet::analysis::unmet(&policy, &[(&evidence, &policy.vocabulary)]);
/// assert_eq!(found[0].code, "P0519");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn unmet(policy: &Arc<Policy>, dossiers: &[(&Evidence, &Vocabulary)]) -> Vec<Diagnostic> {
    let forms = Forms::new(policy);
    // For each standard, the number of statements that meet it, and why the others do not.
    let mut tried: BTreeMap<StandardId, (usize, Vec<LeftOut>)> = BTreeMap::new();
    for (evidence, vocabulary) in dossiers {
        for dossier in &evidence.dossiers {
            let about = vocabulary.kinds.find(dossier.kind).map(|kind| key_of(&kind.name));
            let is_about =
                |kind: &&crate::id::KindId| Some(key_of(&policy.vocabulary.kinds[**kind].name)) == about;
            let (Some(kind), Some(day)) = (policy.about.iter().find(is_about), dossier.as_of) else {
                continue;
            };
            let compiled = forms.of(*kind, day);
            let mut read: BTreeMap<Name, BTreeSet<StandardId>> = BTreeMap::new();
            for (_, variable) in compiled.variables.iter() {
                if let Some(standard) = variable.standard {
                    let fact = &policy.vocabulary.facts[variable.fact()];
                    read.entry(name(fact, &policy.vocabulary)).or_default().insert(standard);
                }
            }
            for statement in dossier.statements.iter().filter(|statement| statement.claim != Claim::Unknown) {
                let Some(fact) = vocabulary.facts.find(statement.fact) else { continue };
                for standard in read.get(&name(fact, vocabulary)).into_iter().flatten() {
                    let declared = policy.vocabulary.standards.find(*standard);
                    let (passing, failing) = tried.entry(*standard).or_default();
                    match left_out(&statement.provenance, declared, day) {
                        Some(why) => failing.push(why),
                        None => *passing += 1,
                    }
                }
            }
        }
    }
    let unmet = tried.into_iter().filter(|(_, (passing, _))| *passing == 0);
    unmet.filter_map(|(standard, (_, failing))| finding(policy, standard, &failing)).collect()
}

fn name(fact: &Fact, vocabulary: &Vocabulary) -> Name {
    let kind = vocabulary.kinds.find(fact.kind).map_or_else(String::new, |kind| key_of(&kind.name));
    (kind, key_of(&fact.phrase))
}

fn finding(policy: &Policy, standard: StandardId, failing: &[LeftOut]) -> Option<Diagnostic> {
    let standard = policy.vocabulary.standards.find(standard)?;
    let mut reasons: BTreeMap<LeftOut, usize> = BTreeMap::new();
    for why in failing {
        *reasons.entry(*why).or_default() += 1;
    }
    let counted = |(why, count): (LeftOut, usize)| {
        let why = match why {
            LeftOut::Rating => "not rated, or rated too low",
            LeftOut::Old => "too old",
            LeftOut::Undated => "not dated",
            LeftOut::Rival => "from a rival",
            LeftOut::Subject => "from the subject itself",
            LeftOut::Interested => "from an interested party",
            LeftOut::Promise => "promises",
            LeftOut::Future => "dated after the day of the dossier",
            LeftOut::WorseRated | LeftOut::Earlier | LeftOut::StatedUnknown => "overruled by others",
        };
        format!("{count} {why}")
    };
    let reasons: Vec<String> = reasons.into_iter().map(counted).collect();
    let message = match failing.len() {
        1 => format!("the only statement under the evidence standard `{}` does not meet it", standard.name),
        many => {
            format!("none of the {many} statements under the evidence standard `{}` meets it", standard.name)
        }
    };
    Some(
        Diagnostic::remark("P0519", standard.span, message)
            .label(series(&reasons, "and"))
            .help("rate and date the statements in the dossiers, or relax the standard"),
    )
}

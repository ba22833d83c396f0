//! Compares bulk decisions on many subjects with decisions on a dossier for each.

use super::agree::Counts;
use super::{counted, read, text, today};
use placet::bitplane::Bits;
use placet::bulk::{Bulk, BulkError, FactColumn, FactValues, Outcomes};
use placet::compiled::{Forms, Known};
use placet::decision::{self, Outcome};
use placet::evidence::{About, Claim, Dossier, Evidence, Provenance, Statement, Target, case};
use placet::id::{FactId, KindId, StandardId};
use placet::policy::{FactType, Policy};
use placet::span::Span;
use placet::value::{Date, Grade, Ranges, Truth};
use std::sync::Arc;

/// The number of subjects.
const ROWS: usize = 12;

/// A pseudo-random generator, seeded from a text.
struct Dice(u64);

impl Dice {
    fn of(text: &[(&str, String)]) -> Dice {
        let bytes = text.iter().flat_map(|(_, text)| text.bytes());
        Dice(
            bytes.fold(0xCBF2_9CE4_8422_2325, |all, byte| {
                (all ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
            }),
        )
    }

    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % most
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

/// A column for a fact, with the data to make dossiers with the same content.
struct Drawn {
    fact: FactId,
    name: String,
    about: About,
    provenance: Provenance,
    /// A standard, with the rows in which the values count under it, whatever the provenance.
    counting: Option<(StandardId, Vec<bool>)>,
    valid: Vec<bool>,
    values: Drawings,
}

enum Drawings {
    YesNo(Vec<bool>),
    Numbers(Vec<i64>),
    Days(Vec<i64>),
    Choices(Vec<u8>),
    Targets(Vec<u8>, Vec<Option<KindId>>),
    NoMembers(Vec<bool>),
}

fn bitmap(bits: &[bool]) -> Vec<u8> {
    bits.chunks(8).map(|bits| bits.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect()
}

/// Columns for most facts of a group and of the command.
fn draw(policy: &Arc<Policy>, subject: KindId, dice: &mut Dice) -> Vec<Drawn> {
    let vocabulary = &policy.vocabulary;
    let mut all = Vec::new();
    for (fact, declared) in vocabulary.facts.iter() {
        let kind = &vocabulary.kinds[declared.kind];
        if declared.definition.is_some() || declared.kind != subject && !kind.only_one || dice.one_in(5) {
            continue;
        }
        let (about, name) = if kind.only_one {
            (About::Only(declared.kind), format!("The {}'s {}", kind.name, declared.phrase))
        } else {
            (About::Subject, declared.phrase.clone())
        };
        let mut each = |most: u64| -> Vec<u64> { (0..ROWS).map(|_| dice.below(most)).collect() };
        let bits = |drawn: Vec<u64>| drawn.into_iter().map(|drawn| drawn == 0).collect::<Vec<bool>>();
        let values = match &declared.r#type {
            FactType::YesNo => Drawings::YesNo(bits(each(2))),
            FactType::Number { .. } => Drawings::Numbers(each(130).into_iter().map(|n| n as i64).collect()),
            FactType::Date => {
                let days = each(1_500).into_iter().map(|days| today().number() - days as i64);
                Drawings::Days(days.collect())
            }
            FactType::Choice(values) => {
                Drawings::Choices(each(values.len() as u64).into_iter().map(|place| place as u8).collect())
            }
            FactType::One(kinds) => {
                let only = kinds.iter().copied().filter(|kind| vocabulary.kinds[*kind].only_one);
                let targets: Vec<Option<KindId>> = [None].into_iter().chain(only.map(Some)).collect();
                let places = each(targets.len() as u64).into_iter().map(|place| place as u8);
                Drawings::Targets(places.collect(), targets)
            }
            FactType::Many(_) => Drawings::NoMembers(bits(each(2))),
        };
        let valid = each(4).into_iter().map(|drawn| drawn > 0).collect();
        let counting = bits(each(2));
        let provenance = Provenance {
            rival: dice.one_in(3),
            grade: [None, Grade::parse("B2"), Grade::parse("E5")][dice.below(3) as usize],
            date: [None, Some(today()), Date::parse("2012-01-01"), Date::parse("2016-03-01")]
                [dice.below(4) as usize],
            ..Provenance::default()
        };
        let counting = (dice.one_in(3) && !vocabulary.standards.is_empty()).then(|| {
            let place = dice.below(vocabulary.standards.len() as u64) as usize;
            (vocabulary.standards.ids().nth(place).unwrap(), counting)
        });
        all.push(Drawn { fact, name, about, provenance, counting, valid, values });
    }
    all
}

impl Drawn {
    /// The statement in the dossier of a row; `None` if there is none.
    fn statement(&self, row: usize) -> Option<Statement> {
        let claim = match &self.values {
            _ if !self.valid[row] => return None,
            Drawings::YesNo(values) => Claim::YesNo(values[row]),
            Drawings::Numbers(values) => Claim::Numbers(Ranges::only(values[row])),
            Drawings::Days(values) => Claim::Dates(Ranges::only(values[row])),
            Drawings::Choices(values) => Claim::Values(1 << values[row]),
            Drawings::Targets(places, targets) => {
                Claim::One(targets[usize::from(places[row])].map_or(Target::NoOne, Target::Only))
            }
            Drawings::NoMembers(values) if values[row] => Claim::Members { ids: Vec::new(), complete: true },
            Drawings::NoMembers(_) => return None,
        };
        let (fact, about, provenance) = (self.fact, self.about.clone(), self.provenance.clone());
        Some(Statement { about, fact, claim, provenance, span: Span::default() })
    }
}

/// The dossier of a row; its id is the number of the row.
fn dossier(like: &Dossier, drawn: &[Drawn], row: usize) -> Dossier {
    let statements = drawn.iter().filter_map(|drawn| drawn.statement(row)).collect();
    let (members, uses) = (Vec::new(), Vec::new());
    Dossier { id: row.to_string(), statements, members, uses, ..like.clone() }
}

/// Compares the bulk verdicts on a row with the decision on its dossier.
fn agree(
    outcomes: &Outcomes<'_>,
    policy: &Arc<Policy>,
    row: usize,
    by_itself: &[(placet::id::AssistanceId, Outcome, bool)],
) -> Result<Counts, String> {
    let mut counts = Counts::default();
    for (assistance, decided, exact) in by_itself {
        let found = outcomes.outcome(*assistance, row);
        let name = &policy.assistance[*assistance].name;
        let settled = found != Outcome::Undetermined;
        let columns = format!("{name}, row {row}: {found:?} in the roll, {decided:?} by itself");
        if settled && found != *decided && (*exact || *decided != Outcome::Undetermined) {
            return Err(columns);
        }
        if found != *decided && outcomes.is_exact(*assistance) {
            return Err(format!("{columns}, and called exact"));
        }
        if outcomes.is_exact(*assistance) {
            *(if settled { &mut counts.settled } else { &mut counts.open }) += 1;
        } else {
            counts.loose += 1;
        }
    }
    Ok(counts)
}

#[test]
fn bulk_decisions_agree_with_single_decisions() {
    let Counts { settled, open, loose, left_out } = counted(1_500, 41, |model| {
        let files = text(model);
        let (policy, evidence) = read(&files);
        let like = evidence.dossiers.iter().find(|dossier| dossier.id == "subject").ok_or("no subject")?;
        let forms = Forms::new(&policy);
        let compiled = forms.of(like.kind, today());
        let bulk = match Bulk::with_rules(compiled.clone()) {
            Ok(bulk) => bulk,
            Err(BulkError::OneByOne { .. }) if !compiled.serves_all => {
                return Ok(Counts { left_out: 1, ..Counts::default() });
            }
            Err(problem) => return Err(problem.to_string()),
        };
        let mut dice = Dice::of(&files);
        let mut drawn = draw(&policy, like.kind, &mut dice);
        // Dossiers cannot express that a row counts by a bitmap.
        for drawn in &mut drawn {
            drawn.counting = None;
        }
        let dossiers = (0..ROWS).map(|row| dossier(like, &drawn, row)).collect();
        let evidence = Evidence { dossiers };
        let outcomes = decide(&bulk, &policy, &drawn, 1)?;
        let by_two = decide(&bulk, &policy, &drawn, 2)?;
        let mut counts = Counts::default();
        for row in 0..ROWS {
            let id = row.to_string();
            let by_itself =
                decision::outcomes_with(&forms, &evidence, &id, today()).map_err(|e| e.to_string())?;
            counts.add(agree(&outcomes, &policy, row, &by_itself)?);
            // Compare with the decision on a single row.
            let case = case(&policy.vocabulary, &evidence, &id, today()).ok_or("no case")?;
            let known = Known::of(&compiled, &case).ok_or("it names somebody")?;
            let of_row = bulk.outcomes(&mut bulk.row(&known));
            let of_planes: Vec<Outcome> =
                policy.assistance.ids().map(|assistance| outcomes.outcome(assistance, row)).collect();
            if of_row != of_planes {
                return Err(format!("row {row}: {of_row:?} by itself, {of_planes:?} among others"));
            }
            if policy.assistance.ids().any(|of| by_two.outcome(of, row) != outcomes.outcome(of, row)) {
                return Err(format!("row {row} by two threads"));
            }
        }
        for assistance in policy.assistance.ids() {
            of_rules(&outcomes, assistance)?;
        }
        Ok(counts)
    });
    assert!(settled > 5_000 && open > 5_000, "{settled} decided and {open} not: of both sorts?");
    assert!(loose > 500, "hardly any type of assistance was sound only");
    assert!(left_out < 750, "{left_out} of 1,500 could not be put in a roll");
}

/// Checks that a subject that is eligible meets every rule, and that one that fails a rule is ineligible.
fn of_rules(outcomes: &Outcomes<'_>, assistance: placet::id::AssistanceId) -> Result<(), String> {
    let all = outcomes.tally(assistance);
    for (rule, tally) in outcomes.rules(assistance) {
        if tally.eligible < all.eligible || tally.ineligible > all.ineligible {
            return Err(format!("rule {rule:?}: {tally:?} of {all:?}"));
        }
        if tally.eligible + tally.ineligible + tally.undetermined != ROWS {
            return Err(format!("rule {rule:?}: {tally:?} of {ROWS}"));
        }
    }
    Ok(())
}

/// Decides in bulk on generated columns.
fn decide<'r>(
    bulk: &'r Bulk,
    policy: &Arc<Policy>,
    drawn: &[Drawn],
    threads: usize,
) -> Result<Outcomes<'r>, String> {
    let bits: Vec<[Vec<u8>; 3]> = drawn
        .iter()
        .map(|drawn| {
            let values = match &drawn.values {
                Drawings::YesNo(values) | Drawings::NoMembers(values) => bitmap(values),
                _ => Vec::new(),
            };
            let counting = drawn.counting.as_ref().map_or(Vec::new(), |(_, rows)| bitmap(rows));
            [values, bitmap(&drawn.valid), counting]
        })
        .collect();
    let mut columns = Vec::new();
    for (drawn, [values, valid, counting]) in drawn.iter().zip(&bits) {
        let values = match &drawn.values {
            Drawings::YesNo(_) => FactValues::YesNo(Bits::new(values)),
            Drawings::NoMembers(_) => FactValues::NoMembers(Bits::new(values)),
            Drawings::Numbers(values) => FactValues::Numbers(values),
            Drawings::Days(values) => FactValues::Days(values),
            Drawings::Choices(values) => FactValues::Choices(values),
            Drawings::Targets(places, _) => FactValues::Targets(places),
        };
        let one = FactColumn::new(&drawn.name, values).valid(Bits::new(valid)).from(drawn.provenance.clone());
        columns.push(match &drawn.counting {
            Some((standard, _)) => {
                one.counting(&policy.vocabulary.standards[*standard].name, Bits::new(counting))
            }
            None => one,
        });
    }
    bulk.decide(&columns, ROWS, threads).map_err(|problem| problem.to_string())
}

/// If a row does not count under a standard by its bitmap, it is decided on as if it had no value under that standard.
#[test]
fn uncounted_values_of_a_row_have_no_effect() {
    let Counts { settled, open, .. } = counted(600, 42, |model| {
        let files = text(model);
        let (policy, evidence) = read(&files);
        let like = evidence.dossiers.iter().find(|dossier| dossier.id == "subject").ok_or("no subject")?;
        let compiled = Forms::new(&policy).of(like.kind, today());
        let Ok(bulk) = Bulk::of(compiled.clone()) else { return Ok(Counts::default()) };
        let mut dice = Dice::of(&files);
        let drawn = draw(&policy, like.kind, &mut dice);
        let outcomes = decide(&bulk, &policy, &drawn, 1)?;
        let mut counts = Counts::default();
        for row in 0..ROWS {
            // The masks under each standard, from dossiers with only the statements that count under it.
            let known = |standard: Option<StandardId>| {
                let mut values = dossier(like, &drawn, row);
                for drawn in &drawn {
                    let Some((of, rows)) = &drawn.counting else { continue };
                    if Some(*of) != standard {
                        continue;
                    }
                    values.statements.retain(|values| values.fact != drawn.fact || rows[row]);
                    for values in values.statements.iter_mut().filter(|values| values.fact == drawn.fact) {
                        values.provenance = Provenance {
                            grade: Grade::parse("A1"),
                            date: Some(today()),
                            ..Provenance::default()
                        };
                    }
                }
                let evidence = Evidence { dossiers: vec![values].into() };
                let case = case(&policy.vocabulary, &evidence, &row.to_string(), today()).unwrap();
                Known::of(&compiled, &case).unwrap().masks
            };
            let standards = policy.vocabulary.standards.ids().map(Some).chain([None]);
            let by_standard: Vec<_> = standards.map(|standard| (standard, known(standard))).collect();
            let mut by_row = bulk.blank();
            for (var, variable) in compiled.variables.iter() {
                let (_, masks) =
                    by_standard.iter().find(|(standard, _)| *standard == variable.standard).unwrap();
                bulk.program().set_cells(&mut by_row, var, masks[var]);
            }
            let of_row = bulk.outcomes(&mut by_row);
            for (assistance, found) in policy.assistance.ids().zip(of_row) {
                if outcomes.outcome(assistance, row) != found {
                    return Err(format!("row {row}: {:?}, not {found:?}", outcomes.outcome(assistance, row)));
                }
                let settled = Truth::from(found != Outcome::Undetermined) == Truth::Yes;
                *(if settled { &mut counts.settled } else { &mut counts.open }) += 1;
            }
        }
        Ok(counts)
    });
    assert!(settled > 2_000 && open > 2_000, "{settled} decided and {open} not: of both sorts?");
}

//! Bulk decisions: a policy that is prepared for many subjects at once.
//!
//! The facts of the subjects come in as columns that are named by the words of facts ([`FactColumn`]), in the Arrow layout.
//! The verdicts on all types of assistance go out as bitplanes ([`Outcomes`]). Rows can also be decided on one by one.
//! A row counts as a dossier that names nobody. *Eligible* and *ineligible* are never wrong. *Undetermined* is exact if
//! [`Bulk::is_exact`] returns true for the type of assistance. Otherwise a single decision
//! ([`decision::decide`](crate::decision::decide)) may settle it or find that it is exact.

mod columns;
mod problem;

pub use columns::{FactColumn, FactValues};
pub use problem::BulkError;

use crate::bitplane::{self, MOST_NODES, Program, Row, Verdicts};
use crate::circuit::{Cone, Masks};
use crate::compiled::{Compiled, EntityRef, Known, VariableKind};
use crate::decision::Outcome;
use crate::id::{AssistanceId, FactId, GateId, RuleId, Table, VarId};
use crate::policy::names::columns as names;
use crate::sorted::{SortedMap, SortedSet};
use std::sync::Arc;

/// A policy that is prepared to decide on many subjects of a kind on a day.
///
/// # Example
/// ```
/// # let text = r#"
/// # policy "Training"
/// #   id training
/// #   version 1
/// #   about group
/// #
/// # assistance training
/// #
/// # kind group
/// #   is neutral : yes or no
/// #   headcount : number of fighters
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// #
/// # requirement size "At least 50 fighters"
/// #   needs the group's headcount is at least 50
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// use placet::bitplane::Bits;
/// use placet::decision::Outcome;
/// use placet::bulk::{Bulk, FactValues, FactColumn};
/// use placet::value::Date;
/// use std::sync::Arc;
///
/// // requirement neutrality "Neutral"
/// //   needs the group is neutral
/// // requirement size "At least 50 fighters"
/// //   needs the group's headcount is at least 50
/// let day = Date::parse("2016-02-15").ok_or("no day")?;
/// let compiled = placet::compiled::compile(&policy, policy.about[0], day);
/// let bulk = Bulk::of(Arc::new(compiled))?;
///
/// // Three groups: of the second it is not known how many fighters it has.
/// let neutral = FactColumn::new("is neutral", FactValues::YesNo(Bits::new(&[0b011])));
/// let headcount = FactColumn::new("headcount", FactValues::Numbers(&[400, 0, 20])).valid(Bits::new(&[0b101]));
/// let outcomes = bulk.decide(&[neutral, headcount], 3, 1)?;
///
/// let training = policy.assistance.ids().next().ok_or("no type")?;
/// let verdicts: Vec<Outcome> = (0..3).map(|row| outcomes.outcome(training, row)).collect();
/// assert_eq!(verdicts, [Outcome::Eligible, Outcome::Undetermined, Outcome::Ineligible]);
/// assert_eq!(outcomes.eligible(training), [0b001]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Bulk {
    compiled: Arc<Compiled>,
    program: Program,
    /// The root of each gate.
    roots: SortedMap<GateId, usize>,
    /// Whether an undetermined verdict is exact, by type of assistance.
    exact: Table<AssistanceId, bool>,
    /// The first numbers of ranges, each with its cell.
    starts: SortedMap<VarId, Vec<(i64, u32)>>,
    /// The possible cells of each variable if a row has no value.
    defaults: Masks,
    /// The variables of each fact that rows can set.
    read: SortedMap<FactId, Vec<VarId>>,
    names: SortedMap<String, Vec<FactId>>,
    with_rules: bool,
}

impl Bulk {
    /// Prepares a compiled policy.
    ///
    /// # Errors
    /// Returns an error if the policy is not in force on its day, or if a condition depends both on an unknown entity
    /// and on a known one, so that every case has to be decided on separately.
    pub fn of(compiled: Arc<Compiled>) -> Result<Bulk, BulkError> {
        Bulk::new(compiled, false)
    }

    /// Prepares a compiled policy so that it also gives the status of every rule; see [`Outcomes::rules`].
    ///
    /// # Errors
    /// Returns the same errors as [`Bulk::of`].
    pub fn with_rules(compiled: Arc<Compiled>) -> Result<Bulk, BulkError> {
        Bulk::new(compiled, true)
    }

    fn new(compiled: Arc<Compiled>, with_rules: bool) -> Result<Bulk, BulkError> {
        let policy = &compiled.policy;
        if !policy.period.contains(compiled.as_of) {
            let (policy, version) = (policy.id.clone(), policy.version.clone());
            return Err(BulkError::NotInForce { policy, version, day: compiled.as_of });
        }
        if !compiled.serves_all {
            return Err(BulkError::OneByOne { policy: policy.id.clone() });
        }
        let mut roots: SortedMap<GateId, usize> = SortedMap::new();
        let mut gates = Vec::new();
        let rules =
            compiled.types.iter().filter(|_| with_rules).flat_map(|(_, due)| &due.rules).map(|(_, met)| *met);
        for gate in compiled.types.iter().map(|(_, due)| due.root).chain(rules) {
            roots.entry(gate).or_insert_with(|| {
                gates.push(gate);
                gates.len() - 1
            });
        }
        let mut possible = compiled.circuit.anything();
        let mut unset = SortedSet::new();
        let mut read: SortedMap<FactId, Vec<VarId>> = SortedMap::new();
        let mut defaults = Masks::new();
        for (var, variable) in compiled.variables.iter() {
            defaults.push(variable.default_cells);
            if is_settable(&compiled, var) {
                read.entry(variable.fact()).or_default().push(var);
            } else {
                unset.insert(var);
                if let Some(possible) = possible.find_mut(var) {
                    *possible = variable.default_cells;
                }
            }
        }
        let program = Program::compile(&compiled.circuit, &gates, &possible, &unset, MOST_NODES);
        let exact = |due: GateId| {
            let is_open = |var: &VarId| possible.find(*var).is_some_and(|mask| mask.count_ones() > 1);
            let cone = Cone::of(&compiled.circuit, due);
            let open: SortedSet<VarId> = cone.vars().iter().copied().filter(is_open).collect();
            roots.get(&due).is_some_and(|root| program.is_exact(*root)) && !compiled.correlated(&open)
        };
        let exact = compiled.types.iter().map(|(_, due)| exact(due.root)).collect();
        let starts = columns::starts(&compiled);
        let names = names(&policy.vocabulary);
        Ok(Bulk { program, roots, exact, starts, defaults, read, names, with_rules, compiled })
    }

    /// Returns the bulk with facts that are known for all subjects, for example about the unity government. They apply
    /// to rows without a value.
    #[must_use]
    pub fn given(self, known: &Known<'_>) -> Bulk {
        let defaults =
            self.defaults.iter().map(|(var, mask)| known.masks.find(var).copied().unwrap_or(*mask));
        Bulk { defaults: defaults.collect(), ..self }
    }

    /// Returns the compiled policy.
    pub fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// Returns the program that evaluates rows.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Decides on the first `rows` rows of some columns, on this many threads. A fact without a column has no value in
    /// any row.
    ///
    /// # Errors
    /// Returns an error if a column is not of a fact that rows can set, has values of another type, has too few rows,
    /// or has an impossible value.
    pub fn decide(
        &self,
        columns: &[FactColumn<'_>],
        rows: usize,
        threads: usize,
    ) -> Result<Outcomes<'_>, BulkError> {
        let fed = self.feed(columns, rows)?;
        let mut columns: SortedMap<VarId, bitplane::Column> =
            self.defaults.iter().map(|(var, mask)| (var, bitplane::Column::nothing(*mask))).collect();
        columns.extend(fed.iter().map(|fed| (fed.var, fed.column())));
        let verdicts = self.program.decide(&columns, rows, threads).map_err(|problem| {
            let name = |var: VarId| self.name(var);
            match problem {
                bitplane::BitplaneError::Short { var, rows } => BulkError::Short { fact: name(var), rows },
                bitplane::BitplaneError::Value { var, row } => BulkError::Value { fact: name(var), row },
            }
        })?;
        Ok(Outcomes { bulk: self, verdicts })
    }

    /// Returns a row with what is known of one subject.
    pub fn row(&self, known: &Known<'_>) -> Row {
        let mut row = self.program.row();
        for (var, mask) in known.masks.iter() {
            self.program.set_cells(&mut row, var, *mask);
        }
        row
    }

    /// Returns a row without values. The possible cells of a variable can be set with [`Program::set_cells`].
    pub fn blank(&self) -> Row {
        let mut row = self.program.row();
        for (var, mask) in self.defaults.iter() {
            self.program.set_cells(&mut row, var, *mask);
        }
        row
    }

    /// Returns the verdicts on a row, in the order of the types of assistance.
    pub fn outcomes(&self, row: &mut Row) -> Vec<Outcome> {
        let answers: Vec<Outcome> = self.program.answers(row).map(Outcome::from).collect();
        let of = |(_, due): (AssistanceId, &crate::compiled::TypeGates)| {
            self.roots.get(&due.root).and_then(|root| answers.get(*root))
        };
        self.compiled.types.iter().map(|due| of(due).copied().unwrap_or(Outcome::Undetermined)).collect()
    }

    /// Returns whether undetermined verdicts for a type of assistance are exact, that is, nothing more follows from the
    /// row. They are not exact if rules use several counts of one list; single decisions may then settle what is left
    /// open here.
    pub fn is_exact(&self, assistance: AssistanceId) -> bool {
        self.exact.find(assistance) == Some(&true)
    }

    /// Returns the variables of a fact that rows can set, by its words. There is one for each evidence standard under
    /// which the fact is read, and more if the policy has more thresholds on a number than a variable has cells.
    pub fn variables(&self, fact: &str) -> Result<&[VarId], BulkError> {
        let fact = self.fact(fact)?;
        Ok(self.read.get(&fact).map_or(&[], Vec::as_slice))
    }

    fn name(&self, var: VarId) -> String {
        let fact = self.compiled.variables[var].fact();
        self.compiled.declared(fact).phrase.clone()
    }
}

/// Returns whether rows can set a variable: it belongs to the subject or to the only entity of a kind.
fn is_settable(compiled: &Compiled, var: VarId) -> bool {
    let variable = &compiled.variables[var];
    let is_known = matches!(compiled.entity_refs[variable.who()], EntityRef::Entity(_));
    let is_number = matches!(variable.cells, crate::compiled::Cells::Within(_));
    match variable.kind {
        VariableKind::Fact { .. } | VariableKind::Further { .. } => is_known,
        VariableKind::Unexpressed { .. } => is_known && is_number,
        VariableKind::Member { .. } | VariableKind::Beyond { .. } => false,
    }
}

/// The verdicts on the rows of a bulk decision.
#[derive(Clone, Debug)]
pub struct Outcomes<'r> {
    bulk: &'r Bulk,
    verdicts: Verdicts,
}

/// The number of verdicts with each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Eligible; for a rule, met.
    pub eligible: usize,
    /// Ineligible; for a rule, failed.
    pub ineligible: usize,
    /// Undetermined; for a rule, open.
    pub undetermined: usize,
}

impl Outcomes<'_> {
    /// Returns the number of rows.
    pub fn rows(&self) -> usize {
        self.verdicts.rows()
    }

    /// Returns the rows that are eligible for a type of assistance: bit *i* of word *j* stands for row 64 *j* + *i*.
    pub fn eligible(&self, assistance: AssistanceId) -> &[u64] {
        self.verdicts.yes(self.root(assistance))
    }

    /// Returns the rows that are ineligible, in the same form.
    pub fn ineligible(&self, assistance: AssistanceId) -> &[u64] {
        self.verdicts.no(self.root(assistance))
    }

    /// Returns the verdict on a row; undetermined if there is no such row.
    pub fn outcome(&self, assistance: AssistanceId, row: usize) -> Outcome {
        self.verdicts.truth(self.root(assistance), row).into()
    }

    /// Returns whether an undetermined verdict is exact; eligible and ineligible always are.
    pub fn is_exact(&self, assistance: AssistanceId) -> bool {
        self.bulk.is_exact(assistance)
    }

    /// Returns the number of verdicts with each outcome.
    pub fn tally(&self, assistance: AssistanceId) -> Tally {
        self.tally_of(self.root(assistance))
    }

    /// Returns the numbers of statuses of each rule that applies to a type of assistance, with waivers counted. The
    /// result shows which rule fails most often. It is empty if the bulk was made without rules.
    pub fn rules(&self, assistance: AssistanceId) -> Vec<(RuleId, Tally)> {
        let rules = self.bulk.compiled.types.find(assistance).map_or(&[][..], |due| &due.rules);
        let tally = |(rule, met): &(RuleId, GateId)| Some((*rule, self.tally_of(*self.bulk.roots.get(met)?)));
        rules.iter().filter(|_| self.bulk.with_rules).filter_map(tally).collect()
    }

    fn tally_of(&self, root: usize) -> Tally {
        let (eligible, ineligible) = self.verdicts.count(root);
        Tally { eligible, ineligible, undetermined: self.rows().saturating_sub(eligible + ineligible) }
    }

    fn root(&self, assistance: AssistanceId) -> usize {
        let due = self.bulk.compiled.types.find(assistance);
        due.and_then(|due| self.bulk.roots.get(&due.root)).copied().unwrap_or(usize::MAX)
    }
}

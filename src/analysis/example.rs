//! A case as a dossier in the language: for each variable that a compiled policy has been put into some cells, the
//! statement that says so, with whomever it takes to say it of.

use crate::circuit::Mask;
use crate::compiled::{Cells, Compiled, Goal, Matter, Somebody, Whom};
use crate::diagram::{MOST_NODES, compile};
use crate::evidence::{About, Claim, Dossier, Member, Provenance, Statement, Target};
use crate::id::{FactId, GateId, Id, KindId, SomebodyId, VarId};
use crate::policy::lexicon::key_of;
use crate::policy::{FactType, Vocabulary};
use crate::span::Span;
use crate::value::{Date, Ranges};
use std::collections::{BTreeMap, BTreeSet};

/// The id of the dossier, which is also that of a scenario's subject.
pub(crate) const SUBJECT: &str = "scenario";

/// The most members that an example makes up.
const MOST_MEMBERS: usize = 64;

/// A variable, and the cells that it is said to be in.
#[derive(Clone, Debug)]
pub(crate) struct Put {
    /// The variable.
    pub var: VarId,
    /// The cells.
    pub cells: Mask,
    /// For a number or date, what is said of it, where it is less than the cells hold.
    pub ranges: Option<Ranges>,
    /// From whom it comes.
    pub provenance: Provenance,
}

/// The dossier that says all this; none where the language cannot, or where it would take more than is made up here.
pub(crate) fn dossier(compiled: &Compiled<'_>, puts: &[Put], as_of: Date) -> Option<Dossier> {
    let mut telling = Telling {
        compiled,
        ids: BTreeMap::new(),
        members: Vec::new(),
        statements: Vec::new(),
        known: BTreeSet::new(),
    };
    telling.all(puts)?;
    let Telling { members, statements, .. } = telling;
    Some(Dossier {
        id: SUBJECT.to_owned(),
        title: String::new(),
        kind: compiled.kind(compiled.subject),
        as_of: Some(as_of),
        known_as: Vec::new(),
        identifiers: Vec::new(),
        notes: Vec::new(),
        statements,
        members,
        uses: Vec::new(),
        hash: String::new(),
        span: Span::default(),
    })
}

struct Telling<'c, 'p> {
    compiled: &'c Compiled<'p>,
    /// Those made up, and what they are called.
    ids: BTreeMap<SomebodyId, String>,
    members: Vec<Member>,
    statements: Vec<Statement>,
    /// Relations already spoken of.
    known: BTreeSet<(String, FactId)>,
}

impl Telling<'_, '_> {
    fn all(&mut self, puts: &[Put]) -> Option<()> {
        let place = |put: &Put| {
            let variable = &self.compiled.variables[put.var];
            (self.distance(variable.who()), variable.who(), variable.fact())
        };
        let mut puts: Vec<Put> = puts.to_vec();
        puts.sort_by_key(place);
        // Whom relations lead to comes first: of them the rest is said.
        for put in &puts {
            if let Cells::Targets(targets) = &self.compiled.variables[put.var].cells {
                let led = targets.get(put.cells.trailing_zeros() as usize).copied()?;
                if let Whom::Other(who) = led {
                    self.make_up(who)?;
                }
            }
        }
        let mut lists: BTreeMap<(SomebodyId, FactId), Vec<&Put>> = BTreeMap::new();
        for put in &puts {
            match self.compiled.variables[put.var].matter {
                Matter::Fact { who, fact } => self.fact(who, fact, put)?,
                Matter::Further { who, list, .. } => lists.entry((who, list)).or_default().push(put),
                Matter::Beyond { who, relation, goal } => self.beyond(who, relation, goal, put)?,
                Matter::Member { .. } | Matter::Unexpressed { .. } => return None,
            }
        }
        lists.into_iter().try_for_each(|((who, list), puts)| self.list(who, list, &puts))
    }

    /// How many steps from somebody known.
    fn distance(&self, who: SomebodyId) -> usize {
        let mut steps = 0;
        let mut at = who;
        while let Somebody::Other { of, .. } | Somebody::Further { of, .. } = self.compiled.somebodies[at] {
            steps += 1;
            at = of;
        }
        steps
    }

    /// Whom a statement is about; none for somebody who is not made up.
    fn about(&self, who: SomebodyId) -> Option<About> {
        match self.compiled.somebodies[who] {
            Somebody::Entity(entity) => {
                let kind = self.compiled.people[entity].kind;
                let is_only = self.compiled.only.get(&kind) == Some(&entity);
                Some(if is_only { About::Only(kind) } else { About::Subject })
            }
            _ => self.ids.get(&who).cloned().map(About::Member),
        }
    }

    fn make_up(&mut self, who: SomebodyId) -> Option<String> {
        if let Some(id) = self.ids.get(&who) {
            return Some(id.clone());
        }
        let id = self.member(self.compiled.kind(who))?;
        self.ids.insert(who, id.clone());
        Some(id)
    }

    fn member(&mut self, kind: KindId) -> Option<String> {
        let declared = &self.compiled.policy.vocabulary.kinds[kind];
        let number = self.members.iter().filter(|member| member.kind == kind).count() + 1;
        if self.members.len() >= MOST_MEMBERS {
            return None;
        }
        let id = format!("{SUBJECT}/{}-{number}", declared.name.to_lowercase().replace(' ', "-"));
        let title = format!("{} {number}", declared.title);
        self.members.push(Member { id: id.clone(), title, kind });
        Some(id)
    }

    fn say(&mut self, about: About, fact: FactId, claim: Claim, provenance: &Provenance) {
        let (provenance, span) = (provenance.clone(), Span::default());
        self.statements.push(Statement { about, fact, claim, provenance, span });
    }

    fn fact(&mut self, who: SomebodyId, fact: FactId, put: &Put) -> Option<()> {
        // What is said of nobody need not be said.
        let Some(about) = self.about(who) else { return Some(()) };
        let cells = &self.compiled.variables[put.var].cells;
        let claim = match cells {
            Cells::YesNo => Claim::YesNo(put.cells & 0b10 != 0),
            Cells::Numbers(_) | Cells::Dates(_) | Cells::Within(_) => {
                let all = put.ranges.clone().unwrap_or_else(|| cells.ranges(put.cells));
                // The language says one range in a sentence.
                let (low, high) = all.ranges().first().copied()?;
                let one = Ranges::between(low, high);
                match self.compiled.declared(fact).r#type {
                    FactType::Date => Claim::Dates(one),
                    _ => Claim::Numbers(one),
                }
            }
            Cells::Values(_) => Claim::Values(u64::try_from(put.cells).ok()?),
            Cells::Targets(targets) => {
                let led = targets.get(put.cells.trailing_zeros() as usize).copied()?;
                self.known.insert((format!("{about:?}"), fact));
                Claim::One(match led {
                    Whom::NoOne => Target::NoOne,
                    Whom::Only(kind) => Target::Only(kind),
                    Whom::Named(_) => return None,
                    Whom::Other(who) => Target::Named(self.ids.get(&who)?.clone()),
                })
            }
            Cells::Counts(_) => return None,
        };
        self.say(about, fact, claim, &put.provenance);
        Some(())
    }

    /// What lies beyond somebody made up: they lead to what is asked for, or to no one.
    fn beyond(&mut self, who: SomebodyId, relation: FactId, goal: Goal, put: &Put) -> Option<()> {
        let Some(about) = self.about(who) else { return Some(()) };
        let target = match (put.cells & 0b10 != 0, goal) {
            (false, _) => Target::NoOne,
            (true, Goal::Is(kind)) => match &self.compiled.declared(relation).r#type {
                FactType::One(kinds) if kinds.contains(&kind) => Target::Only(kind),
                _ => return None,
            },
            (true, Goal::Meets(_)) => return None,
        };
        if self.known.insert((format!("{about:?}"), relation)) {
            self.say(about, relation, Claim::One(target), &put.provenance);
        }
        Some(())
    }

    /// A complete list: as many members as there are to be, each of whom meets what is asked, or does not.
    fn list(&mut self, who: SomebodyId, list: FactId, puts: &[&Put]) -> Option<()> {
        let Some(about) = self.about(who) else { return Some(()) };
        let provenance = &puts.first()?.provenance;
        let FactType::Many(kind) = self.compiled.declared(list).r#type else { return None };
        let (mut total, mut which) = (None, Vec::new());
        for put in puts {
            let count = put.cells.trailing_zeros();
            match self.compiled.variables[put.var].matter {
                Matter::Further { which: None, .. } => total = Some(total.unwrap_or(0).max(count)),
                Matter::Further { which: Some((gate, meets)), .. } => which.push((gate, meets, count)),
                _ => return None,
            }
        }
        let needed: Vec<(GateId, bool, u32)> =
            which.iter().filter(|(.., count)| *count > 0).copied().collect();
        let mut ids = Vec::new();
        match needed.as_slice() {
            [] => {
                for _ in 0..total.unwrap_or(0) {
                    let id = self.member(kind)?;
                    for (gate, meets, _) in &which {
                        self.meet(&id, *gate, !meets, who, list, provenance)?;
                    }
                    ids.push(id);
                }
            }
            [(gate, meets, count)] => {
                for number in 0..total.unwrap_or(*count).max(*count) {
                    let id = self.member(kind)?;
                    self.meet(&id, *gate, (number < *count) == *meets, who, list, provenance)?;
                    ids.push(id);
                }
            }
            _ => return None,
        }
        self.say(about, list, Claim::Members { ids, complete: true }, provenance);
        Some(())
    }

    /// Says of a member what makes a condition on it hold, or fail.
    fn meet(
        &mut self,
        id: &str,
        gate: GateId,
        holds: bool,
        who: SomebodyId,
        list: FactId,
        provenance: &Provenance,
    ) -> Option<()> {
        let circuit = &self.compiled.circuit;
        let diagram = compile(circuit, gate, &circuit.anything(), MOST_NODES)?;
        let way = diagram.way(diagram.root(), holds, |_, _| Some(1))?;
        let further = self.compiled.somebody(Somebody::Further { of: who, list })?;
        for (var, cells) in way.cells {
            let variable = &self.compiled.variables[var];
            let Matter::Fact { who, fact } = variable.matter else { return None };
            // Of others, a condition on a member is not settled by what is said of that member alone.
            if who != further {
                return None;
            }
            let put = Put { var, cells, ranges: None, provenance: provenance.clone() };
            self.ids.insert(further, id.to_owned());
            let said = self.fact(who, fact, &put);
            self.ids.remove(&further);
            said?;
        }
        Some(())
    }
}

/// A dossier in the words of another vocabulary; none where that lacks a fact, a kind or a value that it speaks of.
/// Where they come from is kept only as text.
pub(crate) fn translated(dossier: &Dossier, from: &Vocabulary, to: &Vocabulary) -> Option<Dossier> {
    let kind = |id: KindId| {
        let name = key_of(&from.kinds.find(id)?.name);
        to.kinds.iter().find(|(_, kind)| key_of(&kind.name) == name).map(|(id, _)| id)
    };
    let target = |target: &Target| {
        Some(match target {
            Target::Only(of) => Target::Only(kind(*of)?),
            other => other.clone(),
        })
    };
    let mut statements = Vec::with_capacity(dossier.statements.len());
    for said in &dossier.statements {
        let old = from.facts.find(said.fact)?;
        let of = kind(old.kind)?;
        let same =
            |fact: &crate::policy::Fact| fact.kind == of && key_of(&fact.phrase) == key_of(&old.phrase);
        let (id, new) = to.facts.iter().find(|(_, fact)| same(fact))?;
        if new.definition.is_some() {
            return None;
        }
        let claim = match (&said.claim, &old.r#type, &new.r#type) {
            (Claim::Values(bits), FactType::Choice(ours), FactType::Choice(theirs)) => {
                let mut mask = 0;
                for (_, value) in ours.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1) {
                    mask |= 1 << theirs.iter().position(|other| key_of(other) == key_of(value))?;
                }
                Claim::Values(mask)
            }
            (Claim::One(to), FactType::One(_), FactType::One(_)) => Claim::One(target(to)?),
            (Claim::NotOne(to), FactType::One(_), FactType::One(_)) => Claim::NotOne(target(to)?),
            (claim, FactType::YesNo, FactType::YesNo)
            | (claim, FactType::Number { .. }, FactType::Number { .. })
            | (claim, FactType::Date, FactType::Date)
            | (claim, FactType::Many(_), FactType::Many(_))
            | (claim @ (Claim::Unknown | Claim::Contested), _, _) => claim.clone(),
            _ => return None,
        };
        let about = match &said.about {
            About::Only(of) => About::Only(kind(*of)?),
            other => other.clone(),
        };
        let told =
            said.provenance.source.and_then(|id| from.sources.find(id)).map(|source| source.title.clone());
        let provenance = Provenance {
            source: None,
            lines: String::new(),
            told: told.or_else(|| said.provenance.told.clone()),
            ..said.provenance.clone()
        };
        statements.push(Statement { about, fact: id, claim, provenance, span: Span::default() });
    }
    // Statements in the order in which the facts are declared here, as a dossier of its own would have them.
    statements.sort_by_key(|said| (matches!(said.about, About::Member(_)), said.fact.place()));
    let mut members = Vec::with_capacity(dossier.members.len());
    for member in &dossier.members {
        members.push(Member { kind: kind(member.kind)?, ..member.clone() });
    }
    Some(Dossier { kind: kind(dossier.kind)?, statements, members, ..dossier.clone() })
}

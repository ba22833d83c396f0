//! What is asked of one list, as sentences.

use super::hearing::Hearing;
use crate::circuit::Mask;
use crate::compiled::{JoinedList, Matter};
use crate::id::VarId;
use crate::policy::print::{possessive, series};

impl Hearing<'_> {
    /// That a variable is in one of some cells: of a list, whatever of it that says anything.
    pub(super) fn sentence(&self, var: VarId, mask: Mask) -> String {
        let Some(list) = self.compiled.joined().list(var) else { return self.compiled.sentence(var, mask) };
        self.of_parts(list, &project(list, mask), |part, mask| self.compiled.sentence(part, mask))
    }

    /// What a change puts a list into: some of the cells that would do, in as few statements as possible, and of the
    /// counts that are asked for where these suffice.
    pub(super) fn list_target(&self, list: &JoinedList, target: Mask, asked: &[VarId]) -> String {
        let cells = list.cells.iter().enumerate().filter(|(at, _)| target >> at & 1 == 1);
        let wider = cells.map(|(_, cell)| self.shortest(list, &self.widened(list, cell, target, asked)));
        let fewest = wider.min_by_key(|parts| said(list, parts).count());
        self.of_parts(list, &fewest.unwrap_or_default(), |part, mask| self.target_sentence(part, mask))
    }

    /// As many of a list's cells around one as lie within the target, count by count: first those not asked for.
    fn widened(&self, list: &JoinedList, cell: &[Mask], target: Mask, asked: &[VarId]) -> Vec<Mask> {
        let within = |parts: &[Mask]| list.within(parts) & !target == 0;
        let mut parts = cell.to_vec();
        let mut places: Vec<usize> = (0..parts.len()).collect();
        places.sort_by_key(|place| list.vars.get(*place).is_some_and(|var| asked.contains(var)));
        for place in places {
            let full = list.count(place, list.full());
            for more in [full].into_iter().chain(self.larger(list, place)) {
                let mut wider = parts.clone();
                if let Some(part) = wider.get_mut(place) {
                    *part |= more;
                }
                if within(&wider) {
                    parts = wider;
                }
            }
        }
        parts
    }

    /// The cells of a count one by one, the largest first.
    fn larger(&self, list: &JoinedList, place: usize) -> Vec<Mask> {
        let mut cells: Vec<Mask> = list.cells.iter().filter_map(|cell| cell.get(place)).copied().collect();
        cells.sort_unstable();
        cells.dedup();
        cells.reverse();
        cells
    }

    fn of_parts(
        &self,
        list: &JoinedList,
        parts: &[Mask],
        sentence: impl Fn(VarId, Mask) -> String,
    ) -> String {
        let said: Vec<String> = said(list, &self.shortest(list, parts))
            .map(|(place, mask)| list.vars.get(place).map_or_else(String::new, |part| sentence(*part, mask)))
            .collect();
        match (said.is_empty(), list.vars.first()) {
            (true, Some(part)) => self.compiled.sentence(*part, Mask::MAX),
            _ => said.join("; "),
        }
    }

    /// The parts without what follows from the others.
    fn shortest(&self, list: &JoinedList, parts: &[Mask]) -> Vec<Mask> {
        let mut kept = parts.to_vec();
        let wanted = list.within(parts);
        for place in (0..kept.len()).rev() {
            let mut shorter = kept.clone();
            if let Some(part) = shorter.get_mut(place) {
                *part = list.count(place, list.full());
            }
            if list.within(&shorter) == wanted {
                kept = shorter;
            }
        }
        kept
    }

    /// A list of which several things are asked, in words: `the group's leaders`, `the group's further leaders`.
    pub(super) fn list_words(&self, var: VarId) -> String {
        let variable = self.variable(var);
        let name = possessive(&self.compiled.name(variable.who()));
        format!("{name} {}", self.compiled.further(variable.who(), variable.fact()))
    }

    /// The question about a list of which several things are asked.
    pub(super) fn list_question(&self, var: VarId) -> String {
        let variable = self.variable(var);
        let (who, fact) = (variable.who(), self.compiled.declared(variable.fact()));
        let name = self.compiled.name(who);
        let members = self.member_names(who, &self.known.weighed[var].possible);
        match (members.as_slice(), &fact.question) {
            ([], Some(question)) if self.is_plain(who) => question.clone(),
            ([], _) => self.compiled.policy.vocabulary.question_about(fact, &name),
            (members, _) => {
                let others = series(members, "and");
                format!("Which are {} {} other than {others}, if any?", possessive(&name), fact.phrase)
            }
        }
    }

    /// Whether a list is known to have no further members.
    pub(super) fn is_complete(&self, list: &JoinedList, mask: Mask) -> bool {
        let counts = list.vars.iter().enumerate();
        let mut counts =
            counts.filter(|(_, var)| matches!(self.compiled.variables[**var].matter, Matter::Further { .. }));
        counts.all(|(place, _)| list.count(place, mask) == 1)
    }
}

/// The parts that say anything, by their places.
fn said<'l>(list: &'l JoinedList, parts: &'l [Mask]) -> impl Iterator<Item = (usize, Mask)> {
    let says = |(place, mask): &(usize, Mask)| *mask != list.count(*place, list.full());
    parts.iter().copied().enumerate().filter(says)
}

/// What is left of each count by some cells of a list.
fn project(list: &JoinedList, mask: Mask) -> Vec<Mask> {
    (0..list.vars.len()).map(|place| list.count(place, mask)).collect()
}

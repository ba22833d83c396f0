//! Sentences and questions about joined lists.

use super::evaluation::Evaluation;
use crate::circuit::Mask;
use crate::compiled::{JoinedList, VariableKind};
use crate::evidence::Status;
use crate::id::VarId;
use crate::policy::print::{possessive, series};
use crate::sorted::{sort, sort_by_key};

impl Evaluation<'_> {
    /// Returns the sentence that a variable is in one of some cells. For a list variable, it has one part for each
    /// count that is restricted.
    pub(super) fn sentence(&self, var: VarId, mask: Mask) -> String {
        let Some(list) = self.compiled.joined().list(var) else { return self.compiled.sentence(var, mask) };
        self.of_parts(list, &project(list, mask), |part, mask| self.compiled.sentence(part, mask))
    }

    /// Returns the sentence for the target of a change of a list. It uses as few statements as possible, for some of
    /// the cells in the target, and only counts in `used` if these suffice.
    pub(super) fn list_target(&self, list: &JoinedList, target: Mask, used: &[VarId]) -> String {
        let cells = list.cells.iter().enumerate().filter(|(at, _)| target >> at & 1 == 1);
        let wider = cells.map(|(_, cell)| self.shortest(list, &self.widened(list, cell, target, used)));
        let fewest = wider.min_by_key(|parts| restricted(list, parts).count());
        self.of_parts(list, &fewest.unwrap_or_default(), |part, mask| self.target_sentence(part, mask))
    }

    /// Widens one cell of a list, count by count, as far as the target allows; counts that are not in `used` come
    /// first.
    fn widened(&self, list: &JoinedList, cell: &[Mask], target: Mask, used: &[VarId]) -> Vec<Mask> {
        let within = |parts: &[Mask]| list.within(parts) & !target == 0;
        let mut parts = cell.to_vec();
        let mut places: Vec<usize> = (0..parts.len()).collect();
        sort_by_key(&mut places, |place| list.vars.get(*place).is_some_and(|var| used.contains(var)));
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

    /// Returns the cells of a count one by one, the largest first.
    fn larger(&self, list: &JoinedList, place: usize) -> Vec<Mask> {
        let mut cells: Vec<Mask> = list.cells.iter().filter_map(|cell| cell.get(place)).copied().collect();
        sort(&mut cells);
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
        let sentences: Vec<String> = restricted(list, &self.shortest(list, parts))
            .map(|(place, mask)| list.vars.get(place).map_or_else(String::new, |part| sentence(*part, mask)))
            .collect();
        match (sentences.is_empty(), list.vars.first()) {
            (true, Some(part)) => self.compiled.sentence(*part, Mask::MAX),
            _ => sentences.join("; "),
        }
    }

    /// Drops the parts that follow from the others.
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

    /// Returns the words for a list with several counts: `the group's leaders`, `the group's further leaders`.
    pub(super) fn list_words(&self, var: VarId) -> String {
        let variable = self.variable(var);
        let name = possessive(&self.compiled.name(variable.who()));
        let list = match self.known.status[var] {
            // The question is who the members are, not whether there are others.
            Status::Contested => self.compiled.declared(variable.fact()).phrase.clone(),
            _ => self.compiled.further(variable.who(), variable.fact()),
        };
        format!("{name} {list}")
    }

    /// Returns the question about a list with several counts.
    pub(super) fn list_question(&self, var: VarId) -> String {
        let variable = self.variable(var);
        let (who, fact) = (variable.who(), self.compiled.declared(variable.fact()));
        let name = self.compiled.name(who);
        let members = match self.known.status[var] {
            Status::Contested => Vec::new(),
            _ => self.member_names(who, &self.known.weighed[var].possible),
        };
        match (members.as_slice(), &fact.question) {
            ([], Some(question)) if self.is_plain(who) => question.clone(),
            ([], _) => self.policy.vocabulary.question_about(fact, &name),
            (members, _) => {
                let others = series(members, "and");
                format!("Which are {} {} other than {others}, if any?", possessive(&name), fact.phrase)
            }
        }
    }

    /// Returns whether a list is known to have no further members.
    pub(super) fn is_complete(&self, list: &JoinedList, mask: Mask) -> bool {
        let counts = list.vars.iter().enumerate();
        let mut counts = counts
            .filter(|(_, var)| matches!(self.compiled.variables[**var].kind, VariableKind::Further { .. }));
        counts.all(|(place, _)| list.count(place, mask) == 1)
    }
}

/// Returns the parts that restrict their count, with their places.
fn restricted<'l>(list: &'l JoinedList, parts: &'l [Mask]) -> impl Iterator<Item = (usize, Mask)> {
    let restricts = |(place, mask): &(usize, Mask)| *mask != list.count(*place, list.full());
    parts.iter().copied().enumerate().filter(restricts)
}

/// Returns the cells of each count that are possible within some cells of a list.
fn project(list: &JoinedList, mask: Mask) -> Vec<Mask> {
    (0..list.vars.len()).map(|place| list.count(place, mask)).collect()
}

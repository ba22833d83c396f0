//! The layout of a drawing on a page.
//!
//! There are columns from left to right: definitions, conditions, rules, types of assistance. A rule and its conditions
//! share a row. Rules that lead to the same types are placed together, in the order of the types, so that their lines
//! join before they leave the column, and few lines cross.

mod block;

use super::wrap::{width, wrap};
use super::{Card, Graph, Mark, Sort};
use block::{head_block, part_block, type_block};
use std::collections::BTreeMap;

/// The font sizes of text and of notes.
pub(super) const SIZE: i64 = 13;
pub(super) const SMALL: i64 = 11;
/// The distance between two baselines.
const STEP: i64 = 17;
const SMALL_STEP: i64 = 15;
/// The space below the baseline of a line.
const LOW: i64 = 2;

const MARGIN: i64 = 24;
const READING: i64 = 600;
const DEFINITION: i64 = 260;
const CONDITION: i64 = 400;
const RULE: i64 = 330;
const TYPE: i64 = 200;
/// The space between definitions and the conditions that use them.
const GUTTER: i64 = 60;
/// The space between a condition and its rule.
const NEAR: i64 = 34;
/// The space between rules and types.
const FAR: i64 = 90;
/// The space between rows, and the additional space between rules that lead to different types.
const GAP: i64 = 8;
const GROUP: i64 = 14;
/// The space between a shape and the text in it, on either side.
const SLANT: i64 = 20;
const PAD: i64 = 7;
/// The space for the mark before a condition.
const MARKED: i64 = 16;
const INDENT: i64 = 14;
/// The space between the lines from waivers to rules.
const LANE: i64 = 8;

/// A rectangle on the page.
///
/// # Units
/// Pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Area {
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
}

impl Area {
    pub fn right(self) -> i64 {
        self.x + self.width
    }

    pub fn bottom(self) -> i64 {
        self.y + self.height
    }

    pub fn middle(self) -> i64 {
        self.y + self.height / 2
    }
}

/// The style of a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The word for the sort of card, or a keyword.
    Word,
    /// A title.
    Title,
    /// A condition.
    Plain,
    /// A note.
    Note,
}

/// A symbol before a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// The result.
    Mark(Mark),
    /// A bullet, for one of several conditions.
    Item,
}

/// A line of text, positioned by its baseline.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub x: i64,
    pub y: i64,
    pub look: Look,
    pub sign: Option<Sign>,
    pub text: String,
}

/// Text in a rectangle.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub area: Area,
    pub lines: Vec<Text>,
}

/// A card on the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Placed {
    pub head: Block,
    pub parts: Vec<Block>,
}

/// A drawing with its layout.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub width: i64,
    pub height: i64,
    /// The title and the explanation of the drawing.
    pub top: Vec<Text>,
    /// The cards, in the order of [`Graph::cards`].
    pub cards: Vec<Placed>,
    /// The types, in the order of [`Graph::types`].
    pub types: Vec<Block>,
    /// A block for all types, if there are several and some rule is for all.
    pub all: Option<Block>,
    /// Rules that lead to the same types.
    pub groups: Vec<Group>,
    /// The x coordinate at which the lines of a group meet.
    pub meet: i64,
    /// The x coordinate of the line of each waiver, by the index of its card.
    pub lanes: BTreeMap<usize, i64>,
    /// The heading above the cards that do not affect a verdict.
    pub side_heading: Option<Text>,
}

/// Rules that lead to the same types.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub rules: Vec<usize>,
    /// See [`Card::types`].
    pub types: Option<Vec<usize>>,
}

/// Lays out a drawing.
pub(super) fn page(graph: &Graph) -> Page {
    let levels = levels(graph);
    let deepest = levels.values().max().map_or(0, |level| level + 1);
    let conditions = MARGIN + deepest * (DEFINITION + GUTTER);
    let rules = conditions + CONDITION + NEAR;
    let waivers = graph.cards.iter().filter(|card| card.sort == Sort::Waiver).count();
    let meet = rules + RULE + 22 + LANE * i64::try_from(waivers.min(24)).unwrap_or(0);
    let types = meet + FAR;

    let mut page = Page {
        width: 0,
        height: 0,
        top: Vec::new(),
        cards: graph.cards.iter().map(|_| Placed::default()).collect(),
        types: Vec::new(),
        all: None,
        groups: groups(graph),
        meet,
        lanes: BTreeMap::new(),
        side_heading: None,
    };
    let deep = graph.types.iter().enumerate().map(|(at, _)| depth(graph, at)).max().unwrap_or(0);
    page.width = types + (deep + 1) * 18 + TYPE + MARGIN;
    let top = page.head(graph);
    let mut y = top;
    for at in order(graph, &page.groups) {
        let Some(card) = graph.cards.get(at) else { continue };
        if card.sort.is_beside() && page.side_heading.is_none() {
            y += 2 * GROUP + STEP;
            let has_concerns = graph.cards.iter().any(|card| card.sort == Sort::Concern);
            let text = match has_concerns {
                true => "Concerns, and choices and obligations if the verdict is eligible",
                false => "Choices and obligations if the verdict is eligible",
            };
            let text = text.to_owned();
            page.side_heading = Some(Text { x: conditions, y, look: Look::Title, sign: None, text });
            y += GROUP;
        }
        if page.groups.iter().any(|group| group.rules.first() == Some(&at)) {
            y += GROUP;
        }
        let placed = row(card, conditions, rules, y);
        y = placed.parts.iter().map(|part| part.area.bottom()).fold(placed.head.area.bottom(), i64::max)
            + GAP;
        if let Some(space) = page.cards.get_mut(at) {
            *space = placed;
        }
    }
    for (lane, (at, _)) in
        graph.cards.iter().enumerate().filter(|(_, card)| card.sort == Sort::Waiver).enumerate()
    {
        let lane = i64::try_from(lane % 24).unwrap_or(0);
        page.lanes.insert(at, rules + RULE + 14 + LANE * lane);
    }
    page.define(graph, &levels, conditions, top);
    page.verdicts(graph, types, top);
    let blocks = page.cards.iter().flat_map(|card| card.parts.iter().chain([&card.head]));
    let lowest = blocks.chain(&page.types).map(|block| block.area.bottom()).fold(y, i64::max);
    page.height = lowest + MARGIN;
    page
}

impl Page {
    /// Places the title and the explanation; returns where the rest begins.
    fn head(&mut self, graph: &Graph) -> i64 {
        let mut y = MARGIN;
        // Limit the width to what is comfortable to read, and to the part of a wide drawing that is visible at first.
        let most = (self.width - 2 * MARGIN).min(READING);
        let mut add = |text: &str, look: Look, size: i64, step: i64| {
            for text in wrap(text, size, most) {
                y += step;
                self.top.push(Text { x: MARGIN, y, look, sign: None, text });
            }
        };
        add(&graph.title, Look::Title, 20, 22);
        add(&graph.about, Look::Note, SIZE, STEP);
        let reading = "Read from left to right. A type of assistance is eligible if every rule that leads to it, \
                       or to a type that it belongs to, is passed: a requirement is met, a bar clear, a phase open.";
        add(reading, Look::Note, SMALL, SMALL_STEP);
        let cards = graph.cards.iter().map(|card| &card.outcome);
        if cards.chain(graph.types.iter().map(|drawn| &drawn.outcome)).any(Option::is_some) {
            y += SMALL_STEP + 3;
            let mut x = MARGIN;
            for mark in [Mark::Met, Mark::Failed, Mark::Open, Mark::So, Mark::NotSo] {
                let text = mark.words().to_owned();
                let takes = MARKED + width(&text, SMALL);
                if x + takes > MARGIN + most {
                    (x, y) = (MARGIN, y + SMALL_STEP + 3);
                }
                let sign = Some(Sign::Mark(mark));
                self.top.push(Text { x: x + MARKED, y, look: Look::Note, sign, text });
                x += takes + MARKED;
            }
        }
        y + STEP
    }

    /// Places definitions beside the conditions that use them.
    fn define(&mut self, graph: &Graph, levels: &BTreeMap<usize, i64>, conditions: i64, top: i64) {
        let deepest = levels.values().max().copied().unwrap_or(0);
        for level in 0..=deepest {
            let x = conditions - (level + 1) * (DEFINITION + GUTTER);
            let mut column: Vec<(i64, usize, Placed)> = Vec::new();
            for (at, _) in levels.iter().filter(|(_, of)| **of == level) {
                let Some(card) = graph.cards.get(*at) else { continue };
                let resting = graph.cards.iter().zip(&self.cards).flat_map(|(card, placed)| {
                    let parts = card.parts.iter().zip(&placed.parts);
                    parts.filter(|(part, _)| part.uses.contains(at)).map(|(_, block)| block.area.middle())
                });
                let resting: Vec<i64> = resting.collect();
                let count = i64::try_from(resting.len()).unwrap_or(1).max(1);
                column.push((resting.iter().sum::<i64>() / count, *at, stacked(card, x)));
            }
            column.sort_by_key(|(wanted, at, _)| (*wanted, *at));
            let wanted = column.iter().map(|(wanted, _, placed)| {
                let height = tall(placed);
                (Some(wanted - height / 2), height)
            });
            let tops = spread(&wanted.collect::<Vec<_>>(), top, 2 * GAP);
            for ((_, at, mut placed), y) in column.into_iter().zip(tops) {
                shift(&mut placed, y);
                if let Some(space) = self.cards.get_mut(at) {
                    *space = placed;
                }
            }
        }
    }

    /// Places types of assistance beside the rules that lead to them.
    fn verdicts(&mut self, graph: &Graph, x: i64, top: i64) {
        let for_all = self.groups.iter().any(|group| group.types.is_none());
        let roots = graph.types.iter().filter(|drawn| drawn.parent.is_none()).count();
        let all = for_all && roots > 1;
        let middles: Vec<(Option<Vec<usize>>, i64)> =
            self.groups.iter().map(|group| (group.types.clone(), self.middle(group))).collect();
        let mean = |leads: &dyn Fn(&Option<Vec<usize>>) -> bool| {
            let these: Vec<i64> =
                middles.iter().filter(|(types, _)| leads(types)).map(|(_, middle)| *middle).collect();
            let count = i64::try_from(these.len()).ok().filter(|count| *count > 0)?;
            Some(these.iter().sum::<i64>() / count)
        };
        let mut blocks = Vec::new();
        let mut wanted = Vec::new();
        if all {
            let block = type_block("every type of assistance", None, x);
            wanted
                .push((mean(&|types| types.is_none()).map(|y| y - block.area.height / 2), block.area.height));
            blocks.push(block);
        }
        for (at, drawn) in graph.types.iter().enumerate() {
            let indent = 18 * (depth(graph, at) + i64::from(all));
            let outcome = drawn.outcome.as_ref().map(|(mark, result)| (*mark, result.as_str()));
            let block = type_block(&drawn.name, outcome, x + indent);
            let leads = |types: &Option<Vec<usize>>| match types {
                Some(types) => types.contains(&at),
                None => !all && drawn.parent.is_none(),
            };
            wanted.push((mean(&leads).map(|y| y - block.area.height / 2), block.area.height));
            blocks.push(block);
        }
        let tops = spread(&wanted, top, GAP);
        for (block, y) in blocks.iter_mut().zip(tops) {
            lower(block, y);
        }
        self.all = all.then(|| blocks.remove(0));
        self.types = blocks;
    }

    /// The y coordinate of the line from a group to the types.
    pub fn middle(&self, group: &Group) -> i64 {
        let middles =
            group.rules.iter().filter_map(|at| self.cards.get(*at)).map(|card| card.head.area.middle());
        let (least, most) =
            middles.fold((i64::MAX, i64::MIN), |(least, most), y| (least.min(y), most.max(y)));
        if least > most { 0 } else { i64::midpoint(least, most) }
    }
}

/// The number of ancestors of a type.
pub(super) fn depth(graph: &Graph, at: usize) -> i64 {
    let parents = std::iter::successors(Some(at), |at| graph.types.get(*at)?.parent);
    i64::try_from(parents.count()).unwrap_or(1) - 1
}

/// Groups the rules by the types that they lead to: rules for all types first, then in the order of the types.
fn groups(graph: &Graph) -> Vec<Group> {
    let mut found: BTreeMap<(i64, Option<Vec<usize>>), Vec<usize>> = BTreeMap::new();
    for (at, card) in graph.cards.iter().enumerate().filter(|(_, card)| card.sort.is_rule()) {
        // Rules for all types come first, rules for no type last, and the others by the mean index of their types.
        let place = match &card.types {
            None => -1,
            Some(types) => {
                let sum = types.iter().sum::<usize>().saturating_mul(1000);
                sum.checked_div(types.len()).and_then(|mean| i64::try_from(mean).ok()).unwrap_or(i64::MAX)
            }
        };
        found.entry((place, card.types.clone())).or_default().push(at);
    }
    found.into_iter().map(|((_, types), rules)| Group { rules, types }).collect()
}

/// The cards that have a row, from top to bottom. A waiver is placed below the last rule that it lifts.
fn order(graph: &Graph, groups: &[Group]) -> Vec<usize> {
    let mut rows: Vec<usize> = groups.iter().flat_map(|group| &group.rules).copied().collect();
    let place: BTreeMap<usize, usize> = rows.iter().enumerate().map(|(row, at)| (*at, row)).collect();
    let mut waivers: Vec<(usize, usize)> = Vec::new();
    for (at, card) in graph.cards.iter().enumerate().filter(|(_, card)| card.sort == Sort::Waiver) {
        let last = card.lifts.iter().filter_map(|rule| place.get(rule)).max();
        waivers.push((last.map_or(rows.len(), |row| row + 1), at));
    }
    waivers.sort_unstable();
    for (row, at) in waivers.into_iter().rev() {
        rows.insert(row, at);
    }
    let is_side = |card: &Card| card.sort.is_beside();
    rows.extend(graph.cards.iter().enumerate().filter(|(_, card)| is_side(card)).map(|(at, _)| at));
    rows
}

/// The column of each definition, counted from the conditions: the number of definitions between it and a rule.
fn levels(graph: &Graph) -> BTreeMap<usize, i64> {
    let definitions = graph.cards.iter().enumerate().filter(|(_, card)| card.sort == Sort::Definition);
    let mut levels: BTreeMap<usize, i64> = definitions.map(|(at, _)| (at, 0)).collect();
    // Definitions have no cycles, so this ends.
    for _ in 0..levels.len() {
        let mut moved = false;
        for (at, card) in graph.cards.iter().enumerate() {
            let Some(own) = levels.get(&at).copied() else { continue };
            for used in card.parts.iter().flat_map(|part| &part.uses) {
                if let Some(level) = levels.get_mut(used)
                    && *level <= own
                {
                    *level = own + 1;
                    moved = true;
                }
            }
        }
        if !moved {
            break;
        }
    }
    levels
}

/// Places a rule to the right of its conditions, both centred in the row.
fn row(card: &Card, conditions: i64, rules: i64, y: i64) -> Placed {
    let mut placed = Placed { head: head_block(card, rules, RULE), parts: Vec::new() };
    placed.parts = card.parts.iter().map(|part| part_block(part, conditions, CONDITION)).collect();
    let gaps = 5 * i64::try_from(placed.parts.len().saturating_sub(1)).unwrap_or(0);
    let parts: i64 = placed.parts.iter().map(|part| part.area.height).sum::<i64>() + gaps;
    let height = parts.max(placed.head.area.height);
    let above = (height - placed.head.area.height) / 2;
    lower(&mut placed.head, y + above);
    let mut top = y + (height - parts) / 2;
    for part in &mut placed.parts {
        lower(part, top);
        top = part.area.bottom() + 5;
    }
    placed
}

/// Places a definition above its conditions.
fn stacked(card: &Card, x: i64) -> Placed {
    let head = head_block(card, x, DEFINITION);
    let mut top = head.area.bottom();
    let mut parts = Vec::new();
    for part in &card.parts {
        let mut block = part_block(part, x, DEFINITION);
        lower(&mut block, top);
        top = block.area.bottom();
        parts.push(block);
    }
    Placed { head, parts }
}

fn tall(placed: &Placed) -> i64 {
    placed.head.area.height + placed.parts.iter().map(|part| part.area.height).sum::<i64>()
}

fn shift(placed: &mut Placed, y: i64) {
    for block in [&mut placed.head].into_iter().chain(&mut placed.parts) {
        let to = block.area.y + y;
        lower(block, to);
    }
}

/// Moves a block to a y coordinate.
fn lower(block: &mut Block, y: i64) {
    let by = y - block.area.y;
    block.area.y = y;
    block.lines.iter_mut().for_each(|line| line.y += by);
}

/// The top of each block, as near as possible to its preferred position, in the given order. Blocks that would overlap
/// share the displacement; a block without a preferred position follows the one before.
///
/// # Source
/// The pooling of adjacent violators: M. Ayer and others, An Empirical Distribution Function for Sampling with
/// Incomplete Information, Annals of Mathematical Statistics 26 (1955).
fn spread(wanted: &[(Option<i64>, i64)], top: i64, gap: i64) -> Vec<i64> {
    // For each pool of adjacent blocks: the sum of its preferred starts, the number of blocks with a preference, and
    // the number of blocks.
    let mut pools: Vec<(i64, i64, usize)> = Vec::new();
    let mean = |pool: &(i64, i64, usize)| if pool.1 == 0 { top } else { pool.0.div_euclid(pool.1) };
    let mut before = 0;
    for (at, height) in wanted {
        match (at, pools.last_mut()) {
            (None, Some(last)) => last.2 += 1,
            (None, None) => pools.push((0, 0, 1)),
            (Some(at), _) => pools.push((at - before, 1, 1)),
        }
        while let [.., one, other] = pools.as_slice()
            && mean(one) > mean(other)
        {
            let joined = (one.0 + other.0, one.1 + other.1, one.2 + other.2);
            pools.truncate(pools.len() - 2);
            pools.push(joined);
        }
        before += height + gap;
    }
    let mut tops = Vec::with_capacity(wanted.len());
    let mut before = 0;
    let mut heights = wanted.iter();
    for pool in &pools {
        for (_, height) in heights.by_ref().take(pool.2) {
            tops.push(mean(pool).max(top) + before);
            before += height + gap;
        }
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn spread_moves_only_overlapping_blocks() {
        assert_eq!(spread(&[(Some(10), 10), (Some(100), 10)], 0, 5), [10, 100]);
        // Both want 50, so each moves by the same distance.
        assert_eq!(spread(&[(Some(50), 10), (Some(50), 10)], 0, 0), [45, 55]);
        assert_eq!(spread(&[(None, 10), (Some(0), 10), (None, 10)], 7, 0), [7, 17, 27]);
    }
}

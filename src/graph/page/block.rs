//! Blocks of text: the content of a card, line by line.

use super::super::wrap::{width, wrap};
use super::super::{Card, Mark, Part, Sort};
use super::{
    Area, Block, INDENT, LOW, Look, MARKED, PAD, SIZE, SLANT, SMALL, SMALL_STEP, STEP, Sign, TYPE, Text,
};

/// A block that is filled from the top.
struct Filling {
    block: Block,
    inside: i64,
    most: i64,
}

impl Filling {
    fn new(x: i64, width: i64, inside: i64) -> Filling {
        let area = Area { x, y: 0, width, height: PAD - 3 };
        Filling { block: Block { area, lines: Vec::new() }, inside, most: width - 2 * inside }
    }

    fn add_text(&mut self, text: &str, look: Look, indent: i64, sign: Option<Sign>) {
        let (size, step) = match look {
            Look::Title | Look::Plain => (SIZE, STEP),
            Look::Word | Look::Note => (SMALL, SMALL_STEP),
        };
        let mut sign = sign;
        // Bold text is a little wider.
        let most = if look == Look::Title { (self.most - indent) * 94 / 100 } else { self.most - indent };
        for text in wrap(text, size, most) {
            self.block.area.height += step;
            let (x, y) = (self.block.area.x + self.inside + indent, self.block.area.height - LOW);
            self.block.lines.push(Text { x, y, look, sign: sign.take(), text });
        }
    }

    /// Adds a keyword and the text beside it.
    fn add_keyword_line(&mut self, word: &str, text: &str, sign: Option<Sign>) {
        let before = width(word, SMALL) + 6;
        let top = self.block.area.height;
        self.add_text(text, Look::Plain, before + if sign.is_some() { MARKED } else { 0 }, sign);
        let (x, y) = (self.block.area.x + self.inside, top + STEP - LOW);
        self.block.lines.push(Text { x, y, look: Look::Word, sign: None, text: word.to_owned() });
    }

    fn done(mut self) -> Block {
        self.block.area.height += PAD;
        self.block
    }
}

pub(super) fn head_block(card: &Card, x: i64, width: i64) -> Block {
    let inside = if card.sort == Sort::Definition { PAD + 2 } else { SLANT };
    let mut filling = Filling::new(x, width, inside);
    let word = if card.id.is_empty() {
        card.sort.word().to_owned()
    } else {
        format!("{} {}", card.sort.word(), card.id)
    };
    filling.add_text(&word, Look::Word, 0, None);
    filling.add_text(&card.title, Look::Title, 0, None);
    filling.add_text(&card.notes.join("; "), Look::Note, 0, None);
    if let Some((mark, result)) = &card.outcome {
        filling.add_text(result, Look::Plain, MARKED, Some(Sign::Mark(*mark)));
    }
    filling.done()
}

pub(super) fn part_block(part: &Part, x: i64, most: i64) -> Block {
    let mut filling = Filling::new(x, most, PAD + 3);
    if let [line] = part.lines.as_slice()
        && width(&part.word, SMALL) < most / 4
    {
        filling.add_keyword_line(&part.word, &line.text, line.mark.map(Sign::Mark));
        return filling.done();
    }
    filling.add_text(&part.word, Look::Word, 0, None);
    let several = part.lines.len() > 1;
    for line in &part.lines {
        // Lists nest up to 32 levels deep; levels beyond the eighth are not indented further.
        let depth = i64::try_from(line.depth.min(8)).unwrap_or(0);
        let sign = line.mark.map(Sign::Mark).or(several.then_some(Sign::Item));
        let room = if sign.is_some() { MARKED } else { 0 };
        filling.add_text(&line.text, Look::Plain, room + INDENT * depth, sign);
    }
    filling.done()
}

pub(super) fn type_block(name: &str, outcome: Option<(Mark, &str)>, x: i64) -> Block {
    let mut filling = Filling::new(x, TYPE, SLANT - 6);
    filling.add_text(name, Look::Title, 0, None);
    if let Some((mark, result)) = outcome {
        filling.add_text(result, Look::Plain, MARKED, Some(Sign::Mark(mark)));
    }
    filling.done()
}

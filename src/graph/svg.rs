//! A drawing as SVG: shapes and words, no font, no script, nothing from elsewhere; legible on light and dark, and on
//! paper.

use super::page::{Area, Block, Look, Page, Sign, Text, page};
use super::{Graph, Mark, Sort};
use std::fmt::{self, Display, Formatter, Write as _};

/// Writes a drawing; the same drawing always gives the same bytes.
///
/// Each sort of rule has a shape and its word on it, so that nothing rests on colour alone. Every card is a group with
/// a title of its own, for whoever does not see the page.
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
/// #
/// # requirement neutrality "Neutral"
/// #   needs the group is neutral
/// # "#;
/// # let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
/// # let policy = placet::policy::resolve(&bundle).policy.ok_or("mistakes")?;
/// let graph = placet::graph::graph(&policy, None);
/// let drawing = placet::graph::svg::write(&graph);
/// assert!(drawing.starts_with("<svg "));
/// assert!(drawing.contains(">the group is neutral</text>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(graph: &Graph) -> String {
    let page = page(graph);
    let mut out = String::new();
    // writing to a String cannot fail
    let _ = draw(graph, &page, &mut out);
    out
}

/// Colours, and what else looks the same wherever it is drawn. Paper is light.
const STYLE: &str = "\
text{font-family:Helvetica,Arial,'Liberation Sans',sans-serif;font-size:13px;fill:#1b1b1b}\
.word{font-size:11px;fill:#555}.note{font-size:11px;fill:#555}.title{font-weight:bold}.top{font-size:20px}\
.page{fill:#fff}.part{fill:#fafafa;stroke:#c4c4c4}.line{fill:none;stroke:#8a8a8a;stroke-width:1.2}\
.lifts{fill:none;stroke:#8a5a00;stroke-width:1.4;stroke-dasharray:5 3}.tip{fill:#8a8a8a}.liftstip{fill:#8a5a00}\
.requirement{fill:#eaf2fb;stroke:#1f5fa8;stroke-width:1.5}.bar{fill:#fdecea;stroke:#a3262a;stroke-width:2}\
.phase{fill:#f3ecfb;stroke:#6a3fa0;stroke-width:1.5}.waiver{fill:#fff6e0;stroke:#8a5a00;stroke-width:1.5;stroke-dasharray:5 3}\
.definition{fill:#e9f5ef;stroke:#1d6b4f;stroke-width:1.2}.choice,.obligation{fill:#f1f1f1;stroke:#555;stroke-width:1.2}\
.type{fill:#fff;stroke:#1b1b1b;stroke-width:2}.inner{fill:none;stroke:#a3262a;stroke-width:1}\
.met{fill:none;stroke:#1b7f3b;stroke-width:2}.failed{fill:none;stroke:#b3261e;stroke-width:2}.open{fill:none;stroke:#8a5a00;stroke-width:1.6;stroke-dasharray:2 1.5}\
.so{fill:#555;stroke:#555}.not-so{fill:none;stroke:#555}\
@media screen and (prefers-color-scheme:dark){text{fill:#ececec}.word,.note{fill:#b4b4b4}.page{fill:#15181b}\
.part{fill:#1d2125;stroke:#555b61}.line{stroke:#8f969c}.tip{fill:#8f969c}.lifts{stroke:#e0b050}.liftstip{fill:#e0b050}\
.requirement{fill:#16283b;stroke:#7db3ee}.bar{fill:#3a1a1b;stroke:#f08b86}.phase{fill:#291c3b;stroke:#bb97ee}\
.waiver{fill:#33280f;stroke:#e0b050}.definition{fill:#132c22;stroke:#6fcaa2}.choice,.obligation{fill:#26292d;stroke:#aaa}\
.type{fill:#15181b;stroke:#ececec}.inner{stroke:#f08b86}.met{stroke:#6fd08c}.failed{stroke:#f08b86}.open{stroke:#e0b050}.so{fill:#b4b4b4;stroke:#b4b4b4}.not-so{stroke:#b4b4b4}}\
@media print{:root{width:100%;height:100%}}";

fn draw(graph: &Graph, page: &Page, out: &mut String) -> fmt::Result {
    let (width, height) = (page.width, page.height);
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"graphics-document document\" aria-labelledby=\"placet-title placet-desc\">"
    )?;
    writeln!(out, "<title id=\"placet-title\">{}</title>", Plain(&graph.title))?;
    writeln!(out, "<desc id=\"placet-desc\">{}</desc>", Plain(&description(graph)))?;
    writeln!(out, "<style>{STYLE}</style>")?;
    let tip = "viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\" markerUnits=\"userSpaceOnUse\"";
    writeln!(
        out,
        "<defs><marker id=\"placet-tip\" {tip}><path class=\"tip\" d=\"M0 0L8 4L0 8z\"/></marker>"
    )?;
    writeln!(
        out,
        "<marker id=\"placet-lifts\" {tip}><path class=\"liftstip\" d=\"M0 0L8 4L0 8z\"/></marker></defs>"
    )?;
    writeln!(out, "<rect class=\"page\" width=\"{width}\" height=\"{height}\"/>")?;
    for line in &page.top {
        if line.look == Look::Title {
            writeln!(
                out,
                "<text x=\"{}\" y=\"{}\" class=\"title top\">{}</text>",
                line.x,
                line.y,
                Plain(&line.text)
            )?;
        } else {
            text(line, out)?;
        }
    }
    if let Some(line) = &page.beside {
        text(line, out)?;
    }
    lines(graph, page, out)?;
    for (card, placed) in graph.cards.iter().zip(&page.cards) {
        writeln!(out, "<g role=\"graphics-symbol img\"><title>{}</title>", Plain(&told(card)))?;
        for part in &placed.parts {
            let Area { x, y, width, height } = part.area;
            writeln!(
                out,
                "<rect class=\"part\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
            )?;
        }
        shape(card.sort, placed.head.area, out)?;
        for block in placed.parts.iter().chain([&placed.head]) {
            words(block, out)?;
        }
        writeln!(out, "</g>")?;
    }
    for (block, name, outcome) in
        page.all.iter().map(|block| (block, "every type of assistance", &None)).chain(
            page.types
                .iter()
                .zip(&graph.types)
                .map(|(block, drawn)| (block, drawn.name.as_str(), &drawn.outcome)),
        )
    {
        let said = outcome.as_ref().map(|(_, said)| format!(": {said}")).unwrap_or_default();
        writeln!(out, "<g role=\"graphics-symbol img\"><title>{}</title>", Plain(&format!("{name}{said}")))?;
        let Area { x, y, width, height } = block.area;
        writeln!(
            out,
            "<rect class=\"type\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"14\"/>"
        )?;
        words(block, out)?;
        writeln!(out, "</g>")?;
    }
    writeln!(out, "</svg>")
}

/// What the drawing shows, in a few sentences.
fn description(graph: &Graph) -> String {
    let count = |sort: fn(Sort) -> bool| graph.cards.iter().filter(|card| sort(card.sort)).count();
    let several =
        |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let mut text = format!(
        "{}. {}, {} and {} lead from their conditions to {} of assistance.",
        graph.about,
        several(count(|sort| sort == Sort::Requirement), "requirement", "requirements"),
        several(count(|sort| matches!(sort, Sort::Bar { .. })), "bar", "bars"),
        several(count(|sort| sort == Sort::Phase), "phase", "phases"),
        several(graph.types.len(), "type", "types"),
    );
    for drawn in &graph.types {
        if let Some((_, said)) = &drawn.outcome {
            // writing to a String cannot fail
            let _ = write!(text, " {}: {said}.", drawn.name);
        }
    }
    text
}

/// A card in words.
fn told(card: &super::Card) -> String {
    let id = if card.id.is_empty() { String::new() } else { format!(" {}", card.id) };
    let mut text = format!("{}{id}: {}", card.sort.word(), card.title);
    for note in &card.notes {
        text = format!("{text}, {note}");
    }
    if let Some((_, said)) = &card.outcome {
        text = format!("{text}; {said}");
    }
    for part in &card.parts {
        let lines: Vec<&str> = part.lines.iter().map(|line| line.text.as_str()).collect();
        text = format!("{text}. {} {}", part.word, lines.join("; "));
    }
    text
}

fn lines(graph: &Graph, page: &Page, out: &mut String) -> fmt::Result {
    for (card, placed) in graph.cards.iter().zip(&page.cards) {
        for (part, block) in card.parts.iter().zip(&placed.parts) {
            for definition in part.uses.iter().filter_map(|at| page.cards.get(*at)) {
                let (from, to) = (definition.head.area, block.area);
                curve("line", (from.right(), from.middle()), (to.x, to.middle()), out)?;
            }
            if card.sort != Sort::Definition {
                let (from, to) = (block.area, placed.head.area);
                // Several conditions of one rule arrive beside each other.
                let y = from.middle().clamp(to.y + 8, (to.bottom() - 8).max(to.y + 8));
                curve("line", (from.right(), from.middle()), (to.x, y), out)?;
            }
        }
    }
    for group in &page.groups {
        let Some(types) = &group.types else {
            let all = page.all.iter().collect::<Vec<_>>();
            let roots = graph.types.iter().zip(&page.types).filter(|(drawn, _)| drawn.parent.is_none());
            let to = if all.is_empty() { roots.map(|(_, block)| block).collect() } else { all };
            bundle(page, group, &to, out)?;
            continue;
        };
        let to: Vec<&Block> = types.iter().filter_map(|at| page.types.get(*at)).collect();
        bundle(page, group, &to, out)?;
    }
    let trees = graph.types.iter().zip(&page.types);
    for (drawn, block) in trees {
        let above = match drawn.parent {
            Some(parent) => page.types.get(parent),
            None => page.all.as_ref(),
        };
        if let Some(above) = above {
            let (x, from) = (above.area.x + 9, above.area.bottom());
            let (to, y) = (block.area.x, block.area.middle());
            writeln!(out, "<path class=\"line\" d=\"M{x} {from}V{y}H{to}\"/>")?;
        }
    }
    for (at, x) in &page.lanes {
        let (Some(card), Some(waiver)) = (graph.cards.get(*at), page.cards.get(*at)) else { continue };
        let from = waiver.head.area;
        for to in card.lifts.iter().filter_map(|rule| page.cards.get(*rule)).map(|placed| placed.head.area) {
            let (start, y, right, end) = (from.right(), from.middle(), to.bottom() - 10, to.right() - 2);
            writeln!(
                out,
                "<path class=\"lifts\" marker-end=\"url(#placet-lifts)\" d=\"M{start} {y}H{x}V{right}H{end}\"/>"
            )?;
        }
    }
    Ok(())
}

/// Lines from the rules of a group to where they meet, and on to the types.
fn bundle(page: &Page, group: &super::page::Group, to: &[&Block], out: &mut String) -> fmt::Result {
    if to.is_empty() {
        return Ok(());
    }
    let rules: Vec<Area> =
        group.rules.iter().filter_map(|at| page.cards.get(*at)).map(|placed| placed.head.area).collect();
    let meet = page.meet;
    for rule in &rules {
        writeln!(out, "<path class=\"line\" d=\"M{} {}H{meet}\"/>", rule.right(), rule.middle())?;
    }
    if let [first, .., last] = rules.as_slice() {
        writeln!(out, "<path class=\"line\" d=\"M{meet} {}V{}\"/>", first.middle(), last.middle())?;
    }
    for block in to {
        curve("line", (meet, page.middle(group)), (block.area.x, block.area.middle()), out)?;
    }
    Ok(())
}

fn curve(class: &str, (x, y): (i64, i64), (to, end): (i64, i64), out: &mut String) -> fmt::Result {
    let between = i64::midpoint(x, to);
    writeln!(
        out,
        "<path class=\"{class}\" marker-end=\"url(#placet-tip)\" d=\"M{x} {y}C{between} {y} {between} {end} {to} {end}\"/>"
    )
}

fn shape(sort: Sort, Area { x, y, width, height }: Area, out: &mut String) -> fmt::Result {
    let (right, bottom, middle) = (x + width, y + height, y + height / 2);
    match sort {
        Sort::Definition => {
            writeln!(
                out,
                "<rect class=\"definition\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
            )?;
            let inner = x + 4;
            writeln!(out, "<path class=\"definition\" d=\"M{inner} {y}V{bottom}\"/>")
        }
        Sort::Requirement => {
            writeln!(
                out,
                "<rect class=\"requirement\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"3\"/>"
            )
        }
        Sort::Bar { absolute } => {
            octagon("bar", x, y, right, bottom, 13, out)?;
            if absolute { octagon("inner", x + 4, y + 4, right - 4, bottom - 4, 12, out) } else { Ok(()) }
        }
        Sort::Phase => {
            let tip = right - 14;
            writeln!(out, "<path class=\"phase\" d=\"M{x} {y}H{tip}L{right} {middle}L{tip} {bottom}H{x}z\"/>")
        }
        Sort::Waiver => {
            let round = (height / 2).min(26);
            writeln!(
                out,
                "<rect class=\"waiver\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\"/>"
            )
        }
        Sort::Choice => {
            let (left, tip) = (x + 14, right - 14);
            writeln!(
                out,
                "<path class=\"choice\" d=\"M{x} {middle}L{left} {y}H{tip}L{right} {middle}L{tip} {bottom}H{left}z\"/>"
            )
        }
        Sort::Obligation => {
            let (left, tip) = (x + 14, right - 14);
            writeln!(out, "<path class=\"obligation\" d=\"M{left} {y}H{right}L{tip} {bottom}H{x}z\"/>")
        }
    }
}

fn octagon(class: &str, x: i64, y: i64, right: i64, bottom: i64, cut: i64, out: &mut String) -> fmt::Result {
    let (left, end, top, low) = (x + cut, right - cut, y + cut, bottom - cut);
    writeln!(
        out,
        "<path class=\"{class}\" d=\"M{left} {y}H{end}L{right} {top}V{low}L{end} {bottom}H{left}L{x} {low}V{top}z\"/>"
    )
}

fn words(block: &Block, out: &mut String) -> fmt::Result {
    block.lines.iter().try_for_each(|line| text(line, out))
}

fn text(line: &Text, out: &mut String) -> fmt::Result {
    let Text { x, y, look, sign, text } = line;
    match sign {
        Some(Sign::Mark(mark)) => symbol(*mark, x - 16, y - 10, out)?,
        Some(Sign::Item) => {
            writeln!(out, "<circle class=\"tip\" cx=\"{}\" cy=\"{}\" r=\"2\"/>", x - 8, y - 4)?
        }
        None => {}
    }
    let class = match look {
        Look::Word => " class=\"word\"",
        Look::Title => " class=\"title\"",
        Look::Plain => "",
        Look::Note => " class=\"note\"",
    };
    writeln!(out, "<text x=\"{x}\" y=\"{y}\"{class}>{}</text>", Plain(text))
}

/// A tick, a cross, an open ring, a full square or an empty one, each with its words.
fn symbol(mark: Mark, x: i64, y: i64, out: &mut String) -> fmt::Result {
    let (right, bottom, middle) = (x + 10, y + 10, y + 5);
    let title = mark.words();
    match mark {
        Mark::Met => {
            let (mid, low, up) = (x + 4, y + 9, y + 1);
            writeln!(
                out,
                "<path class=\"met\" d=\"M{x} {middle}L{mid} {low}L{right} {up}\"><title>{title}</title></path>"
            )
        }
        Mark::Failed => writeln!(
            out,
            "<path class=\"failed\" d=\"M{x} {y}L{right} {bottom}M{right} {y}L{x} {bottom}\"><title>{title}</title></path>"
        ),
        Mark::Open => {
            let across = x + 5;
            writeln!(
                out,
                "<circle class=\"open\" cx=\"{across}\" cy=\"{middle}\" r=\"4\"><title>{title}</title></circle>"
            )
        }
        Mark::So | Mark::NotSo => {
            let class = if mark == Mark::So { "so" } else { "not-so" };
            let (left, top) = (x + 2, y + 2);
            writeln!(
                out,
                "<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"7\" height=\"7\"><title>{title}</title></rect>"
            )
        }
    }
}

/// Text in which nothing is markup, and nothing is what XML forbids.
struct Plain<'a>(&'a str);

impl Display for Plain<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\u{fffe}' | '\u{ffff}' => f.write_char('\u{fffd}')?,
                character if character.is_control() => f.write_char(' ')?,
                character => f.write_char(character)?,
            }
        }
        Ok(())
    }
}

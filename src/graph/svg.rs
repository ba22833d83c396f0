//! A drawing as SVG: shapes and text without fonts, scripts or external resources; legible on light and dark
//! backgrounds, and on paper.

use super::page::{Area, Block, Look, Page, Sign, Text, page};
use super::{Graph, Mark, Sort};
use crate::text::{Written, Xml};
use crate::written;
use std::fmt::Write as _;

/// Writes a drawing as SVG. The same drawing always gives the same bytes.
///
/// Each sort of rule has its own shape and shows its name, so that nothing depends on colour alone. Every card is a
/// group with its own title, for screen readers.
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
    let mut out = Written::default();
    draw(graph, &page, &mut out);
    out.into_string()
}

/// Colours and other shared styles. Print uses the light colours.
const STYLE: &str = "\
text{font-family:Helvetica,Arial,'Liberation Sans',sans-serif;font-size:13px;fill:#1b1b1b}\
.word{font-size:11px;fill:#555}.note{font-size:11px;fill:#555}.title{font-weight:bold}.top{font-size:20px}\
.page{fill:#fff}.part{fill:#fafafa;stroke:#c4c4c4}.line{fill:none;stroke:#8a8a8a;stroke-width:1.2}\
.lifts{fill:none;stroke:#8a5a00;stroke-width:1.4;stroke-dasharray:5 3}.tip{fill:#8a8a8a}.liftstip{fill:#8a5a00}\
.requirement{fill:#eaf2fb;stroke:#1f5fa8;stroke-width:1.5}.bar{fill:#fdecea;stroke:#a3262a;stroke-width:2}\
.phase{fill:#f3ecfb;stroke:#6a3fa0;stroke-width:1.5}.waiver{fill:#fff6e0;stroke:#8a5a00;stroke-width:1.5;stroke-dasharray:5 3}\
.definition{fill:#e9f5ef;stroke:#1d6b4f;stroke-width:1.2}.choice,.obligation,.concern{fill:#f1f1f1;stroke:#555;stroke-width:1.2}\
.type{fill:#fff;stroke:#1b1b1b;stroke-width:2}.inner{fill:none;stroke:#a3262a;stroke-width:1}\
.met{fill:none;stroke:#1b7f3b;stroke-width:2}.failed{fill:none;stroke:#b3261e;stroke-width:2}.open{fill:none;stroke:#8a5a00;stroke-width:1.6;stroke-dasharray:2 1.5}\
.so{fill:#555;stroke:#555}.not-so{fill:none;stroke:#555}\
@media screen and (prefers-color-scheme:dark){text{fill:#ececec}.word,.note{fill:#b4b4b4}.page{fill:#15181b}\
.part{fill:#1d2125;stroke:#555b61}.line{stroke:#8f969c}.tip{fill:#8f969c}.lifts{stroke:#e0b050}.liftstip{fill:#e0b050}\
.requirement{fill:#16283b;stroke:#7db3ee}.bar{fill:#3a1a1b;stroke:#f08b86}.phase{fill:#291c3b;stroke:#bb97ee}\
.waiver{fill:#33280f;stroke:#e0b050}.definition{fill:#132c22;stroke:#6fcaa2}.choice,.obligation,.concern{fill:#26292d;stroke:#aaa}\
.type{fill:#15181b;stroke:#ececec}.inner{stroke:#f08b86}.met{stroke:#6fd08c}.failed{stroke:#f08b86}.open{stroke:#e0b050}.so{fill:#b4b4b4;stroke:#b4b4b4}.not-so{stroke:#b4b4b4}}\
@media print{:root{width:100%;height:100%}}";

fn draw(graph: &Graph, page: &Page, out: &mut Written<Xml>) {
    let (width, height) = (page.width, page.height);
    out.add(written!(
        Xml,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" \
         role=\"graphics-document document\" aria-labelledby=\"placet-title placet-desc\">\n",
        width,
        height,
        width,
        height
    ));
    out.add(written!(Xml, "<title id=\"placet-title\">{}</title>\n", graph.title));
    out.add(written!(Xml, "<desc id=\"placet-desc\">{}</desc>\n", description(graph)));
    out.add(written!(Xml, "<style>{}</style>\n", Written::from(STYLE)));
    let tip: Written<Xml> = Written::from(
        "viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\" markerUnits=\"userSpaceOnUse\"",
    );
    out.add(written!(
        Xml,
        "<defs><marker id=\"placet-tip\" {}><path class=\"tip\" d=\"M0 0L8 4L0 8z\"/></marker>\n",
        tip
    ));
    out.add(written!(
        Xml,
        "<marker id=\"placet-lifts\" {}><path class=\"liftstip\" d=\"M0 0L8 4L0 8z\"/></marker></defs>\n",
        tip
    ));
    out.add(written!(Xml, "<rect class=\"page\" width=\"{}\" height=\"{}\"/>\n", width, height));
    for line in &page.top {
        if line.look == Look::Title {
            out.add(written!(
                Xml,
                "<text x=\"{}\" y=\"{}\" class=\"title top\">{}</text>\n",
                line.x,
                line.y,
                line.text
            ));
        } else {
            text(line, out);
        }
    }
    if let Some(line) = &page.side_heading {
        text(line, out);
    }
    lines(graph, page, out);
    for (card, placed) in graph.cards.iter().zip(&page.cards) {
        out.add(written!(Xml, "<g role=\"graphics-symbol img\"><title>{}</title>\n", card_text(card)));
        for part in &placed.parts {
            rect("part", part.area, 0, out);
        }
        shape(card.sort, placed.head.area, out);
        for block in placed.parts.iter().chain([&placed.head]) {
            words(block, out);
        }
        out.add(written!(Xml, "</g>\n"));
    }
    for (block, name, outcome) in
        page.all.iter().map(|block| (block, "every type of assistance", &None)).chain(
            page.types
                .iter()
                .zip(&graph.types)
                .map(|(block, drawn)| (block, drawn.name.as_str(), &drawn.outcome)),
        )
    {
        let result = outcome.as_ref().map(|(_, result)| format!(": {result}")).unwrap_or_default();
        out.add(written!(
            Xml,
            "<g role=\"graphics-symbol img\"><title>{}</title>\n",
            format!("{name}{result}")
        ));
        rect("type", block.area, 14, out);
        words(block, out);
        out.add(written!(Xml, "</g>\n"));
    }
    out.add(written!(Xml, "</svg>\n"))
}

/// Describes the drawing in a few sentences.
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
        if let Some((_, result)) = &drawn.outcome {
            // Writing to a `String` cannot fail.
            let _ = write!(text, " {}: {result}.", drawn.name);
        }
    }
    text
}

/// Describes a card in words.
fn card_text(card: &super::Card) -> String {
    let id = if card.id.is_empty() { String::new() } else { format!(" {}", card.id) };
    let mut text = format!("{}{id}: {}", card.sort.word(), card.title);
    for note in &card.notes {
        text = format!("{text}, {note}");
    }
    if let Some((_, result)) = &card.outcome {
        text = format!("{text}; {result}");
    }
    for part in &card.parts {
        let lines: Vec<&str> = part.lines.iter().map(|line| line.text.as_str()).collect();
        text = format!("{text}. {} {}", part.word, lines.join("; "));
    }
    text
}

fn lines(graph: &Graph, page: &Page, out: &mut Written<Xml>) {
    for (card, placed) in graph.cards.iter().zip(&page.cards) {
        for (part, block) in card.parts.iter().zip(&placed.parts) {
            for definition in part.uses.iter().filter_map(|at| page.cards.get(*at)) {
                let (from, to) = (definition.head.area, block.area);
                curve("line", (from.right(), from.middle()), (to.x, to.middle()), out);
            }
            if card.sort != Sort::Definition {
                let (from, to) = (block.area, placed.head.area);
                // The lines of several conditions of one rule arrive at different heights.
                let y = from.middle().clamp(to.y + 8, (to.bottom() - 8).max(to.y + 8));
                curve("line", (from.right(), from.middle()), (to.x, y), out);
            }
        }
    }
    for group in &page.groups {
        let Some(types) = &group.types else {
            let all = page.all.iter().collect::<Vec<_>>();
            let roots = graph.types.iter().zip(&page.types).filter(|(drawn, _)| drawn.parent.is_none());
            let to = if all.is_empty() { roots.map(|(_, block)| block).collect() } else { all };
            bundle(page, group, &to, out);
            continue;
        };
        let to: Vec<&Block> = types.iter().filter_map(|at| page.types.get(*at)).collect();
        bundle(page, group, &to, out);
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
            out.add(written!(Xml, "<path class=\"line\" d=\"M{} {}V{}H{}\"/>\n", x, from, y, to));
        }
    }
    for (at, x) in &page.lanes {
        let (Some(card), Some(waiver)) = (graph.cards.get(*at), page.cards.get(*at)) else { continue };
        let from = waiver.head.area;
        for to in card.lifts.iter().filter_map(|rule| page.cards.get(*rule)).map(|placed| placed.head.area) {
            let (start, y, right, end) = (from.right(), from.middle(), to.bottom() - 10, to.right() - 2);
            out.add(written!(
                Xml,
                "<path class=\"lifts\" marker-end=\"url(#placet-lifts)\" d=\"M{} {}H{}V{}H{}\"/>\n",
                start,
                y,
                x,
                right,
                end
            ));
        }
    }
}

/// Draws lines from the rules of a group to where they meet, and from there to the types.
fn bundle(page: &Page, group: &super::page::Group, to: &[&Block], out: &mut Written<Xml>) {
    if to.is_empty() {
        return;
    }
    let rules: Vec<Area> =
        group.rules.iter().filter_map(|at| page.cards.get(*at)).map(|placed| placed.head.area).collect();
    let meet = page.meet;
    for rule in &rules {
        out.add(written!(Xml, "<path class=\"line\" d=\"M{} {}H{}\"/>\n", rule.right(), rule.middle(), meet));
    }
    if let [first, .., last] = rules.as_slice() {
        out.add(written!(
            Xml,
            "<path class=\"line\" d=\"M{} {}V{}\"/>\n",
            meet,
            first.middle(),
            last.middle()
        ));
    }
    for block in to {
        curve("line", (meet, page.middle(group)), (block.area.x, block.area.middle()), out);
    }
}

fn curve(class: &'static str, (x, y): (i64, i64), (to, end): (i64, i64), out: &mut Written<Xml>) {
    let between = i64::midpoint(x, to);
    out.add(written!(
        Xml,
        "<path class=\"{}\" marker-end=\"url(#placet-tip)\" d=\"M{} {}C{} {} {} {} {} {}\"/>\n",
        class,
        x,
        y,
        between,
        y,
        between,
        end,
        to,
        end
    ))
}

/// Draws a rectangle whose corners have this radius.
fn rect(class: &'static str, Area { x, y, width, height }: Area, round: i64, out: &mut Written<Xml>) {
    let corners = if round == 0 { Written::default() } else { written!(Xml, " rx=\"{}\"", round) };
    out.add(written!(
        Xml,
        "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}/>\n",
        class,
        x,
        y,
        width,
        height,
        corners
    ))
}

fn shape(sort: Sort, area: Area, out: &mut Written<Xml>) {
    let Area { x, y, width, height } = area;
    let (right, bottom, middle) = (x + width, y + height, y + height / 2);
    match sort {
        Sort::Definition => {
            rect("definition", area, 0, out);
            let inner = x + 4;
            out.add(written!(Xml, "<path class=\"definition\" d=\"M{} {}V{}\"/>\n", inner, y, bottom))
        }
        Sort::Requirement => rect("requirement", area, 3, out),
        Sort::Bar { absolute } => {
            octagon("bar", x, y, right, bottom, 13, out);
            if absolute {
                octagon("inner", x + 4, y + 4, right - 4, bottom - 4, 12, out);
            }
        }
        Sort::Phase => {
            let tip = right - 14;
            out.add(written!(
                Xml,
                "<path class=\"phase\" d=\"M{} {}H{}L{} {}L{} {}H{}z\"/>\n",
                x,
                y,
                tip,
                right,
                middle,
                tip,
                bottom,
                x
            ))
        }
        Sort::Waiver => {
            let round = (height / 2).min(26);
            rect("waiver", area, round, out)
        }
        Sort::Choice => {
            let (left, tip) = (x + 14, right - 14);
            out.add(written!(
                Xml,
                "<path class=\"choice\" d=\"M{} {}L{} {}H{}L{} {}L{} {}H{}z\"/>\n",
                x,
                middle,
                left,
                y,
                tip,
                right,
                middle,
                tip,
                bottom,
                left
            ))
        }
        Sort::Concern => {
            let (fold, corner) = (right - 14, y + 14);
            out.add(written!(
                Xml,
                "<path class=\"concern\" d=\"M{} {}H{}L{} {}V{}H{}z\"/>\n",
                x,
                y,
                fold,
                right,
                corner,
                bottom,
                x
            ))
        }
        Sort::Obligation => {
            let (left, tip) = (x + 14, right - 14);
            out.add(written!(
                Xml,
                "<path class=\"obligation\" d=\"M{} {}H{}L{} {}H{}z\"/>\n",
                left,
                y,
                right,
                tip,
                bottom,
                x
            ))
        }
    }
}

fn octagon(class: &'static str, x: i64, y: i64, right: i64, bottom: i64, cut: i64, out: &mut Written<Xml>) {
    let (left, end, top, low) = (x + cut, right - cut, y + cut, bottom - cut);
    out.add(written!(
        Xml,
        "<path class=\"{}\" d=\"M{} {}H{}L{} {}V{}L{} {}H{}L{} {}V{}z\"/>\n",
        class,
        left,
        y,
        end,
        right,
        top,
        low,
        end,
        bottom,
        left,
        x,
        low,
        top
    ))
}

fn words(block: &Block, out: &mut Written<Xml>) {
    block.lines.iter().for_each(|line| text(line, out))
}

fn text(line: &Text, out: &mut Written<Xml>) {
    let Text { x, y, look, sign, text } = line;
    match sign {
        Some(Sign::Mark(mark)) => symbol(*mark, x - 16, y - 10, out),
        Some(Sign::Item) => {
            out.add(written!(Xml, "<circle class=\"tip\" cx=\"{}\" cy=\"{}\" r=\"2\"/>\n", x - 8, y - 4))
        }
        None => {}
    }
    let class = Written::from(match look {
        Look::Word => " class=\"word\"",
        Look::Title => " class=\"title\"",
        Look::Plain => "",
        Look::Note => " class=\"note\"",
    });
    out.add(written!(Xml, "<text x=\"{}\" y=\"{}\"{}>{}</text>\n", x, y, class, text))
}

/// Draws a tick, a cross, an open ring, a full square or an empty square, each with its meaning as a title.
fn symbol(mark: Mark, x: i64, y: i64, out: &mut Written<Xml>) {
    let (right, bottom, middle) = (x + 10, y + 10, y + 5);
    let title = mark.words();
    match mark {
        Mark::Met => {
            let (mid, low, up) = (x + 4, y + 9, y + 1);
            out.add(written!(
                Xml,
                "<path class=\"met\" d=\"M{} {}L{} {}L{} {}\"><title>{}</title></path>\n",
                x,
                middle,
                mid,
                low,
                right,
                up,
                title
            ))
        }
        Mark::Failed => out.add(written!(
            Xml,
            "<path class=\"failed\" d=\"M{} {}L{} {}M{} {}L{} {}\"><title>{}</title></path>\n",
            x,
            y,
            right,
            bottom,
            right,
            y,
            x,
            bottom,
            title
        )),
        Mark::Open => {
            let across = x + 5;
            out.add(written!(
                Xml,
                "<circle class=\"open\" cx=\"{}\" cy=\"{}\" r=\"4\"><title>{}</title></circle>\n",
                across,
                middle,
                title
            ))
        }
        Mark::So | Mark::NotSo => {
            let class = if mark == Mark::So { "so" } else { "not-so" };
            let (left, top) = (x + 2, y + 2);
            out.add(written!(
                Xml,
                "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"7\" height=\"7\"><title>{}</title></rect>\n",
                class,
                left,
                top,
                title
            ))
        }
    }
}

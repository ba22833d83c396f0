//! A drawing in the language of Graphviz, for a different layout or different colours.

use super::{Card, Graph, Sort};
use crate::text::{Format, Written, shown};
use crate::written;
use std::borrow::Cow;

/// Writes a drawing as a directed graph: definitions, conditions, rules, types of assistance.
///
/// To draw it: `placet graph policy.placet --format dot | dot -Tsvg`.
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
/// let text = placet::graph::dot::write(&graph);
/// assert!(text.starts_with("digraph policy {"));
/// assert!(text.contains("card0 -> type0"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(graph: &Graph) -> String {
    let mut out = Written::default();
    draw(graph, &mut out);
    out.into_string()
}

/// The format of a quoted string: a backslash begins an escape in it, and an ampersand an entity.
enum Dot {}

impl Format for Dot {
    fn escape(text: &str) -> Cow<'_, str> {
        let shown = shown(text);
        if !shown.contains(['"', '\\', '&']) {
            return shown;
        }
        Cow::Owned(shown.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;"))
    }
}

fn draw(graph: &Graph, out: &mut Written<Dot>) {
    out.add("digraph policy {\n");
    out.add(written!(Dot, "  label=\"{}\\n{}\";\n", graph.title, graph.about));
    out.add("  labelloc=t; rankdir=LR; ranksep=0.6; nodesep=0.15;\n");
    out.add("  node [fontname=\"Helvetica\", fontsize=11]; edge [arrowsize=0.6];\n");
    for (at, card) in graph.cards.iter().enumerate() {
        let (shape, style) = shape(card.sort);
        let label = label(card);
        out.add(written!(Dot, "  card{} [shape={}, style=\"{}\", label=\"{}\"];\n", at, shape, style, label));
        for (number, part) in card.parts.iter().enumerate() {
            let mut text = written!(Dot, "{}\\l", part.word);
            for line in &part.lines {
                let indent = " ".repeat(2 * line.depth.min(8) + 2);
                let mark = line.mark.map(|mark| format!("[{}] ", mark.words())).unwrap_or_default();
                text.add(written!(Dot, "{}{}{}\\l", indent, mark, line.text));
            }
            out.add(written!(Dot, "  card{}part{} [shape=note, label=\"{}\"];\n", at, number, text));
            out.add(written!(Dot, "  card{}part{} -> card{};\n", at, number, at));
            for definition in &part.uses {
                out.add(written!(Dot, "  card{} -> card{}part{};\n", definition, at, number));
            }
        }
        for rule in &card.lifts {
            out.add(written!(
                Dot,
                "  card{} -> card{} [style=dashed, label=\"lifts\", constraint=false];\n",
                at,
                rule
            ));
        }
    }
    for (at, drawn) in graph.types.iter().enumerate() {
        let outcome = drawn.outcome.as_ref();
        let outcome = outcome.map(|(_, result)| written!(Dot, "\\n{}", result)).unwrap_or_default();
        out.add(written!(
            Dot,
            "  type{} [shape=box, style=\"rounded,bold\", label=\"{}{}\"];\n",
            at,
            drawn.name,
            outcome
        ));
        if let Some(parent) = drawn.parent {
            out.add(written!(Dot, "  type{} -> type{} [arrowhead=none];\n", parent, at));
        }
    }
    for (at, card) in graph.cards.iter().enumerate().filter(|(_, card)| card.sort.is_rule()) {
        let roots =
            || graph.types.iter().enumerate().filter(|(_, drawn)| drawn.parent.is_none()).map(|(at, _)| at);
        for to in card.types.clone().unwrap_or_else(|| roots().collect()) {
            out.add(written!(Dot, "  card{} -> type{};\n", at, to));
        }
    }
    out.add("}\n");
}

fn shape(sort: Sort) -> (&'static str, &'static str) {
    match sort {
        Sort::Definition => ("component", "solid"),
        Sort::Requirement => ("box", "solid"),
        Sort::Bar { absolute: false } => ("octagon", "solid"),
        Sort::Bar { absolute: true } => ("doubleoctagon", "solid"),
        Sort::Phase => ("cds", "solid"),
        Sort::Waiver => ("box", "rounded,dashed"),
        Sort::Choice => ("hexagon", "solid"),
        Sort::Obligation => ("parallelogram", "solid"),
        Sort::Concern => ("note", "solid"),
    }
}

fn label(card: &Card) -> Written<Dot> {
    let id = if card.id.is_empty() { String::new() } else { format!(" {}", card.id) };
    let mut label = written!(Dot, "{}{}\\n{}", card.sort.word(), id, card.title);
    card.notes.iter().for_each(|note| label.add(written!(Dot, "\\n{}", note)));
    if let Some((_, result)) = &card.outcome {
        label.add(written!(Dot, "\\n{}", result));
    }
    label
}

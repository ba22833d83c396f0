//! A drawing in the language of Graphviz, for who wants another layout or other colours.

use super::{Card, Graph, Sort};
use std::fmt::{self, Write as _};

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
    let mut out = String::new();
    // writing to a String cannot fail
    let _ = draw(graph, &mut out);
    out
}

fn draw(graph: &Graph, out: &mut String) -> fmt::Result {
    writeln!(out, "digraph policy {{")?;
    writeln!(out, "  label=\"{}\\n{}\";", quoted(&graph.title), quoted(&graph.about))?;
    writeln!(out, "  labelloc=t; rankdir=LR; ranksep=0.6; nodesep=0.15;")?;
    writeln!(out, "  node [fontname=\"Helvetica\", fontsize=11]; edge [arrowsize=0.6];")?;
    for (at, card) in graph.cards.iter().enumerate() {
        let (shape, style) = shape(card.sort);
        writeln!(out, "  card{at} [shape={shape}, style=\"{style}\", label=\"{}\"];", label(card))?;
        for (number, part) in card.parts.iter().enumerate() {
            let mut text = format!("{}\\l", quoted(&part.word));
            for line in &part.lines {
                let indent = " ".repeat(2 * line.depth.min(8) + 2);
                let mark = line.mark.map(|mark| format!("[{}] ", mark.words())).unwrap_or_default();
                write!(text, "{indent}{mark}{}\\l", quoted(&line.text))?;
            }
            writeln!(out, "  card{at}part{number} [shape=note, label=\"{text}\"];")?;
            writeln!(out, "  card{at}part{number} -> card{at};")?;
            for definition in &part.uses {
                writeln!(out, "  card{definition} -> card{at}part{number};")?;
            }
        }
        for rule in &card.lifts {
            writeln!(out, "  card{at} -> card{rule} [style=dashed, label=\"lifts\", constraint=false];")?;
        }
    }
    for (at, drawn) in graph.types.iter().enumerate() {
        let outcome =
            drawn.outcome.as_ref().map(|(_, said)| format!("\\n{}", quoted(said))).unwrap_or_default();
        writeln!(
            out,
            "  type{at} [shape=box, style=\"rounded,bold\", label=\"{}{outcome}\"];",
            quoted(&drawn.name)
        )?;
        if let Some(parent) = drawn.parent {
            writeln!(out, "  type{parent} -> type{at} [arrowhead=none];")?;
        }
    }
    for (at, card) in graph.cards.iter().enumerate().filter(|(_, card)| card.sort.is_rule()) {
        let roots =
            || graph.types.iter().enumerate().filter(|(_, drawn)| drawn.parent.is_none()).map(|(at, _)| at);
        for to in card.types.clone().unwrap_or_else(|| roots().collect()) {
            writeln!(out, "  card{at} -> type{to};")?;
        }
    }
    writeln!(out, "}}")
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
    }
}

fn label(card: &Card) -> String {
    let id = if card.id.is_empty() { String::new() } else { format!(" {}", quoted(&card.id)) };
    let outcome = card.outcome.as_ref().map(|(_, said)| format!("\\n{}", quoted(said))).unwrap_or_default();
    let notes: String = card.notes.iter().map(|note| format!("\\n{}", quoted(note))).collect();
    format!("{}{id}\\n{}{notes}{outcome}", card.sort.word(), quoted(&card.title))
}

/// Text inside quotes, in which nothing is an escape.
fn quoted(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut quoted, character| {
        if matches!(character, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(if character.is_control() { ' ' } else { character });
        quoted
    })
}

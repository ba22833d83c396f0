//! Properties that hold for the text of any file.

use placet::diagnostic::Diagnostic;
use placet::span::{FileId, Sources, Span};
use placet::syntax::{self, Block, MOST_PROBLEMS};
use placet::wire::diagnostics;

/// Reads bytes as a file of the language and writes it in its canonical form: nothing is lost, and formatting it again
/// changes nothing.
///
/// # Panics
/// If that does not hold.
pub fn check(bytes: &[u8]) {
    let text = match syntax::read_bytes("a.placet", bytes) {
        Ok(text) => text,
        Err(unreadable) => return assert!(!unreadable.to_string().is_empty()),
    };
    let text = text.as_ref();
    let file = syntax::parse(FileId(0), text);
    let mut sources = Sources::default();
    sources.add("a.placet", text);
    check_findings(&file.problems, &sources);
    assert!(file.problems.len() <= MOST_PROBLEMS + 1);
    assert_eq!(file.layout.pieces(text).collect::<String>(), text, "the pieces are the file");
    let once = syntax::format(&file, text);
    let again = syntax::parse(FileId(0), &once);
    assert_eq!(syntax::format(&again, &once), once, "what is in order is left as it is");
    assert_eq!(meaning(&again.blocks), meaning(&file.blocks), "the meaning stays");
    assert_eq!(codes(&again.problems), codes(&file.problems), "the problems stay");
    assert_eq!(written(&once), written(text), "every character stays");
}

/// Checks that the spans of findings are valid, and that findings can be written.
///
/// # Panics
/// If that does not hold.
pub fn check_findings(found: &[Diagnostic], sources: &Sources) {
    let is_there = |span: Span| {
        let text = sources.text(span.file);
        // In a file that is not valid text, the finding is at the first invalid byte, right behind the valid text.
        let behind = span.start as usize == text.len() && span.range().len() == 1;
        assert!(behind || text.get(span.range()).is_some(), "{span:?}");
    };
    for finding in found {
        is_there(finding.span);
        finding.labels.iter().for_each(|label| is_there(label.span));
        finding.fix.iter().for_each(|fix| is_there(fix.span));
        assert!(!finding.message.is_empty() && finding.code.len() == 5);
    }
    if !found.is_empty() {
        assert!(diagnostics::write(found, sources).contains(found[0].code));
        assert!(diagnostics::write_sarif(found, sources).contains(found[0].code));
    }
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.code).collect()
}

/// The content of blocks, without spans.
fn meaning(blocks: &[Block]) -> String {
    let printed = format!("{blocks:?}");
    let mut parts = printed.split("Span { file: FileId(0), start: ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |meaning, part| meaning + part.split_once('}').map_or(part, |(_, rest)| rest))
}

/// The characters of a text that are not whitespace, including comments.
fn written(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace() && *character != '\u{feff}').collect()
}

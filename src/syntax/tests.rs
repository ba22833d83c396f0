//! Whole files, good and bad.

use super::*;
use proptest::prelude::*;
use std::fmt::Write;

/// The problems of a text, one a line: place, code, message.
fn problems(text: &str) -> String {
    let file = parse(FileId(0), text);
    file.problems.iter().fold(String::new(), |mut lines, problem| {
        let place = crate::span::position(text, problem.span.start as usize);
        writeln!(lines, "{place} {} {}", problem.code, problem.message).unwrap();
        lines
    })
}

/// The examples of the language reference in fences of a kind.
fn examples(kind: &str) -> Vec<String> {
    let reference = include_str!("../../rules/LANGUAGE.md");
    reference
        .split("\n```")
        .filter_map(|part| part.strip_prefix(kind)?.strip_prefix('\n'))
        .map(|text| format!("{text}\n"))
        .collect()
}

#[test]
fn the_examples_of_the_reference_are_well_formed() {
    let examples = examples("placet");
    assert!(examples.len() >= 7, "{}", examples.len());
    for example in examples {
        assert_eq!(problems(&example), "", "{example}");
    }
}

/// What a file means, without its places.
fn meaning(text: &str) -> String {
    let printed = format!("{:?}", parse(FileId(0), text).blocks);
    let mut parts = printed.split("Span {");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |meaning, part| meaning + part.split_once('}').unwrap().1)
}

fn formatted(text: &str) -> String {
    format(&parse(FileId(0), text), text)
}

/// What must hold of any text.
fn check(text: &str) {
    let file = parse(FileId(0), text);
    assert_eq!(file.layout.pieces(text).collect::<String>(), text, "lossless");
    let once = format(&file, text);
    assert_eq!(formatted(&once), once, "idempotent, from {text:?}");
    assert_eq!(meaning(&once), meaning(text), "meaning, {once:?} from {text:?}");
    assert_eq!(comments(&once), comments(text), "comments");
    let codes =
        |text: &str| parse(FileId(0), text).problems.iter().map(|problem| problem.code).collect::<Vec<_>>();
    assert_eq!(codes(&once), codes(text), "problems");
}

fn comments(text: &str) -> Vec<String> {
    let file = parse(FileId(0), text);
    let comment = |line: &layout::Line| {
        text.get(line.comment.range()).unwrap().trim_end_matches([' ', '\t']).to_owned()
    };
    file.layout.lines.iter().map(comment).filter(|comment| !comment.is_empty()).collect()
}

#[test]
fn the_examples_of_the_reference_are_canonical() {
    for example in examples("placet") {
        assert_eq!(formatted(&example), example);
        check(&example);
    }
}

/// Lines made of what lines are made of, well and badly.
fn fragment() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "policy",
        "source",
        "kind",
        "definition",
        "assistance",
        "requirement",
        "bar",
        "waiver",
        "phase",
        "choice",
        "obligation",
        "evidence standard",
        "dossier",
        "scenario",
        "use",
        "needs",
        "when",
        "unless",
        "for",
        "on",
        "in force from",
        "until",
        "cite",
        "remedy",
        "note",
        "lifts",
        "opens",
        "reached when",
        "otherwise",
        "given",
        "expect",
        "as of",
        "about",
        "id",
        "all of",
        "any of",
        "at least 2 of",
        "and",
        "or",
        "between",
        "one of",
        "the group",
        "is loyal",
        "is",
        "fa16",
        "line 13",
        "lines 1 to 4",
        "stated",
        "yes or no",
        "number of",
        "date",
        "from",
        "rated C3",
        "a rival",
        "\"a text\"",
        "\"",
        ",",
        ":",
        "1",
        "8,000",
        "2016-02-01",
        "2016-02-30",
        "-",
        "- ",
        "# why",
        "(",
        "\t",
        "é",
        "neds",
        "99999999999999999999",
        "\u{202E}",
        "\r",
        ".",
        ", stated",
    ]);
    let indent = prop::sample::select(vec![
        "", "", "", "  ", "  ", "  ", "    ", "      ", "   ", "\t", "- ", "  - ", "      - ",
    ]);
    let ending = prop::sample::select(vec![
        "\n",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "  # so\n",
        "\n# so\n",
        "\n    # so\n",
        " \n\n\n",
    ]);
    (indent, prop::collection::vec(word, 0..7), ending)
        .prop_map(|(indent, words, ending)| format!("{indent}{}{ending}", words.join(" ")))
}

/// A good file, indented and interrupted at will.
fn loosened() -> impl Strategy<Value = String> {
    let examples = examples("placet");
    let noise = prop::sample::select(vec![
        "",
        "",
        "",
        "",
        "\n",
        "\n\n",
        "# so\n",
        "  # so\n",
        "     # so\n\n",
        "\n # so\n",
    ]);
    (
        prop::sample::select(examples),
        1..5_usize,
        prop::collection::vec((noise, 1..4_usize), 80),
        any::<bool>(),
    )
        .prop_map(|(example, indent, noise, returns)| {
            let ending = if returns { "\r\n" } else { "\n" };
            example.lines().zip(noise.into_iter().cycle()).fold(
                String::new(),
                |text, (line, (noise, spaces))| {
                    let inner = line.trim_start();
                    let margin = " ".repeat((line.len() - inner.len()) * indent);
                    let inner = if inner.contains('"') {
                        inner.to_owned()
                    } else {
                        inner.replace(' ', &" ".repeat(spaces))
                    };
                    text + noise + &margin + &inner + ending
                },
            )
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_read_and_printed(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_lines_can_be_read_and_printed(lines in prop::collection::vec(fragment(), 0..14)) {
        check(&lines.concat());
    }

    #[test]
    fn a_good_file_stays_good_however_it_is_laid_out(text in loosened()) {
        assert_eq!(problems(&text), "");
        check(&text);
    }

    #[test]
    fn any_bytes_are_text_or_refused(bytes in any::<Vec<u8>>()) {
        assert_eq!(read_bytes("a", &bytes).ok(), std::str::from_utf8(&bytes).ok().filter(|text| !text.contains('\0')));
    }
}

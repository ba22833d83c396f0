//! Tests on whole files, valid and invalid.

use super::*;
use crate::text::line_ends;
use proptest::prelude::*;
use std::borrow::Cow;
use std::fmt::Write;

/// Returns the findings about a text, one in each line: place, code, message.
fn problems(text: &str) -> String {
    let file = parse(FileId(0), text);
    file.problems.iter().fold(String::new(), |mut lines, problem| {
        let place = crate::span::position(text, problem.span.start as usize);
        writeln!(lines, "{place} {} {}", problem.code, problem.message).unwrap();
        lines
    })
}

/// Returns the examples in the language reference whose code blocks have the given tag.
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

/// Returns the blocks of a file in debug format, without spans.
fn meaning(text: &str) -> String {
    let printed = format!("{:?}", parse(FileId(0), text).blocks);
    let mut parts = printed.split("Span {");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |meaning, part| meaning + part.split_once('}').unwrap().1)
}

fn formatted(text: &str) -> String {
    format(&parse(FileId(0), text), text)
}

/// Checks the properties that hold for every text.
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
        text.get(line.comment.range()).unwrap().trim_end_matches(layout::TRAILING).to_owned()
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

/// Generates lines from parts of lines, valid and invalid.
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

/// Generates a valid file with random indentation, blank lines and comments.
fn with_random_layout() -> impl Strategy<Value = String> {
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
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_can_be_read_and_printed(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_lines_can_be_read_and_printed(lines in prop::collection::vec(fragment(), 0..14)) {
        check(&lines.concat());
    }

    #[test]
    fn layout_does_not_cause_findings(text in with_random_layout()) {
        assert_eq!(problems(&text), "");
        check(&text);
    }

    #[test]
    fn any_bytes_are_text_or_rejected(bytes in any::<Vec<u8>>()) {
        assert_eq!(read_bytes("a", &bytes).ok(), std::str::from_utf8(&bytes).ok().filter(|text| !text.contains('\0')).map(line_ends));
    }
}

/// Texts with one error each, and all findings about them.
const ERRORS: &[(&str, &str)] = &[
    ("policy \"T\"\n\tid a\n  version 1\n  about group\n", "2:1 P0106 tabs are not allowed"),
    ("policy \"T\"\n  id a\n  version 1\n  about\tgroup\n", "4:8 P0106 tabs are not allowed"),
    (
        "bar a \"A\"\n  when all of\n    - b\n   - c\n    - d\n",
        "4:4 P0107 the indentation matches no line above",
    ),
    ("  id a\n  about b\n", "1:3 P0108 the indented line belongs to no block"),
    ("source a \"A\n", "1:10 P0109 the quoted text does not end on its line"),
    ("bar a \"A\"\n  when the group is (b)\n", "2:21 P0110 the character `(` is not allowed here"),
    ("bar a \"A\"\n  when the group is\u{202E}b\n", "2:20 P0110 the character U+202E is not allowed here"),
    ("bar a \"A\"\n  when the group is b = c\n", "2:23 P0110 the character `=` is not allowed here"),
    ("bar a \"A\"\n  when all of:\n    - b\n", "2:14 P0110 the character `:` is not allowed here"),
    ("source a \"A\"\n  date 2016-02-30\n", "2:8 P0111 the date 2016-02-30 does not exist"),
    (
        "bar a \"A\"\n  when the group's headcount is 1,000,000,000,000,001\n",
        "2:33 P0112 the number is too large",
    ),
    ("bar a \"A\"\n  when the group is b.\n", "2:22 P0113 the line ends with a full stop"),
    ("dossier a \"A\"\n  about group\n  -it is b\n", "3:3 P0114 the bullet does not start with `- `"),
    ("dossier a \"A\"\n  about group\n  • it is b\n", "3:3 P0114 the bullet does not start with `- `"),
    ("requirment a \"A\"\n  needs b\n", "1:1 P0115 unknown block `requirment`"),
    ("evidnce standard a\n", "1:1 P0115 unknown block `evidnce standard`"),
    ("say what\n  you like\n", "1:1 P0115 unknown block `say`"),
    ("bar a \"A\"\n  wen b\n", "2:3 P0116 unknown line `wen` in a bar"),
    ("bar a \"A\"\n  if b\n", "2:3 P0116 unknown line `if` in a bar"),
    ("bar a \"A\"\n  colour blue\n", "2:3 P0116 unknown line `colour` in a bar"),
    ("bar a \"A\"\n  when b\n  granted by \"C\"\n", "3:3 P0116 unknown line `granted` in a bar"),
    ("waiver a \"A\"\n  lifts b\n  granted \"C\"\n", "3:3 P0116 unknown line `granted` in a waiver"),
    ("phase 1 \"A\"\n  begin when b\n", "2:3 P0116 unknown line `begin when` in a phase"),
    ("dossier a \"A\"\n  about group\n  knwon as \"b\"\n", "3:3 P0116 unknown line `knwon as` in a dossier"),
    ("kind a\n  ask \"b\"\n", "2:3 P0116 unknown line `ask` in a kind"),
    (
        "bar a \"A\"\n  when b\n\n  bar c \"C\"\n    when d\n",
        "4:3 P0117 `bar` starts a block, but is indented",
    ),
    (
        "kind a\n  is b : yes or no\n  bar c \"C\"\n    when d\n",
        "3:3 P0117 `bar` starts a block, but is indented",
    ),
    ("bar a \"A\"\nwhen b\n", "2:1 P0118 `when` belongs to a block, but is not indented"),
    (
        "bar a \"A\"\n  when all of\n- b\n- c\n",
        "3:1 P0118 `-` belongs to a block, but is not indented\n\
         4:1 P0118 `-` belongs to a block, but is not indented",
    ),
    (
        "bar a \"A\"\n  when b\n    cite c, stated\n    note \"d\"\n",
        "3:5 P0119 the line above cannot have nested lines",
    ),
    ("bar a \"A\"\n  cite c, stated\n    when b\n", "3:5 P0119 the line above cannot have nested lines"),
    ("use \"a\"\n  b\n", "2:3 P0119 the line above cannot have nested lines"),
    ("bar \"A\"\n  when b\n", "1:5 P0120 the bar has no id"),
    ("bar a's \"A\"\n  when b\n", "1:5 P0121 `a's` cannot be an id"),
    ("bar a\n  when b\n", "1:6 P0122 the bar has no title"),
    ("bar a All of it\n  when b\n", "1:7 P0122 the bar has no title"),
    ("bar a \"A\"\n", "1:1 P0123 the bar has no `when` line"),
    ("requirement a \"A\"\n  when b\n", "1:1 P0123 the requirement has no `needs` line"),
    ("waiver a \"A\"\n  when b\n", "1:1 P0123 the waiver has no `lifts` line"),
    ("choice a\n  \"B\" when c\n", "1:1 P0123 the choice has no `otherwise` line"),
    ("policy \"A\"\n  version 1\n  about group\n", "1:1 P0123 the policy has no `id` line"),
    ("dossier a \"A\"\n", "1:1 P0123 the dossier has no `about` line"),
    ("definition\n  the group is b\n", "1:1 P0123 the definition has no `when` line"),
    ("bar a \"A\"\n  when b\n  when c\n", "3:3 P0124 only one `when` line is allowed"),
    ("bar a \"A\"\n  when b unless c\n  unless d\n", "3:3 P0124 only one `unless` line is allowed"),
    ("kind a\n  is b : yes or no\n    fixed\n    fixed\n", "4:5 P0124 only one `fixed` line is allowed"),
    ("source a \"A\"\n  date 2016-2-1\n", "2:8 P0125 expected a date, such as `2016-02-01`"),
    ("bar a \"A\"\n  when\n", "2:7 P0125 expected a condition"),
    ("use a.placet\n", "1:5 P0125 expected text in double quotes"),
    (
        "scenario \"A\"\n  expect b\n",
        "2:11 P0125 expected `is` and a verdict or a value, or `raises` and a concern",
    ),
    ("bar a \"A\" sometimes\n  when b\n", "1:11 P0126 unexpected text at the end of the line"),
    (
        "bar a \"A\"\n  when b and c or d and e\n",
        "2:16 P0127 `and` and `or` in one line can be read in two ways",
    ),
    ("bar a \"A\"\n  when any of\n", "2:8 P0128 the list has no items"),
    ("scenario \"A\"\n  given\n", "2:3 P0128 the list has no items"),
    ("bar a \"A\"\n  - b\n", "2:3 P0129 the bullet belongs to no list"),
    ("bar a \"A\"\n  when b\n  cite c, stated\n    - d\n", "4:5 P0129 the bullet belongs to no list"),
    ("- a\n", "1:1 P0129 the bullet belongs to no list"),
    ("bar a \"A\"\n  when\n    - b\n    - c\n", "3:5 P0130 it is unclear how the list items are joined"),
    (
        "bar a \"A\"\n  when all of\n    - b\n      - c\n",
        "4:7 P0130 it is unclear how the list items are joined",
    ),
    ("bar a \"A\"\n  when all of\n    b\n    - c\n", "3:5 P0131 the list item does not start with `- `"),
    (
        "bar a \"A\"\n  when at least 3 of\n    - b\n    - c\n",
        "2:8 P0132 `at least 3 of` can never hold: the list has 2 items",
    ),
    ("bar a \"A\"\n  when at least 0 of\n    - b\n", "2:8 P0132 `at least 0 of` always holds"),
    (
        "bar a \"A\"\n  when at most 1 of\n    - b\n",
        "2:8 P0132 `at most 1 of` always holds: the list has 1 item",
    ),
    ("bar a \"A\"\n  when b if c\n", "2:10 P0133 the word `if` is not allowed here"),
    ("assistance search and rescue\n", "1:19 P0133 the word `and` is not allowed here"),
    (
        "dossier a \"A\"\n  about group\n  - it is b and is c\n",
        "3:13 P0133 the word `and` is not allowed here",
    ),
    ("kind a\n  region : one of b, c or d\n", "2:24 P0133 the word `or` is not allowed here"),
    ("bar a \"A\"\n  when b and\n", "2:10 P0134 there is no condition after `and`"),
    ("bar a \"A\"\n  when or b\n", "2:8 P0134 there is no condition before `or`"),
    ("bar a \"A\"\n  when b unless\n", "2:10 P0134 there is no condition after `unless`"),
    ("waiver a \"A\"\n  lifts b\n  when c unless d\n", "3:10 P0135 `unless` is not allowed here"),
    ("bar a \"A\"\n  when all of\n    - b unless c\n", "3:9 P0135 `unless` is not allowed here"),
    ("waiver a \"A\"\n  lifts b,\n", "2:10 P0136 nothing follows the comma"),
    ("phase one \"A\"\n  opens b\n", "1:7 P0137 expected a phase number, found `one`"),
    ("phase 0 \"A\"\n  opens b\n", "1:7 P0137 expected a phase number, found `0`"),
    ("kind a\n  is b yes or no\n", "2:3 P0138 the fact has no type"),
    ("kind a\n  is b : boolean\n", "2:10 P0139 unknown type `boolean`"),
    ("kind a\n  size : number of men\n    presumed no\n", "3:5 P0140 only a yes-or-no fact can be presumed"),
    ("choice a\n  otherwise \"B\"\n  \"C\" when d\n", "3:3 P0141 this value can never be chosen"),
    ("scenario \"A\"\n  expect b is eligble\n", "2:15 P0142 `eligble` is not a verdict"),
    ("bar a \"A\", absolut\n  when b\n", "1:12 P0142 `absolut` is not allowed here"),
    (
        "bar a \"A\"\n  when b\n  cite c line 3\n",
        "3:16 P0143 the citation is marked neither `stated` nor `derived`",
    ),
    (
        "dossier a \"A\"\n  about group\n  - it is b\n      from c, on 2016-01-01, rated C3\n",
        "4:30 P0144 this part of the line is in the wrong place",
    ),
    ("bar a \"A\"\n  when b\n  cite c line 3 stated\n", "3:17 P0145 a comma is missing"),
    ("bar a \"A\" absolute\n  when b\n", "1:11 P0145 a comma is missing"),
    ("definition\n  when b\n", "1:1 P0146 the definition does not state what it defines"),
    ("source a “A”\n", "1:10 P0147 quoted text needs straight quotes"),
];

#[test]
fn errors_have_the_expected_findings() {
    for (text, expected) in ERRORS {
        assert_eq!(problems(text).trim_end(), *expected, "{text}");
        check(text);
    }
}

#[test]
fn a_fix_removes_its_finding() {
    for (text, _) in ERRORS {
        let before = parse(FileId(0), text).problems;
        let Some(fix) = before.first().and_then(|problem| problem.fix.clone()) else { continue };
        let mut fixed = text.to_string();
        fixed.replace_range(fix.span.range(), &fix.replacement);
        let after = parse(FileId(0), &fixed).problems;
        assert!(after.len() < before.len(), "{text}{fixed}{after:#?}");
    }
}

#[test]
fn errors_do_not_hide_each_other() {
    let texts: Vec<&str> =
        ERRORS.iter().map(|(text, _)| *text).filter(|text| !text.starts_with([' ', '-'])).collect();
    let expected: usize = ERRORS
        .iter()
        .filter(|(text, _)| !text.starts_with([' ', '-']))
        .map(|(_, findings)| findings.lines().count())
        .sum();
    assert_eq!(parse(FileId(0), &texts.concat()).problems.len(), expected);
}

#[test]
fn limits_are_kept() {
    let line = |length: usize| format!("bar a \"A\"\n  when {}\n", "b".repeat(length));
    assert_eq!(problems(&line(1_995)), "");
    assert_eq!(problems(&line(1_996)), "2:2003 P0104 the line is longer than 2,000 characters\n");

    let nested = |levels: usize| {
        let list = |level: usize| format!("{}- all of\n", " ".repeat(4 * level));
        let lists: String = (1..levels - 2).map(list).collect();
        format!("bar a \"A\"\n  when all of\n{lists}{}- b\n", " ".repeat(4 * levels))
    };
    assert_eq!(problems(&nested(32)), "");
    assert_eq!(problems(&nested(33)), "33:133 P0105 lines are nested deeper than 32 levels\n");

    let large = "\n".repeat(LARGEST_FILE);
    assert_eq!(problems(&large), "");
    assert_eq!(problems(&(large + "\n")), "1:1 P0103 the file is larger than 4 MiB\n");
}

#[test]
fn bytes_that_are_not_text_are_rejected() {
    let refused =
        |bytes: &[u8]| read_bytes("a", bytes).map(Cow::into_owned).map_err(|refused| refused.to_string());
    assert_eq!(refused("use \"é\"".as_bytes()), Ok("use \"é\"".into()));
    assert_eq!(refused(b"\xff"), Err("a: the file is not UTF-8 text".into()));
    assert_eq!(refused(b"a\0"), Err("a: the file is not text".into()));
    assert_eq!(refused(&vec![b' '; LARGEST_FILE + 1]), Err("a: the file is larger than 4 MiB".into()));
}

#[test]
fn hostile_files_have_few_findings() {
    let count = |text: &str| {
        let file = parse(FileId(0), text);
        assert_eq!(formatted(&format(&file, text)), format(&file, text));
        file.problems.len()
    };
    assert_eq!(count(&"- ".repeat(LARGEST_FILE / 2)), 1);
    assert_eq!(count(&"\"".repeat(LARGEST_FILE)), 1);
    assert_eq!(count(&"a ".repeat(LARGEST_FILE / 2)), 1);
    let deep: String = (0..2_800).map(|level| format!("{}- all of\n", " ".repeat(level))).collect();
    assert_eq!(count(&deep), 2);
    let lines = 20_000;
    assert_eq!(count(&"- all of\n".repeat(lines)), MOST_PROBLEMS + 1);
    assert_eq!(count(&"say what\n".repeat(lines)), MOST_PROBLEMS + 1);
    assert_eq!(count(&"(\n".repeat(lines)), MOST_PROBLEMS + 1);
    assert_eq!(count(&format!("bar a \"A\"\n{}", "  wen b\n".repeat(lines))), MOST_PROBLEMS + 1);
    assert_eq!(count(&"# a\n".repeat(lines)), 0);
}

/// Returns the conditions of a text's rules in words: `(all a b)`.
fn conditions(text: &str) -> String {
    fn clause(text: &str, clause: &Clause) -> String {
        format!("[{}]", text.get(clause.span.range()).unwrap())
    }
    fn condition(text: &str, of: &Condition) -> String {
        let (connective, items) = match of {
            Condition::Clause(only) => return clause(text, only),
            Condition::List { connective, items, .. } => {
                (connective, items.iter().map(|item| condition(text, item)).collect::<Vec<_>>())
            }
            Condition::Inline { connective, items, .. } => {
                (connective, items.iter().map(|item| clause(text, item)).collect())
            }
        };
        format!("({connective:?} {})", items.join(" "))
    }
    let file = parse(FileId(0), text);
    assert_eq!(file.problems, []);
    let mut printed = String::new();
    for block in &file.blocks {
        let Block::Rule(rule) = block else { continue };
        for (word, read) in [("when", &rule.when), ("needs", &rule.needs), ("unless", &rule.unless)] {
            if let Some(read) = read {
                writeln!(printed, "{word} {}", condition(text, read)).unwrap();
            }
        }
    }
    printed
}

#[test]
fn conditions_are_joined_as_they_are_written() {
    let rule = |lines: &str| conditions(&format!("requirement a \"A\"\n{lines}"));
    assert_eq!(rule("  needs b\n"), "needs [b]\n");
    assert_eq!(rule("  needs b is c and d is e and f\n"), "needs (All [b is c] [d is e] [f])\n");
    assert_eq!(rule("  needs b or c\n"), "needs (Any [b] [c])\n");
    assert_eq!(
        rule("  needs b's size is between 5 and 8 and it is c\n"),
        "needs (All [b's size is between 5 and 8] [it is c])\n"
    );
    assert_eq!(rule("  needs b is one of c, d, e\n"), "needs [b is one of c, d, e]\n");
    assert_eq!(
        rule("  needs b reports, through any chain, to c\n"),
        "needs [b reports, through any chain, to c]\n"
    );
    assert_eq!(rule("  needs any of its b are c or d\n"), "needs (Any [any of its b are c] [d])\n");
    assert_eq!(
        rule("  needs trains \"search and rescue\" teams\n"),
        "needs [trains \"search and rescue\" teams]\n"
    );
    assert_eq!(rule("  needs b and c unless d or e\n"), "needs (All [b] [c])\nunless (Any [d] [e])\n");
    assert_eq!(
        rule("  when b unless any of\n    - c\n    - d\n  needs e\n"),
        "when [b]\nneeds [e]\nunless (Any [c] [d])\n"
    );
    assert_eq!(
        rule(
            "  needs all of\n    - b or c\n    - at least 2 of\n        - d\n        - none of\n            - e\n        - f\n  unless g\n"
        ),
        "needs (All (Any [b] [c]) (AtLeast(2) [d] (None [e]) [f]))\nunless [g]\n"
    );
}

#[test]
fn the_parts_of_lines_are_read() {
    let text = "bar a \"A\", absolute\n  when b\n  for search, air support\n  in force from 2016-03-01 until 2016-12-31\n  \
                cite fa16 lines 29, 31 to 33, derived\n";
    let file = parse(FileId(0), text);
    let [Block::Rule(rule)] = file.blocks.as_slice() else { panic!("{file:?}") };
    assert!(rule.absolute);
    assert_eq!(
        rule.header.assistance.iter().map(|name| name.value.as_str()).collect::<Vec<_>>(),
        ["search", "air support"]
    );
    assert_eq!(rule.header.period.from.map(|date| date.value), Date::parse("2016-03-01"));
    assert_eq!(rule.header.period.until.map(|date| date.value), Date::parse("2016-12-31"));
    assert_eq!(rule.header.cites[0].lines, "29, 31 to 33");
    assert!(!rule.header.cites[0].stated);

    let text = "dossier a \"A\"\n  about group\n  - it is b\n      from \"c\", a rival, a promise, rated C3, on 2016-01-01\n";
    let file = parse(FileId(0), text);
    let [Block::Dossier(dossier)] = file.blocks.as_slice() else { panic!("{file:?}") };
    let provenance = dossier.statements[0].provenance.as_ref().unwrap();
    assert!(provenance.rival && provenance.promise && !provenance.subject && !provenance.interested);
    assert_eq!(provenance.grade.map(|grade| grade.to_string()), Some("C3".into()));
    assert_eq!(provenance.date, Date::parse("2016-01-01"));
}

//! The errors in the form of a file, as data with codes and messages.

use crate::diagnostic::{Diagnostic, nearest};
use crate::span::{FileId, Span};
use crate::text::{NoId, Unwelcome, is_clean};
use crate::value::{Date, language_tag};

/// The largest number of findings that are kept for one file.
pub const MOST_PROBLEMS: usize = 1_000;

type Words = &'static [&'static str];
type Suggestion = Option<&'static str>;

/// An error in the form of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SyntaxError {
    NotUtf8,
    Binary,
    FileTooLarge,
    LineTooLong,
    NestingTooDeep,
    Tab { fix: String },
    OddDedent { near: Span },
    OutsideBlock,
    UnterminatedQuote,
    Unwelcome(Unwelcome),
    Character { found: char, help: &'static str, fix: Option<&'static str> },
    NoSuchDate { found: String },
    NumberTooLarge,
    FullStop,
    BulletMark,
    UnknownBlock { found: String, suggestion: Suggestion },
    UnknownLine { found: String, block: &'static str, known: Words, suggestion: Suggestion },
    BlockIndented { found: &'static str, indent: Span },
    LineInColumnZero { found: &'static str, indent: usize },
    NothingBelow { above: Span },
    MissingId { block: &'static str },
    BadId { found: String, why: NoId },
    IdOfWords { found: String, id: String },
    QuotedId { id: Option<String> },
    QuotedName { what: &'static str, name: Option<String> },
    Unquoted { words: String },
    ShortDate { what: &'static str, date: Date },
    MissingTitle { block: &'static str, words: Option<(Span, String)> },
    MissingLine { block: &'static str, line: &'static str },
    DuplicateLine { line: &'static str, first: Span },
    Expected { what: &'static str, found: String },
    Trailing,
    MixedAndOr { first: Span, word: &'static str, other: &'static str },
    EmptyList,
    BulletWithoutList,
    ListWithoutConnective { line: Span },
    ItemWithoutDash { at: Span },
    Count { word: &'static str, number: i64, items: usize },
    Reserved { word: String, help: &'static str },
    NothingBeside { word: String, side: &'static str },
    UnlessNotHere { help: &'static str },
    DanglingComma,
    PhaseNumber { found: String },
    MissingColon { fix: Option<Span> },
    UnknownType { found: String, suggestion: &'static str },
    MisspeltType { found: String, meant: &'static str },
    ValuesAlone { found: String },
    PresumedNotYesNo { fact: Span },
    AfterOtherwise { otherwise: Span },
    Unknown { what: &'static str, found: String, known: Words },
    StatedOrDerived { end: Span },
    ProvenanceOrder,
    MissingComma { gap: Span },
    MissingClause,
    CurlyQuotes { content: String },
    LanguageTag { found: String },
    MissingTranslation,
    SecondTranslation { first: Span },
    TooMany { more: usize },
}

impl SyntaxError {
    /// Returns the stable code.
    pub(super) fn code(&self) -> &'static str {
        match self {
            SyntaxError::NotUtf8 => "P0101",
            SyntaxError::Binary => "P0102",
            SyntaxError::FileTooLarge => "P0103",
            SyntaxError::LineTooLong => "P0104",
            SyntaxError::NestingTooDeep => "P0105",
            SyntaxError::Tab { .. } => "P0106",
            SyntaxError::OddDedent { .. } => "P0107",
            SyntaxError::OutsideBlock => "P0108",
            SyntaxError::UnterminatedQuote => "P0109",
            SyntaxError::Character { .. } | SyntaxError::Unwelcome(_) => "P0110",
            SyntaxError::NoSuchDate { .. } => "P0111",
            SyntaxError::NumberTooLarge => "P0112",
            SyntaxError::FullStop => "P0113",
            SyntaxError::BulletMark => "P0114",
            SyntaxError::UnknownBlock { .. } => "P0115",
            SyntaxError::UnknownLine { .. } => "P0116",
            SyntaxError::BlockIndented { .. } => "P0117",
            SyntaxError::LineInColumnZero { .. } => "P0118",
            SyntaxError::NothingBelow { .. } => "P0119",
            SyntaxError::MissingId { .. } => "P0120",
            SyntaxError::BadId { .. } | SyntaxError::IdOfWords { .. } => "P0121",
            SyntaxError::MissingTitle { .. } => "P0122",
            SyntaxError::MissingLine { .. } => "P0123",
            SyntaxError::DuplicateLine { .. } => "P0124",
            SyntaxError::Expected { .. }
            | SyntaxError::QuotedId { .. }
            | SyntaxError::QuotedName { .. }
            | SyntaxError::Unquoted { .. }
            | SyntaxError::ShortDate { .. } => "P0125",
            SyntaxError::Trailing => "P0126",
            SyntaxError::MixedAndOr { .. } => "P0127",
            SyntaxError::EmptyList => "P0128",
            SyntaxError::BulletWithoutList => "P0129",
            SyntaxError::ListWithoutConnective { .. } => "P0130",
            SyntaxError::ItemWithoutDash { .. } => "P0131",
            SyntaxError::Count { .. } => "P0132",
            SyntaxError::Reserved { .. } => "P0133",
            SyntaxError::NothingBeside { .. } => "P0134",
            SyntaxError::UnlessNotHere { .. } => "P0135",
            SyntaxError::DanglingComma => "P0136",
            SyntaxError::PhaseNumber { .. } => "P0137",
            SyntaxError::MissingColon { .. } => "P0138",
            SyntaxError::UnknownType { .. }
            | SyntaxError::MisspeltType { .. }
            | SyntaxError::ValuesAlone { .. } => "P0139",
            SyntaxError::PresumedNotYesNo { .. } => "P0140",
            SyntaxError::AfterOtherwise { .. } => "P0141",
            SyntaxError::Unknown { .. } => "P0142",
            SyntaxError::StatedOrDerived { .. } => "P0143",
            SyntaxError::ProvenanceOrder => "P0144",
            SyntaxError::MissingComma { .. } => "P0145",
            SyntaxError::MissingClause => "P0146",
            SyntaxError::CurlyQuotes { .. } => "P0147",
            SyntaxError::LanguageTag { .. } => "P0148",
            SyntaxError::MissingTranslation => "P0149",
            SyntaxError::SecondTranslation { .. } => "P0150",
            SyntaxError::TooMany { .. } => "P0199",
        }
    }

    /// Returns the finding at a place.
    pub(super) fn at(self, span: Span) -> Diagnostic {
        let code = self.code();
        let error = |message: String| Diagnostic::error(code, span, message);
        match self {
            SyntaxError::NotUtf8 => error("the file is not UTF-8 text".into())
                .label("the first byte that is not UTF-8")
                .help("save the file as UTF-8"),
            SyntaxError::Binary => error("the file is not text".into())
                .label("a zero byte")
                .help("give a text file whose name ends in `.placet`"),
            SyntaxError::FileTooLarge => error("the file is larger than 4 MiB".into())
                .help("divide it into several files and name each in a `use` line"),
            SyntaxError::LineTooLong => error("the line is longer than 2,000 characters".into())
                .label("text from here on is not read")
                .help("divide the line, for example into a list"),
            SyntaxError::NestingTooDeep => error("lines are nested deeper than 32 levels".into())
                .label("this line and those below it are not read")
                .help("move the inner conditions into a `definition`"),
            SyntaxError::Tab { fix } => {
                error("tabs are not allowed".into()).help("use spaces, two for each level").fix(span, fix)
            }
            SyntaxError::OddDedent { near } => error("the indentation matches no line above".into())
                .label("it is unclear where this line belongs")
                .see(near, "read as if indented like this line")
                .help("indent it like the line that it belongs with"),
            SyntaxError::OutsideBlock => error("the indented line belongs to no block".into())
                .help("a block starts in column 0, for example with `policy` or `requirement`"),
            SyntaxError::UnterminatedQuote => error("the quoted text does not end on its line".into())
                .label("it starts here")
                .help("write the closing `\"`"),
            SyntaxError::Unwelcome(found) => error(found.message()).help(format!("{}; delete it", found.why)).fix(span, ""),
            SyntaxError::Character { found, help, fix } => {
                let shown = if !is_clean(found.encode_utf8(&mut [0; 4])) || found.is_whitespace() {
                    format!("the character U+{:04X} is not allowed here", u32::from(found))
                } else {
                    format!("the character `{found}` is not allowed here")
                };
                let diagnostic = error(shown);
                let diagnostic = if help.is_empty() { diagnostic } else { diagnostic.help(help) };
                match fix {
                    Some(fix) => diagnostic.fix(span, fix),
                    None => diagnostic,
                }
            }
            SyntaxError::NoSuchDate { found } => error(format!("the date {found} does not exist"))
                .help("write a date that exists, such as `2016-02-01`"),
            SyntaxError::NumberTooLarge => error("the number is too large".into())
                .help("the largest number is 1,000,000,000,000,000"),
            SyntaxError::FullStop => error("the line ends with a full stop".into())
                .help("leave the full stop out")
                .fix(span, ""),
            SyntaxError::BulletMark => error("the bullet does not start with `- `".into())
                .help("write a dash and a space")
                .fix(span, "- "),
            SyntaxError::UnknownBlock { found, suggestion } => {
                let diagnostic = error(format!("unknown block `{found}`"));
                match suggestion {
                    Some(word) => diagnostic.help(format!("did you mean `{word}`?")).fix(span, word),
                    None => diagnostic.help(
                        "blocks start with `policy`, `source`, `kind`, `definition`, `assistance`, `requirement`, \
                         `bar`, `waiver`, `phase`, `choice`, `obligation`, `evidence standard`, `dossier`, \
                         `scenario`, `translation` or `use`",
                    ),
                }
            }
            SyntaxError::UnknownLine { found, block, known, suggestion } => {
                let diagnostic = error(format!("unknown line `{found}` in {}", with_article(block)));
                match suggestion {
                    Some(word) => diagnostic.help(format!("did you mean `{word}`?")).fix(span, word),
                    None if block == "bar" && found == "needs" => {
                        diagnostic.help("write `when` and the condition under which the bar applies")
                    }
                    None => diagnostic.help(format!("its lines start with {}", listed(known, "or"))),
                }
            }
            SyntaxError::BlockIndented { found, indent } => error(format!("`{found}` starts a block, but is indented"))
                .help("a block starts in column 0")
                .fix(indent, ""),
            SyntaxError::LineInColumnZero { found, indent } => {
                error(format!("`{found}` belongs to a block, but is not indented"))
                    .help("indent it below the line it belongs to")
                    .fix(Span { end: span.start, ..span }, " ".repeat(indent))
            }
            SyntaxError::NothingBelow { above } => error("the line above cannot have nested lines".into())
                .label("this line is indented too far")
                .see(above, "this line is complete")
                .help("start it in the same column as the line above"),
            SyntaxError::MissingId { block } => error(format!("the {block} has no id"))
                .help(format!("write a short id and a title, such as `{block} some-id \"Title\"`")),
            SyntaxError::BadId { found, why } => error(format!("`{found}` cannot be an id")).help(why.to_string()),
            SyntaxError::IdOfWords { found, id } => error(format!("`{found}` cannot be an id"))
                .help(format!("an id is one word: write `{id}`"))
                .fix(span, id),
            SyntaxError::QuotedId { id } => {
                let diagnostic = error("expected an id, found quoted text".into());
                match id {
                    Some(id) => diagnostic.help("leave the quotes out").fix(span, id),
                    None => diagnostic.help("write the id that precedes this title in its declaration"),
                }
            }
            SyntaxError::QuotedName { what, name } => {
                let diagnostic = error(format!("expected {what}")).help("leave the quotes out");
                match name {
                    Some(name) => diagnostic.fix(span, name),
                    None => diagnostic,
                }
            }
            SyntaxError::Unquoted { words } => error("expected text in double quotes".into())
                .help("put the text in double quotes")
                .fix(span, format!("\"{words}\"")),
            SyntaxError::ShortDate { what, date } => error(format!("expected {what}"))
                .help(format!("write `{date}`, with two digits each for the month and the day"))
                .fix(span, date.to_string()),
            SyntaxError::MissingTitle { block, words } => {
                let diagnostic = error(format!("the {block} has no title"));
                match words {
                    Some((place, words)) => diagnostic
                        .help("put the title in double quotes")
                        .fix(place, format!("\"{words}\"")),
                    None => diagnostic.help("write a title in double quotes at the end of the line"),
                }
            }
            SyntaxError::MissingLine { block, line } => error(format!("the {block} has no `{line}` line"))
                .help(format!("write a line such as `{}` below it", example(line))),
            SyntaxError::DuplicateLine { line, first } => {
                error(format!("only one `{line}` line is allowed"))
                    .see(first, "the first one")
                    .help(match line {
                        "needs" => "write `needs all of`, with a bullet below it for each condition",
                        _ => "keep one of the two",
                    })
            }
            SyntaxError::Expected { what, found } => {
                let diagnostic = error(format!("expected {what}"));
                if found.is_empty() {
                    diagnostic.label("the line ends here")
                } else {
                    diagnostic.label(format!("found {found}"))
                }
            }
            SyntaxError::Trailing => error("unexpected text at the end of the line".into())
                .label("this is not allowed here")
                .help("leave it out, or write it on a line of its own"),
            SyntaxError::MixedAndOr { first, word, other } => {
                error("`and` and `or` in one line can be read in two ways".into())
                    .label(format!("`{word}` here"))
                    .see(first, format!("`{other}` here"))
                    .help("write a list: `all of` or `any of`, with a bullet for each condition")
            }
            SyntaxError::EmptyList => error("the list has no items".into())
                .help("write each item on its own line below, indented by two spaces, after `- `"),
            SyntaxError::BulletWithoutList => error("the bullet belongs to no list".into())
                .help("write bullets below a line that ends with `all of`, `any of` or similar, below `given`, or in a dossier"),
            SyntaxError::ListWithoutConnective { line } => {
                error("it is unclear how the list items are joined".into())
                    .see(line, "this line should end with `all of`, `any of`, `none of` or `at least 2 of`")
                    .help("end the line above the bullets with `all of`, `any of`, `none of` or `at least 2 of`")
            }
            SyntaxError::ItemWithoutDash { at } => error("the list item does not start with `- `".into())
                .help("write a dash and a space before it")
                .fix(at, "- "),
            SyntaxError::Count { word, number, items } => error(match word {
                "at least" if number == 0 => "`at least 0 of` always holds".into(),
                "at most" => format!("`at most {number} of` always holds: the list has {items} {}", plural(items)),
                _ => format!("`{word} {number} of` can never hold: the list has {items} {}", plural(items)),
            })
            .help("correct the number, or use `all of`, `any of` or `none of`"),
            SyntaxError::Reserved { word, help } => {
                error(format!("the word `{word}` is not allowed here")).help(help)
            }
            SyntaxError::NothingBeside { word, side } => error(format!("there is no condition {side} `{word}`"))
                .help(format!("write a condition {side} `{word}`, or leave the word out")),
            SyntaxError::UnlessNotHere { help } => error("`unless` is not allowed here".into()).help(help),
            SyntaxError::DanglingComma => {
                error("nothing follows the comma".into()).help("leave the comma out").fix(span, "")
            }
            SyntaxError::PhaseNumber { found } => error(format!("expected a phase number, found `{found}`"))
                .help("phases are numbered 1, 2, 3: write `phase 1 \"Title\"`"),
            SyntaxError::MissingColon { fix } => {
                let diagnostic = error("the fact has no type".into())
                    .help("write the phrase, a colon and a type, such as `is designated : yes or no`");
                match fix {
                    Some(place) => diagnostic.fix(place, " : "),
                    None => diagnostic,
                }
            }
            SyntaxError::UnknownType { found, suggestion } => {
                let diagnostic = error(format!("unknown type `{found}`"));
                if suggestion.is_empty() {
                    diagnostic.help(
                        "the types are `yes or no`, `number of UNIT`, `date`, `one of A, B`, a kind, and `list of KIND`",
                    )
                } else {
                    diagnostic.help(format!("write `{suggestion}`"))
                }
            }
            SyntaxError::MisspeltType { found, meant } => error(format!("unknown type `{found}`"))
                .help(format!("did you mean `{meant}`?"))
                .fix(span, meant),
            SyntaxError::ValuesAlone { found } => {
                let values = found.split(',').flat_map(|part| part.split(" or ")).map(str::trim);
                let values: Vec<_> = values.map(|value| value.strip_prefix("or ").unwrap_or(value)).collect();
                let written = format!("one of {}", values.join(", "));
                error(format!("unknown type `{found}`"))
                    .help(format!("write `{written}`; join kinds with `or`"))
                    .fix(span, written)
            }
            SyntaxError::PresumedNotYesNo { fact } => error("only a yes-or-no fact can be presumed".into())
                .see(fact, "the fact is of another type")
                .help("leave the line out"),
            SyntaxError::AfterOtherwise { otherwise } => error("this value can never be chosen".into())
                .see(otherwise, "`otherwise` covers all remaining cases")
                .help("write `otherwise` last"),
            SyntaxError::Unknown { what, found, known } => {
                let near = nearest(&found, known.iter().copied());
                let diagnostic = error(format!("`{found}` is not {what}"));
                match near.as_slice() {
                    [only] => diagnostic.help(format!("did you mean `{only}`?")).fix(span, *only),
                    _ => diagnostic.help(format!("write {}", listed(known, "or"))),
                }
            }
            SyntaxError::StatedOrDerived { end } => {
                error("the citation is marked neither `stated` nor `derived`".into())
                    .label("`, stated` or `, derived` is missing here")
                    .see(end, "the citation")
                    .help("end it with `, stated` if the source states it, or `, derived` if it is concluded")
            }
            SyntaxError::ProvenanceOrder => error("this part of the line is in the wrong place".into()).help(
                "the order is: `from SOURCE`, `a rival`, `the subject itself`, `an interested party`, `a promise`, \
                 `rated C3`, `on DATE`, separated by commas",
            ),
            SyntaxError::MissingComma { gap } => {
                error("a comma is missing".into()).help("write a comma here").fix(gap, ", ")
            }
            SyntaxError::MissingClause => error("the definition does not state what it defines".into())
                .help("write it on the first line below, such as `the group is under civilian command`"),
            SyntaxError::CurlyQuotes { content } => error("quoted text needs straight quotes".into())
                .help("write `\"` before and after the text")
                .fix(span, format!("\"{content}\"")),
            SyntaxError::LanguageTag { found } => {
                let diagnostic = error(format!("`{found}` is not a language tag"));
                match language_tag(&found.replace('_', "-")) {
                    Some(tag) => diagnostic.help(format!("write `{tag}`")).fix(span, tag),
                    None => diagnostic.help(
                        "a tag has two or three letters, and optional parts after a dash: `fr`, `ar`, `zh-Hant`, `pt-BR`",
                    ),
                }
            }
            SyntaxError::MissingTranslation => error("the text has no translation".into())
                .help("write it in double quotes on a line of its own below the text, indented by two spaces"),
            SyntaxError::SecondTranslation { first } => error("the text above already has a translation".into())
                .see(first, "the first one")
                .help("keep one of the two, or start the next text in the same column as the one before"),
            SyntaxError::TooMany { more } => error(format!("{more} more findings in this file are not shown"))
                .help("correct those shown first"),
        }
    }
}

/// Returns an example of a line that starts with these words.
fn example(line: &str) -> String {
    let rest = match line {
        "id" => "my.policy",
        "version" => "1",
        "about" => "group",
        "lifts" => "the-id-of-a-rule",
        "who" => "\"Donor\"",
        "due" => "before delivery",
        "otherwise" => "\"None\"",
        _ => "the group is neutral",
    };
    format!("{line} {rest}")
}

/// Joins words for a message: `` `a`, `b` or `c` ``.
fn listed(words: &[&str], joint: &str) -> String {
    match words {
        [] => String::new(),
        [only] => format!("`{only}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} {joint} `{last}`", first.join(", "))
        }
    }
}

fn with_article(block: &str) -> String {
    format!("{} {block}", if block.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" })
}

fn plural(items: usize) -> &'static str {
    if items == 1 { "item" } else { "items" }
}

/// The findings about one file, up to [`MOST_PROBLEMS`].
#[derive(Debug)]
pub(super) struct Problems {
    kept: Vec<Diagnostic>,
    more: usize,
}

impl Problems {
    pub(super) fn new() -> Problems {
        Problems { kept: Vec::new(), more: 0 }
    }

    /// Returns whether further findings are only counted.
    pub(super) fn full(&self) -> bool {
        self.kept.len() >= MOST_PROBLEMS
    }

    pub(super) fn add(&mut self, span: Span, problem: SyntaxError) {
        if self.full() {
            self.more += 1;
        } else {
            self.kept.push(problem.at(span));
        }
    }

    /// Returns the findings in reading order, with a last one if some were only counted.
    pub(super) fn finish(mut self, file: FileId, end: usize) -> Vec<Diagnostic> {
        crate::diagnostic::sort(&mut self.kept);
        if self.more > 0 {
            self.kept.push(SyntaxError::TooMany { more: self.more }.at(Span::new(file, end, end)));
        }
        self.kept
    }
}

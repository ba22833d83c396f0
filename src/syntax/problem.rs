//! The errors in the form of a file, as data with codes and messages.

use crate::diagnostic::{Diagnostic, a, either, nearest};
use crate::span::{FileId, Span};
use crate::text::{NoId, Unwelcome, is_clean};
use crate::value::{Date, language_tag};

/// The largest number of findings that are kept for one file.
pub const MOST_PROBLEMS: usize = 1_000;

/// The code of the finding that a file was too large to be read.
pub(super) const FILE_TOO_LARGE: &str = "P0103";

/// The code of the finding that further findings are not shown.
pub(super) const TOO_MANY: &str = "P0199";

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
    /// Returns the finding at a place.
    pub(super) fn at(self, span: Span) -> Diagnostic {
        let error = |code, message: &str| Diagnostic::error(code, span, message);
        match self {
            SyntaxError::NotUtf8 => error("P0101", "the file is not UTF-8 text")
                .label("the first byte that is not UTF-8")
                .help("save the file as UTF-8"),
            SyntaxError::Binary => error("P0102", "the file is not text")
                .label("a zero byte")
                .help("give a text file whose name ends in `.placet`"),
            SyntaxError::FileTooLarge => error(FILE_TOO_LARGE, "the file is larger than 4 MiB")
                .help("divide it into several files and name each in a `use` line"),
            SyntaxError::LineTooLong => error("P0104", "the line is longer than 2,000 characters")
                .label("text from here on is not read")
                .help("divide the line, for example into a list"),
            SyntaxError::NestingTooDeep => error("P0105", "lines are nested deeper than 32 levels")
                .label("this line and those below it are not read")
                .help("move the inner conditions into a `definition`"),
            SyntaxError::Tab { fix } => {
                error("P0106", "tabs are not allowed").help("use spaces, two for each level").fix(span, fix)
            }
            SyntaxError::OddDedent { near } => error("P0107", "the indentation matches no line above")
                .label("it is unclear where this line belongs")
                .see(near, "read as if indented like this line")
                .help("indent it like the line that it belongs with"),
            SyntaxError::OutsideBlock => error("P0108", "the indented line belongs to no block")
                .help("a block starts in column 0, for example with `policy` or `requirement`"),
            SyntaxError::UnterminatedQuote => error("P0109", "the quoted text does not end on its line")
                .label("it starts here")
                .help("write the closing `\"`"),
            SyntaxError::Unwelcome(found) => error("P0110", &found.message()).help(format!("{}; delete it", found.why)).fix(span, ""),
            SyntaxError::Character { found, help, fix } => {
                let shown = if !is_clean(found.encode_utf8(&mut [0; 4])) || found.is_whitespace() {
                    format!("the character U+{:04X} is not allowed here", u32::from(found))
                } else {
                    format!("the character `{found}` is not allowed here")
                };
                let diagnostic = error("P0110", &shown);
                let diagnostic = if help.is_empty() { diagnostic } else { diagnostic.help(help) };
                match fix {
                    Some(fix) => diagnostic.fix(span, fix),
                    None => diagnostic,
                }
            }
            SyntaxError::NoSuchDate { found } => error("P0111", &format!("the date {found} does not exist"))
                .help("write a date that exists, such as `2016-02-01`"),
            SyntaxError::NumberTooLarge => error("P0112", "the number is too large")
                .help("the largest number is 1,000,000,000,000,000"),
            SyntaxError::FullStop => error("P0113", "the line ends with a full stop")
                .help("leave the full stop out")
                .fix(span, ""),
            SyntaxError::BulletMark => error("P0114", "the bullet does not start with `- `")
                .help("write a dash and a space")
                .fix(span, "- "),
            SyntaxError::UnknownBlock { found, suggestion } => {
                let diagnostic = error("P0115", &format!("unknown block `{found}`"));
                match suggestion {
                    Some(word) => diagnostic.help(format!("did you mean `{word}`?")).fix(span, word),
                    None => diagnostic.help(
                        "blocks start with `policy`, `source`, `kind`, `definition`, `assistance`, `requirement`, \
                         `bar`, `waiver`, `phase`, `choice`, `obligation`, `concern`, `evidence standard`, `dossier`, \
                         `scenario`, `translation` or `use`",
                    ),
                }
            }
            SyntaxError::UnknownLine { found, block, known, suggestion } => {
                let diagnostic = error("P0116", &format!("unknown line `{found}` in {}", a(block)));
                match suggestion {
                    Some(word) => diagnostic.help(format!("did you mean `{word}`?")).fix(span, word),
                    None if block == "bar" && found == "needs" => {
                        diagnostic.help("write `when` and the condition under which the bar applies")
                    }
                    None => diagnostic.help(format!("its lines start with {}", either(known))),
                }
            }
            SyntaxError::BlockIndented { found, indent } => error("P0117", &format!("`{found}` starts a block, but is indented"))
                .help("a block starts in column 0")
                .fix(indent, ""),
            SyntaxError::LineInColumnZero { found, indent } => {
                error("P0118", &format!("`{found}` belongs to a block, but is not indented"))
                    .help("indent it below the line it belongs to")
                    .fix(Span { end: span.start, ..span }, " ".repeat(indent))
            }
            SyntaxError::NothingBelow { above } => error("P0119", "the line above cannot have nested lines")
                .label("this line is indented too far")
                .see(above, "this line is complete")
                .help("start it in the same column as the line above"),
            SyntaxError::MissingId { block } => error("P0120", &format!("the {block} has no id"))
                .help(format!("write a short id and a title, such as `{block} some-id \"Title\"`")),
            SyntaxError::BadId { found, why } => error("P0121", &format!("`{found}` cannot be an id")).help(why.to_string()),
            SyntaxError::IdOfWords { found, id } => error("P0121", &format!("`{found}` cannot be an id"))
                .help(format!("an id is one word: write `{id}`"))
                .fix(span, id),
            SyntaxError::QuotedId { id } => {
                let diagnostic = error("P0125", "expected an id, found quoted text");
                match id {
                    Some(id) => diagnostic.help("leave the quotes out").fix(span, id),
                    None => diagnostic.help("write the id that precedes this title in its declaration"),
                }
            }
            SyntaxError::QuotedName { what, name } => {
                let diagnostic = error("P0125", &format!("expected {what}")).help("leave the quotes out");
                match name {
                    Some(name) => diagnostic.fix(span, name),
                    None => diagnostic,
                }
            }
            SyntaxError::Unquoted { words } => error("P0125", "expected text in double quotes")
                .help("put the text in double quotes")
                .fix(span, format!("\"{words}\"")),
            SyntaxError::ShortDate { what, date } => error("P0125", &format!("expected {what}"))
                .help(format!("write `{date}`, with two digits each for the month and the day"))
                .fix(span, date.to_string()),
            SyntaxError::MissingTitle { block, words } => {
                let diagnostic = error("P0122", &format!("the {block} has no title"));
                match words {
                    Some((place, words)) => diagnostic
                        .help("put the title in double quotes")
                        .fix(place, format!("\"{words}\"")),
                    None => diagnostic.help("write a title in double quotes at the end of the line"),
                }
            }
            SyntaxError::MissingLine { block, line } => error("P0123", &format!("the {block} has no `{line}` line"))
                .help(format!("write a line such as `{}` below it", example(line))),
            SyntaxError::DuplicateLine { line, first } => {
                error("P0124", &format!("only one `{line}` line is allowed"))
                    .see(first, "the first one")
                    .help(match line {
                        "needs" => "write `needs all of`, with a bullet below it for each condition",
                        _ => "keep one of the two",
                    })
            }
            SyntaxError::Expected { what, found } => {
                let diagnostic = error("P0125", &format!("expected {what}"));
                if found.is_empty() {
                    diagnostic.label("the line ends here")
                } else {
                    diagnostic.label(format!("found {found}"))
                }
            }
            SyntaxError::Trailing => error("P0126", "unexpected text at the end of the line")
                .label("this is not allowed here")
                .help("leave it out, or write it on a line of its own"),
            SyntaxError::MixedAndOr { first, word, other } => {
                error("P0127", "`and` and `or` in one line can be read in two ways")
                    .label(format!("`{word}` here"))
                    .see(first, format!("`{other}` here"))
                    .help("write a list: `all of` or `any of`, with a bullet for each condition")
            }
            SyntaxError::EmptyList => error("P0128", "the list has no items")
                .help("write each item on its own line below, indented by two spaces, after `- `"),
            SyntaxError::BulletWithoutList => error("P0129", "the bullet belongs to no list")
                .help("write bullets below a line that ends with `all of`, `any of` or similar, below `given`, or \
                       in a dossier"),
            SyntaxError::ListWithoutConnective { line } => {
                error("P0130", "it is unclear how the list items are joined")
                    .see(line, "this line should end with `all of`, `any of`, `none of` or `at least 2 of`")
                    .help("end the line above the bullets with `all of`, `any of`, `none of` or `at least 2 of`")
            }
            SyntaxError::ItemWithoutDash { at } => error("P0131", "the list item does not start with `- `")
                .help("write a dash and a space before it")
                .fix(at, "- "),
            SyntaxError::Count { word, number, items } => {
                let always_or_never = match word {
                    "at least" if number == 0 => "`at least 0 of` always holds".to_owned(),
                    "at most" => {
                        format!("`at most {number} of` always holds: the list has {items} {}", plural(items))
                    }
                    _ => format!("`{word} {number} of` can never hold: the list has {items} {}", plural(items)),
                };
                error("P0132", &always_or_never)
                    .help("correct the number, or use `all of`, `any of` or `none of`")
            }
            SyntaxError::Reserved { word, help } => {
                error("P0133", &format!("the word `{word}` is not allowed here")).help(help)
            }
            SyntaxError::NothingBeside { word, side } => error("P0134", &format!("there is no condition {side} `{word}`"))
                .help(format!("write a condition {side} `{word}`, or leave the word out")),
            SyntaxError::UnlessNotHere { help } => error("P0135", "`unless` is not allowed here").help(help),
            SyntaxError::DanglingComma => {
                error("P0136", "nothing follows the comma").help("leave the comma out").fix(span, "")
            }
            SyntaxError::PhaseNumber { found } => error("P0137", &format!("expected a phase number, found `{found}`"))
                .help("phases are numbered 1, 2, 3: write `phase 1 \"Title\"`"),
            SyntaxError::MissingColon { fix } => {
                let diagnostic = error("P0138", "the fact has no type")
                    .help("write the phrase, a colon and a type, such as `is designated : yes or no`");
                match fix {
                    Some(place) => diagnostic.fix(place, " : "),
                    None => diagnostic,
                }
            }
            SyntaxError::UnknownType { found, suggestion } => {
                let diagnostic = error("P0139", &format!("unknown type `{found}`"));
                if suggestion.is_empty() {
                    diagnostic.help(
                        "the types are `yes or no`, `number of UNIT`, `date`, `one of A, B`, a kind, and \
                         `list of KIND`",
                    )
                } else {
                    diagnostic.help(format!("write `{suggestion}`"))
                }
            }
            SyntaxError::MisspeltType { found, meant } => error("P0139", &format!("unknown type `{found}`"))
                .help(format!("did you mean `{meant}`?"))
                .fix(span, meant),
            SyntaxError::ValuesAlone { found } => {
                let values = found.split(',').flat_map(|part| part.split(" or ")).map(str::trim);
                let values: Vec<_> = values.map(|value| value.strip_prefix("or ").unwrap_or(value)).collect();
                let written = format!("one of {}", values.join(", "));
                error("P0139", &format!("unknown type `{found}`"))
                    .help(format!("write `{written}`; join kinds with `or`"))
                    .fix(span, written)
            }
            SyntaxError::PresumedNotYesNo { fact } => error("P0140", "only a yes-or-no fact can be presumed")
                .see(fact, "the fact is of another type")
                .help("leave the line out"),
            SyntaxError::AfterOtherwise { otherwise } => error("P0141", "this value can never be chosen")
                .see(otherwise, "`otherwise` covers all remaining cases")
                .help("write `otherwise` last"),
            SyntaxError::Unknown { what, found, known } => {
                let near = nearest(&found, known.iter().copied());
                let diagnostic = error("P0142", &format!("`{found}` is not {what}"));
                match near.as_slice() {
                    [only] => diagnostic.help(format!("did you mean `{only}`?")).fix(span, *only),
                    _ => diagnostic.help(format!("write {}", either(known))),
                }
            }
            SyntaxError::StatedOrDerived { end } => {
                error("P0143", "the citation is marked neither `stated` nor `derived`")
                    .label("`, stated` or `, derived` is missing here")
                    .see(end, "the citation")
                    .help("end it with `, stated` if the source states it, or `, derived` if it is concluded")
            }
            SyntaxError::ProvenanceOrder => error("P0144", "this part of the line is in the wrong place").help(
                "the order is: `from SOURCE`, `a rival`, `the subject itself`, `an interested party`, `a promise`, \
                 `rated C3`, `on DATE`, separated by commas",
            ),
            SyntaxError::MissingComma { gap } => {
                error("P0145", "a comma is missing").help("write a comma here").fix(gap, ", ")
            }
            SyntaxError::MissingClause => error("P0146", "the definition does not state what it defines")
                .help("write it on the first line below, such as `the group is under civilian command`"),
            SyntaxError::CurlyQuotes { content } => error("P0147", "quoted text needs straight quotes")
                .help("write `\"` before and after the text")
                .fix(span, format!("\"{content}\"")),
            SyntaxError::LanguageTag { found } => {
                let diagnostic = error("P0148", &format!("`{found}` is not a language tag"));
                match language_tag(&found.replace('_', "-")) {
                    Some(tag) => diagnostic.help(format!("write `{tag}`")).fix(span, tag),
                    None => diagnostic.help(
                        "a tag has two or three letters, and optional parts after a dash: `fr`, `ar`, \
                         `zh-Hant`, `pt-BR`",
                    ),
                }
            }
            SyntaxError::MissingTranslation => error("P0149", "the text has no translation")
                .help("write it in double quotes on a line of its own below the text, indented by two spaces"),
            SyntaxError::SecondTranslation { first } => error("P0150", "the text above already has a translation")
                .see(first, "the first one")
                .help("keep one of the two, or start the next text in the same column as the one before"),
            SyntaxError::TooMany { more } => error(TOO_MANY, &format!("{more} more findings in this file are not shown"))
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

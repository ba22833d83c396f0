//! The kind of a file, judged by the end of its name, regardless of case.

use super::compare::fold;
use std::borrow::Cow;

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Text in the language. This is the default if the name has none of the other endings.
    Language,
    /// A table: `.csv`, `.tsv`.
    Table,
    /// A dossier or a list of dossiers in JSON: `.json`.
    Json,
    /// One dossier per line in JSON: `.ndjson`, `.jsonl`.
    JsonLines,
    /// A file of another kind, which is not read. Its fields are what the file is and what to do instead.
    Other(&'static str, &'static str),
}

/// The kinds of files that are not read: the ending of the name, what the file is, and what to do instead.
const OTHERS: [(&str, &str, &str); 18] = [
    (
        "placetc",
        "a compiled policy",
        "give the text of the policy, in a file that ends in `.placet`; only web pages read compiled policies",
    ),
    ("xlsx", "a spreadsheet", "save the sheet as CSV (UTF-8)"),
    ("xls", "a spreadsheet", "save the sheet as CSV (UTF-8)"),
    ("xlsm", "a spreadsheet", "save the sheet as CSV (UTF-8)"),
    ("ods", "a spreadsheet", "save the sheet as CSV (UTF-8)"),
    ("numbers", "a spreadsheet", "save the sheet as CSV (UTF-8)"),
    ("docx", "a word processor document", "write the policy as plain text in a file that ends in `.placet`"),
    ("doc", "a word processor document", "write the policy as plain text in a file that ends in `.placet`"),
    ("odt", "a word processor document", "write the policy as plain text in a file that ends in `.placet`"),
    ("pdf", "a PDF document", "write the policy as plain text in a file that ends in `.placet`"),
    ("xml", "an XML file", "convert it to CSV or JSON"),
    ("yaml", "a YAML file", "convert it to JSON"),
    ("yml", "a YAML file", "convert it to JSON"),
    ("parquet", "a Parquet file", "export it as CSV or NDJSON"),
    (
        "gz",
        "a compressed file",
        "unpack it first, or pipe it: `zcat FILE | placet decide POLICY - --input csv`",
    ),
    (
        "zst",
        "a compressed file",
        "unpack it first, or pipe it: `zstdcat FILE | placet decide POLICY - --input csv`",
    ),
    ("bz2", "a compressed file", "unpack it first"),
    ("zip", "a compressed file", "unpack it first"),
];

impl FileKind {
    /// Returns the kind of a file with this name.
    ///
    /// # Example
    /// ```
    /// use placet::text::FileKind;
    ///
    /// assert_eq!(FileKind::of("Groups.CSV"), FileKind::Table);
    /// assert_eq!(FileKind::of("policy.placet"), FileKind::Language);
    /// assert!(matches!(FileKind::of("groups.xlsx"), FileKind::Other("a spreadsheet", _)));
    /// ```
    pub fn of(name: &str) -> FileKind {
        let Some((_, end)) = name.rsplit_once('.') else { return FileKind::Language };
        let end = fold(end);
        match end.as_ref() {
            "csv" | "tsv" => FileKind::Table,
            "json" => FileKind::Json,
            "ndjson" | "jsonl" => FileKind::JsonLines,
            end => {
                let other = OTHERS.iter().find(|(other, ..)| *other == end);
                other.map_or(FileKind::Language, |(_, what, help)| FileKind::Other(what, help))
            }
        }
    }

    /// Returns whether the file holds data or a format that is not read, rather than text in the language.
    pub fn is_data(self) -> bool {
        self != FileKind::Language
    }
}

/// Replaces each lone carriage return, as in files of old computers, by a line feed. Byte offsets do not change.
///
/// # Example
/// ```
/// use placet::text::line_ends;
///
/// assert_eq!(line_ends("one\rtwo\r\nthree\n"), "one\ntwo\r\nthree\n");
/// ```
pub fn line_ends(text: &str) -> Cow<'_, str> {
    let is_alone = |(at, _): &(usize, &str)| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !text.match_indices('\r').any(|found| is_alone(&found)) {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let lone = character == '\r' && characters.peek() != Some(&'\n');
        whole.push(if lone { '\n' } else { character });
    }
    Cow::Owned(whole)
}

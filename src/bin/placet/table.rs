//! Lays out text in columns and in lines of a given width.

use unicode_width::UnicodeWidthStr;

/// Returns the width of the output: the terminal's number of columns, else 100.
pub fn width() -> usize {
    terminal_size::terminal_size()
        .map_or(100, |(terminal_size::Width(columns), _)| usize::from(columns))
        .max(40)
}

/// Returns the number of columns that a text takes, without style codes.
pub fn columns(text: &str) -> usize {
    anstream::adapter::strip_str(text).map(UnicodeWidthStr::width).sum()
}

/// Returns the text padded with spaces to a width.
pub fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(columns(text))))
}

/// Returns the text broken between words into lines of a width. The first line starts with `first`, the others with
/// `rest`.
pub fn wrap(text: &str, width: usize, first: &str, rest: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = first.to_owned();
    let mut bare = true;
    for word in text.split_whitespace() {
        if !bare && columns(&line) + 1 + columns(word) > width {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            bare = true;
        }
        if !bare {
            line.push(' ');
        }
        line.push_str(word);
        bare = false;
    }
    lines.push(line);
    lines.join("\n")
}

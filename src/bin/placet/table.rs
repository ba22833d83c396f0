//! Words in columns and lines of a given width.

use unicode_width::UnicodeWidthStr;

/// How wide the output is: the terminal's columns, else 100.
pub fn width() -> usize {
    terminal_size::terminal_size()
        .map_or(100, |(terminal_size::Width(columns), _)| usize::from(columns))
        .max(40)
}

/// How many columns a text takes; what colours it takes none.
pub fn columns(text: &str) -> usize {
    anstream::adapter::strip_str(text).map(UnicodeWidthStr::width).sum()
}

/// The text with spaces up to a width.
pub fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(columns(text))))
}

/// The text broken between words into lines of a width, the first behind `first`, the rest behind `rest`.
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

//! The layout of JSON over several lines: a short list or object stays on one line.

/// The largest width of a list or object on one line, without the text before and after it.
///
/// # Units
/// Bytes.
const WIDTH: usize = 120;

/// Lays out JSON that has no whitespace between its tokens.
pub(super) fn over_lines(compact: &str) -> String {
    at(compact, 0)
}

/// Returns a line break with the indentation for a nesting depth.
pub(super) fn line(depth: usize) -> String {
    let mut line = String::new();
    new_line(&mut line, depth);
    line
}

/// Returns whether JSON without whitespace fits on one line.
pub(super) fn is_short(compact: &str) -> bool {
    broken(compact).first() != Some(&true)
}

/// Lays out JSON that has no whitespace between its tokens, indented for a nesting depth.
pub(super) fn at(compact: &str, depth: usize) -> String {
    let mut broken = broken(compact).into_iter();
    let mut laid_out = String::with_capacity(compact.len().saturating_mul(2));
    // For each enclosing list and object, whether it is broken over lines.
    let mut around: Vec<bool> = Vec::new();
    let mut text = Text::default();
    for character in compact.chars() {
        if !text.is_form(character) {
            laid_out.push(character);
            continue;
        }
        if matches!(character, '}' | ']') && around.pop().unwrap_or_default() {
            new_line(&mut laid_out, depth + around.len());
        }
        laid_out.push(character);
        match character {
            '{' | '[' => {
                let is_broken = broken.next().unwrap_or_default();
                around.push(is_broken);
                if is_broken {
                    new_line(&mut laid_out, depth + around.len());
                }
            }
            ',' if around.last().copied().unwrap_or_default() => {
                new_line(&mut laid_out, depth + around.len())
            }
            ',' | ':' => laid_out.push(' '),
            _ => {}
        }
    }
    laid_out
}

fn new_line(laid_out: &mut String, depth: usize) {
    laid_out.push('\n');
    laid_out.extend(std::iter::repeat_n("  ", depth));
}

/// Returns for each list and object, in the order of their starts, whether it is too long for one line.
fn broken(compact: &str) -> Vec<bool> {
    let mut broken: Vec<bool> = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut column = 0_usize;
    let mut text = Text::default();
    for character in compact.chars() {
        let is_form = text.is_form(character);
        match character {
            '{' | '[' if is_form => {
                open.push((broken.len(), column));
                broken.push(false);
            }
            '}' | ']' if is_form => {
                if let Some((place, start)) = open.pop()
                    && let Some(broken) = broken.get_mut(place)
                {
                    *broken = column.saturating_sub(start) >= WIDTH;
                }
            }
            // A space follows it in the output.
            ',' | ':' if is_form => column = column.saturating_add(1),
            _ => {}
        }
        column = column.saturating_add(character.len_utf8());
    }
    broken
}

/// Tracks whether the current character is inside a string.
#[derive(Default)]
struct Text {
    inside: bool,
    escaped: bool,
}

impl Text {
    /// Returns whether the next character is structural, that is, not part of a string.
    fn is_form(&mut self, character: char) -> bool {
        if !self.inside {
            self.inside = character == '"';
            return true;
        }
        match character {
            _ if self.escaped => self.escaped = false,
            '\\' => self.escaped = true,
            '"' => self.inside = false,
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::over_lines;
    use serde_json::Value;

    #[test]
    fn short_values_are_on_one_line() {
        let long = "a".repeat(60);
        let compact =
            format!(r#"{{"few":[1,{{"a":"b,:{{ \" }}\\"}}],"many":["{long}","{long}",[]],"none":{{}}}}"#);
        let laid_out = over_lines(&compact);
        let expected = format!(
            r#"{{
  "few": [1, {{"a": "b,:{{ \" }}\\"}}],
  "many": [
    "{long}",
    "{long}",
    []
  ],
  "none": {{}}
}}"#
        );
        assert_eq!(laid_out, expected);
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(read(&laid_out), read(&compact));
    }

    #[test]
    fn only_long_lists_are_broken() {
        for length in 100..130 {
            let list = over_lines(&format!(r#"["{}",0]"#, "a".repeat(length)));
            let on_one_line = format!(r#"["{}", 0]"#, "a".repeat(length));
            assert_eq!(list == on_one_line, on_one_line.len() <= 120, "{list}");
        }
    }
}

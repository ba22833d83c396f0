//! Reads scenarios and their expectations.

use super::lexeme::{is_word, small_number};
use super::line::{Cursor, Node, Reading};
use super::lines::{Lines, Seen};
use super::problem::SyntaxError;
use super::{Expectation, Expected, Lexeme, Scenario, Truth};
use crate::span::{Name, Spanned};
use crate::text::same_word;

const SCENARIO: Lines = Lines {
    block: "scenario",
    words: &["as of", "as in", "about", "given", "expect"],
    many: &["expect"],
    open: &["given"],
    must: &[],
};

const VERDICTS: &[&str] = &["eligible", "ineligible", "undetermined"];

impl Reading<'_> {
    /// Reads `scenario "…"`.
    pub(super) fn scenario(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Scenario> {
        let title = self.title(node, &mut cursor, SCENARIO.block);
        self.end(node, cursor);
        let mut scenario = Scenario {
            title,
            base: None,
            about: None,
            as_of: None,
            given: Vec::new(),
            members: Vec::new(),
            expects: Vec::new(),
            span: node.span,
        };
        let mut seen = Seen::default();
        for line in &node.below {
            if self.is_member(line, &SCENARIO) {
                scenario.members.extend(self.member(line));
                continue;
            }
            if line.cursor().starts_with("given") && !line.bullet {
                let Some((_, cursor)) = self.line(line, &SCENARIO, &mut seen) else { continue };
                self.end(line, cursor);
                self.given(line, &mut scenario);
                continue;
            }
            for line in self.lines_of(std::slice::from_ref(line), &SCENARIO) {
                let Some((word, cursor)) = self.line(line, &SCENARIO, &mut seen) else { continue };
                match word {
                    "as of" => scenario.as_of = self.only_date(line, cursor),
                    "as in" => scenario.base = self.text(line, cursor),
                    "about" => scenario.about = self.name(line, cursor, "the name of a kind"),
                    "expect" => scenario.expects.extend(self.expectation(line, cursor)),
                    _ => self.given(line, &mut scenario),
                }
            }
        }
        self.complete(node, &SCENARIO, &seen);
        Some(scenario)
    }

    /// Reads the bullets below `given`, and the members among them.
    fn given(&mut self, node: &Node, scenario: &mut Scenario) {
        if node.below.is_empty() {
            self.report(node, node.span, SyntaxError::EmptyList);
        }
        for line in &node.below {
            if !line.bullet && line.below.first().is_some_and(|first| first.bullet) {
                scenario.members.extend(self.member(line));
                continue;
            }
            self.with_dash(line);
            scenario.given.extend(self.statement(line));
        }
    }

    /// Reads what follows `expect`.
    fn expectation(&mut self, node: &Node, mut cursor: Cursor<'_>) -> Option<Expectation> {
        let what = if cursor.eat("obligation").is_some() {
            Expected::Obligation(self.last_id(node, &mut cursor)?)
        } else if cursor.eat("no obligation").is_some() {
            Expected::NoObligation(self.last_id(node, &mut cursor)?)
        } else {
            let place = cursor.place();
            let verbs = ["is", "raises", "does", "leaves"];
            let name = cursor.until(|lexeme| verbs.iter().any(|word| is_word(lexeme, word)));
            let name = self.name_of(node, name, place, "a type of assistance, a choice, or `obligation`")?;
            if let Some(what) = self.concern(node, &mut cursor, &name) {
                return Some(Expectation { what: what?, span: node.span });
            }
            if cursor.next().is_none() {
                self.expected(node, &cursor, "`is` and a verdict or a value, or `raises` and a concern");
                return None;
            }
            match self.quoted(&mut cursor) {
                Some(value) => {
                    self.end(node, cursor);
                    Expected::Choice { name, value }
                }
                None => self.verdict(node, cursor, name)?,
            }
        };
        Some(Expectation { what, span: node.span })
    }

    /// Reads `raises ID`, `does not raise ID`, `leaves ID open` or `raises no concern`. Returns `None` if the line goes
    /// on in another way.
    fn concern(
        &mut self,
        node: &Node,
        cursor: &mut Cursor<'_>,
        assistance: &Name,
    ) -> Option<Option<Expected>> {
        let expected =
            |concern, raised| Expected::Concern { assistance: assistance.clone(), concern, raised };
        if cursor.eat("raises no concern").is_some() {
            self.end(node, *cursor);
            return Some(Some(expected(None, Truth::No)));
        }
        if cursor.eat("leaves").is_some() {
            let id = self.id(node, cursor);
            if id.is_some() && cursor.eat("open").is_none() {
                self.expected(node, cursor, "`open`");
                return Some(None);
            }
            self.end(node, *cursor);
            return Some(id.map(|id| expected(Some(id), Truth::Open)));
        }
        let raised = if cursor.eat("raises").is_some() {
            Truth::Yes
        } else if cursor.eat("does not raise").is_some() {
            Truth::No
        } else {
            return None;
        };
        Some(self.last_id(node, cursor).map(|id| expected(Some(id), raised)))
    }

    fn last_id(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<Name> {
        let id = self.id(node, cursor)?;
        self.end(node, *cursor);
        Some(id)
    }

    /// Reads `ID` or `phase N`.
    fn cause(&mut self, node: &Node, cursor: &mut Cursor<'_>) -> Option<Name> {
        let place = cursor.place();
        let mut after = *cursor;
        let (Some(_), Some(number)) = (after.eat("phase"), after.peek().and_then(small_number)) else {
            return self.id(node, cursor);
        };
        let span = place.to(after.place());
        after.next();
        *cursor = after;
        Some(Spanned { value: format!("phase {number}"), span })
    }

    /// Reads `VERDICT because ID, ID for want of "…", "…"`.
    fn verdict(&mut self, node: &Node, mut cursor: Cursor<'_>, assistance: Name) -> Option<Expected> {
        let verdict =
            self.word(node, &mut cursor, "`eligible`, `ineligible`, `undetermined` or a value in quotes")?;
        if !VERDICTS.iter().any(|known| same_word(&verdict.value, known)) {
            let problem = SyntaxError::Unknown { what: "a verdict", found: verdict.value, known: VERDICTS };
            self.report(node, verdict.span, problem);
            return None;
        }
        let mut because = Vec::new();
        let mut want = Vec::new();
        while !cursor.is_empty() {
            if because.is_empty() && cursor.eat("because").is_some() {
                because.push(self.cause(node, &mut cursor)?);
                while cursor.lexemes.len() > 1 && cursor.comma() {
                    because.push(self.cause(node, &mut cursor)?);
                }
            } else if want.is_empty() && cursor.eat("for want of").is_some() {
                loop {
                    let Some(text) = self.quoted(&mut cursor) else {
                        self.expected(node, &cursor, "a condition in double quotes");
                        return None;
                    };
                    want.push(text);
                    if cursor.peek() != Some(&Lexeme::Comma) || cursor.lexemes.len() == 1 {
                        break;
                    }
                    cursor.comma();
                }
            } else {
                if let Some(Lexeme::Word(found)) = cursor.peek() {
                    let found = found.clone();
                    let known = &["because", "for want of"];
                    let problem = SyntaxError::Unknown { what: "allowed here", found, known };
                    self.report(node, cursor.place(), problem);
                }
                self.end(node, cursor);
                return None;
            }
        }
        Some(Expected::Verdict { assistance, verdict, because, want })
    }
}

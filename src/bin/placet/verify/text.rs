//! Writes the result of a verification for the terminal.

use crate::render::{bad, faint, good, safe};
use crate::table::pad;
use placet::wire::manifest::ENGINE;
use placet::wire::verification::{FileState, Verification};

/// Returns the result as text.
pub fn text(found: &Verification) -> String {
    let mut text = String::new();
    for file in &found.files {
        let (word, paint): (&str, fn(String) -> String) = match file.state {
            FileState::Same => ("same", good),
            FileState::Changed => ("changed", bad),
            FileState::Missing => ("missing", bad),
            FileState::Added => ("not in the manifest", bad),
        };
        text += &format!("{}  {}\n", paint(pad(word, 19)), safe(&file.name));
    }
    for policy in &found.policies {
        text += &format!("{}  policy {}\n", hash(policy.same), safe(&policy.id));
    }
    for subject in &found.subjects {
        let line = subject.line.map_or_else(String::new, |line| format!("line {line}: "));
        let (id, policy, day) = (safe(&subject.id), safe(&subject.policy), safe(&subject.as_of));
        text += &format!("\n{line}{id}, under {policy}, as of {day}\n");
        if subject.dossier.is_some() {
            text += &format!("  {}  the dossier and its circumstances\n", hash(subject.dossier));
        }
        for verdict in &subject.verdicts {
            let word = |word: &Option<String>| word.as_deref().map_or_else(|| "none".to_owned(), safe);
            let (was, now) = (word(&verdict.recorded), word(&verdict.now));
            let name = safe(&verdict.assistance);
            text += &match verdict.is_same() {
                true => format!("  {}  {name}: {was}\n", good(pad("same", 19))),
                false => format!("  {}  {name}: recorded {was}, now {now}\n", bad(pad("differs", 19))),
            };
        }
    }
    for problem in &found.problems {
        text += &format!("\n{}\n", bad(safe(problem)));
    }
    text += &format!("\n{} verdicts are the same, {} differ\n", found.same, found.differ);
    let other: Vec<&String> = found.engines.iter().filter(|engine| *engine != ENGINE).collect();
    for engine in other {
        text += &format!("{}\n", faint(format!("decided by engine {}, verified by {ENGINE}", safe(engine))));
    }
    let agrees = if found.agrees() {
        good("everything agrees".to_owned())
    } else {
        bad("not everything agrees".to_owned())
    };
    text + &agrees + "\n"
}

/// Returns the word for whether a hash is the same.
fn hash(same: Option<bool>) -> String {
    match same {
        Some(true) => good(pad("same", 19)),
        Some(false) => bad(pad("differs", 19)),
        None => bad(pad("cannot be computed", 19)),
    }
}

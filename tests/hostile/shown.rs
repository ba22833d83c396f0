//! No text in a file, file name, argument or answer affects what displays it. All commands are tried in all formats,
//! with hostile text in every place that text comes from.

use crate::cli::Folder;
use std::io::Write;
use std::process::{Command, Stdio};

/// Sets the clipboard, opens a link, hides and colours text, changes its direction, joins characters, ends a string,
/// and contains noncharacters.
const HOSTILE: &str = "a\u{1b}[35m\u{1b}]52;c;aGk=\u{7}\u{1b}]8;;http://a.example\u{1b}\\\u{1b}[8m\u{9b}31mx\u{202e}b\u{2066}\u{200b}\u{200e}\u{ad}\u{ffff}\u{fdd0}\u{e0041}c";

/// Codes that the command's own styles never use.
const FOREIGN: [&str; 2] = ["8", "35"];

/// All commands in all formats. `{…}` is a file of [`folder`].
const COMMANDS: &[&str] = &[
    "decide {policy} {dossier}",
    "decide {policy} {dossier} --explain",
    "decide {policy} {dossier} --format json",
    "decide {policy} {dossier} --format ndjson",
    "decide {policy} {dossier} --format csv",
    "decide {policy} {dossier} --format markdown",
    "decide {policy} {table} --as-of 2016-02-15",
    "decide {policy} {table} --as-of 2016-02-15 --stream",
    "decide {policy} {table} --as-of 2016-02-15 --stream --format json",
    "decide {policy} {table} --as-of 2016-02-15 --stream --format ndjson",
    "decide {policy} {table} --as-of 2016-02-15 --stream --format csv",
    "decide {policy} {table} --as-of 2016-02-15 --stream --format markdown",
    "decide {policy} {data} --as-of 2016-02-15",
    "decide {policy} {data} --as-of 2016-02-15 --format csv",
    "decide {policy} {lines} --as-of 2016-02-15",
    "decide {policy} {lines} --as-of 2016-02-15 --stream --format ndjson",
    "decide {policy} {lines} --as-of 2016-02-15 --stream --format csv",
    "decide {broken} {dossier}",
    "decide {policy} {dossier} --assistance {hostile}",
    "decide {policy} {dossier} --as-of {hostile}",
    "decide {policy} {dossier} --{hostile}",
    "decide {policy} {hostile}",
    "decide {policy} {dossier} --root {hostile}",
    "check {policy} {dossier} {broken}",
    "check {policy} {dossier} {broken} --format json",
    "check {policy} {dossier} {broken} --format sarif",
    "check {policy} {dossier} {broken} --format github",
    "check {table}",
    "fmt {policy} --check",
    "fmt {broken} --check",
    "test {policy} --all",
    "test {policy} --format json",
    "test {policy} --format junit",
    "compare {policy} {policy} {dossier}",
    "diff {policy} {policy} {dossier}",
    "diff {policy} {policy} {dossier} --format json",
    "diff {policy} {policy} {dossier} --format markdown",
    "diff {policy} {broken}",
    "graph {policy} {dossier}",
    "graph {policy} {dossier} --format dot",
    "graph {policy} -o {policy}",
    "graph {policy} -o gone/{hostile}",
    "translate {policy} --lang fr",
    "translate {policy} --lang {hostile}",
    "ask {policy} --as-of 2016-02-15",
    "ask {policy} {dossier}",
    "ask {policy} --as-of 2016-02-15 --out {dossier}",
    "schema {hostile}",
    "completions {hostile}",
    "man",
    "{hostile}",
];

const FILES: [(&str, &str); 6] = [
    ("policy", "placet"),
    ("dossier", "placet"),
    ("broken", "placet"),
    ("table", "csv"),
    ("data", "json"),
    ("lines", "ndjson"),
];

/// Files of all formats, with `name` in their names and `text` wherever a text is possible.
fn folder(folder: &str, name: &str, text: &str) -> Folder {
    let policy = format!(
        "# {text}\npolicy \"P {text}\"\n  id      p\n  version 1{text}\n  about   group\n  authority \"{text}\"\n\n\
         assistance training{text}\n\nsource s \"S {text}\"\n\nkind group \"{text}\"\n  is  neutral : yes or no\n    ask \"{text}?\"\n  \
         is near {text} : yes or no\n\nrequirement r \"R {text}\"\n  needs the group is neutral\n  cite s line 1, stated\n  \
         remedy \"{text}\"\n\nscenario \"S {text}\"\n  as of 2016-02-15\n  expect training{text} is eligible\n"
    );
    let dossier = format!(
        "dossier d \"D {text}\"\n  about group\n  as of 2016-02-15\n  known as \"{text}\"\n  note \"{text}\"\n\n  \
         - it is not neutral\n      from \"{text}\"\n"
    );
    let json = serde_json::to_string(text).unwrap();
    let texts = [
        policy,
        dossier,
        format!("kind {text}\npolicy \"{text}\nuse \"{text}.placet\"\n{text}\n"),
        format!("id,title,is neutral,{text}\none,{text},no,{text}\n{text},two,perhaps,\n"),
        format!(
            "{{\"id\": {json}, \"title\": {json}, {json}: {json}, \"about\": \"group\", \"statements\": [{{\"fact\": {json}, \"value\": {json}, \"told\": {json}}}]}}"
        ),
        format!("{{\"id\": {json}, {json}: {json}}}\n{text}\n{{\"id\": \"one\", \"is neutral\": {json}}}\n"),
    ];
    let made = Folder::new(folder);
    for ((file, ending), text) in FILES.iter().zip(texts) {
        made.put(&format!("{file}{name}.{ending}"), text);
    }
    made
}

/// Runs a command and returns its exit code and output.
fn run(folder: &Folder, command: &str, name: &str, is_coloured: bool) -> (i32, String) {
    let fill = |word: &str| {
        let file = FILES.iter().find(|(file, _)| word == format!("{{{file}}}"));
        match file {
            Some((file, ending)) => format!("{file}{name}.{ending}"),
            None => word.replace("{hostile}", HOSTILE),
        }
    };
    let mut placet = Command::new(env!("CARGO_BIN_EXE_placet"));
    placet.args(command.split(' ').map(fill)).current_dir(&folder.0);
    placet.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if is_coloured {
        placet.env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1").env("TERM", "xterm-256color");
    }
    let mut child = placet.spawn().unwrap();
    let answers = format!("{HOSTILE}\n{HOSTILE}\n\n").repeat(4);
    // A command that asks nothing does not read this.
    let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
    let ended = child.wait_with_output().unwrap();
    let both = [ended.stdout, ended.stderr].concat();
    (ended.status.code().unwrap(), String::from_utf8(both).unwrap())
}

/// The first character that controls or hides something, other than text styles.
fn forbidden(written: &str) -> Option<String> {
    let plain: String = written
        .split("\u{1b}[")
        .enumerate()
        .map(|(place, part)| {
            let codes = part.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
            let is_style = place > 0
                && part[codes..].starts_with('m')
                && !part[..codes].split(';').any(|code| FOREIGN.contains(&code));
            match place {
                0 => part.to_owned(),
                _ if is_style => part[codes + 1..].to_owned(),
                _ => format!("\u{1b}[{part}"),
            }
        })
        .collect();
    let lines = plain.replace("\r\n", "\n");
    let found = lines.split(['\n', '\t']).find_map(placet::text::unwelcome);
    found.map(|found| format!("{found} in {written:?}"))
}

#[test]
fn file_names_and_arguments_are_escaped() {
    // A file name cannot contain a slash.
    let name = HOSTILE.replace('/', ".");
    let folder = folder("hostile-names", &name, "plain");
    let mut codes = Vec::new();
    for command in COMMANDS {
        for is_coloured in [false, true] {
            let (code, written) = run(&folder, command, &name, is_coloured);
            assert_eq!(forbidden(&written), None, "{command}");
            codes.push(code);
        }
    }
    // Not all commands failed before writing output.
    assert!(codes.iter().filter(|code| **code != 2).count() > COMMANDS.len());
}

#[test]
fn texts_in_files_are_escaped() {
    let folder = folder("hostile-texts", "", HOSTILE);
    for command in COMMANDS {
        for is_coloured in [false, true] {
            let (_, written) = run(&folder, command, "", is_coloured);
            assert_eq!(forbidden(&written), None, "{command}");
        }
    }
}

#[test]
fn texts_never_become_formulas_mentions_links_or_markup() {
    let text = "=1+1; =2+2 @everyone https://a.example/ www.a.example <b> & | #1";
    let folder = Folder::new("hostile-markup");
    let policy = format!(
        "policy \"{text}\"\n  id      p\n  version 1\n  about   group\n\nassistance training\n\nkind group\n  is neutral : yes or no\n    \
         ask \"{text}?\"\n\nrequirement r \"{text}\"\n  needs the group is neutral\n\nscenario \"{text}\"\n  as of 2016-02-15\n  \
         expect training is eligible\n"
    );
    let dossier = format!(
        "dossier d \"{text}\"\n  about group\n  as of 2016-02-15\n\n  - it is not neutral\n      from \"{text}\"\n"
    );
    folder.put("policy.placet", policy).put("dossier.placet", dossier);
    folder.put("table.csv", "id,is neutral,as of\n=1+1,no,2016-02-15\ny;=1+1,maybe,2016-02-15\n");
    let of = |command: &str| {
        let (code, written) = run(&folder, command, "", false);
        assert!(code < 2 && written.len() > 100, "{command}: {written}");
        written
    };
    for command in ["decide {policy} {dossier} --format csv", "decide {policy} {table} --stream --format csv"]
    {
        // Split as a spreadsheet would, whether commas or semicolons separate its cells.
        let written = of(command);
        let mut rows =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(written.as_bytes());
        for row in rows.records().map(Result::unwrap) {
            for cell in row.iter().flat_map(|cell| cell.split(';')) {
                assert!(
                    !cell.trim_start_matches([' ', '"']).starts_with(['=', '+', '-', '@']),
                    "{command}: {cell}"
                );
            }
        }
    }
    for command in [
        "decide {policy} {dossier} --format markdown",
        "decide {policy} {table} --stream --format markdown",
        "diff {policy} {policy} {dossier} --format markdown",
    ] {
        let written = of(command);
        for live in ["@everyone", "://", "www.", " <b>", " | #1", "#1"] {
            assert!(!written.contains(live), "{command}: {live} in {written}");
        }
    }
    for command in ["graph {policy} {dossier}", "test {policy} --format junit"] {
        let written = of(command);
        assert!(!written.contains("<b>") && !written.contains(" & "), "{command}: {written}");
    }
    assert!(!of("graph {policy} {dossier} --format dot").contains(" & "));
}

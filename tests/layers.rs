//! The order of the layers: a module of the library imports only modules declared before it in `src/lib.rs`.

use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The files with a suffix below a folder, sorted.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The files of the library: all but those of the command line.
fn library() -> Vec<PathBuf> {
    let src = Path::new(ROOT).join("src");
    files(&src, ".rs").into_iter().filter(|path| !path.starts_with(src.join("bin"))).collect()
}

/// The modules that a text names after `crate::`, each with its line; comments are ignored.
fn imports(text: &str) -> Vec<(usize, String)> {
    let blank =
        |line: &str| if line.trim_start().starts_with("//") { String::new() } else { line.to_owned() };
    let text: String = text.lines().map(blank).collect::<Vec<_>>().join("\n");
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for (at, path) in text.match_indices("crate::") {
        let after = &text[at + path.len()..];
        let line = text[..at].lines().count();
        let Some(group) = after.strip_prefix('{') else {
            found.push((line, word(after)));
            continue;
        };
        let mut depth = 0;
        let mut starts = true;
        for (place, character) in group.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => starts = true,
                _ if starts && !character.is_whitespace() => {
                    starts = false;
                    found.push((line + group[..place].matches('\n').count(), word(&group[place..])));
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn a_layer_imports_only_layers_declared_before_it() {
    let root = fs::read_to_string(Path::new(ROOT).join("src/lib.rs")).unwrap();
    let order: Vec<&str> = root
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    assert!(order.len() >= 10, "the modules of src/lib.rs: {order:?}");
    let place = |name: &str| order.iter().position(|module| *module == name);
    let mut forward = Vec::new();
    for path in library() {
        let below = path.strip_prefix(Path::new(ROOT).join("src")).unwrap();
        let layer = below.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        let Some(own) = place(layer) else {
            assert_eq!(layer, "lib", "{} belongs to no module of src/lib.rs", below.display());
            continue;
        };
        for (line, name) in imports(&fs::read_to_string(&path).unwrap()) {
            if place(&name).is_some_and(|imported| imported > own) {
                forward.push(format!(
                    "src/{}:{line}: `{layer}` imports `{name}`, declared after it",
                    below.display()
                ));
            }
        }
    }
    assert!(forward.is_empty(), "{}", forward.join("\n"));
}

#[test]
fn forward_imports_are_detected() {
    let text =
        "use crate::{\n    late::{a, b},\n    early,\n};\n// crate::comment\nlet x = crate::other::f();";
    let found: Vec<_> = imports(text).into_iter().map(|(line, name)| format!("{line} {name}")).collect();
    assert_eq!(found, ["2 late", "3 early", "6 other"]);
}

/// The only file that can use an unordered table: its hash is fixed, and it is never iterated over (clippy checks
/// that).
const LOOKED_UP_ONLY: &str = "src/diagram/table.rs";

/// The library depends only on its arguments: no files, no environment, no clock, no order that changes from run to
/// run.
#[test]
fn the_library_reads_no_file_and_no_clock() {
    let outside = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "SystemTime",
        "Instant",
        "chrono::Local",
        "chrono::Utc",
        "HashMap",
        "HashSet",
    ];
    let mut found = Vec::new();
    for path in library() {
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            if path.ends_with(LOOKED_UP_ONLY) {
                continue;
            }
            let code = line.split("//").next().unwrap();
            let words = outside.iter().filter(|word| code.contains(**word));
            found.extend(words.map(|word| format!("{}:{}: {word}", path.display(), number + 1)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Output is escaped in one place, and files are written in one: each of these words is allowed in one file only.
#[test]
fn output_and_files_are_written_in_one_place() {
    let ways = [
        ("src/bin/placet", "output.rs", &["stdout()", "stderr()", "print!(", "println!("][..]),
        ("src/bin/placet", "save.rs", &["fs::write", "File::create", "OpenOptions", "NamedTempFile"]),
        // Paths are shown byte for byte, so that a path is never confused with another.
        ("src/bin/placet", "nowhere", &[".display()", "to_string_lossy"]),
        ("src/wire", "json_out.rs", &["serde_json::to_string", "serde_json::to_vec", "{tree:#}"]),
        ("src/wire", "sheet.rs", &["\\r\\n"]),
    ];
    let mut found = Vec::new();
    for (folder, home, words) in ways {
        for path in files(&Path::new(ROOT).join(folder), ".rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.lines().take_while(|line| !line.contains("#[cfg(test)]"));
            let code: String = code.map(|line| line.split("//").next().unwrap().to_owned() + "\n").collect();
            let is_test = path.ends_with("tests.rs");
            let away = words.iter().filter(|word| !path.ends_with(home) && !is_test && code.contains(**word));
            found.extend(away.map(|word| format!("{}: {word}", path.display())));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Checks that `tests/it.rs` names all test files.
#[test]
fn every_test_file_is_a_module() {
    let tests = Path::new(ROOT).join("tests");
    let named = fs::read_to_string(tests.join("it.rs")).unwrap();
    for entry in fs::read_dir(&tests).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_module = path.join("mod.rs").exists() || path.extension().is_some_and(|ending| ending == "rs");
        if is_module && name != "it" {
            assert!(named.contains(&format!("mod {name};")), "tests/it.rs does not name `{name}`");
        }
    }
}

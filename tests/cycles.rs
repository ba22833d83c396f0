//! No file of a module imports, directly or through others, a file beside it that imports it. Imports between a file
//! and the module that it belongs to do not count: the module declares the file.

use super::layers::files;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A path of modules or an item in one: `["decision", "verdict"]`.
type Names = Vec<String>;

/// The modules of a crate, each with the code of its file, without comments, texts and unit tests.
fn modules(root: &Path) -> BTreeMap<Names, String> {
    let all = files(root, ".rs").into_iter().filter_map(|path| {
        let below = path.strip_prefix(root).unwrap().with_extension("");
        let mut names: Names = below.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        if names.iter().any(|name| name == "tests" || name == "bin") {
            return None;
        }
        if names.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
            names.pop();
        }
        Some((names, code(&fs::read_to_string(&path).unwrap())))
    });
    all.collect()
}

fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// The paths of `use` lines, and the paths in code that start with `crate`, `super` or `self`.
fn paths(code: &str) -> Vec<Names> {
    let mut found = Vec::new();
    let mut rest = String::new();
    for (at, part) in code.split(';').enumerate() {
        let start = if at == 0 { 0 } else { part.find(char::is_alphabetic).unwrap_or(0) };
        match part
            .find("use ")
            .filter(|at| part[start..*at].split_whitespace().all(|word| word.starts_with("pub")))
        {
            Some(at) if part[..at].trim_end().is_empty() || part[start..at].starts_with("pub") => {
                expand(&[], part[at + 4..].trim(), &mut found);
            }
            _ => rest += part,
        }
    }
    for word in rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':') {
        let names: Names = word.split("::").map(str::to_owned).collect();
        if names.len() > 1 && ["crate", "super", "self"].contains(&names[0].as_str()) {
            found.push(names);
        }
    }
    found
}

/// Adds the paths of a tree such as `a::{b, c::d}`.
fn expand(before: &[String], tree: &str, found: &mut Vec<Names>) {
    let (path, group) = match tree.split_once('{') {
        Some((path, group)) => (path, group.trim().strip_suffix('}')),
        None => (tree, None),
    };
    let path = path.split(" as ").next().unwrap_or(path);
    let own = path.split("::").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    let names: Names = before.iter().cloned().chain(own).collect();
    let Some(group) = group else {
        found.push(names);
        return;
    };
    let (mut depth, mut start) = (0, 0);
    for (at, letter) in group.char_indices().chain([(group.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let item = group[start..at].trim();
                if !item.is_empty() {
                    expand(&names, item, found);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// The path from the root of the crate; `None` if it leads to another crate.
fn absolute(module: &[String], path: &[String], all: &BTreeMap<Names, String>) -> Option<Names> {
    let mut base = module.to_vec();
    let mut rest = path;
    match path.first().map(String::as_str) {
        Some("crate") => {
            base.clear();
            rest = &path[1..];
        }
        Some("self") => rest = &path[1..],
        Some("super") => {
            while rest.first().is_some_and(|name| name == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        first => {
            let child: Names = module.iter().map(String::as_str).chain(first).map(str::to_owned).collect();
            all.get(&child)?;
        }
    }
    base.extend(rest.iter().cloned());
    Some(base)
}

/// The module that a path leads to, with what is left of the path.
fn resolved<'p>(path: &'p [String], all: &BTreeMap<Names, String>) -> (Names, &'p [String]) {
    let length = (0..=path.len()).rev().find(|length| all.contains_key(&path[..*length])).unwrap_or(0);
    (path[..length].to_vec(), &path[length..])
}

/// For each module, the modules that it imports, neither within it nor around it. A name that a module passes on counts
/// as an import of the file that the name is from.
fn imports(all: &BTreeMap<Names, String>) -> BTreeMap<Names, BTreeSet<Names>> {
    let mut passed_on: BTreeMap<(Names, String), Names> = BTreeMap::new();
    for (module, code) in all {
        for path in paths(code) {
            if let (Some(path), Some(name)) = (absolute(module, &path, all), path.last()) {
                passed_on.insert((module.clone(), name.clone()), resolved(&path, all).0);
            }
        }
    }
    let mut found: BTreeMap<Names, BTreeSet<Names>> = BTreeMap::new();
    for (module, code) in all {
        for path in paths(code) {
            let Some(path) = absolute(module, &path, all) else { continue };
            let (mut to, rest) = resolved(&path, all);
            if let Some(from) = rest.first().and_then(|name| passed_on.get(&(to.clone(), name.clone()))) {
                to.clone_from(from);
            }
            if !to.starts_with(module) && !module.starts_with(&to) {
                found.entry(module.clone()).or_default().insert(to);
            }
        }
    }
    found
}

/// The modules from which each module can be reached through imports, itself included if it is in a cycle.
fn in_cycles(imports: &BTreeMap<Names, BTreeSet<Names>>) -> Vec<String> {
    let reached = |from: &Names| {
        let mut seen: BTreeSet<&Names> = BTreeSet::new();
        let mut unread: Vec<&Names> = imports.get(from).into_iter().flatten().collect();
        while let Some(next) = unread.pop() {
            if seen.insert(next) {
                unread.extend(imports.get(next).into_iter().flatten());
            }
        }
        seen
    };
    let cyclic: Vec<&Names> = imports.keys().filter(|module| reached(module).contains(module)).collect();
    let edges = cyclic.iter().map(|module| {
        let to = imports[*module].iter().filter(|to| cyclic.contains(to) && reached(to).contains(module));
        format!("{} imports {}", module.join("::"), to.map(|to| to.join("::")).collect::<Vec<_>>().join(", "))
    });
    edges.collect()
}

#[test]
fn files_of_a_module_import_each_other_one_way() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for source in ["src", "src/bin/placet"] {
        let all = modules(&root.join(source));
        assert!(all.len() > 20, "{source}: {} files", all.len());
        let cycles = in_cycles(&imports(&all));
        assert!(cycles.is_empty(), "{source}: cycles between files\n{}", cycles.join("\n"));
    }
}

#[test]
fn cycles_are_detected() {
    let names = |path: &str| path.split("::").map(str::to_owned).collect::<Names>();
    let file = |path: &str, code: &str| (names(path), code.to_owned());
    let all = BTreeMap::from([
        file("a", "mod b;\nmod c;\npub use c::Shared;"),
        file("a::b", "use super::{c::Other, Plain};\nfn f() { g(); }"),
        file("a::c", "fn f() -> super::b::Kind { x }"),
        file("a::d", "use crate::a::Shared;"),
        file("other", "use crate::a;"),
    ]);
    assert_eq!(in_cycles(&imports(&all)), ["a::b imports a::c", "a::c imports a::b"]);
}

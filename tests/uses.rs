//! The files that a file uses can be found without fully parsing it; the result is the same as that of parsing it.

use placet::bundle::{gather, uses};
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, found),
            false if path.extension().is_some_and(|ending| ending == "placet") => found.push(path),
            false => {}
        }
    }
}

#[test]
fn use_lines_are_found_as_the_parser_reads_them() {
    let mut paths = Vec::new();
    for folder in ["rules", "tests/corpus/good", "tests/hostile"] {
        files(&Path::new(ROOT).join(folder), &mut paths);
    }
    let mut compared = 0;
    for path in paths {
        let name = path.strip_prefix(ROOT).unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let read = gather(&[name], &mut |requested| match requested == name {
            true => Ok(text.clone().into_bytes()),
            false => Ok(b"# elsewhere".to_vec()),
        });
        let read: Vec<&str> = read.files.iter().skip(1).map(|file| read.sources.name(file.id)).collect();
        assert_eq!(uses(name, &text), read, "{name}");
        compared += read.len();
    }
    assert!(compared > 50, "only {compared} lines");
}

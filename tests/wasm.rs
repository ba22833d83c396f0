//! Writes the native library's decisions by a thousand generated policies, for the tests of the WebAssembly build,
//! which must give the same bytes.

use crate::compiled::as_json;
use crate::oracle::drawn;
use placet::bundle::{self, LoadError};
use placet::value::Date;
use placet::{Workspace, decision, wire};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;

const DRAWN: u32 = 1_000;

/// The path at which the tests of the package expect them.
const DECIDED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/decided-natively.ndjson");

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hash, byte| {
        write!(hash, "{byte:02x}").unwrap();
        hash
    })
}

#[test]
fn decisions_are_written_for_the_wasm_build() {
    let mut lines = String::new();
    let day = "2016-02-15";
    drawn(DRAWN, 40, |files| {
        let dossiers: Vec<String> = files.iter().skip(2).map(|(name, _)| (*name).to_owned()).collect();
        // As in the package, a file that another uses is not opened as a dossier: the manifest distinguishes the two.
        let used: Vec<String> =
            files.iter().skip(2).flat_map(|(name, text)| bundle::uses(name, text)).collect();
        let given: Vec<String> = dossiers.iter().filter(|name| !used.contains(name)).cloned().collect();
        let workspace = Workspace::open("policy.placet", &given, &mut |wanted| {
            let found = files.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, text)| text.clone().into_bytes()).ok_or(LoadError::NotFound)
        });
        let workspace = workspace.unwrap();
        let as_of = Date::parse(day).unwrap();
        let decided =
            decision::decide(&workspace.policy, &workspace.evidence, "subject", as_of, None).unwrap();
        let hash = sha256(&wire::decision::write(&[workspace.manifests().bind(decided)]));
        // The same case as JSON dossiers under the compiled policy.
        let json = as_json(&workspace);
        let names: Vec<String> = json.iter().map(|(name, _)| name.clone()).collect();
        let compiled = Workspace::open_compiled(&workspace.compiled()).unwrap();
        let compiled = compiled.with_json(&names, &mut |wanted| {
            let found = json.iter().find(|(name, _)| name == wanted);
            found.map(|(_, text)| text.clone().into_bytes()).ok_or(LoadError::NotFound)
        });
        let compiled = compiled.unwrap().decide("subject").as_of(as_of).run().unwrap().json();
        let line = json!({
            "files": files, "dossiers": dossiers, "subject": "subject", "day": day, "hash": hash,
            "json": json, "compiled_hash": sha256(&compiled),
        });
        writeln!(lines, "{line}").unwrap();
    });
    assert_eq!(lines.lines().count(), DRAWN as usize);
    fs::write(DECIDED, lines).unwrap();
}

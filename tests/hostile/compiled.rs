//! A forged compiled policy is refused, or it is another policy: nothing panics, and it is written back the same.

use placet::Workspace;
use placet::wire::{compiled_policy, outline};
use sha2::{Digest, Sha256};

/// The number of bytes before the stored policy.
pub const HEADER: usize = 40;

/// A dossier for the policies of the tests; others refuse it.
const DOSSIER: &str =
    r#"{"id": "unit", "about": "group", "is neutral": true, "headcount": 50, "as_of": "2016-02-15"}"#;

/// Checks a stored policy, to which the right hash is added. Returns whether it was accepted.
pub fn check(stored: &[u8]) -> bool {
    let mut bytes = b"placetc\x02".to_vec();
    bytes.extend(Sha256::digest(stored));
    bytes.extend(stored);
    let Ok((policy, files)) = compiled_policy::read(&bytes) else { return false };
    let written = compiled_policy::write(&policy, &files);
    let (again, _) = compiled_policy::read(&written).expect("what was written is read");
    assert_eq!(compiled_policy::write(&again, &files), written);
    let workspace = Workspace::open_compiled(&bytes).expect("it was read before");
    let _ = outline::write(&workspace.policy);
    if let Ok(workspace) = workspace.with_json(&["unit.json".to_owned()], &mut |_| Ok(DOSSIER.into())) {
        for id in &workspace.subjects {
            let _ = workspace.decide(id).run().map(|decision| decision.json());
        }
    }
    true
}

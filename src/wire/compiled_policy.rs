//! Compiled policies (`.placetc`): a policy with every phrase resolved, so that an engine without the parser can decide.
//!
//! A file consists of the bytes `placetc`, one byte for the version of the layout, the SHA-256 of the content, and the
//! content: the list of the policy's files with their hashes, and the policy, both encoded with postcard. The layout is
//! internal: a file with another one is refused, and must be compiled again from its text.
//!
//! A file is checked when it is read, since it may come from anywhere: by its hash, and by the
//! [`invariants`](crate::policy::invariants()) of policies.

use crate::decision::FileRead;
use crate::digest::sha256_bytes;
use crate::policy::{self, Policy};
use thiserror::Error;

/// The version of the layout. A change of any stored type needs a new one; a test compares the bytes.
const VERSION: u8 = 2;

const MAGIC: &[u8; 7] = b"placetc";

/// The number of bytes before the stored policy.
const HEADER: usize = MAGIC.len() + 1 + 32;

/// The largest compiled policy that is read.
///
/// # Units
/// Bytes.
pub const LARGEST: usize = 16 * 1024 * 1024;

/// Why bytes are not a compiled policy.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// The bytes are something else.
    #[error("this is not a compiled policy; make one with `placet compile`")]
    Other,
    /// The layout has another version.
    #[error(
        "the compiled policy has layout {0}, and this engine reads layout {VERSION}; compile the policy again"
    )]
    Version(u8),
    /// There are too many bytes.
    #[error("the compiled policy is larger than {} MiB", LARGEST / (1024 * 1024))]
    Large,
    /// The hash does not match, or what is stored is not a policy.
    #[error("the compiled policy is damaged ({0}); compile the policy again")]
    Damaged(&'static str),
}

/// Writes a policy and the files that it was read from.
pub fn write(policy: &Policy, files: &[FileRead]) -> Vec<u8> {
    // Writing to memory does not fail; a file without content would be refused when it is read.
    let stored = postcard::to_allocvec(&(files, policy)).unwrap_or_default();
    [MAGIC.as_slice(), &[VERSION], &sha256_bytes(&stored), &stored].concat()
}

/// Reads a policy and the files that it was read from.
///
/// # Errors
/// See [`Problem`].
pub fn read(bytes: &[u8]) -> Result<(Policy, Vec<FileRead>), Problem> {
    if bytes.len() > LARGEST {
        return Err(Problem::Large);
    }
    let rest = bytes.strip_prefix(MAGIC.as_slice()).ok_or(Problem::Other)?;
    let (version, rest) = rest.split_first().ok_or(Problem::Other)?;
    if *version != VERSION {
        return Err(Problem::Version(*version));
    }
    let (hash, stored) = rest.split_at_checked(HEADER - MAGIC.len() - 1).ok_or(Problem::Other)?;
    if sha256_bytes(stored) != hash {
        return Err(Problem::Damaged("its hash does not match"));
    }
    let ((files, policy), rest): ((Vec<FileRead>, Policy), _) =
        postcard::take_from_bytes(stored).map_err(|_| Problem::Damaged("it holds something else"))?;
    if !rest.is_empty() {
        return Err(Problem::Damaged("bytes are left over"));
    }
    policy::invariants(&policy).map_err(Problem::Damaged)?;
    Ok((policy, files))
}

//! SHA-256 digests, in lower-case hexadecimal.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Read};

/// Returns the SHA-256 digest of some bytes.
///
/// # Example
/// ```
/// let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// assert_eq!(placet::digest::sha256(b""), empty);
/// ```
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&sha256_bytes(bytes))
}

/// Returns the SHA-256 digest of some bytes, as 32 bytes.
pub(crate) fn sha256_bytes(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Returns the SHA-256 digest of several digests: of their hexadecimal digits, each followed by a line end.
///
/// `sha256sum FILES | cut -c1-64 | sha256sum` gives the same digest.
///
/// # Example
/// ```
/// use placet::digest::{sha256, sha256_of_all};
///
/// let (one, two) = (sha256(b"one"), sha256(b"two"));
/// assert_eq!(sha256_of_all([one.as_str(), two.as_str()]), sha256(format!("{one}\n{two}\n").as_bytes()));
/// ```
pub fn sha256_of_all<'d>(digests: impl IntoIterator<Item = &'d str>) -> String {
    let mut all = Sha256::new();
    for digest in digests {
        all.update(digest.as_bytes());
        all.update(b"\n");
    }
    hexadecimal(&all.finalize())
}

/// A reader that digests the bytes read through it.
///
/// # Example
/// ```
/// use placet::digest::{Digesting, sha256};
///
/// let mut reader = Digesting::new(&b"id,headcount\n"[..]);
/// std::io::copy(&mut reader, &mut std::io::sink())?;
/// assert_eq!(reader.sha256(), sha256(b"id,headcount\n"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Digesting<R> {
    input: R,
    state: Sha256,
}

impl<R> Digesting<R> {
    /// Creates a reader that digests what is read from `input`.
    pub fn new(input: R) -> Digesting<R> {
        Digesting { input, state: Sha256::new() }
    }

    /// Returns the SHA-256 digest of all bytes read so far.
    pub fn sha256(&self) -> String {
        hexadecimal(&self.state.clone().finalize())
    }
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.state.update(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

//! Reads a policy or dossier together with every file that it uses.
//!
//! The library opens no file itself. [`gather`] asks the caller for each text, by a path relative to a root that the
//! caller chooses, and never for a path outside that root.

use crate::components::components;
use crate::diagnostic::{self, Diagnostic};
use crate::span::{FileId, Sources, Span, Text};
use crate::syntax::{self, Block, File};
use crate::text::{FileKind, same_word};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The largest number of files in one bundle.
pub const MOST_FILES: usize = 1_000;

/// Texts, their trees, and which file uses which.
///
/// # Example
/// ```
/// use placet::bundle::gather;
///
/// let mut load = |path: &str| Ok(if path == "a.placet" { "use \"b.placet\"" } else { "kind group" }.into());
/// let bundle = gather(&["a.placet"], &mut load);
/// assert_eq!(bundle.sources.name(bundle.files[1].id), "b.placet");
/// assert_eq!(bundle.uses[0], [bundle.files[1].id]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// The texts.
    pub sources: Sources,
    /// The trees of the texts, in the order of their ids. [`with`](Bundle::with) shares them between bundles.
    pub files: Vec<Arc<File>>,
    /// The files that the caller asked for, in the order asked.
    pub entries: Vec<FileId>,
    /// The files that each file uses, in order, by the id of the using file.
    pub uses: Vec<Vec<FileId>>,
    /// The findings about the form of the files and about their `use` lines, in reading order.
    pub problems: Vec<Diagnostic>,
    /// For each file, the files that its policy block or a `use` line in column 0 names. Files that only a dossier uses
    /// are left out.
    shared: Vec<Vec<FileId>>,
    /// The paths that were asked for, with their files. `None` if the file could not be read.
    known: BTreeMap<String, Option<FileId>>,
}

/// The reason why a file could not be read.
///
/// # Example
/// ```
/// use placet::bundle::{LoadError, gather};
///
/// let bundle = gather(&["a.placet"], &mut |_| Err(LoadError::Unreadable("it is a folder".to_owned())));
/// assert_eq!(bundle.problems[0].message, "`a.placet` cannot be read: it is a folder");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The file does not exist.
    #[error("the file does not exist")]
    NotFound,
    /// The file exists but cannot be read: access is denied, it is a folder, it is too large, and so on.
    #[error("{0}")]
    Unreadable(String),
}

/// Reads files and everything that they use.
///
/// Paths are relative to the caller's root, and their parts are separated by `/`. A file that cannot be read gives a
/// finding; the other files are still read.
///
/// # Example
/// ```
/// use placet::bundle::{LoadError, gather};
/// let mut load = |path: &str| match path {
///     "policy.placet" => Ok(b"use \"words/vocabulary.placet\"\n".to_vec()),
///     "words/vocabulary.placet" => Ok(b"kind group\n  is designated : yes or no\n".to_vec()),
///     _ => Err(LoadError::NotFound),
/// };
/// let bundle = gather(&["policy.placet"], &mut load);
/// assert!(bundle.problems.is_empty());
/// assert_eq!(bundle.files.len(), 2);
/// ```
pub fn gather(entries: &[&str], load: Load<'_>) -> Bundle {
    Bundle::default().with(entries, load)
}

/// A callback that returns the bytes of the file at a path.
pub type Load<'l> = &'l mut dyn FnMut(&str) -> Result<Vec<u8>, LoadError>;

impl Bundle {
    /// Returns the bundle with more entry files and everything that they use. Files already read are not read again.
    ///
    /// # Example
    /// ```
    /// use placet::bundle::gather;
    ///
    /// let mut asked = Vec::new();
    /// let mut load = |path: &str| {
    ///     asked.push(path.to_owned());
    ///     Ok(if path == "words.placet" { "kind group" } else { "use \"words.placet\"" }.into())
    /// };
    /// let bundle = gather(&["a.placet"], &mut load).with(&["b.placet"], &mut load);
    /// assert_eq!(bundle.uses[2], bundle.uses[0]);
    /// assert_eq!(asked, ["a.placet", "words.placet", "b.placet"]);
    /// ```
    pub fn with(mut self, entries: &[&str], load: Load<'_>) -> Bundle {
        let (file_count, entry_count) = (self.files.len(), self.entries.len());
        for entry in entries {
            let path = normal(entry).unwrap_or_else(|| (*entry).to_owned());
            if let Some(known) = self.known.get(&path) {
                if let Some(file) = *known
                    && !self.entries.contains(&file)
                {
                    self.entries.push(file);
                }
                continue;
            }
            match load(&path) {
                Ok(bytes) => {
                    let file = self.add(&path, &bytes);
                    self.known.insert(path, Some(file));
                    self.entries.push(file);
                }
                Err(error) => {
                    let file = self.sources.add(&path, "");
                    self.push(syntax::parse(file, ""));
                    self.problems.push(Diagnostic::error(
                        "P0001",
                        Span::new(file, 0, 0),
                        format!("`{path}` cannot be read: {error}"),
                    ));
                    self.known.insert(path, None);
                }
            }
        }
        // The list grows during the loop, because each file that is read may use more.
        let mut next = file_count;
        while let Some(file) = self.files.get(next).map(Arc::clone) {
            next += 1;
            for (path, of_dossier) in uses_of(&file) {
                let used = self.follow(file.id, path, load);
                if let (Some(used), false) = (used, of_dossier)
                    && let Some(shared) = self.shared.get_mut(file.id.0 as usize)
                    && !shared.contains(&used)
                {
                    shared.push(used);
                }
            }
        }
        self.report_empty(entry_count);
        self.report_cycles(file_count);
        diagnostic::sort(&mut self.problems);
        self
    }
}

impl Bundle {
    /// Returns the file and everything that it uses, in the order of first use.
    ///
    /// # Example
    /// ```
    /// # use placet::bundle::gather;
    /// let mut load = |path: &str| match path {
    ///     "a.placet" => Ok("use \"b.placet\"\nuse \"c.placet\"".into()),
    ///     "b.placet" => Ok("use \"c.placet\"".into()),
    ///     _ => Ok("kind group".into()),
    /// };
    /// let bundle = gather(&["a.placet"], &mut load);
    /// let names: Vec<&str> = bundle.reach(bundle.entries[0]).iter().map(|file| bundle.sources.name(*file)).collect();
    /// assert_eq!(names, ["a.placet", "b.placet", "c.placet"]);
    /// ```
    pub fn reach(&self, file: FileId) -> Vec<FileId> {
        self.reach_of(vec![file])
    }

    /// Returns the files and everything that they use, in the order of first use.
    pub(crate) fn reach_of(&self, files: Vec<FileId>) -> Vec<FileId> {
        reach_by(&self.uses, files)
    }

    /// Returns the tree of a file.
    ///
    /// # Example
    /// ```
    /// let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok("kind group\n\nkind person\n".into()));
    /// let file = bundle.file(bundle.entries[0]);
    /// assert_eq!(file.map(|file| file.blocks.len()), Some(2));
    /// ```
    pub fn file(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0 as usize).map(Arc::as_ref)
    }

    /// Returns the policy block of the first entry file that has one.
    ///
    /// # Example
    /// ```
    /// let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok("policy \"Training\"\n  id training\n".into()));
    /// let policy = bundle.policy().map(|(_, policy)| policy);
    /// assert_eq!(policy.and_then(|policy| policy.id.as_ref()).map(|id| id.value.as_str()), Some("training"));
    /// ```
    pub fn policy(&self) -> Option<(FileId, &syntax::Policy)> {
        self.entries.iter().find_map(|id| Some((*id, policy_of(self.file(*id)?)?)))
    }

    /// Returns the files that make up the policy: its own file and everything that it uses. Files that only a dossier
    /// uses are left out.
    ///
    /// Returns `None` if there is no policy.
    ///
    /// # Example
    /// ```
    /// let mut load = |path: &str| match path {
    ///     "policy.placet" => Ok("policy \"Training\"\n  id training\n  use \"words.placet\"\n".into()),
    ///     "group.placet" => Ok("dossier militia\n  about group\n  use \"more.placet\"\n".into()),
    ///     _ => Ok("kind group\n".into()),
    /// };
    /// let bundle = placet::bundle::gather(&["policy.placet", "group.placet"], &mut load);
    /// let files = bundle.policy_files().unwrap_or_default();
    /// let names: Vec<&str> = files.into_iter().map(|file| bundle.sources.name(file)).collect();
    /// assert_eq!(names, ["policy.placet", "words.placet"]);
    /// ```
    pub fn policy_files(&self) -> Option<Vec<FileId>> {
        self.policy().map(|(file, _)| reach_by(&self.shared, vec![file]))
    }

    /// Returns the files that a dossier's `use` lines name, and those that its file uses in column 0.
    pub(crate) fn used_by(&self, dossier: &syntax::Dossier) -> Vec<FileId> {
        let user = dossier.span.file;
        let blocks = self.file(user).into_iter().flat_map(|file| &file.blocks);
        let shared = blocks.filter_map(|block| match block {
            Block::Use(path) => Some(path),
            _ => None,
        });
        let named = dossier.uses.iter().chain(shared).filter_map(|path| {
            let target = named_by(self.sources.name(user), &path.value)?;
            self.known.get(&target).copied().flatten()
        });
        let used = self.uses.get(user.0 as usize);
        let mut files: Vec<FileId> =
            named.filter(|file| used.is_some_and(|used| used.contains(file))).collect();
        let mut seen = BTreeSet::new();
        files.retain(|file| seen.insert(*file));
        files
    }

    /// Returns the text of a block: from its header to the last line that is indented below it.
    ///
    /// A comment in column 0 does not end the block.
    ///
    /// # Example
    /// ```
    /// use placet::syntax::Block;
    ///
    /// let text = "bar abuses \"Abuses\"\n# why\n  when the group is hostile\n\n# the next block\nkind group\n";
    /// let bundle = placet::bundle::gather(&["a.placet"], &mut |_| Ok(text.into()));
    /// let Block::Rule(bar) = &bundle.files[0].blocks[0] else { panic!("it is a rule") };
    /// assert_eq!(bundle.block_text(bar.header.span), "bar abuses \"Abuses\"\n# why\n  when the group is hostile");
    /// ```
    pub fn block_text(&self, header: Span) -> &str {
        let Some(rest) = self.sources.text(header.file).get(header.start as usize..) else { return "" };
        let mut end = 0;
        let mut at = 0;
        for (number, line) in rest.split_inclusive('\n').enumerate() {
            let indented = line.starts_with([' ', '\t']);
            let blank = line.trim().is_empty();
            if number > 0 && !blank && !indented && !line.starts_with('#') {
                break;
            }
            at += line.len();
            if number == 0 || indented && !blank {
                end = at;
            }
        }
        rest.get(..end).unwrap_or_default().trim_end()
    }

    /// Adds a file that another file uses.
    ///
    /// A file that is not written in the language is reported at the `use` line and then dropped. Otherwise an error
    /// message could show text from a file that the author of the `use` line must not see.
    fn add_used(&mut self, path: &str, bytes: &[u8], used: Span) -> Option<FileId> {
        let reason = match syntax::read_bytes(path, bytes) {
            Ok(text) => {
                let tree = syntax::parse(self.next(), &text);
                if !tree.blocks.is_empty() || !diagnostic::any_error(&tree.problems) {
                    return Some(self.keep(path, bytes, &text, tree));
                }
                "it has no blocks".to_owned()
            }
            Err(unreadable) => unreadable.diagnostic.message,
        };
        self.problems.push(
            Diagnostic::error("P0009", used, format!("`{path}` is not a Placet file: {reason}"))
                .label("used here")
                .help("use a file with blocks such as `kind group` or `dossier my-group`; check the file by itself to see its errors"),
        );
        None
    }

    /// Returns the id of the next file to be added.
    fn next(&self) -> FileId {
        FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX))
    }

    /// Adds a file with the findings about its form.
    fn keep(&mut self, path: &str, bytes: &[u8], text: &str, tree: File) -> FileId {
        let file = self.sources.add(path, text);
        self.sources.digest(file, bytes);
        self.problems.extend(tree.problems.iter().cloned());
        self.problems.extend(second_policy(&tree));
        self.push(tree);
        file
    }

    fn add(&mut self, path: &str, bytes: &[u8]) -> FileId {
        if let FileKind::Other(what, help) = FileKind::of(path) {
            let file = self.sources.add(path, "");
            self.sources.digest(file, bytes);
            let message = format!("`{path}` is {what}, which is not supported");
            self.problems.push(Diagnostic::error("P0102", Span::new(file, 0, 0), message).help(help));
            self.push(syntax::parse(file, ""));
            return file;
        }
        match syntax::read_bytes(path, bytes) {
            Ok(text) => {
                let tree = syntax::parse(self.next(), &text);
                self.keep(path, bytes, &text, tree)
            }
            Err(unreadable) => {
                let file = self.sources.add(path, "");
                self.sources.digest(file, bytes);
                let mut problem = *unreadable.diagnostic;
                // Keep the readable start of the text, so that the place can be shown. The tree stays empty, so that
                // nothing is decided by it.
                let before = bytes.get(..problem.span.start as usize).unwrap_or_default();
                let readable = before.utf8_chunks().next().map_or("", |chunk| chunk.valid());
                let end = readable.len() + problem.span.range().len();
                problem.span = Span::new(file, readable.len(), end);
                self.sources.replace(file, readable);
                self.problems.push(problem);
                self.push(syntax::parse(file, ""));
                file
            }
        }
    }

    fn push(&mut self, tree: File) {
        self.files.push(Arc::new(tree));
        self.uses.push(Vec::new());
        self.shared.push(Vec::new());
    }

    /// Reads the file that a `use` line names, unless it has been read already.
    fn follow(&mut self, user: FileId, path: &Text, load: Load<'_>) -> Option<FileId> {
        let target = match resolved(self.sources.name(user), &path.value) {
            Ok(target) => target,
            Err(refused) => {
                self.problems.push(refused.at(path));
                return None;
            }
        };
        if !self.known.contains_key(&target) {
            if self.files.len() >= MOST_FILES {
                self.problems.push(Diagnostic::error(
                    "P0003",
                    path.span,
                    format!("more than {MOST_FILES} files are used together"),
                ));
                return None;
            }
            let read = match load(&target) {
                Ok(bytes) => self.add_used(&target, &bytes, path.span),
                Err(error) => {
                    self.problems.push(
                        Diagnostic::error("P0001", path.span, format!("`{target}` cannot be read: {error}"))
                            .label("used here")
                            .help("a path is relative to the folder of the file that contains it"),
                    );
                    None
                }
            };
            self.known.insert(target.clone(), read);
        }
        let used = self.known.get(&target).copied().flatten()?;
        if policy_of_file(self.file(used)) && self.file(user).is_some() {
            self.problems.push(
                Diagnostic::error("P0004", path.span, format!("`{target}` contains a policy"))
                    .label("another file cannot use a policy")
                    .help("move the shared blocks into a file without a `policy` block, and use that file"),
            );
            return None;
        }
        if let Some(uses) = self.uses.get_mut(user.0 as usize)
            && !uses.contains(&used)
        {
            uses.push(used);
        }
        Some(used)
    }

    /// Reports entry files without any block, starting with the given entry.
    fn report_empty(&mut self, from: usize) {
        for entry in self.entries.iter().skip(from).copied().collect::<Vec<_>>() {
            let is_empty = self.file(entry).is_some_and(|file| file.blocks.is_empty());
            if is_empty && self.problems.iter().all(|problem| problem.span.file != entry) {
                let name = self.sources.name(entry);
                self.problems.push(
                    Diagnostic::error("P0006", Span::new(entry, 0, 0), format!("`{name}` has no blocks"))
                        .help("start a block in column 0, such as `policy \"…\"`, `kind group` or `dossier my-group`"),
                );
            }
        }
    }

    /// Reports each `use` line that closes a cycle, in the files from the given one on.
    ///
    /// Earlier files cannot take part, because none of them uses a later one.
    fn report_cycles(&mut self, from: usize) {
        let cycles = cycles(&self.uses);
        let cycle = |file: FileId| cycles.get(&(file.0 as usize));
        let mut found = Vec::new();
        for file in self.files.iter().skip(from) {
            let Some(uses) = self.uses.get(file.id.0 as usize) else { continue };
            // Report the cycle once, at the `use` line of the file in it that was read last.
            let closing = uses.iter().filter(|used| **used <= file.id && cycle(**used) == cycle(file.id));
            let closing: Vec<FileId> = closing.copied().collect();
            if closing.is_empty() {
                continue;
            }
            let mut places: BTreeMap<String, Span> = BTreeMap::new();
            for (path, _) in uses_of(file) {
                if let Some(target) = named_by(self.sources.name(file.id), &path.value) {
                    places.entry(target).or_insert(path.span);
                }
            }
            for used in closing {
                let name = self.sources.name(used);
                let place = places.get(name).copied().unwrap_or(Span::new(file.id, 0, 0));
                found.push(if used == file.id {
                    Diagnostic::error("P0005", place, "the file uses itself")
                        .label("this file")
                        .help("leave the line out")
                } else {
                    Diagnostic::error("P0005", place, format!("`{name}` and this file use each other"))
                        .label("closes a cycle")
                        .help("move the shared blocks into a third file, and use it in both")
                });
            }
        }
        self.problems.append(&mut found);
    }
}

/// Returns the strongly connected component of each file: two files have the same one if each uses the other, directly or
/// through other files.
fn cycles(uses: &[Vec<FileId>]) -> BTreeMap<usize, usize> {
    let used_by = |file: usize| uses.get(file).into_iter().flatten().map(|used| used.0 as usize);
    let cycles = components(0..uses.len(), used_by);
    let named = |(name, files): (usize, Vec<usize>)| files.into_iter().map(move |file| (file, name));
    cycles.into_iter().enumerate().flat_map(named).collect()
}

/// Returns the paths that a file uses, each with whether the `use` line is in a dossier.
fn uses_of(file: &File) -> impl Iterator<Item = (&Text, bool)> {
    file.blocks.iter().flat_map(|block| {
        let (paths, of_dossier) = match block {
            Block::Policy(policy) => (policy.uses.as_slice(), false),
            Block::Dossier(dossier) => (dossier.uses.as_slice(), true),
            Block::Use(path) => (std::slice::from_ref(path), false),
            _ => (&[][..], false),
        };
        paths.iter().map(move |path| (path, of_dossier))
    })
}

/// Returns the files and everything that they lead to, in the order in which each is first reached.
fn reach_by(uses: &[Vec<FileId>], mut reached: Vec<FileId>) -> Vec<FileId> {
    let mut seen = BTreeSet::new();
    reached.retain(|file| seen.insert(*file));
    let mut next = 0;
    while let Some(at) = reached.get(next).copied() {
        next += 1;
        for used in uses.get(at.0 as usize).into_iter().flatten() {
            if seen.insert(*used) {
                reached.push(*used);
            }
        }
    }
    reached
}

fn policy_of(file: &File) -> Option<&syntax::Policy> {
    file.blocks.iter().find_map(|block| match block {
        Block::Policy(policy) => Some(policy),
        _ => None,
    })
}

fn policy_of_file(file: Option<&File>) -> bool {
    file.and_then(policy_of).is_some()
}

/// Returns the paths that the `use` lines of a file name, relative to the root and without duplicates. Paths outside
/// the root are left out.
///
/// # Example
/// ```
/// let text = "use \"../words/vocabulary.placet\"\nuse \"../../secret.placet\"\n";
/// assert_eq!(placet::bundle::uses("rules/training.placet", text), ["words/vocabulary.placet"]);
/// ```
pub fn uses(name: &str, text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let all = syntax::uses(text).into_iter().filter_map(|path| named_by(name, &path));
    all.filter(|path| seen.insert(path.clone())).collect()
}

/// Reports the second policy block of a file, since only the first could be used.
fn second_policy(file: &File) -> Option<Diagnostic> {
    let mut policies = file.blocks.iter().filter_map(|block| match block {
        Block::Policy(policy) => Some(policy),
        _ => None,
    });
    let (first, second) = (policies.next()?, policies.next()?);
    Some(
        Diagnostic::error("P0008", second.span, "this file has two `policy` blocks")
            .label("the second")
            .see(first.span, "the first")
            .help("write each policy and its rules in a file of its own"),
    )
}

/// The reason why the path of a `use` line is refused.
enum Refused {
    /// The path leads outside the root.
    Outside,
    /// The path is absolute, or its parts are not separated by `/`.
    NotRelative,
    /// The path does not name a `.placet` file.
    NotPlacet,
}

impl Refused {
    fn at(self, path: &Text) -> Diagnostic {
        match self {
            Refused::Outside => Diagnostic::error(
                "P0002",
                path.span,
                "the path leads outside the given folder tree",
            )
            .label("outside")
            .help("use files in the same folder tree, or give a root further up"),
            Refused::NotRelative => {
                Diagnostic::error("P0002", path.span, "the path is not relative to the file's folder")
                    .label("not relative")
                    .help("write the path relative to this file's folder, with `/` between its parts, such as `../words.placet`")
            }
            Refused::NotPlacet => {
                Diagnostic::error("P0007", path.span, "the path does not name a .placet file")
                    .label("not a .placet file")
                    .help("use only files whose names end with `.placet`; give tables such as .csv to the command itself")
            }
        }
    }
}

/// Returns the file that a `use` line names, relative to the root.
///
/// Only `.placet` files inside the root can be used, so that a dossier from elsewhere cannot cause other files to be
/// opened.
fn resolved(name: &str, path: &str) -> Result<String, Refused> {
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') || drive || path.contains('\\') {
        return Err(Refused::NotRelative);
    }
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let separator = if name.contains('/') { "/" } else { "" };
    let target = normal(&format!("{folder}{separator}{path}")).ok_or(Refused::Outside)?;
    match target.rsplit_once('.') {
        Some((_, ending)) if same_word(ending, "placet") => Ok(target),
        _ => Err(Refused::NotPlacet),
    }
}

/// Returns the file that a `use` line names, relative to the root, or `None` if it cannot be used.
fn named_by(name: &str, path: &str) -> Option<String> {
    resolved(name, path).ok()
}

/// Returns the path without `.`, `..` and empty parts, or `None` if `..` leads outside the root.
///
/// An absolute path stays absolute.
fn normal(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    Some(format!("{root}{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(files: &[(&str, &str)]) -> Bundle {
        let mut load = |path: &str| {
            files
                .iter()
                .find(|(name, _)| *name == path)
                .map(|(_, text)| text.as_bytes().to_vec())
                .ok_or(LoadError::NotFound)
        };
        gather(&[files[0].0], &mut load)
    }

    fn codes(bundle: &Bundle) -> Vec<&str> {
        bundle.problems.iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn missing_file_is_reported_at_its_use() {
        let bundle = gathered(&[("a.placet", "use \"b.placet\"\n")]);
        assert_eq!(codes(&bundle), ["P0001"]);
        assert_eq!(bundle.sources.slice(bundle.problems[0].span), "\"b.placet\"");
    }

    #[test]
    fn path_outside_the_root_is_not_loaded() {
        let mut loaded = Vec::new();
        let mut load = |path: &str| {
            loaded.push(path.to_owned());
            Ok(b"use \"../../secret.placet\"\n".to_vec())
        };
        let bundle = gather(&["rules/a.placet"], &mut load);
        assert_eq!(codes(&bundle), ["P0002"]);
        assert_eq!(loaded, ["rules/a.placet"]);
    }

    #[test]
    fn cycle_is_reported_once() {
        let bundle = gathered(&[("a.placet", "use \"b.placet\"\n"), ("b.placet", "use \"a.placet\"\n")]);
        assert_eq!(codes(&bundle), ["P0005"]);
        let own = gathered(&[("a.placet", "use \"a.placet\"\n")]);
        assert_eq!(codes(&own), ["P0005"]);
    }
}

//! Files: which are meant, where the outermost folder is, and how large they may be. The library itself opens none.

use crate::check::Gathered;
use crate::failure::Failure;
use placet::bundle::{self, Bundle, LoadError};
use placet::diagnostic::{self, Diagnostic};
use placet::evidence::{self, Dossier, Evidence};
use placet::policy::{self, Policy};
use placet::span::FileId;
use placet::syntax::Block;
use placet::value::Date;
use placet::wire;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// The largest file in the language that is read.
///
/// # Units
/// Bytes.
const LARGEST_FILE: u64 = 4 * 1024 * 1024;

/// How many files a folder may hold.
const MOST_FILES: usize = 10_000;

/// How deep folders are searched.
const DEEPEST: usize = 32;

/// The file that was asked for first.
const FIRST: FileId = FileId(0);

/// The folder that nothing is read outside of; paths are relative to it, with `/` between their parts.
pub struct Root {
    folder: PathBuf,
}

/// A policy with everything that was read for it.
pub struct Loaded {
    /// The texts.
    pub bundle: Bundle,
    /// The policy.
    pub policy: Policy,
    /// The dossiers.
    pub evidence: Evidence,
    /// The ids of the dossiers asked for that are about a kind the policy is about, in the order of reading.
    pub subjects: Vec<String>,
    /// The ids of the dossiers of circumstances asked for.
    pub circumstances: Vec<String>,
}

impl Loaded {
    /// The dossiers, by id.
    pub fn dossiers(&self) -> BTreeMap<&str, &Dossier> {
        self.evidence.dossiers.iter().map(|dossier| (dossier.id.as_str(), dossier)).collect()
    }
}

impl Root {
    /// The root for some paths: the one given, else the current folder where all lie below it, else the nearest folder
    /// that they share.
    pub fn of<'p>(given: Option<&Path>, paths: impl IntoIterator<Item = &'p Path>) -> Result<Root, Failure> {
        let mut real = Vec::new();
        for path in paths {
            real.push(canonical(path)?);
        }
        if let Some(given) = given {
            let folder = canonical(given)?;
            if let Some(outside) = real.iter().find(|path| !path.starts_with(&folder)) {
                let what = format!("{} lies outside of {}", outside.display(), folder.display());
                return Err(Failure::with_help(what, "give --root a folder that holds all files"));
            }
            return Ok(Root { folder });
        }
        let here = std::env::current_dir().and_then(fs::canonicalize);
        if let Ok(here) = here
            && real.iter().all(|path| path.starts_with(&here))
        {
            return Ok(Root { folder: here });
        }
        let mut shared = real.first().cloned().unwrap_or_default();
        if shared.is_file() {
            shared.pop();
        }
        while !real.iter().all(|path| path.starts_with(&shared)) && shared.pop() {}
        Ok(Root { folder: shared })
    }

    /// A path that was given as one relative to the root.
    pub fn name(&self, path: &Path) -> Result<String, Failure> {
        let real = canonical(path)?;
        let inside = real.strip_prefix(&self.folder).map_err(|_| {
            let what = format!("{} leads outside of {}", path.display(), self.folder.display());
            Failure::with_help(what, "give --root a folder that holds all files")
        })?;
        let parts: Vec<&str> = inside.iter().filter_map(|part| part.to_str()).collect();
        Ok(parts.join("/"))
    }

    /// Reads files and everything they use.
    pub fn gather(&self, names: &[&str]) -> Bundle {
        bundle::gather(names, &mut |name| self.read(name, LARGEST_FILE))
    }

    /// The bytes of a file, its size looked at first.
    fn read(&self, name: &str, largest: u64) -> Result<Vec<u8>, LoadError> {
        let unreadable = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => LoadError::NotFound,
            _ => LoadError::Unreadable(error.to_string()),
        };
        let path = fs::canonicalize(self.folder.join(name)).map_err(unreadable)?;
        if !path.starts_with(&self.folder) {
            return Err(LoadError::Unreadable(format!("it leads outside of {}", self.folder.display())));
        }
        let about = fs::metadata(&path).map_err(unreadable)?;
        if !about.is_file() {
            return Err(LoadError::Unreadable("it is not a file".to_owned()));
        }
        if about.len() > largest {
            let mib = largest / (1024 * 1024);
            return Err(LoadError::Unreadable(format!("it is larger than {mib} MiB")));
        }
        fs::read(path).map_err(unreadable)
    }

    /// The bytes of one file in the language.
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, Failure> {
        self.read(name, LARGEST_FILE).map_err(|error| Failure::new(format!("{name} cannot be read: {error}")))
    }

    /// The place on disk of a name.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Replaces each folder by the `.placet` files in it and below, in the order of their names.
    pub fn files<'p>(&self, paths: impl IntoIterator<Item = &'p PathBuf>) -> Result<Vec<String>, Failure> {
        let mut names = Vec::new();
        for path in paths {
            if path.is_dir() {
                let mut found = Vec::new();
                walk(path, DEEPEST, &mut found)?;
                for file in &found {
                    names.push(self.name(file)?);
                }
            } else {
                names.push(self.name(path)?);
            }
        }
        let mut once: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        once.extend(names.into_iter().filter(|name| seen.insert(name.clone())));
        Ok(once)
    }

    /// The name of one file; a folder is refused.
    pub fn file(&self, path: &Path) -> Result<String, Failure> {
        if path.is_dir() {
            let what = format!("{} is a folder, and one file is needed here", path.display());
            return Err(Failure::with_help(what, "name a .placet file in it"));
        }
        self.name(path)
    }

    /// The names of those files whose text meets a condition. A file that cannot be read through is never passed over:
    /// all such are refused together.
    fn holding(&self, names: Vec<String>, wanted: impl Fn(&Bundle) -> bool) -> Result<Vec<String>, Failure> {
        let mut broken = Gathered::default();
        let mut holding = Vec::new();
        for name in names {
            let bundle = self.gather(&[&name]);
            broken.add(&bundle.sources, unread(&bundle));
            if wanted(&bundle) {
                holding.push(name);
            }
        }
        if broken.findings.is_empty() { Ok(holding) } else { Err(broken.into()) }
    }

    /// The names of the files that hold a policy.
    pub fn policies(&self, path: &PathBuf) -> Result<Vec<String>, Failure> {
        let names = self.files([path])?;
        if !path.is_dir() {
            return Ok(names);
        }
        let policies = self.holding(names, |bundle| bundle.policy().is_some())?;
        if policies.is_empty() {
            return Err(Failure::new(format!("there is no policy in {}", path.display())));
        }
        Ok(policies)
    }

    /// Reads a policy with dossiers, and refuses where anything in them is wrong.
    pub fn load(&self, policy: &str, dossiers: &[String]) -> Result<Loaded, Failure> {
        let (written, data): (Vec<&str>, Vec<&str>) =
            dossiers.iter().map(String::as_str).partition(|name| !is_data(name));
        let entries: Vec<&str> = std::iter::once(policy).chain(written).collect();
        let mut bundle = self.gather(&entries);
        if bundle.file(FIRST).is_some_and(|first| !has_policy(first)) && unread(&bundle).next().is_none() {
            let help = "a policy file has a block that starts with the word `policy`, and is given first";
            return Err(Failure::with_help(format!("{policy} holds no policy"), help));
        }
        let resolved = policy::resolve(&bundle);
        let (mut evidence, mut problems) = evidence::read(&bundle, &resolved.vocabulary);
        problems.extend(bundle.problems.iter().cloned());
        problems.extend(resolved.problems);
        // A policy and its dossiers may stand in one file, given twice.
        let own = usize::from(!dossiers.iter().any(|name| name == policy));
        let asked = bundle.entries.get(own..).unwrap_or(&[]).to_vec();
        let about = resolved.policy.as_ref().map(|policy| policy.about.clone()).unwrap_or_default();
        let circumstances: Vec<String> = evidence
            .dossiers
            .iter()
            .filter(|dossier| asked.contains(&dossier.span.file))
            .filter(|dossier| resolved.vocabulary.kinds.find(dossier.kind).is_some_and(|kind| kind.only_one))
            .map(|dossier| dossier.id.clone())
            .collect();
        let first_data = FileId(u32::try_from(bundle.sources.files().len()).unwrap_or(u32::MAX));
        let mut read_in = Vec::new();
        for name in data {
            let file = bundle.sources.add(name, "");
            let read = self.data(name, file, &mut bundle, &resolved.vocabulary, &about);
            problems.extend(read.problems);
            read_in.extend(read.dossiers);
        }
        for dossier in read_in.iter_mut().filter(|dossier| dossier.uses.is_empty()) {
            dossier.uses.clone_from(&circumstances);
        }
        problems.extend(wire::join(&mut evidence, read_in, &resolved.vocabulary));
        if diagnostic::any_error(&problems) {
            diagnostic::sort(&mut problems);
            problems.dedup();
            problems.retain(|problem| problem.severity == diagnostic::Severity::Error);
            let lead = apart(&problems, &bundle);
            return Err(Failure::Mistakes { lead, findings: problems, sources: Box::new(bundle.sources) });
        }
        let Some(policy) = resolved.policy else {
            return Err(Failure::new(format!("{policy} holds no policy")));
        };
        let subjects = evidence
            .dossiers
            .iter()
            .filter(|dossier| asked.contains(&dossier.span.file) || dossier.span.file >= first_data)
            .filter(|dossier| policy.about.contains(&dossier.kind))
            .map(|dossier| dossier.id.clone())
            .collect();
        Ok(Loaded { bundle, policy, evidence, subjects, circumstances })
    }

    /// Reads a file of dossiers in JSON, NDJSON or CSV.
    fn data(
        &self,
        name: &str,
        file: FileId,
        bundle: &mut Bundle,
        vocabulary: &policy::Vocabulary,
        about: &[placet::id::KindId],
    ) -> wire::Read {
        let place = placet::span::Span::new(file, 0, 0);
        let largest = u64::try_from(wire::LARGEST_DATA_FILE).unwrap_or(u64::MAX);
        let failed = |problem: Diagnostic| wire::Read { dossiers: Vec::new(), problems: vec![problem] };
        let bytes = match self.read(name, largest) {
            Ok(bytes) => bytes,
            Err(error) => {
                return failed(Diagnostic::error(
                    "P0001",
                    place,
                    format!("`{name}` cannot be read: {error}"),
                ));
            }
        };
        let text = match wire::decode(file, &bytes) {
            Ok(text) => text,
            Err(problem) => return failed(*problem),
        };
        bundle.sources.replace(file, text);
        if name.ends_with(".csv") {
            wire::dossier_csv::read(file, text, vocabulary, about)
        } else if name.ends_with(".json") {
            wire::dossier_json::read(file, text, vocabulary, about)
        } else {
            wire::dossier_json::read_lines(file, text, vocabulary, about)
        }
    }

    /// The names of the files that dossiers are in: `.placet` files that hold one where a folder is given.
    pub fn dossiers(&self, paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
        let mut names = Vec::new();
        for path in paths {
            let found = self.files([path])?;
            if path.is_dir() {
                names.extend(self.holding(found, holds_dossier)?);
            } else {
                names.extend(found);
            }
        }
        Ok(names)
    }
}

/// Whether the first file asked for is one of dossiers; one that cannot be read well enough to tell may be.
pub fn holds_dossier(bundle: &Bundle) -> bool {
    let first = bundle.entries.first().and_then(|id| bundle.file(*id));
    bundle.policy().is_none() && first.is_some_and(|file| !file.problems.is_empty() || has_dossier(file))
}

/// What is wrong with the form of the one file that was asked for: it cannot be read, says nothing, or has mistakes.
pub fn unread(bundle: &Bundle) -> impl Iterator<Item = &Diagnostic> {
    bundle
        .problems
        .iter()
        .filter(|problem| problem.span.file == FIRST && problem.severity == diagnostic::Severity::Error)
}

/// Whether a file has a dossier.
pub fn has_dossier(file: &placet::syntax::File) -> bool {
    file.blocks.iter().any(|block| matches!(block, Block::Dossier(_)))
}

fn has_policy(file: &placet::syntax::File) -> bool {
    file.blocks.iter().any(|block| matches!(block, Block::Policy(_)))
}

/// What lies behind many findings: a dossier uses another vocabulary than the policy, which declares the same things.
fn apart(problems: &[Diagnostic], bundle: &Bundle) -> Option<String> {
    let of_policy = bundle.reach(FIRST);
    let pairs = problems.iter().filter(|problem| problem.code == "P0221").filter_map(|problem| {
        let (one, other) = (problem.span.file, problem.labels.first()?.span.file);
        match (of_policy.contains(&one), of_policy.contains(&other)) {
            (true, false) => Some((one, other)),
            (false, true) => Some((other, one)),
            _ => None,
        }
    });
    let (own, foreign) = pairs.min()?;
    let [own, foreign] = [own, foreign].map(|file| bundle.sources.name(file));
    Some(format!(
        "{own}, by which the policy goes, and {foreign}, by which a dossier goes, declare the same things and do not belong \
         together: let the dossier use {own}, or decide it by a policy that uses {foreign}"
    ))
}

/// Whether a file holds data rather than text in the language.
pub fn is_data(name: &str) -> bool {
    [".json", ".ndjson", ".jsonl", ".csv"].iter().any(|ending| name.ends_with(ending))
}

fn canonical(path: &Path) -> Result<PathBuf, Failure> {
    fs::canonicalize(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::new(format!("there is no {}", path.display())),
        _ => Failure::new(format!("{} cannot be read: {error}", path.display())),
    })
}

/// The `.placet` files of a folder and of those in it; hidden ones and linked folders are left out.
fn walk(folder: &Path, left: usize, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed =
        |error: std::io::Error| Failure::new(format!("{} cannot be read: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        entries.push(entry.map_err(failed)?.path());
    }
    entries.sort();
    for path in entries {
        let hidden = path.file_name().and_then(|name| name.to_str()).is_none_or(|name| name.starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            if left > 0 && !path.is_symlink() {
                walk(&path, left - 1, found)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "placet") {
            found.push(path);
        }
        if found.len() > MOST_FILES {
            return Err(Failure::new(format!("{} holds more than {MOST_FILES} files", folder.display())));
        }
    }
    Ok(())
}

/// Reads a date as given on the command line; `today` asks the clock (UTC), and nothing else does.
pub fn date(text: &str) -> Result<Date, String> {
    if text == "today" {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?;
        let days = i64::try_from(since.as_secs() / 86_400).map_err(|error| error.to_string())?;
        let epoch = Date::parse("1970-01-01").map_or(0, Date::number);
        return Date::from_number(epoch + days).ok_or_else(|| "the clock is wrong".to_owned());
    }
    Date::parse(text).ok_or_else(|| "write a day that exists as 2016-02-01, or `today`".to_owned())
}

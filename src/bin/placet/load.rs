//! Files: which are meant, where the outermost folder is, and how large they may be. The library itself opens none.

use crate::failure::Failure;
use placet::bundle::{self, Bundle, LoadError};
use placet::check::{Gathered, holds_dossier};
use placet::desk::{self, Desk, LARGEST_FILE, is_data, unread};
use placet::value::Date;
use placet::wire;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// How many files a folder may hold.
const MOST_FILES: usize = 10_000;

/// How deep folders are searched.
const DEEPEST: usize = 32;

/// The folder that nothing is read outside of; paths are relative to it, with `/` between their parts.
pub struct Root {
    folder: PathBuf,
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

    /// The bytes of a file, as the library asks for them.
    pub fn raw(&self, name: &str) -> Result<Vec<u8>, LoadError> {
        let largest = if is_data(name) { wire::LARGEST_DATA_FILE } else { LARGEST_FILE };
        self.read(name, largest)
    }

    /// The bytes of a file, its size looked at first.
    fn read(&self, name: &str, largest: usize) -> Result<Vec<u8>, LoadError> {
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
        if usize::try_from(about.len()).map_or(true, |length| length > largest) {
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
    pub fn load(&self, policy: &str, dossiers: &[String]) -> Result<Desk, Failure> {
        desk::lay(policy, dossiers, &mut |name| self.raw(name)).map_err(Failure::from)
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

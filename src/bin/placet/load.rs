//! Finds and reads files, and limits them to a root folder and to a size. The library itself does not open files.

use crate::failure::Failure;
use crate::output::{named, remark, why};
use crate::render;
use placet::bundle::{self, Bundle, LoadError};
use placet::check::{Gathered, holds_dossier};
use placet::value::Date;
use placet::wire;
use placet::workspace::{LARGEST_FILE, Workspace, is_data, unread};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest number of files in a folder.
const MOST_FILES: usize = 10_000;

/// The largest depth to which folders are searched.
const DEEPEST: usize = 32;

/// The root folder. No file outside of it is read. Names are paths relative to it, with `/` as the separator.
pub struct Root {
    folder: PathBuf,
    /// The files read so far, by their real paths.
    read: RefCell<BTreeSet<PathBuf>>,
}

impl Root {
    /// Returns the root for some paths: the given folder, else the current folder if it contains all of them, else the
    /// deepest folder that contains all of them.
    pub fn of<'p>(given: Option<&Path>, paths: impl IntoIterator<Item = &'p Path>) -> Result<Root, Failure> {
        let (mut real, mut places) = (Vec::new(), Vec::new());
        for path in paths {
            real.push(canonical(path)?);
            places.push(place(path)?);
        }
        let folder = match given {
            Some(given) => canonical(given)?,
            None => shared(&places),
        };
        if let Some((outside, _)) = places.iter().zip(&real).find(|(_, real)| !real.starts_with(&folder)) {
            let what = format!("{} leads outside of {}", named(outside), named(&folder));
            return Err(Failure::with_help(what, "give --root a folder that contains all files"));
        }
        Ok(Root::at(folder))
    }

    fn at(folder: PathBuf) -> Root {
        Root { folder, read: RefCell::default() }
    }

    /// Returns whether a file was read, by its real path.
    pub fn has_read(&self, real: &Path) -> bool {
        self.read.borrow().contains(real)
    }

    /// Returns the name of a given path, relative to the root.
    pub fn name(&self, path: &Path) -> Result<String, Failure> {
        let real = canonical(path)?;
        let inside = real.strip_prefix(&self.folder).map_err(|_| {
            let what = format!("{} leads outside of {}", named(path), named(&self.folder));
            Failure::with_help(what, "give --root a folder that contains all files")
        })?;
        let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
        let not_utf8 = || {
            let what = format!("the name of {} is not valid UTF-8", named(path));
            Failure::with_help(what, "rename it: the name of a file must be valid UTF-8")
        };
        parts.map(|parts| parts.join("/")).ok_or_else(not_utf8)
    }

    /// Reads files and everything that they use.
    pub fn gather(&self, names: &[&str]) -> Bundle {
        bundle::gather(names, &mut |name| self.read(name, LARGEST_FILE))
    }

    /// Returns the bytes of a file. The library calls this to read files.
    pub fn raw(&self, name: &str) -> Result<Vec<u8>, LoadError> {
        let largest = if is_data(name) { wire::LARGEST_DATA_FILE } else { LARGEST_FILE };
        self.read(name, largest)
    }

    /// Returns the bytes of a file, with a size limit.
    fn read(&self, name: &str, largest: usize) -> Result<Vec<u8>, LoadError> {
        let unreadable = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => LoadError::NotFound,
            _ => LoadError::Unreadable(why(&error)),
        };
        let path = fs::canonicalize(self.folder.join(name)).map_err(unreadable)?;
        if !path.starts_with(&self.folder) {
            return Err(LoadError::Unreadable(format!("it leads outside of {}", named(&self.folder))));
        }
        // Checked before the file is opened, since opening a pipe blocks until there is a writer.
        if !fs::metadata(&path).map_err(unreadable)?.is_file() {
            return Err(LoadError::Unreadable("it is not a file".to_owned()));
        }
        let limit = u64::try_from(largest).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        let file = File::open(&path).map_err(unreadable)?;
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() > largest {
            let mib = largest / (1024 * 1024);
            return Err(LoadError::Unreadable(format!("it is larger than {mib} MiB")));
        }
        self.read.borrow_mut().insert(path);
        Ok(bytes)
    }

    /// Returns the bytes of one file in the language.
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, Failure> {
        self.read(name, LARGEST_FILE).map_err(|error| Failure::new(format!("{name} cannot be read: {error}")))
    }

    /// Returns the path on disk of a name.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Replaces each folder by the `.placet` files in it and below, sorted by name.
    pub fn files<'p>(&self, paths: impl IntoIterator<Item = &'p PathBuf>) -> Result<Vec<String>, Failure> {
        let mut names = Vec::new();
        for path in paths {
            if path.is_dir() {
                let mut found = Vec::new();
                walk((path, &canonical(path)?), DEEPEST, &mut found)?;
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

    /// Returns the name of one file. A folder is an error.
    pub fn file(&self, path: &Path) -> Result<String, Failure> {
        if path.is_dir() {
            let what = format!("{} is a folder, expected a file", named(path));
            return Err(Failure::with_help(what, "name a .placet file in it"));
        }
        self.name(path)
    }

    /// Returns the names of the files whose content meets a condition. A file with errors is not skipped: all such
    /// files are reported together.
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

    /// Returns the names of the files that have a policy.
    pub fn policies(&self, path: &PathBuf) -> Result<Vec<String>, Failure> {
        let names = self.files([path])?;
        if !path.is_dir() {
            return Ok(names);
        }
        let policies = self.holding(names, |bundle| bundle.policy().is_some())?;
        if policies.is_empty() {
            return Err(Failure::new(format!("there is no policy in {}", named(path))));
        }
        Ok(policies)
    }

    /// Reads a policy with dossiers, and fails if there is an error in them. Warnings and remarks are shown.
    pub fn load(&self, policy: &str, dossiers: &[String]) -> Result<Workspace, Failure> {
        let workspace =
            Workspace::open(policy, dossiers, &mut |name| self.raw(name)).map_err(Failure::from)?;
        if !workspace.remarks.is_empty() {
            remark(render::findings(&workspace.remarks, &workspace.sources).trim_end());
        }
        Ok(workspace)
    }

    /// Returns the names of the files with dossiers. For a folder, these are its `.placet` files that have a dossier.
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

/// Returns the current folder if it contains all paths, else the deepest folder that does.
fn shared(places: &[PathBuf]) -> PathBuf {
    let here = std::env::current_dir().and_then(fs::canonicalize);
    if let Ok(here) = here
        && places.iter().all(|path| path.starts_with(&here))
    {
        return here;
    }
    let mut shared = places.first().cloned().unwrap_or_default();
    if !shared.is_dir() {
        shared.pop();
    }
    while !places.iter().all(|path| path.starts_with(&shared)) && shared.pop() {}
    shared
}

/// Returns where a path lies. If it is a link, this is the place of the link and not of its target: a link must not move
/// the root.
fn place(path: &Path) -> Result<PathBuf, Failure> {
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if path.is_symlink() => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            Ok(canonical(parent)?.join(name))
        }
        _ => canonical(path),
    }
}

fn canonical(path: &Path) -> Result<PathBuf, Failure> {
    fs::canonicalize(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::new(format!("{} does not exist", named(path))),
        _ => Failure::new(format!("{} cannot be read: {}", named(path), why(&error))),
    })
}

/// Collects the `.placet` files of a folder and its subfolders. `top` is the real path of the folder where the search
/// began. Hidden files and linked folders are left out, and so are links that lead out of `top`.
fn walk((folder, top): (&Path, &Path), left: usize, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed =
        |error: io::Error| Failure::new(format!("{} cannot be read: {}", named(folder), why(&error)));
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        entries.push(entry.map_err(failed)?.path());
    }
    entries.sort();
    for path in entries {
        if path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b".")) {
            continue;
        }
        if path.is_dir() {
            if path.is_symlink() {
                continue;
            }
            if left == 0 {
                return Err(Failure::new(format!("{} is more than {DEEPEST} folders deep", named(&path))));
            }
            walk((&path, top), left - 1, found)?;
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("placet")) {
            if path.is_symlink() && !canonical(&path)?.starts_with(top) {
                remark(&format!(
                    "{} is left out: it is a link that leads outside of {}",
                    named(&path),
                    named(top)
                ));
                continue;
            }
            found.push(path);
        }
        if found.len() > MOST_FILES {
            return Err(Failure::new(format!("{} has more than {MOST_FILES} files", named(folder))));
        }
    }
    Ok(())
}

/// Parses a date from the command line. `today` is the current day in the user's time zone (TZ, else the system's).
/// Nothing else reads the clock.
pub fn date(text: &str) -> Result<Date, String> {
    let today = || chrono::Local::now().format("%Y-%m-%d").to_string();
    let day = if text == "today" { Date::parse(&today()) } else { Date::parse(text) };
    day.ok_or_else(|| "expected a date that exists, such as 2016-02-01, or `today`".to_owned())
}

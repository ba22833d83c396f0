//! Placet decides who may receive assistance under a written policy. Decisions are exact, unknown and contested facts
//! stay unknown and contested, and every verdict comes with its reasons.
//!
//! ```
//! use placet::{Date, LoadError, Outcome, Workspace};
//!
//! let mut read = |path: &str| std::fs::read(path).map_err(|error| LoadError::Unreadable(error.to_string()));
//! let dossiers = ["rules/libya/dossiers/misrata-battalion.placet".to_owned()]; // or tables: .csv, .json, .ndjson
//! let workspace = Workspace::open("rules/libya/national-guard.placet", &dossiers, &mut read)?;
//! let day = Date::parse("2016-02-15").ok_or("no such day")?;
//! let decision = workspace.decide("misrata-battalion").as_of(day).types(["equipment"]).run()?;
//! let verdict = decision.verdict("equipment").ok_or("no such type of assistance")?;
//! assert_eq!(verdict.outcome(), Outcome::Ineligible);
//! let reasons: Vec<&str> = verdict.reasons()[0].iter().map(|fact| fact.text.as_str()).collect();
//! println!("because {}", reasons.join(" and "));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The library reads no file and no clock: the caller gives a function that reads files, and the day. Two programs in
//! `examples/` decide one case and a table. [`bulk`] decides on many subjects at once, from columns in memory.
//!
//! The items on this page are the interface. The modules behind them are public for the command, the package and the
//! tests, hidden here, and may change in any version. ARCHITECTURE.md describes them.

// ── foundation: sorted collections, texts, digests, places, ids, values, findings ──

#[doc(hidden)]
pub mod sorted;

#[doc(hidden)]
pub mod text;

#[doc(hidden)]
pub mod digest;

#[doc(hidden)]
pub mod span;

#[doc(hidden)]
pub mod id;

#[doc(hidden)]
pub mod value;

#[doc(hidden)]
pub mod script;

mod components;

#[doc(hidden)]
pub mod diagnostic;

// ── syntax: the tree of a file, and the files that belong together ──

#[doc(hidden)]
pub mod syntax;

#[doc(hidden)]
pub mod bundle;

// ── meaning: the policy, and what is known about the subjects ──

#[doc(hidden)]
pub mod policy;

#[doc(hidden)]
pub mod evidence;

// ── reasoning: pure, over variables and gates ──

#[doc(hidden)]
pub mod circuit;

#[doc(hidden)]
pub mod diagram;

#[doc(hidden)]
pub mod bitplane;

// ── the compiled policy ──

#[doc(hidden)]
pub mod compiled;

// ── verdicts ──

#[doc(hidden)]
pub mod decision;

pub mod bulk;

#[doc(hidden)]
pub mod analysis;

#[doc(hidden)]
pub mod scenario;

#[doc(hidden)]
pub mod interview;

// ── interfaces: data in and out, and drawings ──

#[doc(hidden)]
pub mod wire;

mod error;

#[doc(hidden)]
pub mod workspace;

mod request;

#[doc(hidden)]
pub mod verify;

#[doc(hidden)]
pub mod check;

#[doc(hidden)]
pub mod graph;

pub use bundle::LoadError;
pub use decision::{
    Change, ConcernOutcome, FactRef, KnownFact, Missing, OmittedStatement, Outcome, RuleOutcome, RuleStatus,
};
pub use diagnostic::{Diagnostic, Severity};
pub use error::{Error, ErrorKind};
pub use evidence::Dossier;
pub use policy::Policy;
pub use request::{Decision, Request, Verdict};
pub use value::Date;
pub use workspace::Workspace;

/// The examples of ARCHITECTURE.md, which are run as tests.
#[cfg(doctest)]
#[doc = include_str!("../ARCHITECTURE.md")]
mod architecture {}

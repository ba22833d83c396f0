//! Placet decides who may receive assistance under a written policy. Decisions are exact, unknown and contested facts
//! stay unknown and contested, and every verdict comes with its reasons.
//!
#![doc = include_str!("../ARCHITECTURE.md")]

// ── foundation: texts, digests, places, ids, values, findings ──

pub mod text;

pub mod digest;

pub mod span;

pub mod id;

pub mod value;

pub mod script;

pub mod diagnostic;

// ── syntax: the tree of a file, and the files that belong together ──

pub mod syntax;

pub mod bundle;

// ── meaning: the policy, and what is known about the subjects ──

pub mod policy;

pub mod evidence;

// ── reasoning: pure, over variables and gates ──

pub mod circuit;

pub mod diagram;

pub mod bitplane;

// ── the compiled policy ──

pub mod compiled;

// ── verdicts ──

pub mod decision;

pub mod bulk;

pub mod analysis;

pub mod scenario;

pub mod interview;

// ── interfaces: data in and out, and drawings ──

pub mod wire;

pub mod workspace;

pub mod verify;

pub mod check;

pub mod graph;

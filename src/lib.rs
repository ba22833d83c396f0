//! Placet decides who may receive assistance under a written policy: exactly, with unknown and contested facts kept
//! as such, and with reasons that can be defended.
//!
#![doc = include_str!("../ARCHITECTURE.md")]

// ── ground: text, digests, places, names, values, findings ──

pub mod text;

pub mod digest;

pub mod span;

pub mod id;

pub mod value;

pub mod script;

pub mod diagnostic;

// ── syntax: what a file says, and which files belong together ──

pub mod syntax;

pub mod bundle;

// ── meaning: what the text is about, and what is known ──

pub mod policy;

pub mod evidence;

// ── reasoning: pure, over variables and gates ──

pub mod circuit;

pub mod diagram;

pub mod batch;

// ── the policy as it is asked ──

pub mod compiled;

// ── the verdict ──

pub mod decision;

pub mod roll;

pub mod analysis;

pub mod scenario;

pub mod interview;

// ── faces: what enters and leaves as data, and what is drawn ──

pub mod wire;

pub mod desk;

pub mod verify;

pub mod check;

pub mod graph;

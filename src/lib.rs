//! Placet decides who may receive assistance under a written policy, exactly and with reasons.

pub mod span;

pub mod id;

pub mod value;

pub mod diagnostic;

pub mod syntax;

pub mod bundle;

pub mod policy;

pub mod evidence;

pub mod circuit;

pub mod diagram;

pub mod decision;

//! Placet decides who may receive assistance under a written policy, exactly and with reasons.

pub mod span;

pub mod value;

pub mod diagnostic;

pub mod syntax;

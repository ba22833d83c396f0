//! The second evaluator, and the generator of policies and dossiers for it.

#[path = "../../tests/oracle/agree.rs"]
pub mod agree;

#[path = "../../tests/oracle/bytes.rs"]
pub mod bytes;

#[path = "../../tests/oracle/draw.rs"]
mod draw;

#[path = "../../tests/oracle/kinds.rs"]
mod kinds;

#[path = "../../tests/oracle/line.rs"]
mod line;

// The tests use more of it.
#[allow(dead_code)]
#[path = "../../tests/oracle/model.rs"]
mod model;

// The tests use more of it.
#[allow(dead_code)]
#[path = "../../tests/oracle/naive.rs"]
mod naive;

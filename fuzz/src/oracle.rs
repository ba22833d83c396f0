//! The second evaluator, and the policies and dossiers that are drawn for it.

#[path = "../../tests/oracle/agree.rs"]
pub mod agree;

#[path = "../../tests/oracle/draw.rs"]
pub mod draw;

#[path = "../../tests/oracle/model.rs"]
pub mod model;

#[path = "../../tests/oracle/naive.rs"]
mod naive;

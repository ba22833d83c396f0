//! The programs in `examples/` run.

#[path = "../examples/decide_case.rs"]
mod decide_case;

#[path = "../examples/decide_table.rs"]
mod decide_table;

#[test]
fn a_case_is_decided() {
    decide_case::main().unwrap();
}

#[test]
fn a_table_is_decided() {
    decide_table::main().unwrap();
}

//! The checks of the fuzz targets: the same functions as in the project's tests.

#[path = "../../tests/hostile/compiled.rs"]
pub mod compiled;

#[path = "../../tests/hostile/data.rs"]
pub mod data;

#[path = "../../tests/hostile/files.rs"]
pub mod files;

#[path = "../../tests/hostile/saved.rs"]
pub mod saved;

#[path = "../../tests/hostile/text.rs"]
pub mod text;

pub mod oracle;

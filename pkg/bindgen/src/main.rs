//! `placet-bindgen WASM FOLDER NAME`: writes the glue `NAME.js`, its types and `NAME_bg.wasm` into the folder.

use std::error::Error;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("placet-bindgen: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(wasm), Some(folder), Some(name), None) =
        (arguments.next(), arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: placet-bindgen WASM FOLDER NAME".into());
    };
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name(&name)
        .web(true)?
        .typescript(true)
        // The API knows the path. A second one here would make bundlers look for a file that does not exist.
        .omit_default_module_path(true)
        // The engine is restarted in a new instance after a crash.
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)?;
    Ok(())
}

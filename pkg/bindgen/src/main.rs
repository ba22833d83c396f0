//! `placet-bindgen WASM FOLDER`: writes the glue `placet.js`, its types and `placet_bg.wasm` into the folder.

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
    let (Some(wasm), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("usage: placet-bindgen WASM FOLDER".into());
    };
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name("placet")
        .web(true)?
        .typescript(true)
        // If no path is given, the glue loads the wasm file beside it.
        .omit_default_module_path(false)
        // The engine is restarted in a new instance after a crash.
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)?;
    Ok(())
}

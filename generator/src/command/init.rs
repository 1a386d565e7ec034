//! `generator init`.
//!
//! In: [`InitArguments`]. Out: an overlay that the user edits, status lines. Not here: what the overlay says (see `emit::overlay`).

use std::time::Instant;

use generator::{Options, starting_overlay, write};

use super::arguments::InitArguments;
use super::console::Console;
use super::exit::{EXIT_FAILURE, EXIT_USAGE, ExitError, exit_error, finished, opened};
use super::paths::check_spec;

pub fn run(arguments: &InitArguments, console: &mut Console) -> Result<(), ExitError> {
    let start = Instant::now();
    check_spec(&arguments.spec).map_err(|error| exit_error(EXIT_USAGE, error))?;
    let source = opened(&arguments.spec, &[], arguments.root.as_deref())?;
    let options = Options {
        crate_name: arguments.name.clone(),
        ..Options::default()
    };
    let overlay = finished(starting_overlay(&source, &options), &source, console)?;
    write::create(&arguments.out, &overlay).map_err(|error| exit_error(EXIT_FAILURE, error))?;
    let (spec, out) = (arguments.spec.display(), arguments.out.display());
    console.done("Wrote", &out.to_string(), start);
    console.status(
        "Next",
        &format!("edit it, and run `generator {spec} --overlay {out} --out DIR`"),
    );
    Ok(())
}

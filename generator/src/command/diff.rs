//! `generator diff`.
//!
//! In: [`DiffArguments`]. Out: the changes on standard output, an exit code. Not here: what is compared (see `generator::diff`).

use generator::diff::Kind;
use generator::render::changes::Document;
use generator::select::Selection;
use generator::{Options, compare};

use super::arguments::DiffArguments;
use super::console::Console;
use super::exit::{EXIT_FAILURE, EXIT_SUCCESS, ExitError, exit_error, generated, opened};

pub fn run(arguments: &DiffArguments, console: &mut Console) -> Result<u8, ExitError> {
    let options = Options {
        crate_name: arguments.name.clone(),
        selection: Selection {
            include: arguments.include.clone(),
            exclude: arguments.exclude.clone(),
        },
        no_tests: true,
        places: true,
        ..Options::default()
    };
    let root = arguments.root.as_deref();
    let overlays = match arguments.old_overlay.is_empty() {
        true => &arguments.overlay,
        false => &arguments.old_overlay,
    };
    let old = opened(&arguments.old, overlays, root)?;
    let new = opened(&arguments.new, &arguments.overlay, root)?;
    let outputs = (
        generated(&old, &options, console)?,
        generated(&new, &options, console)?,
    );
    let diff = compare(&outputs.0, &outputs.1);
    let diff = diff.map_err(|error| exit_error(EXIT_FAILURE, error))?;
    let document = |source, diagnostics| Document {
        source,
        diagnostics,
    };
    let old = document(&old, &outputs.0.diagnostics);
    console.comparison(&diff, old, document(&new, &outputs.1.diagnostics));
    Ok(match diff.count(Kind::Breaking) {
        0 => EXIT_SUCCESS,
        _ => EXIT_FAILURE,
    })
}

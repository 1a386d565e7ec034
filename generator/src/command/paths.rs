//! The files and folders of a run.
//!
//! In: [`Arguments`]. Out: [`Paths`]. Not here: their contents.

use std::env;
use std::path::{Path, PathBuf};

use super::arguments::{Arguments, DocsFormat};

const SPEC: &str = "spec/permissions.yaml";
const OVERLAY: &str = "spec/overlay.yaml";
const OUT: &str = "generated";
/// In the folder of the crate.
const SITE: &str = "site";

pub struct Paths {
    pub spec: PathBuf,
    pub overlays: Vec<PathBuf>,
    pub out: PathBuf,
    pub site: PathBuf,
}

/// Returns the paths of the arguments. Without a document, they default to the files of the
/// workspace around the current folder.
pub fn paths(arguments: &Arguments) -> Result<Paths, String> {
    let root = workspace();
    let inside = |path: &str| {
        root.as_ref()
            .map_or_else(|| PathBuf::from(path), |root| root.join(path))
    };
    let mut overlays = arguments.overlay.clone();
    let spec = match &arguments.spec {
        Some(spec) => {
            check_spec(spec)?;
            spec.clone()
        }
        None if root.is_none() => {
            return Err(format!(
                "there is no {SPEC} here or in a parent folder: pass the path of a document"
            ));
        }
        None => {
            if overlays.is_empty() && inside(OVERLAY).is_file() {
                overlays.push(inside(OVERLAY));
            }
            inside(SPEC)
        }
    };
    let out = match (&arguments.out, &arguments.spec) {
        (Some(out), _) => out.clone(),
        (None, None) => inside(OUT),
        // The client of the workspace is not replaced by that of another document.
        (None, Some(_)) => {
            return Err("pass the folder of the crate with --out DIR".to_owned());
        }
    };
    let site = match (&arguments.docs_dir, arguments.docs) {
        (Some(_), DocsFormat::Markdown) => {
            return Err("--docs-dir requires --docs html".to_owned());
        }
        (Some(folder), DocsFormat::Html) => folder.clone(),
        (None, DocsFormat::Markdown | DocsFormat::Html) => out.join(SITE),
    };
    Ok(Paths {
        spec,
        overlays,
        out,
        site,
    })
}

/// Refuses a URL.
pub fn check_spec(spec: &Path) -> Result<(), String> {
    let spec = spec.to_string_lossy();
    match spec.starts_with("https://") || spec.starts_with("http://") {
        true => Err(format!(
            "{spec} is a URL, and documents are not downloaded: run `curl -L {spec} | generator - --out DIR`"
        )),
        false => Ok(()),
    }
}

/// Returns the nearest folder, from the current one upwards, that contains the default document, or
/// the workspace of `cargo run`. The path is relative if possible, since messages show it.
fn workspace() -> Option<PathBuf> {
    let here = env::current_dir().ok();
    let above = here.iter().flat_map(|here| here.ancestors()).enumerate();
    let mut above = above.map(|(up, path)| (PathBuf::from_iter(vec![".."; up]), path.to_owned()));
    let found = above
        .find(|(_, path)| path.join(SPEC).is_file())
        .map(|(relative, _)| relative);
    found.or_else(|| {
        let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
        let root = package.parent()?.to_owned();
        root.join(SPEC).is_file().then_some(root)
    })
}

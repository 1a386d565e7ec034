//! From the text of a reference to a pointer.
//!
//! In: a reference and its location. Out: its canonical pointer, even if nothing is there.
//! Not here: values (see `locate`).

use super::state::Walk;
use crate::document::log::Log;
use crate::read::{Base, Target, within};
use crate::report::{Code, Pointer};

/// The reason why a reference has no target.
pub(super) struct Unresolved {
    code: Code,
    text: String,
}

impl Unresolved {
    fn report(self, at: &Pointer, log: &mut Log) {
        log.lose(self.code, at, self.text).help(help(self.code));
    }
}

/// Returns the canonical pointer of a reference, or `file#name` for an anchor.
pub(super) fn resolve(reference: &str, at: &Pointer, base: &Base) -> Result<Pointer, Unresolved> {
    // Nearly all references look like this, and are canonical.
    if at.file().is_empty() && reference.starts_with("#/") && !reference.contains('%') {
        return Ok(Pointer::canonical(reference));
    }
    let (code, text) = match base.target(at.file(), reference) {
        Target::File(file, fragment) => {
            let file = if file == base.path { "" } else { &file };
            let fragment = fragment.trim_end_matches('/');
            return Ok(Pointer::canonical(format!("{file}#{fragment}")));
        }
        // A schema may have this URI, which is known once all are read.
        Target::Remote => {
            let end = if reference.contains('#') { "" } else { "#" };
            return Ok(Pointer::canonical(format!("{reference}{end}")));
        }
        Target::Outside => (
            Code::RefOutside,
            format!("{reference} is outside the document's folder and is not read"),
        ),
        Target::Invalid => (
            Code::RefSyntax,
            format!("{reference} is not a URI reference"),
        ),
    };
    Err(Unresolved { code, text })
}

/// [`resolve`] at `walk.at`. `None` is reported.
pub(super) fn resolve_here(walk: &mut Walk, reference: &str) -> Option<Pointer> {
    match resolve(reference, &walk.at, &walk.base) {
        Ok(pointer) => {
            if let Some((file, fragment)) = reference.split_once('#')
                && fragment.contains('%')
            {
                let encoded = format!("{file}#{}", fragment.replace('%', "%25"));
                let undecoded = resolve(&encoded, &walk.at, &walk.base).ok();
                (walk.undecoded).extend(undecoded.map(|undecoded| (pointer.clone(), undecoded)));
            }
            Some(pointer)
        }
        Err(unresolved) => {
            unresolved.report(&walk.at, &mut walk.report);
            None
        }
    }
}

/// Returns the URI of the innermost schema around the walk that has one.
pub(super) fn uri_around<'a>(walk: &'a Walk) -> Option<&'a str> {
    if walk.identified.is_empty() {
        return None;
    }
    let mut at = walk.at.clone();
    loop {
        if let Some(uri) = walk.identified.get(&at) {
            return Some(uri);
        }
        at = at.split()?.0;
    }
}

/// [`resolve_here`] for a reference in a schema, which may be relative to the URI of a schema around it (JSON Schema Core,
/// 8.2.1). A path in the same schema stays as it is.
pub(super) fn resolve_in_schema(walk: &mut Walk, reference: &str) -> Option<Pointer> {
    let is_path = reference == "#" || reference.starts_with("#/");
    let uri = uri_around(walk).filter(|_| !is_path);
    let Some(named) = uri.and_then(|uri| within(uri, reference)) else {
        return resolve_here(walk, reference);
    };
    let named = Pointer::canonical(named);
    if let Ok(other) = resolve(reference, &walk.at, &walk.base)
        && other != named
    {
        walk.otherwise.insert(named.clone(), other);
    }
    Some(named)
}

/// Help for a file that is outside of the folder.
pub(super) fn help(code: Code) -> Option<String> {
    let help = "pass a folder that contains all files of the document with --root";
    (code == Code::RefOutside).then(|| help.to_owned())
}

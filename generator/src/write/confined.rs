//! The paths that a folder of ours may hold.
//!
//! In: the path of a file in its folder, with slashes. Out: whether it may be written there. Not here: the disk.

pub const MANIFEST: &str = "Cargo.toml";

/// The files of ours in the folder of a crate itself.
pub const TOP: [&str; 3] = [MANIFEST, "README.md", "rustfmt.toml"];

/// The folders that hold files of ours; others are not searched for stale ones.
pub const FOLDERS: [&str; 4] = ["docs", "examples", "src", "tests"];

/// The purpose of a folder, which decides which files it may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A crate.
    Crate,
    /// The static site of the reference. All of its folders are ours.
    Site,
}

/// Paths that a folder may hold, spelled so that no system reads more into them.
pub fn is_confined(path: &str, layout: Layout) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let ends = |name: &str, ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let known = match (layout, parts.as_slice()) {
        (Layout::Crate, [name]) => TOP.contains(name),
        (Layout::Crate, ["tests", "examples" | "operations", name]) if name.ends_with(".json") => {
            true
        }
        (Layout::Crate, [folder, .., name]) => {
            FOLDERS.contains(folder) && ends(name, &[".rs", ".md"])
        }
        (Layout::Site, [name]) => ends(name, &[".css", ".html", ".js"]),
        (Layout::Site, [.., name]) => name.ends_with(".html"),
        (Layout::Crate | Layout::Site, []) => false,
    };
    known && parts.len() <= 40 && parts.into_iter().all(is_plain)
}

pub fn is_plain(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= 120
        && !part.starts_with(['.', '-'])
        && !part.ends_with('.')
        && part
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
        && !is_device(part)
}

/// Names that Windows reserves for devices, with any extension.
fn is_device(part: &str) -> bool {
    let stem = part
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let numbered = |name: &str| {
        stem.strip_prefix(name)
            .is_some_and(|rest| rest.len() == 1 && rest != "0" && rest.parse::<u8>().is_ok())
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_confined() {
        for path in [
            "Cargo.toml",
            "src/lib.rs",
            "src/a/b_2.rs",
            "docs/index.md",
            "examples/x.rs",
            "tests/examples.rs",
            "tests/examples/check.rs",
            "tests/examples/types.json",
            "tests/operations/types.json",
        ] {
            assert!(is_confined(path, Layout::Crate), "{path}");
        }
        for path in [
            "",
            "/etc/passwd",
            "../x.rs",
            "src/../../x.rs",
            "src//x.rs",
            "src/.x.rs",
            "src/x",
            "build.rs",
            "src/con.rs",
            "src/COM1.rs",
            "C:/x.rs",
            "src\\x.rs",
            "src/x.rs/",
            "src/x.json",
            "Cargo.lock",
            "src/é.rs",
            "src/a b.rs",
            ".cargo/config.toml",
        ] {
            assert!(!is_confined(path, Layout::Crate), "{path}");
        }
        for path in ["index.html", "a/b_2.html", "style.css", "search-index.js"] {
            assert!(is_confined(path, Layout::Site), "{path}");
        }
        for path in [
            "../a.html",
            "a/b.js",
            "src/lib.rs",
            ".x/a.html",
            "con.html",
            "a b.html",
        ] {
            assert!(!is_confined(path, Layout::Site), "{path}");
        }
    }
}

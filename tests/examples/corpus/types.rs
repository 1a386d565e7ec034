//! The types of an emitted crate.
//!
//! In: the folder of a crate. Out: the names of its types, and a test that prints their sizes. Not here: the limit of sizes.

use std::path::Path;
use std::{fs, io};

/// The names of the types that the Rust files below a folder define with the runtime's macros.
pub fn read_types(folder: &Path, types: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_ours = path.ends_with("src/runtime") || path.ends_with("src/cli");
        if path.is_dir() && !is_ours {
            read_types(&path, types)?;
        } else if path.is_file() {
            let text = fs::read_to_string(&path)?;
            let rows = text.lines().filter_map(|line| {
                let (name, row) = line.split_once("!(")?;
                let is_type =
                    matches!(name, "object" | "union" | "tagged_union" | "constant_union");
                is_type.then(|| row.split(' ').next().map(str::to_owned))?
            });
            types.extend(rows);
        }
    }
    Ok(())
}

/// A test that prints the largest of these types.
pub fn sizes_test(package: &str, types: &[String]) -> String {
    let library = package.replace('-', "_");
    let sizes: String = types
        .iter()
        .map(|name| format!("        (size_of::<{library}::types::{name}>(), \"{name}\"),\n"))
        .collect();
    format!(
        "//! How large the types of this crate are.\n#![allow(deprecated)]\n\n#[test]\nfn sizes() {{\n    let sizes: &[(usize, &str)] = &[\n{sizes}    ];\n    let (size, name) = sizes.iter().max().unwrap_or(&(0, \"no type\"));\n    println!(\"largest: {{size}} {{name}}\");\n}}\n"
    )
}

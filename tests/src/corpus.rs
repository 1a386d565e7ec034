//! Finds the documents of a folder: real ones, which are not part of the repository.
//!
//! In: a folder. Out: its documents, each with the folder of the files that it may refer to, and hashes of their texts. Not here:
//! the use of the documents (see `../corpus.rs` and `../examples/corpus/`), names of documents.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

/// A document of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The name in tables: that of the file, or of the folder.
    pub name: String,
    /// The main file.
    pub path: PathBuf,
    /// The folder of the files, if there are several.
    pub root: Option<PathBuf>,
}

/// All documents of a folder, by name. If there is an `index.csv`, its column `root` lists them. Otherwise they are the files with
/// a top-level `openapi`, and a folder can contain several documents.
pub fn documents(folder: &Path) -> io::Result<Vec<Document>> {
    let mut paths = match fs::read_to_string(folder.join("index.csv")) {
        Ok(index) => listed(&index),
        Err(_) => found(folder, folder)?,
    };
    paths.sort();
    let mut documents: Vec<Document> = Vec::with_capacity(paths.len());
    for path in &paths {
        let (first, inside) = path.split_once('/').unwrap_or((path, ""));
        let alone = |first: &str| {
            paths
                .iter()
                .filter(|path| path.split('/').next() == Some(first))
                .count()
                == 1
        };
        documents.push(Document {
            name: if alone(first) { first } else { path }.to_owned(),
            path: folder.join(path),
            root: (!inside.is_empty()).then(|| folder.join(first)),
        });
    }
    Ok(documents)
}

/// The column `root` of a table in CSV, without quotes.
fn listed(index: &str) -> Vec<String> {
    let mut rows = index
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>());
    let column = rows
        .next()
        .and_then(|head| head.iter().position(|name| *name == "root"));
    let cell = |row: Vec<&str>| Some((*row.get(column?)?).to_owned());
    rows.filter_map(cell).collect()
}

/// The main files below `folder`, by their paths from `top`.
fn found(top: &Path, folder: &Path) -> io::Result<Vec<String>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            paths.extend(found(top, &path)?);
        } else if is_text(&path)
            && is_root(&fs::read_to_string(&path)?)
            && let Ok(inside) = path.strip_prefix(top)
        {
            let keys: Vec<_> = inside.iter().map(|key| key.to_string_lossy()).collect();
            paths.push(keys.join("/"));
        }
    }
    Ok(paths)
}

fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("json" | "yaml" | "yml"))
}

/// Returns true if a text, YAML or JSON, is an object with the key `openapi`.
fn is_root(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Root {
        #[serde(rename = "openapi")]
        _version: IgnoredAny,
    }
    let text = text.trim_start_matches('\u{feff}');
    let yaml = || {
        let keys = ["openapi:", "\"openapi\":", "'openapi':"];
        text.lines()
            .any(|line| keys.iter().any(|key| line.starts_with(key)))
    };
    serde_json::from_str::<Root>(text).is_ok() || yaml()
}

impl Document {
    /// A hash of its texts.
    pub fn hash(&self) -> io::Result<u64> {
        let mut hash = Hash::default();
        match &self.root {
            None => hash.add(&fs::read(&self.path)?),
            Some(root) => add_folder(root, &mut hash)?,
        }
        Ok(hash.0)
    }
}

fn add_folder(folder: &Path, hash: &mut Hash) -> io::Result<()> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add_folder(&path, hash)?;
        } else if is_text(&path) {
            hash.add(&fs::read(&path)?);
        }
    }
    Ok(())
}

/// FNV-1a with 64 bits: the same on every machine and in every version, which the hashes of `std` are not.
#[derive(Clone, Copy, Debug)]
pub struct Hash(pub u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Adds a text and its end.
    pub fn add(&mut self, text: &[u8]) {
        for byte in text.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_names_the_roots() {
        assert_eq!(
            listed("name,root,bytes\na,a.json,1\nb,b/c/d.yaml,2\n"),
            ["a.json", "b/c/d.yaml"]
        );
        assert!(listed("name,bytes\na,1\n").is_empty());
    }

    #[test]
    fn roots_have_a_version() {
        for root in [
            "{\"info\": {}, \"openapi\": \"3.1.0\"}",
            "# text\nopenapi: 3.0.0\n",
            "\u{feff}\"openapi\": 3.1.0\n",
        ] {
            assert!(is_root(root), "{root}");
        }
        for other in [
            "{\"x\": {\"openapi\": \"3.1.0\"}}",
            "type: object\n  openapi: 3\n",
            "[]",
            "",
        ] {
            assert!(!is_root(other), "{other}");
        }
    }

    #[test]
    fn where_texts_end_counts() {
        let of = |texts: [&str; 2]| {
            let mut hash = Hash::default();
            texts.iter().for_each(|text| hash.add(text.as_bytes()));
            hash.0
        };
        assert_ne!(of(["ab", "c"]), of(["a", "bc"]));
        assert_eq!(of(["ab", "c"]), of(["ab", "c"]));
    }
}

//! The workspace of the emitted crates.
//!
//! In: documents. Out: their crates in one workspace, and runs of cargo in it. Not here: what is measured (see `measurement`).

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;
use tests::corpus::Document;

use super::generation::package;
use super::process::{Usage, measured};
use super::selection::Arguments;
use super::{Fault, fault};

/// A debug build of clap checks the whole grammar at each start, which takes longer than everything else. Installed programs do not
/// do so.
const WITHOUT_ASSERTIONS: &str = "[profile.dev.package.clap_builder]\ndebug-assertions = false\n";

/// An emitted crate.
pub struct Crate {
    pub document: String,
    pub package: String,
    pub operations: u64,
    pub types: u64,
    pub lines: u64,
    pub ms: f64,
    pub generating: Usage,
}

/// The emitted crates, which share their dependencies.
pub struct Workspace {
    pub folder: PathBuf,
}

impl Workspace {
    pub fn log(&self, package: &str, step: &str) -> Result<PathBuf, Fault> {
        let folder = self.folder.join("logs");
        fs::create_dir_all(&folder).map_err(fault(folder.display()))?;
        Ok(folder.join(format!("{package}.{step}.log")))
    }

    /// Generates a document in a separate process, so that its memory can be measured.
    pub fn generate(&self, arguments: &Arguments, document: &Document) -> Result<Crate, Fault> {
        let package = package(document);
        let log = self.log(&package, "generate")?;
        let this = env::current_exe().map_err(fault("this program"))?;
        let mut command = Command::new(this);
        command
            .arg("--generate")
            .arg("--out")
            .arg(&self.folder)
            .args(arguments.faults.then_some("--faults"))
            .arg(&arguments.folder)
            .arg(&document.name);
        let generating = measured(&mut command, &log).map_err(fault(&document.name))?;
        if !generating.success {
            let said = fs::read_to_string(&log).unwrap_or_default();
            return Err(format!(
                "{} does not generate: {}",
                document.name,
                said.trim_end()
            ));
        }
        let made: Value =
            serde_json::from_str(&generating.stdout).map_err(fault(&document.name))?;
        let count = |key: &str| made[key].as_u64().unwrap_or_default();
        Ok(Crate {
            document: document.name.clone(),
            package,
            operations: count("operations"),
            types: count("types"),
            lines: count("lines"),
            ms: made["ms"].as_f64().unwrap_or_default(),
            generating,
        })
    }

    /// Writes the manifest of these crates, and pins the dependencies to our versions.
    pub fn lay_out(&self, crates: &[Crate]) -> Result<(), Fault> {
        let members: Vec<&str> = crates.iter().map(|made| made.package.as_str()).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.dev]\ndebug = false\n\n{WITHOUT_ASSERTIONS}"
        );
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::write(self.folder.join("Cargo.toml"), manifest).map_err(fault("Cargo.toml"))?;
        fs::copy(ours, self.folder.join("Cargo.lock")).map_err(fault("Cargo.lock"))?;
        Ok(())
    }

    pub fn cargo(&self, package: &str, step: &str, arguments: &[&str]) -> Result<Usage, Fault> {
        let mut command = self.command(arguments, package);
        measured(&mut command, &self.log(package, step)?).map_err(fault(step))
    }

    pub fn command(&self, arguments: &[&str], package: &str) -> Command {
        let (cargo, program) = match arguments.iter().position(|argument| *argument == "--") {
            Some(at) => arguments.split_at(at),
            None => (arguments, &[][..]),
        };
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for name in [
            "CARGO_ENCODED_RUSTFLAGS",
            "RUSTDOCFLAGS",
            "CARGO_INCREMENTAL",
        ] {
            command.env_remove(name);
        }
        command
            .current_dir(&self.folder)
            .args(cargo)
            .args(["--offline", "--package", package])
            .args(program)
            .env("RUSTFLAGS", "-D warnings")
            .env("CARGO_TARGET_DIR", self.folder.join("target"));
        command
    }

    /// Builds the dependencies of a crate, but keeps nothing of the crate itself.
    pub fn warm(&self, made: &Crate, root: &Path, text: &str) -> Result<(), Fault> {
        fs::write(root, "//! Nothing yet.\n").map_err(fault(root.display()))?;
        let warmed = self.cargo(&made.package, "warm", &["check"]);
        fs::write(root, text).map_err(fault(root.display()))?;
        if !warmed?.success {
            let log = self.log(&made.package, "warm")?;
            return Err(format!(
                "the dependencies do not compile: see {}",
                log.display()
            ));
        }
        let state = self.folder.join("target/debug/incremental");
        let prefix = made.package.replace('-', "_") + "-";
        for entry in fs::read_dir(&state).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&prefix) {
                fs::remove_dir_all(entry.path()).map_err(fault(entry.path().display()))?;
            }
        }
        Ok(())
    }
}

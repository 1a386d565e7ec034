//! A program as text.
//!
//! In: its parts. Out: the whole of it, or lines for docs. Not here: what it does (see `rust::example`).

/// A program that makes one call, in parts.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its imports.
    pub uses: String,
    /// Indented as in a function.
    pub statements: String,
    /// The type that `main` returns.
    pub result: String,
    /// True if the call is its only statement with values.
    pub is_plain: bool,
}

impl Program {
    /// Returns the whole program.
    pub fn program(&self) -> String {
        let Self {
            uses,
            statements,
            result,
            ..
        } = self;
        format!(
            "{uses}\n#[tokio::main]\nasync fn main() -> {result} {{\n{statements}    Ok(())\n}}"
        )
    }

    /// Imports and statements, for a function that is not shown.
    pub fn lines(&self) -> Vec<&str> {
        let statements = self.statements.lines();
        let statements = statements.map(|line| line.strip_prefix("    ").unwrap_or(line));
        self.uses.lines().chain([""]).chain(statements).collect()
    }

    /// Returns a fenced block of docs.
    pub fn block(&self) -> Vec<String> {
        let lines = self.lines();
        let head = format!("# async fn example() -> {} {{", self.result);
        let before = ["```no_run".to_owned(), head].into_iter();
        let after = ["# Ok(())", "# }", "```"].into_iter();
        let body = lines.into_iter().chain(after).map(str::to_owned);
        before.chain(body).collect()
    }
}

//! Checks the lengths of functions and files, and the opening comments of files.
//!
//! In: the texts of files, as rustfmt writes them. Out: violations of the limits. Not here: imports.

/// The length above which a function needs a reason, in a comment above it that contains `Long:`.
pub const FUNCTION: usize = 60;
/// The length above which a file needs a reason, in its opening comment, which then contains `Long:`.
pub const FILE: usize = 450;

/// Functions that are too long without a reason, with their length.
pub fn long_functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function(line) else { continue };
        let indent = &line[..line.len() - line.trim_start().len()];
        let end = format!("{indent}}}");
        let Some(length) = lines[start..].iter().position(|line| *line == end) else {
            continue;
        };
        if length + 1 > FUNCTION && !has_reason(&lines[..start]) {
            found.push((name.to_owned(), length + 1));
        }
    }
    found
}

/// The name of a function with a body that begins on this line.
fn function(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    loop {
        let (word, more) = rest.split_once(' ')?;
        match word {
            "fn" if !line.trim_end().ends_with([';', '}']) => {
                return more.split(['(', '<']).next();
            }
            "const" | "async" | "pub" | "unsafe" => rest = more,
            word if word.starts_with("pub(") => rest = more,
            _ => return None,
        }
    }
}

/// Returns true if the comment above a function, or above its attributes, has a reason.
fn has_reason(above: &[&str]) -> bool {
    let above = above.iter().rev().map(|line| line.trim_start());
    above
        .take_while(|line| line.starts_with("//") || line.starts_with("#["))
        .any(|line| line.contains("Long:"))
}

/// The comment at the start of a file.
pub fn opening(text: &str) -> String {
    let comments = text.lines().take_while(|line| line.starts_with("//"));
    let lines = comments.filter(|line| line.starts_with("//!"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Returns true if a file is too long without a reason.
pub fn is_long_file(text: &str) -> bool {
    text.lines().count() > FILE && !opening(text).contains("Long:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_functions_need_a_reason() {
        let body = "        let x = 1;\n".repeat(60);
        let long =
            format!("impl X {{\n    pub(super) async fn run<T>(x: T)\n    {{\n{body}    }}\n}}\n");
        assert_eq!(long_functions(&long), [("run".to_owned(), 63)]);
        let reason = long.replace(
            "    pub(super)",
            "    /// Long: a table.\n    #[inline]\n    pub(super)",
        );
        assert_eq!(long_functions(&reason), []);
        let short = long.replacen(&"        let x = 1;\n".repeat(3), "", 1);
        assert_eq!(long_functions(&short), []);
    }

    #[test]
    fn a_declaration_is_no_function() {
        assert_eq!(function("    fn send(&self);"), None);
        assert_eq!(function("    fn one() -> u8 { 1 }"), None);
        assert_eq!(function("pub const fn two() -> u8 {"), Some("two"));
    }
}

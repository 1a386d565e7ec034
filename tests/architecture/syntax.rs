//! Syntax that is newer than the Rust version of emitted crates.
//!
//! In: Rust source. Out: whether it has such syntax. Not here: the version.

/// Returns whether a condition has a `let` beside another condition, which is stable since Rust 1.88.
pub fn has_let_chain(text: &str) -> bool {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let code: Vec<&str> = text.lines().filter(is_code).collect();
    let text = code.join("\n");
    let starts = ["if ", "while "].map(|start| text.match_indices(start));
    let mut conditions = starts.into_iter().flatten().map(|(at, _)| &text[at..]);
    conditions.any(|text| {
        let condition = outermost(text);
        condition.contains("let ") && condition.contains("&&")
    })
}

/// Returns the text before the block, without what is in brackets.
fn outermost(text: &str) -> String {
    let (mut depth, mut found) = (0_usize, String::new());
    for c in text.chars() {
        match c {
            '{' | ';' if depth == 0 => break,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            _ if depth == 0 => found.push(c),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_are_found() {
        for chain in [
            "if let Some(a) = b\n    && c {}",
            "if c && let Some(a) = b {}",
            "while let Ok(a) = b() && a {}",
        ] {
            assert!(has_let_chain(chain), "{chain}");
        }
        for other in [
            "if let Some(a) = b.filter(|it| it.c && it.d) {}",
            "if a && b { let c = d; }",
            "// Only if it is so.\nlet a = b && c;",
            "match a { Some(b) if b && c => { let d = e; } }",
        ] {
            assert!(!has_let_chain(other), "{other}");
        }
    }
}

//! What patterns say about types.
//!
//! In: a `pattern`. Out: whether the strings that match it are numbers. Not here: matching.

/// Returns whether all strings that match a pattern are numbers, as in `^-?(?:0|[1-9]\d*)$`.
///
/// Frameworks write such a pattern beside `type: [integer, string]` if their servers read numbers from strings, too.
pub fn is_numeric(pattern: &str) -> bool {
    let Some(inner) = pattern
        .strip_prefix('^')
        .and_then(|rest| rest.strip_suffix('$'))
    else {
        return false;
    };
    let mut rest = inner.to_owned();
    for class in [r"\d", "[0-9]", "[1-9]"] {
        rest = rest.replace(class, "0");
    }
    for class in ["[eE]", "[Ee]", "[+-]", "[-+]", r"\.", "(?:"] {
        rest = rest.replace(class, "");
    }
    rest.contains('0')
        && rest
            .chars()
            .all(|char| "0123456789()?*+-|{},".contains(char))
}

#[cfg(test)]
mod tests {
    use super::is_numeric;

    #[test]
    fn patterns_of_numbers() {
        for pattern in [
            r"^-?(?:0|[1-9]\d*)$",
            r"^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$",
            "^[0-9]+$",
            "^(0|[1-9][0-9]{0,9})$",
        ] {
            assert!(is_numeric(pattern), "{pattern}");
        }
    }

    #[test]
    fn other_patterns() {
        for pattern in [
            "",
            "^$",
            r"\d+",
            r"^\d+",
            "^[0-9]+[kM]?$",
            "^.*$",
            r"^\w+$",
            "^[a-f0-9]+$",
            "^-$",
        ] {
            assert!(!is_numeric(pattern), "{pattern}");
        }
    }
}

//! Suggests what a misspelled name probably means.
//!
//! In: a name that does not exist, and those that do. Out: the nearest one, for `did you mean`. Not here: the sentence.

/// Returns the candidate that was probably meant, if one is close: for `did you mean`.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wanted.chars().count() / 3).clamp(1, 6);
    let near = candidates
        .into_iter()
        .map(|candidate| (edit_distance(wanted, candidate, limit), candidate));
    near.filter_map(|(distance, candidate)| Some((distance?, candidate)))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance without regard to case; `None` above the limit.
fn edit_distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > 4 * limit {
        return None;
    }
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
        if row.iter().min() > Some(&limit) {
            return None;
        }
    }
    row.last().copied().filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_is_near() {
        assert_eq!(
            nearest("Persmission", ["Permission", "Project"]),
            Some("Permission")
        );
        assert_eq!(nearest("Pet", ["Store", "Order"]), None);
    }
}

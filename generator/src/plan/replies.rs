//! Replies whose type depends on the status.
//!
//! In: the successes of an operation. Out: the order in which they are matched. Not here: names.

use crate::model::api::{Status, Success, SuccessContent};

/// The statuses of a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    Code(u16),
    /// All that no other pattern has.
    Rest,
}

/// Returns the patterns with the index of their success. The last one takes statuses that the
/// document does not list: what it describes for a range or by default, else its first success with
/// content.
pub fn patterns(successes: &[Success]) -> Vec<(Pattern, usize)> {
    let is_open = |success: &Success| !matches!(success.status, Status::Code(_));
    let has_content = |success: &Success| success.content != SuccessContent::Empty;
    let open = successes.iter().position(is_open);
    let rest = open.or_else(|| successes.iter().position(has_content));
    let rest = rest.unwrap_or_default();
    let codes = successes.iter().enumerate();
    let codes = codes.filter_map(|(index, success)| match success.status {
        Status::Code(code) if index != rest => Some((Pattern::Code(code), index)),
        Status::Code(_) | Status::Range(_) | Status::Default => None,
    });
    codes.chain([(Pattern::Rest, rest)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(all: &[(Status, SuccessContent)]) -> Vec<(Pattern, usize)> {
        let success = |(status, content): &(Status, SuccessContent)| Success {
            status: *status,
            content: content.clone(),
        };
        patterns(&all.iter().map(success).collect::<Vec<_>>())
    }

    #[test]
    fn every_status_has_a_pattern() {
        use SuccessContent::{Empty, Text};
        let (code, rest) = (Pattern::Code, Pattern::Rest);
        assert_eq!(
            of(&[(Status::Code(204), Empty), (Status::Code(202), Text)]),
            [(code(204), 0), (rest, 1)]
        );
        assert_eq!(
            of(&[(Status::Code(201), Text), (Status::Range(2), Empty)]),
            [(code(201), 0), (rest, 1)]
        );
    }
}

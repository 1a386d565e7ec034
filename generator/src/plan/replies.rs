//! Replies whose type depends on the status.
//!
//! In: the successes of an operation. Out: the order in which they are matched. Not here: names.

use crate::model::api::{Status, Success, SuccessContent};

/// The statuses of a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    Code(u16),
    /// All with this first digit that no other pattern has.
    Range(u16),
}

/// Returns the patterns with the index of their success. The last one takes the successes that the
/// document does not list: what it describes for a range or by default, else its first success with
/// content, and no redirect if there is another.
pub fn patterns(successes: &[Success]) -> Vec<(Pattern, usize)> {
    let is_open = |success: &Success| match success.status {
        Status::Code(_) => false,
        Status::Range(digit) => digit == 2,
        Status::Default => true,
    };
    let rank = |success: &Success| match (success.status, &success.content) {
        (Status::Code(300..) | Status::Range(3..), SuccessContent::Redirect) => 3,
        (Status::Code(300..) | Status::Range(3..), _) => 2,
        (_, SuccessContent::Empty) => 1,
        (_, _) => 0,
    };
    let open = successes.iter().position(is_open);
    let ranked = successes.iter().enumerate();
    let best = ranked.min_by_key(|(_, success)| rank(success));
    let rest = open.or(best.map(|(index, _)| index)).unwrap_or_default();
    let listed = successes.iter().enumerate();
    let listed = listed.filter_map(|(index, success)| match success.status {
        Status::Code(code @ 300..) => Some((Pattern::Code(code), index)),
        Status::Code(code) if index != rest => Some((Pattern::Code(code), index)),
        Status::Range(digit @ 3..) => Some((Pattern::Range(digit), index)),
        Status::Code(_) | Status::Range(_) | Status::Default => None,
    });
    listed.chain([(Pattern::Range(2), rest)]).collect()
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
    fn every_success_has_a_pattern() {
        use SuccessContent::{Empty, Redirect, Text};
        let (code, rest) = (Pattern::Code, Pattern::Range(2));
        assert_eq!(
            of(&[(Status::Code(204), Empty), (Status::Code(202), Text)]),
            [(code(204), 0), (rest, 1)]
        );
        assert_eq!(
            of(&[(Status::Code(201), Text), (Status::Range(2), Empty)]),
            [(code(201), 0), (rest, 1)]
        );
        assert_eq!(
            of(&[(Status::Code(204), Empty), (Status::Code(302), Redirect)]),
            [(code(302), 1), (rest, 0)]
        );
        assert_eq!(
            of(&[(Status::Code(200), Text), (Status::Range(3), Redirect)]),
            [(Pattern::Range(3), 1), (rest, 0)]
        );
        assert_eq!(
            of(&[(Status::Code(300), Text)]),
            [(code(300), 0), (rest, 0)]
        );
    }
}

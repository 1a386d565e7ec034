// @generated runtime. Do not edit: it is copied from the generator's templates.
//! Times.
//!
//! In: numbers that the document calls a Unix time. Out: `std::time`. Not here: formats of dates.

use std::time::{Duration, SystemTime};

/// Converts seconds since the Unix epoch to a system time. Returns `None` if the platform cannot
/// represent it.
pub(crate) fn unix_time(seconds: i64) -> Option<SystemTime> {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    }
}

//! Tests of the delays between attempts: the backoff of the client, and the delays that the server asks for.

use std::time::{Duration, SystemTime};

use openai_permissions::testing::MockReply;
use openai_permissions::{Error, RetryPolicy};

use super::retries::{Headers, good};
use super::{CHECKPOINT, scripted, scripted_with};

#[tokio::test(start_paused = true)]
async fn the_delay_doubles_from_half_a_second_to_eight() {
    let policy = RetryPolicy::new().max_retries(7);
    for _ in 0..20 {
        let (permissions, mock) = scripted_with((0..8).map(|_| MockReply::status(500)), |it| {
            it.retry(policy.clone())
        });
        permissions
            .retrieve(CHECKPOINT)
            .await
            .expect_err("all replies are errors");
        let delays = mock.delays();
        assert_eq!(delays.len(), 7);
        for (delay, most) in delays.iter().zip([0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]) {
            // Tokio's clock has a resolution of a millisecond.
            let range = 0.75 * most - 0.001..=most + 0.002;
            assert!(
                range.contains(&delay.as_secs_f64()),
                "{delay:?} is not in {range:?}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn delays_are_jittered_and_can_be_set() {
    let policy = RetryPolicy::new()
        .max_retries(20)
        .initial_delay(Duration::from_secs(3))
        .max_delay(Duration::from_secs(3));
    let (permissions, mock) = scripted_with((0..21).map(|_| MockReply::status(500)), |it| {
        it.retry(policy.clone())
    });
    permissions
        .retrieve(CHECKPOINT)
        .await
        .expect_err("all replies are errors");
    let delays = mock.delays();
    assert!(
        delays
            .iter()
            .all(|delay| (2.2..3.1).contains(&delay.as_secs_f64())),
        "{delays:?}"
    );
    assert!(
        delays
            .iter()
            .any(|delay| delay.abs_diff(delays[0]) > Duration::from_millis(5)),
        "all alike: {delays:?}"
    );
}

/// The delay of the first retry after a reply with these headers.
async fn delay_after(headers: Headers<'_>) -> std::result::Result<f64, Error> {
    let failed = headers
        .iter()
        .fold(MockReply::status(503), |reply, (name, value)| {
            reply.header(name, value)
        });
    let (permissions, mock) = scripted([failed, good()]);
    permissions
        .retrieve(CHECKPOINT)
        .await
        .map(|_| mock.delays()[0].as_secs_f64())
}

#[tokio::test(start_paused = true)]
async fn the_server_sets_the_delay() {
    let date = httpdate(Duration::from_secs(30));
    let past = httpdate(Duration::ZERO);
    let backoff = 0.374..0.502;
    let cases: [(Headers<'_>, std::ops::Range<f64>); 17] = [
        (&[("retry-after", "20")], 20.0..22.01),
        (&[("retry-after", "0.3")], 0.3..0.34),
        (&[("retry-after", "60")], 60.0..65.01),
        (&[("retry-after", "0")], 0.0..0.01),
        (&[("retry-after-ms", "1500")], 1.5..1.66),
        (&[("retry-after-ms", "0"), ("retry-after", "9")], 0.0..0.01),
        (&[("retry-after-ms", "x"), ("retry-after", "9")], 9.0..9.91),
        (
            &[("retry-after-ms", "2000"), ("retry-after", "9")],
            2.0..2.21,
        ),
        (&[("retry-after", &date)], 20.0..33.01),
        (&[("retry-after", &past)], backoff.clone()),
        (&[("retry-after", "soon")], backoff.clone()),
        (&[("retry-after", "nan")], backoff.clone()),
        (&[("retry-after", "inf")], backoff.clone()),
        (&[("retry-after", "-1")], backoff.clone()),
        (&[("retry-after", "")], backoff.clone()),
        (&[("x-should-retry", "TRUE")], backoff.clone()),
        (
            &[("x-should-retry", "true"), ("retry-after", "2")],
            2.0..2.21,
        ),
    ];
    for (headers, expected) in cases {
        let delay = delay_after(headers)
            .await
            .expect("the second reply is good");
        assert!(
            expected.contains(&delay),
            "{headers:?}: {delay} is not in {expected:?}"
        );
    }
}

/// An HTTP date that is this far ahead, or a minute ago if `ahead` is zero.
fn httpdate(ahead: Duration) -> String {
    let ahead = if ahead.is_zero() {
        -60
    } else {
        ahead.as_secs() as i64
    };
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .expect("it is after 1970")
        .as_secs() as i64;
    let then = jiff::Timestamp::from_second(now + ahead).expect("it is this century");
    jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&then)
        .expect("it is this millennium")
}

#[tokio::test(start_paused = true)]
async fn a_server_that_asks_for_too_long_gets_no_retry() {
    for headers in [
        &[("retry-after", "61")][..],
        &[("retry-after", "86400"), ("x-should-retry", "true")],
        &[("retry-after-ms", "60001")],
        &[("retry-after", "1e300")],
        &[("retry-after", &httpdate(Duration::from_secs(7200)))],
    ] {
        let start = tokio::time::Instant::now();
        let error = delay_after(headers)
            .await
            .expect_err("it is not tried again");
        assert_eq!(
            (start.elapsed(), error.attempts()),
            (Duration::ZERO, 1),
            "{headers:?}"
        );
        assert!(
            error.retry_after() > Some(Duration::from_secs(60)),
            "{headers:?}: {:?}",
            error.retry_after()
        );
    }
    let patient = RetryPolicy::new().max_server_delay(Duration::from_secs(7200));
    let replies = [MockReply::status(429).header("retry-after", "3600"), good()];
    let (permissions, mock) = scripted_with(replies, |it| it.retry(patient));
    permissions
        .retrieve(CHECKPOINT)
        .await
        .expect("the second reply is good");
    assert!((3600..=3605).contains(&mock.delays()[0].as_secs()));
}

//! Tests of listings with several pages: when they continue, when they stop, and where they resume.

use futures_util::{StreamExt, TryStreamExt};
use openai_permissions::testing::MockReply;
use openai_permissions::types::{Order, Permission};
use openai_permissions::{CallOptions, Error, NextPageErrorKind, Result};
use serde_json::{Value, json};
use tests::{Answer, FakeServer};

use super::{CHECKPOINT, builder, last_page, ok, page, permissions, scripted, server};

/// A server with 25 permissions.
async fn full_server() -> FakeServer {
    let server = server().await;
    let projects: Vec<String> = (1..=25).map(|number| format!("proj_{number}")).collect();
    server.grant(CHECKPOINT, projects.iter().map(String::as_str));
    server
}

fn ids(items: &[Permission]) -> Vec<&str> {
    items.iter().map(|item| item.id.as_str()).collect()
}

fn numbered(range: impl Iterator<Item = u32>) -> Vec<String> {
    range.map(|number| format!("cp_{number:04}")).collect()
}

#[tokio::test]
async fn items_and_pages_give_everything_in_order() -> Result<()> {
    let server = full_server().await;
    let permissions = permissions(builder(&server));
    let items = permissions
        .list(CHECKPOINT)
        .limit(10)
        .items()
        .try_collect()
        .await?;
    assert_eq!(ids(&items), numbered((1..=25).rev()));
    assert_eq!(server.requests().len(), 3);
    let list = permissions
        .list(CHECKPOINT)
        .order(Order::Ascending)
        .limit(10);
    let pages = list.clone().pages().try_collect().await?;
    assert_eq!(
        pages.iter().map(|page| page.data.len()).collect::<Vec<_>>(),
        [10, 10, 5]
    );
    assert_eq!(pages[2].has_more, Some(false));
    // The adapters of the `futures` crates work, too.
    let streamed: Vec<Permission> = list.clone().items().try_collect().await?;
    assert_eq!(ids(&streamed), numbered(1..=25));
    let sizes: Vec<usize> = list
        .pages()
        .map_ok(|page| page.data.len())
        .try_collect()
        .await?;
    assert_eq!(sizes, [10, 10, 5]);
    Ok(())
}

#[tokio::test]
async fn a_call_that_is_awaited_is_one_page() -> Result<()> {
    let server = full_server().await;
    let page = permissions(builder(&server))
        .list(CHECKPOINT)
        .limit(2)
        .await?;
    assert_eq!(
        (page.data.len(), page.has_more, page.last_id.as_deref()),
        (2, Some(true), Some("cp_0024"))
    );
    assert_eq!(server.requests().len(), 1);
    Ok(())
}

/// Whether there is a second request depends on `has_more` and `last_id` of a page with one permission.
#[tokio::test]
async fn the_continue_rule() {
    let cases = [
        (json!(true), json!("cp_1"), true),
        (json!(null), json!("cp_1"), true),
        (Value::String("absent".to_owned()), json!("cp_1"), true),
        (json!(false), json!("cp_1"), false),
        (json!(null), json!(null), false),
        (json!(null), json!(""), false),
        (json!(null), Value::String("absent".to_owned()), false),
        // The server chooses the cursor, so it need not be the id of the last permission.
        (json!(true), json!("cursor/ü"), true),
    ];
    for (has_more, last_id, goes_on) in cases {
        let mut first = page(&["cp_1"], "cp_1");
        for (name, value) in [("has_more", &has_more), ("last_id", &last_id)] {
            first[name] = value.clone();
            if value == "absent" {
                first
                    .as_object_mut()
                    .expect("a page is an object")
                    .remove(name);
            }
        }
        let (permissions, mock) = scripted([ok(first), ok(last_page(&["cp_2"]))]);
        let items = permissions
            .list("c")
            .limit(1)
            .items()
            .try_collect()
            .await
            .expect("the replies are good");
        assert_eq!(
            items.len(),
            1 + usize::from(goes_on),
            "has_more {has_more}, last_id {last_id}"
        );
        assert_eq!(mock.requests().len(), items.len());
        if last_id == "cursor/ü" {
            let second = mock.requests()[1].uri().to_string();
            assert!(
                second.ends_with("/permissions?limit=1&after=cursor%2F%C3%BC"),
                "{second}"
            );
        }
    }
}

/// A page that says that there are more, but not where, is an error: ending the listing would silently skip the other items.
#[tokio::test]
async fn more_without_a_cursor_is_an_error_after_the_items() {
    for last_id in [json!(null), json!("")] {
        for ids in [&["cp_1"] as &[&str], &[]] {
            let mut first = page(ids, "cp_1");
            first["last_id"] = last_id.clone();
            let (permissions, mock) = scripted([ok(first)]);
            let mut items = permissions.list("c").items();
            for _ in ids {
                items.next().await.expect("an item").expect("an item");
            }
            let error = items.next().await.expect("it does not just end");
            let Err(Error::NextPage(error)) = error else {
                panic!("{error:?}")
            };
            assert_eq!(error.kind(), NextPageErrorKind::Missing);
            assert!(items.next().await.is_none() && mock.requests().len() == 1);
        }
    }
}

/// A listing of 100,000 pages takes as much memory as one of 1,000, and a cycle of 5,000 cursors is still detected.
#[tokio::test]
async fn long_listings_and_long_circles() {
    for (pages, circle) in [(100_000, 1_000_000), (100_000, 5_000)] {
        let (permissions, _mock) = scripted((0..pages).map(|number| {
            let id = format!("cp_{}", number % circle);
            ok(page(&[&id], &id))
        }));
        let mut stream = permissions.list("c").pages().max_pages(pages);
        let mut seen = 0;
        let end = loop {
            match stream.next().await {
                Some(Ok(_)) => seen += 1,
                end => break end,
            }
        };
        match end {
            None => assert_eq!((seen, circle), (pages, 1_000_000)),
            Some(end) => {
                assert!(matches!(end, Err(Error::RepeatedCursor(_))), "{end:?}");
                assert!((circle..4 * circle).contains(&seen), "{seen}");
            }
        }
    }
}

#[tokio::test]
async fn an_empty_page_is_not_the_last_unless_asked() {
    let replies = || {
        [
            ok(page(&["cp_1"], "a")),
            ok(page(&[], "b")),
            ok(last_page(&["cp_2"])),
        ]
    };
    let (permissions, mock) = scripted(replies());
    let items = permissions
        .list("c")
        .items()
        .try_collect()
        .await
        .expect("the replies are good");
    assert_eq!(
        (ids(&items), mock.requests().len()),
        (vec!["cp_1", "cp_2"], 3)
    );
    let (permissions, mock) = scripted(replies());
    let items = permissions.list("c").items().continue_on_empty_page(false);
    let items = items.try_collect().await.expect("the replies are good");
    assert_eq!((ids(&items), mock.requests().len()), (vec!["cp_1"], 2));
}

#[tokio::test]
async fn a_repeated_cursor_is_an_error_after_the_items() {
    let server = full_server().await;
    server.always(serde_json::from_value(json!({ "fault": "repeat_cursor" })).expect("an answer"));
    let mut items = permissions(builder(&server))
        .list(CHECKPOINT)
        .limit(10)
        .items();
    let mut seen = 0;
    let error = loop {
        match items.next().await.expect("it does not just end") {
            Ok(_) => seen += 1,
            Err(error) => break error,
        }
    };
    let Error::RepeatedCursor(repeated) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (repeated.cursor(), seen, server.requests().len()),
        ("cp_0016", 20, 2)
    );
    assert!(items.next().await.is_none(), "after an error comes nothing");
}

#[tokio::test]
async fn a_cursor_that_comes_back_later_is_repeated_too() {
    let (permissions, mock) = scripted([
        ok(page(&["1"], "a")),
        ok(page(&["2"], "b")),
        ok(page(&["3"], "a")),
    ]);
    let error = permissions
        .list("c")
        .pages()
        .try_collect()
        .await
        .expect_err("a, b, a");
    assert!(
        matches!(&error, Error::RepeatedCursor(repeated) if repeated.cursor() == "a"),
        "{error:?}"
    );
    assert_eq!(mock.requests().len(), 3);
    // The cursor that the caller started with is kept.
    let (permissions, mock) = scripted([ok(page(&["1"], "a"))]);
    let error = permissions
        .list("c")
        .after("a")
        .pages()
        .try_collect()
        .await
        .expect_err("a, a");
    assert!(matches!(error, Error::RepeatedCursor(_)), "{error:?}");
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test]
async fn limits_request_no_more_than_they_need() -> Result<()> {
    let server = full_server().await;
    let permissions = permissions(builder(&server));
    let list = || permissions.list(CHECKPOINT).limit(10);
    for (max_items, requests) in [(0, 0), (1, 1), (10, 1), (11, 2), (99, 3)] {
        let before = server.requests().len();
        let items = list().items().max_items(max_items).try_collect().await?;
        assert_eq!(items.len() as u64, max_items.min(25));
        assert_eq!(
            server.requests().len() - before,
            requests,
            "for {max_items} items"
        );
    }
    for (max_pages, requests) in [(0, 0), (2, 2), (9, 3)] {
        let before = server.requests().len();
        assert_eq!(
            list()
                .pages()
                .max_pages(max_pages)
                .try_collect()
                .await?
                .len(),
            requests
        );
        assert_eq!(
            server.requests().len() - before,
            requests,
            "for {max_pages} pages"
        );
    }
    Ok(())
}

/// Resuming from the cursor at any item gives all items after it.
#[tokio::test]
async fn resuming_never_skips() -> Result<()> {
    let server = full_server().await;
    let permissions = permissions(builder(&server));
    let list = || {
        permissions
            .list(CHECKPOINT)
            .order(Order::Ascending)
            .limit(10)
            .items()
    };
    let all = numbered(1..=25);
    for taken in 0..=25 {
        let mut items = list();
        for _ in 0..taken {
            items.next().await.expect("there are 25")?;
        }
        let rest = match items.cursor() {
            Some(cursor) => list().resume_from(cursor).try_collect().await?,
            None => list().try_collect().await?,
        };
        assert!(all.ends_with(&numbered_of(&rest)), "after {taken}");
        assert!(
            rest.len() >= 25 - taken,
            "after {taken} only {} come",
            rest.len()
        );
        assert!(
            rest.len() <= 25 - taken / 10 * 10,
            "after {taken} whole pages come again"
        );
    }
    Ok(())
}

fn numbered_of(items: &[Permission]) -> Vec<String> {
    items.iter().map(|item| item.id.clone()).collect()
}

#[tokio::test]
async fn pages_resume_at_the_page_that_failed() -> Result<()> {
    let server = full_server().await;
    let permissions = permissions(builder(&server));
    let list = || {
        permissions
            .list(CHECKPOINT)
            .order(Order::Ascending)
            .limit(10)
    };
    let mut pages = list().pages();
    pages.next().await.expect("there are three")?;
    server.next(Answer::error(404));
    let error = pages.next().await.expect("it fails").expect_err("it fails");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    let cursor = pages
        .cursor()
        .expect("it was on the second page")
        .to_owned();
    assert!(pages.next().await.is_none(), "after an error comes nothing");
    let rest = list().items().resume_from(cursor).try_collect().await?;
    assert_eq!(ids(&rest), numbered(11..=25));
    Ok(())
}

#[tokio::test]
async fn create_is_one_page_whatever_it_says() -> Result<()> {
    let (permissions, mock) = scripted([ok(page(&["cp_1", "cp_2"], "cp_2"))]);
    let made = permissions
        .create("c", ["a", "b"])
        .items()
        .try_collect()
        .await?;
    assert_eq!((made.len(), mock.requests().len()), (2, 1));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn each_page_has_its_own_attempts_and_the_same_options() -> Result<()> {
    let failing = || [MockReply::status(500), MockReply::status(500)];
    let replies = failing()
        .into_iter()
        .chain([ok(page(&["1"], "a"))])
        .chain(failing())
        .chain([ok(last_page(&["2"]))]);
    let (permissions, mock) = scripted(replies);
    let options = CallOptions::new().header("x-mine", "v").query("x", "1");
    let items = permissions
        .list("c")
        .project_id("p")
        .options(options)
        .items()
        .try_collect()
        .await?;
    assert_eq!((ids(&items), mock.requests().len()), (vec!["1", "2"], 6));
    for (number, request) in mock.requests().iter().enumerate() {
        assert_eq!(request.headers()["x-mine"], "v");
        let query = if number < 3 {
            "project_id=p&x=1"
        } else {
            "project_id=p&x=1&after=a"
        };
        assert_eq!(request.uri().query(), Some(query));
    }
    Ok(())
}

#[tokio::test]
async fn pages_with_their_responses() -> Result<()> {
    let server = full_server().await;
    let mut pages = permissions(builder(&server))
        .list(CHECKPOINT)
        .limit(20)
        .with_response()
        .pages();
    let mut seen = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page?;
        seen.push((page.request_id().map(str::to_owned), page.data.len()));
    }
    let id = |number: u32| Some(format!("req_fake_{number}"));
    assert_eq!(seen, [(id(1), 20), (id(2), 5)]);
    Ok(())
}

/// A page is requested when its first item is needed, and cancelling `next` loses nothing.
#[tokio::test]
async fn pages_are_requested_when_needed() -> Result<()> {
    let server = full_server().await;
    let mut items = permissions(builder(&server))
        .list(CHECKPOINT)
        .limit(10)
        .items();
    assert_eq!(server.requests().len(), 0);
    let given_up = futures_util::poll!(std::pin::pin!(items.next()));
    assert!(given_up.is_pending());
    for _ in 0..10 {
        items.next().await.expect("there are 25")?;
    }
    assert_eq!(server.requests().len(), 1);
    let rest: Vec<Result<Permission>> = StreamExt::collect(items).await;
    assert_eq!((rest.len(), server.requests().len()), (15, 3));
    Ok(())
}

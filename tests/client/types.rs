//! Tests of the types of the API: decoding, unknown values, encoding.

use std::borrow::Cow;
use std::collections::HashSet;
use std::time::{Duration, SystemTime};

use openai_permissions::Constant;
use openai_permissions::types::{
    Order, Permission, PermissionCreate, PermissionDeleted, PermissionList, PermissionPage,
    literals,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{last_page, page, permission};

/// Decodes and encodes a value; nothing may be lost or added.
fn round_trip<T: DeserializeOwned + Serialize>(value: &Value) -> T {
    let read: T = serde_json::from_value(value.clone()).expect("it decodes");
    assert_eq!(&serde_json::to_value(&read).expect("it encodes"), value);
    let text = serde_json::to_string(value).expect("a value is JSON");
    let read: T = serde_json::from_str(&text).expect("it decodes from text too");
    read
}

#[test]
fn unknown_fields_and_values_are_kept_and_written_back() {
    let mut future = permission("cp_1");
    future["object"] = "checkpoint.permission.v2".into();
    future["scopes"] = json!(["read", { "deep": [1, 2.5, null] }]);
    let read: Permission = round_trip(&future);
    assert_eq!(read.object.other(), Some("checkpoint.permission.v2"));
    assert_eq!(read.object, "checkpoint.permission.v2");
    assert_eq!(read.extra.get("scopes"), Some(&future["scopes"]));
    let mut list = last_page(&["cp_1"]);
    list["object"] = "set".into();
    list["data"][0] = future;
    list["note"] = "new".into();
    round_trip::<PermissionList>(&list);
    round_trip::<PermissionPage>(&list);
    round_trip::<PermissionDeleted>(
        &json!({ "id": "cp_1", "object": "gone", "deleted": true, "at": 5 }),
    );
}

#[test]
fn known_values_are_known() {
    let read: Permission = round_trip(&permission("cp_1"));
    type CheckpointPermission = Constant<literals::CheckpointPermission>;
    let expected = CheckpointPermission::default();
    assert_eq!(
        (read.object.other(), read.object.as_str()),
        (None, "checkpoint.permission")
    );
    assert_eq!(read.object, expected);
    assert_eq!(
        CheckpointPermission::from("checkpoint.permission"),
        expected
    );
    assert_ne!(CheckpointPermission::from("list"), expected);
    assert_eq!(
        format!("{expected}, {expected:?}"),
        r#"checkpoint.permission, "checkpoint.permission""#
    );
    assert!(read.extra.is_empty());
    for (text, order) in [
        ("ascending", Order::Ascending),
        ("descending", Order::Descending),
    ] {
        assert_eq!(
            (
                Order::from(text),
                order.as_str(),
                order.to_string().as_str()
            ),
            (order.clone(), text, text)
        );
    }
    assert_eq!(
        Order::from("sideways".to_owned()),
        Order::Other("sideways".to_owned())
    );
}

#[test]
fn debug_shows_the_json_that_it_is() {
    let value = permission("cp_1");
    let read: Permission = round_trip(&value);
    let (short, long) = (format!("{read:?}"), format!("{read:#?}"));
    for text in [&short, &long] {
        let json = text.strip_prefix("Permission ").expect("its name is first");
        assert_eq!(
            serde_json::from_str::<Value>(json).expect("it is JSON"),
            value
        );
    }
    assert_eq!((short.lines().count(), long.lines().count()), (1, 6));
}

#[test]
fn a_missing_required_field_is_an_error_that_names_it() {
    for name in ["id", "created_at", "project_id", "object"] {
        let mut value = permission("cp_1");
        value.as_object_mut().expect("it is an object").remove(name);
        let error = serde_json::from_value::<Permission>(value).expect_err(name);
        assert!(error.to_string().contains(name), "{error}");
    }
    for name in ["object", "data", "has_more"] {
        let mut value = last_page(&["cp_1"]);
        value.as_object_mut().expect("it is an object").remove(name);
        let error = serde_json::from_value::<PermissionList>(value).expect_err(name);
        assert!(error.to_string().contains(name), "{error}");
    }
    for wrong in [
        json!({ "id": 1 }),
        json!({ "created_at": "x" }),
        json!({ "created_at": 1.5 }),
        json!({ "id": null }),
    ] {
        let mut value = permission("cp_1");
        for (name, wrong) in wrong.as_object().expect("it is an object") {
            value[name] = wrong.clone();
        }
        assert!(
            serde_json::from_value::<Permission>(value).is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn members_come_in_any_order_and_a_repeated_one_hides_no_missing_one() {
    let object = r#""object": "checkpoint.permission""#;
    let read = |members: &[&str]| {
        serde_json::from_str::<Permission>(&format!("{{ {} }}", members.join(", ")))
    };
    let (id, created, project) = (r#""id": "a""#, r#""created_at": 1"#, r#""project_id": "p""#);
    let backwards = read(&[object, project, r#""new": 1"#, created, id]).expect("it decodes");
    let forwards = read(&[id, created, project, object, r#""new": 1"#]).expect("it decodes");
    assert_eq!(backwards, forwards);
    let repeated = read(&[id, id, created, project]).expect_err("it has no object");
    assert!(
        repeated.to_string().contains("missing field `object`"),
        "{repeated}"
    );
    assert!(read(&[id, created, project]).is_err());
    assert!(read(&[project, object, project, object]).is_err());
}

#[test]
fn ids_may_be_missing_or_null_and_a_page_is_lenient() {
    let mut list = page(&["cp_1"], "cp_1");
    list["first_id"] = Value::Null;
    list.as_object_mut()
        .expect("it is an object")
        .remove("last_id");
    let read: PermissionList = serde_json::from_value(list.clone()).expect("it decodes");
    assert_eq!(
        (&read.first_id, &read.last_id, read.has_more),
        (&None, &None, true)
    );
    assert_eq!(serde_json::to_value(read).expect("it encodes"), list);
    list["has_more"] = Value::Null;
    let read: PermissionPage = serde_json::from_value(list.clone()).expect("it decodes");
    assert_eq!(read.has_more, None);
    assert_eq!(serde_json::to_value(read).expect("it encodes"), list);
}

#[test]
fn times() {
    let at = |created_at: i64| {
        let mut value = permission("cp_1");
        value["created_at"] = created_at.into();
        round_trip::<Permission>(&value)
    };
    let epoch = SystemTime::UNIX_EPOCH;
    assert_eq!(
        at(1_721_764_867).created_at_time(),
        Some(epoch + Duration::from_secs(1_721_764_867))
    );
    assert_eq!(
        at(-1).created_at_time(),
        Some(epoch - Duration::from_secs(1))
    );
    assert_eq!(
        at(0).created_at_timestamp(),
        Some(jiff::Timestamp::UNIX_EPOCH)
    );
    let text = at(1_721_764_867)
        .created_at_timestamp()
        .map(|time| time.to_string());
    assert_eq!(text.as_deref(), Some("2024-07-23T20:01:07Z"));
    for extreme in [i64::MIN, i64::MAX] {
        let permission = at(extreme);
        assert_eq!(permission.created_at_timestamp(), None);
        // Not every system can represent each time, but the method must not panic.
        let _ = permission.created_at_time();
    }
}

#[test]
fn requests_are_written_as_documented() {
    let create = PermissionCreate::new(["proj_a", "proj_ü"]);
    assert_eq!(
        serde_json::to_string(&create).ok().as_deref(),
        Some(r#"{"project_ids":["proj_a","proj_ü"]}"#)
    );
    assert_eq!(
        serde_json::to_string(&PermissionCreate::new([""; 0]))
            .ok()
            .as_deref(),
        Some(r#"{"project_ids":[]}"#)
    );
}

/// Enums are compared, hashed and formatted as the text that is sent, and any text converts to one.
#[test]
fn an_enum_is_its_text() {
    let written = Order::Other("ascending".into());
    assert_eq!(written, Order::Ascending);
    assert_ne!(Order::from("Ascending"), Order::Ascending);
    assert_eq!(Order::from(String::from("ascending")), Order::Ascending);
    assert_eq!(Order::from(&Cow::from("later")).as_str(), "later");
    assert_eq!(format!("{:?}", Order::Ascending), "\"ascending\"");
    let orders = HashSet::from([Order::Ascending, Order::Descending]);
    assert!(orders.contains(&written));
    assert!(!orders.contains(&Order::from("later")));
}

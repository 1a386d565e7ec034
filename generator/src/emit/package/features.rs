//! Features of the emitted crate, as its manifest, its README and its docs list them.
//!
//! In: the model, the plan. Out: [`Feature`]s, in their order. Not here: which items a feature compiles (see `rust::feature_gate`).

use crate::emit::EmitCx;
use crate::emit::package::needs::{is_needed, module_of_feature};
use crate::emit::rust::{access, feature_gate};
use crate::model::time::Time;
use crate::model::ty::fields;
use crate::plan::operations::Pagination;
use crate::plan::resources::ResourceId;

/// A feature of the runtime.
pub struct Feature {
    pub name: &'static str,
    /// What it enables.
    pub enables: &'static [&'static str],
    /// Its meaning, as Markdown.
    pub text: String,
    pub is_default: bool,
}

/// The meaning of [`feature_gate::ALL`].
pub const ALL: &str = "All of the following features, and the types that no call uses.";

/// Returns the features of the runtime: the default one, then the others by name.
pub fn of_runtime(cx: &EmitCx) -> Vec<Feature> {
    let mut features = of_transport();
    features.push(feature("blocking", &[], blocking(cx)));
    let text = format!(
        "The command line client `{}`. It needs Rust 1.89.",
        cx.names.cli.program
    );
    features.push(feature("cli", CLI, &text));
    features.push(feature("jiff", &["dep:jiff"], jiff(cx)));
    let text = "Access tokens of OAuth 2.0, for client credentials and refresh tokens.";
    features.push(feature("oauth2-grants", &["dep:oauth2"], text));
    let text = "`testing::MockTransport`, which answers by method and path, or from a script: tests need no network. Types of responses are `Default`.";
    features.push(feature("test-util", &[], text));
    let text = "A span for each call and events for its attempts, with OpenTelemetry's names for HTTP clients.";
    features.push(feature("tracing", &["dep:tracing"], text));
    let text = "`WebhookVerifier`, which checks the signature of webhooks and decodes them.";
    let enables = &["dep:standardwebhooks"];
    features.push(feature("webhook-signatures", enables, text));
    features.retain(|it| module_of_feature(it.name).is_none_or(|module| is_needed(cx, module)));
    features.sort_by_key(|feature| (!feature.is_default, feature.name));
    features
}

fn feature(name: &'static str, enables: &'static [&'static str], text: &str) -> Feature {
    Feature {
        name,
        enables,
        text: text.to_owned(),
        is_default: false,
    }
}

fn of_transport() -> Vec<Feature> {
    let rustls = feature(
        "rustls",
        &["reqwest", "reqwest/rustls-no-provider", "dep:rustls"],
        "HTTPS with rustls and *ring*, through reqwest: 1.4 times the first build without TLS. Without it, the client needs a `transport`.",
    );
    vec![
        Feature {
            is_default: true,
            ..rustls
        },
        feature(
            "aws-lc-rs",
            &["rustls", "reqwest/rustls"],
            "AWS-LC instead of *ring*: post-quantum key exchange and FIPS. Twice the first build without TLS; it needs CMake on some systems.",
        ),
        feature(
            "brotli",
            &["reqwest", "reqwest?/brotli"],
            &compression("brotli"),
        ),
        feature("gzip", &["reqwest", "reqwest?/gzip"], &compression("gzip")),
        feature(
            "http2",
            &["reqwest", "reqwest?/http2"],
            "HTTP/2, if the server supports it.",
        ),
        feature(
            "socks",
            &["reqwest", "reqwest?/socks"],
            "Proxies with SOCKS: `ALL_PROXY=socks5h://localhost:1080`.",
        ),
        feature("zstd", &["reqwest", "reqwest?/zstd"], &compression("zstd")),
    ]
}

fn compression(name: &str) -> String {
    format!("Asks for responses that are compressed with {name}, and decompresses them.")
}

const CLI: &[&str] = &[
    "rustls",
    "dep:clap",
    "dep:clap_complete",
    "dep:clap_mangen",
    "dep:serde-saphyr",
    "dep:serde_json_path",
    "serde_json/preserve_order",
];

fn blocking(cx: &EmitCx) -> &'static str {
    match has_listings(cx) {
        true => {
            "`send_blocking()` on every call, and `items_blocking()` and `pages_blocking()` on those of listings, for code that is not async."
        }
        false => "`send_blocking()` on every call, for code that is not async.",
    }
}

fn jiff(cx: &EmitCx) -> &'static str {
    let mut types = cx.api.types.iter();
    let has_times = types.any(|def| {
        let mut fields = fields(&def.shape).iter();
        fields.any(|field| Time::of(cx.api, field).is_some())
    });
    match has_times {
        true => {
            "Methods that return times, dates and durations as types of `jiff`, whose `to_string()` is what the API takes."
        }
        false => "Methods that return times as types of `jiff`. No type of this client has times.",
    }
}

/// Returns whether a call is a listing of several pages.
pub fn has_listings(cx: &EmitCx) -> bool {
    let mut resources = cx.outline.resources();
    resources.any(|(_, resource)| {
        let mut ops = resource.ops.iter();
        ops.any(|id| cx.outline.op(*id).paged == Pagination::Many)
    })
}

/// The feature of a resource.
pub struct ResourceFeature<'a> {
    pub name: &'a str,
    /// The features that it enables.
    pub enables: Vec<&'a str>,
    /// How a program gets to the resource.
    pub access: String,
    pub title: Option<String>,
}

/// Returns the features of resources. If there are any, [`feature_gate::ALL`] comes before them.
pub fn of_resources<'a>(cx: &EmitCx<'a>) -> Vec<ResourceFeature<'a>> {
    let ids = cx.outline.features().resources().iter();
    let feature = |id: &ResourceId| {
        Some(ResourceFeature {
            name: feature_gate::feature(cx, *id)?,
            enables: enabled(cx, *id),
            access: access::access(cx, *id).text().to_owned(),
            title: access::title(cx, *id),
        })
    };
    ids.filter_map(feature).collect()
}

/// Returns the features that the one of a resource enables. A divided resource has a private one for its own methods, and its
/// feature enables those of all resources below it.
fn enabled<'a>(cx: &EmitCx<'a>, id: ResourceId) -> Vec<&'a str> {
    let features = cx.outline.features();
    let resource = cx.outline.resource(id);
    if features.is_divided(id) {
        let children = resource.children.iter();
        let children = children.filter_map(|child| feature_gate::feature(cx, *child));
        return feature_gate::compiled_by(cx, id)
            .into_iter()
            .chain(children)
            .collect();
    }
    let divided = resource.parent.filter(|id| features.is_divided(*id));
    divided
        .and_then(|id| feature_gate::compiled_by(cx, id))
        .into_iter()
        .collect()
}

/// Returns the private features of resources that are divided.
pub fn private<'a>(cx: &EmitCx<'a>) -> Vec<&'a str> {
    let features = cx.outline.features();
    let ids = features.resources().iter().copied();
    let divided = ids.filter(|id| features.is_divided(*id));
    divided
        .filter_map(|id| feature_gate::compiled_by(cx, id))
        .collect()
}

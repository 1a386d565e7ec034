//! Verbs in the names of operations.
//!
//! In: a word. Out: whether it names an operation, and of which kind. Not here: paths, ids.
//!
//! A word is in these lists only if it rarely names a resource: `cancel` is, `order` is not.

use crate::model::words::{Words, singular};

/// Verbs that read one item or many.
pub(super) const READS: &[&str] = &[
    "describe", "fetch", "find", "get", "load", "query", "read", "retrieve", "show", "view",
];

/// Verbs that read many items.
pub(super) const LISTS: &[&str] = &["browse", "enumerate", "list"];

/// Words before the verb of an id that belong to it.
pub(super) const MODIFIERS: &[&str] = &["batch", "bulk", "force", "mass", "multi", "partial"];

/// The meaning of an action at the end of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// The operation performs the action: `POST /batches/{id}/cancel`.
    Verb,
    /// The operation reads this part, which has no other operations: `GET /files/{id}/content`.
    Reading,
}

/// Returns the meaning of a word at the end of a path, or `None` if it names a resource.
pub(super) fn action(word: &str) -> Option<Action> {
    if READINGS.binary_search(&word).is_ok() {
        Some(Action::Reading)
    } else if is_clear_verb(word) {
        Some(Action::Verb)
    } else {
        None
    }
}

/// Returns whether a word is a verb regardless of its position.
pub(super) fn is_clear_verb(word: &str) -> bool {
    let is_listed = |word: &str| ACTIONS.binary_search(&word).is_ok();
    let is_undone = |word: &str| word.strip_prefix("un").is_some_and(is_listed);
    READS.contains(&word) || LISTS.contains(&word) || is_listed(word) || is_undone(word)
}

/// Returns whether the first word of an id is a verb.
pub(super) fn is_verb(word: &str) -> bool {
    let listed = [READINGS, ID_VERBS];
    is_clear_verb(word) || listed.iter().any(|list| list.binary_search(&word).is_ok())
}

/// Returns whether a segment of several words is a verb and its object, such as `add-users` but not `check-runs`. If the first
/// word may be a noun, a different verb in the id rules it out.
pub(super) fn is_phrase(words: &Words, verb_of_id: Option<&str>) -> bool {
    let mut all = words.iter();
    let (first, second) = (
        all.next().unwrap_or_default(),
        all.next().unwrap_or_default(),
    );
    let is_singular = singular(words.text()) == words.text();
    let is_open = verb_of_id.is_none_or(|verb| verb == "create");
    CLEAR.contains(&first)
        || MODIFIERS.contains(&first) && is_verb(second)
        || is_clear_verb(first) && is_singular && is_open
}

/// Verbs that do not occur as nouns before another noun.
const CLEAR: &[&str] = &[
    "add",
    "assign",
    "change",
    "create",
    "delete",
    "disable",
    "enable",
    "generate",
    "get",
    "mark",
    "remove",
    "revoke",
    "send",
    "set",
    "submit",
    "terminate",
    "validate",
];

/// Parts of an item that are only read, in alphabetical order.
const READINGS: &[&str] = &[
    "autocomplete",
    "content",
    "count",
    "download",
    "exists",
    "preview",
    "raw",
    "suggest",
    "thumbnail",
];

/// Verbs at the end of paths, in alphabetical order.
const ACTIONS: &[&str] = &[
    "abort",
    "accept",
    "acknowledge",
    "activate",
    "add",
    "advance",
    "analyze",
    "answer",
    "append",
    "apply",
    "approve",
    "archive",
    "ask",
    "assign",
    "associate",
    "assume",
    "attach",
    "authenticate",
    "authorize",
    "ban",
    "begin",
    "bind",
    "calculate",
    "cancel",
    "capture",
    "check",
    "claim",
    "classify",
    "clear",
    "clone",
    "close",
    "commit",
    "compact",
    "compare",
    "complete",
    "compute",
    "confirm",
    "connect",
    "consume",
    "convert",
    "copy",
    "create",
    "crosspost",
    "deactivate",
    "decline",
    "decrypt",
    "delete",
    "demote",
    "deploy",
    "deprecate",
    "destroy",
    "detach",
    "detect",
    "detokenize",
    "disable",
    "disassociate",
    "disconnect",
    "dismiss",
    "duplicate",
    "edit",
    "embed",
    "enable",
    "encrypt",
    "end",
    "enqueue",
    "evaluate",
    "execute",
    "expire",
    "extend",
    "extract",
    "finalize",
    "find",
    "finish",
    "flush",
    "follow",
    "forget",
    "freeze",
    "generate",
    "get",
    "grant",
    "halt",
    "hangup",
    "hide",
    "identify",
    "impersonate",
    "import",
    "increment",
    "infer",
    "ingest",
    "init",
    "initialize",
    "inspect",
    "install",
    "introspect",
    "invalidate",
    "invite",
    "invoke",
    "join",
    "kill",
    "launch",
    "leave",
    "list",
    "lock",
    "login",
    "logout",
    "lookup",
    "merge",
    "migrate",
    "move",
    "mute",
    "parse",
    "patch",
    "pause",
    "pay",
    "ping",
    "poll",
    "predict",
    "probe",
    "promote",
    "provision",
    "prune",
    "publish",
    "pull",
    "purge",
    "push",
    "query",
    "rank",
    "reactivate",
    "read",
    "reboot",
    "rebuild",
    "receive",
    "recommend",
    "recover",
    "redeem",
    "redeliver",
    "refer",
    "refresh",
    "refund",
    "register",
    "reindex",
    "reject",
    "release",
    "reload",
    "remix",
    "remove",
    "rename",
    "render",
    "renew",
    "reopen",
    "reorder",
    "replace",
    "replay",
    "rerank",
    "rerun",
    "resend",
    "reset",
    "resolve",
    "restart",
    "restore",
    "resume",
    "retrieve",
    "retry",
    "revert",
    "revoke",
    "rollback",
    "rotate",
    "run",
    "save",
    "scroll",
    "search",
    "send",
    "set",
    "sign",
    "signal",
    "simulate",
    "skip",
    "star",
    "start",
    "stop",
    "submit",
    "subscribe",
    "summarize",
    "suspend",
    "swap",
    "switch",
    "sync",
    "synchronize",
    "terminate",
    "toggle",
    "tokenize",
    "transcribe",
    "transfer",
    "translate",
    "trigger",
    "unarchive",
    "unassign",
    "unban",
    "unblock",
    "undo",
    "unfollow",
    "uninstall",
    "unlink",
    "unlock",
    "unpublish",
    "unregister",
    "unset",
    "unstar",
    "unsubscribe",
    "update",
    "upgrade",
    "upload",
    "upsert",
    "use",
    "validate",
    "verify",
    "vote",
    "wait",
    "withdraw",
];

/// Verbs in ids that are also nouns, in alphabetical order.
const ID_VERBS: &[&str] = &[
    "allow",
    "await",
    "block",
    "build",
    "buy",
    "change",
    "comment",
    "configure",
    "count",
    "cut",
    "decode",
    "deny",
    "download",
    "emit",
    "encode",
    "ensure",
    "exchange",
    "export",
    "fork",
    "handle",
    "insert",
    "issue",
    "link",
    "make",
    "mark",
    "modify",
    "notify",
    "order",
    "patch",
    "pin",
    "post",
    "preview",
    "put",
    "reactivate",
    "record",
    "report",
    "request",
    "review",
    "schedule",
    "share",
    "snapshot",
    "split",
    "store",
    "stream",
    "suggest",
    "tag",
    "test",
    "track",
    "train",
    "transition",
    "unlike",
    "unmark",
    "unpin",
    "untag",
    "watch",
    "write",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [READINGS, ACTIONS, ID_VERBS] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}

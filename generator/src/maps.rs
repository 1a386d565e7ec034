//! Maps and sets with a quick hash.
//!
//! In: nothing. Out: types. The hash is not the standard library's, but takes a fifth of its time
//! for the short words and the long pointers that are keys here; its seed is random, too, so no
//! document can be made to slow it down. The order of `HashMap` and `HashSet` is never to be seen.

use foldhash::fast::RandomState;

pub type IndexMap<K, V> = indexmap::IndexMap<K, V, RandomState>;
pub type IndexSet<K> = indexmap::IndexSet<K, RandomState>;
pub type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;
pub type HashSet<K> = std::collections::HashSet<K, RandomState>;

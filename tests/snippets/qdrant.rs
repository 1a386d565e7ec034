//! What people write with a client of Qdrant's API.

use qdrant::types::*;
use qdrant::{Client, Result};

// A filter. Hand-made: 10 lines.
fn filter() -> Filter {
    Filter::new().must(vec![
        FieldCondition::new("city").r#match(MatchValue::new("London")).into(),
        FieldCondition::new("price").range(Range::new().gte(100.0)).into(),
    ])
}
// End.

// New points. Hand-made: 10 lines.
async fn upsert(client: &Client) -> Result<()> {
    let points = vec![
        PointStruct::new(1, vec![0.9, 0.1, 0.1]),
        PointStruct::new(2, vec![0.1, 0.9, 0.1]),
    ];
    client.collections().points().upsert("cars").body(&PointsList::new(points).into()).await?;
    Ok(())
}
// End.

fn main() {
    let _ = (filter, upsert);
}

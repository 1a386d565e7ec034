//! Lists all issues of a repository.

use github::Client;

#[tokio::main]
async fn main() -> github::Result<()> {
    let base_url = std::env::args().nth(1).expect("the base URL");
    let client = Client::builder().base_url(base_url).build()?;
    let mut issues = client.repos().issues().list("rust-lang", "rust").per_page(2).items();
    while let Some(issue) = issues.next().await {
        let issue = issue?;
        println!("{} {}", issue.number, issue.title);
    }
    Ok(())
}

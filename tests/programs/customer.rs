//! Creates a customer, and lists the customers of a month.

use customers::Client;
use customers::types::{Address, SearchCustomersCreated};

#[tokio::main]
async fn main() -> customers::Result<()> {
    let base_url = std::env::args().nth(1).expect("the base URL");
    let client = Client::builder().base_url(base_url).secret_key("sk_test").build()?;
    let customers = client.customers();

    let address = Address::new().line1("1 Main St & Co").city("Zürich");
    let metadata = [("plan".to_owned(), "pro".to_owned())];
    let made = customers.create("ada@example.com").address(address).languages(["en", "de"]).metadata(metadata.into()).await?;
    println!("created {}", made.id);

    let created = SearchCustomersCreated::new().gte(1_793_491_200).lt(1_796_083_200);
    let mut found = customers.search().created(created).limit(2).items();
    while let Some(customer) = found.next().await {
        println!("{}", customer?.email);
    }
    Ok(())
}

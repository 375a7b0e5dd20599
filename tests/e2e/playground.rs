//! The playground without a network: the page, and every file that it names.

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

/// A file of the page, with its security policy checked.
async fn file(hub: &Hub, path: &str) -> String {
    let answer = hub.get(path).await;
    assert_eq!(answer.status(), 200, "{path}");
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let policy = header("content-security-policy").to_owned();
    assert!(policy.contains("default-src 'none'") && policy.contains("connect-src 'self'"), "{path}: {policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{path}: {policy}");
    assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
    String::from_utf8_lossy(&answer.bytes().await.expect("a whole file")).into_owned()
}

#[tokio::test]
async fn the_page_and_every_file_it_names_come_from_the_binary() {
    let hub = Machine::fresh(&Partners::all(Conduct::Closed).await).serve().await;
    let page = file(&hub, "/playground").await;
    let named: Vec<&str> = page.split('"').filter(|text| text.starts_with("playground/")).collect();
    assert!(named.len() >= 2, "a script and a style: {named:?}");
    for path in named {
        let text = file(&hub, &format!("/{path}")).await;
        if !path.ends_with(".css") {
            continue;
        }
        for address in text.split("url(").skip(1).filter_map(|rest| rest.split(')').next()) {
            let address = address.trim_matches(['"', '\'']);
            if let Some(beside) = address.strip_prefix("./") {
                file(&hub, &format!("/playground/assets/{beside}")).await;
            } else {
                assert!(address.starts_with("data:"), "{path} loads {address}");
            }
        }
    }
}

#[tokio::test]
async fn the_root_leads_to_the_page() {
    let hub = Machine::fresh(&Partners::all(Conduct::Closed).await).serve().await;
    let answer = hub.get("/").await;
    assert_eq!((answer.status().as_u16(), answer.url().path()), (200, "/playground"));
}

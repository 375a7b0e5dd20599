//! The end: a hub that is told to stop takes nothing new, finishes what it has begun, and ends in order.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

async fn connect(hub: &Hub) -> TcpStream {
    TcpStream::connect(hub.address.trim_start_matches("http://")).await.expect("a connection")
}

/// Sends the rest of a request and gives the whole answer, until the hub closes the connection.
async fn finish(mut connection: TcpStream, rest: &str) -> String {
    connection.write_all(rest.as_bytes()).await.expect("the hub reads");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.expect("an answer");
    answer
}

#[tokio::test]
async fn a_hub_told_to_stop_finishes_what_it_has_begun_and_ends_with_zero() {
    let hub = Machine::fresh(&Partners::all(Conduct::Silent).await).serve().await;
    let body = r#"{"query":"{ hub { name } }"}"#;
    let mut question = connect(&hub).await;
    let begun = format!(
        "POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{}",
        body.len(),
        &body[..10]
    );
    question.write_all(begun.as_bytes()).await.expect("the hub reads");
    let mut probe = connect(&hub).await;
    // A connection on which nothing has been asked would be closed.
    probe.write_all(b"GET /health/ready HTTP/1.1\r\n").await.expect("the hub reads");
    assert_eq!(hub.get("/health/ready").await.status(), 200);
    hub.terminate();
    hub.log.until("told to stop").await;
    let ready = finish(probe, "host: hub\r\n\r\n").await;
    assert!(ready.starts_with("HTTP/1.1 503 ") && ready.contains("draining"), "{ready}");
    let answer = finish(question, &body[10..]).await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains(r#""data":{"hub""#), "{answer}");
    assert_eq!(hub.ended().await, Some(0), "partners that are being read do not hold it up");
}

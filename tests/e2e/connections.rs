//! Connections that stay open: questions one after another, in pieces and in one go, and another protocol after them.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

const LIVE: &[u8] = b"GET /health/live HTTP/1.1\r\nhost: hub\r\n\r\n";

async fn serve() -> Hub {
    Machine::fresh(&Partners::all(Conduct::Closed).await).serve().await
}

async fn connect(hub: &Hub) -> TcpStream {
    TcpStream::connect(hub.address.trim_start_matches("http://")).await.expect("a connection")
}

/// The head of the next answer; its body is passed over.
async fn answer(connection: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(connection.read_u8().await.expect("an answer"));
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length = length.map_or(0, |length| length.trim().parse().expect("a length"));
    connection.read_exact(&mut vec![0; length]).await.expect("a whole answer");
    head
}

#[tokio::test]
async fn a_connection_is_asked_again_and_again_in_whatever_pieces() {
    let hub = serve().await;
    let mut connection = connect(&hub).await;
    let (whole, (begun, rest)) = (LIVE, LIVE.split_at(20));
    for sent in [&[whole][..], &[whole, whole], &[whole, begun], &[rest, whole]] {
        connection.write_all(&sent.concat()).await.expect("the hub reads");
        let answers = sent.iter().filter(|piece| **piece != begun).count();
        for _ in 0..answers {
            let head = answer(&mut connection).await;
            assert!(head.starts_with("http/1.1 200"), "{head}");
        }
        // What comes byte by byte is a request, too.
        let mut slow = connect(&hub).await;
        for byte in whole.chunks(1) {
            slow.write_all(byte).await.expect("the hub reads");
        }
        assert!(answer(&mut slow).await.starts_with("http/1.1 200"));
    }
}

#[tokio::test]
async fn another_protocol_can_follow_a_question() {
    let hub = serve().await;
    let mut connection = connect(&hub).await;
    connection.write_all(LIVE).await.expect("the hub reads");
    assert!(answer(&mut connection).await.starts_with("http/1.1 200"));
    let upgrade = "GET /graphql HTTP/1.1\r\nhost: hub\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
                   sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
                   sec-websocket-protocol: graphql-transport-ws\r\n\r\n";
    connection.write_all(upgrade.as_bytes()).await.expect("the hub reads");
    let head = answer(&mut connection).await;
    assert!(head.starts_with("http/1.1 101") && head.contains("graphql-transport-ws"), "{head}");
}

//! A server that hangs up in the middle of each body, which a mock server cannot.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use connectors::partners::Partner;
use connectors::stage::Recording;

use crate::play::recording;

/// Serves a partner's recorded answers, each with its full length announced and half of it sent.
///
/// Gives the base address. The thread ends with the test's process.
pub(crate) fn serve(partner: &Partner) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a bound socket has an address");
    let recording = recording(partner);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that has hung up meanwhile is no fault of this server.
            answer(&recording, stream).unwrap_or_default();
        }
    });
    format!("http://{address}/")
}

fn answer(recording: &Recording, mut stream: TcpStream) -> std::io::Result<()> {
    let head = head(&mut stream)?;
    let target = head.split(' ').nth(1).unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let recorded = recording.answer(path, query);
    write!(
        stream,
        "HTTP/1.1 {} Played\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        recorded.status,
        recorded.media_type,
        recorded.body.len()
    )?;
    stream.write_all(&recorded.body[..recorded.body.len() / 2])
}

/// The request up to its blank line; the suite's requests have no body.
fn head(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte)? == 1 {
        head.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

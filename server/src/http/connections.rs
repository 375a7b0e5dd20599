//! One connection as bytes: how slow its client may be, and whether anything is under way on it.
//!
//! A client that trickles its request, or does not take its answer, holds memory without using it. Its connection is
//! closed: time runs from the first byte of a request until the first of the answer, and while an answer waits to be
//! taken. A connection on which nothing is asked has a limit of its own, in [`super::serving`].

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

/// How much of a request is looked at before it is read.
const PEEKED: usize = 4_096;

/// A connection that is closed when its client is too slow.
pub(super) struct Connection {
    socket: TcpStream,
    /// Bytes that were read already and belong to what is read next.
    unread: Bytes,
    /// Whether each request is looked at before it is read.
    looks: bool,
    /// Whether what comes next was looked at already.
    seen: bool,
    state: Arc<State>,
    patience: Duration,
    /// Runs out when a request has begun and no answer has.
    asked: Option<Pin<Box<Sleep>>>,
    /// Runs out when an answer is not taken.
    untaken: Option<Pin<Box<Sleep>>>,
}

/// What is under way on a connection.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Whether the last thing that happened was that nothing could be read.
    waits: AtomicBool,
    /// Whether a part of an answer waits to be taken.
    blocked: AtomicBool,
    /// Whether the client asks for something that the machinery of HTTP/1 alone cannot give.
    other: AtomicBool,
    /// Requests whose answers are not handed out yet.
    open: AtomicU32,
    /// Grows with every byte either way.
    activity: AtomicU32,
}

/// A request whose answer is not written yet; dropped when it is.
pub(super) struct Open(Arc<State>);

/// What a client begins to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    /// Nothing: it closed the connection.
    Closed,
    /// The whole head of a request in HTTP/1 that does not ask for another protocol.
    Plain,
    /// Anything else: another protocol, or a head in pieces.
    Other,
}

impl Connection {
    /// A connection whose client may be as slow as this.
    pub(super) fn new(socket: TcpStream, patience: Duration) -> Self {
        let (unread, state) = (Bytes::new(), Arc::default());
        Self { socket, unread, looks: false, seen: false, state, patience, asked: None, untaken: None }
    }

    /// What is under way on it.
    pub(super) fn state(&self) -> &Arc<State> {
        &self.state
    }

    /// The same, with bytes to be read again before any others.
    pub(super) fn with_unread(self, unread: Bytes) -> Self {
        self.state.other.store(false, Ordering::Release);
        Self { unread, looks: false, ..self }
    }

    /// The same, of which only plain requests can be read; [`State::asks_other`] says that another one has come. The
    /// first of them was seen already.
    pub(super) fn plain(self) -> Self {
        Self { looks: true, seen: true, ..self }
    }

    /// Waits until the client begins to ask. Takes nothing off the socket, and holds no memory meanwhile.
    pub(super) async fn beginning(&self) -> io::Result<Beginning> {
        if self.unread.is_empty() {
            return std::future::poll_fn(|context| self.poll_beginning(context)).await;
        }
        Ok(Beginning::Other)
    }

    fn poll_beginning(&self, context: &mut Context<'_>) -> Poll<io::Result<Beginning>> {
        let mut space = [0; PEEKED];
        let mut seen = ReadBuf::new(&mut space);
        ready!(self.socket.poll_peek(context, &mut seen))?;
        Poll::Ready(Ok(Beginning::of(seen.filled())))
    }

    /// Reads, or finds that there is nothing to be read here: nothing has come, or no plain request.
    fn poll_some(&mut self, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if !self.unread.is_empty() {
            let length = self.unread.len().min(buffer.remaining());
            buffer.put_slice(&self.unread[..length]);
            self.unread.advance(length);
            return Poll::Ready(Ok(()));
        }
        let seen = std::mem::take(&mut self.seen);
        let looks = self.looks && !seen && !self.state.is_open();
        if looks && ready!(self.poll_beginning(context))? == Beginning::Other {
            self.state.other.store(true, Ordering::Release);
            return Poll::Pending;
        }
        Pin::new(&mut self.socket).poll_read(context, buffer)
    }

    fn too_slow(timer: &mut Option<Pin<Box<Sleep>>>, context: &mut Context<'_>) -> bool {
        timer.as_mut().is_some_and(|timer| timer.as_mut().poll(context).is_ready())
    }

    /// What a write has come to: one that succeeded begins an answer, one that waits may not wait for ever.
    fn written<T>(&mut self, polled: Poll<io::Result<T>>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        self.state.moved();
        self.state.blocked.store(polled.is_pending(), Ordering::Release);
        if polled.is_ready() {
            (self.asked, self.untaken) = (None, None);
            return polled;
        }
        let patience = self.patience;
        self.untaken.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        if Self::too_slow(&mut self.untaken, context) { Poll::Ready(Err(slow())) } else { Poll::Pending }
    }
}

impl Beginning {
    fn of(bytes: &[u8]) -> Self {
        const UPGRADE: &[u8] = b"upgrade:";
        if bytes.is_empty() {
            return Self::Closed;
        }
        let whole = bytes.windows(4).any(|four| four == b"\r\n\r\n");
        // Whatever follows the head is looked at, too: it may be the next request.
        let asks = |line: &[u8]| line.get(..UPGRADE.len()).is_some_and(|name| name.eq_ignore_ascii_case(UPGRADE));
        let upgrade = || bytes.split(|byte| *byte == b'\n').any(asks);
        if !whole || bytes.starts_with(b"PRI * HTTP/2") || upgrade() { Self::Other } else { Self::Plain }
    }
}

impl State {
    /// Notes that a request has begun; its answer is written once what this gives is dropped.
    pub(super) fn begin(self: &Arc<Self>) -> Open {
        self.open.fetch_add(1, Ordering::AcqRel);
        Open(Arc::clone(self))
    }

    /// Whether every request has its whole answer and nothing has come since that can be read here.
    pub(super) fn is_idle(&self) -> bool {
        self.waits.load(Ordering::Acquire) && !self.blocked.load(Ordering::Acquire) && !self.is_open()
    }

    /// Whether the client asks for something that the machinery of HTTP/1 alone cannot give.
    pub(super) fn asks_other(&self) -> bool {
        self.other.load(Ordering::Acquire)
    }

    fn is_open(&self) -> bool {
        self.open.load(Ordering::Acquire) > 0
    }

    /// A number that another one follows as soon as anything is read or written.
    pub(super) fn activity(&self) -> u32 {
        self.activity.load(Ordering::Acquire)
    }

    fn moved(&self) {
        self.waits.store(false, Ordering::Release);
        self.activity.fetch_add(1, Ordering::AcqRel);
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::AcqRel);
    }
}

fn slow() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the client is too slow")
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let before = buffer.filled().len();
        let polled = this.poll_some(context, buffer);
        if polled.is_ready() {
            this.state.moved();
        } else {
            this.state.waits.store(true, Ordering::Release);
        }
        match &polled {
            Poll::Ready(Ok(())) if buffer.filled().len() > before && this.asked.is_none() => {
                this.asked = Some(Box::pin(tokio::time::sleep(this.patience)));
            }
            Poll::Pending if Self::too_slow(&mut this.asked, context) => return Poll::Ready(Err(slow())),
            _ => {}
        }
        polled
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.socket).poll_write(context, bytes);
        self.written(polled, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.socket).poll_write_vectored(context, parts);
        self.written(polled, context)
    }

    /// An answer goes out from where it lies. Otherwise it would be copied behind its head, into a buffer that grows to
    /// the largest answer ever given and stays with the connection.
    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &str, expected: Beginning) {
        assert_eq!(Beginning::of(bytes.as_bytes()), expected, "{bytes}");
    }

    #[test]
    fn a_whole_head_in_http_1_is_plain() {
        check("", Beginning::Closed);
        check("GET / HTTP/1.1\r\nhost: hub\r\n\r\n", Beginning::Plain);
        check("POST / HTTP/1.1\r\ncontent-length: 7\r\n\r\nupgrade", Beginning::Plain);
        check("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nupgrade: websocket\r\n\r\n", Beginning::Other);
        check("GET / HTTP/1.1\r\nhost: hub\r\n", Beginning::Other);
        check("GET / HTTP/1.1\r\nConnection: Upgrade\r\nupgrade: websocket\r\n\r\n", Beginning::Other);
        check("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Beginning::Other);
    }

    #[test]
    fn a_connection_is_idle_when_every_answer_is_written_and_nothing_was_said_since() {
        let state = Arc::new(State::default());
        assert!(!state.is_idle(), "nobody has looked yet");
        state.waits.store(true, Ordering::Release);
        let open = state.begin();
        assert!(!state.is_idle());
        drop(open);
        state.blocked.store(true, Ordering::Release);
        assert!(!state.is_idle(), "a part of the answer is not taken yet");
        state.blocked.store(false, Ordering::Release);
        assert!(state.is_idle());
        let before = state.activity();
        state.moved();
        assert!(!state.is_idle() && state.activity() != before);
    }
}

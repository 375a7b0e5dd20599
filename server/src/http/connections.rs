//! Connections: how many there are, and how slow one may be.
//!
//! A client that trickles its request, or does not take its answer, holds memory without using it. Its connection is
//! closed: time runs from the first byte of a request until the first of the answer, and while an answer waits to be
//! taken. A connection on which nothing is asked is closed by the server's own limit for idle ones.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use poem::http::uri::Scheme;
use poem::listener::Acceptor;
use poem::web::{LocalAddr, RemoteAddr};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Sleep;

use crate::config::LoadConfig;

/// Accepts as many connections as there is room for. Further ones wait in the system's queue.
pub struct Bounded<Inner> {
    inner: Inner,
    room: Arc<Semaphore>,
    patience: Duration,
}

impl<Inner> Bounded<Inner> {
    /// Room for the operator's number of connections.
    pub fn new(inner: Inner, config: &LoadConfig) -> Self {
        let room = Arc::new(Semaphore::new(config.max_connections.clamp(1, Semaphore::MAX_PERMITS)));
        Self { inner, room, patience: Duration::from_secs(config.client_timeout_seconds.max(1)) }
    }
}

impl<Inner: Acceptor> Acceptor for Bounded<Inner> {
    type Io = Connection<Inner::Io>;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.inner.local_addr()
    }

    async fn accept(&mut self) -> io::Result<(Self::Io, LocalAddr, RemoteAddr, Scheme)> {
        let room = Arc::clone(&self.room).acquire_owned().await.map_err(io::Error::other)?;
        let (inner, local, remote, scheme) = self.inner.accept().await?;
        let connection = Connection { inner, patience: self.patience, asked: None, untaken: None, _room: room };
        Ok((connection, local, remote, scheme))
    }
}

/// A connection that is closed when its client is too slow.
pub struct Connection<Io> {
    inner: Io,
    patience: Duration,
    /// Runs out when a request has begun and no answer has.
    asked: Option<Pin<Box<Sleep>>>,
    /// Runs out when an answer is not taken.
    untaken: Option<Pin<Box<Sleep>>>,
    _room: OwnedSemaphorePermit,
}

impl<Io: Unpin> Connection<Io> {
    fn too_slow(timer: &mut Option<Pin<Box<Sleep>>>, context: &mut Context<'_>) -> bool {
        timer.as_mut().is_some_and(|timer| timer.as_mut().poll(context).is_ready())
    }

    /// What a write has come to: one that succeeded begins an answer, one that waits may not wait for ever.
    fn written<T>(&mut self, polled: Poll<io::Result<T>>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            (self.asked, self.untaken) = (None, None);
            return polled;
        }
        let patience = self.patience;
        self.untaken.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        if Self::too_slow(&mut self.untaken, context) { Poll::Ready(Err(slow())) } else { Poll::Pending }
    }
}

fn slow() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the client is too slow")
}

impl<Io: AsyncRead + Unpin> AsyncRead for Connection<Io> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let before = buffer.filled().len();
        let polled = Pin::new(&mut this.inner).poll_read(context, buffer);
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

impl<Io: AsyncWrite + Unpin> AsyncWrite for Connection<Io> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.written(polled, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write_vectored(context, parts);
        self.written(polled, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

//! Serves connections: HTTP/1 and HTTP/2 on each, as many as there is room for, until the hub is told to stop.
//!
//! A connection on which nothing is asked holds its socket and next to nothing else: the machinery of HTTP, with its
//! buffers, is put up when a client begins to ask, and taken down again soon after the last answer. So ten thousand
//! clients that keep their connections open cost little.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use poem::endpoint::BoxEndpoint;
use poem::http::uri::Scheme;
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Addr, Endpoint, EndpointExt as _, Response};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep, timeout};

use super::connections::{Beginning, Connection, Open};
use crate::config::LoadConfig;

/// How long the machinery stays up after an answer: a client that asks again at once finds it there.
const LINGER: Duration = Duration::from_millis(100);
/// How long no connection is accepted after the system could not give one, for want of files or memory.
const PAUSE: Duration = Duration::from_millis(100);
/// Streams that one client may have open on a connection in HTTP/2.
const MOST_STREAMS: u32 = 200;
/// Streams that a client of HTTP/2 may open and reset again before its connection is closed.
const MOST_RESET_STREAMS: usize = 20;
/// The most bytes of a head in HTTP/2.
const LONGEST_HEAD: u32 = 16_384;

/// Serves routes on connections.
pub struct Serving {
    routes: BoxEndpoint<'static, Response>,
    local: LocalAddr,
    idle: Duration,
    patience: Duration,
    /// Room for the operator's number of connections. Further ones wait in the system's queue.
    room: Arc<Semaphore>,
}

/// How far the end has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Serving,
    /// What has begun is finished, and nothing new is taken.
    Draining,
    /// What is not finished yet will not be.
    Ended,
}

/// Told when the end comes; while any is held, something is still under way.
type Told = watch::Receiver<Stage>;

impl Serving {
    /// Serves these routes, as many connections and as slow clients as the operator allows.
    pub fn new(routes: impl Endpoint + 'static, config: &LoadConfig) -> Self {
        Self {
            routes: routes.map_to_response().boxed(),
            local: LocalAddr::default(),
            idle: Duration::from_secs(config.idle_timeout_seconds.max(1)),
            patience: Duration::from_secs(config.client_timeout_seconds.max(1)),
            room: Arc::new(Semaphore::new(config.max_connections.clamp(1, Semaphore::MAX_PERMITS))),
        }
    }

    /// Serves until the signal, then finishes what has begun, within the time given.
    ///
    /// # Errors
    /// The listener's own address cannot be asked for.
    pub async fn run(
        mut self,
        listener: TcpListener,
        signal: impl Future<Output = ()>,
        drain: Duration,
    ) -> io::Result<()> {
        self.local = LocalAddr(Addr::SocketAddr(listener.local_addr()?));
        let serving = Arc::new(self);
        let (tell, told) = watch::channel(Stage::Serving);
        let mut signal = pin!(signal);
        loop {
            let accepting = async {
                let room = Arc::clone(&serving.room).acquire_owned().await.map_err(io::Error::other)?;
                let (socket, remote) = listener.accept().await?;
                io::Result::Ok((room, socket, remote))
            };
            let accepted = tokio::select! {
                () = &mut signal => break,
                accepted = accepting => accepted,
            };
            match accepted {
                Ok((room, socket, remote)) => {
                    let (serving, told) = (Arc::clone(&serving), told.clone());
                    tokio::spawn(async move {
                        serving.serve(socket, remote, told).await;
                        drop(room);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection cannot be accepted");
                    sleep(PAUSE).await;
                }
            }
        }
        drop((listener, told));
        tell.send_replace(Stage::Draining);
        if timeout(drain, tell.closed()).await.is_err() {
            tell.send_replace(Stage::Ended);
            tell.closed().await;
        }
        Ok(())
    }

    async fn serve(self: Arc<Self>, socket: TcpStream, remote: SocketAddr, told: Told) {
        // An answer is written whole; nothing is gained by waiting for more of it.
        drop(socket.set_nodelay(true));
        let mut ended = told.clone();
        tokio::select! {
            () = Arc::clone(&self).converse(Connection::new(socket, self.patience), remote, told) => {}
            _ = ended.wait_for(|stage| *stage == Stage::Ended) => {}
        }
    }

    /// Waits for the client to ask, answers, and waits again.
    async fn converse(self: Arc<Self>, mut connection: Connection, remote: SocketAddr, mut told: Told) {
        loop {
            let beginning = tokio::select! {
                beginning = timeout(self.idle, connection.beginning()) => beginning,
                _ = told.wait_for(|stage| *stage != Stage::Serving) => return,
            };
            // What is under way is boxed, so that a connection does not hold its size while it waits.
            let rest = match beginning {
                Ok(Ok(Beginning::Plain)) => Box::pin(self.answer(connection, remote, &mut told)).await,
                Ok(Ok(Beginning::Other)) => return Box::pin(self.answer_any(connection, remote, told)).await,
                Ok(Ok(Beginning::Closed) | Err(_)) | Err(_) => return,
            };
            match rest {
                Some(rest) => connection = rest,
                None => return,
            }
        }
    }

    /// Answers in HTTP/1 until nothing is asked for a moment, and gives the connection back; `None` where it has ended.
    async fn answer(&self, connection: Connection, remote: SocketAddr, told: &mut Told) -> Option<Connection> {
        let state = Arc::clone(connection.state());
        let service = service_fn(|request| {
            let open = state.begin();
            async { Ok::<_, Infallible>(self.respond(request, remote).await.map(|body| Counted { body, _open: open })) }
        });
        let mut serving = http1::Builder::new().serve_connection(TokioIo::new(connection.plain()), service);
        let mut lingering = pin!(sleep(LINGER));
        let mut lingers = false;
        let mut stop = pin!(told.wait_for(|stage| *stage != Stage::Serving));
        let mut stopping = false;
        let left = poll_fn(|context| {
            if !stopping && stop.as_mut().poll(context).is_ready() {
                stopping = true;
                Pin::new(&mut serving).graceful_shutdown();
            }
            if Pin::new(&mut serving).poll(context).is_ready() {
                return Poll::Ready(false);
            }
            if state.is_idle() && state.asks_other() {
                return Poll::Ready(true);
            }
            if !state.is_idle() {
                lingers = false;
                return Poll::Pending;
            }
            if !lingers {
                lingers = true;
                lingering.as_mut().reset(Instant::now() + LINGER);
            }
            lingering.as_mut().poll(context).map(|()| true)
        })
        .await;
        let parts = left.then(|| serving.into_parts())?;
        Some(parts.io.into_inner().with_unread(parts.read_buf))
    }

    /// Answers in any protocol, until the connection ends or nothing has moved on it for long.
    async fn answer_any(self: Arc<Self>, connection: Connection, remote: SocketAddr, mut told: Told) {
        let (state, idle) = (Arc::clone(connection.state()), self.idle);
        let service = service_fn(move |request| {
            let serving = Arc::clone(&self);
            async move { Ok::<_, Infallible>(serving.respond(request, remote).await) }
        });
        let mut builder = auto::Builder::new(TokioExecutor::new());
        builder
            .http2()
            .max_concurrent_streams(MOST_STREAMS)
            .max_pending_accept_reset_streams(MOST_RESET_STREAMS)
            .max_header_list_size(LONGEST_HEAD);
        let mut serving = pin!(builder.serve_connection_with_upgrades(TokioIo::new(connection), service));
        let stop = told.wait_for(|stage| *stage != Stage::Serving);
        let still = async {
            let mut seen = state.activity();
            loop {
                sleep(idle).await;
                match state.activity() {
                    same if same == seen => break,
                    moved => seen = moved,
                }
            }
        };
        tokio::select! {
            // It ended by itself, or another protocol goes on by itself.
            _ = serving.as_mut() => return,
            _ = stop => {}
            () = still => {}
        }
        serving.as_mut().graceful_shutdown();
        // An error says that the client has gone.
        drop(serving.await);
    }

    async fn respond(
        &self,
        request: hyper::Request<Incoming>,
        remote: SocketAddr,
    ) -> hyper::Response<impl Body<Data = bytes::Bytes, Error = io::Error> + Unpin + use<>> {
        let remote = RemoteAddr(Addr::SocketAddr(remote));
        let request = (request, self.local.clone(), remote, Scheme::HTTP).into();
        self.routes.get_response(request).await.into()
    }
}

/// An answer's body, which counts as open until it is written.
struct Counted<Inner> {
    body: Inner,
    _open: Open,
}

impl<Inner: Body + Unpin> Body for Counted<Inner> {
    type Data = Inner::Data;
    type Error = Inner::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

//! How many connections may stay open, in all and for each client.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use poem::http::{HeaderValue, StatusCode, header};
use poem::{Request, Response};

use crate::config::SubscriptionsConfig;
use crate::http::clients::{Client, client_of};
use crate::http::guard;

/// Counts open connections.
pub(super) struct Admission {
    most: usize,
    most_of_one: usize,
    trusted_proxies: usize,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    all: usize,
    by_client: HashMap<Client, usize>,
}

/// There is no place for another connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Full {
    /// For anybody.
    Hub,
    /// For this client.
    Client(usize),
}

/// The place of one open connection; free again when it is dropped.
pub(super) struct Place {
    admission: Arc<Admission>,
    client: Option<Client>,
}

impl Admission {
    pub(super) fn new(limits: &SubscriptionsConfig, trusted_proxies: usize) -> Self {
        let (most, most_of_one) = (limits.max_connections, limits.max_connections_per_client);
        Self { most, most_of_one, trusted_proxies, open: Mutex::default() }
    }

    /// Who asks, counted as requests are; `None` for who is not counted.
    pub(super) fn client_of(&self, request: &Request) -> Option<Client> {
        let peer = request.remote_addr().as_socket_addr().map(std::net::SocketAddr::ip);
        client_of(self.trusted_proxies, peer, request.headers())
    }

    pub(super) fn enter(self: &Arc<Self>, client: Option<Client>) -> Result<Place, Full> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.all >= self.most {
            return Err(Full::Hub);
        }
        if let Some(client) = client {
            let own = open.by_client.entry(client).or_default();
            if *own >= self.most_of_one {
                return Err(Full::Client(self.most_of_one));
            }
            *own += 1;
        }
        open.all += 1;
        Ok(Place { admission: Arc::clone(self), client })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.admission.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.all -= 1;
        let Some(client) = self.client else { return };
        if let Some(own) = open.by_client.get_mut(&client) {
            *own -= 1;
            if *own == 0 {
                open.by_client.remove(&client);
            }
        }
    }
}

impl Full {
    /// The refusal, before anything stays open.
    pub(super) fn response(self) -> Response {
        let (status, code, message) = match self {
            Self::Hub => {
                let message = "The hub has no room for another open connection (`subscriptions.max_connections`).";
                (StatusCode::SERVICE_UNAVAILABLE, "TOO_MANY_CONNECTIONS", message.to_owned())
            }
            Self::Client(most) => {
                let message = format!(
                    "You hold {most} connections open, and may hold no more (`subscriptions.max_connections_per_client`). \
                     One connection takes several subscriptions."
                );
                (StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_CONNECTIONS_OF_CLIENT", message)
            }
        };
        let mut response = guard::error(status, code, &message);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_for_each_client_and_for_all_and_come_free_again() {
        let limits = SubscriptionsConfig {
            max_connections: 3,
            max_connections_per_client: 2,
            ..crate::config::Config::default().subscriptions
        };
        let admission = Arc::new(Admission::new(&limits, 0));
        let client = |last| Some(Client::Address(std::net::IpAddr::from([203, 0, 113, last])));
        let first = admission.enter(client(1)).ok();
        let second = admission.enter(client(1)).ok();
        assert!(first.is_some() && second.is_some());
        assert_eq!(admission.enter(client(1)).err(), Some(Full::Client(2)));
        let other = admission.enter(client(2)).ok();
        assert!(other.is_some());
        assert_eq!(admission.enter(client(3)).err(), Some(Full::Hub));
        drop(first);
        assert!(admission.enter(client(1)).is_ok());
        assert!(admission.enter(None).is_ok(), "who is not counted takes a place all the same");
        drop((second, other));
        assert!(admission.open.lock().unwrap().by_client.is_empty());
    }
}

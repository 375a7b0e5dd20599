//! How often one client may ask. Who asks more often is told when to come again; nobody else notices.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use poem::http::{HeaderMap, HeaderValue, StatusCode, header};
use poem::{Addr, Endpoint, IntoResponse, Middleware, Request, Response, Result};

use super::guard;
use crate::config::LoadConfig;

/// Whom requests are counted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Client {
    /// One address. Of IPv6 a household or firm has a whole network, so that counts.
    Address(IpAddr),
    /// All for whom there is no room, or who have no address.
    Others,
}

/// Counts the requests of each client.
#[derive(Clone)]
pub(super) struct Clients(Option<Arc<Counted>>);

struct Counted {
    limiter: DefaultKeyedRateLimiter<Client>,
    clock: DefaultClock,
    most_clients: usize,
    trusted_proxies: usize,
}

impl Clients {
    /// Counts by the operator's limits.
    pub(super) fn new(config: &LoadConfig) -> Self {
        let rate = NonZeroU32::new(config.requests_per_second);
        Self(rate.map(|rate| {
            let burst = NonZeroU32::new(config.burst).unwrap_or(rate);
            Arc::new(Counted {
                limiter: RateLimiter::keyed(Quota::per_second(rate).allow_burst(burst)),
                clock: DefaultClock::default(),
                most_clients: config.max_clients,
                trusted_proxies: config.trusted_proxies,
            })
        }))
    }
}

impl Counted {
    /// How long this request has to wait; `None` where it need not.
    fn wait(&self, client: Client) -> Option<Duration> {
        if self.limiter.len() >= self.most_clients {
            // Those who have not asked for a while have their whole burst again: they need not be kept.
            self.limiter.retain_recent();
        }
        let client = if self.limiter.len() >= self.most_clients { Client::Others } else { client };
        self.limiter.check_key(&client).err().map(|not_yet| not_yet.wait_time_from(self.clock.now()))
    }

    fn client(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<Client> {
        client_of(self.trusted_proxies, peer, headers)
    }
}

/// Who sent a request, by so many trusted proxies; `None` for who is not counted.
pub(super) fn client_of(trusted_proxies: usize, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<Client> {
    if trusted_proxies == 0 {
        return match peer {
            Some(address) if address.to_canonical().is_loopback() => None,
            Some(address) => Some(Client::Address(network(address))),
            None => Some(Client::Others),
        };
    }
    let address = address_of(peer, headers, trusted_proxies);
    Some(address.map_or(Client::Others, |address| Client::Address(network(address))))
}

/// Where a request comes from: the peer, or whom the trusted proxies name.
pub(super) fn address_of(peer: Option<IpAddr>, headers: &HeaderMap, trusted_proxies: usize) -> Option<IpAddr> {
    if trusted_proxies == 0 {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let forwarded: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
    // Each proxy appends whom it heard from; what stands before was written by who is not trusted.
    let own = forwarded.len().checked_sub(trusted_proxies).and_then(|index| forwarded.get(index));
    own.and_then(|text| text.parse().ok()).or(peer)
}

/// The address itself, or the network of an IPv6 address that one customer has.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address => address,
    }
}

impl<Inner: Endpoint> Middleware<Inner> for Clients {
    type Output = Limited<Inner>;
    fn transform(&self, inner: Inner) -> Self::Output {
        Limited { inner, clients: self.clone() }
    }
}

pub(super) struct Limited<Inner> {
    inner: Inner,
    clients: Clients,
}

impl<Inner: Endpoint> Endpoint for Limited<Inner> {
    type Output = Response;
    async fn call(&self, request: Request) -> Result<Response> {
        // Whoever keeps the hub running has to learn how it is doing, however many ask.
        let counted = self.clients.0.as_ref().filter(|_| !request.uri().path().starts_with("/health/"));
        if let Some(counted) = counted {
            let peer = match &request.remote_addr().0 {
                Addr::SocketAddr(address) => Some(address.ip()),
                _ => None,
            };
            if let Some(wait) = counted.client(peer, request.headers()).and_then(|client| counted.wait(client)) {
                return Ok(too_often(wait));
            }
        }
        Ok(self.inner.call(request).await?.into_response())
    }
}

fn too_often(wait: Duration) -> Response {
    let seconds = wait.as_secs() + 1;
    let message = format!("You ask too often (`load.requests_per_second`). Ask again in {seconds} s.");
    let mut response = guard::error(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", &message);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(max_clients: usize, trusted_proxies: usize) -> Arc<Counted> {
        let config =
            LoadConfig { requests_per_second: 1, burst: 2, max_clients, trusted_proxies, ..LoadConfig::default() };
        Clients::new(&config).0.unwrap()
    }

    #[track_caller]
    fn check(trusted_proxies: usize, peer: &str, forwarded: Option<&str>, expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        if let Some(forwarded) = forwarded {
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        let client = counted(10, trusted_proxies).client(Some(peer.parse().unwrap()), &headers);
        assert_eq!(client, expected.map(|address| Client::Address(address.parse().unwrap())), "{peer} {forwarded:?}");
    }

    #[test]
    fn who_asks_is_the_peer_unless_proxies_are_trusted() {
        check(0, "203.0.113.7", None, Some("203.0.113.7"));
        check(0, "203.0.113.7", Some("198.51.100.1"), Some("203.0.113.7"));
        check(0, "2001:db8:1:2:3:4:5:6", None, Some("2001:db8:1:2::"));
        check(0, "::ffff:203.0.113.7", None, Some("203.0.113.7"));
        check(0, "127.0.0.1", Some("198.51.100.1"), None);
        check(1, "127.0.0.1", Some("198.51.100.1"), Some("198.51.100.1"));
        check(1, "10.0.0.1", Some("6.6.6.6, 198.51.100.1"), Some("198.51.100.1"));
        check(2, "10.0.0.1", Some("6.6.6.6, 198.51.100.1, 10.0.0.2"), Some("198.51.100.1"));
        check(2, "10.0.0.1", Some("198.51.100.1"), Some("10.0.0.1"));
        check(1, "10.0.0.1", Some("nobody"), Some("10.0.0.1"));
        check(1, "127.0.0.1", None, Some("127.0.0.1"));
    }

    #[test]
    fn each_client_has_its_own_count_and_the_clients_are_bounded() {
        let counted = counted(3, 0);
        let client = |last| Client::Address(IpAddr::from([203, 0, 113, last]));
        assert_eq!((counted.wait(client(1)), counted.wait(client(1))), (None, None));
        assert!(counted.wait(client(1)).is_some_and(|wait| wait <= Duration::from_secs(1)));
        assert_eq!(counted.wait(client(2)), None);
        for last in 3..=250 {
            counted.wait(client(last));
        }
        assert!(counted.limiter.len() <= 4, "{} clients are kept", counted.limiter.len());
        assert!(counted.wait(client(251)).is_some(), "those beyond share one count");
    }
}

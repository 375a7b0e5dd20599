//! News reach who listens, and who is too slow is told.

use connectors::http::ManualClock;

use super::*;
use crate::config::Config;
use crate::hub::Hub;
use crate::samples::at;

async fn hub() -> Hub {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config { data_dir: folder.path().to_owned(), ..Config::default() };
    config.harvest.automatic = false;
    Hub::open(&config, Arc::new(ManualClock::at(at(0)))).await.unwrap()
}

fn times(swap: &Swap) -> Vec<String> {
    vec![swap.at.to_rfc3339()]
}

#[tokio::test]
async fn a_listener_that_takes_its_time_is_told_what_it_missed_and_then_nothing() {
    let hub = hub().await;
    let mut slow = told(Arc::clone(hub.news()), times);
    let mut quick = told(Arc::clone(hub.news()), times);
    for minute in 0..40 {
        hub.news().announce(hub.view(), hub.view(), at(minute));
        assert_eq!(quick.next().await.unwrap().unwrap(), at(minute).to_rfc3339());
    }
    let error = slow.next().await.unwrap().unwrap_err();
    assert!(error.message.starts_with("36 new catalogues came"), "{}", error.message);
    assert!(slow.next().await.is_none());
}

#[tokio::test]
async fn nobody_waits_for_a_hub_that_stops() {
    let hub = hub().await;
    let mut waiting = told(Arc::clone(hub.news()), times);
    hub.news().close();
    assert!(waiting.next().await.is_none());
    assert!(told(Arc::clone(hub.news()), times).next().await.is_none(), "and none begins");
}

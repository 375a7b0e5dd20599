//! What identifiers prove, over the built-in baseline.

use std::sync::Arc;

use chrono::Utc;

use super::*;
use crate::harvest::Reading;
use crate::money::Rates;

/// The catalogue that the program starts with.
async fn baseline() -> Catalogue {
    let mut readings = Vec::new();
    for partner in connectors::partners::ALL {
        for feed in partner.feeds {
            let countries = [connectors::model::CountryCode::UA];
            let harvest = connectors::stage::baseline(partner, feed, &countries).await.unwrap();
            readings.push(Arc::new(Reading::baseline(feed.id, &countries, harvest, Utc::now())));
        }
    }
    Catalogue::build(readings, &Rates::embedded(), Utc::now())
}

#[tokio::test]
async fn a_text_with_the_number_of_a_framework_makes_a_part() {
    let catalogue = baseline().await;
    let links = Links::of(&catalogue, &LinkDecisions::none());
    let (part, whole) = (catalogue.by_id("eib:20240382").unwrap(), catalogue.by_id("eib:20110487").unwrap());
    let both = RoaringBitmap::from([part, whole]);
    assert_eq!(links.framework(part, &both), Some(whole));
    assert_eq!(links.framework(part, &RoaringBitmap::from([part])), None, "the framework is not in the selection");
    assert_eq!(links.framework(whole, &both), None, "the link has a direction");
    assert_eq!(links.undertakings(&both), 2, "a part is an undertaking of its own");
}

#[test]
fn no_links_leave_every_record_alone() {
    let links = Links::none(3);
    assert_eq!(links.undertakings(&RoaringBitmap::from([0, 1, 2])), 3);
    assert!(links.links(1).is_empty() && links.groups().is_empty());
}

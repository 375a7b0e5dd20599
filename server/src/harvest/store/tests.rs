//! Readings and request budgets on disk.

use connectors::http::Ledger as _;
use connectors::model::CountryCode;
use connectors::partners;

use super::*;
use crate::harvest::FileLedger;
use crate::samples::{at, project, reading};

/// Takes so many bytes and then fails, as a full disk does.
struct Full {
    room: usize,
}

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.room == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let taken = bytes.len().min(self.room);
        self.room -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn every_baseline_comes_back_from_disk_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let readings = FileReadings::new(folder.path().join("readings"));
    for partner in partners::ALL {
        for feed in partner.feeds {
            let harvest = connectors::stage::baseline(partner, feed, &[CountryCode::UA]).await.unwrap();
            let kept = Reading::baseline(feed.id, &[CountryCode::UA], harvest, at(0));
            assert!(readings.load(feed.id).await.unwrap().is_none(), "{}: nothing is kept yet", feed.id);
            readings.save(std::sync::Arc::new(kept.clone())).await.unwrap();
            let found = readings.load(feed.id).await.unwrap().unwrap();
            assert_eq!(format!("{:?}", found.harvest), format!("{:?}", kept.harvest), "{}", feed.id);
            assert_eq!((found.first_read, found.retrieved_at), (kept.first_read, kept.retrieved_at));
        }
    }
    let left = std::fs::read_dir(folder.path().join("readings")).unwrap();
    assert!(left.map(|entry| entry.unwrap().path()).all(|path| path.extension().unwrap() == "zst"));
}

#[tokio::test]
async fn half_a_file_beside_it_and_a_later_reading_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let readings = FileReadings::new(folder.path().to_path_buf());
    readings.save(reading("eib-projects", 0, vec![project("eib:1")])).await.unwrap();
    std::fs::write(folder.path().join("eib-projects.json.zst.new"), b"half").unwrap();
    assert_eq!(readings.load("eib-projects").await.unwrap().unwrap().harvest.projects.len(), 1);
    readings.save(reading("eib-projects", 1, vec![project("eib:1"), project("eib:2")])).await.unwrap();
    assert_eq!(readings.load("eib-projects").await.unwrap().unwrap().harvest.projects.len(), 2);
}

#[tokio::test]
async fn a_damaged_file_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let readings = FileReadings::new(folder.path().to_path_buf());
    let path = folder.path().join("eib-projects.json.zst");
    let projects = (0..50).map(|number| project(&format!("eib:{number}"))).collect();
    readings.save(reading("eib-projects", 0, projects)).await.unwrap();
    let whole = std::fs::read(&path).unwrap();
    let mut turned = whole.clone();
    *turned.last_mut().unwrap() ^= 1;
    for damaged in [Vec::new(), b"no archive".to_vec(), whole[..whole.len() / 2].to_vec(), turned] {
        std::fs::write(&path, damaged).unwrap();
        let error = readings.load("eib-projects").await.unwrap_err();
        assert!(error.to_string().contains("eib-projects.json.zst"), "{error}");
    }
}

#[test]
fn a_reading_that_does_not_fit_on_the_disk_is_not_taken_for_a_whole_one() {
    let projects = (0..200).map(|number| project(&format!("eib:{number}"))).collect();
    let reading = reading("eib-projects", 0, projects);
    let mut whole = Vec::new();
    compress(&reading, &mut whole).unwrap();
    for room in (0..whole.len()).rev().step_by(whole.len() / 20) {
        assert!(compress(&reading, Full { room }).is_err(), "{room} of {} bytes", whole.len());
    }
}

#[tokio::test]
async fn a_request_budget_comes_back_from_disk_and_a_broken_one_counts_anew() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = FileLedger::new(folder.path(), "oecd");
    assert!(ledger.load().await.is_empty());
    ledger.save(&[at(0), at(1)]).await;
    assert_eq!(FileLedger::new(folder.path(), "oecd").load().await, [at(0), at(1)]);
    assert!(FileLedger::new(folder.path(), "eib").load().await.is_empty());
    std::fs::write(folder.path().join("limits/oecd.json"), b"[\"never").unwrap();
    assert!(ledger.load().await.is_empty());
}

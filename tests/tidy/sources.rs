//! How source files look: a head that says what they are, no open points, a size that can be read.

use crate::tree::{File, files, none};

/// Lines above which a file holds more than one idea, with room for the few that one idea needs.
const MOST_LINES: usize = 400;

fn rust() -> impl Iterator<Item = File> {
    ["connectors", "server", "tests"].into_iter().flat_map(|folder| files(folder, ".rs"))
}

#[test]
fn each_file_opens_with_what_it_is() {
    let opens = |file: &File| {
        let mut lines = file.text.lines().filter(|line| !line.trim().is_empty());
        lines.next().is_some_and(|line| line.starts_with("//!") || line.starts_with("#![doc = include_str!"))
    };
    let bare = rust().filter(|file| !opens(file));
    none(
        &bare
            .map(|file| format!("{}: begin it with a `//!` comment that says what it is", file.path))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn no_point_is_left_open_in_the_code() {
    // Written apart, so that this file is not its own fault.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    let mut faults = Vec::new();
    for file in rust() {
        for (number, line) in file.lines() {
            if let Some(mark) = marks.iter().find(|mark| line.contains(*mark)) {
                faults.push(format!("{}:{number}: {mark}: what is not done is not there", file.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn no_file_outgrows_its_reader() {
    let long = |file: &File| file.text.lines().count() > MOST_LINES && !file.is_test();
    let faults = rust().filter(long).map(|file| {
        let lines = file.text.lines().count();
        format!("{}: {lines} lines, more than {MOST_LINES}: split it by what is looked up", file.path)
    });
    none(&faults.collect::<Vec<_>>());
}

#[test]
fn nothing_names_the_machine_it_was_written_on() {
    let words = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];
    let mut faults = Vec::new();
    for file in files("", "") {
        for (number, line) in file.lines() {
            if words.iter().any(|word| names_folder(line, word)) {
                faults.push(format!("{}:{number}: a path of one machine", file.path));
            }
        }
    }
    none(&faults);
}

/// Whether a line names a folder at the root of a machine; `https://…/projects/…` is an address.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|before| !before.is_alphanumeric() && !"./_-*$}".contains(before))
    })
}

#[test]
fn lock_files_name_no_address_of_a_package() {
    for lock in files("", "package-lock.json") {
        assert!(!lock.text.contains("\"resolved\""), "{}: `npm install --omit-lockfile-registry-resolved`", lock.path);
    }
}

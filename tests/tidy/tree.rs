//! The files of the project, as they lie in the checkout.

use std::path::{Path, PathBuf};

/// Folders that hold nothing of ours: what was built, fetched or kept while running.
const NOT_OURS: [&str; 6] = ["target", "data", "node_modules", ".git", "dist", "proptest-regressions"];

/// One file: its path from the root, with `/`, and its text.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// The lines with their numbers, counted from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(position, line)| (position + 1, line))
    }

    /// The lines before the first `#[cfg(test)]`, which are what is shipped.
    pub(crate) fn shipped(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().take_while(|(_, line)| line.trim() != "#[cfg(test)]")
    }

    /// Whether it holds tests and nothing else.
    pub(crate) fn is_test(&self) -> bool {
        let in_folder = self.path.split('/').any(|part| part == "tests");
        in_folder || self.path.ends_with("/tests.rs") || self.path.ends_with("/samples.rs")
    }
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The text of one file, which has to be there.
pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every text file below a folder whose name ends so, in the order of the paths. `""` is the root.
pub(crate) fn files(below: &str, ending: &str) -> Vec<File> {
    let mut found = Vec::new();
    collect(&root().join(below), below, &mut found);
    found.retain(|path| path.ends_with(ending));
    found.sort();
    let open = |path: String| Some(File { text: std::fs::read_to_string(root().join(&path)).ok()?, path });
    found.into_iter().filter_map(open).collect()
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let entry = entry.expect("an entry of a folder");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        match entry.file_type().expect("the kind of an entry") {
            kind if kind.is_dir() && !NOT_OURS.contains(&name.as_str()) => collect(&entry.path(), &path, found),
            kind if kind.is_file() && name != ".git" => found.push(path),
            _ => {}
        }
    }
}

/// Fails with all faults, one a line.
#[track_caller]
pub(crate) fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

//! Has the crate rebuilt when a fixture is added or removed; a changed one is noticed anyway.

fn main() {
    println!("cargo::rerun-if-changed=src/partners");
}

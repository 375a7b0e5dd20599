//! Has the crate rebuilt when a seed record is added or removed; a changed one is noticed anyway.

fn main() {
    println!("cargo::rerun-if-changed=seed");
}

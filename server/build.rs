//! Has the crate rebuilt when an embedded file is added or removed; a changed one is noticed anyway.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=seed");
    println!("cargo::rerun-if-changed=web/dist");
}

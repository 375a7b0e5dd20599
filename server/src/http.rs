//! HTTP: what the hub answers at which address.

pub mod playground;

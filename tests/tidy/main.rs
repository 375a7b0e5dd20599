//! What keeps the tree in order.

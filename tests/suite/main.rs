//! Owns: the one integration test binary. Refuses: tests of a single room,
//! which live in that room beside what they test.

mod tidy;

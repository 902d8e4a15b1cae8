//! Intakes as people write them: whole, bare, and wrong in one place.

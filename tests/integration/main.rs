//! The proofs that need more than one room.

mod signing_vectors;

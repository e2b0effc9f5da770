//! Which pages to ask for, and whether what came is whole: arithmetic, and a
//! function that brings a page.
//!
//! The API echoes neither page number nor size; `Total` is all that a page
//! tells about the others, and rows may move between pages while we read. So a
//! [`Pass`] counts distinct rows and drops repeats, and is clean only when
//! every page reported the same total and as many rows came. [`read()`] walks
//! through one pass, many pages at once, in order. Whether to begin another is
//! [`Settling`]'s to say. This room must not know HTTP or what a row holds: it
//! sees keys and totals.

mod ids;
mod incomplete;
mod pass;
mod read;
mod settle;

pub use ids::{Contents, Ids, Key};
pub use incomplete::{Incomplete, Totals};
pub use pass::{Next, Pass, Plan, Reported, Seen};
pub use read::read;
pub use settle::{Judgement, Settling};

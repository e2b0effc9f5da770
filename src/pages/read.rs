//! Walks through the pages of one pass: many at once, taken in order.

use futures_util::StreamExt as _;
use futures_util::stream;

use super::Next;

/// Reads pages from `first` on, until `take` says that it is done.
///
/// The first page is asked for alone, because it tells how many there are; the
/// others up to `at_once` at a time. `take` gets them in order, whatever the
/// order in which they come, so that the same pages give the same listing. At
/// the first failure everything under way is dropped.
pub async fn read<P, E, F>(
    first: u32,
    at_once: usize,
    fetch: impl Fn(u32) -> F,
    mut take: impl FnMut(P) -> Result<Next, E>,
) -> Result<(), E>
where
    F: Future<Output = Result<P, E>>,
{
    let mut page = first;
    let mut next = take(fetch(page).await?)?;
    loop {
        let last = match next {
            Next::Done => return Ok(()),
            Next::UpTo(last) => last.max(page + 1),
            Next::OneMore => page + 1,
        };
        let mut pages = stream::iter(page + 1..=last).map(&fetch).buffered(at_once);
        while let Some(fetched) = pages.next().await {
            page += 1;
            next = take(fetched?)?;
            if next == Next::Done {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Ids, Key, Pass, Plan, Reported, Seen};
    use super::*;
    use proptest::prelude::*;
    use std::cell::{Cell, RefCell};
    use std::convert::Infallible;

    /// Reads rows `0..total` as an honest server would serve them, each page
    /// coming after as many turns as `turns` says.
    async fn honest(
        plan: Plan,
        at_once: usize,
        total: u64,
        turns: impl Fn(u32) -> u32,
    ) -> (Pass, Vec<u64>, usize) {
        let pass = RefCell::new(Pass::new(plan, Ids::default()));
        let first = pass.borrow().first_page();
        let mut kept = Vec::new();
        let under_way = Cell::new(0);
        let most = Cell::new(0);
        let fetch = |page: u32| {
            let turns = turns(page);
            let (under_way, most) = (&under_way, &most);
            async move {
                under_way.set(under_way.get() + 1);
                most.set(most.get().max(under_way.get()));
                for _ in 0..turns {
                    tokio::task::yield_now().await;
                }
                under_way.set(under_way.get() - 1);
                let first = u64::from(page - 1) * u64::from(plan.size);
                Ok::<_, Infallible>((first..total).take(plan.size as usize).collect::<Vec<_>>())
            }
        };
        let done = read(first, at_once, fetch, |rows: Vec<u64>| {
            let keys = rows.iter().map(|row| Key::Id(row.to_string().into()));
            let (seen, next) = pass.borrow_mut().take(Reported::Count(total), keys);
            let fresh = rows
                .iter()
                .zip(seen)
                .filter(|(_, seen)| *seen == Seen::Fresh);
            kept.extend(fresh.map(|(row, _)| *row));
            Ok(next)
        });
        done.await.unwrap();
        (pass.into_inner(), kept, most.get())
    }

    #[tokio::test]
    async fn the_first_page_goes_alone_and_the_others_together_up_to_the_bound() {
        let plan = Plan {
            size: 10,
            only: None,
            limit: None,
        };
        let (_, _, most) = honest(plan, 4, 200, |_| 3).await;
        assert_eq!(most, 4);
    }

    #[tokio::test]
    async fn a_failure_ends_it_and_what_is_under_way_is_dropped() {
        let asked = Cell::new(0);
        let fetch = |page| {
            asked.set(asked.get() + 1);
            async move { if page == 3 { Err(page) } else { Ok(page) } }
        };
        let done = read(1, 4, fetch, |_| Ok(Next::UpTo(1000))).await;
        assert_eq!(done, Err(3));
        assert!(asked.get() <= 8, "{}", asked.get());
    }

    proptest! {
        #[test]
        fn an_honest_server_is_read_whole_in_order_in_as_few_pages_as_can_be(
            total in 0_u64..500,
            size in 1_u32..120,
            limit in proptest::option::of(1_u64..600),
            at_once in 1_usize..17,
            turns in proptest::collection::vec(0_u32..5, 7),
        ) {
            let plan = Plan { size, only: None, limit };
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let (pass, kept, _) = runtime
                .block_on(honest(plan, at_once, total, |page| turns[page as usize % turns.len()]));
            let wanted = limit.map_or(total, |limit| limit.min(total));
            prop_assert_eq!(pass.verdict(), Ok(()));
            prop_assert_eq!(kept, (0..wanted).collect::<Vec<_>>());
            prop_assert_eq!(u64::from(pass.pages()), wanted.div_ceil(size.into()).max(1));
        }
    }
}

//! Reads a listing until it is known to be whole, and hands its groups on.

use std::cell::Cell;
use std::num::NonZeroU32;

use jiff::SignedDuration;

use super::progress::with_progress;
use super::sink::{Sink, key};
use super::trace::Trace;
use crate::api::{ApiError, Client, Event, ListChatGroup, Page, PageIndex, PageSize, Total};
use crate::cli::{AT_ONCE, PASSES};
use crate::failure::{Failure, Kind};
use crate::output::progress;
use crate::output::{Ending, Render, Talk};
use crate::pages::{Ids, Incomplete, Judgement, Next, Pass, Plan, Reported, Settling, read};
use crate::secret::masked;

/// A listing to read.
pub(super) struct Listing<'a> {
    pub(super) client: &'a Client<'a>,
    pub(super) request: &'a ListChatGroup,
    /// The size that the user names; else it is found out.
    pub(super) size: Option<PageSize>,
    pub(super) only: Option<u32>,
    pub(super) limit: Option<u64>,
    pub(super) passes: u32,
    pub(super) at_once: NonZeroU32,
    pub(super) talk: &'a Talk,
    /// Whether to show how far it is.
    pub(super) show_progress: bool,
    pub(super) so_far: SoFar,
    /// Whether to mask numbers and links in what is said.
    pub(super) redact: bool,
    /// How many of the groups that were handed on are shown, where that differs.
    pub(super) shown: Option<&'a Cell<u64>>,
    /// Who writes down what happens on the wire.
    pub(super) trace: Option<&'a Trace>,
}

/// How far a listing is.
#[derive(Debug, Default)]
pub(super) struct SoFar {
    pages: Cell<u64>,
    groups: Cell<u64>,
    total: Cell<Option<u64>>,
}

impl SoFar {
    /// Returns how many groups have come in the present pass.
    pub(super) fn groups(&self) -> u64 {
        self.groups.get()
    }
}

/// What became of it.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// How many groups were handed on.
    pub(super) groups: u64,
    /// How many pages were read, in all passes.
    pub(super) pages: u64,
    /// How often it was read.
    pub(super) passes: u32,
    /// The API's own count, as the last page had it.
    pub(super) total: Option<u64>,
    /// Why the listing is not known to be whole, if it is not.
    pub(super) incomplete: Option<Incomplete>,
}

/// How a listing is written: by default, all or nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Manner {
    /// Whether groups go out as they come.
    pub(super) streams: bool,
    /// Whether an incomplete listing is shown, under a warning.
    pub(super) shows_incomplete: bool,
    /// Whether the user takes it as it is.
    pub(super) allow_incomplete: bool,
}

/// How one pass ended.
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
enum Passed {
    /// Every page came.
    Through(Pass),
    /// The API grants another size; begin anew with it.
    Resize(PageSize),
}

impl<'a> Listing<'a> {
    /// A listing of all groups, as it is where nobody says otherwise.
    pub(super) fn new(client: &'a Client<'a>, request: &'a ListChatGroup, talk: &'a Talk) -> Self {
        Self {
            client,
            request,
            size: None,
            only: None,
            limit: None,
            passes: PASSES,
            at_once: AT_ONCE,
            talk,
            show_progress: false,
            so_far: SoFar::default(),
            redact: false,
            shown: None,
            trace: None,
        }
    }
}

impl Listing<'_> {
    /// Reads pass after pass until one will do.
    pub(super) async fn read(&self, sink: &mut Sink<'_>) -> Result<Outcome, Failure> {
        // With another size, a page asked for by number would be another page.
        let mut resizes = match (self.size, self.only) {
            (None, None) => 2,
            _ => 0,
        };
        let mut size = self.size.unwrap_or(match self.only {
            None => PageSize::FIRST_TRY,
            Some(_) => PageSize::DOCUMENTED,
        });
        let mut settling = Settling::new(self.passes);
        let mut outcome = Outcome::default();
        let mut ids = Ids::default();
        loop {
            // What one pass was read by, the next must be, to be compared.
            let may_resize = resizes > 0 && outcome.passes == 0;
            let passed = self.pass(size, may_resize, ids, sink).await?;
            outcome.pages = self.so_far.pages.get();
            let mut pass = match passed {
                Passed::Through(pass) => pass,
                Passed::Resize(granted) => {
                    // One odd page is no reason to ask for single groups.
                    let next = match resizes {
                        2 => granted.max(PageSize::DOCUMENTED),
                        _ => granted,
                    };
                    let words = format!("page size: {next}, since the API does not grant {size}");
                    self.talk.trace(1, words);
                    size = next;
                    resizes -= 1;
                    ids = Ids::default();
                    continue;
                }
            };
            outcome.passes += 1;
            outcome.total = pass.total();
            if pass.repeats() > 0 {
                let rows = super::counted(pass.repeats(), "row");
                self.talk.trace(1, format!("{rows} came again"));
            }
            self.look_behind(&mut pass).await?;
            let rows = pass.rows();
            match settling.judge(pass) {
                Judgement::Whole => {
                    self.tell_gone(sink, rows);
                    break;
                }
                Judgement::WholeDespite(why) => {
                    self.talk.alarm(format!(
                        "{why}; the last 2 of {} passes brought the same groups",
                        outcome.passes
                    ));
                    self.tell_gone(sink, rows);
                    break;
                }
                Judgement::Again(why, fresh) => {
                    self.talk.trace(1, format!("reading again: {why}"));
                    if let Some(before) = settling.keys_before() {
                        sink.begin_again(before);
                    }
                    ids = fresh;
                }
                Judgement::Never(why) => {
                    outcome.incomplete = Some(why);
                    break;
                }
            }
        }
        outcome.groups = sink.groups();
        Ok(outcome)
    }

    /// Looks whether the API cuts pages, where nothing else can tell.
    async fn look_behind(&self, pass: &mut Pass) -> Result<(), Failure> {
        let Some(size) = pass.doubtful_end() else {
            return Ok(());
        };
        if let (Some(second), Some(size)) = (PageIndex::new(2), PageSize::new(size)) {
            let page = self.page(second, size).await?;
            if page.groups.iter().any(|it| pass.is_new(&key(it))) {
                pass.note_cap(size.get());
            }
        }
        Ok(())
    }

    /// Says that groups were written that are gone by now: what is written
    /// cannot be taken back.
    fn tell_gone(&self, sink: &Sink<'_>, rows: u64) {
        let gone = sink.groups().saturating_sub(rows);
        if gone > 0 {
            let gone = super::counted(gone, "group");
            self.talk.alarm(format!(
                "{gone} that the listing names went away while it was read"
            ));
        }
    }

    /// Returns the API's own count of groups.
    pub(super) async fn total(&self) -> Result<u64, Failure> {
        let page = self.page(PageIndex::FIRST, PageSize::ONE).await?;
        let found = page.groups.len() as u64;
        match page.total {
            Total::Count(expected) if expected < found => {
                Err(Incomplete::Count { expected, found }.into())
            }
            Total::Count(total) => Ok(total),
            Total::Absent => Err(Incomplete::NoTotal { found }.into()),
            Total::Odd(total) => Err(Incomplete::OddTotal { total, found }.into()),
        }
    }

    /// Reads the listing and writes it. A listing that does not settle is
    /// written as far as its format admits, unless the user takes it as it is.
    pub(super) async fn write(
        &self,
        manner: Manner,
        render: &mut dyn Render,
    ) -> Result<Outcome, Failure> {
        let (outcome, held_back) = if manner.streams {
            let mut sink = Sink::stream(render, self.limit);
            let read = self.watched(self.read(&mut sink)).await;
            let written = self.shown.map_or_else(|| sink.groups(), Cell::get);
            let told = read.map_err(|failure| match written {
                0 => failure,
                _ if failure.kind == Kind::Output => failure,
                _ => failure.detail("written", Some(super::counted(written, "group"))),
            });
            (told?, Vec::new())
        } else {
            let mut sink = Sink::collect();
            (self.watched(self.read(&mut sink)).await?, sink.held_back())
        };
        let ending = match &outcome.incomplete {
            None => Ending::Accepted,
            Some(why) => {
                // Rows need the word before them; a lone failure says it itself.
                if manner.allow_incomplete || manner.shows_incomplete {
                    self.talk.alarm(format!("not every group is listed: {why}"));
                }
                if manner.allow_incomplete {
                    Ending::Accepted
                } else {
                    Ending::Incomplete
                }
            }
        };
        let written: std::io::Result<()> = held_back
            .into_iter()
            .try_for_each(|group| render.group(group))
            .and_then(|()| render.finish(ending));
        // A reader who has left does not make the listing whole.
        match (&outcome.incomplete, ending) {
            (Some(why), Ending::Incomplete) => Err(why.clone().into()),
            _ => written
                .map(|()| outcome)
                .map_err(|error| Failure::writing(&error)),
        }
    }

    /// Shows how far a listing is while it is read.
    async fn watched<T>(&self, reading: impl Future<Output = T>) -> T {
        let SoFar {
            pages,
            groups,
            total,
        } = &self.so_far;
        let words = |took| {
            let paused = self.client.pace.paused();
            progress::words(pages.get(), groups.get(), total.get(), took, paused)
        };
        let clock = &self.client.clock;
        with_progress(self.show_progress, clock, self.talk, words, reading).await
    }

    async fn pass(
        &self,
        size: PageSize,
        may_resize: bool,
        ids: Ids,
        sink: &mut Sink<'_>,
    ) -> Result<Passed, Failure> {
        let plan = Plan {
            size: size.get(),
            only: self.only,
            limit: self.limit,
        };
        let mut pass = Pass::new(plan, ids);
        let first = pass.first_page();
        let resize = Cell::new(None);
        let fetch = |index: u32| async move {
            // The plan never goes beyond the last page there can be.
            let index = PageIndex::new(index).unwrap_or(PageIndex::FIRST);
            let page = self.page(index, size).await;
            page.map_err(|error| Stop::Failed(index, error))
        };
        let take = |page: Page| {
            let so_far = &self.so_far;
            so_far.pages.set(so_far.pages.get() + 1);
            if may_resize
                && pass.pages() == 0
                && let Some(granted) = granted(&page, size)
            {
                resize.set(Some(granted));
                return Ok(Next::Done);
            }
            let total = reported(page.total, page.is_blank);
            let (seen, next) = pass.take(total, page.groups.iter().map(key));
            sink.take(page.groups, &seen).map_err(Stop::Output)?;
            so_far.groups.set(pass.rows());
            so_far.total.set(pass.total());
            Ok(next)
        };
        match read(first, self.at_once.get() as usize, fetch, take).await {
            Ok(()) => Ok(match resize.get() {
                Some(granted) => Passed::Resize(granted),
                None => Passed::Through(pass),
            }),
            Err(Stop::Failed(index, ApiError::Refused(refusal)))
                if may_resize && index.get() == first && refusal.is_about_page() =>
            {
                Ok(Passed::Resize(PageSize::DOCUMENTED))
            }
            Err(Stop::Failed(_, error)) => Err(error.into()),
            Err(Stop::Output(error)) => Err(Failure::writing(&error)),
        }
    }

    async fn page(&self, index: PageIndex, size: PageSize) -> Result<Page, ApiError> {
        for (name, value) in self.request.parameters(index, size) {
            let value = match name.as_str() {
                "BusinessNumber" if self.redact => masked(&value),
                "GroupLink" if self.redact => "(redacted)".to_owned(),
                _ => value,
            };
            self.talk.trace(2, format!("> {name}={value}"));
        }
        let tell = |event: Event| self.tell(index, size, &event);
        self.client.page(self.request, index, size, &tell).await
    }

    fn tell(&self, index: PageIndex, size: PageSize, event: &Event) {
        let talk = self.talk;
        if let Some(trace) = self.trace {
            trace.note(index, size, event);
        }
        match event {
            Event::Exchanged(exchange) => {
                let status = exchange
                    .status
                    .map_or("no reply".to_owned(), |it| format!("HTTP {it}"));
                let (bytes, took) = (exchange.bytes, exchange.took.as_millis());
                let code = exchange.code.unwrap_or("none");
                let id = exchange.request_id.unwrap_or("none");
                talk.trace(
                    2,
                    format!("< page {index}: {status}, code {code}, {bytes} bytes in {took} ms, request id {id}"),
                );
            }
            Event::Answered { page, took } => {
                let rows = super::counted(page.groups.len() as u64, "group");
                let id = page.request_id.as_deref().unwrap_or("none");
                let took = took.as_millis();
                talk.trace(
                    1,
                    format!("page {index}: {rows} in {took} ms, request id {id}"),
                );
                for oddity in &page.oddities {
                    talk.warn(format!("page {index}: {oddity} (request id {id})"));
                }
            }
            Event::Failed { error, took } => {
                let took = took.as_millis();
                talk.trace(1, format!("page {index}: failed after {took} ms: {error}"));
            }
            Event::Retrying { error, took, wait } => {
                let (took, wait) = (took.as_millis(), wait.as_millis());
                talk.trace(
                    1,
                    format!("page {index}: failed after {took} ms: {error}; again in {wait} ms"),
                );
            }
            Event::KeyRenewed => self.talk.trace(1, "the temporary key was refused; renewed"),
            Event::ClockSet { skew } => {
                let off = skew.abs();
                let off = SignedDuration::from_secs(off.as_secs());
                let direction = if skew.is_positive() { "slow" } else { "fast" };
                talk.warn(format!(
                    "this machine's clock is {off:#} {direction}; going by the server's"
                ));
            }
        }
    }
}

/// Why a pass broke off.
enum Stop {
    Failed(PageIndex, ApiError),
    Output(std::io::Error),
}

/// Returns the size that the API grants, if it is less than asked for: a page
/// that is not full although there are more groups.
fn granted(page: &Page, asked: PageSize) -> Option<PageSize> {
    let rows = page.groups.len() as u64;
    let asked = u64::from(asked.get());
    let whole = match page.total {
        // With no total, or one that is too low, only asking again tells.
        Total::Count(total) if total >= rows => asked.min(total),
        _ => asked,
    };
    if rows >= whole {
        return None;
    }
    PageSize::new(u32::try_from(rows).ok()?)
}

fn reported(total: Total, is_blank: bool) -> Reported {
    match total {
        Total::Absent if is_blank => Reported::Blank,
        Total::Absent => Reported::Absent,
        Total::Count(count) => Reported::Count(count),
        Total::Odd(text) => Reported::Odd(text),
    }
}

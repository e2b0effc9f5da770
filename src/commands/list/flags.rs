//! Flags that each make sense, and not together.

use crate::cli::ListArgs;
use crate::config::settings::Rest;
use crate::failure::{Failure, Kind};
use crate::group::Field;
use crate::group::choose::Order;

/// Refuses flags that would have no effect, before anyone is asked.
pub(super) fn check_flags(args: &ListArgs, settings: &Rest) -> Result<(), Failure> {
    if args.count && args.choice.status.len() > 1 {
        let what = "--count is the API's own, which counts one --status or all";
        return Err(Failure::new(Kind::Usage, what)
            .hint("for several, use --summary, or count the lines of -o ids"));
    }
    let usage = |what: &str, hint: &str| Err(Failure::new(Kind::Usage, what).hint(hint));
    let choice = &args.choice;
    if args.page.is_some() && choice.wanted().is_choosy() {
        return usage(
            "--page counts the API's pages, out of which these flags would choose",
            "leave --page out; --limit counts what is chosen",
        );
    }
    let most = match choice.max_participants {
        _ if choice.empty => 0,
        most => most.unwrap_or(u64::MAX),
    };
    if choice.min_participants.is_some_and(|least| least > most) {
        return usage(
            "no group has at least so many participants and at most so few",
            "change one",
        );
    }
    if args.trace_file.is_some() && args.trace_file == args.output_file {
        return usage(
            "--trace-file and --output-file are one file",
            "name another",
        );
    }
    let of_target = |it: &Field| Field::OF_TARGET.contains(it);
    let sort = args.view.sort.as_ref().map(Order::field);
    let columns = args.view.columns.iter().flatten().copied();
    if !args.many.are_wanted()
        && let Some(field) = columns.chain(sort).find(of_target)
    {
        return usage(
            &format!("the field `{field}` needs several targets"),
            "--targets FILE or --all-targets lists them",
        );
    }
    let format = settings.output.value;
    let is_flag = args.output.is_some();
    match args.view.idle_flag(format, is_flag) {
        None => Ok(()),
        Some(flag) => Err(
            Failure::new(Kind::Usage, format!("{flag} means nothing to {format}"))
                .hint("choose another form with --output, or leave the flag out"),
        ),
    }
}

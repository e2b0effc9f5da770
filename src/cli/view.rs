//! The flags that choose groups and say how they are shown.

use clap::Args;
use regex::Regex;

use super::Choice;
use super::settings::WHAT;
use crate::group::choose::{Order, Wanted};
use crate::group::{Field, GroupStatus};
use crate::output::{Format, View, jq};

const SHOWN: &str = "What to show";

/// The flags that choose among the groups that come.
#[derive(Args, Debug)]
pub struct ChoiceArgs {
    /// Only groups of these statuses, in any case (can be repeated)
    ///
    /// The API is asked for one; of several, the others are left out here.
    #[arg(long, value_name = "STATUS", help_heading = WHAT, value_delimiter = ',',
        value_parser = Choice::<GroupStatus>::of(GroupStatus::ALL.map(GroupStatus::name)))]
    pub status: Vec<GroupStatus>,

    /// Only groups whose subject this regular expression finds something in
    ///
    /// (?i) at its beginning makes it blind to case.
    #[arg(long = "match", value_name = "REGEX", help_heading = WHAT, value_parser = regex)]
    pub matching: Option<Regex>,

    /// Only WhatsApp groups without room: 8 participants
    #[arg(long, help_heading = WHAT, conflicts_with = "empty")]
    pub full: bool,

    /// Only groups without participants
    #[arg(long, help_heading = WHAT)]
    pub empty: bool,

    /// Only groups of at least so many participants
    #[arg(long, value_name = "N", help_heading = WHAT)]
    pub min_participants: Option<u64>,

    /// Only groups of at most so many participants
    #[arg(long, value_name = "N", help_heading = WHAT)]
    pub max_participants: Option<u64>,
}

/// The flags that say what of the groups is shown.
#[expect(clippy::struct_excessive_bools, reason = "flags are what they are")]
#[derive(Args, Debug)]
pub struct ViewArgs {
    /// Fields to show, in this order, such as id,subject,status
    ///
    /// For table, csv, tsv, markdown, and the keys of json and jsonl. The API's own
    /// names will do, too.
    #[arg(long, value_name = "FIELDS", help_heading = SHOWN, value_delimiter = ',',
        value_parser = Choice::<Field>::of(Field::every().map(Field::short_name)))]
    pub columns: Option<Vec<Field>>,

    /// Order by a field: FIELD, or FIELD:desc for the largest first
    ///
    /// Nothing is shown before all groups are there. Groups without a value come last.
    #[arg(long, value_name = "FIELD", help_heading = SHOWN,
        value_parser = Choice::<Order>::of(Field::every().map(Field::short_name)))]
    pub sort: Option<Order>,

    /// Leave out the names of the columns
    #[arg(long, help_heading = SHOWN)]
    pub no_header: bool,

    /// For spreadsheets: csv or tsv that begins with a mark and runs no formula
    ///
    /// A text that begins with = + - @ or a tab gets an apostrophe before it.
    #[arg(long, help_heading = SHOWN)]
    pub excel: bool,

    /// Mask invite links and business numbers, for logs that others read
    #[arg(long, help_heading = SHOWN)]
    pub redact: bool,

    /// Show only how many groups there are of each status and size
    ///
    /// As text, or with -o json as an object.
    #[arg(long, help_heading = SHOWN, conflicts_with_all = ["columns", "sort", "no_header", "excel"])]
    pub summary: bool,

    /// Run a jq expression over the listing, as -o json has it; needs no jq
    ///
    /// Strings come out raw, as with jq -r. The dialect is jaq's, without env, halt,
    /// input and debug.
    #[arg(long, value_name = "EXPR", help_heading = SHOWN, value_parser = program,
        conflicts_with_all = ["output", "no_header", "excel", "summary"])]
    pub jq: Option<jq::Program>,
}

fn regex(text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| error.to_string())
}

fn program(text: &str) -> Result<jq::Program, String> {
    text.parse().map_err(|error: jq::Mistake| error.to_string())
}

impl ChoiceArgs {
    /// Returns the statuses, each once.
    fn statuses(&self) -> Vec<GroupStatus> {
        let all = GroupStatus::ALL.into_iter();
        all.filter(|it| self.status.contains(it)).collect()
    }

    /// Returns the status that the API can be asked for.
    pub fn asked(&self) -> Option<GroupStatus> {
        match self.statuses()[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Returns what a group must be like that the API cannot be asked for.
    pub fn wanted(&self) -> Wanted {
        let statuses = self.statuses();
        let several = statuses.len() > 1;
        Wanted {
            statuses: statuses.into_iter().filter(|_| several).collect(),
            subject: self.matching.clone(),
            min_participants: self.min_participants,
            max_participants: self.max_participants,
            full: self.full,
            empty: self.empty,
        }
    }
}

impl ViewArgs {
    /// Returns what of each group is shown.
    pub fn view(&self) -> View {
        // A key that came twice would be no JSON that anyone reads.
        let columns = self.columns.as_ref().map(|all| {
            let mut columns: Vec<Field> = Vec::new();
            for field in all {
                if !columns.contains(field) {
                    columns.push(*field);
                }
            }
            columns
        });
        View {
            columns,
            no_header: self.no_header,
            excel: self.excel,
            jq: self.jq.clone(),
            summary: self.summary,
            of_target: Vec::new(),
        }
    }

    /// Names a flag that this format knows nothing of.
    /// `is_flag` says whether the user names the format here and now.
    pub fn idle_flag(&self, format: Format, is_flag: bool) -> Option<&'static str> {
        if self.jq.is_some() {
            return None;
        }
        let is_sheet = matches!(format, Format::Csv | Format::Tsv);
        let has_form = matches!(format, Format::Table | Format::Json);
        let idle = [
            (self.no_header && !format.has_header(), "--no-header"),
            (self.excel && !is_sheet, "--excel"),
            (self.columns.is_some() && format == Format::Ids, "--columns"),
            (self.summary && is_flag && !has_form, "--summary"),
            (
                self.redact && (self.summary || format == Format::Ids),
                "--redact",
            ),
        ];
        idle.into_iter()
            .find(|(is_idle, _)| *is_idle)
            .map(|(_, flag)| flag)
    }
}

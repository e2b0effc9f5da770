//! Looks at the groups: of one number, or of each of many targets by itself.

use std::ops::ControlFlow;

use super::rules::Asked;
use crate::api::{BusinessNumber, ListChatGroup, SpaceId};
use crate::audit::{Finding, Known, Rule, audit as hold};
use crate::commands::counted;
use crate::commands::diff::unusable;
use crate::commands::live::Live;
use crate::commands::tally::Tally;
use crate::commands::targets::Targets;
use crate::config::Target;
use crate::diff::Snapshot;
use crate::failure::{Failure, Kind};
use crate::group::Group;
use crate::output::{NotLooked, Talk};
use crate::policy::Exception;
use crate::world::World;

/// What was seen.
#[derive(Default)]
pub(super) struct Seen {
    /// How many groups there were.
    pub(super) groups: u64,
    /// The groups, where a report shows them.
    pub(super) listed: Vec<Group>,
    pub(super) findings: Vec<Finding>,
    /// How many findings are excepted.
    pub(super) excepted: usize,
    /// How many targets there were, where there were to be many.
    pub(super) targets: Option<u64>,
    /// The targets that could not be listed.
    pub(super) not_looked: Vec<NotLooked>,
    pub(super) tally: Tally,
}

/// What groups are held against.
pub(super) struct Judge<'a> {
    pub(super) asked: &'a Asked,
    /// The exceptions that hold.
    pub(super) holds: &'a [&'a Exception],
    pub(super) keeps_groups: bool,
    pub(super) world: &'a World,
}

impl Judge<'_> {
    /// Looks at the groups of one number.
    pub(super) async fn one(&self, live: &Live<'_>, talk: &Talk) -> Result<Seen, Failure> {
        let baseline = self.asked.baseline.as_ref();
        if baseline.is_some_and(Snapshot::is_of_targets) {
            let what = "the baseline is of many targets, and one number is asked for";
            return Err(Failure::new(Kind::Config, what)
                .hint("--targets FILE or --all-targets asks for many"));
        }
        let groups = live.groups(true, talk).await?;
        let number = live.business_number();
        let mut seen = Seen::default();
        self.hold(groups, &number, baseline, None, &mut seen)?;
        Ok(seen)
    }

    /// Looks at each target. What cannot be looked at is told, and remembered.
    pub(super) async fn each(&self, targets: &Targets<'_>, talk: &Talk) -> Result<Seen, Failure> {
        let mut seen = Seen {
            targets: Some(targets.len() as u64),
            ..Seen::default()
        };
        let mut baseline = self.asked.baseline.clone();
        if baseline.as_ref().is_some_and(|it| !it.is_of_targets()) {
            let what = "the baseline does not say which groups are whose";
            return Err(Failure::new(Kind::Config, what)
                .hint("write it with the same targets: cams-groups list -o json -O FILE"));
        }
        let asked = ListChatGroup::all(BusinessNumber::demo(), SpaceId::demo());
        let is_shown = talk.wants_progress();
        let look = targets.each(&asked, is_shown, talk, |target, outcome| {
            let (space, number) = (
                target.space_id.to_string(),
                target.business_number.to_string(),
            );
            let known = baseline.as_mut().map(|it| it.take_target(&space, &number));
            let looked = outcome
                .and_then(|groups| {
                    self.hold(groups, &number, known.as_ref(), Some(target), &mut seen)
                })
                .map_err(|failure| failure.of_target(target));
            match looked {
                Ok(()) => seen.tally.listed(),
                Err(failure) => {
                    seen.not_looked.push(NotLooked {
                        target: target.to_string(),
                        kind: failure.kind.name(),
                        exit_code: failure.kind.exit().code(),
                        what: failure.what.clone(),
                    });
                    seen.tally.failed(failure, talk);
                }
            }
            Ok(ControlFlow::Continue(()))
        });
        look.await?;
        if let Some(rest) = baseline.filter(|it| !it.is_empty()) {
            let groups = counted(rest.len() as u64, "group");
            let what = format!("{groups} of the baseline belong to no target");
            let mut findings = vec![Finding::of_listing(Rule::Drift, what)];
            self.asked.settle(&mut findings, self.holds);
            seen.findings.extend(findings);
        }
        Ok(seen)
    }

    fn hold(
        &self,
        groups: Vec<Group>,
        number: &str,
        baseline: Option<&Snapshot>,
        target: Option<&Target>,
        seen: &mut Seen,
    ) -> Result<(), Failure> {
        if baseline.is_some() {
            // What cannot be compared is no finding: it could not be looked.
            Snapshot::live(groups.clone()).map_err(|error| unusable("the listing", &error))?;
        }
        let known = Known {
            business_number: Some(number),
            baseline,
        };
        let now = self.world.clock.now();
        let mut findings = hold(&groups, &self.asked.rules, known, now);
        seen.excepted += self.asked.settle(&mut findings, self.holds);
        for finding in &mut findings {
            finding.target = target.map(ToString::to_string);
        }
        seen.findings.extend(findings);
        seen.groups += groups.len() as u64;
        if self.keeps_groups {
            seen.listed.extend(groups);
        }
        Ok(())
    }
}

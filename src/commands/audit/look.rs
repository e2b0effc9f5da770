//! Looks at the groups: of one number, or of each of many targets by itself.

use std::io::Read;
use std::ops::ControlFlow;

use super::exceptions::Exceptions;
use super::rules::Asked;
use crate::audit::{Finding, Known, audit as hold, of_no_target};
use crate::cli::AuditArgs;
use crate::commands::deadline::within_deadline;
use crate::commands::diff::{whose, whose_is_known};
use crate::commands::live::{How, Live};
use crate::commands::tally::Tally;
use crate::commands::targets::{Targets, named};
use crate::config::{Chosen, Overrides, Target};
use crate::credentials::Note;
use crate::diff::Snapshot;
use crate::failure::{Failure, Kind};
use crate::group::Group;
use crate::output::{NotListed, Talk, WhoseGroups};
use crate::world::World;

/// What was seen.
#[derive(Default)]
pub(super) struct Seen {
    /// The number that was asked for, where it was one.
    pub(super) of: Option<WhoseGroups>,
    /// How many groups there were.
    pub(super) groups: u64,
    /// The groups, where a report shows them.
    pub(super) listed: Vec<Group>,
    pub(super) findings: Vec<Finding>,
    /// How many findings are excepted.
    pub(super) excepted: usize,
    /// How many targets there were, where there were to be many.
    pub(super) targets: Option<u64>,
    /// What could not be listed.
    pub(super) not_listed: Vec<NotListed>,
    pub(super) tally: Tally,
}

/// What groups are held against, and what came of it so far.
pub(super) struct Judge<'a, 'e> {
    pub(super) args: &'a AuditArgs,
    pub(super) asked: &'a Asked,
    pub(super) exceptions: &'a mut Exceptions<'e>,
    pub(super) keeps_groups: bool,
    pub(super) world: &'a World,
    pub(super) seen: Seen,
}

impl Judge<'_, '_> {
    /// Looks at all that is asked for, once it is known to make sense, which `begin`
    /// is told. What could not be listed is remembered; a failure without that is a
    /// mistake of the user's.
    pub(super) async fn look(
        &mut self,
        overrides: &Overrides,
        chosen: &Chosen,
        stdin: &mut dyn Read,
        talk: &Talk,
        tell: &dyn Fn(Note),
        begin: &dyn Fn(),
    ) -> Result<(), Failure> {
        let (how, world) = (How::by(&self.args.effort), self.world);
        let Some(targets) = named(&self.args.many, chosen, stdin)? else {
            if (self.asked.baseline.as_ref()).is_some_and(Snapshot::is_of_targets) {
                let what = "the baseline is of many targets, and one number is asked for";
                return Err(Failure::new(Kind::Config, what)
                    .hint("--targets FILE or --all-targets asks for many"));
            }
            begin();
            let looked = self.one(overrides, chosen, how, talk, tell).await;
            return looked.inspect_err(|failure| {
                // What is wrong with the command line is no fault of the groups.
                if failure.kind != Kind::Usage {
                    self.seen.not_listed.push(not_listed(None, failure));
                }
            });
        };
        let baseline = self.asked.baseline.as_ref();
        if let Some(baseline) = baseline {
            whose_is_known(baseline, &targets, "the baseline")?;
        }
        let baseline = baseline.map(|it| (it, it.owners(&whose(&targets))));
        own_policies(self.args, &targets, chosen)?;
        begin();
        self.seen.targets = Some(targets.len() as u64);
        let names: Vec<String> = targets.iter().map(ToString::to_string).collect();
        let deadline = self.args.effort.deadline;
        let connect = Targets::connect(targets, overrides, chosen, how, world, talk, tell);
        let connect = within_deadline(deadline, &world.clock, &|| false, &|| None, connect);
        let looked = match connect.await {
            Ok(targets) => self.each(&targets, baseline, talk).await,
            Err(failure) => Err(failure),
        };
        looked.inspect_err(|failure| {
            // Those whose turn had not come.
            let left = names.into_iter().skip(self.seen.tally.taken());
            let left = left.map(|it| not_listed(Some(it), failure));
            self.seen.not_listed.extend(left);
        })
    }

    async fn one(
        &mut self,
        overrides: &Overrides,
        chosen: &Chosen,
        how: How,
        talk: &Talk,
        tell: &dyn Fn(Note),
    ) -> Result<(), Failure> {
        let (world, deadline) = (self.world, self.args.effort.deadline);
        let connect = Live::connect(overrides, chosen, how, world, talk, tell);
        let live = within_deadline(deadline, &world.clock, &|| false, &|| None, connect).await?;
        let number = live.business_number();
        self.seen.of = Some(WhoseGroups {
            space_id: live.space_id(),
            business_number: number.clone(),
        });
        let groups = live.groups(true, talk);
        let is_paused = || live.is_paused();
        let groups = within_deadline(deadline, &world.clock, &is_paused, &|| None, groups).await?;
        let baseline = self.asked.baseline.as_ref();
        self.hold(groups, &number, baseline, None);
        Ok(())
    }

    /// Looks at each target. One that cannot be listed is told, and remembered.
    async fn each(
        &mut self,
        targets: &Targets<'_>,
        baseline: Option<(&Snapshot, Vec<Option<usize>>)>,
        talk: &Talk,
    ) -> Result<(), Failure> {
        let (clock, deadline) = (&self.world.clock, self.args.effort.deadline);
        let is_paused = || targets.is_paused();
        let look = targets.each(
            &|all| all,
            talk.wants_progress(),
            talk,
            |target, outcome| {
                let number = target.business_number.to_string();
                let place = Some(self.seen.tally.taken());
                let known = baseline.as_ref();
                let known = known.map(|(all, owners)| all.part(owners, place));
                let looked = outcome
                    .map(|groups| self.hold(groups, &number, known.as_ref(), Some(target)))
                    .map_err(|failure| failure.of_target(target));
                match looked {
                    Ok(()) => self.seen.tally.listed(),
                    Err(failure) => {
                        let name = Some(target.to_string());
                        self.seen.not_listed.push(not_listed(name, &failure));
                        self.seen.tally.failed(failure, talk);
                    }
                }
                Ok(ControlFlow::Continue(()))
            },
        );
        within_deadline(deadline, clock, &is_paused, &|| None, look).await?;
        if let Some((all, owners)) = baseline {
            let rest = all.part(&owners, None);
            let mut findings = of_no_target(rest.groups(), &self.asked.rules);
            self.asked.leave_held(&mut findings);
            self.seen.excepted += self.exceptions.take_from(&mut findings);
            for finding in &mut findings {
                finding.target = Some("no target".to_owned());
            }
            self.seen.findings.extend(findings);
        }
        Ok(())
    }

    fn hold(
        &mut self,
        groups: Vec<Group>,
        number: &str,
        baseline: Option<&Snapshot>,
        target: Option<&Target>,
    ) {
        let known = Known {
            business_number: Some(number),
            baseline,
        };
        let now = self.world.clock.now();
        let mut findings = hold(&groups, &self.asked.rules, known, now);
        self.asked.leave_held(&mut findings);
        let seen = &mut self.seen;
        seen.excepted += self.exceptions.take_from(&mut findings);
        for finding in &mut findings {
            finding.target = target.map(ToString::to_string);
        }
        seen.findings.extend(findings);
        seen.groups += groups.len() as u64;
        if self.keeps_groups {
            seen.listed.extend(groups);
        }
    }
}

/// Refuses targets whose own profiles have policies: their rules would go unheard.
fn own_policies(args: &AuditArgs, targets: &[Target], chosen: &Chosen) -> Result<(), Failure> {
    let file = chosen.file.as_ref().filter(|_| args.policy.is_none());
    let own = chosen.profile.as_ref().map(|it| it.name.as_str());
    for target in targets {
        let name = target.profile.as_deref().filter(|it| Some(*it) != own);
        let profile = name.and_then(|it| file?.profile(it));
        if let Some(profile) = profile.filter(|it| it.has_audit) {
            let what = format!(
                "{target} has a profile with a policy of its own, `{}`, and one audit has one policy",
                profile.name
            );
            return Err(Failure::new(Kind::Config, what)
                .hint("name the policy for all with --policy, or audit those targets with -p"));
        }
    }
    Ok(())
}

fn not_listed(target: Option<String>, failure: &Failure) -> NotListed {
    NotListed {
        target,
        kind: failure.kind.name(),
        exit_code: failure.kind.exit().code(),
        what: failure.what.clone(),
    }
}

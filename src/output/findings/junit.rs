//! `JUnit` XML: a test case for each rule, so that a green one is seen as green.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Verdict, line};
use crate::audit::Rule;
use crate::output::sanitize::sanitize;

pub(super) fn write(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut suite = TestSuite::new(match verdict.of {
        Some(of) => format!("groups of {}/{}", of.space_id, of.business_number),
        None => "groups".to_owned(),
    });
    for rule in Rule::ALL {
        suite.add_test_case(case(verdict, rule));
    }
    for it in verdict.not_listed {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        let what = it.line();
        status.set_type(it.kind).set_message(sanitize(&what));
        let name = it.target.as_deref().unwrap_or("listing");
        let mut case = TestCase::new(sanitize(name), status);
        case.set_classname("cams-groups.targets");
        suite.add_test_case(case);
    }
    suite.add_property(("excepted", verdict.excepted.to_string().as_str()));
    let mut report = Report::new("cams-groups audit");
    report.add_test_suite(suite);
    let text = report.to_string().map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

fn case(verdict: &Verdict<'_>, rule: Rule) -> TestCase {
    let broken = verdict.findings.iter().filter(|it| it.rule == rule);
    let broken: Vec<String> = broken.map(line).collect();
    let passes = verdict.warns.contains(&rule) && !verdict.warnings_fail;
    let skipped = |why: &str| {
        let mut status = TestCaseStatus::skipped();
        status.set_message(why);
        status
    };
    let status = if !broken.is_empty() && !passes {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status
            .set_type(rule.id())
            .set_message(match broken.len() {
                1 => "1 finding".to_owned(),
                many => format!("{many} findings"),
            })
            .set_description(broken.join("\n"));
        status
    } else if !verdict.asked.contains(&rule) {
        skipped("not asked for")
    } else if verdict.is_blind() {
        skipped("nothing could be listed")
    } else {
        TestCaseStatus::success()
    };
    let mut case = TestCase::new(rule.id(), status);
    case.set_classname("cams-groups.audit");
    let warnings = broken.into_iter().filter(|_| passes);
    let excepted = verdict.in_use().filter(|it| it.rule == rule.id());
    let excepted = excepted.map(|it| sanitize(&format!("excepted: {}", it.line())).into_owned());
    let told: Vec<String> = warnings.chain(excepted).collect();
    if !told.is_empty() {
        case.set_system_out(told.join("\n"));
    }
    case
}

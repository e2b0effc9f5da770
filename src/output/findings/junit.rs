//! `JUnit` XML: a test case for each rule, so that a green one is seen as green.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Verdict, line};
use crate::audit::Rule;

pub(super) fn write(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut suite = TestSuite::new("groups");
    for rule in Rule::ALL {
        let broken = verdict.findings.iter().filter(|it| it.rule == rule);
        let broken: Vec<String> = broken.map(line).collect();
        let is_warning = verdict.warns.contains(&rule);
        let status = if broken.is_empty() || is_warning {
            TestCaseStatus::success()
        } else {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status
                .set_type(rule.id())
                .set_message(format!("{} findings", broken.len()))
                .set_description(broken.join("\n"));
            status
        };
        let mut case = TestCase::new(rule.id(), status);
        case.set_classname("cams-groups.audit");
        if is_warning && !broken.is_empty() {
            case.set_system_out(broken.join("\n"));
        }
        suite.add_test_case(case);
    }
    let mut report = Report::new("cams-groups audit");
    report.add_test_suite(suite);
    report.serialize(out).map_err(io::Error::other)
}

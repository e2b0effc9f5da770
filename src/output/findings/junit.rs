//! `JUnit` XML: a test case for each rule, so that a green one is seen as green.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Verdict, line};
use crate::audit::Rule;
use crate::output::sanitize::sanitize;

pub(super) fn write(verdict: &Verdict<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut suite = TestSuite::new("groups");
    for rule in Rule::ALL {
        let broken = verdict.findings.iter().filter(|it| it.rule == rule);
        let broken: Vec<String> = broken.map(line).collect();
        let passes = verdict.warns.contains(&rule) && !verdict.warnings_fail;
        let status = if !verdict.asked.contains(&rule) {
            let mut status = TestCaseStatus::skipped();
            status.set_message("not asked for");
            status
        } else if broken.is_empty() || passes {
            TestCaseStatus::success()
        } else {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status
                .set_type(rule.id())
                .set_message(match broken.len() {
                    1 => "1 finding".to_owned(),
                    many => format!("{many} findings"),
                })
                .set_description(broken.join("\n"));
            status
        };
        let mut case = TestCase::new(rule.id(), status);
        case.set_classname("cams-groups.audit");
        if passes && !broken.is_empty() {
            case.set_system_out(broken.join("\n"));
        }
        suite.add_test_case(case);
    }
    for it in verdict.not_looked {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type(it.kind).set_message(it.line());
        let mut case = TestCase::new(sanitize(&it.target), status);
        case.set_classname("cams-groups.targets");
        suite.add_test_case(case);
    }
    suite.add_property(("excepted", verdict.excepted.to_string().as_str()));
    let mut report = Report::new("cams-groups audit");
    report.add_test_suite(suite);
    report.serialize(out).map_err(io::Error::other)
}

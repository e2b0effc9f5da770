//! What is behind the gateway: `ListChatGroup`, and the keys of [`issuer`].

use std::cell::RefCell;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;

use super::faults::{Dice, Fault, Misbehaviour, Totals};
use super::filter::Filter;
use super::gateway::{Admitted, Gateway, Refused};
use super::groups::{Groups, Shelf};
use super::life::Life;
use super::server::{Answer, Received, RetryAfter};
use super::{Config, issuer};
use crate::api::ListChatGroup;
use crate::signing::Nonce;

/// Answers requests.
#[derive(Debug)]
pub(super) struct Service {
    config: Config,
    gateway: RefCell<Gateway>,
    shelf: Shelf,
    dice: Dice,
}

/// The product's no, which comes inside a 200.
struct No(&'static str, String);

impl Service {
    pub(super) fn new(mut config: Config) -> Self {
        let groups = std::mem::replace(&mut config.groups, Groups::Demo(0));
        let lifetime = config.lifetime;
        let history = config.misbehaviour.history.clone();
        let life = config.settle.map(|it| Life::new(it, config.clock.clone()));
        Self {
            shelf: Shelf::new(groups, config.misbehaviour.drift > 0.0, history, life),
            dice: Dice::new(config.misbehaviour.seed),
            config,
            gateway: RefCell::new(Gateway::new(lifetime)),
        }
    }

    pub(super) async fn answer(&self, request: &Received) -> Answer {
        let misbehaviour = &self.config.misbehaviour;
        if request.path != "/" {
            let now = self.config.clock.now() + misbehaviour.skew;
            let mut gateway = self.gateway.borrow_mut();
            if let Some(mut answer) = issuer::beside(request, &mut gateway, now, &request_id()) {
                answer.date = Some(now);
                return answer;
            }
        }
        let fault = self.dice.fault(&misbehaviour.faults);
        // Only the API says that, and only of a key that can expire.
        let can_expire = issuer::has_token(request) && !issuer::is_sts(request);
        let fault = fault.filter(|it| *it != Fault::ExpiredToken || can_expire);
        let jitter = misbehaviour.jitter.mul_f64(self.dice.chance.share());
        let latency = self.config.latency + jitter;
        let clock = &self.config.clock;
        let started = clock.elapsed();
        let now = self.config.clock.now() + misbehaviour.skew;
        let request_id = request_id();
        let refuse = |refused: &Refused| gateway_error(refused, &request_id, request);
        let mut answer = match fault {
            Some(fault) if !fault.is_about_delivery() => faulty(fault, &request_id, request),
            _ if let Some(wait) = self.over_rate() => Answer {
                retry_after: Some(RetryAfter::Milliseconds(wait.as_millis())),
                ..refuse(&Refused::throttled(400, "Throttling.User"))
            },
            _ => self
                .operation(request, now, &request_id, fault.is_none())
                .unwrap_or_else(|refused| refuse(&refused)),
        };
        answer.delivery = fault.into();
        answer.date = Some(now);
        // Making an answer takes time too, which is part of the latency.
        let rest = latency.saturating_sub(clock.elapsed().saturating_sub(started));
        if !rest.is_zero() {
            clock.sleep(rest).await;
        }
        answer
    }

    fn operation(
        &self,
        request: &Received,
        now: Timestamp,
        request_id: &str,
        will_arrive: bool,
    ) -> Result<Answer, Refused> {
        let mut gateway = self.gateway.borrow_mut();
        if request.query.get("Action").map(String::as_str) == Some("AssumeRoleWithOIDC") {
            return issuer::assume_role_with_oidc(request, &mut gateway, now, request_id);
        }
        let admitted = gateway.admit(request, now)?;
        if admitted.action == "AssumeRole" {
            return issuer::assume_role(&admitted, &mut gateway, now, request_id);
        }
        drop(gateway);
        let admitted = known_operation(admitted)?;
        let listed = self.list(&admitted, request_id, will_arrive);
        Ok(listed.unwrap_or_else(|No(code, message)| no(code, &message, request_id)))
    }

    fn over_rate(&self) -> Option<Duration> {
        let limit = self.config.misbehaviour.rate_limit?;
        self.dice.over_rate(limit, self.config.clock.elapsed())
    }

    /// Lists a page. Only one that will arrive may let groups come and go: what
    /// nobody saw, nobody can notice.
    fn list(&self, admitted: &Admitted, request_id: &str, will_arrive: bool) -> Result<Answer, No> {
        let parameter = |name: &str| admitted.parameters.get(name).map(String::as_str);
        let number = parameter("BusinessNumber").unwrap_or_default();
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(No(
                "InvalidParameter.FromOnlyNumeric",
                "From must be numeric.".to_owned(),
            ));
        }
        let config = &self.config;
        let own = std::iter::once((&config.space_id, &config.business_number));
        let more = config.more.iter().map(|(space, number)| (space, number));
        let space = parameter("CustSpaceId").unwrap_or_default();
        let numbers = own.chain(more).filter(|(it, _)| it.to_string() == space);
        let mut numbers = numbers.map(|(_, number)| number).peekable();
        if numbers.peek().is_none() {
            return Err(No(
                "Unknown.ResourceOwnerId",
                format!("The sandbox's space is {}.", self.config.space_id),
            ));
        }
        if !numbers.any(|it| it.to_string() == number) {
            return Err(No(
                "InvalidParameter.PhoneNumberError",
                format!("The sandbox's number is {}.", self.config.business_number),
            ));
        }
        if !matches!(
            parameter("ChannelType"),
            None | Some("" | "WHATSAPP" | "TELEGRAM")
        ) {
            return Err(No(
                "InvalidParameter.ChannelTypeNotSupport",
                "The channel type is not supported.".to_owned(),
            ));
        }
        let misbehaviour = &self.config.misbehaviour;
        let (skip, take) = page(parameter("Page").unwrap_or_default(), misbehaviour)?;
        let filter = Filter {
            status: parameter("GroupStatus"),
            subject: parameter("Subject"),
            group_type: parameter("GroupType"),
            group_link: parameter("GroupLink"),
            channel_type: parameter("ChannelType"),
        };
        let (total, list) = self.shelf.page(&filter, skip, take, number);
        if will_arrive && self.dice.chance.share() < misbehaviour.drift {
            self.shelf.drift(&self.dice.chance);
        }
        answer(request_id, said(total, misbehaviour.totals), &list)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Listing<'a> {
    request_id: &'a str,
    code: &'a str,
    message: &'a str,
    success: bool,
    access_denied_detail: &'a str,
    data: Data<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Data<'a> {
    #[serde(skip_serializing_if = "serde_json::Value::is_null")]
    total: serde_json::Value,
    list: &'a [Box<RawValue>],
}

/// Returns what the sandbox says of a total.
fn said(total: u64, totals: Totals) -> serde_json::Value {
    match totals {
        Totals::Right => json!(total),
        Totals::Off(by) => json!(total.saturating_add_signed(by)),
        Totals::Absent => json!(null),
        Totals::Negative => json!(-1),
        Totals::Text => json!(format!("about {total}")),
    }
}

fn answer(
    request_id: &str,
    total: serde_json::Value,
    list: &[Box<RawValue>],
) -> Result<Answer, No> {
    // The vendor's samples show these placeholders, so the sandbox sends them.
    let listing = Listing {
        request_id,
        code: "OK",
        message: "None",
        success: true,
        access_denied_detail: "None",
        data: Data { total, list },
    };
    match serde_json::to_string(&listing) {
        Ok(body) => Ok(Answer::json(200, body)),
        Err(error) => Err(No("InternalError", error.to_string())),
    }
}

fn known_operation(admitted: Admitted) -> Result<Admitted, Refused> {
    let no = |status, code: &str, message: &str| {
        Err(Refused {
            status,
            code: code.to_owned(),
            message: message.to_owned(),
        })
    };
    if admitted.action != ListChatGroup::ACTION {
        return no(
            404,
            "InvalidAction.NotFound",
            "Specified api is not found, please check your url and method.",
        );
    }
    if admitted.version != ListChatGroup::VERSION {
        return no(
            400,
            "InvalidVersion",
            "Specified parameter Version is not valid.",
        );
    }
    for name in ["BusinessNumber", "CustSpaceId", "Page"] {
        if admitted.parameters.get(name).is_none_or(String::is_empty) {
            return no(
                400,
                &format!("Missing{name}"),
                &format!("{name} is mandatory for this action."),
            );
        }
    }
    Ok(admitted)
}

/// Reads `Page`; returns how many groups to skip and how many to give.
fn page(json: &str, misbehaviour: &Misbehaviour) -> Result<(u64, u64), No> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Page {
        index: u64,
        size: u64,
    }
    let bad = |why: &str| {
        No(
            "InvalidParameter.PageInvalid",
            format!("Page is invalid: {why}."),
        )
    };
    let page: Page = serde_json::from_str(json).map_err(|_| bad("Index and Size are needed"))?;
    if page.index == 0 || page.index > i32::MAX as u64 {
        return Err(bad("Index starts at 1"));
    }
    let most = u64::from(misbehaviour.max_page_size);
    if page.size == 0 || page.size > most {
        return Err(bad(&format!("Size is 1 to {most}")));
    }
    let cap = misbehaviour
        .cap_page_size
        .map_or(u64::MAX, |cap| cap.get().into());
    Ok(((page.index - 1) * page.size, page.size.min(cap)))
}

fn gateway_error(refused: &Refused, request_id: &str, request: &Received) -> Answer {
    let Refused {
        status,
        code,
        message,
    } = refused;
    let body = json!({
        "RequestId": request_id,
        "HostId": request.headers.get("host"),
        "Code": code,
        "Message": message,
        "Recommend": format!("https://api.alibabacloud.com/troubleshoot?q={code}&product=cams"),
    });
    Answer::json(*status, body.to_string())
}

fn no(code: &str, message: &str, request_id: &str) -> Answer {
    let body = json!({
        "RequestId": request_id, "Code": code, "Message": message, "Success": false,
    });
    Answer::json(200, body.to_string())
}

/// Returns the answer that a fault is.
fn faulty(fault: Fault, request_id: &str, request: &Received) -> Answer {
    let refuse = |refused: Refused| gateway_error(&refused, request_id, request);
    match fault {
        Fault::Throttle400 => refuse(Refused::throttled(400, "Throttling.User")),
        Fault::Throttle429 => Answer {
            retry_after: Some(RetryAfter::Seconds(1)),
            ..refuse(Refused::throttled(429, "Throttling"))
        },
        Fault::Throttle503 => refuse(Refused::throttled(503, "Throttling.Api")),
        Fault::Error500 => refuse(Refused {
            status: 500,
            code: "InternalError".to_owned(),
            message: "The request processing has failed due to some unknown error.".to_owned(),
        }),
        Fault::Html => Answer {
            content_type: "text/html",
            ..Answer::json(502, "<html><body>502 Bad Gateway</body></html>".to_owned())
        },
        Fault::ExpiredToken => refuse(Refused::expired_token()),
        Fault::SuccessFalse => no("InternalError", "The service is out of order.", request_id),
        Fault::Truncated | Fault::Reset | Fault::SlowBody => Answer::json(200, String::new()),
    }
}

/// Returns an id in the gateway's form.
fn request_id() -> String {
    let random =
        Nonce::random().map_or_else(|_| "0".repeat(32), |nonce| nonce.as_str().to_uppercase());
    format!(
        "{}-{}-{}-{}-{}",
        &random[..8],
        &random[8..12],
        &random[12..16],
        &random[16..20],
        &random[20..]
    )
}

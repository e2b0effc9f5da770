//! The product behind the gateway: `ListChatGroup`, and no other operation.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;

use super::gateway::{Admitted, Gateway, Refused};
use super::groups::Filter;
use super::server::{Answer, Received};
use super::{Config, access_key, temporary_key};
use crate::api::ListChatGroup;
use crate::signing::Nonce;

/// The largest page that the sandbox grants. The API's own limit is not
/// documented.
const MAX_PAGE_SIZE: u64 = 100;

/// Answers requests.
#[derive(Debug)]
pub(super) struct Service {
    config: Config,
    gateway: RefCell<Gateway>,
}

/// The product's no, which comes inside a 200.
struct No(&'static str, String);

impl Service {
    pub(super) fn new(config: Config) -> Self {
        Self {
            config,
            gateway: RefCell::new(Gateway::new(vec![access_key(), temporary_key()])),
        }
    }

    pub(super) async fn answer(&self, request: &Received) -> Answer {
        if !self.config.latency.is_zero() {
            tokio::time::sleep(self.config.latency).await;
        }
        let request_id = request_id();
        let admitted = self
            .gateway
            .borrow_mut()
            .admit(request, self.config.clock.now())
            .and_then(known_operation);
        match admitted {
            Err(refused) => gateway_error(&refused, &request_id, request),
            Ok(admitted) => match self.list(&admitted, &request_id) {
                Ok(answer) => answer,
                Err(No(code, message)) => Answer {
                    status: 200,
                    body: json!({
                        "RequestId": request_id, "Code": code, "Message": message, "Success": false,
                    })
                    .to_string(),
                },
            },
        }
    }

    fn list(&self, admitted: &Admitted, request_id: &str) -> Result<Answer, No> {
        let parameter = |name: &str| admitted.parameters.get(name).map(String::as_str);
        let number = parameter("BusinessNumber").unwrap_or_default();
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(No(
                "InvalidParameter.FromOnlyNumeric",
                "From must be numeric.".to_owned(),
            ));
        }
        if parameter("CustSpaceId") != Some(&self.config.space_id.to_string()) {
            return Err(No(
                "Unknown.ResourceOwnerId",
                format!("The sandbox's space is {}.", self.config.space_id),
            ));
        }
        if number != self.config.business_number.to_string() {
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
        let (skip, take) = page(parameter("Page").unwrap_or_default())?;
        let filter = Filter {
            status: parameter("GroupStatus"),
            subject: parameter("Subject"),
            group_type: parameter("GroupType"),
            group_link: parameter("GroupLink"),
            channel_type: parameter("ChannelType"),
        };
        let (total, list) = self.config.groups.page(&filter, skip, take, number);
        answer(request_id, total, &list)
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
    total: u64,
    list: &'a [Box<RawValue>],
}

fn answer(request_id: &str, total: u64, list: &[Box<RawValue>]) -> Result<Answer, No> {
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
        Ok(body) => Ok(Answer { status: 200, body }),
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
fn page(json: &str) -> Result<(u64, u64), No> {
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
    if page.size == 0 || page.size > MAX_PAGE_SIZE {
        return Err(bad(&format!("Size is 1 to {MAX_PAGE_SIZE}")));
    }
    Ok(((page.index - 1) * page.size, page.size))
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
    Answer {
        status: *status,
        body: body.to_string(),
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

//! What a reply means: a page of groups, a refusal, or nonsense.
//!
//! A call has succeeded when the HTTP status is 2xx, `Code` is `OK`, and
//! `Success` is not false, all three: the gateway may report a failure inside
//! a 200, and the official SDKs let that pass. Every field may be absent or
//! `null`, as all SDK models have them optional.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::error::{AccessDenied, ApiError, Nonsense, Refusal};
use crate::group::Group;
use crate::transport::Reply;

/// One page of a listing.
#[derive(Debug, Default)]
pub struct Page {
    /// The groups, in the API's order.
    pub groups: Vec<Group>,
    /// How many groups match in all, as this page has it.
    pub total: Total,
    /// Whether the reply says nothing at all, neither `Total` nor `List`.
    pub is_blank: bool,
    /// The request id, for support.
    pub request_id: Option<String>,
    /// What was odd about the reply, though it could be read.
    pub oddities: Vec<&'static str>,
}

/// `Data.Total`, the only thing a page tells about the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Total {
    /// Not given.
    #[default]
    Absent,
    /// A count.
    Count(u64),
    /// Something that is no count, as it came.
    Odd(String),
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(rename = "Code", alias = "code", borrow)]
    code: Option<&'a RawValue>,
    #[serde(rename = "Message", alias = "message", borrow)]
    message: Option<&'a RawValue>,
    #[serde(rename = "RequestId", alias = "requestId", borrow)]
    request_id: Option<&'a RawValue>,
    #[serde(rename = "Success", alias = "success", borrow)]
    success: Option<&'a RawValue>,
    #[serde(rename = "AccessDeniedDetail", alias = "accessDeniedDetail", borrow)]
    access_denied_detail: Option<&'a RawValue>,
    #[serde(rename = "Data", alias = "data", borrow)]
    data: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(rename = "Total", alias = "total", borrow)]
    total: Option<&'a RawValue>,
    #[serde(rename = "List", alias = "list")]
    list: Option<Vec<Group>>,
}

/// Reads a refusal, as every operation behind the vendor's gateways words it.
pub fn refused(reply: &Reply) -> ApiError {
    let status = reply.status;
    let nonsense = |what| ApiError::Nonsense { status, what };
    let text = match std::str::from_utf8(&reply.body) {
        Ok(text) => text,
        Err(error) => return nonsense(Nonsense::NotUtf8(error.valid_up_to())),
    };
    let envelope: Envelope = match serde_json::from_str(text) {
        Ok(envelope) => envelope,
        Err(error) => return nonsense(Nonsense::of(text, &error)),
    };
    let code = scalar(envelope.code).filter(|code| !code.is_empty());
    ApiError::Refused(Box::new(refusal(&envelope, status, code)))
}

/// Reads a reply.
pub(super) fn read(reply: &Reply) -> Result<Page, ApiError> {
    let status = reply.status;
    let nonsense = |what| ApiError::Nonsense { status, what };
    let text = std::str::from_utf8(&reply.body)
        .map_err(|error| nonsense(Nonsense::NotUtf8(error.valid_up_to())))?;
    let envelope: Envelope =
        serde_json::from_str(text).map_err(|error| nonsense(Nonsense::of(text, &error)))?;
    // A derived reader would take an array's members for the fields.
    if !text.trim_start().starts_with('{') {
        return Err(nonsense(Nonsense::Unclear("JSON, but no object")));
    }

    let code = scalar(envelope.code).filter(|code| !code.is_empty());
    let success = match scalar(envelope.success).as_deref() {
        None => None,
        Some("true") => Some(true),
        Some("false") => Some(false),
        Some(_) => return Err(nonsense(Nonsense::Unclear("`Success` is no truth value"))),
    };
    let mut oddities = Vec::new();
    match (code.as_deref(), success) {
        (Some("OK"), None | Some(true)) if (200..300).contains(&status) => {}
        // Not documented, yet plain enough.
        (None, Some(true)) if (200..300).contains(&status) && envelope.data.is_some() => {
            oddities.push("the reply has no `Code`");
        }
        (None, None | Some(true)) if status < 400 => {
            return Err(nonsense(Nonsense::Unclear("JSON without a `Code`")));
        }
        _ => {
            return Err(ApiError::Refused(Box::new(refusal(
                &envelope, status, code,
            ))));
        }
    }

    let data = match envelope.data {
        Some(json) if json.get().starts_with('{') => serde_json::from_str(json.get())
            .map_err(|error| nonsense(Nonsense::Groups(error.to_string())))?,
        Some(json) if json.get() != "null" => {
            return Err(nonsense(Nonsense::Groups("`Data` is no object".to_owned())));
        }
        _ => Data {
            total: None,
            list: None,
        },
    };
    let is_blank = data.total.is_none() && data.list.is_none();
    Ok(Page {
        groups: data.list.unwrap_or_default(),
        total: scalar(data.total).map_or(Total::Absent, |total| match total.trim().parse() {
            Ok(count) => Total::Count(count),
            Err(_) => Total::Odd(total),
        }),
        is_blank,
        request_id: request_id(&envelope),
        oddities,
    })
}

fn refusal(envelope: &Envelope, status: u16, code: Option<String>) -> Refusal {
    Refusal {
        status,
        code: code.unwrap_or_else(|| Refusal::NO_CODE.to_owned()),
        message: scalar(envelope.message).filter(|text| !is_placeholder(text)),
        request_id: request_id(envelope),
        access_denied: envelope
            .access_denied_detail
            .and_then(|detail| access_denied(detail.get())),
        string_to_sign_matches: None,
    }
}

/// Reads the detail of a refusal, which is an object, or text, or text that
/// holds an object.
fn access_denied(json: &str) -> Option<AccessDenied> {
    if let Ok(detail) = serde_json::from_str::<AccessDenied>(json) {
        return Some(detail);
    }
    let text: String = serde_json::from_str(json).ok()?;
    if is_placeholder(&text) {
        return None;
    }
    let detail = serde_json::from_str(&text).unwrap_or(AccessDenied {
        text: Some(text),
        ..AccessDenied::default()
    });
    Some(detail)
}

/// Returns whether a text of the envelope stands for nothing. The vendor's own
/// samples show all of these.
fn is_placeholder(text: &str) -> bool {
    matches!(text.trim(), "" | "None" | "无" | "{}")
}

/// Samples of the vendor show white space around request ids.
fn request_id(envelope: &Envelope) -> Option<String> {
    scalar(envelope.request_id)
        .map(|id| id.trim().to_owned())
        .filter(|id| !id.is_empty())
}

/// Returns a string's content, and anything else as its JSON; `null` is absent.
fn scalar(json: Option<&RawValue>) -> Option<String> {
    let json = json?.get();
    if json == "null" {
        return None;
    }
    Some(serde_json::from_str(json).unwrap_or_else(|_| json.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::Field;
    use crate::transport::Hints;

    fn reply(status: u16, body: &str) -> Result<Page, ApiError> {
        read(&Reply {
            status,
            body: body.as_bytes().to_vec(),
            hints: Hints::default(),
        })
    }

    fn error(status: u16, body: &str) -> String {
        reply(status, body).unwrap_err().to_string()
    }

    #[test]
    fn lower_case_first_letters_are_read_too() {
        let body = r#"{"code":"OK","success":true,"data":{"total":1,"list":[{"GroupId":"g"}]}}"#;
        let page = reply(200, body).unwrap();
        assert_eq!((page.total, page.groups.len()), (Total::Count(1), 1));
    }

    #[test]
    fn a_page_is_read() {
        let page = reply(
            200,
            r#"{"RequestId":"\tabc\n","Code":"OK","Success":true,
                "Data":{"Total":51,"List":[{"GroupId":"g1"},{"GroupId":"g2"}]}}"#,
        )
        .unwrap();
        assert_eq!(page.total, Total::Count(51));
        assert_eq!(page.request_id.as_deref(), Some("abc"));
        assert_eq!(page.groups[1].text(Field::GroupId).unwrap(), "g2");
        assert!(page.oddities.is_empty());
    }

    #[test]
    fn a_missing_or_null_list_is_an_empty_page() {
        for data in ["{\"Total\":0,\"List\":null}", "{\"Total\":0}"] {
            let page = reply(200, &format!(r#"{{"Code":"OK","Data":{data}}}"#)).unwrap();
            assert!(page.groups.is_empty() && page.total == Total::Count(0));
            assert!(page.oddities.is_empty());
        }
        for data in ["", r#","Data":null"#, r#","Data":{}"#] {
            let page = reply(200, &format!(r#"{{"Code":"OK"{data}}}"#)).unwrap();
            assert!(page.groups.is_empty() && page.total == Total::Absent);
            assert!(page.is_blank);
        }
    }

    #[test]
    fn a_total_may_be_a_numeric_string_and_an_odd_one_is_kept_as_it_came() {
        let total = |json: &str| {
            reply(
                200,
                &format!(r#"{{"Code":"OK","Data":{{"Total":{json}}}}}"#),
            )
            .unwrap()
            .total
        };
        assert_eq!(total(r#""51""#), Total::Count(51));
        for odd in ["-1", "1.5", "\"many\"", "1e2"] {
            assert_eq!(total(odd), Total::Odd(odd.trim_matches('"').to_owned()));
        }
    }

    #[test]
    fn success_needs_status_code_and_success_all_three() {
        assert!(reply(200, r#"{"Code":"OK","Success":false}"#).is_err());
        assert!(reply(200, r#"{"Code":"Forbidden","Success":true}"#).is_err());
        assert!(reply(400, r#"{"Code":"OK","Success":true}"#).is_err());
        assert!(reply(200, r#"{"Success":"false","Data":{}}"#).is_err());
        assert!(reply(200, "{}").is_err());
        assert!(reply(200, r#"{"Data":{"List":[]}}"#).is_err());
        assert!(reply(200, r#"{"Code":"OK","Success":7}"#).is_err());
        assert!(reply(200, r#"["OK",null,null,true,null,{"Total":0}]"#).is_err());
        assert!(reply(200, r#"{"Code":"OK","Data":[0,[]]}"#).is_err());
        let page = reply(200, r#"{"Success":true,"Data":{"Total":0}}"#).unwrap();
        assert_eq!(page.oddities, ["the reply has no `Code`"]);
    }

    #[test]
    fn a_refusal_keeps_code_message_and_request_id() {
        let error = reply(
            403,
            r#"{"code":"Forbidden.RAM","message":"no","requestId":"r1",
                "AccessDeniedDetail":{"AuthAction":"cams:ListChatGroup","NoPermissionType":"ImplicitDeny"}}"#,
        )
        .unwrap_err();
        let ApiError::Refused(refusal) = error else {
            panic!("{error}")
        };
        assert_eq!(refusal.code, "Forbidden.RAM");
        assert_eq!(refusal.message.as_deref(), Some("no"));
        assert_eq!(refusal.request_id.as_deref(), Some("r1"));
        let detail = refusal.access_denied.unwrap();
        assert_eq!(detail.auth_action.as_deref(), Some("cams:ListChatGroup"));
    }

    #[test]
    fn placeholders_stand_for_nothing() {
        for text in ["None", "", "{}", "无"] {
            let body =
                format!(r#"{{"Code":"X","Message":"{text}","AccessDeniedDetail":"{text}"}}"#);
            let ApiError::Refused(refusal) = reply(200, &body).unwrap_err() else {
                panic!()
            };
            assert!(
                refusal.message.is_none() && refusal.access_denied.is_none(),
                "{text}"
            );
        }
    }

    #[test]
    fn nonsense_says_what_came_instead() {
        assert!(error(200, "").contains("empty"));
        assert!(error(502, "<html><body>Bad gateway").contains("HTML"));
        assert!(error(200, "<?xml version='1.0'?><Error/>").contains("XML"));
        assert!(error(200, r#"{"Code":"OK","Data":{"Li"#).contains("cut short"));
        assert!(error(200, "hello").contains("not JSON"));
        assert!(error(200, r#"{"Code":"OK","Data":{"List":7}}"#).contains("groups"));
        assert!(error(200, r#"{"Code":"OK","Data":[]}"#).contains("groups"));
        let not_utf8 = read(&Reply {
            status: 200,
            body: b"{\"Code\":\"\xff\"}".to_vec(),
            hints: Hints::default(),
        });
        assert!(not_utf8.unwrap_err().to_string().contains("UTF-8"));
    }
}

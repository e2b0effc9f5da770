//! What each of the API's codes means and what to do about it: one table.
//!
//! The codes are those of the vendor's error pages for this product and its
//! gateway. The pages give texts but hardly any advice; the fixes are ours.

/// What kind of failure a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The caller may not: authentication, permission, allow-list, signature.
    Access,
    /// The request itself is refused, or the service failed.
    Refused,
    /// Too many calls.
    Throttled,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The code, or with a final `*` how it begins.
    pub code: &'static str,
    /// What kind of failure it is.
    pub class: Class,
    /// Why it happens.
    pub cause: &'static str,
    /// What to do next.
    pub fix: &'static str,
}

/// Returns the advice for a code: its own row, else the longest prefix's.
pub fn of(code: &str) -> Option<&'static Advice> {
    // Products put words of their own before it.
    let throttling = || TABLE.iter().find(|row| row.code == "Throttling*");
    row_of(TABLE, code).or_else(|| throttling().filter(|_| code.contains("Throttling")))
}

/// Returns the advice for a code of the Security Token Service, which shares
/// its gateway's codes with every product.
pub fn of_sts(code: &str) -> Option<&'static Advice> {
    let exact = |table: &'static [Advice]| table.iter().find(|row| row.code == code);
    exact(STS)
        .or_else(|| exact(TABLE))
        .or_else(|| row_of(STS, code))
        .or_else(|| of(code))
}

/// The least policy that a listing needs.
pub const POLICY: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["cams:ListChatGroup"],"Resource":"*"}]}"#;

/// Returns whether a code says, or may say, that a right is missing.
pub fn is_about_rights(code: &str) -> bool {
    code == "Authentication.NoAuth" || of(code).is_some_and(|row| row.fix == GRANT)
}

fn row_of(table: &'static [Advice], code: &str) -> Option<&'static Advice> {
    let prefix_of = |row: &&Advice| {
        row.code
            .strip_suffix('*')
            .is_some_and(|prefix| code.starts_with(prefix))
    };
    let longest_prefix = || {
        let rows = table.iter().filter(prefix_of);
        rows.max_by_key(|row| row.code.len())
    };
    let row = table.iter().find(|row| row.code == code);
    row.or_else(longest_prefix)
}

const fn row(code: &'static str, class: Class, cause: &'static str, fix: &'static str) -> Advice {
    Advice {
        code,
        class,
        cause,
        fix,
    }
}

const CLIENT_FAULT: &str = "this is a defect of cams-groups or of something between it and the API";
const REPORT: &str =
    "try `--signature` with the other mechanism, and report it with the request id";
const GRANT: &str = "grant the RAM action `cams:ListChatGroup` on resource `*` to this identity";
const KEY_DISABLED: &str = "the AccessKey is disabled";
const ENABLE_KEY: &str = "enable the AccessKey in the RAM console, or use another";
const SLOW_DOWN: &str = "wait a minute, then run fewer listings at a time; \
    all RAM users of an account share one allowance";
const CHECK_ENDPOINT: &str = "check `--region` and `--endpoint`; only ap-southeast-1 is documented";
const TOKEN_OF_KEY: &str =
    "take access key id, secret and security token from one and the same issue";

/// Every code that the vendor documents for this operation, its siblings, or
/// the gateway in front of them.
#[rustfmt::skip]
pub const TABLE: &[Advice] = &[
    // Codes of CAMS.
    row("Authentication.NoAuth", Class::Access, "the account or identity has no right to this operation",
        "check the RAM policy (`cams:ListChatGroup`), and ask your account manager whether the account is on the allow-list of the groups beta"),
    row("InvalidParameter.PageInvalid", Class::Refused, "the API does not take this page number or size",
        "try a smaller `--page-size`, such as 20"),
    row("InvalidParameter.ChannelTypeNotSupport", Class::Refused, "the API does not take this channel type",
        "leave `--channel-type` out, or use WHATSAPP"),
    row("InvalidParameter.PhoneNumberError", Class::Refused, "the API does not know this business number",
        "check `--business-number` against the console"),
    row("InvalidParameter.FromOnlyNumeric", Class::Refused, "the business number must be digits only",
        "write `--business-number` without +, blanks or dashes"),
    row("Product.Unsubscript", Class::Access, "Chat App Message Service is not activated on this account",
        "activate the service in the Alibaba Cloud console"),
    row("Ram.PermissionDeny", Class::Access, "the RAM identity lacks the right", GRANT),
    row("System.LimitControl", Class::Throttled, "the service limits the flow of calls", SLOW_DOWN),
    row("Unknown.ResourceOwnerId", Class::Refused, "the space does not belong to this account",
        "check `--space-id` (console: Channel Management), and that the key is of the same account"),
    // Codes of the gateway: who asks.
    row("InvalidAccessKeyId.NotFound", Class::Access, "no such AccessKey id here",
        "check the access key id, that id and secret are not swapped, and that the key is of this site (international or China)"),
    row("InvalidAccessKeyId.Inactive", Class::Access, KEY_DISABLED, ENABLE_KEY),
    row("Forbidden.AccessKeyDisabled", Class::Access, KEY_DISABLED, ENABLE_KEY),
    row("SignatureDoesNotMatch", Class::Access, "the access key secret does not belong to this access key id",
        "check the secret for a missing character, a blank or a line break, or create a new AccessKey"),
    row("IncompleteSignature", Class::Access, CLIENT_FAULT, REPORT),
    row("InvalidSignatureMethod", Class::Access, CLIENT_FAULT, REPORT),
    row("SignatureNonceUsed", Class::Access, "the request was sent twice on its way, or a nonce was repeated", "run the command again"),
    row("InvalidTimeStamp.Expired", Class::Access, "this machine's clock is more than 15 minutes off",
        "set the clock, for example by switching on NTP"),
    row("IllegalTimestamp", Class::Access, "this machine's clock is more than 15 minutes off",
        "set the clock, for example by switching on NTP"),
    row("InvalidTimeStamp.Format", Class::Access, CLIENT_FAULT, REPORT),
    row("MissingSecurityToken", Class::Access, "a temporary key came without its security token",
        "set `ALIBABA_CLOUD_SECURITY_TOKEN`, or `security_token` in the profile"),
    row("InvalidSecurityToken.Expired", Class::Access, "the temporary credentials have expired",
        "get new temporary credentials; if they are fresh (-v says so), check the clock, and give support the request id"),
    row("InvalidSecurityToken.Malformed", Class::Access, "the security token is damaged", TOKEN_OF_KEY),
    row("InvalidSecurityToken.MismatchWithAccessKey", Class::Access, "the security token belongs to another key", TOKEN_OF_KEY),
    row("InvalidSecurityToken*", Class::Access, "the security token is refused", TOKEN_OF_KEY),
    // Codes of the gateway: what one may.
    row("Forbidden.RiskControl", Class::Access, "the account is held by risk control", "open the console, or ask Alibaba Cloud support"),
    row("Forbidden.UserVerification", Class::Access, "the account is not verified", "verify the account in the console"),
    row("Forbidden*", Class::Access, "a RAM policy does not allow the call", GRANT),
    row("NoPermission*", Class::Access, "a RAM policy does not allow the call", GRANT),
    row("NotAuthorized*", Class::Access, "a RAM policy does not allow the call", GRANT),
    row("InsufficientBalance", Class::Access, "the account is in debt", "top the account up"),
    // Codes of the gateway: what is asked.
    row("UnsupportedHTTPMethod", Class::Refused, CLIENT_FAULT, REPORT),
    row("InvalidProtocol.NeedSsl", Class::Refused, "the API takes HTTPS only", "use an https:// `--endpoint`"),
    row("InvalidAction.NotFound", Class::Refused, "the endpoint does not know ListChatGroup", CHECK_ENDPOINT),
    row("InvalidApi.NotFound", Class::Refused, "the endpoint does not know ListChatGroup", CHECK_ENDPOINT),
    row("InvalidVersion", Class::Refused, "the endpoint does not know version 2020-06-06", CHECK_ENDPOINT),
    row("NoSuchVersion", Class::Refused, "the endpoint does not know version 2020-06-06", CHECK_ENDPOINT),
    row("InvalidProduct.NotFound", Class::Refused, "the endpoint does not serve this product", CHECK_ENDPOINT),
    row("InvalidRegion.NotFound", Class::Refused, "the endpoint does not serve this region", CHECK_ENDPOINT),
    row("UnsupportedOperation", Class::Refused, "the API does not offer this here", CHECK_ENDPOINT),
    row("Missing*", Class::Refused, "the API wants a parameter that was not sent", "look at the message for its name"),
    row("Invalid*", Class::Refused, "the API does not take a parameter", "look at the message for its name, and at the flags of the request"),
    // Codes of the gateway: not now.
    row("Throttling*", Class::Throttled, "too many calls", SLOW_DOWN),
    row("Rejected.Throttling", Class::Throttled, "too many calls", SLOW_DOWN),
    row("InternalError", Class::Refused, "the service failed", "run the command again; if it stays, give support the request id"),
    row("ServiceUnavailable", Class::Refused, "the service is busy", "run the command again in a minute"),
];

const NOT_TRUSTED: &str = "the identity may not assume this role, or the role does not trust it";
const TRUST: &str = "name the identity, or the OIDC provider, in the role's trust policy, and grant the identity `sts:AssumeRole`; if the role's owner wants an external id, set external_id";
const NOT_STS: &str = "the endpoint is not that of the Security Token Service";
const CHECK_STS: &str =
    "check sts_endpoint, ALIBABA_CLOUD_STS_ENDPOINT and ALIBABA_CLOUD_STS_REGION";

/// Codes of the Security Token Service that mean something else there.
#[rustfmt::skip]
const STS: &[Advice] = &[
    row("NoPermission*", Class::Access, NOT_TRUSTED, TRUST),
    row("Forbidden*", Class::Access, NOT_TRUSTED, TRUST),
    row("NotAuthorized*", Class::Access, NOT_TRUSTED, TRUST),
    row("InvalidAction.NotFound", Class::Access, NOT_STS, CHECK_STS),
    row("InvalidApi.NotFound", Class::Access, NOT_STS, CHECK_STS),
    row("InvalidVersion", Class::Access, NOT_STS, CHECK_STS),
    row("NoSuchVersion", Class::Access, NOT_STS, CHECK_STS),
    row("InvalidProduct.NotFound", Class::Access, NOT_STS, CHECK_STS),
    row("InvalidRegion.NotFound", Class::Access, NOT_STS, CHECK_STS),
    row("UnsupportedOperation", Class::Access, NOT_STS, CHECK_STS),
    row("EntityNotExist.Role", Class::Access, "there is no such role",
        "check account id and name in the role's ARN"),
    row("EntityNotExist*", Class::Access, "what is named does not exist in that account",
        "check the ARNs of role and identity provider"),
    row("AuthenticationFail.OIDCToken.Expired", Class::Access, "the identity provider's token has expired",
        "have the file written anew; CI jobs and pods get short-lived tokens"),
    row("AuthenticationFail*", Class::Access, "the identity provider's token is not accepted",
        "check that its issuer and audience are those of the identity provider, and the role's trust policy"),
    row("InvalidParameter*", Class::Access, "the service does not take a parameter",
        "look at the message: session name (2 to 64 letters, digits and .@-_), duration (up to the role's own limit), policy (JSON)"),
    row("Missing*", Class::Access, "a parameter is missing", "look at the message for its name"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_its_own_codes_advice_and_stands_once() {
        for row in TABLE {
            let code = row.code.trim_end_matches('*');
            assert_eq!(of(code), Some(row), "{code}");
            assert!(!row.cause.is_empty() && !row.fix.is_empty());
            assert_eq!(TABLE.iter().filter(|it| it.code == row.code).count(), 1);
        }
    }

    #[test]
    fn families_of_codes_are_known_by_their_beginning() {
        assert_eq!(of("Throttling.User").unwrap().class, Class::Throttled);
        assert_eq!(of("Forbidden.RAM").unwrap().fix, GRANT);
        assert_eq!(of("MissingBusinessNumber").unwrap().class, Class::Refused);
        assert_eq!(of("InvalidSecurityToken.New").unwrap().fix, TOKEN_OF_KEY);
        assert_eq!(of("Api.Throttling.User").unwrap().class, Class::Throttled);
        assert_eq!(of("Something.Else"), None);
    }
}

//! The official SDK's golden vectors (`tests/vectors/signing.json`): canonical
//! form, string to sign and signature of every case, each compared.

use std::collections::BTreeMap;

use cams_groups::secret::{AccessKey, Secret};
use cams_groups::signing::{Mechanism, Nonce, Signed, Unsigned, acs3, percent, rpc, sign};
use serde_json::Value;

type Map = BTreeMap<String, String>;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors/signing.json")).unwrap()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => panic!("neither text nor number: {value}"),
    }
}

fn map(value: &Value) -> Map {
    let Value::Object(members) = value else {
        return Map::new();
    };
    members
        .iter()
        .map(|(name, value)| (name.clone(), text(value)))
        .collect()
}

/// The headers of `all` that a set of signed headers names.
fn choose(all: &Map, signed_headers: &Value) -> Map {
    text(signed_headers)
        .split(';')
        .map(|name| (name.to_owned(), all[name].clone()))
        .collect()
}

struct Case {
    id: String,
    request: Unsigned,
    key: AccessKey,
    at: jiff::Timestamp,
    nonce: Nonce,
}

impl Case {
    fn read(case: &Value) -> Self {
        let input = &case["input"];
        let mut query = map(&input["params"]);
        if input["page"].is_object() {
            query.insert("Page".to_owned(), input["page"].to_string());
        }
        let form = map(&input["form"]);
        let provider = text(&case["acs3"]["headers"]["x-acs-credentials-provider"]);
        Self {
            id: text(&case["id"]),
            request: Unsigned {
                method: if input["method"] == "GET" {
                    "GET"
                } else {
                    "POST"
                },
                host: text(&input["host"]),
                action: text(&input["action"]),
                version: text(&input["version"]),
                query,
                form,
                headers: Map::from([("x-acs-credentials-provider".to_owned(), provider)]),
            },
            key: AccessKey {
                id: text(&input["access_key_id"]),
                secret: Secret::new(text(&input["access_key_secret"])),
                token: input["security_token"].as_str().map(Secret::new),
            },
            at: text(&input["timestamp"]).parse().unwrap(),
            nonce: Nonce::new(text(&input["nonce"])),
        }
    }

    fn sign(&self, mechanism: Mechanism) -> Signed {
        sign(mechanism, &self.request, &self.key, self.at, &self.nonce)
    }
}

fn cases() -> Vec<(Case, Value)> {
    let Value::Array(cases) = vectors()["cases"].take() else {
        panic!("no cases")
    };
    assert_eq!(cases.len(), 43, "a vector went missing");
    cases
        .into_iter()
        .map(|case| (Case::read(&case), case))
        .collect()
}

#[test]
fn acs3_matches_every_vector_with_the_headers_that_we_send() {
    for (case, expected) in cases() {
        let expected = &expected["acs3"];
        let signed = case.sign(Mechanism::Acs3HmacSha256);
        let id = &case.id;
        assert_eq!(signed.query.expose(), expected["canonical_query"], "{id}");
        assert_eq!(signed.body.expose(), expected["body"], "{id}");
        let core = &expected["core_headers"];
        assert_eq!(
            signed.string_to_sign.expose(),
            core["string_to_sign"],
            "{id}"
        );
        let sent: Map = signed
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), value.expose().to_owned()))
            .collect();
        assert_eq!(sent["authorization"], core["authorization"], "{id}");
        for (name, value) in map(&expected["headers"]) {
            if !["host", "accept", "user-agent"].contains(&name.as_str()) {
                assert_eq!(sent.get(&name), Some(&value), "{id}: {name}");
            }
        }
    }
}

#[test]
fn acs3_matches_every_vector_step_by_step_for_every_header_set() {
    for (case, expected) in cases() {
        let expected = &expected["acs3"];
        let all = map(&expected["headers"]);
        for set in ["all_headers", "core_headers", "minimal_headers"] {
            let id = format!("{} {set}", case.id);
            let expected_set = &expected[set];
            let canonical = acs3::canonical_request(
                case.request.method,
                "/",
                &percent::query(&case.request.query),
                &choose(&all, &expected_set["signed_headers"]),
                &acs3::sha256_hex(text(&expected["body"]).as_bytes()),
            );
            assert_eq!(canonical, expected_set["canonical_request"], "{id}");
            let string = acs3::string_to_sign(&canonical);
            assert_eq!(string, expected_set["string_to_sign"], "{id}");
            let signature = acs3::signature(&case.key.secret, &string);
            assert_eq!(signature, expected_set["signature"], "{id}");
        }
    }
}

#[test]
fn hmac_sha1_matches_every_vector() {
    for (case, expected) in cases() {
        let expected = &expected["rpc_v1"];
        let signed = case.sign(Mechanism::HmacSha1);
        let id = &case.id;
        assert_eq!(
            signed.string_to_sign.expose(),
            expected["string_to_sign"],
            "{id}"
        );
        assert_eq!(signed.query.expose(), expected["final_query"], "{id}");
        assert_eq!(signed.body.expose(), expected["form_body"], "{id}");
        let signature = rpc::signature(&case.key.secret, signed.string_to_sign.expose());
        assert_eq!(signature, expected["signature"], "{id}");
        let mut signed_parameters = map(&expected["query_params"]);
        signed_parameters.extend(case.request.form.clone());
        let canonical = percent::query(&signed_parameters);
        assert_eq!(canonical, expected["canonicalized_query"], "{id}");
    }
}

#[test]
fn a_signed_request_does_not_show_what_it_holds() {
    for (case, _) in cases() {
        for mechanism in Mechanism::ALL {
            let shown = format!("{:?}", case.sign(mechanism));
            for hidden in ["Credential", "Signature", "testSecurityToken", "CAIStest"] {
                assert!(!shown.contains(hidden), "{}: {shown}", case.id);
            }
        }
    }
}

#[test]
fn the_vendors_published_examples_hold() {
    let vectors = vectors();
    let [acs3_example, rpc_example] = vectors["published_examples"].as_array().unwrap().as_slice()
    else {
        panic!("two examples are published")
    };
    let canonical = acs3::canonical_request(
        &text(&acs3_example["method"]),
        &text(&acs3_example["path"]),
        &percent::query(&map(&acs3_example["query_params"])),
        &map(&acs3_example["headers"]),
        &text(&acs3_example["hashed_payload"]),
    );
    assert_eq!(canonical, acs3_example["canonical_request"]);
    let string = acs3::string_to_sign(&canonical);
    assert_eq!(string, acs3_example["string_to_sign"]);
    let secret = Secret::new(text(&acs3_example["access_key_secret"]));
    assert_eq!(
        acs3::signature(&secret, &string),
        acs3_example["signature"].as_str().unwrap()
    );

    let string = rpc::string_to_sign(
        &text(&rpc_example["method"]),
        &percent::query(&map(&rpc_example["signed_params"])),
    );
    assert_eq!(string, rpc_example["string_to_sign"]);
    let secret = Secret::new(text(&rpc_example["access_key_secret"]));
    assert_eq!(
        rpc::signature(&secret, &string),
        rpc_example["signature"].as_str().unwrap()
    );
}

#[test]
fn every_listed_character_is_encoded_as_the_sdk_encodes_it() {
    for pair in vectors()["encoding"].as_array().unwrap() {
        assert_eq!(percent::encode(&text(&pair[0])), text(&pair[1]), "{pair}");
    }
}

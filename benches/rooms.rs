//! What single rooms cost: signing, decoding, and each renderer over 10,000
//! groups, beside the bare typed decode of the same bytes as the floor.

#![expect(clippy::unwrap_used, reason = "a benchmark stops where it fails")]

use std::collections::BTreeMap;
use std::hint::black_box;

use cams_groups::group::Group;
use cams_groups::output::{Ending, Format, Terminal, View, renderer};
use cams_groups::sandbox::access_key;
use cams_groups::signing::{Mechanism, Nonce, Unsigned, sign};
use divan::counter::{BytesCount, ItemsCount};
use serde::Deserialize;

fn main() {
    divan::main();
}

const GROUPS: usize = 10_000;

/// What anyone would derive for these fields.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "only its decoding is measured")]
struct Typed {
    group_id: Option<String>,
    subject: Option<String>,
    description: Option<String>,
    group_status: Option<String>,
    business_number: Option<String>,
    invite_link: Option<String>,
    profile_picture_file: Option<String>,
    group_link: Option<String>,
    total_participant_count: Option<i64>,
    group_type: Option<String>,
    business_role: Option<String>,
    gmt_modifier: Option<i64>,
}

fn json() -> String {
    let group = |at: usize| {
        format!(
            r#"{{"GroupId":"1203630{at:011}","Subject":"客户支持群 {at}","Description":"Demo group {at}","GroupStatus":"ACTIVE","BusinessNumber":"8613800000000","InviteLink":"https://chat.whatsapp.com/Sandbox{at:014}","ProfilePictureFile":null,"TotalParticipantCount":8,"GmtModifier":1780300800000}}"#
        )
    };
    format!("[{}]", (0..GROUPS).map(group).collect::<Vec<_>>().join(","))
}

#[divan::bench]
fn decode_floor(bencher: divan::Bencher) {
    let json = json();
    bencher
        .counter(BytesCount::of_str(&json))
        .bench(|| serde_json::from_str::<Vec<Typed>>(black_box(&json)).unwrap());
}

#[divan::bench]
fn decode(bencher: divan::Bencher) {
    let json = json();
    bencher
        .counter(BytesCount::of_str(&json))
        .bench(|| serde_json::from_str::<Vec<Group>>(black_box(&json)).unwrap());
}

fn render(format: Format, groups: Vec<Group>) -> Vec<u8> {
    let mut out = Vec::new();
    let plain = Terminal {
        columns: None,
        color: false,
    };
    let mut render = renderer(format, Box::new(&mut out), plain, View::default());
    for group in groups {
        render.group(group).unwrap();
    }
    render.finish(Ending::Accepted).unwrap();
    drop(render);
    out
}

#[divan::bench]
fn decode_and_render_jsonl(bencher: divan::Bencher) {
    let json = json();
    bencher.counter(BytesCount::of_str(&json)).bench(|| {
        let groups = serde_json::from_str(black_box(&json)).unwrap();
        render(Format::Jsonl, groups)
    });
}

#[divan::bench(args = ["table", "json", "jsonl", "csv"])]
fn render_10_000(bencher: divan::Bencher, format: &str) {
    let groups: Vec<Group> = serde_json::from_str(&json()).unwrap();
    let format = format.parse().unwrap();
    bencher
        .counter(ItemsCount::new(GROUPS))
        .with_inputs(|| groups.clone())
        .bench_values(|groups| render(format, groups));
}

#[divan::bench(args = ["acs3-hmac-sha256", "hmac-sha1"])]
fn sign_one(bencher: divan::Bencher, mechanism: &str) {
    let mechanism: Mechanism = mechanism.parse().unwrap();
    let query = [
        ("BusinessNumber", "8613800000000"),
        ("CustSpaceId", "cams-sandbox"),
        ("Page", r#"{"Index":1,"Size":100}"#),
    ];
    let request = Unsigned {
        method: "POST",
        host: "cams.ap-southeast-1.aliyuncs.com".to_owned(),
        action: "ListChatGroup".to_owned(),
        version: "2020-06-06".to_owned(),
        query: query.map(|(n, v)| (n.to_owned(), v.to_owned())).into(),
        form: BTreeMap::new(),
        headers: BTreeMap::new(),
    };
    let (key, at) = (access_key(), "2026-06-30T12:00:00Z".parse().unwrap());
    let nonce = Nonce::new("00112233445566778899aabbccddeeff");
    bencher.bench(|| sign(mechanism, black_box(&request), &key, at, &nonce));
}

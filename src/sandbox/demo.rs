//! Made-up groups that are as unlike as real ones: every status, both
//! channels, several scripts, missing fields, and names that mean harm.

use serde_json::json;
use serde_json::value::{RawValue, to_raw_value};

/// Which channel a group lives on, and so which fields it has.
#[derive(Clone, Copy, PartialEq)]
enum Channel {
    WhatsApp,
    /// With the group's type and the bot's role.
    Telegram(&'static str, &'static str),
}
use Channel::{Telegram, WhatsApp};

const SUPERGROUP: Channel = Telegram("supergroup", "administrator");
const BASIC: Channel = Telegram("group", "member");

type Row = (&'static str, &'static str, u64, Channel);

const ROWS: [Row; 51] = [
    ("VIP Customers Singapore", "ACTIVE", 8, WhatsApp),
    ("客户支持群", "ACTIVE", 7, WhatsApp),
    ("Pelanggan Setia Jakarta", "ACTIVE", 6, WhatsApp),
    ("خدمة العملاء", "ACTIVE", 5, WhatsApp),
    ("🚚 Delivery updates", "ACTIVE", 8, WhatsApp),
    ("Order desk", "INACTIVE", 0, WhatsApp),
    ("新品发布 2026", "CREATING", 0, WhatsApp),
    ("Komunitas Reseller Surabaya", "ACTIVE", 142, SUPERGROUP),
    ("متجر دبي", "ACTIVE", 4, WhatsApp),
    ("Beta testers 🧪", "ACTIVE", 8, WhatsApp),
    ("Launch announcements", "ACTIVE", 1893, SUPERGROUP),
    ("售后服务（华东）", "SUSPENDED", 5, WhatsApp),
    ("Tim Gudang Bandung", "ACTIVE", 3, WhatsApp),
    ("Wholesale partners", "UPDATING", 7, WhatsApp),
    ("عروض رمضان ٢٠٢٦", "ACTIVE", 8, WhatsApp),
    ("👩‍👩‍👧 Family plan", "ACTIVE", 2, WhatsApp),
    ("Flash sale alerts ⚡", "DELETING", 1, WhatsApp),
    ("香港門市公告", "ACTIVE", 6, WhatsApp),
    ("Dukungan Teknis", "ACTIVE", 35, BASIC),
    ("Night shift operations", "ACTIVE", 8, WhatsApp),
    ("会员俱乐部", "ACTIVE", 8, WhatsApp),
    ("Arisan Ibu-Ibu Menteng", "ACTIVE", 8, WhatsApp),
    ("Invoices & billing, \"Q3\"", "ACTIVE", 4, WhatsApp),
    ("الشحن والتوصيل", "INACTIVE", 0, WhatsApp),
    ("Café Olé: sucursal norte", "ACTIVE", 5, WhatsApp),
    ("订单通知（自动）", "ACTIVE", 2, WhatsApp),
    ("Promo Akhir Tahun 🎉", "ACTIVE", 8, WhatsApp),
    ("Kunden Österreich", "ACTIVE", 6, WhatsApp),
    ("งานบริการลูกค้า", "ACTIVE", 4, WhatsApp),
    ("हेल्पडेस्क मुंबई", "ACTIVE", 7, WhatsApp),
    (
        "Totally fine\u{1b}[2J\u{1b}[31m name",
        "SUSPENDED",
        1,
        WhatsApp,
    ),
    ("gnp.\u{202e}txt reversed", "SUSPENDED", 1, WhatsApp),
    (
        "=HYPERLINK(\"http://example.invalid\")",
        "SUSPENDED",
        2,
        WhatsApp,
    ),
    ("Line one\nLine two", "ACTIVE", 3, WhatsApp),
    ("物流跟踪 📦", "ACTIVE", 8, WhatsApp),
    ("Agen Properti Bali", "UPDATING", 5, WhatsApp),
    ("نادي المشجعين ⚽", "ACTIVE", 210, SUPERGROUP),
    ("Warranty claims", "ACTIVE", 2, WhatsApp),
    ("Distributor Sumatra", "ACTIVE", 8, WhatsApp),
    ("技术交流", "ACTIVE", 512, SUPERGROUP),
    ("שירות לקוחות", "ACTIVE", 3, WhatsApp),
    ("Store managers EMEA", "ACTIVE", 8, WhatsApp),
    ("Siaran Harga Harian", "ACTIVE", 77, BASIC),
    ("春节活动筹备", "CREATING", 0, WhatsApp),
    (
        "Returns and refunds with a name long enough to need an ellipsis on most screens",
        "ACTIVE",
        6,
        WhatsApp,
    ),
    ("Отдел продаж", "ACTIVE", 4, WhatsApp),
    ("Langganan Premium ⭐⭐⭐", "ACTIVE", 8, WhatsApp),
    ("التقنية والدعم", "DELETING", 0, WhatsApp),
    ("高级会员服务", "ACTIVE", 8, WhatsApp),
    ("Pilot: field engineers", "INACTIVE", 0, WhatsApp),
    ("None", "ACTIVE", 1, WhatsApp),
];

/// 2026-06-01T08:00:00Z in milliseconds; later groups changed later.
const FIRST_CHANGE: u64 = 1_780_300_800_000;

/// Returns the status of the demo group at this place.
pub(super) fn status(at: u64) -> &'static str {
    let row = usize::try_from(at % ROWS.len() as u64).unwrap_or(0);
    ROWS[row].1
}

/// Returns the demo group at this place. After the written ones they come
/// again under other ids and numbered names.
pub(super) fn group(at: u64, number: &str) -> Box<RawValue> {
    let rows = ROWS.len() as u64;
    let (round, row) = (at / rows, usize::try_from(at % rows).unwrap_or(0));
    let (subject, status, participants, channel) = ROWS[row];
    let subject = match round {
        0 => subject.to_owned(),
        _ => format!("{subject} #{}", round + 1),
    };
    let changed = FIRST_CHANGE + at * 3_725_000;
    let group = match channel {
        WhatsApp => {
            let id = format!("1203630{:011}", 25_246_100_000 + at);
            // A group that is not made yet has no link, and most have no picture.
            let invite = (status != "CREATING")
                .then(|| format!("https://chat.whatsapp.com/Sandbox{at:014}"));
            let picture = (at.is_multiple_of(4))
                .then(|| format!("https://sandbox.invalid/pictures/{id}.jpg"));
            json!({
                "GroupId": id,
                "Subject": subject,
                "Description": (at % 3 != 2).then(|| format!("Demo group {}", at + 1)),
                "GroupStatus": status,
                "BusinessNumber": number,
                "InviteLink": invite,
                "ProfilePictureFile": picture,
                "TotalParticipantCount": participants,
                "GmtModifier": changed,
            })
        }
        Telegram(group_type, role) => json!({
            "GroupId": format!("-100{}", 2_100_000_000 + at),
            "Subject": subject,
            "Description": format!("Demo group {}", at + 1),
            "GroupStatus": status,
            "BusinessNumber": number,
            "GroupLink": format!("https://t.me/sandbox_demo_{}", at + 1),
            "TotalParticipantCount": participants,
            "GroupType": group_type,
            "BusinessRole": role,
            "GmtModifier": changed,
        }),
    };
    to_raw_value(&group).unwrap_or_default()
}

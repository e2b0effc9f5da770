use super::*;

fn parse(text: &str) -> Result<ConfigFile, ConfigError> {
    ConfigFile::parse(Path::new("c.toml"), text.as_bytes())
}

fn error(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
fn profiles_come_in_the_files_order_with_their_lines() {
    let file = parse(
        "default_profile = \"prod\"\n\n[profiles.prod]\nregion = \"x\"\npage_size = 50\ntimeout = 5\n\n[profiles.dev]\ntimeout = \"2s\"\n",
    )
    .unwrap();
    assert_eq!(file.default_profile.as_ref().unwrap().line, 1);
    let names: Vec<_> = file.profiles.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["prod", "dev"]);
    let prod = file.profile("prod").unwrap();
    assert_eq!(prod.region.as_ref().unwrap().line, 4);
    assert_eq!(prod.page_size.as_ref().unwrap().value, "50");
    assert_eq!(prod.timeout.as_ref().unwrap().value, "5");
}

#[test]
fn unknown_keys_name_file_line_key_and_the_nearest() {
    let text = error("[profiles.p]\n\nacess_key_id = \"x\"\n");
    assert_eq!(text, "c.toml:3: unknown key `acess_key_id`");
    let text = error("profile = 1");
    assert_eq!(text, "c.toml:1: unknown key `profile`");
}

#[test]
fn wrong_types_name_file_line_key_and_what_is_wanted() {
    assert_eq!(
        error("[profiles.p]\nregion = 5"),
        "c.toml:2: `region` must be text in quotes, not integer"
    );
    assert_eq!(
        error("[profiles.p]\npage_size = \"20\""),
        "c.toml:2: `page_size` must be a whole number, not string"
    );
    assert_eq!(
        error("profiles = 1"),
        "c.toml:1: `profiles` must be a table, not integer"
    );
    assert_eq!(
        error("[profiles]\np = 1"),
        "c.toml:2: `profiles.p` must be a table, not integer"
    );
}

#[test]
fn a_mistake_never_shows_the_value_beside_it() {
    for line in [
        "access_key_secret = testAccessKeySecret",
        "access_key_secret = \"testAccessKeySecret",
        "access_key_secret = 'testAccessKeySecret\"",
        "access_key_secret = \"testAccessKeySecret\" x",
        "access_key_secret = [\"testAccessKeySecret\"]",
        "access_key_secret: testAccessKeySecret",
        "access_key_secret = \"\\testAccessKeySecret\"",
        "access_key_secret = \"a\\qtestAccessKeySecret\"",
        "access_key_secret = \"a\"\naccess_key_secret = \"testAccessKeySecret\"",
        "access_key_secret \"testAccessKeySecret\"",
    ] {
        let text = format!("[profiles.p]\n{line}\n");
        let Err(shown) = parse(&text) else { continue };
        let shown = format!("{shown} {shown:?}");
        assert!(!shown.contains("testAccessKeySecret"), "{line}: {shown}");
        assert!(shown.contains("c.toml:"), "{shown}");
    }
}

#[test]
fn an_empty_or_binary_file_is_an_error() {
    for text in ["", "# nothing\n", "default_profile = \"x\"", "[profiles]"] {
        assert_eq!(error(text), "c.toml:1: no profile in it", "{text:?}");
    }
    let binary = ConfigFile::parse(Path::new("c.toml"), b"a = 1\n\xff\xfe\x00");
    assert_eq!(
        binary.unwrap_err().to_string(),
        "c.toml:2: not text in UTF-8"
    );
}

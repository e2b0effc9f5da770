//! The three parts of an access key: all that belong together, or none.

use super::error::Broken;
use crate::config::env_vars;
use crate::secret::{AccessKey, Secret};
use crate::world::Env;

/// How the ids of temporary keys begin.
pub(super) const TEMPORARY: &str = "STS.";

/// Puts a key together; `None` where nothing of it is there. `names` are those
/// of id, secret and token. An empty part counts as missing.
pub(super) fn whole(
    names: [&'static str; 3],
    id: Option<String>,
    secret: Option<Secret>,
    token: Option<Secret>,
) -> Result<Option<AccessKey>, Broken> {
    let [id_name, secret_name, token_name] = names;
    let half = |present, missing| Err(Broken::Half { present, missing });
    let id = id.filter(|it| !it.is_empty());
    let secret = secret.filter(|it| !it.expose().is_empty());
    let token = token.filter(|it| !it.expose().is_empty());
    let (id, secret) = match (id, secret) {
        (Some(id), Some(secret)) => (id, secret),
        (Some(_), None) => return half(id_name, secret_name),
        (None, Some(_)) => return half(secret_name, id_name),
        (None, None) if token.is_some() => return half(token_name, id_name),
        (None, None) => return Ok(None),
    };
    if id.starts_with(TEMPORARY) && token.is_none() {
        return Err(Broken::NoToken {
            id: id_name,
            token: token_name,
        });
    }
    let texts = [
        (id_name, Some(id.as_str())),
        (secret_name, Some(secret.expose())),
        (token_name, token.as_ref().map(Secret::expose)),
    ];
    for (part, text) in texts {
        if let Some(fault) = text.and_then(fault) {
            return Err(Broken::Malformed { part, fault });
        }
    }
    Ok(Some(AccessKey { id, secret, token }))
}

/// Returns the environment's key.
pub(super) fn of_environment(env: &Env) -> Result<Option<AccessKey>, Broken> {
    let secret = |name| env.text(name).map(Secret::new);
    whole(
        [
            env_vars::ACCESS_KEY_ID,
            env_vars::ACCESS_KEY_SECRET,
            env_vars::SECURITY_TOKEN,
        ],
        env.text(env_vars::ACCESS_KEY_ID),
        secret(env_vars::ACCESS_KEY_SECRET),
        secret(env_vars::SECURITY_TOKEN),
    )
}

/// Says what makes a text no part of a key. A key pasted with a line break is
/// the commonest reason of a refused signature, and the API cannot say so.
fn fault(text: &str) -> Option<&'static str> {
    if text.trim() != text {
        Some("begins or ends with a blank or a line break")
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Some("holds a blank or a character that no key has")
    } else {
        None
    }
}

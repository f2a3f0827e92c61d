//! The style sheet and the script: our own, small, under names that change with them.

use crate::http::{Context, Fault, Reply};
use axum::http::header;

/// A file every page uses.
pub(crate) struct Asset {
    stem: &'static str,
    ending: &'static str,
    kind: &'static str,
    content: &'static str,
}

pub(crate) static STYLE: Asset = Asset {
    stem: "desk",
    ending: "css",
    kind: "text/css; charset=utf-8",
    content: include_str!("desk.css"),
};

pub(crate) static SCRIPT: Asset = Asset {
    stem: "desk",
    ending: "js",
    kind: "text/javascript; charset=utf-8",
    content: include_str!("desk.js"),
};

impl Asset {
    fn name(&self) -> String {
        format!("{}-{:016x}.{}", self.stem, fingerprint(self.content), self.ending)
    }

    /// Where pages find it.
    pub(crate) fn path(&self) -> String {
        format!("/assets/{}", self.name())
    }
}

/// FNV-1a: tells versions apart, nothing more.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Serves one, to be kept for a year: another version has another name.
pub(crate) async fn get(context: Context) -> Result<Reply, Fault> {
    let name = context.parameter("name");
    let asset = [&STYLE, &SCRIPT].into_iter().find(|asset| asset.name() == name);
    let asset = asset.ok_or(Fault::NotThere)?;
    Ok(Reply::content(asset.kind, asset.content)
        .with(header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
}

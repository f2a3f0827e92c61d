//! What the commands about carrying deals out share.

pub(crate) mod input;
pub(crate) mod json;
pub(crate) mod report;
pub(crate) mod text;
pub(crate) mod words;

//! What the commands about carrying a deal out share.

pub(crate) mod input;
pub(crate) mod json;

//! The pages, drawn on the server; each answers one question, which is its title.

pub(crate) mod assets;
pub(crate) mod desk;
pub(crate) mod door;
mod shell;
pub(crate) mod talks;
mod trouble;

pub(crate) use shell::{Audience, Shell};
pub(crate) use trouble::fault;

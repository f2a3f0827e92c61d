//! The pages, drawn on the server; each answers one question, which is its title.

pub(crate) mod assets;
mod chart;
pub(crate) mod convey;
pub(crate) mod desk;
pub(crate) mod door;
pub(crate) mod people;
pub(crate) mod preparation;
pub(crate) mod proposals;
pub(crate) mod questions;
pub(crate) mod record;
pub(crate) mod room;
mod shell;
mod show;
pub(crate) mod talks;
pub(crate) mod text;
mod trouble;
pub(crate) mod workbench;

pub(crate) use shell::{Audience, Shell};
pub(crate) use show::principal_kind;
pub(crate) use trouble::fault;

//! Tests of the whole server, through the same gate as a browser, without a network.

mod carry;
mod confidentiality;
mod fuzz;
mod house;
pub(crate) mod planted;
mod routes;
mod seizure;
mod stream;
mod timing;

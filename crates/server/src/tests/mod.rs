//! Tests of the whole server, through the same gate as a browser, without a network.

mod confidentiality;
mod house;
mod routes;
mod seizure;
mod timing;

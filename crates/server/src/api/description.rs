//! The OpenAPI document, made from the table of routes.

use crate::http::{Door, ROUTES};
use serde_json::{Map, Value, json};

/// What each route of the interface is for.
fn summary(path: &str, method: &str) -> &'static str {
    match (method, path) {
        ("POST", "/api/v1/sessions") => {
            "Open a session by one-time link ({\"link\": …}) or by name and password"
        }
        ("DELETE", "/api/v1/session") => "End this session",
        ("GET", "/api/v1/talks") => "The talks you have a seat in",
        ("POST", "/api/v1/talks") => {
            "Begin talks: title, lead, parties, mediators with whom they reach, issues"
        }
        ("GET", "/api/v1/talks/{talks}") => "All that you may see of these talks",
        ("POST", "/api/v1/talks/{talks}/commands") => {
            "Carry out a command; with an Idempotency-Key the same request counts once"
        }
        ("POST", "/api/v1/talks/{talks}/preview") => {
            "What each audience would receive if the command were carried out"
        }
        ("POST", "/api/v1/talks/{talks}/people/{member}/link") => {
            "A one-time link for someone of your side, or who has never come in"
        }
        ("GET", "/api/v1/talks/{talks}/workbench") => {
            "For a mediator: what is possible on what the sides told it, and how sure that is"
        }
        ("GET", "/api/v1/talks/{talks}/events") => {
            "Server-sent events: `room` (what is new in a room) and `table`"
        }
        ("GET", "/api/v1/openapi.json") => "This document",
        _ => "",
    }
}

/// The document.
pub(super) fn document() -> Value {
    let mut paths = Map::new();
    for route in ROUTES.iter().filter(|route| route.is_api()) {
        let method = route.method.name();
        let names = route.path.split('/').filter_map(|p| p.strip_prefix('{')?.strip_suffix('}'));
        let parameters: Vec<_> = names
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "pattern": "^[0-9a-f]{32}$" } }))
            .collect();
        let open = matches!(route.door, Door::Public | Door::Attempt);
        let mut operation = json!({
            "summary": summary(route.path, method),
            "parameters": parameters,
            "responses": {
                "200": { "description": "done" },
                "401": { "description": "not signed in" },
                "404": { "description": "there is nothing here for you: it does not exist, or is not yours" },
                "409": { "description": "refused; nothing changed" },
                "413": { "description": "the body is too large; nothing changed" },
                "422": { "description": "the body is not usable; nothing changed" },
                "429": { "description": "too many attempts" },
            },
            "security": if open { json!([]) } else { json!([{ "session": [] }]) },
        });
        if method == "POST" {
            operation["requestBody"] =
                json!({ "required": true, "content": { "application/json": {} } });
        }
        let entry = paths.entry(route.path).or_insert_with(|| json!({}));
        entry[method.to_lowercase()] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Détente", "version": env!("CARGO_PKG_VERSION") },
        "paths": paths,
        "components": { "securitySchemes": { "session": { "type": "http", "scheme": "bearer" } } },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_described() {
        for route in ROUTES.iter().filter(|route| route.is_api()) {
            let said = summary(route.path, route.method.name());
            assert!(!said.is_empty(), "{} {}", route.method.name(), route.path);
        }
    }
}

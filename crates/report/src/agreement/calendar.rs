//! Coming days as iCalendar (RFC 5545).

use super::tables::asks;
use detente_agreement::Moment;
use detente_agreement::status::Status;
use std::fmt::Write as _;

/// Every day something must be done by, and every running clock.
#[must_use]
pub fn calendar(status: &Status<'_>) -> String {
    let a = status.agreement;
    let mut out = String::new();
    for text in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Detente//agreement//EN", "CALSCALE:GREGORIAN"]
    {
        fold(&mut out, text);
    }
    fold(&mut out, &format!("X-WR-CALNAME:{}", escaped(&a.title)));
    let stamp = status.as_of.strftime("%Y%m%dT000000Z").to_string();
    let mut event = |id: &str, on: Moment, summary: &str, description: &str| {
        fold(&mut out, "BEGIN:VEVENT");
        fold(&mut out, &format!("UID:{}-{}@detente.invalid", escaped(&a.id), escaped(id)));
        fold(&mut out, &format!("DTSTAMP:{stamp}"));
        let next = on.day.tomorrow().unwrap_or(on.day);
        match on.time.and_then(|t| on.day.to_datetime(t).to_zoned(a.zone.clone()).ok()) {
            Some(at) => {
                let utc = at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string();
                fold(&mut out, &format!("DTSTART:{utc}"));
            }
            None => {
                fold(&mut out, &format!("DTSTART;VALUE=DATE:{}", on.day.strftime("%Y%m%d")));
                fold(&mut out, &format!("DTEND;VALUE=DATE:{}", next.strftime("%Y%m%d")));
            }
        }
        fold(&mut out, &format!("SUMMARY:{}", escaped(summary)));
        fold(&mut out, &format!("DESCRIPTION:{}", escaped(description)));
        fold(&mut out, "TRANSP:TRANSPARENT");
        fold(&mut out, "END:VEVENT");
    };
    for (o, s) in a.obligations.iter().zip(&status.obligations) {
        let opening = match s.due.state {
            detente_agreement::due::DueState::NotYet(day) => Some(Moment::on(day)),
            _ => None,
        };
        let Some(on) = s.due.state.by().or(opening) else { continue };
        let what = if opening.is_some() { "opens" } else { "due" };
        let summary = format!("{} {what}: {}", o.id, a.name(&o.bearer));
        event(&o.id, on, &summary, &format!("{}\n{}", asks(o), s.due.state.sentence(a)));
    }
    for d in status.disputes.iter().filter(|d| d.open()) {
        if let Some((running, _)) = d.taken.last() {
            let id = format!("dispute-{}", d.dispute.id);
            let summary = format!("{}: the clock of {} runs out", d.dispute.id, running.step.forum);
            event(&id, running.until, &summary, &d.sentence(a, status.as_of));
        }
    }
    fold(&mut out, "END:VCALENDAR");
    out
}

/// A text value: backslash, semicolon, comma and line breaks escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A content line, folded so that no line is over 75 octets.
fn fold(out: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > 75 {
            let _ = write!(out, "\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_at_75_octets_between_characters() {
        let mut out = String::new();
        fold(&mut out, &format!("SUMMARY:{}", "é".repeat(60)));
        assert!(out.split("\r\n").all(|l| l.len() <= 75));
        let unfolded = out.replace("\r\n ", "");
        assert_eq!(unfolded, format!("SUMMARY:{}\r\n", "é".repeat(60)));
        assert_eq!(escaped("a;b,c\\d\ne"), "a\\;b\\,c\\\\d\\ne");
    }
}

//! Frontiers of two parties made of straight pieces, and their union.

use super::Q;
use num_traits::Zero;
use std::cmp::Ordering;

/// A point of a polyline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Corner {
    /// The two utilities.
    pub u: [Q; 2],
    /// How far along its own polyline: corner index, plus the fraction of the
    /// way to the next.
    pub at: Q,
}

/// A straight piece of a frontier, the first utility ascending and the second
/// descending; a single point when both ends are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Which polyline it is a piece of.
    pub part: usize,
    pub from: Corner,
    pub to: Corner,
}

impl Piece {
    fn is_point(&self) -> bool {
        self.from.u[0] == self.to.u[0]
    }

    /// The point a fraction `t` of the way.
    pub(crate) fn point(&self, t: &Q) -> Corner {
        let mix = |a: &Q, b: &Q| a + (b - a) * t;
        Corner {
            u: [mix(&self.from.u[0], &self.to.u[0]), mix(&self.from.u[1], &self.to.u[1])],
            at: mix(&self.from.at, &self.to.at),
        }
    }

    /// The point where utility `side` is `value`, which lies within the piece.
    fn where_is(&self, side: usize, value: &Q) -> Corner {
        let width = &self.to.u[side] - &self.from.u[side];
        if width.is_zero() {
            return self.from.clone();
        }
        self.point(&((value - &self.from.u[side]) / width))
    }

    fn between(&self, low: &Q, high: &Q) -> Self {
        Self { part: self.part, from: self.where_is(0, low), to: self.where_is(0, high) }
    }
}

/// The pieces of a polyline given by its corners: first utility ascending, second
/// descending, strictly, and concave.
pub(crate) fn polyline(part: usize, corners: Vec<Corner>) -> Vec<Piece> {
    if let [only] = corners.as_slice() {
        return vec![Piece { part, from: only.clone(), to: only.clone() }];
    }
    corners.windows(2).map(|w| Piece { part, from: w[0].clone(), to: w[1].clone() }).collect()
}

/// The part of a frontier where utility `side` is at least (or at most) `bound`.
///
/// With `at_least`, what remains is simply cut off. With at most — a cap —
/// points beyond are worth no more than the bound, so that of those only the
/// one that is best for the other side stays.
pub(crate) fn cut(pieces: Vec<Piece>, side: usize, bound: &Q, at_least: bool) -> Vec<Piece> {
    let mut kept = Vec::new();
    let mut beyond: Option<(usize, Corner)> = None;
    for piece in pieces {
        let (a, b) = (&piece.from.u[side], &piece.to.u[side]);
        let inside = |v: &Q| if at_least { v >= bound } else { v <= bound };
        match (inside(a), inside(b)) {
            (true, true) => kept.push(piece),
            (false, false) => {
                if !at_least {
                    let other = |c: &Corner| c.u[1 - side].clone();
                    for corner in [piece.from, piece.to] {
                        if beyond.as_ref().is_none_or(|(_, best)| other(&corner) > other(best)) {
                            beyond = Some((piece.part, corner));
                        }
                    }
                }
            }
            (true, false) => {
                let end = piece.where_is(side, bound);
                kept.push(Piece { to: end, ..piece });
            }
            (false, true) => {
                let start = piece.where_is(side, bound);
                kept.push(Piece { from: start, ..piece });
            }
        }
    }
    if let (true, Some((part, mut corner))) = (kept.is_empty(), beyond) {
        corner.u[side] = bound.clone();
        kept.push(Piece { part, from: corner.clone(), to: corner });
    }
    kept
}

/// What a frontier offers the second side between two neighbouring values of the first.
enum Offer<'a> {
    /// A piece covers the interval.
    Piece(&'a Piece),
    /// Nothing there, but a point further right gives this much.
    Level(&'a Q),
    /// Nothing there nor further right.
    Nothing,
}

struct Walk<'a> {
    pieces: &'a [Piece],
    next: usize,
}

impl<'a> Walk<'a> {
    /// The offer on the open interval that starts at `low`; calls ascend.
    fn after(&mut self, low: &Q) -> Offer<'a> {
        while self.pieces.get(self.next).is_some_and(|p| &p.to.u[0] <= low) {
            self.next += 1;
        }
        match self.pieces.get(self.next) {
            Some(piece) if &piece.from.u[0] <= low => Offer::Piece(piece),
            Some(piece) => Offer::Level(&piece.from.u[1]),
            None => Offer::Nothing,
        }
    }
}

/// The most the second side gets at `x` or further right.
fn best_from<'a>(pieces: &'a [Piece], x: &Q) -> Option<Q> {
    let index = pieces.partition_point(|p| &p.to.u[0] < x);
    let piece: &'a Piece = pieces.get(index)?;
    if &piece.from.u[0] >= x {
        return Some(piece.from.u[1].clone());
    }
    Some(piece.where_is(0, x).u[1].clone())
}

/// The frontier of the union of two sets given by their frontiers. Where they
/// coincide the first is kept.
fn merge(a: &[Piece], b: &[Piece]) -> Vec<Piece> {
    let mut xs: Vec<&Q> = a.iter().chain(b).flat_map(|p| [&p.from.u[0], &p.to.u[0]]).collect();
    xs.sort();
    xs.dedup();
    let mut found: Vec<Piece> = Vec::new();
    for window in xs.windows(2) {
        let (low, high) = (window[0], window[1]);
        let mut left = Walk { pieces: a, next: a.partition_point(|p| &p.to.u[0] <= low) };
        let mut right = Walk { pieces: b, next: b.partition_point(|p| &p.to.u[0] <= low) };
        match (left.after(low), right.after(low)) {
            (Offer::Piece(p), Offer::Piece(q)) => both(p, q, low, high, &mut found),
            (Offer::Piece(p), Offer::Level(y)) | (Offer::Level(y), Offer::Piece(p)) => {
                above(p, y, low, high, &mut found);
            }
            (Offer::Piece(p), Offer::Nothing) | (Offer::Nothing, Offer::Piece(p)) => {
                found.push(p.between(low, high));
            }
            _ => {}
        }
    }
    for (own, other, first) in [(a, b, true), (b, a, false)] {
        for point in own.iter().filter(|p| p.is_point()) {
            let [x, y] = &point.from.u;
            let rival = best_from(other, x);
            let twin = || other.iter().any(|p| p.is_point() && p.from.u == point.from.u);
            let stays = match rival.as_ref().map(|r| r.cmp(y)) {
                None | Some(Ordering::Less) => true,
                Some(Ordering::Equal) => first && twin(),
                Some(Ordering::Greater) => false,
            };
            if stays {
                found.push(point.clone());
            }
        }
    }
    found.sort_by(|p, q| p.from.u[0].cmp(&q.from.u[0]).then_with(|| p.to.u[0].cmp(&q.to.u[0])));
    join(found)
}

/// Two pieces over the same interval: the higher one, changing where they cross.
fn both(p: &Piece, q: &Piece, low: &Q, high: &Q, found: &mut Vec<Piece>) {
    let (p, q) = (p.between(low, high), q.between(low, high));
    let start = &p.from.u[1] - &q.from.u[1];
    let end = &p.to.u[1] - &q.to.u[1];
    let zero = Q::zero();
    if start >= zero && end >= zero {
        found.push(p);
    } else if start <= zero && end <= zero {
        found.push(q);
    } else {
        let t = &start / (&start - &end);
        let (first, second) = if start > zero { (p, q) } else { (q, p) };
        let (middle, onward) = (first.point(&t), second.point(&t));
        found.push(Piece { to: middle, ..first });
        found.push(Piece { from: onward, ..second });
    }
}

/// A piece beside a level: what of it is above.
fn above(p: &Piece, level: &Q, low: &Q, high: &Q, found: &mut Vec<Piece>) {
    let p = p.between(low, high);
    if &p.from.u[1] <= level {
        return;
    }
    if &p.to.u[1] >= level {
        found.push(p);
    } else {
        let end = p.where_is(1, level);
        found.push(Piece { to: end, ..p });
    }
}

/// Joins neighbours that are one straight piece of one polyline.
fn join(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        if let Some(last) = joined.last_mut()
            && last.part == piece.part
            && last.to == piece.from
            && !last.is_point()
            && !piece.is_point()
        {
            let rise = |p: &Piece, s: usize| &p.to.u[s] - &p.from.u[s];
            let along = |p: &Piece| &p.to.at - &p.from.at;
            // The position, too, must go on evenly: issues of the same ratio
            // of worths make one straight line but are given one by one.
            if rise(last, 0) * rise(&piece, 1) == rise(last, 1) * rise(&piece, 0)
                && rise(last, 0) * along(&piece) == rise(&piece, 0) * along(last)
            {
                last.to = piece.to;
                continue;
            }
        }
        joined.push(piece);
    }
    joined
}

/// The frontier of the union of many; `None` when `stop` said so.
pub(crate) fn union(mut frontiers: Vec<Vec<Piece>>, stop: &dyn Fn() -> bool) -> Option<Vec<Piece>> {
    while frontiers.len() > 1 {
        let mut next = Vec::with_capacity(frontiers.len().div_ceil(2));
        for pair in frontiers.chunks(2) {
            if stop() {
                return None;
            }
            next.push(match pair {
                [a, b] => merge(a, b),
                [a] => a.clone(),
                _ => Vec::new(),
            });
        }
        frontiers = next;
    }
    Some(frontiers.pop().unwrap_or_default())
}

//! The thread that writes: whatever arrives while the disk is busy shares the
//! next commit.

use super::ends::{End, Ends, lock};
use super::{Append, Batch, StoreError, find_receipt};
use crate::store::Id;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::collections::HashMap;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Batches that share one commit at most.
const GROUP_MAX: usize = 2048;
/// After a commit that so many shared, others are on their way: the next
/// commit begins no sooner than [`GATHER`] after that one did, so that more
/// share it (as PostgreSQL's `commit_siblings` and `commit_delay` do). Where
/// the disk takes longer than that, nobody waits.
const SIBLINGS: usize = 4;
const GATHER: Duration = Duration::from_millis(2);

/// A batch, and who waits for it.
pub(super) type Work = (Batch, oneshot::Sender<Result<(), StoreError>>);

/// Writes until nobody can send any more.
pub(super) fn run(mut connection: Connection, ends: &Arc<Ends>, work: &mpsc::Receiver<Work>) {
    let (mut began, mut shared) = (Instant::now(), 0);
    while let Ok(first) = work.recv() {
        if shared >= SIBLINGS {
            std::thread::sleep(GATHER.saturating_sub(began.elapsed()));
        }
        began = Instant::now();
        let mut group = vec![first];
        while group.len() < GROUP_MAX {
            match work.try_recv() {
                Ok(more) => group.push(more),
                Err(_) => break,
            }
        }
        shared = group.len();
        let outcomes = write_group(&mut connection, ends, &group);
        for ((_, reply), outcome) in group.into_iter().zip(outcomes) {
            // Nobody waiting is no reason to undo what is on disk.
            let _ = reply.send(outcome);
        }
    }
}

/// Writes a group; a refused or failing batch leaves the others alone.
pub(super) fn write_group(
    connection: &mut Connection,
    ends: &Ends,
    group: &[Work],
) -> Vec<Result<(), StoreError>> {
    match write_together(connection, ends, group) {
        Ok(outcomes) => outcomes,
        // Nothing of it was kept. It may be the fault of one: each by itself.
        Err(_) if group.len() > 1 => {
            group.chunks(1).flat_map(|one| write_group(connection, ends, one)).collect()
        }
        Err(error) => vec![Err(error)],
    }
}

/// Writes a group in one transaction: but for refused batches all of it, or nothing.
fn write_together(
    connection: &mut Connection,
    ends: &Ends,
    group: &[Work],
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    let _writing = lock(&ends.writing);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut grown = Grown { ends, new: HashMap::new() };
    let mut outcomes = Vec::with_capacity(group.len());
    for (batch, _) in group {
        let outcome = refusal(&transaction, &grown, batch);
        match outcome {
            Ok(()) => write(&transaction, &mut grown, batch)?,
            Err(StoreError::Full | StoreError::Failed(_)) => outcome.clone()?,
            Err(StoreError::Conflict | StoreError::Repeated(_)) => {}
        }
        outcomes.push(outcome);
    }
    transaction.commit()?;
    ends.extend(grown.new);
    Ok(outcomes)
}

/// The ends of logs with what a transaction adds to them.
struct Grown<'a> {
    ends: &'a Ends,
    new: HashMap<Id, End>,
}

impl Grown<'_> {
    fn of(&self, talks: &Id) -> Option<End> {
        self.new.get(talks).copied().or_else(|| self.ends.of(talks))
    }
}

/// Why a batch does not fit what is there.
fn refusal(
    transaction: &Transaction<'_>,
    grown: &Grown<'_>,
    batch: &Batch,
) -> Result<(), StoreError> {
    if let Some(append) = &batch.append {
        if let Some(receipt) = &append.receipt
            && let Some(earlier) = find_receipt(transaction, append.talks, &receipt.key)?
        {
            return Err(StoreError::Repeated(Box::new(earlier)));
        }
        if grown.of(&append.talks).map_or(0, |end| end.length) != append.after {
            return Err(StoreError::Conflict);
        }
    }
    for put in batch.puts.iter().filter(|put| put.must_exist) {
        let there = transaction
            .prepare_cached("SELECT 1 FROM records WHERE drawer = ?1 AND key = ?2")?
            .exists(params![put.drawer as u8, put.key])?;
        if !there {
            return Err(StoreError::Conflict);
        }
    }
    Ok(())
}

fn write(connection: &Connection, grown: &mut Grown<'_>, batch: &Batch) -> Result<(), StoreError> {
    if let Some(append) = &batch.append {
        write_events(connection, grown, append)?;
    }
    for put in &batch.puts {
        match &put.value {
            Some(value) => connection
                .prepare_cached("INSERT OR REPLACE INTO records VALUES (?1, ?2, ?3)")?
                .execute(params![put.drawer as u8, put.key, value])?,
            None => connection
                .prepare_cached("DELETE FROM records WHERE drawer = ?1 AND key = ?2")?
                .execute(params![put.drawer as u8, put.key])?,
        };
    }
    Ok(())
}

fn write_events(
    connection: &Connection,
    grown: &mut Grown<'_>,
    append: &Append,
) -> Result<(), StoreError> {
    let mut end = grown.of(&append.talks);
    for event in &append.events {
        let length = end.map_or(0, |end| end.length);
        let seq = i64::try_from(length).map_err(|_| StoreError::Failed("log too long".into()))?;
        let sealed = &event.sealed;
        let place = connection
            .prepare_cached(
                "INSERT INTO events (talks, seq, before, skeleton, room, sealed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .insert(params![
                append.talks,
                seq,
                end.map(|end| end.place),
                event.skeleton,
                sealed.room,
                sealed.bytes
            ])?;
        end = Some(End { place, length: length + 1 });
    }
    grown.new.extend(end.map(|end| (append.talks, end)));
    if let Some(receipt) = &append.receipt {
        connection
            .prepare_cached("INSERT INTO receipts VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![append.talks, receipt.key, receipt.request, receipt.answer])?;
    }
    Ok(())
}

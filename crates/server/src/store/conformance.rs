//! The test every engine must pass.

use super::{Append, Batch, Drawer, EventStore, Put, Receipt, Sealed, StoreError, StoredEvent};

/// Opens the engine several times over the same place and checks its promises.
///
/// # Panics
/// When the engine breaks one.
pub fn conformance(open: &dyn Fn() -> Box<dyn EventStore>) {
    let store = open();
    order_and_conflicts(&*store);
    requests_happen_once(&*store);
    all_or_nothing(&*store);
    concurrent_writers(&*store);
    let before: Vec<_> = [[1; 16], [2; 16]].iter().map(|t| store.read(*t, 0)).collect();
    drop(store);
    let store = open();
    let after: Vec<_> = [[1; 16], [2; 16]].iter().map(|t| store.read(*t, 0)).collect();
    assert_eq!(before, after, "opened again, the store holds the same");
    forgetting(&*store);
}

fn event(name: u8) -> StoredEvent {
    StoredEvent {
        skeleton: vec![name],
        sealed: Sealed { room: [name; 16], bytes: vec![name; usize::from(name)] },
    }
}

fn append(talks: u8, after: u64, names: &[u8]) -> Append {
    let events = names.iter().copied().map(event).collect();
    Append { talks: [talks; 16], after, events, receipt: None }
}

fn commit(store: &dyn EventStore, append: Append, puts: Vec<Put>) -> Result<(), StoreError> {
    let durable = store.commit(Batch { append: Some(append), puts });
    durable.blocking_recv().expect("the store answers")
}

fn order_and_conflicts(store: &dyn EventStore) {
    assert_eq!(commit(store, append(1, 0, &[1, 2]), vec![]), Ok(()));
    assert_eq!(commit(store, append(1, 2, &[3]), vec![]), Ok(()));
    for wrong in [0, 2, 4] {
        let refused = commit(store, append(1, wrong, &[9]), vec![]);
        assert_eq!(refused, Err(StoreError::Conflict), "appending after {wrong} of 3");
    }
    assert_eq!(store.read([1; 16], 0), Ok(vec![event(1), event(2), event(3)]));
    assert_eq!(store.read([1; 16], 2), Ok(vec![event(3)]));
    assert_eq!(store.read([1; 16], 3), Ok(vec![]));
    assert_eq!(store.read([7; 16], 0), Ok(vec![]), "a log that does not exist is empty");
}

fn requests_happen_once(store: &dyn EventStore) {
    let receipt = Receipt { key: [5; 32], request: [6; 32], answer: b"done".to_vec() };
    let request = Append { receipt: Some(receipt.clone()), ..append(1, 3, &[4]) };
    assert_eq!(commit(store, request.clone(), vec![]), Ok(()));
    let again = Append { after: 4, ..request.clone() };
    for repeated in [request, again] {
        let expected = Err(StoreError::Repeated(Box::new(receipt.clone())));
        assert_eq!(commit(store, repeated, vec![]), expected);
    }
    assert_eq!(store.receipt([1; 16], &[5; 32]), Ok(Some(receipt)));
    assert_eq!(store.receipt([2; 16], &[5; 32]), Ok(None), "receipts belong to one talks");
    assert_eq!(store.read([1; 16], 3), Ok(vec![event(4)]));
}

fn all_or_nothing(store: &dyn EventStore) {
    let put = |key: u8, value: Option<u8>, must_exist| Put {
        drawer: Drawer::Links,
        key: vec![key],
        value: value.map(|v| vec![v]),
        must_exist,
    };
    let first = vec![put(1, Some(1), false), put(2, Some(2), false)];
    assert_eq!(commit(store, append(2, 0, &[1]), first), Ok(()));
    let use_link = || vec![put(3, Some(3), false), put(1, None, true)];
    assert_eq!(commit(store, append(2, 1, &[2]), use_link()), Ok(()));
    let again = commit(store, append(2, 2, &[3]), use_link());
    assert_eq!(again, Err(StoreError::Conflict), "a one-time record is used once");
    assert_eq!(store.read([2; 16], 0), Ok(vec![event(1), event(2)]));
    let records = store.records(Drawer::Links);
    assert_eq!(records, Ok(vec![(vec![2], vec![2]), (vec![3], vec![3])]));
    assert_eq!(store.records(Drawer::Sessions), Ok(vec![]));
}

/// Many writers to different logs: all kept, each in order.
fn concurrent_writers(store: &dyn EventStore) {
    std::thread::scope(|scope| {
        for writer in 100..110_u8 {
            scope.spawn(move || {
                for at in 0..20_u8 {
                    let batch = append(writer, u64::from(at), &[at]);
                    assert_eq!(commit(store, batch, vec![]), Ok(()));
                }
            });
        }
    });
    for writer in 100..110_u8 {
        let expected: Vec<_> = (0..20).map(event).collect();
        assert_eq!(store.read([writer; 16], 0), Ok(expected));
    }
    assert_eq!(store.logs().map(|logs| logs.len()), Ok(12));
}

fn forgetting(store: &dyn EventStore) {
    assert_eq!(store.forget([1; 16]), Ok(()));
    assert_eq!(store.read([1; 16], 0), Ok(vec![]));
    assert_eq!(store.receipt([1; 16], &[5; 32]), Ok(None));
    assert_eq!(store.read([2; 16], 0), Ok(vec![event(1), event(2)]), "others are untouched");
    assert_eq!(commit(store, append(1, 4, &[5]), vec![]), Err(StoreError::Conflict));
    assert_eq!(commit(store, append(1, 0, &[6]), vec![]), Ok(()));
    assert_eq!(commit(store, append(2, 2, &[7]), vec![]), Ok(()));
    assert_eq!(store.read([1; 16], 0), Ok(vec![event(6)]), "a new log may take its place");
    assert_eq!(store.read([2; 16], 1), Ok(vec![event(2), event(7)]));
}

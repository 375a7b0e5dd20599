//! Work that every core takes a part of.

/// Fewer items than this for a core are not worth starting it.
const LEAST: usize = 32;

/// Works each item out, in order. A core takes a run of neighbours.
pub fn on_all_cores<Item: Sync, Out: Send>(items: &[Item], work: impl Fn(&Item) -> Out + Sync) -> Vec<Out> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let part = items.len().div_ceil(cores).max(LEAST);
    if items.len() <= part {
        return items.iter().map(work).collect();
    }
    let (first, others) = items.split_at(part);
    std::thread::scope(|scope| {
        let work = &work;
        let others = others.chunks(part).map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<_>>()));
        let others: Vec<_> = others.collect();
        let mut done: Vec<Out> = first.iter().map(work).collect();
        for part in others {
            done.extend(part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stays() {
        for count in [0, 1, 31, 33, 1_000] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(on_all_cores(&items, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
    }
}

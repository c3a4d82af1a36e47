//! Which process stands under which.

use entity::value_chain::ProcessLevel::{self, Macroprocess, Procedure, Process, Subprocess};

/// May a process of this level stand there: under one of the level `above`, or, for none, at the top? A level never changes, so
/// that no chain of processes closes into a ring, on whatever day.
pub fn may_stand(level: ProcessLevel, above: Option<ProcessLevel>) -> bool {
    match level {
        Macroprocess => above.is_none(),
        Process => above == Some(Macroprocess),
        Subprocess => above == Some(Process),
        Procedure => matches!(above, Some(Subprocess | Process)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::organization::rules::cases;

    const LEVELS: [ProcessLevel; 4] = [Macroprocess, Process, Subprocess, Procedure];

    #[test]
    fn levels_nest_strictly() {
        let mut allowed = Vec::new();
        for level in LEVELS {
            for above in [None].into_iter().chain(LEVELS.map(Some)) {
                allowed.extend(may_stand(level, above).then_some((level, above)));
            }
        }
        let expected = [
            (Macroprocess, None),
            (Process, Some(Macroprocess)),
            (Subprocess, Some(Process)),
            (Procedure, Some(Process)),
            (Procedure, Some(Subprocess)),
        ];
        assert_eq!(allowed, expected);
    }

    proptest! {
        #![proptest_config(cases())]

        /// However processes are hung, one at a time and where they may stand: whoever goes upwards arrives.
        #[test]
        fn no_order_of_moves_makes_a_cycle(
            levels in proptest::collection::vec(0..4_usize, 1..12),
            moves in proptest::collection::vec((0..12_usize, 0..12_usize), 0..60),
        ) {
            let mut above: Vec<Option<usize>> = vec![None; levels.len()];
            for (process, parent) in moves {
                let (process, parent) = (process % levels.len(), parent % levels.len());
                if may_stand(LEVELS[levels[process]], Some(LEVELS[levels[parent]])) {
                    above[process] = Some(parent);
                }
            }
            for start in 0..levels.len() {
                let (mut at, mut steps) = (start, 0);
                while let Some(next) = above[at] {
                    (at, steps) = (next, steps + 1);
                    prop_assert!(steps < LEVELS.len(), "from {start} there is no end");
                }
            }
        }
    }
}

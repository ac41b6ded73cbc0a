//! Any record, any writer: the loss report is exact and what was written is a fixpoint.

mod common;

use bibferry::format::Carrier;
use bibferry::formats;
use bibferry::record::Item;
use common::arbitrary::record;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_writer_reports_exactly(record in record()) {
        let items = [Item::Record(Box::new(record))];
        for format in formats::ALL.iter().copied().filter(|format| format.write.is_some()) {
            prop_assert_eq!(common::exactness(&items, format), [""; 0], "{} of {}", format.id, common::dump(&items));
        }
    }

    #[test]
    fn native_carriers_carry_everything(record in record()) {
        let items = [Item::Record(Box::new(record))];
        for format in formats::ALL.iter().copied().filter(|it| it.carrier == Carrier::Native && it.read.is_some()) {
            prop_assert_eq!(common::carrying(&items, format), [""; 0], "{} of {}", format.id, common::dump(&items));
        }
    }
}

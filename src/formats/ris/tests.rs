use super::*;
use crate::mapping::lint;

#[test]
fn the_tables_are_sound() {
    let wrong = lint::lint(&map::MAPPING);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

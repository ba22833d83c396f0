//! Random circuits as programs, compared with enumeration; planes compared with rows, and one thread with several.

use super::{BitplaneError, Bits, Column, MOST_NODES, Program, Values, invariants};
use crate::circuit::tests::{enumerated, recipes};
use crate::circuit::{Budget, Circuit, Mask, Masks, exact};
use crate::id::{GateId, Id, VarId};
use crate::sorted::{SortedMap, SortedSet};
use crate::value::Truth;
use proptest::prelude::*;

/// Returns rows of masks, drawn from a seed; each mask has a possible cell.
fn rows(circuit: &Circuit, count: usize, seed: u128) -> Vec<Masks> {
    let mut state = seed | 1;
    let mut draw = || {
        state = state.wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645).wrapping_add(seed | 5);
        state >> 64
    };
    let mask = |(_, full): (VarId, &Mask), drawn: Mask| if drawn & full == 0 { *full } else { drawn & full };
    (0..count).map(|_| circuit.anything().iter().map(|cells| mask(cells, draw())).collect()).collect()
}

/// Returns rows as columns of masks.
fn columns(rows: &[Masks]) -> Vec<Vec<Mask>> {
    let vars = rows.first().map_or(0, Masks::len);
    (0..vars).map(|var| rows.iter().map(|row| row[VarId::at(var)]).collect()).collect()
}

fn as_possible(columns: &[Vec<Mask>]) -> SortedMap<VarId, Column<'_>> {
    let column = |masks| Column { values: Values::Possible(masks), valid: None, otherwise: Mask::MAX };
    columns.iter().enumerate().map(|(var, masks)| (VarId::at(var), column(masks.as_slice()))).collect()
}

/// Returns the last gates of a circuit.
fn last(circuit: &Circuit, count: usize) -> Vec<GateId> {
    (circuit.len().saturating_sub(count)..circuit.len()).map(GateId::at).collect()
}

/// Returns the values of the rows, after checking that rows and planes give the same.
fn answers(program: &Program, rows: &[Masks]) -> Vec<Vec<Truth>> {
    let columns = columns(rows);
    let verdicts = program.decide(&as_possible(&columns), rows.len(), 1).unwrap();
    let mut answers = Vec::new();
    let mut row = program.row();
    for (at, masks) in rows.iter().enumerate() {
        for (var, mask) in masks.iter() {
            program.set_cells(&mut row, var, *mask);
        }
        let of_row: Vec<Truth> = program.answers(&mut row).collect();
        let of_planes: Vec<Truth> = (0..program.roots()).map(|root| verdicts.truth(root, at)).collect();
        assert_eq!(of_row, of_planes, "row {at}");
        answers.push(of_row);
    }
    answers
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn programs_match_enumeration(recipe in recipes(5, 14), seed in any::<u128>()) {
        let (circuit, root, _) = recipe.cook();
        let mut roots = last(&circuit, 2);
        roots.push(root);
        let program = Program::compile(&circuit, &roots, &circuit.anything(), &SortedSet::new(), MOST_NODES);
        prop_assert_eq!(invariants(&program), Vec::<String>::new());
        let rows = rows(&circuit, 4, seed);
        for (masks, answers) in rows.iter().zip(answers(&program, &rows)) {
            for (at, (root, answer)) in roots.iter().zip(answers).enumerate() {
                prop_assert!(program.is_exact(at));
                prop_assert_eq!(answer, enumerated(&circuit, *root, masks), "root {}, {:?}", at, masks);
            }
        }
    }

    #[test]
    fn programs_past_the_budget_are_sound(recipe in recipes(5, 14), seed in any::<u128>(), most in 0_usize..8) {
        let (circuit, root, _) = recipe.cook();
        let program = Program::compile(&circuit, &[root], &circuit.anything(), &SortedSet::new(), most);
        prop_assert_eq!(invariants(&program), Vec::<String>::new());
        let rows = rows(&circuit, 6, seed);
        for (masks, answers) in rows.iter().zip(answers(&program, &rows)) {
            let (truth, _) = exact(&circuit, root, masks, &Budget::new(10_000_000));
            prop_assert!(answers == [truth] || (answers == [Truth::Open] && !program.is_exact(0)));
        }
    }

    #[test]
    fn possible_cells_and_unset_variables_are_respected(
        recipe in recipes(5, 14),
        seed in any::<u128>(),
        unset in any::<u8>(),
    ) {
        let (circuit, root, possible) = recipe.cook();
        let unset: SortedSet<VarId> =
            (0..8).filter(|var| unset >> var & 1 == 1).map(VarId::at).collect();
        let program = Program::compile(&circuit, &[root], &possible, &unset, MOST_NODES);
        let mut rows = rows(&circuit, 6, seed);
        for masks in &mut rows {
            for (var, can) in possible.iter() {
                let mask = masks.find_mut(var).unwrap();
                *mask = if unset.contains(&var) || *mask & can == 0 { *can } else { *mask & can };
            }
        }
        for (masks, answers) in rows.iter().zip(answers(&program, &rows)) {
            prop_assert_eq!((answers[0], true), exact(&circuit, root, masks, &Budget::new(10_000_000)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn larger_programs_match_exact(recipe in recipes(14, 60), seed in any::<u128>()) {
        let (circuit, root, _) = recipe.cook();
        let mut roots = last(&circuit, 6);
        roots.push(root);
        let program = Program::compile(&circuit, &roots, &circuit.anything(), &SortedSet::new(), MOST_NODES);
        let rows = rows(&circuit, 8, seed);
        for (masks, answers) in rows.iter().zip(answers(&program, &rows)) {
            for (root, answer) in roots.iter().zip(answers) {
                prop_assert_eq!((answer, true), exact(&circuit, *root, masks, &Budget::new(10_000_000)));
            }
        }
    }

    #[test]
    fn threads_and_row_count_change_nothing(recipe in recipes(5, 14), seed in any::<u128>(), count in 0_usize..2_500) {
        let (circuit, root, _) = recipe.cook();
        let program = Program::compile(&circuit, &[root], &circuit.anything(), &SortedSet::new(), MOST_NODES);
        let rows = rows(&circuit, count, seed);
        let columns = columns(&rows);
        let columns = as_possible(&columns);
        let one = program.decide(&columns, count, 1).unwrap();
        for threads in [2, 3, 7] {
            prop_assert_eq!(&program.decide(&columns, count, threads).unwrap(), &one);
        }
        let fewer = program.decide(&columns, count / 2, 1).unwrap();
        for row in 0..count {
            let expected = if row < count / 2 { one.truth(0, row) } else { Truth::Open };
            prop_assert_eq!(fewer.truth(0, row), expected);
        }
        let (yes, no) = one.count(0);
        prop_assert_eq!(yes, (0..count).filter(|row| one.truth(0, *row) == Truth::Yes).count());
        prop_assert_eq!(no, (0..count).filter(|row| one.truth(0, *row) == Truth::No).count());
    }

    #[test]
    fn columns_match_their_masks(
        values in prop::collection::vec((any::<bool>(), -5_i64..40, 0_u8..4, any::<[bool; 3]>()), 1..1_500),
        offsets in any::<[u8; 4]>(),
        presumed in 1_u128..4,
    ) {
        let mut circuit = Circuit::new();
        let (yes_no, number, choice) = (circuit.variable(2), circuit.variable(4), circuit.variable(4));
        // The cells are out of order.
        let starts = [(-5, 2), (0, 0), (10, 3), (30, 1)];
        let mut roots = vec![circuit.test(yes_no, 0b10), circuit.test(yes_no, 0b01)];
        for mask in 1..15 {
            roots.push(circuit.test(number, mask));
            roots.push(circuit.test(choice, mask));
        }
        // A gate over several variables, so that not every class is used alone.
        let both = circuit.all([roots[5], roots[8], roots[0]]);
        roots.push(both);
        let program = Program::compile(&circuit, &roots, &circuit.anything(), &SortedSet::new(), MOST_NODES);
        let bitmap = |offset: u8, bit: &dyn Fn(usize) -> bool| {
            let offset = usize::from(offset % 24);
            let mut bytes = vec![0xA5; (offset + values.len()).div_ceil(8)];
            for row in 0..values.len() {
                let (byte, at) = ((offset + row) / 8, (offset + row) % 8);
                bytes[byte] = bytes[byte] & !(1 << at) | u8::from(bit(row)) << at;
            }
            (bytes, offset)
        };
        let bits = [
            bitmap(offsets[0], &|row| values[row].0),
            bitmap(offsets[1], &|row| values[row].3[0]),
            bitmap(offsets[2], &|row| values[row].3[1]),
            bitmap(offsets[3], &|row| values[row].3[2]),
        ];
        let bits: Vec<Bits> = bits.iter().map(|(bytes, offset)| Bits { bytes, offset: *offset }).collect();
        let numbers: Vec<i64> = values.iter().map(|value| value.1).collect();
        let choices: Vec<u8> = values.iter().map(|value| value.2).collect();
        let columns = SortedMap::from([
            (yes_no, Column { values: Values::YesNo(bits[0]), valid: Some(bits[1]), otherwise: presumed }),
            (number, Column {
                values: Values::Numbers { values: &numbers, starts: &starts },
                valid: Some(bits[2]),
                otherwise: presumed << 1,
            }),
            (choice, Column { values: Values::Cells(&choices), valid: Some(bits[3]), otherwise: Mask::MAX }),
        ]);
        let masks: Vec<Masks> = values.iter().map(|(yes, number, choice, valid)| {
            let cell = starts.iter().rfind(|(start, _)| start <= number).unwrap().1;
            [
                if valid[0] { 1 << u8::from(*yes) } else { presumed },
                if valid[1] { 1 << cell } else { presumed << 1 },
                if valid[2] { 1 << choice } else { 0b1111 },
            ].into_iter().collect()
        }).collect();
        let verdicts = program.decide(&columns, values.len(), 1).unwrap();
        for (row, answers) in answers(&program, &masks).into_iter().enumerate() {
            for (root, answer) in answers.into_iter().enumerate() {
                prop_assert_eq!(verdicts.truth(root, row), answer, "root {}, row {}", root, row);
            }
        }
    }
}

#[test]
fn impossible_values_are_errors() {
    let mut circuit = Circuit::new();
    let (number, choice) = (circuit.variable(2), circuit.variable(3));
    let (many, west) = (circuit.test(number, 0b10), circuit.test(choice, 0b100));
    let root = circuit.all([many, west]);
    let program = Program::compile(&circuit, &[root], &circuit.anything(), &SortedSet::new(), MOST_NODES);
    let mut numbers = vec![7_i64; 1_300];
    let mut choices = vec![0_u8; 1_300];
    let decide = |numbers: &[i64], choices: &[u8], valid: Option<Bits>, rows| {
        let values = Values::Numbers { values: numbers, starts: &[(0, 0), (5, 1)] };
        let columns = SortedMap::from([
            (number, Column { values, valid, otherwise: Mask::MAX }),
            (choice, Column { values: Values::Cells(choices), valid: None, otherwise: Mask::MAX }),
        ]);
        program.decide(&columns, rows, 2)
    };
    assert!(decide(&numbers, &choices, None, 1_300).is_ok());
    assert_eq!(
        decide(&numbers, &choices, None, 1_301),
        Err(BitplaneError::Short { var: number, rows: 1_300 })
    );
    choices[1_201] = 3;
    assert_eq!(
        decide(&numbers, &choices, None, 1_300),
        Err(BitplaneError::Value { var: choice, row: 1_201 })
    );
    assert!(decide(&numbers, &choices, None, 1_201).is_ok(), "rows past the last are not looked at");
    numbers[600] = -1;
    assert_eq!(decide(&numbers, &choices, None, 1_300), Err(BitplaneError::Value { var: number, row: 600 }));
    let mut valid = vec![0xFF; 163];
    valid[75] = 0xFE;
    assert!(
        decide(&numbers, &choices, Some(Bits::new(&valid)), 1_201).is_ok(),
        "a value that is not said may be any"
    );
    assert!(decide(&numbers, &choices, None, 0).is_ok());
    // The first row is reported, whichever column is read first.
    choices[599] = 3;
    assert_eq!(decide(&numbers, &choices, None, 1_300), Err(BitplaneError::Value { var: choice, row: 599 }));
}

/// Several blocks of rows, of which the last is not full, with bitmaps that start at any bit.
#[test]
fn long_tables_match_their_rows() {
    const ROWS: usize = 40_111;
    let mut circuit = Circuit::new();
    let (plain, shifted, number) = (circuit.variable(2), circuit.variable(2), circuit.variable(2));
    let tests = [plain, shifted, number].map(|var| circuit.test(var, 0b10));
    let most = circuit.at_least(2, tests);
    let program = Program::compile(&circuit, &[most], &circuit.anything(), &SortedSet::new(), MOST_NODES);
    let value = |row: usize, fact: usize| (row * (fact + 3) + row / 7) % 5;
    let bitmap = |fact: usize, offset: usize, of: &[usize]| {
        let mut bytes = vec![0_u8; (offset + ROWS).div_ceil(8)];
        (0..ROWS).filter(|row| of.contains(&value(*row, fact))).for_each(|row| {
            bytes[(offset + row) / 8] |= 1 << ((offset + row) % 8);
        });
        bytes
    };
    let (values, valid) = (bitmap(0, 0, &[0, 1]), bitmap(0, 0, &[0, 1, 2, 3]));
    let (shifted_values, shifted_valid) = (bitmap(1, 3, &[0, 1]), bitmap(1, 11, &[0, 1, 2, 3]));
    let mut numbers: Vec<i64> = (0..ROWS).map(|row| value(row, 2) as i64).collect();
    let decide = |numbers: &[i64], threads| {
        let is_many = Values::Numbers { values: numbers, starts: &[(0, 0), (3, 1)] };
        let columns = SortedMap::from([
            (plain, Column::yes_no(Bits::new(&values), Some(Bits::new(&valid)))),
            (
                shifted,
                Column::yes_no(
                    Bits { bytes: &shifted_values, offset: 3 },
                    Some(Bits { bytes: &shifted_valid, offset: 11 }),
                ),
            ),
            (number, Column { values: is_many, valid: None, otherwise: Mask::MAX }),
        ]);
        program.decide(&columns, ROWS, threads)
    };
    let one = decide(&numbers, 1).unwrap();
    for row in 0..ROWS {
        let mut by_row = program.row();
        for (fact, var) in [plain, shifted].into_iter().enumerate() {
            let mask = [0b10, 0b10, 0b01, 0b01, 0b11][value(row, fact)];
            program.set_cells(&mut by_row, var, mask);
        }
        program.set_cells(&mut by_row, number, if numbers[row] < 3 { 0b01 } else { 0b10 });
        assert_eq!(Some(one.truth(0, row)), program.answers(&mut by_row).next(), "row {row}");
    }
    for threads in [2, 3, 7] {
        assert_eq!(decide(&numbers, threads).unwrap(), one);
    }
    numbers[39_000] = -1;
    numbers[17_000] = -1;
    for threads in [1, 2, 7] {
        assert_eq!(decide(&numbers, threads), Err(BitplaneError::Value { var: number, row: 17_000 }));
    }
}

/// Thresholds over facts, by both ways of counting.
#[test]
fn thresholds_are_counted() {
    for of in [1, 2, 3, 5, 8, 13, 31, 64] {
        for least in 1..=of {
            let mut circuit = Circuit::new();
            let tests: Vec<GateId> = (0..of)
                .map(|_| {
                    let var = circuit.variable(2);
                    circuit.test(var, 0b10)
                })
                .collect();
            let root = circuit.at_least(least, tests);
            let program =
                Program::compile(&circuit, &[root], &circuit.anything(), &SortedSet::new(), MOST_NODES);
            assert!(program.is_exact(0) && invariants(&program).is_empty());
            let rows = rows(&circuit, 40, u128::from(of * 100 + least));
            for (masks, answers) in rows.iter().zip(answers(&program, &rows)) {
                assert_eq!(
                    (answers[0], true),
                    exact(&circuit, root, masks, &Budget::new(10_000_000)),
                    "{least} of {of}"
                );
            }
        }
    }
}

#[test]
fn ten_thousand_rules_keep_few_planes() {
    let mut circuit = Circuit::new();
    let mut rules = Vec::new();
    for _ in 0..10_000 {
        let (one, other) = (circuit.variable(2), circuit.variable(2));
        let (one, other) = (circuit.test(one, 0b10), circuit.test(other, 0b01));
        rules.push(circuit.any([one, other]));
    }
    let root = circuit.all(rules);
    let program = Program::compile(&circuit, &[root], &circuit.anything(), &SortedSet::new(), MOST_NODES);
    assert!(program.is_exact(0));
    assert!(program.schedule.kept < 100, "{} planes are kept at a time", program.schedule.kept);
}

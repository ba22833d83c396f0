//! The speed of bulk decisions, compared with only reading their input; and of single decisions, compared with Rust
//! written by hand.
//!
//! Run `cargo bench --bench bulk`. Compare the ratios within one run.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench that cannot be set up has nothing to say"
)]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use placet::bitplane::{Bits, Row};
use placet::bulk::{Bulk, FactColumn, FactValues, Outcomes};
use placet::bundle::gather;
use placet::compiled::compile;
use placet::policy::{Policy, resolve};
use placet::value::Date;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

fn main() {
    divan::main();
}

/// Twelve facts: eleven are yes or no, one is a number.
const TWELVE: &str = r#"policy "Support"
  id support
  version 1
  about group

assistance support

kind group
  accepts the unity government : yes or no
  obeys the national command : yes or no
  is neutral : yes or no
  takes part in a joint command : yes or no
  has a vetted commander : yes or no
  has committed credible abuses : yes or no
  has made remedies : yes or no
  is designated : yes or no
  HEADCOUNT
  has signed a code of conduct : yes or no
  has opened its records : yes or no
  has a complaints office : yes or no

requirement acceptance "Accepts the unity government"
  needs the group accepts the unity government

requirement subordination "Obeys the national command"
  needs the group obeys the national command

requirement neutrality "Neutral"
  needs the group is neutral

requirement joint "Takes part in a joint command"
  needs the group takes part in a joint command

requirement vetting "Vetted commander"
  needs the group has a vetted commander

bar abuses "Credible abuses, not remedied"
  when the group has committed credible abuses
  unless the group has made remedies

bar designated "Designated"
  when the group is designated

requirement size "At least 50 fighters"
  needs ENOUGH

requirement accountability "Two of three steps"
  needs at least 2 of
    - the group has signed a code of conduct
    - the group has opened its records
    - the group has a complaints office
"#;

/// The policy of twelve facts, with the numeric fact as a number or as yes or no.
fn twelve(number: bool) -> Arc<Policy> {
    let (declared, condition) = if number {
        ("headcount : number of fighters", "the group's headcount is at least 50")
    } else {
        ("can field 50 fighters : yes or no", "the group can field 50 fighters")
    };
    policy(&TWELVE.replace("HEADCOUNT", declared).replace("ENOUGH", condition))
}

/// A policy of `count` yes-or-no facts, each used once. Of every six facts, one is required alone, two form a bar with
/// an exception, and two of the other three are required.
fn facts(count: usize) -> Arc<Policy> {
    rules(count + 2, count, |rule, text| match rule % 6 {
        0 => write!(text, "requirement r{rule} \"r\"\n  needs the group is f{rule}\n\n").unwrap(),
        1 => {
            let (when, unless) = (rule, rule + 1);
            write!(
                text,
                "bar r{rule} \"r\"\n  when the group is f{when}\n  unless the group is f{unless}\n\n"
            )
            .unwrap();
        }
        3 => {
            write!(text, "requirement r{rule} \"r\"\n  needs at least 2 of\n").unwrap();
            for fact in rule..rule + 3 {
                writeln!(text, "    - the group is f{fact}").unwrap();
            }
            text.push('\n');
        }
        _ => {}
    })
}

/// A policy of `count` rules, each with two facts of its own.
fn unshared(count: usize) -> Arc<Policy> {
    rules(2 * count, 2 * count, |rule, text| {
        if rule % 2 == 0 {
            let next = rule + 1;
            write!(text, "bar r{rule} \"r\"\n  when the group is f{rule}\n  unless the group is f{next}\n\n")
                .unwrap();
        }
    })
}

fn rules(facts: usize, count: usize, rule: impl Fn(usize, &mut String)) -> Arc<Policy> {
    let mut text =
        "policy \"P\"\n  id p\n  version 1\n  about group\n\nassistance aid\n\nkind group\n".to_owned();
    for fact in 0..facts {
        writeln!(text, "  is f{fact} : yes or no").unwrap();
    }
    text.push('\n');
    (0..count).for_each(|at| rule(at, &mut text));
    policy(&text)
}

fn policy(text: &str) -> Arc<Policy> {
    let bundle = gather(&["policy.placet"], &mut |_| Ok(text.into()));
    resolve(&bundle).policy.unwrap()
}

fn bulk(policy: &'static Arc<Policy>) -> Bulk {
    let day = Date::parse("2016-02-15").unwrap();
    Bulk::of(Arc::new(compile(policy, policy.about[0], day))).unwrap()
}

/// Data on many groups: for each yes-or-no fact a bitmap of values and one of validity, of which nine in ten are valid.
struct Table {
    names: Vec<String>,
    bitmaps: Vec<(Vec<u8>, Vec<u8>)>,
    headcount: Option<Vec<i64>>,
    rows: usize,
}

impl Table {
    fn of(policy: &Arc<Policy>, rows: usize) -> Table {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut word = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        // Values that help are mostly true.
        let mut bitmap = |good: bool| -> Vec<u8> {
            let words = (0..rows.div_ceil(64)).map(|_| {
                let mostly = word() | word() | word();
                if good { mostly } else { !mostly }
            });
            words.flat_map(u64::to_le_bytes).take(rows.div_ceil(8)).collect()
        };
        let facts: Vec<&str> = policy.vocabulary.facts.iter().map(|(_, fact)| fact.phrase.as_str()).collect();
        let is_number = |fact: &&&str| **fact == "headcount";
        let yes_no = || facts.iter().filter(|fact| !is_number(fact));
        let bitmaps = yes_no()
            .map(|fact| (bitmap(!fact.contains("abuses") && !fact.contains("designated")), bitmap(true)))
            .collect();
        let headcount =
            facts.iter().find(is_number).map(|_| (0..rows as i64).map(|row| row * 37 % 500).collect());
        Table { names: yes_no().map(|fact| (*fact).to_owned()).collect(), bitmaps, headcount, rows }
    }

    fn columns(&self) -> Vec<FactColumn<'_>> {
        let mut columns: Vec<FactColumn<'_>> = self
            .names
            .iter()
            .zip(&self.bitmaps)
            .map(|(name, (values, valid))| {
                FactColumn::new(name, FactValues::YesNo(Bits::new(values))).valid(Bits::new(valid))
            })
            .collect();
        columns.extend(
            self.headcount.as_ref().map(|values| FactColumn::new("headcount", FactValues::Numbers(values))),
        );
        columns
    }

    fn decide<'r>(&self, bulk: &'r Bulk, threads: usize) -> Outcomes<'r> {
        bulk.decide(&self.columns(), self.rows, threads).unwrap()
    }

    /// Reads all data once.
    fn read(&self) -> u64 {
        let mut lanes = [0_u64; 8];
        for bytes in self.bitmaps.iter().flat_map(|(values, valid)| [values, valid]) {
            let (words, rest) = bytes.as_chunks::<8>();
            let (blocks, tail) = words.as_chunks::<8>();
            for block in blocks {
                for (lane, word) in lanes.iter_mut().zip(block) {
                    *lane ^= u64::from_le_bytes(*word);
                }
            }
            lanes[0] ^= tail.iter().fold(0, |all, word| all ^ u64::from_le_bytes(*word));
            lanes[0] ^= rest.iter().fold(0, |all, byte| all ^ u64::from(*byte));
        }
        for value in self.headcount.iter().flatten() {
            lanes[1] ^= value.cast_unsigned();
        }
        lanes.iter().fold(0, |all, lane| all ^ lane)
    }
}

static BITS: LazyLock<Arc<Policy>> = LazyLock::new(|| twelve(false));
static NUMBER: LazyLock<Arc<Policy>> = LazyLock::new(|| twelve(true));
static HUNDRED: LazyLock<Arc<Policy>> = LazyLock::new(|| facts(100));

fn named(name: &str) -> &'static Arc<Policy> {
    match name {
        "12" => &BITS,
        "11 and a number" => &NUMBER,
        _ => &HUNDRED,
    }
}

const FACTS: [&str; 3] = ["12", "11 and a number", "100"];

/// The number of groups, large enough that the data exceeds the first caches.
const GROUPS: usize = 1_000_000;

/// Only reads the data.
#[divan::bench(args = FACTS)]
fn a_reading(bencher: Bencher, facts: &str) {
    let table = Table::of(named(facts), GROUPS);
    bencher.counter(ItemsCount::new(table.rows)).bench_local(|| black_box(&table).read());
}

/// Decides on the groups.
#[divan::bench(args = FACTS)]
fn b_deciding(bencher: Bencher, facts: &str) {
    let (table, bulk) = (Table::of(named(facts), GROUPS), bulk(named(facts)));
    bencher.counter(ItemsCount::new(table.rows)).bench_local(|| table.decide(&bulk, 1));
}

/// Decides on the groups with two threads.
#[divan::bench(args = FACTS)]
fn c_deciding_by_two_threads(bencher: Bencher, facts: &str) {
    let (table, bulk) = (Table::of(named(facts), GROUPS), bulk(named(facts)));
    bencher.counter(ItemsCount::new(table.rows)).bench_local(|| table.decide(&bulk, 2));
}

/// Decides on increasing numbers of groups.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000, 10_000_000])]
fn d_groups(bencher: Bencher, rows: usize) {
    let (table, bulk) = (Table::of(&BITS, rows), bulk(&BITS));
    bencher.counter(ItemsCount::new(rows)).bench_local(|| table.decide(&bulk, 1));
}

/// Decides on 8,192 groups by increasing numbers of rules that share no fact; counts rules times groups.
#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn e_rules(bencher: Bencher, rules: usize) {
    let policy: &'static Arc<Policy> = Box::leak(Box::new(unshared(rules)));
    let (table, bulk) = (Table::of(policy, 8_192), bulk(policy));
    bencher.counter(ItemsCount::new(table.rows * rules)).bench_local(|| table.decide(&bulk, 1));
}

/// A group for the decision by hand.
#[derive(Clone, Copy)]
struct Group {
    accepts: Option<bool>,
    obeys: Option<bool>,
    neutral: Option<bool>,
    joint: Option<bool>,
    vetted: Option<bool>,
    abuses: Option<bool>,
    remedies: Option<bool>,
    designated: Option<bool>,
    headcount: Option<i64>,
    steps: [Option<bool>; 3],
}

/// The decision by hand; unknown facts stay unknown.
fn by_hand(group: &Group) -> Option<bool> {
    let steps = |value: Option<bool>| group.steps.iter().filter(|step| **step == value).count();
    let (taken, open) = (steps(Some(true)), steps(None));
    let accountable = if taken >= 2 {
        Some(true)
    } else if taken + open < 2 {
        Some(false)
    } else {
        None
    };
    let not_barred = match (group.abuses, group.remedies) {
        (Some(false), _) | (_, Some(true)) => Some(true),
        (Some(true), Some(false)) => Some(false),
        _ => None,
    };
    let rules = [
        group.accepts,
        group.obeys,
        group.neutral,
        group.joint,
        group.vetted,
        not_barred,
        group.designated.map(|designated| !designated),
        group.headcount.map(|count| count >= 50),
        accountable,
    ];
    let mut eligible = Some(true);
    for rule in rules {
        match rule {
            Some(false) => return Some(false),
            None => eligible = None,
            Some(true) => {}
        }
    }
    eligible
}

/// A thousand different groups, eligible, ineligible or undetermined, as rows and for the decision by hand.
fn thousand(bulk: &Bulk) -> (Vec<Row>, Vec<Group>) {
    let mut state = 7_u64;
    let mut draw = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let yes_no: Vec<_> = NUMBER
        .vocabulary
        .facts
        .iter()
        .map(|(_, fact)| fact.phrase.as_str())
        .filter(|phrase| *phrase != "headcount")
        .map(|phrase| bulk.variables(phrase).unwrap()[0])
        .collect();
    let headcount = bulk.variables("headcount").unwrap()[0];
    let mut rows = Vec::new();
    let mut groups = Vec::new();
    for _ in 0..1_000 {
        let mut row = bulk.blank();
        let mut facts = Vec::new();
        for (at, var) in yes_no.iter().enumerate() {
            let helps = at != 5 && at != 7;
            let fact = match draw() % 20 {
                0 => None,
                1 => Some(!helps),
                _ => Some(helps),
            };
            bulk.program().set_cells(&mut row, *var, fact.map_or(0b11, |yes| 1 << u32::from(yes)));
            facts.push(fact);
        }
        let count = (draw() % 20 > 0).then(|| (draw() % 1_000).cast_signed());
        bulk.program().set_cells(
            &mut row,
            headcount,
            count.map_or(0b11, |count| 1 << u32::from(count >= 50)),
        );
        rows.push(row);
        groups.push(Group {
            accepts: facts[0],
            obeys: facts[1],
            neutral: facts[2],
            joint: facts[3],
            vetted: facts[4],
            abuses: facts[5],
            remedies: facts[6],
            designated: facts[7],
            headcount: count,
            steps: [facts[8], facts[9], facts[10]],
        });
    }
    (rows, groups)
}

/// One group at a time, with twelve prebuilt facts.
#[divan::bench]
fn f_rows(bencher: Bencher) {
    let bulk = bulk(&NUMBER);
    let (mut rows, groups) = thousand(&bulk);
    for (row, group) in rows.iter_mut().zip(&groups) {
        let answer = bulk.program().answers(row).next().unwrap();
        assert_eq!(answer.settled().then(|| answer == placet::value::Truth::Yes), by_hand(group));
    }
    bencher.counter(ItemsCount::new(rows.len())).bench_local(|| {
        for row in &mut rows {
            black_box(bulk.program().answers(row).next());
        }
    });
}

/// The same groups by Rust written by hand.
#[divan::bench]
fn g_rows_by_hand(bencher: Bencher) {
    let (_, groups) = thousand(&bulk(&NUMBER));
    bencher.counter(ItemsCount::new(groups.len())).bench_local(|| {
        for group in &groups {
            black_box(by_hand(black_box(group)));
        }
    });
}

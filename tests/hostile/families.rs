//! Families of policies and dossiers of any size; the same size always gives the same texts.

use std::fmt::Write as _;

/// The task for a member of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// A full decision on a dossier, with reasons, changes and so on.
    Decide,
    /// A check of the policy, including studies.
    Check,
    /// A comparison with the policy without its last rule.
    Diff,
}

/// A family of inputs.
pub struct Family {
    pub name: &'static str,
    pub task: Task,
    /// A small size.
    pub small: usize,
    /// Generates the policy and the dossier `d` of a size.
    pub make: fn(usize) -> (String, String),
}

/// All families.
pub const FAMILIES: &[Family] = &[
    decide("rules", 500, rules),
    decide("bars with exceptions", 500, bars),
    decide("facts said", 1_000, facts_stated),
    decide("statements of one fact", 2_000, one_fact),
    decide("sources in conflict", 1_000, conflict),
    decide("numbers in conflict", 500, numbers),
    decide("members, each listed by itself", 250, listed),
    decide("members, nothing known of them", 100, |size| members(size, 2)),
    decide("eight conditions on one list", 20, |size| members(size, 8)),
    decide("definitions on definitions", 250, chain),
    decide("definitions shared by two", 20, shared),
    decide("definitions split and joined", 20, joined),
    decide("phases in order", 15, phases),
    decide("clauses, random", 10, clauses),
    decide("rules, random", 10, random_rules),
    decide("pigeons and holes", 3, pigeons),
    decide("parities", 8, parities),
    decide("counts", 20, counts),
    decide("counts that overlap", 12, overlapping),
    decide("pairs, neither known", 20, pairs),
    decide("three of seven", 4, seven),
    decide("two numbers, many thresholds", 8, thresholds),
    decide("types of assistance", 100, types),
    decide("waivers", 50, waivers),
    decide("rules in force for some days", 60, days),
    decide("obligations", 250, obligations),
    decide("parents in a circle", 50, circle),
    decide("parents in dispute", 20, dispute),
    decide("facts, all left out", 10, facts_left_out),
    decide("members, all left out", 5, members_left_out),
    decide("parents, all left out", 5, parents_left_out),
    Family { name: "rules, checked", task: Task::Check, small: 250, make: rules },
    Family { name: "bars, checked", task: Task::Check, small: 100, make: bars },
    Family { name: "waivers, checked", task: Task::Check, small: 25, make: waivers },
    Family { name: "clauses, checked", task: Task::Check, small: 10, make: clauses },
    Family { name: "rules, compared", task: Task::Diff, small: 250, make: rules },
    Family { name: "definitions, compared", task: Task::Diff, small: 100, make: chain },
    Family { name: "random rules, compared", task: Task::Diff, small: 10, make: random_rules },
];

const fn decide(name: &'static str, small: usize, make: fn(usize) -> (String, String)) -> Family {
    Family { name, task: Task::Decide, small, make }
}

const HEAD: &str = "policy \"P\"\n  id p\n  version 1\n  about group\n\nassistance training\n\n";
const DOSSIER: &str = "dossier d \"D\"\n  about group\n  as of 2016-02-15\n";

/// Concatenates one line for each index.
fn lines(size: usize, line: impl Fn(usize) -> String) -> String {
    (0..size).map(line).collect()
}

fn facts(size: usize) -> String {
    format!("kind group\n{}", lines(size, |at| format!("  is f{at} : yes or no\n")))
}

fn dossier(statements: &str) -> String {
    format!("{DOSSIER}{statements}")
}

/// A pseudo-random sequence, the same every time.
struct Drawn(u64);

impl Drawn {
    /// A number below a bound.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }

    fn literal(&mut self, facts: usize) -> String {
        let not = if self.below(2) == 0 { "" } else { "not " };
        format!("the group is {not}f{}", self.below(facts))
    }
}

fn rules(size: usize) -> (String, String) {
    let rules = lines(size, |at| format!("requirement r{at} \"R\"\n  needs the group is f{at}\n\n"));
    (format!("{HEAD}{rules}{}", facts(size)), dossier(""))
}

fn bars(size: usize) -> (String, String) {
    let bar = |at: usize| {
        let (next, last) = ((at + 1) % size, (at + 2) % size);
        format!(
            "bar r{at} \"R\"\n  when the group is f{at} and is f{next}\n  unless the group is f{last}\n\n"
        )
    };
    (format!("{HEAD}{}{}", lines(size, bar), facts(size)), dossier(""))
}

fn one_rule(size: usize) -> String {
    format!("{HEAD}requirement r \"R\"\n  needs the group is f0\n\n{}", facts(size))
}

fn facts_stated(size: usize) -> (String, String) {
    (one_rule(size), dossier(&lines(size, |at| format!("  - it is f{at}\n"))))
}

fn statement(at: usize) -> String {
    let not = if at.is_multiple_of(2) { "" } else { "not " };
    let (source, information) = (b"ABCDEF"[at % 6] as char, 6 - at % 6);
    let (month, day) = (at % 12 + 1, at % 28 + 1);
    format!(
        "  - it is {not}f0\n      from \"s{at}\", rated {source}{information}, on 2015-{month:02}-{day:02}\n"
    )
}

fn one_fact(size: usize) -> (String, String) {
    (one_rule(1), dossier(&lines(size, statement)))
}

fn conflict(size: usize) -> (String, String) {
    let rule = "evidence standard e\n  when sources conflict, take the better rated\n\nrequirement r \"R\"\n  on e\n";
    (format!("{HEAD}{rule}  needs the group is f0\n\n{}", facts(1)), dossier(&lines(size, statement)))
}

fn numbers(size: usize) -> (String, String) {
    let policy = format!(
        "{HEAD}requirement r \"R\"\n  needs the group's headcount is at least 50\n\nkind group\n  headcount : number of men\n"
    );
    let claim = |at: usize| format!("  - its headcount is {}\n      from \"s{at}\"\n", 2 * at);
    (policy, dossier(&lines(size, claim)))
}

fn listed(size: usize) -> (String, String) {
    let policy = format!(
        "{HEAD}requirement r \"R\"\n  needs at least 2 of its leaders are x\n\nkind group\n  leaders : list of person\n\nkind person\n  is x : yes or no\n"
    );
    let list = lines(size, |at| format!("  - its leaders include p{at}\n"));
    let people = lines(size, |at| format!("\n  person p{at}\n    - is x\n"));
    (policy, dossier(&(list + &people)))
}

fn members(size: usize, conditions: usize) -> (String, String) {
    let all = [
        format!("at least {} of its leaders are x0", size / 2),
        format!("at most {} of its leaders are x1", size / 3),
        "at least 2 of its leaders are x2".to_owned(),
        "exactly 3 of its leaders are x3".to_owned(),
        "none of its leaders is x4".to_owned(),
        "any of its leaders is x5".to_owned(),
        "all of its leaders are x6".to_owned(),
        format!("at least {} of its leaders are x7", size / 3),
    ];
    let rules = all.iter().take(conditions).enumerate();
    let rules: String =
        rules.map(|(at, condition)| format!("requirement r{at} \"R\"\n  needs {condition}\n\n")).collect();
    let person = lines(conditions, |at| format!("  is x{at} : yes or no\n"));
    let policy = format!("{HEAD}{rules}kind group\n  leaders : list of person\n\nkind person\n{person}");
    let lists: String = (0..size)
        .step_by(100)
        .map(|from| {
            let names: Vec<String> = (from..size.min(from + 100)).map(|at| format!("p{at}")).collect();
            format!("  - its leaders include {}\n", names.join(", "))
        })
        .collect();
    let people = lines(size, |at| format!("\n  person p{at}\n"));
    (policy, dossier(&(lists + &people)))
}

fn definition(fact: &str, when: &str) -> String {
    format!("definition\n  the group is {fact}\n  when {when}\n\n")
}

fn defined(size: usize, last: &str, definitions: &str) -> (String, String) {
    let policy = format!(
        "{HEAD}requirement r \"R\"\n  needs the group is {last}\n\n{definitions}{}  is y : yes or no\n  is z : yes or no\n",
        facts(size)
    );
    (policy, dossier(""))
}

fn chain(size: usize) -> (String, String) {
    let define = |at: usize| {
        let before = if at == 0 { "y".to_owned() } else { format!("d{}", at - 1) };
        definition(&format!("d{at}"), &format!("the group is {before} and is f{at}"))
    };
    defined(size, &format!("d{}", size - 1), &lines(size, define))
}

fn shared(size: usize) -> (String, String) {
    let define = |at: usize| {
        let (one, other) = if at == 0 {
            ("y".to_owned(), "z".to_owned())
        } else {
            (format!("d{}", at - 1), format!("e{}", at - 1))
        };
        definition(&format!("d{at}"), &format!("the group is {one} and is {other}"))
            + &definition(&format!("e{at}"), &format!("the group is {one} and is f{at}"))
    };
    defined(size, &format!("d{}", size - 1), &lines(size, define))
}

fn joined(size: usize) -> (String, String) {
    let define = |at: usize| {
        let before = if at == 0 { "y".to_owned() } else { format!("d{}", at - 1) };
        definition(&format!("a{at}"), &format!("the group is {before} and is f{at}"))
            + &definition(&format!("b{at}"), &format!("the group is {before} and is not f{at}"))
            + &definition(&format!("d{at}"), &format!("the group is a{at} or is b{at}"))
    };
    defined(size, &format!("d{}", size - 1), &lines(size, define))
}

fn phases(size: usize) -> (String, String) {
    let types = lines(size, |at| format!("assistance t{at}\n"));
    let phase =
        |at: usize| format!("phase {} \"P\"\n  opens t{at}\n  reached when the group is f{at}\n\n", at + 1);
    let policy = format!(
        "policy \"P\"\n  id p\n  version 1\n  about group\n\n{types}\nrequirement r \"R\"\n  needs the group is f0\n\n{}{}",
        lines(size, phase),
        facts(size)
    );
    (policy, dossier(""))
}

/// Random clauses of three literals, as many as make about half of all such sets satisfiable.
fn drawn(size: usize) -> Vec<String> {
    let mut drawn = Drawn(size as u64);
    let clause =
        |drawn: &mut Drawn| [drawn.literal(size), drawn.literal(size), drawn.literal(size)].join(" or ");
    (0..size * 21 / 5).map(|_| clause(&mut drawn)).collect()
}

fn clauses(size: usize) -> (String, String) {
    let clauses: String = drawn(size).iter().map(|clause| format!("    - {clause}\n")).collect();
    (format!("{HEAD}requirement r \"R\"\n  needs all of\n{clauses}\n{}", facts(size)), dossier(""))
}

fn random_rules(size: usize) -> (String, String) {
    let rules = drawn(size);
    let rules = rules.iter().enumerate();
    let rules: String =
        rules.map(|(at, clause)| format!("requirement r{at} \"R\"\n  needs {clause}\n\n")).collect();
    (format!("{HEAD}{rules}{}", facts(size)), dossier(""))
}

fn pigeons(size: usize) -> (String, String) {
    let place = |pigeon: usize, hole: usize| pigeon * size + hole;
    let mut rows: Vec<String> = Vec::new();
    for pigeon in 0..=size {
        let holes: Vec<String> =
            (0..size).map(|hole| format!("the group is f{}", place(pigeon, hole))).collect();
        rows.push(holes.join(" or "));
        for other in 0..pigeon {
            rows.extend((0..size).map(|hole| {
                format!("the group is not f{} or is not f{}", place(pigeon, hole), place(other, hole))
            }));
        }
    }
    let rows: String = rows.iter().map(|row| format!("    - {row}\n")).collect();
    let all = (size + 1) * size;
    (format!("{HEAD}requirement r \"R\"\n  needs all of\n{rows}\n{}", facts(all)), dossier(""))
}

fn parities(size: usize) -> (String, String) {
    let mut text = format!(
        "{HEAD}requirement r \"R\"\n  needs the group is a{0}\n\nrequirement q \"Q\"\n  needs the group is not b{0}\n\n",
        size - 1
    );
    for (name, step) in [("a", 1), ("b", 3)] {
        for at in 0..size {
            // First in their order, then every third.
            let fact = if step == 1 { at } else { (at * step) % size + at * step / size };
            let before = if at == 0 { "y".to_owned() } else { format!("{name}{}", at - 1) };
            write!(
                text,
                "definition\n  the group is {name}{at}\n  when exactly 1 of\n    - the group is f{}\n    - the group is {before}\n\n",
                fact % size
            )
            .unwrap();
        }
    }
    (format!("{text}{}  is y : yes or no\n", facts(size)), dossier("  - it is not y\n"))
}

fn counts(size: usize) -> (String, String) {
    let list = lines(size, |at| format!("    - the group is f{at}\n"));
    let policy = format!(
        "{HEAD}requirement r \"R\"\n  needs exactly {} of\n{list}\nrequirement q \"Q\"\n  needs at most {} of\n{list}\n{}",
        size / 2,
        size / 2 + 1,
        facts(size)
    );
    (policy, dossier(""))
}

fn overlapping(size: usize) -> (String, String) {
    let mut drawn = Drawn(size as u64);
    let mut rules = String::new();
    for rule in 0..6 {
        let some: Vec<usize> = (0..size).filter(|_| drawn.below(3) > 0).collect();
        write!(rules, "requirement r{rule} \"R\"\n  needs exactly {} of\n", some.len() / 2).unwrap();
        for at in some {
            writeln!(rules, "    - the group is f{at}").unwrap();
        }
        rules.push('\n');
    }
    (format!("{HEAD}{rules}{}", facts(size)), dossier(""))
}

fn pairs(size: usize) -> (String, String) {
    let rule = |at: usize| {
        format!("requirement r{at} \"R\"\n  needs the group is f{} or is f{}\n\n", 2 * at, 2 * at + 1)
    };
    let statements = lines(2 * size, |at| format!("  - it is not f{at}\n"));
    (format!("{HEAD}{}{}", lines(size, rule), facts(2 * size)), dossier(&statements))
}

fn seven(size: usize) -> (String, String) {
    let rule = |at: usize| {
        let list = lines(7, |of| format!("    - the group is f{}\n", 7 * at + of));
        format!("requirement r{at} \"R\"\n  needs at least 3 of\n{list}\n")
    };
    let statements = lines(7 * size, |at| format!("  - it is not f{at}\n"));
    (format!("{HEAD}{}{}", lines(size, rule), facts(7 * size)), dossier(&statements))
}

fn thresholds(size: usize) -> (String, String) {
    let mut drawn = Drawn(size as u64);
    let clauses: String = (0..4 * size)
        .map(|_| {
            let (least, fact, most) = (drawn.below(20) + 1, drawn.below(size), drawn.below(20) + 1);
            format!(
                "    - the group's headcount is at least {least} or the group is f{fact} or the group's size is at most {most}\n"
            )
        })
        .collect();
    let policy = format!(
        "{HEAD}requirement r \"R\"\n  needs all of\n{clauses}\n{}  headcount : number of men\n  size : number of men\n",
        facts(size)
    );
    (policy, dossier(""))
}

fn types(size: usize) -> (String, String) {
    let types = lines(size, |at| format!("assistance t{at}\n"));
    let rule = |at: usize| {
        let next = (at + 1) % size;
        format!("requirement r{at} \"R\"\n  for t{at}\n  needs the group is f{at} or is f{next}\n\n")
    };
    let policy = format!(
        "policy \"P\"\n  id p\n  version 1\n  about group\n\n{types}\n{}{}",
        lines(size, rule),
        facts(size)
    );
    (policy, dossier(""))
}

fn waivers(size: usize) -> (String, String) {
    let bar = |at: usize| format!("bar b{at} \"B\"\n  when the group is f{at}\n\n");
    let waiver = |at: usize| {
        let lifted: Vec<String> = (0..size.min(20)).map(|of| format!("b{}", (at + of) % size)).collect();
        format!("waiver w{at} \"W\"\n  lifts {}\n  when the group is f{}\n\n", lifted.join(", "), size + at)
    };
    (format!("{HEAD}{}{}{}", lines(size, bar), lines(size, waiver), facts(2 * size)), dossier(""))
}

fn days(size: usize) -> (String, String) {
    let rule = |at: usize| {
        let (month, day) = (at / 28 % 12 + 1, at % 28 + 1);
        format!(
            "requirement r{at} \"R\"\n  in force from 2016-{month:02}-{day:02} until 2019-{month:02}-{day:02}\n  needs the group is f{at}\n\n"
        )
    };
    (format!("{HEAD}{}{}", lines(size, rule), facts(size)), dossier(""))
}

fn obligations(size: usize) -> (String, String) {
    let obligation = |at: usize| {
        format!(
            "obligation o{at} \"O\"\n  who \"Donor\"\n  due before delivery\n  when the group is f{at}\n\n"
        )
    };
    let policy = format!(
        "{HEAD}requirement r \"R\"\n  needs the group is f0\n\n{}{}",
        lines(size, obligation),
        facts(size)
    );
    (policy, dossier(""))
}

const RELATED: &str = r#"bar r "R"
  when any of its parent, through any chain, is designated

requirement q "Q"
  needs the group reports, through any chain, to the national command

kind group
  parent : group
  reports to : group or national command
  is designated : yes or no

kind national command, only one
  is x : yes or no
"#;

fn related(statements: &str, group: impl Fn(usize) -> String, size: usize) -> (String, String) {
    let groups = lines(size, |at| format!("\n  group p{at}\n{}", group(at)));
    (format!("{HEAD}{RELATED}"), dossier(&format!("{statements}{groups}")))
}

fn circle(size: usize) -> (String, String) {
    let group = |at: usize| {
        let next = (at + 1) % size;
        format!("    - its parent is p{next}\n    - reports to p{next}\n")
    };
    related("  - its parent is p0\n  - it reports to p0\n", group, size)
}

fn dispute(size: usize) -> (String, String) {
    let group = |at: usize| {
        let (next, far, other) = ((at + 1) % size, (5 * at + 2) % size, (3 * at + 1) % size);
        format!(
            "    - its parent is p{next}\n    - its parent is p{far}\n    - reports to p{next}\n    - reports to p{other}\n"
        )
    };
    related("  - its parent is p0\n  - it reports to p0\n", group, size)
}

const STANDARD: &str = "evidence standard e\n  rated C3 or better\n\n";
const RATED: &str = "from \"s\", rated F6";

fn facts_left_out(size: usize) -> (String, String) {
    let list = lines(size, |at| format!("    - the group is f{at}\n"));
    let policy = format!(
        "{HEAD}{STANDARD}requirement r \"R\"\n  on e\n  needs at least {} of\n{list}\n{}",
        size / 2,
        facts(size)
    );
    (policy, dossier(&lines(size, |at| format!("  - it is f{at}\n      {RATED}\n"))))
}

fn members_left_out(size: usize) -> (String, String) {
    let policy = format!(
        "{HEAD}{STANDARD}requirement r \"R\"\n  on e\n  needs at least {} of its leaders are x\n\n\
         requirement q \"Q\"\n  on e\n  needs at most {} of its leaders are y\n\n\
         kind group\n  leaders : list of person\n\nkind person\n  is x : yes or no\n  is y : yes or no\n",
        size / 2,
        size / 3
    );
    let list = lines(size, |at| format!("  - its leaders include p{at}\n      {RATED}\n"));
    let person =
        |at: usize| format!("\n  person p{at}\n    - is x\n        {RATED}\n    - is y\n        {RATED}\n");
    (policy, dossier(&(list + &lines(size, person))))
}

fn parents_left_out(size: usize) -> (String, String) {
    let rules = RELATED.replace("\n  when", "\n  on e\n  when").replace("\n  needs", "\n  on e\n  needs");
    let group = |at: usize| {
        let (next, other) = ((at + 1) % size, (3 * at + 1) % size);
        format!(
            "\n  group p{at}\n    - its parent is p{next}\n        {RATED}\n    - reports to p{other}\n        {RATED}\n"
        )
    };
    let statements = format!("  - its parent is p0\n      {RATED}\n  - it reports to p0\n      {RATED}\n");
    (format!("{HEAD}{STANDARD}{rules}"), dossier(&(statements + &lines(size, group))))
}

//! How long verdicts hold: compared with decisions on each of the following days.

use super::draw::Dice;
use crate::oracle::agree::read;
use placet::decision::{decide, outcomes};
use placet::value::Date;

/// The number of days that are checked.
const DAYS: usize = 430;

const WINDOWS: [&str; 9] =
    ["30 days", "1 months", "31 days", "28 days", "2 months", "60 days", "90 days", "3 months", "1 years"];
const MARKS: [&str; 4] = ["2016-02-29", "2016-03-01", "2016-01-31", "2016-06-30"];
const TODAY: [&str; 5] = ["2016-02-15", "2016-01-31", "2016-05-31", "2015-03-30", "2016-02-29"];

/// Generates a policy with conditions on dates, with statements about them, and a day.
pub fn drawn(dice: &mut Dice) -> (String, Date) {
    let mut text = "policy \"P\"\n  id p\n  version 1\n  about group\n\nassistance a\n\nkind group\n  last vetting : date\n  \
                    last clash : date\n  is alpha : yes or no\n\nevidence standard fresh\n  from the last 1 months\n"
        .to_owned();
    for at in 0..1 + dice.below(2) {
        let until = if dice.once_in(6) { "  in force until 2016-07-04\n" } else { "" };
        let word = dice.one(&["any", "all"]);
        text += &format!("\nrequirement r{at} \"R\"\n{until}  needs {word} of\n");
        for _ in 0..2 + dice.below(2) {
            text += &format!("    - {}\n", condition(dice));
        }
    }
    let day = dice.one(&TODAY);
    text += &format!("\ndossier subject \"S\"\n  about group\n  as of {day}\n");
    for fact in ["last vetting", "last clash"] {
        let comparison = dice.one(&["is", "is after", "is before", "is not before", ""]);
        if !comparison.is_empty() {
            text += &format!("  - its {fact} {comparison} {}\n", dice.one(&MARKS));
        }
    }
    (text, Date::parse(day).unwrap())
}

fn condition(dice: &mut Dice) -> String {
    let fact = dice.one(&["last vetting", "last vetting", "last clash"]);
    let not = dice.one(&["", "not "]);
    match dice.below(5) {
        0 => format!("the group's {fact} is {not}before {}", dice.one(&MARKS)),
        1 => format!("the group is {not}alpha"),
        _ => format!("the group's {fact} is {not}within the last {}", dice.one(&WINDOWS)),
    }
}

/// Checks that the verdict is the same on each day until the reported one, and changes after it.
pub fn check(text: &str, as_of: Date) -> Result<(), String> {
    let (policy, evidence) = read(&[("policy.placet", text.to_owned())]);
    let on = |day: Date| outcomes(&policy, &evidence, "subject", day).unwrap()[0].1;
    let verdict = &decide(&policy, &evidence, "subject", as_of, None).unwrap().verdicts[0];
    let mut day = as_of;
    for _ in 0..DAYS {
        let next = day.next();
        if verdict.holds_until == Some(day) {
            return match on(next) == verdict.outcome {
                true => Err(format!("it is said to hold until {day}, and holds on")),
                false => Ok(()),
            };
        }
        if on(next) != verdict.outcome {
            return Err(format!("it is said to hold until {:?}, and turns on {next}", verdict.holds_until));
        }
        day = next;
    }
    Ok(())
}

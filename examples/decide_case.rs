//! Decides whether one group may receive assistance, and prints why, what is missing and what would have to change.
//!
//! Run `cargo run --example decide_case`.

use placet::{LoadError, Outcome, Workspace};

pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut read = |path: &str| std::fs::read(path).map_err(|error| LoadError::Unreadable(error.to_string()));
    let dossiers = ["rules/libya/dossiers/misrata-battalion.placet".to_owned()];
    let workspace = Workspace::open("rules/libya/national-guard.placet", &dossiers, &mut read)?;

    // Without a day, the decision is made for the day of the dossier.
    let decision = workspace.decide("misrata-battalion").run()?;
    println!("{} on {}", decision.title(), decision.as_of());
    for verdict in decision.verdicts() {
        println!("\n{}: {:?}", verdict.assistance(), verdict.outcome());
        match verdict.outcome() {
            Outcome::Undetermined => {
                for missing in verdict.missing() {
                    println!("  ask: {}", missing.fact.question);
                }
            }
            Outcome::Eligible | Outcome::Ineligible => {
                for reason in verdict.reasons() {
                    let facts: Vec<&str> = reason.iter().map(|fact| fact.text.as_str()).collect();
                    println!("  because {}", facts.join(" and "));
                }
            }
        }
        if let Some(change) = verdict.changes().first() {
            let facts: Vec<&str> = change.iter().map(|change| change.text.as_str()).collect();
            println!("  would be eligible if {}", facts.join(" and "));
        }
    }
    Ok(())
}

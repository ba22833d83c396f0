//! How time and memory grow with the size of a policy or a dossier, for each family.
//!
//! Run `cargo bench --bench growth`, optionally with a part of a family's name. Each line is a family at one size; the
//! sizes are the small one and two and four times that. Each runs in a separate process. A line shows the time, the
//! peak memory, the work, and what was cut short by the budget. Compare the ratios: if doubling the size more than
//! doubles the time and nothing was cut short, investigate.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::float_arithmetic,
    reason = "a bench that cannot be set up has nothing to say, and times are no verdicts"
)]

#[path = "../tests/hostile/families.rs"]
mod families;

#[path = "../tests/hostile/member.rs"]
mod member;

use families::{FAMILIES, Family};
use member::Member;
use std::process::Command;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| !one.starts_with("--")).collect();
    if let [place, size] = arguments.as_slice()
        && let (Ok(place), Ok(size)) = (place.parse::<usize>(), size.parse())
    {
        println!("{}", measure(FAMILIES.get(place).unwrap(), size));
        return;
    }
    // The files of a member, for measuring the engine elsewhere: pkg/tests/growth.js does so in WebAssembly.
    if let [text, place, size] = arguments.as_slice()
        && text == "text"
        && let (Ok(place), Ok(size)) = (place.parse::<usize>(), size.parse())
    {
        let family = FAMILIES.get(place).unwrap();
        let (policy, dossier) = (family.make)(size);
        print!("{}\n\u{c}{policy}\u{c}{dossier}", family.name);
        return;
    }
    println!("{:<32} {:>6}  {:>28}  {:>13}", "family", "size", "seconds, MiB, million units", "times");
    for (place, family) in FAMILIES.iter().enumerate() {
        if arguments.first().is_none_or(|part| family.name.contains(part.as_str())) {
            let mut before = None;
            for size in [8, 16, 32].map(|times| times * family.small) {
                before = Some(line(place, family, size, before));
            }
        }
    }
}

/// Runs one member in a separate process and prints its line.
fn line(place: usize, family: &Family, size: usize, before: Option<f64>) -> f64 {
    let output = Command::new(std::env::current_exe().unwrap())
        .args([place.to_string(), size.to_string()])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut parts = text.trim_end().splitn(4, ' ');
    let (Some(seconds), Some(memory), Some(work), label) =
        (parts.next().and_then(|word| word.parse::<f64>().ok()), parts.next(), parts.next(), parts.next())
    else {
        println!("{:<32} {size:>6}  {}", family.name, output.status);
        return 0.0;
    };
    let ratio = before.filter(|before| *before > 0.005);
    let ratio = ratio.map_or_else(String::new, |before| format!("{:.1}", seconds / before));
    println!(
        "{:<32} {size:>6}  {seconds:>9.3} {memory:>7} {work:>10}  {ratio:>13}  {}",
        family.name,
        label.unwrap_or_default()
    );
    seconds
}

fn measure(family: &Family, size: usize) -> String {
    let member = Member::of(family, size);
    let start = Instant::now();
    let (work, label) = member.run();
    let seconds = start.elapsed().as_secs_f64();
    format!("{seconds:.3} {} {:.1} {label}", most_memory(), work as f64 / 1e6)
}

/// The peak memory of this process in MiB, if the system reports it.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.map_or_else(|| "?".to_owned(), |kib| (kib / 1024).to_string())
}

//! The speed and memory of deciding on tables row by row, compared with only reading them with the same library.
//!
//! Run `cargo bench --bench stream [-- ROWS]`. Times are the best of several rounds, taken in turn; compare the ratios.

use placet::value::Date;
use placet::wire::stream::{Accompanying, Chunk, Rows, Stream};
use serde::Deserialize;
use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

const POLICY: &str = r#"policy "Support to armed groups"
  id support
  version 1
  about group

assistance support
  assistance training

kind group
  accepts the unity government : yes or no
  is subordinate to the national command : yes or no
  is neutral : yes or no
  takes part in a joint command : yes or no
  has a vetted commander : yes or no
  has abused civilians : yes or no
  has made remedies : yes or no
  is designated : yes or no
  headcount : number of fighters
  has signed a code of conduct : yes or no
  has opened its records : yes or no
  has a complaints office : yes or no

requirement acceptance "Accepts the unity government"
  needs the group accepts the unity government

requirement subordination "Subordinate to the national command"
  needs the group is subordinate to the national command

requirement neutrality "Neutral, or in a joint command"
  needs the group is neutral or takes part in a joint command

requirement vetting "Vetted commander"
  needs the group has a vetted commander

bar abuse "Abuse without remedy"
  when the group has abused civilians
  unless the group has made remedies

bar designated "Designated"
  when the group is designated

requirement size "At least 50 fighters"
  needs the group's headcount is at least 50

requirement accountability "Two of three steps of accountability"
  needs at least 2 of
    - the group has signed a code of conduct
    - the group has opened its records
    - the group has a complaints office
"#;

const FACTS: [&str; 12] = [
    "accepts the unity government",
    "is subordinate to the national command",
    "is neutral",
    "takes part in a joint command",
    "has a vetted commander",
    "has abused civilians",
    "has made remedies",
    "is designated",
    "headcount",
    "has signed a code of conduct",
    "has opened its records",
    "has a complaints office",
];

/// The same facts, as a program that knows no policy would read them.
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is dropped")]
struct Typed<'t> {
    id: &'t str,
    #[serde(rename = "accepts the unity government")]
    accepts: Option<bool>,
    #[serde(rename = "is subordinate to the national command")]
    subordinate: Option<bool>,
    #[serde(rename = "is neutral")]
    neutral: Option<bool>,
    #[serde(rename = "takes part in a joint command")]
    joint: Option<bool>,
    #[serde(rename = "has a vetted commander")]
    vetted: Option<bool>,
    #[serde(rename = "has abused civilians")]
    abuse: Option<bool>,
    #[serde(rename = "has made remedies")]
    remedies: Option<bool>,
    #[serde(rename = "is designated")]
    designated: Option<bool>,
    headcount: Option<u64>,
    #[serde(rename = "has signed a code of conduct")]
    code: Option<bool>,
    #[serde(rename = "has opened its records")]
    records: Option<bool>,
    #[serde(rename = "has a complaints office")]
    office: Option<bool>,
}

/// The content of a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filling {
    Csv,
    Json,
    /// CSV with an error in every row.
    Bad,
}

/// Writes a table; one fact in ten is unknown.
fn table(path: &Path, kind: Filling, rows: u64) -> Result<(), Box<dyn Error>> {
    let mut file = std::io::BufWriter::new(fs::File::create(path)?);
    if kind != Filling::Json {
        writeln!(file, "id,{}", FACTS.join(","))?;
    }
    let mut state = 0x2016_0201_u64;
    let mut line = String::new();
    for row in 0..rows {
        line.clear();
        match kind {
            Filling::Json => write!(line, "{{\"id\":\"group-{row}\"")?,
            Filling::Csv | Filling::Bad => write!(line, "group-{row}")?,
        }
        for fact in FACTS {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let (is_known, yes, number) =
                (!state.is_multiple_of(10), state >> 8 & 3 != 0, state >> 16 & 1023);
            match (kind, fact) {
                (Filling::Json, _) if !is_known => {}
                (Filling::Json, "headcount") => write!(line, ",\"headcount\":{number}")?,
                (Filling::Json, _) => write!(line, ",\"{fact}\":{yes}")?,
                (Filling::Bad, "is neutral") => line.push_str(",perhaps"),
                _ if !is_known => line.push(','),
                (_, "headcount") => write!(line, ",{number}")?,
                _ => line.push_str(if yes { ",yes" } else { ",no" }),
            }
        }
        line.push_str(if kind == Filling::Json { "}\n" } else { "\n" });
        file.write_all(line.as_bytes())?;
    }
    Ok(file.flush()?)
}

fn read_csv(path: &Path) -> Result<u64, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let mut record = csv::ByteRecord::new();
    let mut rows = 0;
    while reader.read_byte_record(&mut record)? {
        black_box(&record);
        rows += 1;
    }
    Ok(rows)
}

fn read_json(path: &Path) -> Result<u64, Box<dyn Error>> {
    use std::io::BufRead;
    let mut reader = std::io::BufReader::with_capacity(256 * 1024, fs::File::open(path)?);
    let (mut line, mut rows) = (String::new(), 0);
    while reader.read_line(&mut line)? > 0 {
        black_box(serde_json::from_str::<Typed<'_>>(&line)?);
        line.clear();
        rows += 1;
    }
    Ok(rows)
}

/// Decides on a table on one thread.
fn decide(path: &Path, is_csv: bool) -> Result<u64, Box<dyn Error>> {
    let bundle = placet::bundle::gather(&["policy.placet"], &mut |_| Ok(POLICY.into()));
    let policy = placet::policy::resolve(&bundle).policy.ok_or("the policy has errors")?;
    let file = fs::File::open(path)?;
    let mut rows = if is_csv { Rows::csv(file)? } else { Rows::lines(file)? };
    let day = Date::parse("2016-02-15");
    let stream = Stream::new(&policy, Accompanying::default(), rows.header(), day, None);
    let mut stream = stream.map_err(|problems| format!("{problems:?}"))?;
    let mut chunk = Chunk::default();
    while rows.read(&mut chunk, stream.at_once())? {
        black_box(&stream.decide(&chunk));
    }
    if stream.summary().bad > 0 {
        return Err("there are bad rows".into());
    }
    Ok(stream.summary().rows)
}

/// Runs the command on a table; returns the time and the peak memory in KiB.
fn command(folder: &Path, table: &Path) -> Result<(Duration, u64), Box<dyn Error>> {
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_placet"))
        .args(["decide", "policy.placet", "--stream", "--as-of", "2016-02-15"])
        .arg(table)
        .current_dir(folder)
        .stdout(Stdio::null())
        .spawn()?;
    let mut most = 0;
    loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        most = most.max(peak.and_then(|peak| peak.parse().ok()).unwrap_or(0));
        if child.try_wait()?.is_some() {
            return Ok((begun.elapsed(), most));
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// A way to process a table.
type Way<'w> = (&'w str, Box<dyn Fn() -> Result<u64, Box<dyn Error>> + 'w>);

/// The best times of some ways, taken in turn.
fn best(ways: &[Way<'_>], rounds: usize) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut best = vec![Duration::MAX; ways.len()];
    for _ in 0..rounds {
        for ((_, way), best) in ways.iter().zip(&mut best) {
            let begun = Instant::now();
            black_box(way()?);
            *best = begun.elapsed().min(*best);
        }
    }
    Ok(best)
}

fn main() -> Result<(), Box<dyn Error>> {
    let rows = env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000_u64);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("stream");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("policy.placet"), POLICY)?;
    let (csv, json) = (folder.join("rows.csv"), folder.join("rows.ndjson"));
    table(&csv, Filling::Csv, rows)?;
    table(&json, Filling::Json, rows)?;
    let csv_ways: [Way<'_>; 3] = [
        ("CSV read with the same library", Box::new(|| read_csv(&csv))),
        ("CSV decided on, one thread", Box::new(|| decide(&csv, true))),
        ("CSV decided on by the command", Box::new(|| command(&folder, &csv).map(|(_, most)| most))),
    ];
    let json_ways: [Way<'_>; 3] = [
        ("NDJSON read with the same library", Box::new(|| read_json(&json))),
        ("NDJSON decided on, one thread", Box::new(|| decide(&json, false))),
        ("NDJSON decided on by the command", Box::new(|| command(&folder, &json).map(|(_, most)| most))),
    ];
    println!("{rows} rows of {} facts", FACTS.len());
    for ways in [&csv_ways, &json_ways] {
        let times = best(ways, 5)?;
        let base = times.first().map_or(1, Duration::as_nanos).max(1);
        for ((name, _), time) in ways.iter().zip(&times) {
            let (each, part) = (time.as_nanos() / u128::from(rows.max(1)), time.as_nanos() * 100 / base);
            println!("{name:36} {each:6} ns a row, {}.{:02} times reading", part / 100, part % 100);
        }
    }
    for (name, kind, rows) in [
        ("CSV", Filling::Csv, rows / 10),
        ("CSV", Filling::Csv, rows),
        ("CSV", Filling::Csv, 10 * rows),
        ("NDJSON", Filling::Json, 10 * rows),
        ("CSV, all rows bad", Filling::Bad, 5 * rows),
    ] {
        let path = folder.join(if kind == Filling::Json { "long.ndjson" } else { "long.csv" });
        table(&path, kind, rows)?;
        let (time, most) = command(&folder, &path)?;
        let mib = path.metadata()?.len() / (1024 * 1024);
        fs::remove_file(&path)?;
        println!("{name}: {rows} rows, {mib} MiB: {} ms, at most {} MiB", time.as_millis(), most / 1024);
    }
    Ok(())
}

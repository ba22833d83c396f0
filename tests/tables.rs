//! Tables that are decided on row by row, as users of the command see it.

use crate::cli::Folder;
use serde_json::Value;

const TABLE: &str = "\
id,accepts the unity government,the unity government has taken office in the capital
one,no,yes
two,yes,yes
three,,yes
four,perhaps,yes
five,no,no
";

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.put("table.csv", TABLE);
    folder
}

#[test]
fn a_table_is_summarised_with_its_bad_rows() {
    let folder = folder("table-numbers");
    let arguments = ["decide", "policy.placet", "table.csv", "--stream", "--as-of", "2016-02-15"];
    let ran = folder.run(&arguments);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "a bad row is a finding");
    for expected in [
        "5 rows read, 1 of them bad",
        "          eligible      not eligible  undetermined\ntraining  1 (25.0 %)    2 (50.0 %)    1 (25.0 %)",
        "Rules that fail most\n  2 (50.0 %)    Accepts the unity government\n  1 (25.0 %)    The unity government sits",
        "line 5: accepts the unity government: invalid value \"perhaps\" (write yes, no,",
    ] {
        assert!(ran.out.contains(expected), "{}", ran.out);
    }
    let markdown = folder.run(&[&arguments[..], &["--format", "markdown"]].concat()).out;
    assert!(markdown.contains("| training | 1 (25.0 %) | 2 (50.0 %) | 1 (25.0 %) |"), "{markdown}");
    let json = folder.run(&[&arguments[..], &["--format", "json"]].concat()).json();
    assert_eq!((&json["rows"], &json["bad"]), (&Value::from(5), &Value::from(1)));
    assert_eq!(json["types"][0]["ineligible"], 2);
    assert_eq!((&json["rules"][0]["rule"], &json["rules"][0]["fails"]), (&"acceptance".into(), &2.into()));
    assert_eq!(json["first_bad"][0]["line"], 5);
}

#[test]
fn output_lines_follow_the_order_of_the_rows() {
    let folder = folder("table-rows");
    let ran = |format: &str| {
        let arguments = ["decide", "policy.placet", "table.csv", "--stream", "--as-of", "2016-02-15"];
        folder.run(&[&arguments[..], &["--format", format]].concat())
    };
    let csv = ran("csv");
    assert_eq!((csv.code, csv.err.as_str()), (1, "1 of 5 rows is bad\n"));
    let lines: Vec<&str> = csv.out.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "line,subject,as of,problem,training",
            "2,one,2016-02-15,,ineligible",
            "3,two,2016-02-15,,eligible",
            "4,three,2016-02-15,,undetermined",
        ]
    );
    assert!(lines[4].starts_with("5,four,,\"accepts the unity government: "), "{}", lines[4]);
    assert_eq!(lines[5..], ["6,five,2016-02-15,,ineligible"]);
    let ndjson: Vec<Value> =
        ran("ndjson").out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(ndjson[1]["verdicts"]["training"], "eligible");
    assert_eq!(ndjson[3]["column"], "accepts the unity government");
}

#[test]
fn standard_input_needs_an_explicit_format() {
    let folder = folder("table-input");
    let ran = folder.run_with(&["decide", "policy.placet", "-", "--as-of", "2016-02-15"], TABLE);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--input csv"), "{}", ran.err);
    let lines = "{\"id\": \"one\", \"as_of\": \"2016-02-15\", \"accepts the unity government\": false}\n\n{\"id\": 3}\n";
    let arguments = ["decide", "policy.placet", "-", "--input", "ndjson", "--format", "csv"];
    let ran = folder.run_with(&arguments, lines);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("\r\n1,one,2016-02-15,,ineligible\r\n3,,,"), "{}", ran.out);
}

#[test]
fn circumstances_apply_to_the_rows_of_a_table() {
    let folder = folder("table-beside");
    folder.put(
        "situation.placet",
        "use \"words.placet\"\n\ndossier situation\n  about unity government\n  - it has taken office in the capital\n",
    );
    folder.put("bare.csv", "id,accepts the unity government\none,yes\n");
    let arguments =
        ["decide", "policy.placet", "bare.csv", "--as-of", "2016-02-15", "--format", "csv", "--stream"];
    assert!(folder.run(&arguments).out.ends_with("2,one,2016-02-15,,undetermined\r\n"));
    let with_circumstances = [&arguments[..], &["situation.placet"]].concat();
    let ran = folder.run(&with_circumstances);
    assert!(ran.out.ends_with("2,one,2016-02-15,,eligible\r\n"), "{} {}", ran.out, ran.err);
    assert_eq!(ran.code, 0);
}

#[test]
fn an_unreadable_table_is_a_failure() {
    let folder = folder("table-failures");
    folder.put("wrong.csv", "id,accepts the unity goverment\none,yes\n");
    folder.put("utf16.csv", b"\xff\xfei\0d\0");
    for (arguments, message) in [
        (&["wrong.csv"][..], "wrong.csv:1:4"),
        (&["utf16.csv"], "UTF-16"),
        (&["table.csv", "wrong.csv"], "one table at a time"),
        (&["table.csv", "--explain"], "reasons are not given row by row"),
        (&["table.csv", "--assistance", "air support"], "air support"),
    ] {
        let start = ["decide", "policy.placet", "--stream", "--as-of", "2016-02-15"];
        let ran = folder.run(&[&start[..], arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(message) && ran.out.is_empty(), "{}", ran.err);
    }
}

/// The size of a table does not affect the verdicts, whether it is read as a whole or row by row.
#[test]
fn a_large_table_is_streamed_automatically() {
    let folder = folder("table-large");
    let mut table = TABLE.replace("four,perhaps,yes\n", "");
    while table.len() <= 8 * 1024 * 1024 {
        for _ in 0..1_000 {
            table += &format!("row-{},yes,yes,{}\n", table.len(), "x".repeat(200));
        }
    }
    let table = table.replacen("in the capital\n", "in the capital,note\n", 1);
    let table = table.replace(",yes\n", ",yes,\n").replace("five,no,no\n", "five,no,no,\n");
    folder.put("large.csv", &table);
    let decide = ["decide", "policy.placet", "large.csv", "--as-of", "2016-02-15"];
    let ran = folder.run(&decide);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains(" rows read"), "{}", ran.out);
    // The machine-readable output has another format in this case, so it must be requested explicitly.
    for format in ["json", "csv", "ndjson", "markdown"] {
        let ran = folder.run(&[&decide[..], &["--format", format]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("larger than 8 MiB") && ran.err.contains("--stream"), "{}", ran.err);
    }
    let ran = folder.run(&[&decide[..], &["--format", "json", "--stream"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let json = ran.json();
    assert_eq!(json["format"], "placet-summary/1");
    assert_eq!(json["types"][0]["eligible"], table.lines().count() - 4);
    assert_eq!(json["types"][0]["ineligible"], 2);
}

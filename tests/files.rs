//! Files that the command reads and writes, its streams, and the clock.

use crate::cli::Folder;
use std::fs;
use std::process::{Command, Stdio};

/// The command in a folder, for a test to configure and run.
fn placet(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_placet"));
    command.args(arguments).current_dir(&folder.0).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// The exit code if the reader of the output closes the stream before anything is written.
fn unread(folder: &Folder, arguments: &[&str]) -> Option<i32> {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child = placet(folder, arguments).stdout(writer).stderr(Stdio::null()).spawn().unwrap();
    child.wait().unwrap().code()
}

#[test]
fn a_closed_output_keeps_the_exit_code() {
    let folder = Folder::new("closed-output");
    folder.put("broken.placet", "requirement r\n").put("untidy.placet", "kind  group\n");
    folder.put(
        "failing.placet",
        "use \"words.placet\"\npolicy \"P\"\n  id p\n  version 1\n  about group\n\nassistance training\n\n\
        scenario \"S\"\n  as of 2016-02-15\n  expect training is ineligible\n",
    );
    folder.put("bad.csv", "id,accepts the unity government\none,perhaps\n");
    for (arguments, code) in [
        (&["check", "words.placet"][..], 0),
        (&["check", "broken.placet"], 1),
        (&["check", "broken.placet", "--format", "json"], 1),
        (&["test", "policy.placet"], 0),
        (&["test", "failing.placet"], 1),
        (&["fmt", "--check", "untidy.placet"], 1),
        (&["diff", "policy.placet", "policy.placet"], 0),
        (&["diff", "policy.placet", "failing.placet"], 1),
        (&["compare", "policy.placet", "policy.placet", "one.placet"], 0),
        (&["decide", "policy.placet", "bad.csv", "--stream", "--as-of", "2016-02-15"], 1),
        // Output that is cut off is neither a success nor a finding.
        (&["decide", "policy.placet", "one.placet"], 141),
        (
            &["decide", "policy.placet", "bad.csv", "--stream", "--as-of", "2016-02-15", "--format", "csv"],
            141,
        ),
    ] {
        assert_eq!(unread(&folder, arguments), Some(code), "{arguments:?}");
    }
}

#[test]
fn an_output_never_overwrites_an_input() {
    let folder = Folder::new("output-over-input");
    let names = ["policy.placet", "words.placet", "one.placet", "other.placet", "other.csv", "other.JSON"];
    folder.put("other.placet", "kind group\n").put("other.csv", "id\n").put("other.JSON", "{}");
    let kept = || names.map(|name| fs::read(folder.0.join(name)).unwrap());
    let before = kept();
    for name in names {
        let ran = folder.run(&["graph", "policy.placet", "one.placet", "-o", name]);
        assert_eq!(ran.code, 2, "{name}");
        assert!(ran.err.contains("it would replace an input"), "{name}: {}", ran.err);
    }
    assert_eq!(folder.run(&["ask", "policy.placet", "--out", "one.placet"]).code, 2);
    assert_eq!(kept(), before);
    folder.put("picture.svg", "old");
    assert_eq!(folder.run(&["graph", "policy.placet", "-o", "picture.svg"]).code, 0);
    assert!(fs::read_to_string(folder.0.join("picture.svg")).unwrap().starts_with("<svg "));
}

#[test]
fn table_extensions_are_case_insensitive() {
    let folder = Folder::new("capital-ending");
    folder.put("GROUPS.CSV", "id,accepts the unity government\none,no\n");
    let arguments = ["decide", "policy.placet", "GROUPS.CSV", "--as-of", "2016-02-15"];
    let whole = folder.run(&arguments);
    assert_eq!(whole.code, 0, "{}", whole.err);
    let streamed = folder.run(&[&arguments[..], &["--stream"]].concat());
    assert!(streamed.out.contains("1 row read"), "{}{}", streamed.out, streamed.err);
}

#[test]
fn today_is_the_local_date() {
    let folder = Folder::new("today");
    // These two time zones never have the same date.
    let days = ["<+14>-14", "<-12>12"].map(|zone| {
        let arguments = ["decide", "policy.placet", "one.placet", "--as-of", "today", "--format", "csv"];
        let ran = placet(&folder, &arguments).env("TZ", zone).output().unwrap();
        let rows = String::from_utf8(ran.stdout).unwrap();
        rows.lines().nth(1).unwrap_or_default().split(',').nth(5).unwrap_or_default().to_owned()
    });
    let [east, west] = days.each_ref().map(|day| placet::value::Date::parse(day).expect(day).number());
    assert!((1..=2).contains(&(east - west)), "{days:?}");
}

#[test]
fn messages_contain_no_os_error_codes() {
    let folder = Folder::new("system-words");
    fs::create_dir(folder.0.join("folder")).unwrap();
    folder.put("uses.placet", "use \"gone.placet\"\n");
    for arguments in [
        &["decide", "gone.placet", "one.placet"][..],
        &["check", "uses.placet"],
        &["fmt", "gone.placet"],
        &["graph", "policy.placet", "-o", "gone/picture.svg"],
        &["graph", "policy.placet", "-o", "folder"],
        &["ask", "policy.placet", "--as-of", "2016-02-15", "--out", "gone/one.placet"],
    ] {
        let ran = folder.run(arguments);
        assert_ne!(ran.code, 0, "{arguments:?}");
        assert!(!(ran.out + &ran.err).contains("os error"), "{arguments:?}");
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_planted_link_is_not_followed_when_writing() {
        let folder = Folder::new("planted-link");
        folder.put("untidy.placet", "kind  group\n").put("treasure", "kept");
        for planted in ["untidy.placet.new", "untidy.placet.tmp", "untidy.new"] {
            symlink("treasure", folder.0.join(planted)).unwrap();
        }
        fs::set_permissions(folder.0.join("untidy.placet"), PermissionsExt::from_mode(0o640)).unwrap();
        assert_eq!(folder.run(&["fmt", "untidy.placet"]).code, 0);
        assert_eq!(fs::read_to_string(folder.0.join("treasure")).unwrap(), "kept");
        assert_eq!(fs::read_to_string(folder.0.join("untidy.placet")).unwrap(), "kind group\n");
        let mode = fs::metadata(folder.0.join("untidy.placet")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }

    #[test]
    fn fmt_keeps_a_link_and_formats_its_target() {
        let folder = Folder::new("formatted-link");
        folder.put("untidy.placet", "kind  group\n");
        symlink("untidy.placet", folder.0.join("link.placet")).unwrap();
        assert_eq!(folder.run(&["fmt", "link.placet"]).code, 0);
        assert!(folder.0.join("link.placet").is_symlink());
        assert_eq!(fs::read_to_string(folder.0.join("untidy.placet")).unwrap(), "kind group\n");
        // A symbolic link to an input counts as that input.
        symlink("policy.placet", folder.0.join("picture.svg")).unwrap();
        assert_eq!(folder.run(&["graph", "policy.placet", "-o", "picture.svg"]).code, 2);
    }

    #[test]
    fn a_link_does_not_change_the_root() {
        let folder = Folder::new("links-out");
        let outside = Folder::new("links-outside");
        outside.put("secret.placet", "kind  group\n");
        fs::create_dir(folder.0.join("in")).unwrap();
        folder.put("in/own.placet", "kind  group\n");
        for link in ["in/found.placet", "named.placet"] {
            symlink(outside.0.join("secret.placet"), folder.0.join(link)).unwrap();
        }
        // A link that is found is left out, with a remark; one that is named is an error.
        let ran = folder.run(&["fmt", "in"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.err.contains("in/found.placet is left out"), "{}", ran.err);
        assert_eq!(fs::read_to_string(folder.0.join("in/own.placet")).unwrap(), "kind group\n");
        for command in [&["fmt", "named.placet"][..], &["decide", "policy.placet", "named.placet"]] {
            let ran = folder.run(command);
            assert_eq!(ran.code, 2, "{}", ran.out);
            assert!(ran.err.contains("named.placet leads outside of"), "{}", ran.err);
        }
        assert_eq!(fs::read_to_string(outside.0.join("secret.placet")).unwrap(), "kind  group\n");
    }

    #[test]
    fn a_non_utf8_file_name_is_an_error() {
        let folder = Folder::new("not-utf8");
        let name = OsStr::from_bytes(b"po\xffli\xffcy.placet");
        fs::write(folder.0.join(name), "kind group\n").unwrap();
        for (command, path) in [("check", name), ("check", OsStr::new(".")), ("fmt", name)] {
            let ran = Command::new(env!("CARGO_BIN_EXE_placet"))
                .arg(command)
                .arg(path)
                .current_dir(&folder.0)
                .output()
                .unwrap();
            let message = String::from_utf8(ran.stderr).unwrap();
            assert_eq!(ran.status.code(), Some(2), "{message}");
            assert!(message.contains("po\\xFFli\\xFFcy.placet is not valid UTF-8"), "{message}");
        }
    }

    #[test]
    fn an_output_can_be_a_device() {
        let folder = Folder::new("device");
        assert_eq!(folder.run(&["graph", "policy.placet", "-o", "/dev/null"]).code, 0);
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}

//! Concerns in the outputs that people read.

use crate::cli::Folder;

const POLICY: &str = r#"
source essay "An essay"

kind group "armed group"
  is neutral : yes or no
  is divided : yes or no
    ask "Is the group divided?"
  is in the capital : yes or no

policy "Equipment"
  id equipment
  version 1
  about group

assistance equipment
assistance training

requirement neutrality "Neutral"
  needs the group is neutral

concern fractures "May deepen fractures", level high
  for equipment
  when the group is in the capital
  who "Donor"
  cite essay line 11, derived
  remedy "Record how the equipment is shared."

concern divisions "May divide the group"
  when the group is divided

concern bias "May be taken for bias", level low
  when the group is not neutral
"#;

const DOSSIER: &str = r#"
dossier unit "A unit"
  about group
  as of 2016-02-15
  - it is neutral
      from essay line 2
  - it is in the capital
      from essay line 3
"#;

#[test]
fn concerns_are_listed_with_each_verdict() {
    let folder = Folder::new("concerns");
    folder.put("policy.placet", POLICY).put("unit.placet", DOSSIER);
    let written = |arguments: &[&str]| {
        let ran =
            folder.run(&[&["decide", "policy.placet", "unit.placet", "--no-manifest"], arguments].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        ran.out
    };
    insta::assert_snapshot!(
        [
            "decide\n",
            &written(&[]),
            "\n\ndecide --explain\n",
            &written(&["--explain"]),
            "\n\ndecide --format markdown\n",
            &written(&["--format", "markdown"])
        ]
        .concat()
    );
}

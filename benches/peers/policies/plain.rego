package support

default eligible := false

eligible if {
	input.accepts_unity_government
	input.obeys_national_command
	input.is_neutral
	input.in_joint_command
	input.commander_vetted
	input.headcount >= 50
	count(steps) >= 2
	not abuse
	not input.designated
}

steps contains "code of conduct" if input.code_of_conduct

steps contains "incident reports" if input.incident_reports

steps contains "monitors" if input.monitors_admitted

abuse if {
	input.credible_abuse
	not input.abuse_remedied
}

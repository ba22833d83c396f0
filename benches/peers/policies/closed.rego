package support

default eligible := false

eligible if {
	input.accepts_unity_government == true
	input.obeys_national_command == true
	input.is_neutral == true
	input.in_joint_command == true
	input.commander_vetted == true
	is_number(input.headcount)
	input.headcount >= 50
	count(steps) >= 2
	no_abuse
	input.designated == false
}

steps contains "code of conduct" if input.code_of_conduct == true

steps contains "incident reports" if input.incident_reports == true

steps contains "monitors" if input.monitors_admitted == true

no_abuse if input.credible_abuse == false

no_abuse if input.abuse_remedied == true

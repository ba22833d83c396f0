//! `placet decide --explain`: a decision in sentences, with every rule's source and every fact's.

use crate::overview::mark;
use crate::render::{bad, faint, good, open, safe, strong};
use crate::table::{pad, width, wrap};
use placet::decision::{Decision, FactRef, Node, Outcome, RuleOutcome, RuleStatus, Verdict};
use placet::evidence::Status;
use placet::policy::{Policy, Rule};
use placet::value::Truth;
use placet::wire::words;

/// Writes a decision.
pub fn write(decision: &Decision<'_>) -> String {
    let mut page = Page { policy: decision.policy, width: width(), text: String::new() };
    page.head(decision);
    let mut groups: Vec<(String, Vec<&Verdict<'_>>)> = Vec::new();
    for verdict in &decision.verdicts {
        let body = page.body(verdict);
        match groups.iter_mut().find(|(other, verdicts)| {
            *other == body && verdicts.iter().all(|one| one.outcome == verdict.outcome)
        }) {
            Some((_, verdicts)) => verdicts.push(verdict),
            None => groups.push((body, vec![verdict])),
        }
    }
    for (body, verdicts) in groups {
        let names: Vec<String> = verdicts.iter().map(|verdict| page.name(verdict)).collect();
        let outcome = verdicts.first().map_or(Outcome::Undetermined, |verdict| verdict.outcome);
        page.text += &wrap(&strong(names.join(", ")), page.width, "", "  ");
        page.text += &format!(": {}\n{body}\n", mark(outcome, 0));
    }
    page.rules(decision);
    page.foot(decision);
    page.text
}

struct Page<'a> {
    policy: &'a Policy,
    width: usize,
    text: String,
}

impl Page<'_> {
    fn head(&mut self, decision: &Decision<'_>) {
        let Policy { title, version, period, .. } = self.policy;
        self.text +=
            &format!("{} {}\n", strong(safe(&decision.title)), faint(format!("({})", decision.subject)));
        let line = format!("under {}, version {}, as of {}", safe(title), safe(version), decision.as_of);
        self.line(&line, "", "  ");
        if !period.contains(decision.as_of) {
            let when = words::period(*period).unwrap_or_default();
            self.line(&bad(format!("The policy was not in force on that day ({when}).")), "", "  ");
        }
        self.text += "\n";
    }

    fn name(&self, verdict: &Verdict<'_>) -> String {
        let assistance = self.policy.assistance.find(verdict.assistance);
        assistance.map_or_else(String::new, |assistance| safe(&assistance.name))
    }

    fn line(&mut self, text: &str, first: &str, rest: &str) {
        self.text += &wrap(text, self.width, first, rest);
        self.text += "\n";
    }

    /// What is to be said of one verdict beside its word, the rules apart.
    fn body(&self, verdict: &Verdict<'_>) -> String {
        let mut page = Page { policy: self.policy, width: self.width, text: String::new() };
        if verdict.outcome == Outcome::Undetermined && !verdict.exact {
            page.line("Sound only: the facts might in truth settle it.", "  ", "  ");
        }
        for (place, reason) in verdict.reasons.iter().enumerate() {
            page.line(if place == 0 { "Because" } else { "and in itself because" }, "  ", "  ");
            for finding in reason {
                page.line(&safe(&finding.text), "    - ", "      ");
                page.sources(&finding.fact, "        ");
            }
        }
        page.missing(verdict);
        page.changes(verdict);
        page.attached(verdict);
        for presumed in &verdict.presumptions {
            page.line(
                &format!("Presumed, since nobody says otherwise: {}", safe(&presumed.text)),
                "  ",
                "    ",
            );
        }
        if let Some(day) = verdict.holds_until {
            page.line(&format!("If nothing but time passes, this holds until {day}."), "  ", "  ");
        }
        page.text
    }

    fn sources(&mut self, fact: &FactRef<'_>, indent: &str) {
        for line in words::sources(fact, &self.policy.vocabulary) {
            self.line(&safe(&line), indent, &format!("{indent}  "));
        }
    }

    fn missing(&mut self, verdict: &Verdict<'_>) {
        for (place, missing) in verdict.missing.iter().enumerate() {
            if place == 0 {
                self.line("It hinges on", "  ", "  ");
            }
            let status = match missing.fact.status {
                Status::Contested => "sources disagree",
                other => words::status(other),
            };
            let standard =
                missing.fact.standard.as_ref().map(|name| format!(", on {name}")).unwrap_or_default();
            self.line(&format!("{} ({status}{standard})", safe(&missing.fact.text)), "    - ", "      ");
            if place == 0 {
                self.line(
                    &format!("ask first: {}", safe(&words::question(&missing.fact))),
                    "        ",
                    "          ",
                );
            }
            let rules: Vec<String> = missing
                .rules
                .iter()
                .filter_map(|id| self.policy.rules.find(*id))
                .map(|rule| format!("{} ({})", safe(&rule.title), rule.id))
                .collect();
            if !rules.is_empty() {
                self.line(&format!("it matters to: {}", rules.join("; ")), "        ", "          ");
            }
            self.sources(&missing.fact, "        ");
        }
    }

    fn changes(&mut self, verdict: &Verdict<'_>) {
        if verdict.out_of_reach {
            self.line("No change of facts that can change would make it eligible.", "  ", "  ");
        }
        for (place, set) in verdict.changes.iter().enumerate() {
            self.line(if place == 0 { "It would be eligible with" } else { "or with" }, "  ", "  ");
            for change in set {
                let first = format!("    - {} ", words::change(change.word));
                self.line(&safe(&change.text), &first, "      ");
            }
        }
    }

    fn attached(&mut self, verdict: &Verdict<'_>) {
        for chosen in &verdict.choices {
            let Some(choice) = self.policy.choices.get(chosen.choice) else { continue };
            let values = safe(&chosen.values.join(", or "));
            self.line(&format!("{}: {values}", safe(&choice.title)), "  ", "    ");
        }
        for attached in &verdict.obligations {
            let Some(obligation) = self.policy.obligations.get(attached.obligation) else { continue };
            let who = obligation.who.as_ref().map(|who| format!(", by {}", safe(who))).unwrap_or_default();
            let due = attached.due.map(|due| format!(", {}", words::due(due))).unwrap_or_default();
            let open = if attached.truth == Truth::Open { " (whether it is owed is open)" } else { "" };
            self.line(&format!("Owed: {}{who}{due}{open}", safe(&obligation.title)), "  ", "    ");
        }
    }

    /// The rules, each once; where a rule comes out differently by type of assistance, once for each outcome.
    fn rules(&mut self, decision: &Decision<'_>) {
        let mut seen: Vec<(&RuleOutcome, Vec<String>)> = Vec::new();
        for verdict in &decision.verdicts {
            for outcome in &verdict.rules {
                let same = |other: &&mut (&RuleOutcome, Vec<String>)| {
                    (other.0.rule, other.0.status, &other.0.lifted_by)
                        == (outcome.rule, outcome.status, &outcome.lifted_by)
                };
                match seen.iter_mut().find(same) {
                    Some((_, names)) => names.push(self.name(verdict)),
                    None => seen.push((outcome, vec![self.name(verdict)])),
                }
            }
        }
        seen.sort_by_key(|(outcome, _)| outcome.rule);
        if !seen.is_empty() {
            self.text += &format!("{}\n", strong("Rules"));
        }
        for (outcome, names) in seen {
            let Some(rule) = self.policy.rules.find(outcome.rule) else { continue };
            let all = names.len() == decision.verdicts.len();
            // where a rule fails, those that are open decide nothing
            let tells = match outcome.status {
                RuleStatus::Failed | RuleStatus::Lifted => true,
                RuleStatus::Open => decision.verdicts.iter().any(|verdict| {
                    verdict.outcome == Outcome::Undetermined
                        && verdict.rules.iter().any(|other| other.rule == outcome.rule)
                }),
                RuleStatus::Met | RuleStatus::NotApplicable => false,
            };
            self.rule(outcome, rule, tells, if all { None } else { Some(names.join(", ")) });
        }
        self.text += "\n";
    }

    fn rule(&mut self, outcome: &RuleOutcome, rule: &Rule, tells: bool, only_for: Option<String>) {
        const INDENT: &str = "                    ";
        let word = pad(words::rule_status(outcome.status), 16);
        let word = match outcome.status {
            RuleStatus::Failed => bad(word),
            RuleStatus::Open => open(word),
            RuleStatus::Met | RuleStatus::Lifted => good(word),
            RuleStatus::NotApplicable => faint(word),
        };
        self.line(&format!("{} ({})", safe(&rule.title), rule.id), &format!("  {word}  "), INDENT);
        if let Some(names) = only_for {
            self.line(&faint(format!("for {names}")), INDENT, INDENT);
        }
        let cited = words::citations(&rule.cites, &self.policy.vocabulary);
        if !cited.is_empty() {
            self.line(&faint(safe(&cited)), INDENT, INDENT);
        }
        for id in &outcome.lifted_by {
            let Some(waiver) = self.policy.waivers.find(*id) else { continue };
            let by = waiver
                .granted_by
                .as_ref()
                .map(|who| format!(", granted by {}", safe(who)))
                .unwrap_or_default();
            self.line(&format!("lifted by {} ({}){by}", safe(&waiver.title), waiver.id), INDENT, INDENT);
        }
        if tells {
            // the rule's own line says how it turned out as a whole
            outcome.tree.children.iter().for_each(|child| self.node(child, INDENT));
            if let Some(remedy) = rule.remedy.as_ref().filter(|_| outcome.status != RuleStatus::Lifted) {
                self.line(&format!("To meet it: {}", safe(remedy)), INDENT, INDENT);
            }
        }
    }

    fn node(&mut self, node: &Node, indent: &str) {
        let mark = pad(words::truth(node.truth), 5);
        let mark = match node.truth {
            Truth::Yes => good(mark),
            Truth::No => bad(mark),
            Truth::Open => open(mark),
        };
        let known = match (&node.known, node.status) {
            (Some(known), Some(Status::Known)) => format!(": {}", safe(known)),
            (Some(known), Some(status)) if known != words::status(status) => {
                format!(": {} ({})", safe(known), words::status(status))
            }
            (Some(known), _) => format!(": {}", safe(known)),
            (None, Some(status)) => format!(": {}", words::status(status)),
            (None, None) => String::new(),
        };
        let text = format!("{}{}", safe(&node.text), faint(known));
        self.line(&text, &format!("{indent}{mark} "), &format!("{indent}        "));
        for child in &node.children {
            self.node(child, &format!("{indent}  "));
        }
    }

    fn foot(&mut self, decision: &Decision<'_>) {
        let whom = match &self.policy.authority {
            Some(authority) => safe(authority),
            None => "the responsible authority".to_owned(),
        };
        let advice = "This is advice worked out from a written policy and the dossier";
        self.line(&format!("{advice}; the decision lies with: {whom}."), "", "");
        let Policy { id, version, hash, .. } = self.policy;
        self.line(&faint(format!("policy  {id} {version}, SHA-256 {hash}")), "", "  ");
        self.line(
            &faint(format!("dossier {}, SHA-256 {}", decision.subject, decision.dossier_hash)),
            "",
            "  ",
        );
        self.line(&faint(format!("engine  placet {}", env!("CARGO_PKG_VERSION"))), "", "  ");
        self.text += "\n";
    }
}

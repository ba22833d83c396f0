//! `placet decide --explain`: writes a decision in sentences, with the sources of every rule and every fact.

use crate::render::{bad, faint, good, mark, open, safe, strong};
use crate::table::{pad, width, wrap};
use placet::decision::{
    Change, ChangeWord, Decision, FactRef, KnownFact, Missing, Node, Outcome, RuleOutcome, RuleStatus,
    Verdict,
};
use placet::evidence::Status;
use placet::id::RuleId;
use placet::policy::{Body, Header, Policy, Rule};
use placet::value::Truth;
use placet::wire::manifest::ENGINE;
use placet::wire::words;

/// Writes a decision.
pub fn write(decision: &Decision<'_>) -> String {
    let mut page = Page { policy: decision.policy, width: width(), text: String::new() };
    page.head(decision);
    let mut groups: Vec<(String, Vec<&Verdict<'_>>)> = Vec::new();
    for verdict in &decision.verdicts {
        let body = page.body(decision, verdict);
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
        let concerns = verdicts.first().map(|verdict| words::concerns(decision, verdict.assistance));
        let concerns =
            concerns.filter(|concerns| !concerns.is_empty()).map(|concerns| format!(", {concerns}"));
        page.text += &format!(": {}{}\n{body}\n", mark(outcome, 0), concerns.unwrap_or_default());
    }
    page.rules(decision);
    page.unused(decision);
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

    /// Returns the explanation of one verdict, without the rules.
    fn body(&self, decision: &Decision<'_>, verdict: &Verdict<'_>) -> String {
        let mut page = Page { policy: self.policy, width: self.width, text: String::new() };
        if verdict.outcome == Outcome::Undetermined && !verdict.exact {
            page.line("This verdict is cautious: the known facts may already settle it.", "  ", "  ");
        }
        page.reasons(verdict);
        page.together(verdict);
        page.missing(verdict);
        page.changes(verdict);
        page.concerns(decision, verdict);
        page.attached(verdict);
        for presumed in &verdict.presumptions {
            let heading = words::presumed_heading(&presumed.fact);
            page.line(&format!("{heading}: {}", safe(&presumed.text)), "  ", "    ");
            page.sources(&presumed.fact, "      ");
        }
        page.omitted(verdict);
        if let Some(day) = verdict.holds_until {
            page.line(&format!("With the same dossier, this holds until {day}."), "  ", "  ");
        }
        for search in &verdict.cut_short {
            page.line(words::cut_short(*search), "  ", "  ");
        }
        page.text
    }

    /// Writes the first of the smallest sets of facts in full. The others are written as differences from it, or in
    /// full if they share nothing with it.
    fn reasons(&mut self, verdict: &Verdict<'_>) {
        let texts = |reason: &[KnownFact<'_>]| -> Vec<String> {
            reason.iter().map(|finding| safe(&finding.text)).collect()
        };
        let first = verdict.reasons.first().map(|reason| texts(reason)).unwrap_or_default();
        for (place, reason) in verdict.reasons.iter().enumerate() {
            if let Some(difference) = words::apart(&texts(reason), &first) {
                self.line(&format!("or {difference}"), "    ", "      ");
                continue;
            }
            self.line(if place == 0 { "Because" } else { "Also sufficient by itself" }, "  ", "  ");
            for finding in reason {
                self.line(&safe(&finding.text), "    - ", "      ");
                self.sources(&finding.fact, "        ");
            }
        }
    }

    /// Writes the rules that fail only together.
    fn together(&mut self, verdict: &Verdict<'_>) {
        if verdict.together.is_empty() {
            return;
        }
        self.line(&words::together(verdict.together.len(), !verdict.reasons.is_empty()), "  ", "  ");
        for rule in verdict.together.iter().filter_map(|id| self.policy.rules.find(*id)) {
            self.line(&named(&rule.header), "    - ", "      ");
        }
    }

    /// Writes the statements that standards left out and that would change the verdict.
    fn omitted(&mut self, verdict: &Verdict<'_>) {
        let Some(heading) = words::omitted_heading(&verdict.omitted) else { return };
        self.line(&heading, "  ", "    ");
        for one in &verdict.omitted.statements {
            let line = words::omitted_statement(one, &self.policy.vocabulary);
            self.line(&safe(&line), "    - ", "      ");
        }
    }

    fn sources(&mut self, fact: &FactRef<'_>, indent: &str) {
        for line in words::sources(fact, &self.policy.vocabulary) {
            self.line(&safe(&line), indent, &format!("{indent}  "));
        }
    }

    /// Writes the question to ask first, then every missing fact, below the first rule that it matters to.
    fn missing(&mut self, verdict: &Verdict<'_>) {
        let Some(first) = verdict.missing.first() else { return };
        self.line(&format!("Ask first: {}", safe(&first.fact.question)), "  ", "    ");
        let mut by_rule: Vec<(Option<RuleId>, Vec<&Missing<'_>>)> = Vec::new();
        for missing in &verdict.missing {
            let rule = missing.rules.first().copied();
            match by_rule.iter_mut().find(|(other, _)| *other == rule) {
                Some((_, facts)) => facts.push(missing),
                None => by_rule.push((rule, vec![missing])),
            }
        }
        let count = match verdict.missing.len() {
            1 => "It depends on one missing fact".to_owned(),
            many => format!("It depends on {many} missing facts, the most influential first"),
        };
        self.line(&count, "  ", "  ");
        for (rule, facts) in by_rule {
            if let Some(rule) = rule.and_then(|id| self.policy.rules.find(id)) {
                self.line(&named(&rule.header), "    ", "      ");
            }
            for missing in facts {
                let status = match missing.fact.status {
                    Status::Contested => "sources disagree",
                    other => words::status(other),
                };
                let standard =
                    missing.fact.standard.as_ref().map(|name| format!(", on {name}")).unwrap_or_default();
                let also: Vec<&str> = missing
                    .rules
                    .iter()
                    .skip(1)
                    .filter_map(|id| self.policy.rules.find(*id))
                    .map(|rule| rule.header.id.as_str())
                    .collect();
                let also =
                    if also.is_empty() { String::new() } else { format!("; also for {}", also.join(", ")) };
                let text = format!("{} ({status}{standard}{also})", safe(&missing.fact.text));
                self.line(&text, "      - ", "        ");
                self.sources(&missing.fact, "          ");
            }
        }
    }

    /// Writes the first of the smallest sets of changes in full, and the others as differences from it.
    fn changes(&mut self, verdict: &Verdict<'_>) {
        if verdict.out_of_reach {
            self.line(words::OUT_OF_REACH, "  ", "  ");
        }
        let Some((first, others)) = verdict.changes.split_first() else { return };
        let texts =
            |set: &[Change<'_>]| -> Vec<String> { set.iter().map(|change| change.text.clone()).collect() };
        let count = match first.len() {
            1 => "One fact would make it eligible".to_owned(),
            many => format!("These {many} facts together would make it eligible; fewer would not"),
        };
        self.line(&count, "  ", "  ");
        for word in [ChangeWord::Change, ChangeWord::Settle, ChangeWord::Establish] {
            let mut facts = first.iter().filter(|change| change.word == word).peekable();
            if facts.peek().is_some() {
                self.line(words::change_heading(word), "    ", "    ");
            }
            for change in facts {
                self.line(&safe(&change.text), "      - ", "        ");
            }
        }
        for other in others {
            let (texts, first) = (texts(other), texts(first));
            let all = || texts.iter().map(|text| format!("“{text}”")).collect::<Vec<_>>().join(" and ");
            let difference = words::apart(&texts, &first).unwrap_or_else(all);
            self.line(&format!("or {}", safe(&difference)), "    ", "      ");
        }
    }

    /// Writes the concerns: those to answer, then open ones, each with its first reason or its missing facts.
    fn concerns(&mut self, decision: &Decision<'_>, verdict: &Verdict<'_>) {
        let mut all: Vec<_> = decision.concerns_of(verdict.assistance).collect();
        all.sort_by_key(|(_, outcome)| match outcome.raised {
            Truth::Yes => 0,
            Truth::Open => 1,
            Truth::No => 2,
        });
        for (concern, outcome) in all {
            let heading = words::concern_heading(outcome);
            self.line(&format!("{heading}: {}", safe(&words::concern(concern))), "  ", "    ");
            if outcome.raised == Truth::No {
                continue;
            }
            let cited = words::citations(&concern.header.cites, &self.policy.vocabulary);
            if !cited.is_empty() {
                self.line(&faint(safe(&cited)), "    ", "    ");
            }
            for finding in outcome.reasons.first().into_iter().flatten() {
                self.line(&safe(&finding.text), "    - ", "      ");
                self.sources(&finding.fact, "        ");
            }
            for missing in &outcome.missing {
                let text = format!("{} ({})", missing.fact.text, words::status(missing.fact.status));
                self.line(&safe(&text), "    - ", "      ");
                self.line(&format!("ask: {}", safe(&missing.fact.question)), "        ", "          ");
                self.sources(&missing.fact, "        ");
            }
            for one in &outcome.omitted.statements {
                let line = words::omitted_statement(one, &self.policy.vocabulary);
                self.line(&format!("left out: {}", safe(&line)), "    - ", "      ");
            }
            if let Some(remedy) = &concern.header.remedy {
                self.line(&safe(remedy), "    ", "    ");
            }
        }
    }

    fn attached(&mut self, verdict: &Verdict<'_>) {
        for chosen in &verdict.choices {
            let Some(choice) = self.policy.choices.get(chosen.choice) else { continue };
            let values: Vec<String> =
                chosen.values.iter().map(|value| format!("“{}”", safe(value))).collect();
            self.line(&format!("{}: {}", safe(&choice.header.title), values.join(" or ")), "  ", "    ");
        }
        for attached in &verdict.obligations {
            let Some(obligation) = self.policy.obligations.get(attached.obligation) else { continue };
            let who = obligation.who.as_ref().map(|who| format!(", by {}", safe(who))).unwrap_or_default();
            let due = attached.due.map(|due| format!(", {}", words::due(due))).unwrap_or_default();
            let open = if attached.truth == Truth::Open { " (still open whether it applies)" } else { "" };
            let title = safe(&obligation.header.title);
            self.line(&format!("Obligation: {title}{who}{due}{open}"), "  ", "    ");
        }
    }

    /// Writes each rule once. A rule that has different results for different types of assistance is written once per
    /// result.
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
            // If a rule fails, the open rules do not affect the verdict.
            let is_decisive = match outcome.status {
                RuleStatus::Failed | RuleStatus::Lifted => true,
                RuleStatus::Open => decision.verdicts.iter().any(|verdict| {
                    verdict.outcome == Outcome::Undetermined
                        && verdict.rules.iter().any(|other| other.rule == outcome.rule)
                        || verdict.together.contains(&outcome.rule)
                }),
                RuleStatus::Met | RuleStatus::NotApplicable => false,
            };
            self.rule(outcome, rule, is_decisive, if all { None } else { Some(names.join(", ")) });
        }
        self.text += "\n";
    }

    fn rule(&mut self, outcome: &RuleOutcome, rule: &Rule, is_decisive: bool, only_for: Option<String>) {
        const INDENT: &str = "                    ";
        let word = pad(words::rule_outcome(outcome.status, rule), 16);
        let word = match outcome.status {
            RuleStatus::Failed => bad(word),
            RuleStatus::Open => open(word),
            RuleStatus::Met | RuleStatus::Lifted => good(word),
            RuleStatus::NotApplicable => faint(word),
        };
        self.line(&named(&rule.header), &format!("  {word}  "), INDENT);
        if let Some(names) = only_for {
            self.line(&faint(format!("for {names}")), INDENT, INDENT);
        }
        let cited = words::citations(&rule.header.cites, &self.policy.vocabulary);
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
            self.line(&format!("lifted by {}{by}", named(&waiver.header)), INDENT, INDENT);
        }
        if is_decisive {
            // The line of the rule already shows its overall result.
            outcome.tree.children.iter().for_each(|child| self.node(child, INDENT));
            let remedy = rule.header.remedy.as_ref();
            if let Some(remedy) = remedy.filter(|_| outcome.status != RuleStatus::Lifted) {
                let way = if matches!(rule.body, Body::Bar { .. }) { "To clear it" } else { "To meet it" };
                self.line(&format!("{way}: {}", safe(remedy)), INDENT, INDENT);
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
        // The mark already shows a plain yes or no. A number, a date or a choice also needs its value.
        let known = match (&node.known, node.status) {
            (Some(known), Some(Status::Known)) if known == "yes" || known == "no" => String::new(),
            (Some(known), Some(Status::Known)) => format!(": {}", safe(known)),
            // A presumed fact shows only its value.
            (Some(known), Some(Status::Presumed)) => format!(": {}", safe(known)),
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

    /// Writes the statements of the dossier that no rule uses.
    fn unused(&mut self, decision: &Decision<'_>) {
        if decision.unused.is_empty() {
            return;
        }
        self.line(&strong("Not used by this policy"), "", "  ");
        for statement in decision.unused {
            self.line(&safe(&words::unused(statement, &self.policy.vocabulary)), "  ", "    ");
        }
        self.text += "\n";
    }

    fn foot(&mut self, decision: &Decision<'_>) {
        let authority = match &self.policy.authority {
            Some(authority) => safe(authority),
            None => "the responsible authority".to_owned(),
        };
        let advice = "This is advice, derived from a written policy and a dossier";
        self.line(&format!("{advice}; the decision lies with: {authority}."), "", "");
        if let Some(manifest) = &decision.manifest {
            let Policy { id, version, hash, .. } = self.policy;
            self.line(&faint(format!("policy  {id} {version}, SHA-256 {hash}")), "", "  ");
            let dossier = format!("dossier {}, SHA-256 {}", decision.subject, manifest.dossier);
            self.line(&faint(dossier), "", "  ");
            for file in manifest.files.iter() {
                self.line(&faint(format!("file    {}, SHA-256 {}", safe(&file.name), file.sha256)), "", "  ");
            }
            self.line(&faint(format!("engine  placet {ENGINE}")), "", "  ");
        }
        self.text += "\n";
    }
}

/// Returns the title and the id of a block.
fn named(header: &Header) -> String {
    format!("{} ({})", safe(&header.title), header.id)
}

//! The findings of a study, each with its stable code.

use super::{Use, World};
use crate::diagnostic::Diagnostic;
use crate::id::{AssistanceId, FactId, KindId, RuleId, WaiverId};
use crate::policy::phrase::is_verb_phrase;
use crate::policy::print::{possessive, series};
use crate::policy::{Body, Choice, Condition, ConditionKind, FactType, Header, Policy, Translation};
use crate::sorted::SortedSet;
use crate::span::Span;

/// How many untranslated texts a message names, and how many characters of each it shows.
const NAMED: usize = 3;
const CLIPPED: usize = 60;

/// No subject can be eligible for some types, on some days.
pub(super) fn none_eligible(
    world: &World<'_>,
    kind: KindId,
    rules: &[RuleId],
    types: &[AssistanceId],
    forms: &[usize],
) -> Diagnostic {
    let (types, days) = (world.names(types), world.days_of(forms.iter().copied()));
    let kind = world.kind_words(Some(kind));
    let span = rules.first().map_or_else(Span::default, |rule| world.policy.rules[*rule].header.span);
    let message = format!("no subject{kind} can be eligible for {types}{days}");
    let mut finding = Diagnostic::warning("P0501", span, message);
    finding = match rules {
        [only] => finding
            .label("no subject can meet this")
            .help(format!("rewrite `{}` so that it can be met", world.policy.rules[*only].header.id)),
        _ => finding.label("no subject can meet this together with the others").help(
            "restrict one of them to fewer cases with `when` or `unless`, or to fewer types with `for`",
        ),
    };
    for rule in rules.iter().skip(1) {
        finding = finding.see(world.policy.rules[*rule].header.span, "and this");
    }
    finding
}

/// What a finding about the [policy of the concerns](Policy::of_concerns) means for the concern.
pub(super) fn of_concern(policy: &Policy, finding: &Diagnostic) -> Option<Diagnostic> {
    let (_, rule) = policy.rules.iter().find(|(_, rule)| rule.header.span == finding.span)?;
    let Header { id, span, .. } = &rule.header;
    let finding = match (finding.code, &rule.body) {
        ("P0503", Body::Bar { .. }) => {
            Diagnostic::warning("P0521", *span, format!("the concern `{id}` is never raised"))
                .help("check its `when` and its `unless`")
        }
        ("P0501", Body::Bar { .. }) => {
            // The days on which it is so stand at the end of the message.
            let days = finding.message.split_once(&format!("for {id}")).map_or("", |(_, days)| days);
            Diagnostic::warning("P0522", *span, format!("the concern `{id}` is always raised{days}"))
                .help("write a note or an obligation instead, or check its `when`")
        }
        _ => return None,
    };
    Some(finding)
}

/// Every subject is eligible for some types, on some days.
pub(super) fn all_eligible(
    world: &World<'_>,
    kind: KindId,
    types: &[AssistanceId],
    forms: &[usize],
) -> Diagnostic {
    let span = types.first().map_or_else(Span::default, |id| world.policy.assistance[*id].span);
    let (types, days) = (world.names(types), world.days_of(forms.iter().copied()));
    let kind = world.kind_words(Some(kind));
    Diagnostic::warning(
        "P0502",
        span,
        format!("every subject{kind} is eligible for {types}{days} in every case"),
    )
    .label("no rule excludes any subject")
    .help("check what its rules require, which subjects they apply to, and when they are in force")
}

/// No subject ever fails a rule.
pub(super) fn idle_rule(world: &World<'_>, rule: RuleId) -> Diagnostic {
    let name = world.rule_words(rule);
    let rule = &world.policy.rules[rule];
    let help = match &rule.body {
        Body::Bar { unless: Some(_), .. } => {
            "compare its `when` with its `unless`, which covers all its cases"
        }
        Body::Bar { unless: None, .. } => "check its `when`: it never holds",
        Body::Requirement { when: None, unless: None, .. } => "check its `needs`: it always holds",
        Body::Requirement { when: None, unless: Some(_), .. } => {
            "compare its `needs` with its `unless`: one of them always holds"
        }
        Body::Requirement { when: Some(_), .. } => {
            "compare its `when` with its `needs`, which then always holds"
        }
        Body::Phase(_) => "check its `begins when`: it always holds",
    };
    Diagnostic::warning("P0503", rule.header.span, format!("no subject ever fails {name}"))
        .label("never matters")
        .help(help)
}

/// A subject that fails a rule always fails others, too.
pub(super) fn redundant(world: &World<'_>, rule: RuleId, by: &[RuleId]) -> Diagnostic {
    let rules = &world.policy.rules;
    let named: Vec<String> = by.iter().map(|rule| world.rule_words(*rule)).collect();
    let named = series(&named, "and");
    let (do_not, same, label, see) = match by {
        [_] => (
            "does not",
            "has the same effect",
            "a subject that fails this also fails the other",
            "fails whenever it does",
        ),
        _ => (
            "together do not",
            "together have the same effect",
            "a subject that fails this also fails one of the others",
            "this or another of them fails whenever it does",
        ),
    };
    let message = format!("{} excludes no subject that {named} {do_not} exclude", world.rule_words(rule));
    let mut finding = Diagnostic::remark("P0504", rules[rule].header.span, message)
        .label(label)
        .help(format!("keep it if it states a reason, or leave it out: {named} {same}"));
    for other in by {
        finding = finding.see(rules[*other].header.span, see);
    }
    finding
}

/// A subject that a rule applies to and that meets it always fails another rule.
pub(super) fn contradiction(world: &World<'_>, one: RuleId, other: RuleId, days: &str) -> Diagnostic {
    let rules = &world.policy.rules;
    let message = format!(
        "no subject that {} applies to can meet both it and {}{days}",
        world.rule_words(one),
        world.rule_words(other)
    );
    Diagnostic::warning("P0505", rules[one].header.span, message)
        .label("a subject that this applies to and that meets it …")
        .see(rules[other].header.span, "… fails this")
        .help("restrict one of them to fewer cases, or write a bar for these cases")
}

/// A waiver has no effect: each rule that it lifts is met or lifted without it.
pub(super) fn idle_waiver(world: &World<'_>, waiver: WaiverId) -> Diagnostic {
    let waiver = &world.policy.waivers[waiver].header;
    Diagnostic::warning("P0506", waiver.span, format!("the waiver `{}` never lifts anything", waiver.id))
        .label("without effect")
        .help("compare its types, its dates and its `when` with the rules that it lifts")
}

/// An exception of a rule has no effect: each subject that it exempts meets the rule without it.
pub(super) fn idle_exception(world: &World<'_>, rule: RuleId, unless: &Condition) -> Diagnostic {
    let rule = &world.policy.rules[rule].header;
    Diagnostic::warning(
        "P0507",
        place(unless).unwrap_or(rule.span),
        format!("the exception of `{}` never matters", rule.id),
    )
    .label("without effect")
    .see(rule.span, "the rule")
    .help(
        "a subject that it exempts meets the rule without it: leave it out, or compare it with the rest of the rule",
    )
}

/// An exception that never changes a definition.
pub(super) fn idle_exception_of_fact(world: &World<'_>, fact: FactId, unless: &Condition) -> Diagnostic {
    let fact = &world.policy.vocabulary.facts[fact];
    let message = format!("the exception of `{}` never matters", fact.phrase);
    Diagnostic::warning("P0507", place(unless).unwrap_or(fact.span), message)
        .label("without effect")
        .see(fact.span, "the definition")
        .help("leave it out, or compare it with the rest of the definition")
}

/// A value of a choice that is never chosen.
pub(super) fn branch(choice: &Choice, branch: usize) -> Diagnostic {
    let (value, when) = match choice.branches.get(branch) {
        Some((value, when)) => (value.as_str(), place(when)),
        None => ("", None),
    };
    let message = format!("{} is never “{value}”", choice.header.id);
    Diagnostic::warning("P0509", when.unwrap_or(choice.header.span), message)
        .label("never true unless an earlier value applies")
        .help("move it before the values that cover its cases, or leave it out")
}

/// `otherwise` is never chosen: some named value applies in every case.
pub(super) fn otherwise(choice: &Choice) -> Diagnostic {
    let message = format!("{} is never `otherwise`: “{}”", choice.header.id, choice.otherwise);
    Diagnostic::remark("P0509", choice.header.span, message)
        .label("a value above applies to every subject")
        .help("keep it if the values above are meant to cover every case: a choice needs an `otherwise`")
}

/// A subject can be eligible while no named value of a choice applies.
pub(super) fn only_otherwise(world: &World<'_>, choice: &Choice, assistance: AssistanceId) -> Diagnostic {
    let message = format!(
        "only `otherwise` applies to some subject eligible for {}: “{}”",
        world.name(assistance),
        choice.otherwise
    );
    Diagnostic::remark("P0510", choice.header.span, message)
        .label("no named value applies")
        .help("add a value for these cases if `otherwise` is not meant for them")
}

/// A phase never opens, or is never reached.
pub(super) fn unreached_phase(world: &World<'_>, phase: RuleId, number: u32, never_open: bool) -> Diagnostic {
    let what = if never_open {
        "can never open"
    } else {
        "can never be reached, so no later phase opens in its turn"
    };
    Diagnostic::warning("P0511", world.policy.rules[phase].header.span, format!("phase {number} {what}"))
        .label(if never_open { "never opens" } else { "never reached" })
        .help("compare its conditions with those of the phases before it")
}

/// A phase is not in force on some days of the policy.
pub(super) fn missing_phase(world: &World<'_>, phase: RuleId, number: u32, days: &str) -> Diagnostic {
    let rule = &world.policy.rules[phase].header;
    let types = world.names(&rule.assistance);
    Diagnostic::warning(
        "P0512",
        rule.span,
        format!("phase {number} is not in force{days}, so it does not withhold {types}"),
    )
    .label("not in force")
    .help("keep the phase in force as long as the policy")
}

/// A phase can be open in its turn while an earlier one is not.
pub(super) fn overtaking(
    world: &World<'_>,
    later: RuleId,
    number: u32,
    earlier: RuleId,
    earlier_number: u32,
) -> Diagnostic {
    let rules = &world.policy.rules;
    let message = format!("phase {number} can be open in its turn while phase {earlier_number} is not open");
    Diagnostic::remark("P0513", rules[later].header.span, message)
        .label("open …")
        .see(rules[earlier].header.span, "… while this is not open")
        .help(format!(
            "if that is not intended, add the `begins when` of phase {earlier_number} to its `reached when`"
        ))
}

/// No subject fails a rule as long as it is unknown whether a waiver was given.
pub(super) fn unanswered(world: &World<'_>, waiver: WaiverId, rule: RuleId, fact: FactId) -> Diagnostic {
    let waiver = &world.policy.waivers[waiver];
    let rules = &world.policy.rules;
    let declared = &world.policy.vocabulary.facts[fact];
    let kind = &world.policy.vocabulary.kinds[declared.kind].name;
    let message = format!(
        "no subject fails `{}` as long as it is unknown whether the {kind} {}",
        rules[rule].header.id, declared.phrase
    );
    Diagnostic::remark("P0514", waiver.header.span, message)
        .label("lifted by this")
        .see(declared.span, "no presumption")
        .help(format!(
            "write `presumed no` below `{}`: the waiver then applies only if this is stated",
            declared.phrase
        ))
}

/// A fact that no policy needs.
pub(super) fn of_no_use(policy: &Policy, fact: FactId, used: Use) -> Diagnostic {
    let declared = &policy.vocabulary.facts[fact];
    let kind = &policy.vocabulary.kinds[declared.kind].name;
    let words = match (&declared.r#type, is_verb_phrase(&declared.phrase)) {
        (FactType::YesNo, _) => format!("whether the {kind} {}", declared.phrase),
        (FactType::One(_), true) => format!("whom the {kind} {}", declared.phrase),
        _ => format!("{} {}", possessive(&format!("the {kind}")), declared.phrase),
    };
    match used {
        Use::Idle => Diagnostic::warning(
            "P0508",
            declared.span,
            match declared.presumed {
                Some(_) => {
                    format!(
                        "a policy tests {words}, but neither its value nor the presumption changes a result"
                    )
                }
                None => format!("a policy tests {words}, but its value never changes a result"),
            },
        )
        .label("without effect")
        .help("check its conditions: they hold for every value, or for none"),
        _ => Diagnostic::remark("P0515", declared.span, format!("no policy tests {words}"))
            .label("not used")
            .help("keep it if policies elsewhere use it, or leave it out"),
    }
}

/// The questions whose diagrams were too large.
pub(super) fn too_large(policy: &Policy, unanswered: &SortedSet<String>) -> Option<Diagnostic> {
    let first = unanswered.first()?;
    let span = policy.assistance.iter().next().map_or_else(Span::default, |(_, first)| first.span);
    let more = match unanswered.len() {
        1 => String::new(),
        more => format!(" (and {} more)", more - 1),
    };
    Some(
        Diagnostic::remark("P0516", span, format!("not determined: {first}{more}"))
            .label("the policy is too large for this")
            .help("the rules share too many facts for a proof; scenarios can still be run"),
    )
}

/// Texts shown to officials that lack a translation into a language that other texts are translated into.
pub(super) fn untranslated(policy: &Policy, language: &Translation, texts: &[String]) -> Option<Diagnostic> {
    let missing: Vec<&String> = texts.iter().filter(|text| !language.texts.contains_key(*text)).collect();
    let named = some_of(&missing);
    let (tag, all) = (&language.language, texts.len());
    let are = match missing.len() {
        0 => return None,
        1 => "is",
        _ => "are",
    };
    Some(
        Diagnostic::remark(
            "P0517",
            language.span,
            format!(
                "{} of the {all} texts that `{}` can show {are} not translated into {tag}",
                missing.len(),
                policy.id
            ),
        )
        .label("these are shown in English")
        .help(format!("translate {named}; `placet translate --lang {tag}` writes the texts that are left")),
    )
}

/// Texts whose translation equals the original. Names and single words are left out: they can be the same
/// (`programme`).
pub(super) fn repeated(language: &Translation, texts: &[String]) -> Option<Diagnostic> {
    let is_name = |text: &str| text.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
    let one_word = |text: &str| text.split_whitespace().nth(1).is_none();
    let is_repeated =
        |text: &&String| language.texts.get(*text) == Some(*text) && !one_word(text) && !is_name(text);
    let repeated: Vec<&String> = texts.iter().filter(is_repeated).collect();
    let are = match repeated.len() {
        0 => return None,
        1 => "1 text is".to_owned(),
        many => format!("{many} texts are"),
    };
    let tag = &language.language;
    Some(
        Diagnostic::remark("P0518", language.span, format!("{are} the same in {tag} as in English"))
            .label("possibly not translated")
            .help(format!("translate {}, unless the two languages use the same text", some_of(&repeated))),
    )
}

/// The first few of some texts, in words.
fn some_of(texts: &[&String]) -> String {
    let named: Vec<String> = texts.iter().take(NAMED).map(|text| format!("“{}”", clipped(text))).collect();
    match texts.len().checked_sub(NAMED) {
        Some(more) if more > 0 => format!("{} and {more} more", named.join(", ")),
        _ => series(&named, "and"),
    }
}

/// Shortens a text to at most [`CLIPPED`] characters.
fn clipped(text: &str) -> String {
    match text.char_indices().nth(CLIPPED) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}

/// The span of the first test in a condition.
fn place(condition: &Condition) -> Option<Span> {
    condition.all().find_map(|condition| match &condition.kind {
        ConditionKind::Test(test) => Some(test.span),
        ConditionKind::Members { span, .. }
        | ConditionKind::Ancestor { span, .. }
        | ConditionKind::Reaches { span, .. } => Some(*span),
        _ => None,
    })
}

### The texts of the element in English. The texts of policies are not among them.
###
### A verdict is always “eligible”, “not eligible” or “undetermined”. Names in { $braces } are replaced by values; texts of the
### policy and of the dossier can be in another language.

## start, question, frame

# The frame around every page.
frame-back = Back
frame-clear = Clear everything
frame-clear-title = Clear everything?
frame-clear-text = This removes the dossier and all answers. Nothing was stored or sent: they cannot be restored.
frame-keep = Keep them
frame-questions = Go on with the questions
frame-dossiers = { $count ->
    [one] One dossier
   *[other] { $count } dossiers
  }
# Above a page with untranslated texts of a policy or a dossier; never shown in English.
frame-in-english = Texts without a translation are in English.
frame-loading = Loading…
# Before each error on a page, for screen readers.
frame-mistake = Error:
frame-mistakes = There is a problem
# Shown if the surrounding form is submitted before there is a decision.
frame-required = A decision is required.

start-policy = Choose a policy
start-policy-text = Everything stays on this device: nothing is stored or sent.
start-policy-none = This page offers no policy.
# $from and $until are formatted dates.
start-in-force-from = In force from { $from }
start-in-force-until = In force until { $until }
start-in-force-between = In force from { $from } until { $until }
start-case = Who is it about?
start-shipped = Choose a dossier
start-dossier = Dossier
start-open = Open
start-wrong-dossier = Choose a dossier
start-all = { $count ->
    [one] Open it
   *[other] Compare all { $count }
  }
start-own = Open your own files
start-file = Dossiers
start-file-hint = Choose files or drop them here: Placet, JSON or CSV. They do not leave this device.
start-file-hint-data = Choose files or drop them here: JSON or CSV. They do not leave this device.
start-begin = Begin with questions
start-name = Name
start-name-hint = The name of the subject, as it should appear on the printed page.
start-circumstances = Known circumstances
start-circumstances-hint = Facts that need not be asked, for example about the country.
start-circumstances-none = None: ask about them
start-kind = Kind
start-wrong-name = Enter a name
start-scope = What should be decided?
start-several = { $count ->
    [one] The decision covers one dossier.
   *[other] The decision covers { $count } dossiers, side by side.
  }
start-types = Types of assistance
start-types-all = Choose all
start-types-none = Choose none
start-wrong-types = Choose at least one type of assistance
start-day = For which day?
start-day-hint = Rules and statements apply as of that day, such as 15 2 2016.
start-day-hint-dossier = The date of the dossier, unless you change it.
start-day-hint-differ = The dossiers have different dates: choose one for all of them.
start-wrong-day-from = This policy applies from { $from }. Enter that day or a later one.
start-wrong-day-until = This policy applied until { $until }. Enter that day or an earlier one.
# For a date that the page sets.
start-wrong-day-form = “{ $day }” is not a date: the page must write dates as 2026-03-05.
start-today = Use today
start-continue = Continue

question-answered = { $count ->
    [one] One question answered
   *[other] { $count } questions answered
  }
# How many questions still matter; an answer can change that.
question-left = { $count ->
    [one] about one left
   *[other] about { $count } left
  }
# Followed by a definition, as in “A public, dated declaration by its commander.”
question-counts = What counts:
question-yes = Yes
question-no = No
question-or = or
question-unknown = I don’t know
question-unknown-hint = The question stays open; the result shows whether it matters.
question-disagree = Sources disagree
question-continue = Continue
question-result = Show the result so far
question-wrong-choice = Choose an answer, or “I don’t know”

# How well a fact is known already; its value or its statements follow.
question-status-known = Known so far:
question-status-known-in-part = Known in part:
question-status-unknown = Statements that do not count:
question-status-presumed = Presumed, since there are no statements:
# The statements follow.
question-status-presumed-left-out = Presumed, since no statement counts:
question-status-contested = Sources disagree. Your answer replaces their statements:
question-no-source = no source given
# $lines is “31” or “31, 33”.
question-lines = { $many ->
    [true] lines { $lines }
   *[false] line { $lines }
  }
question-why = Why is this asked?
question-why-text = { $count ->
    [one] The answer matters to this rule:
   *[other] The answer matters to these { $count } rules, the most important first:
  }
question-why-more = { $count ->
    [one] And one more rule.
   *[other] And { $count } more rules.
  }
# Whether the author of the document states the rule, or it was derived from a risk that the author describes.
question-basis-stated = stated by its author
question-basis-derived = derived from it

# A number or a date, known exactly or in part.
question-put-number = A number
question-put-date = A date
question-put-name = A name
question-way = How exactly is it known?
question-way-exactly = Exactly
question-way-at-least = At least
question-way-at-most = At most
question-way-not-before = Not before
question-way-not-after = Not after
question-way-between = Between
question-and = and
question-day-of = Date
question-day = Day
question-month = Month
question-year = Year
question-wrong-number = Enter a whole number: digits only, such as 1500, or groups of three, such as 1,500 or 1 500
question-wrong-date = Enter a date that exists, such as 15 2 2016
question-wrong-year = Write the year with four digits

# Naming people, groups and places.
question-put-names = Name them
question-none = None
question-no-one = No one
question-other = Another
question-name = Name
question-add = Add
question-remove = Remove
question-added = { $name } added
question-removed = { $name } removed
question-no-others = There are no others
question-wrong-name = Enter a name
question-wrong-names = Choose or enter at least one name, or choose “None”

# The source of an answer.
question-where = Where does this come from?
question-where-open = Your own assessment; a source is optional
question-who = Who says so?
question-who-hint = A document or a person; shown next to the answer.
question-when = Which date does it refer to?
question-when-hint = The date of the information, such as 15 2 2016.
question-not-rated = Not rated
question-reliability = How reliable is the source?
question-reliability-a = completely reliable
question-reliability-b = usually reliable
question-reliability-c = fairly reliable
question-reliability-d = not usually reliable
question-reliability-e = unreliable
question-reliability-f = cannot be judged
question-credibility = How credible is the information?
question-credibility-1 = confirmed by others
question-credibility-2 = probably true
question-credibility-3 = possibly true
question-credibility-4 = doubtful
question-credibility-5 = improbable
question-credibility-6 = cannot be judged
question-mark-rival = A rival says so
question-mark-subject = The subject itself says so
question-mark-interested = An interested party says so
question-mark-promise = It is a promise
question-wrong-who = Enter who says so
question-wrong-grade = Choose both the reliability and the credibility
question-source = Source { $number }
question-says = What does it say?
question-wrong-says = Choose what this source says
question-add-source = Add a source
question-remove-source = Remove this source
question-source-added = Source added
question-source-removed = Source removed
question-sources-hint = Enter what each source says. To record only that sources disagree, remove them all.
question-wrong-sources = Add a second source, or remove this one

## result, matrix, keep

# The three verdicts, as one word or two.
result-eligible = Eligible
result-ineligible = Not eligible
result-undetermined = Undetermined
# The heading of a result. $assistance is a type of assistance, as in “training”.
result-title-eligible = Eligible for { $assistance }
result-title-ineligible = Not eligible for { $assistance }
result-title-undetermined = Undetermined for { $assistance }
# The verdict in a sentence. $date is a formatted date.
result-sentence-eligible = Under { $policy }, as of { $date }, { $subject } is eligible for { $assistance }.
result-sentence-ineligible = Under { $policy }, as of { $date }, { $subject } is not eligible for { $assistance }.
result-sentence-undetermined = Under { $policy }, as of { $date }, it is undetermined whether { $subject } is eligible for { $assistance }.
result-hinges = { $count ->
    [0] The open facts that decide it could not be determined.
    [one] One open fact decides it.
   *[other] { $count } open facts decide it.
  }
result-cut-short = The search stopped at its limit: what is shown is correct, but there may be more reasons, smaller changes or a later date.
result-inexact = This verdict is cautious: the known facts may already settle it.
result-presumptions = It depends on presumptions, since there are no statements:
# Facts that are presumed although there are statements about them; these follow below each.
result-presumptions-left-out = It depends on presumptions, since no statement counts:
# Statements that an evidence standard left out; they follow.
result-omitted-eligible = If the following counted, the verdict would be: eligible.
result-omitted-ineligible = If the following counted, the verdict would be: not eligible.
result-omitted-undetermined = If the following counted, the verdict would be: undetermined.
result-omitted-not-found = Some statements were left out. The search for whether they change the verdict is incomplete.
result-omitted-cut-short = The search is incomplete: fewer statements may be enough.
result-not-in-force = The policy was not in force on that day.

# If there are several types of assistance.
result-verdicts = Verdicts
result-verdicts-on = On { $subject }, under { $policy }, as of { $date }.
# Shown on the screen only.
result-choose-type = Choose a type of assistance to see its reasons.
result-show-all = Show all in full
result-alike = The same applies to: { $types }.
# On paper, if there are several types of assistance and only one is shown in full.
result-only = Reasons are shown for: { $assistance } only.

result-why = Reasons
result-why-eligible = Every rule is met for all values of the open facts. The verdict depends on these facts:
# Rules of which each could be met by itself; they follow. The first is used alone, the second after facts.
result-together = { $count ->
    [one] No values of the open facts can meet this rule:
   *[other] Each of these rules could still be met by itself, but never all of them together:
  }
result-together-with = { $count ->
    [one] Given that, no values of the open facts can meet this rule:
   *[other] Given that, each of these rules could still be met by itself, but never all of them together:
  }
result-also = { $count ->
    [one] Also sufficient by itself: one other reason
   *[other] Also sufficient by themselves: { $count } other reasons
  }
result-own-words = The text of the rule
# Before the places in documents that are cited for a rule, a choice or an obligation.
result-cited = Source:
# Between the items of a list, and between groups of items.
result-comma = { ", " }
result-semicolon = { "; " }
result-open = Open
# A statement that does not count, and why: one of the messages result-left-….
result-left-out = Left out ({ $why }):
# The dossier states it as unknown, in a file or by the answer “I don’t know”.
result-said-unknown = The dossier states that this is unknown.
result-left-dated-after-the-day-of-the-decision = dated after the day of the decision
result-left-not-rated = not rated
result-left-rated-too-low = rated too low
result-left-too-old = too old
result-left-not-dated = not dated
result-left-from-a-rival = from a rival
result-left-from-the-subject-itself = from the subject itself
result-left-from-an-interested-party = from an interested party
result-left-a-promise = a promise
result-left-a-better-rated-source-disagrees = a better rated source disagrees
result-left-a-later-source-disagrees = a later source disagrees
result-left-the-dossier-says-outright-that-this-is-unknown = the dossier states that this is unknown
result-presumed = Presumed, since there are no statements.
result-presumed-left-out = Presumed, since no statement counts.

result-missing = What is missing or disputed
result-missing-nothing = No open fact can change this verdict.
# If open facts must be established in addition to the changes; $title is their heading.
result-missing-besides = The known facts exclude eligibility. If they change, the open facts under “{ $title }” must hold as well.
result-missing-count = { $count ->
    [0] The open facts that the verdict depends on could not be determined.
    [one] The verdict depends on one open fact.
   *[other] The verdict depends on { $count } open facts, the most influential first.
  }
# Shown on the screen only.
result-missing-choose = { $count ->
    [one] Choose it to answer it.
   *[other] Choose one to answer it.
  }
result-missing-more = { $count ->
    [one] One more open fact
   *[other] { $count } more open facts
  }
# How well a fact is known.
result-status-known = known
result-status-known-in-part = known in part
result-status-unknown = not known
result-status-presumed = presumed
result-status-contested = sources disagree
# $standard is the name of an evidence standard, as in “neutral attestation”.
result-standard = Read under the evidence standard “{ $standard }”
# Shown if that is opened.
result-standard-why = An evidence standard defines which statements count for a rule. Other statements are shown, but leave the fact open.
result-standard-asks = Under this one, a statement counts only if all of these hold:
# $grade is, for example, C3; $source and $says are its two halves in words.
result-standard-rated = It is rated { $grade } or better: source { $source }, information { $says }.
result-standard-within = It is from the last { $length } before the day of the decision.
result-standard-not-rivals = It does not come from a rival.
result-standard-not-subject = It does not come from the subject itself.
result-standard-not-interested = It does not come from an interested party.
result-standard-not-promises = It is not a promise.
result-unnamed = To be asked once it is known who or what this is.
result-changes-nothing = Changes nothing by itself, either way.
# Before the verdict that an answer would lead to.
result-if-yes = If yes:
result-if-no = If no:
result-if = If { $answer }:
# $rules is a list of up to three titles of rules; $more is how many further rules there are.
result-matters-to = Matters to: { $rules }{ $more ->
    [0] .
    [one] ; and one more rule.
   *[other] ; and { $more } more rules.
  }

result-changes = What would make it eligible
result-changes-count = { $count ->
    [one] This is enough:
   *[other] These { $count } together are enough; fewer are not:
  }
result-to-change = To change
result-to-settle = Disputes to settle
# If the verdict depends on a dispute that the shown changes do not involve.
result-to-settle-first = Disputes to settle first
result-settle-first = Sources disagree about this, and the verdict may depend on it. Settle it first.
result-settle-note = Settle these first: the other changes may depend on the result.
result-to-establish = To establish
# Before the remedy that a rule gives.
result-remedy = Remedy:
result-changes-or = { $count ->
    [one] One other way
   *[other] { $count } other ways
  }
# One other way, in a line: $first is the first thing in which it differs, $more is how many further ones there are.
result-way = { $first }{ $more ->
    [0] {""}
    [one] , and one more
   *[other] , and { $more } more
  }
result-instead = In place of:
result-out-of-reach = No possible change would make it eligible.

result-concerns = Concerns
result-concerns-meaning = Concerns do not change the verdict. They must be weighed.
result-concerns-raised = { $count ->
    [one] One concern must be answered.
   *[other] { $count } concerns must be answered.
  }
result-concerns-open = { $count ->
    [one] Whether one concern is raised is open.
   *[other] Whether { $count } concerns are raised is open.
  }
result-concern-yes = must be answered
result-concern-no = not raised
result-concern-open = open
result-concern-low = level low
result-concern-medium = level medium
result-concern-high = level high

result-conditions = Channel and obligations
result-choice-open = Still open; one of:
# The rule is folded below.
result-choice-turns = The rule below shows what it depends on. Facts that no question asks about can be added to the saved dossier.
result-obligations = Obligations
result-obligation-open = still open whether it applies
# By when: $length is “15 days”, “6 months”.
result-due-before = before delivery
result-due-during = during delivery
result-due-after = after delivery
result-due-within-before = within { $length } before delivery
result-due-within-after = within { $length } after delivery
result-due-every = every { $length }
result-day = { $count ->
    [one] { $count } day
   *[other] { $count } days
  }
result-month = { $count ->
    [one] { $count } month
   *[other] { $count } months
  }
result-year = { $count ->
    [one] { $count } year
   *[other] { $count } years
  }

result-answers = Your answers
result-change = Change
result-change-answer = Change: { $question }
result-answer-idle = Has no effect while the other answers stay the same.

result-tree = All rules and their status
result-tree-only = Only decisive rules
result-tree-open = Open all
result-tree-close = Close all
result-tree-shown = { $shown } of { $all } rules shown
result-drawing = Drawing of the rules
# The meaning of the signs in the drawing.
result-drawing-legend = ✓ as required · ✗ not as required · ◌ not known well enough · ■ true, □ false: by itself neither for nor against
# The status of a rule, of a bar, and of a phase.
result-rule-met = Met
result-rule-failed = Not met
result-rule-open = Undetermined
result-rule-lifted = Lifted
result-rule-not-applicable = Does not apply
result-rule-bar-met = Not barred
result-rule-bar-failed = Barred
result-rule-phase-met = Reached
result-rule-phase-failed = Not yet reached
result-lifted = Lifted by: { $waiver }.
result-lifted-granted = Lifted by: { $waiver }, granted by { $by }.
# Joins the conditions of a rule; they follow, one per line.
result-node-when = When
result-node-needs = Needs
result-node-unless = Unless
result-node-begins-when = Begins when
result-node-begins-early-when = Begins early when
result-node-every-earlier-phase-is-reached = Every earlier phase is reached
result-node-all-of = All of
result-node-any-of = Any of
result-node-none-of = None of
result-node-at-least-of = At least { $count } of
result-node-at-most-of = At most { $count } of
result-node-exactly-of = Exactly { $count } of
result-node-between-of = Between { $count } and { $most } of

result-not-asked = Not used by this policy
result-not-asked-why = These statements do not use the vocabulary of the policy. They do not affect the verdict.
result-sources = Sources
# Below the list of documents.
result-sources-lines = Line numbers refer to the document’s text, as the authors of the policy counted them.
result-record = About this decision
result-advice = This is advice, derived from a written policy and statements about the case.
result-authority = The decision lies with: { $authority }.
result-authority-unnamed = The decision lies with the responsible authority.
# The same in the verdict, short.
result-advised = This is advice; the decision lies with: { $authority }.
result-advised-unnamed = This is advice; the decision lies with the responsible authority.
result-version = version { $version }
result-no-limit = No limit known
result-record-policy = Policy
result-record-hash = Policy, SHA-256
result-record-as-of = As of
result-record-dossier = Dossier, SHA-256
# Below the hash of a dossier.
result-record-bytes = Covers the dossier and everything else that counts for it; the same in every format.
result-record-holds-until = Holds until, with the same dossier
# The files that were read, each with its hash.
result-record-files = Files, SHA-256
result-record-engine = Computed by

matrix-title = Who is eligible for what
matrix-under = Under { $policy }, as of { $date }: { $subjects ->
    [one] one subject
   *[other] { $subjects } subjects
  }, { $types ->
    [one] one type of assistance
   *[other] { $types } types of assistance
  }.
# Shown on the screen only.
matrix-choose = Choose a verdict to see its reasons.
matrix-caption = Verdicts by subject and type of assistance
matrix-subject = Subject
matrix-filter = Show
matrix-all = All
# The accessible name of a cell.
matrix-cell = { $verdict }: { $subject }, { $type }
matrix-shown = { $cells ->
    [one] One verdict
   *[other] { $cells } verdicts
  } on { $rows ->
    [one] one subject
   *[other] { $rows } subjects
  } shown

keep-title = Save or print
keep-nothing-stored = Nothing is stored or sent. Only what you print or save remains.
keep-print = Print, or save as PDF
keep-format = Save or copy as
keep-hint = A saved dossier can be opened here again, with your answers.
keep-hint-all = The verdicts on all subjects, in one file.
keep-json = Decision, for programs (JSON)
keep-markdown = Decision, to read and file (Markdown)
keep-csv = Decision, as a table (CSV)
keep-dossier = Dossier with your answers (Placet)
keep-dossier-json = Dossier with your answers (JSON)
keep-save = Save file
keep-copy = Copy text
keep-saved = { $name } was passed to your browser to save. If nothing was saved, copy the text instead.
keep-copied = The text was copied.
keep-copy-by-hand = The text below is selected: copy it with your keyboard or the menu.
keep-text = Show the text

## errors

error-findings-title = This file cannot be used as it is
error-findings-text = { $count ->
    [one] One error was found.
   *[other] { $count } errors were found.
  }
# After it: for the user's own file; for a file of the page, which the user cannot correct.
error-findings-own = Correct this and choose the file again.
error-findings-page = The file is part of this page: the owner of the page must correct it.
error-findings-place = { $file }, line { $line }, character { $column }
error-findings-more = Errors found
error-file-other = { $file } is not a dossier. Open a dossier saved here, or a CSV with columns id, title and the facts.
error-file-decision = { $file } is a decision, not a dossier. Open the dossier that was saved with it.
error-recovered = An error occurred. The engine was restarted, and your answers were kept.
error-blocked-title = This cannot run here
error-blocked-text = The page or the browser does not allow WebAssembly, which is required. The owner of the page can allow it with 'wasm-unsafe-eval' in its content security policy.
error-crashed-title = This could not be computed
error-crashed-text = The computation failed twice. Your answers are kept: go back and change the last one, or try again.
error-mistakes-title = The policy cannot be used
error-mistakes-text = The files that this page offers contain errors.
error-day-title = No decision is possible for that day
error-day-choose = Choose another day
error-other-title = An error occurred
error-other-text = Error message:
error-again = Try again

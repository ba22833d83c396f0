### What the element itself says, in English. The policies bring their own words.
###
### A verdict is always “eligible”, “not eligible” or “undetermined”. Names in { $braces } are put in when it is said; those of
### the policy and of the dossier may be in another language.

## start, question, frame

# What stands around every page.
frame-back = Back
frame-clear = Clear everything
frame-clear-title = Clear everything?
frame-clear-text = The dossier and all answers are forgotten. They are nowhere else: nothing was stored or sent.
frame-keep = Keep them
frame-questions = Go on with the questions
frame-dossiers = { $count ->
    [one] One dossier
   *[other] { $count } dossiers
  }
# Above a page that holds texts of a policy or a dossier without a translation; never said in English.
frame-in-english = What has no translation stands in English.
frame-loading = Getting ready…
# Said before each mistake on a page, for screen readers.
frame-mistake = Mistake:
frame-mistakes = There is a problem
# What a form around the element says when it is sent before there is a decision.
frame-required = Come to a decision first.

start-policy = By which policy?
start-policy-text = Everything stays on this device: nothing is stored or sent.
start-policy-none = This page offers no policy.
# $from and $until are days written out.
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
start-begin = Begin with questions
start-name = Name
start-name-hint = Whom the decision is about, as it should stand on the page that you print.
start-circumstances = What is known of the circumstances
start-circumstances-hint = Facts about the country, say, so that they need not be asked.
start-circumstances-none = Nothing: ask about them
start-kind = What it is
start-wrong-name = Enter a name
start-scope = What is asked?
start-several = { $count ->
    [one] One dossier is decided on.
   *[other] { $count } dossiers are decided on, side by side.
  }
start-types = Kinds of assistance
start-types-all = Choose all
start-types-none = Choose none
start-wrong-types = Choose at least one kind of assistance
start-day = For which day?
start-day-hint = Rules and reports count as they stand on that day, such as 15 2 2016.
start-day-hint-dossier = The day that the dossier speaks of, unless you change it.
start-day-hint-differ = The dossiers speak of different days: choose one for all of them.
start-wrong-day-from = This policy applies from { $from }. Enter that day or a later one.
start-wrong-day-until = This policy applied until { $until }. Enter that day or an earlier one.
# Of a day that the page itself gives.
start-wrong-day-form = “{ $day }” is not a day that can be read: the page has to write days as 2026-03-05.
start-today = Use today
start-continue = Continue

question-answered = { $count ->
    [one] One question answered
   *[other] { $count } questions answered
  }
# How many questions still matter; an answer may change that.
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
question-unknown-hint = It stays open; the result shows whether it matters.
question-disagree = Sources disagree
question-continue = Continue
question-result = See where it stands
question-wrong-choice = Choose an answer, or “I don’t know”

# How well a fact is known already; what is known follows.
question-status-known = Known so far:
question-status-known-in-part = Known in part:
question-status-unknown = Said so far, but it does not count:
question-status-presumed = Taken for granted until somebody says otherwise:
# What is said follows.
question-status-presumed-left-out = Taken for granted, since what is said so far does not count:
question-status-contested = Sources disagree. An answer takes the place of what they say:
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
# Whether the author of the document says what the rule says, or it was derived from a risk that the author describes.
question-basis-stated = stated by its author
question-basis-derived = derived from it

# A number or a day, known exactly or in part.
question-put-number = A number
question-put-date = A day
question-put-name = A name
question-way = How exactly is it known?
question-way-exactly = Exactly
question-way-at-least = At least
question-way-at-most = At most
question-way-not-before = Not before
question-way-not-after = Not after
question-way-between = Between
question-and = and
question-day-of = Day
question-day = Day
question-month = Month
question-year = Year
question-wrong-number = Enter a whole number: digits only, such as 1500, or groups of three, such as 1,500 or 1 500
question-wrong-date = Enter a day that exists, such as 15 2 2016
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

# Where an answer comes from.
question-where = Where does this come from?
question-where-open = Your own assessment; no source is asked, but one can be given
question-who = Who says so?
question-who-hint = A document or a person; it is shown beside the answer.
question-when = Of which day is it?
question-when-hint = The day it speaks of, such as 15 2 2016.
question-not-rated = Not rated
question-reliability = How reliable is the source?
question-reliability-a = completely reliable
question-reliability-b = usually reliable
question-reliability-c = fairly reliable
question-reliability-d = not usually reliable
question-reliability-e = unreliable
question-reliability-f = cannot be judged
question-credibility = How credible is what it says?
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
question-wrong-grade = Choose how reliable and how credible it is, both
question-source = Source { $number }
question-says = What does it say?
question-wrong-says = Choose what this source says
question-add-source = Add a source
question-remove-source = Remove this source
question-source-added = Source added
question-source-removed = Source removed
question-sources-hint = Say what each of them says. Remove them all to record only that sources disagree.
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
# The verdict in a sentence. $date is a day written out.
result-sentence-eligible = Under { $policy }, as of { $date }, { $subject } is eligible for { $assistance }.
result-sentence-ineligible = Under { $policy }, as of { $date }, { $subject } is not eligible for { $assistance }.
result-sentence-undetermined = Under { $policy }, as of { $date }, it cannot yet be said whether { $subject } is eligible for { $assistance }.
result-hinges = { $count ->
    [0] Which open facts decide it could not be worked out.
    [one] One open fact decides it.
   *[other] { $count } open facts decide it.
  }
result-cut-short = The search stopped at its limit: what is shown is right, but there may be more reasons, smaller changes or a later date.
result-inexact = This answer is cautious: the facts known might in truth already settle it.
result-presumptions = It rests on what is presumed, since nobody says otherwise:
# Facts that are presumed although somebody says something of them; what is said follows below each.
result-presumptions-left-out = It rests on what is presumed, since nothing that is said of it counts:
# Statements that an evidence standard left out; they follow.
result-omitted-eligible = If all that follows counted, the verdict would be: eligible.
result-omitted-ineligible = If all that follows counted, the verdict would be: not eligible.
result-omitted-undetermined = If all that follows counted, the verdict would be: undetermined.
result-omitted-not-found = Some statements were left out. Whether they would change the verdict was not searched in full.
result-omitted-cut-short = This was not searched in full: fewer statements may be enough.
result-not-in-force = The policy was not in force on that day.

# Where several types of assistance are asked about.
result-verdicts = Verdicts
result-verdicts-on = On { $subject }, under { $policy }, as of { $date }.
# Said on the screen only.
result-choose-type = Choose a type of assistance to see its reasons.
result-show-all = Show all in full
result-alike = Just the same holds for: { $types }.
# On paper, where several types of assistance were asked about and only one is shown in full.
result-only = Reasons are shown for: { $assistance } only.

result-why = Why
result-why-eligible = Every rule is met, however the facts that are still open turn out. It rests on these facts:
# Rules of which each could be met by itself; they follow. The first stands alone, the second after facts.
result-together = { $count ->
    [one] Nothing that is still open can meet this rule:
   *[other] Each of these rules could still be met by itself, but never all of them together:
  }
result-together-with = { $count ->
    [one] With that, nothing that is still open can meet this rule:
   *[other] With that, each of these rules could still be met by itself, but never all of them together:
  }
result-also = { $count ->
    [one] Enough by itself, too: one other reason
   *[other] Enough by themselves, too: { $count } other reasons
  }
result-own-words = The rule in its own words
# Before the places in documents that a rule, a choice or an obligation comes from.
result-cited = This comes from
# Between things named one after the other, and between groups of them.
result-comma = { ", " }
result-semicolon = { "; " }
result-open = Open
# A statement that does not count, and why: one of the messages result-left-….
result-left-out = Left out ({ $why }):
# What the dossier says outright, be it in a file or by “I don’t know”.
result-said-unknown = The dossier says that this is not known.
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
result-left-the-dossier-says-outright-that-this-is-unknown = the dossier says outright that this is unknown
result-presumed = Presumed, since nobody says otherwise.
result-presumed-left-out = Presumed, since nothing that is said of it counts.

result-missing = What is missing or disputed
result-missing-nothing = Nothing that is still open can change this verdict.
# Where open facts would have to be established besides what is to change; $title is the heading that they stand under.
result-missing-besides = What is known already rules it out. Once that changes, the open facts listed under “{ $title }” would have to hold as well.
result-missing-count = { $count ->
    [0] Which open facts the verdict hinges on could not be worked out.
    [one] The verdict hinges on one open fact.
   *[other] The verdict hinges on { $count } open facts, the most telling first.
  }
# Said on the screen only.
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
# What is said when that is opened.
result-standard-why = An evidence standard says which statements a rule may rest on. What does not pass it is shown, but leaves the fact open.
result-standard-asks = Under this one, a statement counts only if all of this is so:
# $grade is such as C3; $source and $says are its two halves in words.
result-standard-rated = It is rated { $grade } or better: the source { $source }, what it says { $says }.
result-standard-within = It is of the last { $length } before the day of the decision.
result-standard-not-rivals = It does not come from a rival.
result-standard-not-subject = It does not come from the subject itself.
result-standard-not-interested = It does not come from an interested party.
result-standard-not-promises = It is not a promise.
result-unnamed = To be asked once it is known who or what this is.
result-changes-nothing = Changes nothing by itself, either way.
# What an answer would make of the verdict, which follows.
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
    [one] This alone would:
   *[other] These { $count } together would; no smaller number does:
  }
result-to-change = To change
result-to-settle = Disputes to settle
# Where the verdict turns on a dispute that one way to change it goes past.
result-to-settle-first = Disputes to settle first
result-settle-first = Sources disagree about this, and the verdict may turn on it. Settle it before anything else.
result-settle-note = These come first: what else is needed may depend on how they turn out.
result-to-establish = To establish
# Before what a rule's author says would help.
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
result-out-of-reach = Out of reach: no change of the facts that can change would make it eligible.

result-conditions = Channel and obligations
result-choice-open = Still open; one of:
# The rule stands folded below.
result-choice-turns = The rule below says on what it turns. What no question asks of it can be added to the saved dossier.
result-obligations = Obligations
result-obligation-open = whether it is owed is still open
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
result-answer-idle = Makes no difference while the other answers stay as they are.

result-tree = Every rule, and what became of it
result-tree-only = Only what decides
result-tree-open = Open all
result-tree-close = Close all
result-tree-shown = { $shown } of { $all } rules shown
result-drawing = The same as a drawing
# What the signs in the drawing mean, by what they mean for the verdict.
result-drawing-legend = ✓ as it should be · ✗ stands in the way · ◌ not known well enough · ■ so, □ not so: by itself neither for nor against
# What became of a rule; of a bar; of a phase.
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
# What joins the conditions of a rule; they follow, one a line.
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

result-not-asked = Not asked by this policy
result-not-asked-why = The dossier says this in words that the policy does not have. It changes nothing in the verdict.
result-sources = Sources
# Below the list of documents.
result-sources-lines = Lines are those of the document’s text, as the authors of the policy counted them.
result-record = About this decision
result-advice = This is advice, worked out from a written policy and from what was said of the case.
result-authority = The decision lies with: { $authority }.
result-authority-unnamed = The decision lies with the responsible authority.
# The same within the verdict, in short.
result-advised = This is advice; the decision lies with: { $authority }.
result-advised-unnamed = This is advice; the decision lies with the responsible authority.
result-version = version { $version }
result-no-limit = No limit known
result-record-policy = Policy
result-record-hash = Policy, SHA-256
result-record-as-of = As of
result-record-dossier = Dossier, SHA-256
# Below the hash of a dossier.
result-record-bytes = Of the dossier and of everything else that counts for it, the same in every format.
result-record-holds-until = Holds until, if nothing but time passes
# The files that were read, each with its hash.
result-record-files = Files, SHA-256
result-record-engine = Worked out by

matrix-title = Who may have what
matrix-under = Under { $policy }, as of { $date }: { $subjects ->
    [one] one subject
   *[other] { $subjects } subjects
  }, { $types ->
    [one] one type of assistance
   *[other] { $types } types of assistance
  }.
# Said on the screen only.
matrix-choose = Choose a verdict to see its reasons.
matrix-caption = Verdicts by subject and type of assistance
matrix-subject = Subject
matrix-filter = Show
matrix-all = All
# What a screen reader says of a cell.
matrix-cell = { $verdict }: { $subject }, { $type }
matrix-shown = { $cells ->
    [one] One verdict
   *[other] { $cells } verdicts
  } on { $rows ->
    [one] one subject
   *[other] { $rows } subjects
  } shown

keep-title = Keep it
keep-nothing-stored = Nothing is kept here or sent anywhere. What you print or save is all that stays.
keep-print = Print, or save as PDF
keep-format = Save or copy as
keep-hint = A dossier that you saved can be opened here again, with your answers in it.
keep-hint-all = The verdicts on all subjects, in one file.
keep-json = Decision, for programs (JSON)
keep-markdown = Decision, to read and file (Markdown)
keep-csv = Decision, as a table (CSV)
keep-dossier = Dossier with your answers (Placet)
keep-dossier-json = Dossier with your answers (JSON)
keep-save = Save file
keep-copy = Copy text
keep-saved = { $name } was handed to your browser to save. Where nothing was saved, copy the text instead.
keep-copied = The text was copied.
keep-copy-by-hand = The text below is chosen: copy it with your keyboard or the menu.
keep-text = Show the text

## errors

error-findings-title = This file cannot be used as it is
error-findings-text = { $count ->
    [one] One mistake was found.
   *[other] { $count } mistakes were found.
  }
# After it: to an official about a file of their own; about a file of the page, which they cannot mend.
error-findings-own = Correct this and choose the file again.
error-findings-page = It is a file of this page: whoever keeps the page has to correct it.
error-findings-place = { $file }, line { $line }, character { $column }
error-findings-more = What was found in it
error-file-other = { $file } is not a dossier. Open a dossier saved here, or a CSV with columns id, title and the facts.
error-file-decision = { $file } is a decision, not a dossier. Open the dossier that was saved with it.
error-recovered = Something went wrong while working this out. It was started afresh, and your answers were kept.
error-blocked-title = This cannot run here
error-blocked-text = The page or the browser does not allow WebAssembly, which the decision is worked out with. Whoever runs the page can allow it with 'wasm-unsafe-eval' in its content security policy.
error-crashed-title = This could not be worked out
error-crashed-text = It went wrong twice. Your answers are kept: go back and change the last one, or try again.
error-mistakes-title = The policy cannot be used
error-mistakes-text = There are mistakes in the files that this page offers.
error-day-title = For that day nothing can be decided
error-day-choose = Choose another day
error-other-title = Something does not work
error-other-text = What was said about it:
error-again = Try again

// Compiled under the strictest settings and never run: checks the published types.
import init, {
  PlacetError,
  check,
  diff,
  diffText,
  format,
  initSync,
  load,
  openPolicy,
  uses,
  version,
  type Answer,
  type Ask,
  type AuthorCase,
  type Decision,
  type Diff,
  type Findings,
  type InputFile,
  type Interview,
  type Outline,
  type AuthorPolicy,
} from 'placet/author';
import { PlacetEligibility } from 'placet/element';

async function decide(fetchText: (path: string) => Promise<string>): Promise<Decision> {
  await init();
  await init(fetch('placet-author.wasm'));
  const files: InputFile[] = await load('policy.placet', fetchText);
  const policy: AuthorPolicy = openPolicy({ files, policy: 'policy.placet' });
  const outline: Outline = policy.outline;
  const known: AuthorCase = policy.begin({ id: 'a', title: 'A', kind: outline.about[0] ?? 'group' });
  const ask: Ask = { asOf: '2016-02-15', assistance: ['equipment'], answers: [] };
  const interview: Interview = known.interview(ask);
  const { next } = interview;
  if (next) {
    const answer: Answer = { about: next.about, fact: next.fact, standard: next.standard, statements: [{ value: { at_least: 200 }, grade: 'B2' }] };
    if (next.type.kind === 'choice') answer.statements.push({ value: next.type.values[0] ?? 'unknown' });
    ask.answers?.push(answer);
  }
  const decision = known.decide({ ...ask, subjects: ['a'] });
  const format: 'placet-decision/1' = decision.format;
  for (const { verdicts } of decision.subjects) for (const { verdict } of verdicts) print(verdict);
  // @ts-expect-error: there is no such verdict
  if (decision.subjects[0]?.verdicts[0]?.verdict === 'perhaps') print(format);
  // @ts-expect-error: a day is a string
  known.decide({ asOf: new Date() });
  const texts: string[] = [known.decideText(ask, 'csv'), known.dossier(ask, 'json'), known.graph(ask), policy.graph()];
  texts.forEach(print);
  known.outlook(ask).forEach(({ fact, values, changes_nothing: same }) => print(same ? fact : (values[0]?.text ?? '')));
  return decision;
}

function compare(older: InputFile[], newer: InputFile[]): Diff | string {
  try {
    const findings: Findings = check(newer, { study: true });
    findings.findings.forEach(({ code, message }) => print(`${code} ${message}`));
    const [first] = newer;
    if (first) uses(first).forEach(print);
    if (first) print(format(first));
    print(diffText({ files: older, policy: 'a' }, { files: newer, policy: 'b' }, 'markdown'));
    return diff({ files: older, policy: 'a' }, { files: newer, policy: 'b' }, { days: ['2016-02-15'] });
  } catch (error) {
    if (error instanceof PlacetError && error.code === 'mistakes') return error.findings.map(({ message }) => message).join('\n');
    throw error;
  }
}

function print(what: string): void {
  console.log(what, version());
}

const element = document.createElement('placet-eligibility');
element.policies = [{ policy: 'policy.placet', files: [] }];
element.addEventListener('placet-decision', ({ detail }) => print(detail.decision.policy.id));
element.addEventListener('click', ({ clientX }) => print(String(clientX)));
document.addEventListener('placet-error', ({ detail }) => print(detail.error.message));
const same: PlacetEligibility | null = document.querySelector('placet-eligibility');
print(same?.value ?? '');
// @ts-expect-error: `decision` is read-only
element.decision = null;
initSync(new ArrayBuffer(8));
void decide;
void compare;

// Opens and inspects results in the tests: one of the project's policies with dossiers.

import { ready } from './fixtures.js';

/** Opens the result of a Libyan dossier, or the matrix of several. */
export const openResult = (page, site, policy, dossiers, more = {}) =>
  open(page, site, { policy, dossiers: [dossiers].flat().map((name) => new URL(name, 'file:///dossiers/').pathname.slice(1)).join(), ...more });

/**
 * Opens the battalion under the air-support policy, without the dossier on circumstances that settles its recognition.
 */
export async function openUnsettled(page, site, more = {}) {
  await page.route('**/dossiers/misrata-battalion.placet', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('  use      "libya-late-2015.placet"\n', '');
    await route.fulfill({ response, body });
  });
  await openResult(page, site, 'air-support', 'misrata-battalion', more);
}

/** Opens the result of the small case under the translated policy. */
export const openTranslated = (page, site, language) =>
  open(page, site, { policy: 'translated', dossiers: 'translated-case', folder: '/pages/', language });

/** Opens the result of the small case under the policy with concerns. */
export const openWeighed = (page, site, language) =>
  open(page, site, { policy: 'weighed', dossiers: 'weighed-case', folder: '/pages/', language });

async function open(page, site, attributes) {
  const address = new URL(site.page('result.html'));
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) address.searchParams.set(name, value);
  await page.goto(address.href);
  await ready(page);
}

/** Returns the decision that the element shows. */
export const decisionOn = (page) => page.locator('placet-eligibility').evaluate((element) => element.decision);

/** A part of the result, by its heading. */
export const part = (page, name) => page.getByRole('region', { name, exact: true });

/** Adds an answer through the element's property; several statements disagree. */
export const answer = (page, about, fact, ...statements) =>
  page.locator('placet-eligibility').evaluate((element, given) => {
    element.answers = [...element.answers, given];
  }, {
    about, fact, standard: 'neutral attestation',
    statements: statements.map((one) => (typeof one === 'object' ? one : { value: one, told: 'an officer', grade: 'A1', date: '2016-02-01' })),
  });

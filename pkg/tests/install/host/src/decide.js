// Makes one decision with the installed package, in any environment.

import { load, openPolicy } from 'placet/author';

export async function decideOnce(fetchText) {
  const policy = openPolicy({ policy: 'national-guard.placet', files: await load('national-guard.placet', fetchText) });
  const dossier = policy.open(await load('dossiers/misrata-battalion.placet', fetchText));
  const { subjects } = dossier.decide({ assistance: ['equipment'] });
  return `${subjects[0].title}: ${subjects[0].verdicts[0].verdict}`;
}

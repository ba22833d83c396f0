// Shows one element; the parameters of the address give its policy, dossiers and attributes, the `language` of the page
// and the `folder` of the files.

import init, { load } from './dist/placet-author.js';

const { policy, dossiers, language, folder = '/rules/libya/', ...attributes } = Object.fromEntries(new URLSearchParams(location.search));
if (language) {
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
}
await init();
const text = async (path) => (await fetch(folder + path)).text();
const cases = await Promise.all(dossiers.split(',').map((name) => load(`${name}.placet`, text)));
const element = document.createElement('placet-eligibility');
for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
const files = [...new Map(cases.flat().map((file) => [file.name, file])).values()];
element.policies = [{ policy: `${policy}.placet`, files: await load(`${policy}.placet`, text), dossiers: files }];
element.dossiers = cases.map(([file]) => file);
document.querySelector('main').append(element);

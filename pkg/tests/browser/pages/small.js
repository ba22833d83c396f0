// A host that sets properties before the element is defined, and submits the decision with a form.

const text = async (name) => (await fetch(name)).text();
const element = document.querySelector('placet-eligibility');
const shelf = new URLSearchParams(location.search).has('shelf');
element.policies = [
  {
    policy: 'small.placet',
    files: [{ name: 'small.placet', text: await text('small.placet') }],
    dossiers: shelf ? [{ name: 'small-disputed.placet', text: await text('small-disputed.placet') }] : [],
  },
];
element.events = [];
for (const name of ['ready', 'question', 'answer', 'decision', 'error', 'clear']) {
  document.addEventListener(`placet-${name}`, (event) => element.events.push([name, event.detail]));
}
document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { subjects } = JSON.parse(new FormData(event.target).get('decision'));
  document.querySelector('output').textContent = subjects.map(({ title, verdicts }) => `${title}: ${verdicts[0].verdict}`).join();
});
await import('./dist/placet-eligibility.js');

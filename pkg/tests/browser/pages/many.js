// Twenty elements on one page; the module of the element is loaded a second time, from another address.
import '/dist/placet-eligibility.js';

for (let count = 0; count < 20; count += 1) {
  const element = document.createElement('placet-eligibility');
  element.setAttribute('policies', '/policies.json');
  element.setAttribute('policy', 'national-guard.placet');
  document.querySelector('main').append(element);
}

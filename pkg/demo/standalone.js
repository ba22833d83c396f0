// The page that is one file: the engine and the policies lie in it.

import { policies } from './inlined.js';
import './demo.js';
import '../widget/element.js';

document.querySelector('placet-eligibility').policies = policies;

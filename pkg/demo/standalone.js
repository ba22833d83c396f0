// The script of the standalone page, which contains the engine and the policies.

import { policies } from './inlined.js';
import './demo.js';
import '../widget/element.js';

document.querySelector('placet-eligibility').policies = policies;

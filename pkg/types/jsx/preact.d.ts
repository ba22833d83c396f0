/** `<placet-eligibility>` in JSX of Preact: `import type {} from 'placet/jsx/preact'` once in a project. */

import type { HTMLAttributes } from 'preact';
import type { PlacetEligibility, PlacetEligibilityAttributes, PlacetEligibilityListeners } from '../placet-eligibility.js';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'placet-eligibility': Omit<HTMLAttributes<PlacetEligibility>, keyof PlacetEligibilityAttributes> & PlacetEligibilityAttributes & PlacetEligibilityListeners<'on'>;
    }
  }
}

/** `<placet-eligibility>` in JSX of React: `import type {} from 'placet/jsx/react'` once in a project. */

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { PlacetEligibility, PlacetEligibilityAttributes, PlacetEligibilityListeners } from '../placet-eligibility.js';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'placet-eligibility': DetailedHTMLProps<HTMLAttributes<PlacetEligibility>, PlacetEligibility> & PlacetEligibilityAttributes & PlacetEligibilityListeners<'on'>;
    }
  }
}

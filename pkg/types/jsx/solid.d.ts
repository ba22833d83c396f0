/** `<placet-eligibility>` in JSX of Solid: `import type {} from 'placet/jsx/solid'` once in a project. */

import type { PlacetEligibility, PlacetEligibilityAttributes, PlacetEligibilityListeners, PlacetEligibilityProperties } from '../placet-eligibility.js';

type Properties = { [K in keyof PlacetEligibilityProperties as `prop:${K}`]?: PlacetEligibilityProperties[K] };

declare module 'solid-js/jsx-runtime' {
  namespace JSX {
    interface IntrinsicElements {
      'placet-eligibility': HTMLAttributes<PlacetEligibility> & PlacetEligibilityAttributes & PlacetEligibilityListeners<'on:'> & Properties;
    }
  }
}

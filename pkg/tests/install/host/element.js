import { PlacetEligibility } from 'placet/element';

console.log(typeof PlacetEligibility);

// Compiled under the strictest settings and never run: checks the published types.
import type {} from 'placet/jsx/react';
import type { InputFile } from 'placet';

const files: InputFile[] = [];

export const whole = (
  <placet-eligibility
    id="check"
    policies="policies.json"
    as-of="2016-02-15"
    assistance="equipment, training"
    required
    onplacet-decision={({ detail }) => console.log(detail.decision.policy.id)}
  />
);
export const own = <placet-eligibility policies={[{ policy: 'a.placet', files }]} dossiers={files} />;
// @ts-expect-error: a day is a string
export const wrong = <placet-eligibility as-of={20160215} />;
// @ts-expect-error: a listener is a function
export const deaf = <placet-eligibility onplacet-decision="decided" />;

// Dossiers made up at random, the same ones every time: what can be said under a policy, true or not.

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Dossiers in JSON about the first kind that a policy decides on. */
export function dossiersUnder(outline, count, seed) {
  const next = random(seed);
  const below = (n) => Math.floor(next() * n);
  const one = (list) => list[below(list.length)];
  const kind = outline.about[0];
  const alone = new Map(outline.kinds.filter(({ only_one: only }) => only).map(({ name }) => [name, `the ${name}`]));
  const facts = outline.facts.filter((fact) => (fact.kind === kind || alone.has(fact.kind)) && fact.type.kind in values);

  return Array.from({ length: count }, (_, number) => {
    // Some know little, some nearly everything.
    const known = next();
    const statements = [];
    for (const fact of facts.filter(() => next() < known)) {
      const sides = next() < 0.1 ? 2 : 1;
      for (let side = 0; side < sides; side += 1) statements.push(state(fact));
    }
    return { id: `generated-${number}`, title: `Generated ${number}`, about: kind, statements };
  });

  function state({ kind: of, phrase, type }) {
    const value = next() < 0.04 ? one(['unknown', 'contested']) : values[type.kind](type, below, one);
    const statement = { fact: phrase, value };
    if (alone.has(of)) statement.about = alone.get(of);
    if (next() < 0.7) Object.assign(statement, { told: one(['an officer', 'a newspaper', 'a rival']), grade: one(['A1', 'B2', 'C3', 'F6']), date: day(below) });
    if (next() < 0.1) statement[one(['rival', 'subject', 'interested', 'promise'])] = true;
    return statement;
  }
}

const values = {
  'yes or no': (type, below, one) => one([true, false]),
  number: (type, below, one) => one([below(10), below(1000), { at_least: below(500) }, { at_most: below(500) }]),
  date: (type, below) => day(below),
  choice: ({ values: named }, below, one) => one(named),
};

const day = (below) => `20${10 + below(16)}-0${1 + below(9)}-1${below(10)}`;

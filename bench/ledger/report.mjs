/** What the bench says, and whether any limit was missed. */
let missed = 0;

export const heading = (text) => console.log(`\n${text}`);
export const line = (label, value) => console.log(`${label.padEnd(68)} ${value}`);

/** A figure with its limit; `holds` judges it. */
export const judge = (label, value, holds) => {
  if (!holds) missed += 1;
  line(label, `${value}   ${holds ? 'reached' : 'NOT reached'}`);
};

/** Prints the sum of it; returns whether every limit was reached. */
export const verdict = () => {
  console.log(missed === 0 ? '\nall reached' : `\n${missed} NOT reached`);
  return missed === 0;
};

// Whether the service takes a document exactly when graphql-js does: thousands of generated ones, valid and made a little wrong, are
// sent to a running service (ARTICULA_URL, ARTICULA_TOKEN), each with the name of an operation that it does not have, so that a
// document that is taken is not executed. ARTICULA_DOCUMENTS and ARTICULA_SEED say how many, and which.
import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql17';
import { generate } from './generate.mjs';
import { mutate } from './mutate.mjs';
import { Random } from './random.mjs';

const url = process.env.ARTICULA_URL;
const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json', 'accept-language': 'en', authorization: `Bearer ${process.env.ARTICULA_TOKEN}` };
const count = Number(process.env.ARTICULA_DOCUMENTS ?? 5000);
const seed = Number(process.env.ARTICULA_SEED ?? 2026);
const TOLD = 10;
// Built from the schema's text, graphql-js cannot know what a scalar of ours is, and takes anything for one, even a list with null in it.
const OWN_SCALAR = /expected value of type (Date|DateTime|Decimal|BigInt|URL|JSON)!, found null/;
const LANES = 4;

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));

/** What graphql-js says against a document; nothing when it takes it. An empty selection set is no GraphQL, though it takes it when let. */
function judged(text) {
  try {
    const faults = validate(schema, parse(text, { allowEmptySelectionSets: false }), undefined, { maxErrors: 1 });
    return faults[0]?.message;
  } catch (fault) {
    return fault.message;
  }
}

/** What the service says against it, and by which code. */
async function answered(text) {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: text, operationName: 'NobodyIsCalledSo' }) });
  const { errors: [error] } = await response.json();
  return { code: error.extensions.code, message: error.message };
}

const random = new Random(seed);
const documents = Array.from({ length: count }, () => {
  const text = generate(schema, random);
  return random.chance(0.6) ? mutate(text, schema, random) : text;
});

const tally = { valid: 0, invalid: 0, bounded: 0, scalars: 0, differing: 0 };
async function lane(from) {
  for (let at = from; at < documents.length; at += LANES) {
    const [text, expected] = [documents[at], judged(documents[at])];
    const { code, message } = await answered(text);
    const taken = code === 'OPERATION_NOT_FOUND';
    const known = taken || code === 'DOCUMENT_SYNTAX' || code === 'DOCUMENT_INVALID';
    if (!known) tally.bounded += 1;
    else if (taken === (expected === undefined)) tally[taken ? 'valid' : 'invalid'] += 1;
    else if (expected === undefined && OWN_SCALAR.test(message)) tally.scalars += 1;
    else {
      tally.differing += 1;
      if (tally.differing <= TOLD) console.log(`${text}\n  graphql-js: ${expected ?? 'valid'}\n  service: ${code} ${message}\n`);
    }
  }
}
await Promise.all(Array.from({ length: LANES }, (_, from) => lane(from)));

console.log(`${count} documents of seed ${seed}: taken by both ${tally.valid}, refused by both ${tally.invalid}, over a limit ${tally.bounded}, values of our scalars ${tally.scalars}, differing ${tally.differing}`);
// Documents over a limit say nothing about validation: they must stay few.
process.exitCode = tally.differing === 0 && tally.bounded * 50 <= count && tally.valid * 4 > count ? 0 : 1;

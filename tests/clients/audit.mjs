// The public audit of GraphQL over HTTP against a running service: ARTICULA_URL and ARTICULA_TOKEN say which, and as whom.
// Fails unless every check of the audit passes.
import { auditServer } from 'graphql-http';

const url = process.env.ARTICULA_URL;
const token = process.env.ARTICULA_TOKEN;
const fetchFn = (target, init = {}) =>
  fetch(target, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });

const results = await auditServer({ url, fetchFn });
const missed = results.filter((result) => result.status !== 'ok');
for (const { id, name, status, reason } of missed) console.log(`${status} ${id} ${name}: ${reason}`);
console.log(`${results.length - missed.length} of ${results.length}`);
process.exitCode = missed.length === 0 ? 0 : 1;

// Subscriptions by the clients that others wrote (graphql-ws, graphql-sse in both of its modes) against a running service: ARTICULA_URL and
// ARTICULA_TOKEN say which, and as whom.
import assert from 'node:assert/strict';
import { createClient as streamClient } from 'graphql-sse';
import { createClient as socketClient } from 'graphql-ws';
import WebSocket from 'ws';

const url = process.env.ARTICULA_URL;
const headers = { authorization: `Bearer ${process.env.ARTICULA_TOKEN}` };
const sockets = (connectionParams) =>
  socketClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, connectionParams, retryAttempts: 0, lazyCloseTimeout: 0 });
const streams = (singleConnection, shown) =>
  streamClient({ url: `${url}/stream`, singleConnection, headers: shown, retryAttempts: 0 });

const ask = async (query, variables = {}) => {
  const body = JSON.stringify({ query, variables });
  const response = await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
};
const enter = async (organization, number) => {
  const act = `mutation($o: ID!, $n: String!) { legalActCreate(organization: $o, input: { kind: CIRCULAR, number: $n, issuer: "SE",
    date: "2026-01-15", subject: "x" }) { legalAct { id } errors { code message } } }`;
  const { legalActCreate } = await ask(act, { o: organization, n: number });
  assert.deepEqual(legalActCreate.errors, []);
  return legalActCreate.legalAct.id;
};
const first = async (iterator) => {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error('nothing came in time')), 20_000).unref());
  const { value } = await Promise.race([iterator.next(), late]);
  return value;
};

const { organizations } = await ask('{ organizations(first: 1) { nodes { id } } }');
const organization = organizations.nodes[0].id;
const follow = 'subscription($after: String) { changes(after: $after, kinds: [LEGAL_ACT]) { id act position version } }';

const checks = {
  'graphql-ws': [sockets(headers), sockets({ Authorization: 'Bearer a.b.c' })],
  'graphql-sse, distinct connections': [streams(false, headers), streams(false, { authorization: 'Bearer a.b.c' })],
  'graphql-sse, single connection': [streams(true, headers), streams(true, { authorization: 'Bearer a.b.c' })],
};
for (const [name, [client, stranger]] of Object.entries(checks)) {
  const { data } = await first(client.iterate({ query: '{ viewer { grants { role } } }' }));
  assert.ok(data.viewer.grants.length > 0, name);

  const refused = await first(client.iterate({ query: '{ nothing }' })).catch((errors) => ({ errors }));
  assert.match(JSON.stringify(refused.errors), /DOCUMENT_INVALID/, name);

  const { changesPosition } = await ask('{ changesPosition }');
  const changes = client.iterate({ query: follow, variables: { after: changesPosition } });
  const told = first(changes);
  const id = await enter(organization, `clients ${process.pid} ${name}`);
  assert.equal((await told).data.changes.id, id, name);
  const next = first(changes);
  const second = await enter(organization, `clients ${process.pid} ${name} again`);
  assert.equal((await next).data.changes.id, second, name);
  await changes.return();

  const again = client.iterate({ query: follow, variables: { after: (await told).data.changes.position } });
  assert.equal((await first(again)).data.changes.id, second, `${name}: after a position comes what follows it`);
  await again.return();

  await assert.rejects(first(stranger.iterate({ query: '{ viewer { name } }' })), name);
  await client.dispose();
  await stranger.dispose();
  console.log(`${name}: ok`);
}

// Documents made a little wrong: token by token, or in the structure.
import { Kind, Lexer, Source, TokenKind, parse, print, visit } from 'graphql17';

const STRAY = [
  '{', '}', '(', ')', '[', ']', ':', '=', '!', '$', '@', '|', '&', '...', '"', '"""', '#', 'on', 'query', 'fragment', 'null', 'true',
  'nullish', '0', '01', '-', '-0', '1.', '1.0e', '1e5x', '0x1F', '99999999999', '"\\u00"', '"\\u{110000}"', '"\\uD800"', '"\\q"', '"é"', '\u{feff}', '"\u0007"', '"\u{7f}"', '\u0000', '#\u0001\n',
  '"""x"""', '"x"', '$x', '$v0', '@skip(if: true)', '@include', '@nobody', 'mutation', 'subscription', 'type', '__typename', '{}', '()', '[]', '-1', 'a1_b',
];
const VALUES = ['null', '1', '-5', '1.5', '"x"', 'true', 'RED', '[1]', '[]', '{}', '{ a: 1 }', '$v0', '$zz', '4294967296', '"""b"""', '[null]', '[[1]]'];

/** A document with one to three faults, most of them real. */
export function mutate(text, schema, random) {
  let changed = text;
  const times = 1 + random.below(random.chance(0.7) ? 1 : 3);
  for (let at = 0; at < times; at += 1) {
    changed = random.chance(0.4) ? tokens(changed, random) : structure(changed, schema, random);
  }
  return changed;
}

function lexed(text) {
  const found = [];
  try {
    const lexer = new Lexer(new Source(text));
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) found.push(text.slice(token.start, token.end));
  } catch {
    // What cannot be read is not changed any further.
  }
  return found;
}

function tokens(text, random) {
  const list = lexed(text);
  if (list.length === 0) return text + random.pick(STRAY);
  const at = random.below(list.length);
  const other = random.below(list.length);
  switch (random.below(6)) {
    case 0: list.splice(at, 1); break;
    case 1: list.splice(at, 0, list[at]); break;
    case 2: [list[at], list[other]] = [list[other], list[at]]; break;
    case 3: list[at] = list[other]; break;
    case 4: list.splice(at, 0, random.pick(STRAY)); break;
    default: list[at] = random.pick(STRAY);
  }
  return list.join(' ');
}

/** One change of the parsed document, at a random node that it fits. */
function structure(text, schema, random) {
  let document;
  try {
    document = parse(text);
  } catch {
    return tokens(text, random);
  }
  const change = random.pick(CHANGES);
  const places = [];
  visit(document, { enter: (node) => { if (change.kind === node.kind) places.push(node); } });
  if (places.length === 0) return tokens(text, random);
  const place = random.pick(places);
  const changed = visit(document, { enter: (node) => (node === place ? change.make(node, { schema, random, document }) : undefined) });
  try {
    return print(changed);
  } catch {
    return text;
  }
}

const name = (value) => ({ kind: Kind.NAME, value });
const node = (text) => parse(`{ f(a: ${text}) }`).definitions[0].selectionSet.selections[0].arguments[0].value;
const selection = (text) => parse(`{ ${text} }`).definitions[0].selectionSet.selections[0];
const doubled = (list, random) => (list?.length > 0 ? [...list, random.pick(list)] : list);

function names(document, kind) {
  const found = [];
  visit(document, { enter: (one) => { if (one.kind === kind && one.name) found.push(one.name.value); } });
  return found;
}

function fieldNames(schema, random) {
  const types = Object.values(schema.getTypeMap()).filter((type) => type.getFields && !type.name.startsWith('__'));
  return Object.keys(random.pick(types).getFields());
}

const CHANGES = [
  { kind: Kind.FIELD, make: (field, { document, random }) => ({ ...field, name: name(random.pick(names(document, Kind.FIELD))) }) },
  { kind: Kind.FIELD, make: (field, { schema, random }) => ({ ...field, name: name(random.pick(fieldNames(schema, random))) }) },
  { kind: Kind.FIELD, make: (field) => ({ ...field, selectionSet: field.selectionSet ? undefined : parse('{ id }').definitions[0].selectionSet }) },
  { kind: Kind.FIELD, make: (field, { document, random }) => ({ ...field, alias: name(random.pick(names(document, Kind.FIELD))) }) },
  { kind: Kind.FIELD, make: (field, { random }) => ({ ...field, arguments: doubled(field.arguments, random) }) },
  { kind: Kind.FIELD, make: (field) => ({ ...field, arguments: [] }) },
  { kind: Kind.FIELD, make: (field, { random }) => ({ ...field, arguments: [...(field.arguments ?? []), { kind: Kind.ARGUMENT, name: name('first'), value: node(random.pick(VALUES)) }] }) },
  { kind: Kind.FIELD, make: (field, { random }) => ({ ...field, directives: selection(`f ${random.pick(['@skip(if: true) @skip(if: false)', '@nobody', '@include', '@skip(if: 1)', '@include(if: $v0)', '@deprecated', '@oneOf', '@cost(weight: "1")', '@specifiedBy(url: "x")'])}`).directives }) },
  { kind: Kind.ARGUMENT, make: (argument, { random }) => ({ ...argument, value: node(random.pick(VALUES)) }) },
  { kind: Kind.ARGUMENT, make: (argument, { document, random }) => ({ ...argument, name: name(random.pick(names(document, Kind.ARGUMENT))) }) },
  { kind: Kind.OBJECT, make: (object, { random }) => ({ ...object, fields: doubled(object.fields, random) }) },
  { kind: Kind.OBJECT, make: (object) => ({ ...object, fields: object.fields.slice(1) }) },
  { kind: Kind.OBJECT_FIELD, make: (field, { random }) => ({ ...field, value: node(random.pick(VALUES)) }) },
  { kind: Kind.OBJECT_FIELD, make: (field, { document, random }) => ({ ...field, name: name(random.pick([...names(document, Kind.OBJECT_FIELD), 'nobody'])) }) },
  { kind: Kind.VARIABLE_DEFINITION, make: () => null },
  { kind: Kind.VARIABLE_DEFINITION, make: (variable, { random }) => ({ ...variable, type: { kind: Kind.NAMED_TYPE, name: name(random.pick(['Int', 'String', 'Boolean', 'ID', 'Date', 'Nobody', 'Viewer'])) } }) },
  { kind: Kind.VARIABLE_DEFINITION, make: (variable, { random }) => ({ ...variable, defaultValue: node(random.pick(VALUES.filter((value) => !value.startsWith('$')))) }) },
  { kind: Kind.VARIABLE, make: (variable, { random }) => ({ ...variable, name: name(random.pick(['zz', 'v0', 'v1'])) }) },
  { kind: Kind.OPERATION_DEFINITION, make: (operation) => ({ ...operation, name: name('Op0') }) },
  { kind: Kind.OPERATION_DEFINITION, make: (operation) => ({ ...operation, name: undefined }) },
  { kind: Kind.OPERATION_DEFINITION, make: (operation, { random }) => ({ ...operation, operation: random.pick(['query', 'mutation', 'subscription']) }) },
  { kind: Kind.OPERATION_DEFINITION, make: (operation, { random }) => ({ ...operation, directives: parse(`query Q ${random.pick(['@skip(if: true)', '@nobody', '@include(if: false)'])} { a }`).definitions[0].directives }) },
  { kind: Kind.OPERATION_DEFINITION, make: (operation, { random }) => ({ ...operation, variableDefinitions: [...(operation.variableDefinitions ?? []), ...parse(`query(${random.pick(['$v0: Int', '$unused: String', '$v1: [ID!]! = ["1"]', '$v0: Nobody', '$u: Boolean @deprecated'])}) { a }`).definitions[0].variableDefinitions] }) },
  { kind: Kind.SELECTION_SET, make: (set, { random }) => ({ ...set, selections: doubled(set.selections, random) }) },
  { kind: Kind.SELECTION_SET, make: (set, { document, random }) => ({ ...set, selections: [...set.selections, selection(`...${random.pick([...names(document, Kind.FRAGMENT_DEFINITION), 'Nobody'])}`)] }) },
  { kind: Kind.SELECTION_SET, make: (set, { random }) => ({ ...set, selections: [...set.selections, selection(random.pick(['id: __typename', '__typename: id', '... on Nobody { id }', '... on Date { id }', '... on Node { id }', '... on Query { viewer { name } }', '... @include(if: false) { __typename }', 'id', '__schema { types { name } }', '__type(name: "Date") { name }', '...F0_0'])) ] }) },
  { kind: Kind.SELECTION_SET, make: (set, { random }) => conflicting(set, random) },
  { kind: Kind.INLINE_FRAGMENT, make: (fragment, { schema, random }) => ({ ...fragment, typeCondition: { kind: Kind.NAMED_TYPE, name: name(random.pick(Object.keys(schema.getTypeMap()))) } }) },
  { kind: Kind.FRAGMENT_DEFINITION, make: (fragment, { schema, random }) => ({ ...fragment, typeCondition: { kind: Kind.NAMED_TYPE, name: name(random.pick(Object.keys(schema.getTypeMap()))) } }) },
  { kind: Kind.FRAGMENT_DEFINITION, make: (fragment, { document, random }) => ({ ...fragment, name: name(random.pick([...names(document, Kind.FRAGMENT_DEFINITION), 'Unused'])) }) },
  { kind: Kind.FRAGMENT_DEFINITION, make: (fragment) => ({ ...fragment, selectionSet: { ...fragment.selectionSet, selections: [...fragment.selectionSet.selections, selection(`...${fragment.name.value}`)] } }) },
  { kind: Kind.FRAGMENT_SPREAD, make: () => selection('...Nobody') },
  { kind: Kind.DOCUMENT, make: (document, { random }) => ({ ...document, definitions: doubled(document.definitions, random) }) },
  { kind: Kind.DOCUMENT, make: (document, { random }) => ({ ...document, definitions: [...document.definitions, ...parse(random.pick(['{ viewer { name } }', 'type A { a: Int }', 'fragment U on Query { viewer { name } }', 'schema { query: Query }', 'query Other { __typename }', 'subscription S { __typename }', 'extend type Query { a: Int }', 'subscription T { changes { id } changes { kind } }', '"d" query D { __typename }'])).definitions] }) },
];

/** The same field twice with other arguments or under one name, perhaps nested: the selections cannot be merged, or only look so. */
function conflicting(set, random) {
  const fields = set.selections.filter((one) => one.kind === Kind.FIELD);
  if (fields.length === 0) return set;
  const field = random.pick(fields);
  const inner = field.selectionSet?.selections.find((one) => one.kind === Kind.FIELD);
  const again = inner && random.chance(0.6)
    ? { ...field, selectionSet: { ...field.selectionSet, selections: [{ ...inner, name: name('id'), arguments: [], selectionSet: undefined, alias: name((inner.alias ?? inner.name).value) }] } }
    : { ...field, alias: name((field.alias ?? field.name).value), arguments: (field.arguments ?? []).slice(1) };
  return { ...set, selections: random.chance(0.5) ? [...set.selections, again] : [again, ...set.selections] };
}

// Documents that are valid for a schema, as text.
import {
  getNamedType, getNullableType, isCompositeType, isEnumType, isInputObjectType, isListType,
  isNonNullType, isObjectType, isUnionType,
} from 'graphql17';

const SCALARS = {
  Int: ['0', '7', '-1', '2147483647'],
  Float: ['1.5', '3', '-2e3'],
  String: ['"a"', '""', '"\\u00f1"', '"\\u{1F600}"', '"\\uD83D\\uDE00"', '"""a\n  block \\""" text"""'],
  Boolean: ['true', 'false'],
  ID: ['"x"', '4'],
};
const DEEPEST = 4;

/** Writes one document: an operation or two, their variables, and the fragments that they use. */
export function generate(schema, random) {
  const operations = random.chance(0.15) ? 2 : 1;
  const parts = [];
  for (let at = 0; at < operations; at += 1) {
    const writer = new Writer(schema, random, parts.length);
    parts.push(...writer.operation(operations > 1 || random.chance(0.6)));
  }
  return parts.join(random.pick(['\n', ' ', '\n# remark\n', ',\n']));
}

class Writer {
  constructor(schema, random, number) {
    Object.assign(this, { schema, random, number, variables: [], fragments: [], names: 0 });
  }

  operation(named) {
    const { schema, random } = this;
    const roots = [['query', schema.getQueryType()], ['mutation', schema.getMutationType()], ['subscription', schema.getSubscriptionType()]];
    const [kind, type] = random.pick(roots.filter(([, root]) => root).concat([roots[0], roots[0], roots[0]]));
    const selected = kind === 'subscription' ? `{ ${this.field(type, random.pick(this.fields(type)), 0)} }` : this.selections(type, 0);
    const bare = kind === 'query' && !named && this.variables.length === 0;
    const described = !bare && random.chance(0.1) ? '"""What it asks."""\n' : '';
    const variables = this.variables.length > 0 ? `(${this.variables.join(random.pick([', ', ' ', '\n']))})` : '';
    const head = bare ? '' : `${described}${kind}${named ? ` Op${this.number}` : ''}${variables}${this.directives('OPERATION')} `;
    return [`${head}${selected}`, ...this.fragments];
  }

  fields(type) {
    return Object.values(type.getFields());
  }

  selections(type, depth) {
    const { random } = this;
    const chosen = [];
    const count = 1 + random.below(depth === 0 ? 2 : 4);
    for (let at = 0; at < count; at += 1) chosen.push(this.selection(type, depth));
    return `{ ${chosen.join(random.pick([' ', ', ', '\n']))} }`;
  }

  selection(type, depth) {
    const { random } = this;
    if (depth < DEEPEST && random.chance(0.08)) return this.inline(type, depth);
    if (depth < DEEPEST && random.chance(0.06)) return this.spread(type, depth);
    if (isUnionType(type) || random.chance(0.06)) return this.aliased('__typename');
    const fields = this.fields(type);
    const flat = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const from = (depth >= DEEPEST || random.chance(0.5)) && flat.length > 0 ? flat : fields;
    if (depth >= DEEPEST && flat.length === 0) return '__typename';
    return this.field(type, random.pick(from), depth);
  }

  field(type, field, depth) {
    const given = field.args.filter((argument) => needed(argument) || this.random.chance(0.25));
    const written = given.map((argument) => `${argument.name}: ${this.value(argument.type, argument.defaultValue !== undefined, 0)}`);
    const head = written.length > 0 ? `${field.name}(${written.join(', ')})` : field.name;
    const inner = getNamedType(field.type);
    const below = isCompositeType(inner) ? ` ${this.selections(inner, depth + 1)}` : '';
    // Other arguments need another response name, or the fields conflict.
    return `${this.aliased(head, written.length > 0)}${this.directives('FIELD', depth)}${below}`;
  }

  aliased(field, always = false) {
    if (!always && !this.random.chance(0.1)) return field;
    this.names += 1;
    return `a${this.number}_${this.names}: ${field}`;
  }

  within(type) {
    const possible = isObjectType(type) ? [type, ...type.getInterfaces()] : [type, ...this.schema.getPossibleTypes(type)];
    return this.random.pick(possible);
  }

  inline(type, depth) {
    const condition = this.random.chance(0.7) ? this.within(type) : undefined;
    const head = condition ? `... on ${condition.name}` : '...';
    return `${head}${this.directives('FRAGMENT', depth)} ${this.selections(condition ?? type, depth + 1)}`;
  }

  spread(type, depth) {
    const on = this.within(type);
    const name = `F${this.number}_${this.fragments.length}`;
    this.fragments.push('');
    const place = this.fragments.length - 1;
    const described = this.random.chance(0.1) ? '"A part."\n' : '';
    this.fragments[place] = `${described}fragment ${name} on ${on.name} ${this.selections(on, depth + 1)}`;
    return `...${name}${this.directives('FRAGMENT', depth)}`;
  }

  directives(place, depth = 1) {
    // None at the root: subscriptions allow none there.
    if (place === 'OPERATION' || depth === 0 || !this.random.chance(0.06)) return '';
    const value = this.random.chance(0.5) ? 'true' : this.variable('Boolean!');
    return ` @${this.random.pick(['skip', 'include'])}(if: ${value})`;
  }

  variable(type) {
    const name = `v${this.variables.length}`;
    this.variables.push(`${this.random.chance(0.05) ? '"A part of it." ' : ''}$${name}: ${type}`);
    return `$${name}`;
  }

  value(type, hasDefault, depth) {
    const { random } = this;
    if (random.chance(0.15)) {
      const named = String(type);
      if (!isNonNullType(type)) return this.variable(random.chance(0.2) ? `${named}!` : random.chance(0.2) ? `${named} = null` : named);
      return this.variable(hasDefault && random.chance(0.5) ? named.slice(0, -1) : named);
    }
    if (!isNonNullType(type) && random.chance(0.05)) return 'null';
    const open = getNullableType(type);
    if (isListType(open)) {
      // A single value stands for a list of one; a variable in its place does not.
      if (random.chance(0.2)) return this.certain(open.ofType, depth);
      const items = Array.from({ length: random.below(3) }, () => this.value(open.ofType, false, depth + 1));
      return `[${items.join(random.pick([', ', ' ']))}]`;
    }
    if (isEnumType(open)) return random.pick(open.getValues()).name;
    if (isInputObjectType(open)) return this.object(open, depth);
    return random.pick(SCALARS[open.name] ?? ['"2026-06-30"', '"1"', '1']);
  }

  object(type, depth) {
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
      const field = this.random.pick(fields);
      return `{ ${field.name}: ${this.certain(field.type, depth)} }`;
    }
    const given = fields.filter((field) => needed(field) || (depth < 3 && this.random.chance(2 / fields.length)));
    return `{ ${given.map((field) => `${field.name}: ${this.value(field.type, field.defaultValue !== undefined, depth + 1)}`).join(', ')} }`;
  }

  /** A literal that is not null. */
  certain(type, depth) {
    for (;;) {
      const before = this.variables.length;
      const value = this.value(type, false, depth + 1);
      if (value !== 'null' && !value.startsWith('$')) return value;
      this.variables.length = before;
    }
  }
}

function needed(input) {
  return isNonNullType(input.type) && input.defaultValue === undefined && input.default === undefined;
}

import tables from "./constraints.json";
import neighbours from "./neighbour-constraints.json";

interface Shape {
  type: string;
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
  required?: string[];
  members?: Record<string, string>;
  member?: string;
  key?: string;
  value?: string;
}

interface Table {
  operations: Record<string, { input?: string; invalid?: string }>;
  shapes: Record<string, Shape>;
}

const TABLES = { ...neighbours, ...tables } as Record<string, Table>;

/** What one member breaks, in AWS's words. */
export interface Violation {
  /** `blockDeviceMappings.1.member.ebs.volumeSize`: lists count from one, as AWS counts them. */
  path: string;
  message: string;
  /** Left out, where the others are there and wrong. */
  isMissing?: true;
  /** What was sent, as it is shown, and the rule it breaks. */
  shown?: string;
  rule?: string;
}

/** Everything in an input that the service's model forbids; empty when the service has no table. */
export function violationsOf(service: string, operation: string, input: unknown): Violation[] {
  const table = TABLES[service];
  const shape = table?.operations[operation]?.input;
  if (!table || !shape) return [];
  const found: Violation[] = [];
  check(table, shape, input, "", found);
  return found;
}

/** The code the model gives bad input of this operation, if it says. */
export function invalidInputCode(service: string, operation: string): string | undefined {
  return TABLES[service]?.operations[operation]?.invalid;
}

/** `1 validation error detected: Value 'x' at 'name' failed to satisfy constraint: Member must ...` */
export function violationMessage(violations: Violation[]): string {
  const count = violations.length;
  return `${count} validation error${count === 1 ? "" : "s"} detected: ${violations.map(({ message }) => message).join("; ")}`;
}

export function missing(path: string): Violation {
  const rule = "Member must not be null";
  return { path, message: `Value at '${path}' failed to satisfy constraint: ${rule}`, isMissing: true, rule };
}

/**
 * The first violation in EC2's words, which are its own.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function ec2Message([first]: Violation[]): string {
  if (!first || first.isMissing) return `The request must contain the parameter ${first?.path ?? ""}`;
  return `Value (${first.shown ?? ""}) for parameter ${first.path} is invalid. ${first.rule ?? ""}`;
}

function check(table: Table, shapeName: string, value: unknown, path: string, found: Violation[]): void {
  const shape = table.shapes[shapeName];
  if (!shape) return;
  switch (shape.type) {
    case "structure": {
      const members = value as Record<string, unknown>;
      const at = (name: string) => (path ? `${path}.${name}` : name);
      for (const name of shape.required ?? []) {
        if (members[name] === undefined || members[name] === null) found.push(missing(at(name)));
      }
      for (const [name, target] of Object.entries(shape.members ?? {})) {
        if (members[name] !== undefined) check(table, target, members[name], at(name), found);
      }
      return;
    }
    case "list": {
      const items = value as unknown[];
      checkLength(shape, items.length, quote(value), path, found);
      for (const [index, item] of items.entries()) {
        if (shape.member) check(table, shape.member, item, `${path}.${index + 1}.member`, found);
      }
      return;
    }
    case "map": {
      const entries = Object.entries(value as object);
      checkLength(shape, entries.length, quote(value), path, found);
      for (const [key, item] of entries) {
        if (shape.key) check(table, shape.key, key, `${path}.${key}.key`, found);
        if (shape.value) check(table, shape.value, item, `${path}.${key}.value`, found);
      }
      return;
    }
    case "string": {
      const text = String(value);
      const push = (rule: string) => found.push(violation(path, quote(text), rule));
      if (shape.enum && !shape.enum.includes(text))
        push(`Member must satisfy enum value set: [${shape.enum.join(", ")}]`);
      checkLength(shape, [...text].length, quote(text), path, found);
      if (shape.pattern && !patternOf(shape.pattern).test(text)) {
        push(`Member must satisfy regular expression pattern: ${shape.pattern}`);
      }
      return;
    }
    case "blob":
      checkLength(shape, (value as Uint8Array).length, "", path, found);
      return;
    case "integer":
    case "long":
    case "double":
    case "float": {
      const number = Number(value);
      const push = (rule: string) => found.push(violation(path, quote(number), rule));
      if (shape.min !== undefined && number < shape.min)
        push(`Member must have value greater than or equal to ${shape.min}`);
      if (shape.max !== undefined && number > shape.max)
        push(`Member must have value less than or equal to ${shape.max}`);
      if (/integer|long/.test(shape.type) && !Number.isInteger(number)) push("Member must be an integer");
      return;
    }
  }
}

function checkLength(shape: Shape, length: number, shown: string, path: string, found: Violation[]): void {
  if (shape.min !== undefined && length < shape.min) {
    found.push(violation(path, shown, `Member must have length greater than or equal to ${shape.min}`));
  }
  if (shape.max !== undefined && length > shape.max) {
    found.push(violation(path, shown, `Member must have length less than or equal to ${shape.max}`));
  }
}

function violation(path: string, shown: string, rule: string): Violation {
  return {
    path,
    shown,
    rule,
    message: `Value ${shown ? `${shown} ` : ""}at '${path}' failed to satisfy constraint: ${rule}`,
  };
}

const LONGEST_SHOWN = 200;

function quote(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `'${text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text}'`;
}

const patterns = new Map<string, RegExp>();

/** AWS matches whole values, whether a pattern is anchored or not. */
function patternOf(source: string): RegExp {
  const known = patterns.get(source);
  if (known) return known;
  const whole = `^(?:${source})$`;
  let pattern: RegExp;
  try {
    pattern = new RegExp(whole, "u");
  } catch {
    pattern = new RegExp(whole);
  }
  patterns.set(source, pattern);
  return pattern;
}

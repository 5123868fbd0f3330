import type { ProtocolChoice } from "./protocol";
import { kindOf, membersOf, type Operation, type Schema } from "./schema";

/** Numbers from 0 up to 1 that come in the same order for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const OWN = "arn:aws:imagebuilder:us-east-1:222222222222";
/** Half of them nonsense, half of what the services themselves would give. */
const TEXTS = [
  ...["", "x", "web", "1.0.0", "x.x.x", "-1", "0", "null", "99999999999999999999", "a".repeat(3000)],
  ...[
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "../../..",
    "%00%zz",
    "\u0000",
    "😀",
    "<a>&\"'",
    "{{",
    "/",
  ],
  ...["arn:", OWN, `${OWN}:component/web/1.0.0/1`, `${OWN}:component/web/x.x.x`, `${OWN}:image-pipeline/web`],
  ...[`${OWN}:image-recipe/web/1.0.0`, `${OWN}:container-recipe/web/1.0.0`, `${OWN}:image/web/1.0.0/1`],
  ...[`${OWN}:infrastructure-configuration/web`, `${OWN}:workflow/build/web/1.0.0/1`],
  "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
  ...["arn:aws:iam::222222222222:role/web", "ami-12345678", "us-east-1", "nowhere-9", "222222222222"],
  ...[
    "rate(1 day)",
    "cron(0 0 * * ? *)",
    "cron(",
    "2026-01-01T00:00:00Z",
    '{"Statement":[]}',
    "- [",
    "&a [*a]",
  ],
  ...["schemaVersion: 1.0\nphases: []\n", "fields @message | filter @message like /(/", "stats count(*) by"],
];
const NUMBERS = [0, 1, 5, 25, 100, -1, 0.5, 1e9, 2 ** 53, 1e300];
const ODD = [null, true, 0, -1, 1.5, "", "x", [], {}, [[]], { a: {} }];

/** An input for a request of this schema: now and then another type, often a value at its place that makes no sense. */
export function hostileInput(schema: Schema, random: () => number, depth = 0): unknown {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
  const inner = (of: Schema) => hostileInput(of, random, depth + 1);
  if (depth > 0 && random() < 0.02) return pick(ODD);
  switch (kindOf(schema)) {
    case "structure": {
      const wanted = membersOf(schema).filter(
        ({ required }) => random() < (required ? 0.95 : 0.4 - depth / 20),
      );
      return Object.fromEntries(wanted.map((member) => [member.name, inner(member.schema)]));
    }
    case "list":
      return Array.from({ length: pick([0, 1, 1, 2, 30]) ?? 0 }, () => inner(schema.getValueSchema()));
    case "map":
      return Object.fromEntries([1, 2].map(() => [pick(TEXTS), inner(schema.getValueSchema())]));
    case "string":
      return pick(TEXTS);
    case "boolean":
      return random() < 0.5;
    case "number":
    case "timestamp":
      return pick(NUMBERS);
    default:
      return pick(["aGk=", "!"]);
  }
}

/** The input as a request of the service's protocol; members that have no place in it are left out. */
export function requestFor(protocol: ProtocolChoice, operation: Operation, input: Record<string, unknown>) {
  const { name } = operation;
  const post = { method: "POST", path: "/" };
  if (protocol.kind === "awsJson") {
    const headers = { "x-amz-target": `${protocol.target}.${name}` };
    return { ...post, headers, body: JSON.stringify(input) };
  }
  if (protocol.kind === "awsQuery" || protocol.kind === "ec2Query") {
    const form = new URLSearchParams({ Action: name });
    flatten(form, "", input, protocol.kind === "ec2Query" ? "." : ".member.");
    return { ...post, headers: {}, body: form };
  }
  const { method = "POST", pattern = "/" } = operation.http ?? {};
  const [path = "/", literals] = pattern.split("?");
  const bound = new URLSearchParams(literals);
  const labels = new Map<string, string>();
  const left: Record<string, unknown> = {};
  for (const { name: member, traits } of membersOf(operation.input)) {
    const value = input[member];
    if (traits.httpLabel) labels.set(member, encodeURIComponent(String(value ?? "x") || "x"));
    else if (value === undefined) continue;
    else if (traits.httpQuery) bound.append(traits.httpQuery, String(value));
    else if (!traits.httpHeader) left[traits.jsonName ?? member] = value;
  }
  const bucket = labels.has("Bucket") && !path.includes("{Bucket}") ? `/${labels.get("Bucket")}` : "";
  const filled = path.replace(/\{(\w+)\+?\}/g, (_label, label: string) => labels.get(label) ?? "x");
  const body = protocol.kind === "restXml" ? String(input.Body ?? "<a>") : JSON.stringify(left);
  const hasBody = method !== "GET" && method !== "HEAD";
  return { method, path: `${bucket}${filled}?${bound}`, headers: {}, ...(hasBody && { body }) };
}

function flatten(form: URLSearchParams, prefix: string, value: unknown, item: string): void {
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) flatten(form, `${prefix}${item}${index + 1}`, one, item);
  } else if (value && typeof value === "object") {
    for (const [key, one] of Object.entries(value))
      flatten(form, prefix ? `${prefix}.${key}` : key, one, item);
  } else if (value !== undefined) form.append(prefix, String(value));
}

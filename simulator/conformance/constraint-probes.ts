/** A shape of the committed constraint table. */
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

export type Shapes = Record<string, Shape>;

/** One value on one side of one bound of one member. */
export interface Probe {
  /** As AWS names the member in its refusal: `blockDeviceMappings.1.member.ebs.volumeSize`. */
  path: string;
  why: string;
  /** Where the value goes: names of members and keys, and 0 for the first item of a list. */
  place: readonly (string | 0)[];
  /** Undefined: the member is left out. */
  value: unknown;
}

export interface Probes {
  valid: Probe[];
  violating: Probe[];
}

/** Values on both sides of each bound of each member of a request; throws where no valid value is known. */
export function probesOf(shapes: Shapes, input: string): Probes {
  const probes: Probes = { valid: [], violating: [] };
  const walk = (name: string, path: string, place: Probe["place"], above: readonly string[]): void => {
    const shape = shapes[name];
    if (!shape || above.includes(name)) return;
    const inner = [...above, name];
    if (shape.type === "structure") {
      for (const [member, target] of Object.entries(shape.members ?? {})) {
        const at = path ? `${path}.${member}` : member;
        walk(target, at, [...place, member], inner);
        if (!shape.required?.includes(member)) continue;
        probes.violating.push({ path: at, why: "left out", place: [...place, member], value: undefined });
      }
      return;
    }
    for (const { why, value, isValid } of valuesOf(shapes, shape)) {
      probes[isValid ? "valid" : "violating"].push({ path, why, place, value });
    }
    if (shape.type === "list") walk(shape.member ?? "", `${path}.1.member`, [...place, 0], inner);
    if (shape.type === "map") {
      const key = sampleOf(shapes, shape.key ?? "");
      for (const { why, value, isValid } of valuesOf(shapes, shapes[shape.key ?? ""] ?? { type: "" })) {
        const at = `${path}.${value}.key`;
        const probe = {
          path: at,
          why,
          place: [...place, String(value)],
          value: shapes[shape.value ?? ""] ? sampleOf(shapes, shape.value ?? "") : "v",
        };
        probes[isValid ? "valid" : "violating"].push(probe);
      }
      walk(shape.value ?? "", `${path}.${key}.value`, [...place, String(key)], inner);
    }
  };
  walk(input, "", [], []);
  return probes;
}

interface Value {
  why: string;
  value: unknown;
  isValid: boolean;
}

/** Shapes recur in many requests. */
const known = new WeakMap<Shape, Value[]>();

function valuesOf(shapes: Shapes, shape: Shape): Value[] {
  const values = known.get(shape) ?? makeValues(shapes, shape);
  known.set(shape, values);
  return values;
}

function makeValues(shapes: Shapes, shape: Shape): Value[] {
  if (/^(integer|long|double|float)$/.test(shape.type)) return numbersOf(shape);
  if (shape.type === "string") return textsOf(shape);
  if (shape.type !== "list" && shape.type !== "map") return [];
  const many = (count: number) => {
    if (shape.type === "list")
      return Array.from({ length: count }, () => sampleOf(shapes, shape.member ?? ""));
    const value = sampleOf(shapes, shape.value ?? "");
    return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, value]));
  };
  return bounds(shape).map(({ at, isValid }) => ({ why: `of ${at}`, value: many(at), isValid }));
}

/** The sizes at and beyond each bound; nothing is shorter than nothing. */
function bounds({ min, max }: Shape): { at: number; isValid: boolean }[] {
  return [
    ...(min === undefined ? [] : [{ at: min, isValid: true }]),
    ...(min === undefined || min === 0 ? [] : [{ at: min - 1, isValid: false }]),
    ...(max === undefined
      ? []
      : [
          { at: max, isValid: true },
          { at: max + 1, isValid: false },
        ]),
  ];
}

function numbersOf({ min, max }: Shape): Value[] {
  const value = (at: number, isValid: boolean) => ({ why: `of ${at}`, value: at, isValid });
  return [
    ...(min === undefined ? [] : [value(min, true), value(min - 1, false)]),
    ...(max === undefined ? [] : [value(max, true), value(max + 1, false)]),
  ];
}

function textsOf(shape: Shape): Value[] {
  if (shape.enum) {
    const [first, last] = [shape.enum[0], shape.enum.at(-1)];
    return [
      { why: "the first of the enum", value: first, isValid: true },
      { why: "the last of the enum", value: last, isValid: true },
      { why: "outside of the enum", value: "NO_SUCH_VALUE", isValid: false },
    ];
  }
  const lengths = bounds(shape).map(({ at, isValid }) => {
    const text = textOfLength(shape, at);
    return { why: `${at} long`, value: isValid ? text : (text ?? "a".repeat(at)), isValid };
  });
  if (!shape.pattern) return lengths;
  const outside = ["\u0007", "\u0000", "!", "*"].find((text) => !matches(shape, text));
  return [
    ...lengths.filter(({ value }) => value !== undefined),
    { why: "of the pattern", value: textOfPattern(shape), isValid: true },
    ...(outside === undefined ? [] : [{ why: "outside of the pattern", value: outside, isValid: false }]),
    ...patternLengths(shape),
  ];
}

const LONGEST = 1100;

/** The lengths that a pattern itself allows, where it says nothing else: names of 3 to 128 characters. */
function patternLengths(shape: Shape): Value[] {
  const fits = (length: number) => matches(shape, "a".repeat(length));
  const shortest = Array.from({ length: LONGEST }, (_, length) => length).find(fits);
  if (shortest === undefined || fits(LONGEST)) return [];
  const longest = Array.from({ length: LONGEST }, (_, back) => LONGEST - back).find(fits) ?? shortest;
  const value = (length: number, isValid: boolean) => ({
    why: `${length} long`,
    value: "a".repeat(length),
    isValid,
  });
  const tooShort = shortest > 0 && !(shape.min !== undefined && shortest <= shape.min);
  return [
    value(shortest, true),
    value(longest, true),
    value(longest + 1, false),
    ...(tooShort ? [value(shortest - 1, false)] : []),
  ].filter(({ value: text, isValid }) => !isValid || isWithin(shape, text));
}

const isWithin = ({ min = 0, max = Number.POSITIVE_INFINITY }: Shape, text: string) =>
  min <= text.length && text.length <= max;

const matches = ({ pattern }: Shape, text: string): boolean => {
  if (!pattern) return true;
  const whole = `^(?:${pattern})$`;
  return (/\\p\{|\\uD800/.test(pattern) ? new RegExp(whole, "u") : new RegExp(whole)).test(text);
};

const UUID = "00000000-0000-4000-8000-000000000000";
const IMAGE_BUILDER = "arn:aws:imagebuilder:us-east-1:222222222222";

/** Something for every pattern of the models; `name` may be made longer. */
const SAMPLES = [
  ...["name", "1.0.0", "222222222222", "s3://name/key", "optional", "1.0", "namename", "YWJj", "{name}"],
  ...["lce-", "step-", "wf-"].map((prefix) => `${prefix}${UUID}`),
  ...["image-pipeline", "infrastructure-configuration", "distribution-configuration", "lifecycle-policy"].map(
    (kind) => `${IMAGE_BUILDER}:${kind}/name`,
  ),
  ...["image-recipe", "container-recipe", "component", "image", "workflow/build"].flatMap((kind) => [
    `${IMAGE_BUILDER}:${kind}/name/1.0.0`,
    `${IMAGE_BUILDER}:${kind}/name/1.0.0/1`,
  ]),
  "arn:aws:sns:us-east-1:222222222222:name",
  `arn:aws:license-manager:us-east-1:222222222222:license-configuration:lic-${"0".repeat(32)}`,
  "arn:aws:organizations::222222222222:organization/o-0123456789",
  "arn:aws:organizations::222222222222:ou/o-0123456789/ou-0123-01234567",
  "arn:aws:kms:us-east-1:222222222222:key/name",
  "lt-0123456789abcdef0",
  ...["Etc/UTC", "$LATEST", "i-0123456789abcdef0", "ami-0123456789abcdef0", "1", "Name", "/", "123456"],
  ...["r-0123", "ou-0123-01234567"],
  "a".repeat(40),
];

function textOfPattern(shape: Shape): string {
  const found = SAMPLES.find((text) => matches(shape, text) && isWithin(shape, text));
  if (found === undefined) throw new Error(`No sample is known for the pattern ${shape.pattern}`);
  return found;
}

/** A text of exactly this length that the pattern allows; undefined when it allows none. */
function textOfLength(shape: Shape, length: number): string | undefined {
  const padded = SAMPLES.filter((text) => text.includes("name")).map((text) =>
    text.replace("name", `name${"a".repeat(Math.max(0, length - text.length))}`),
  );
  return ["a".repeat(length), ...padded].find((text) => text.length === length && matches(shape, text));
}

/** A value that the shape allows. */
function sampleOf(shapes: Shapes, name: string): unknown {
  const shape = shapes[name] ?? { type: "string" };
  switch (shape.type) {
    case "string":
      if (shape.enum) return shape.enum[0];
      return shape.pattern ? textOfPattern(shape) : "a".repeat(Math.max(1, shape.min ?? 1));
    case "boolean":
      return true;
    case "list":
      return Array.from({ length: Math.max(1, shape.min ?? 1) }, () => sampleOf(shapes, shape.member ?? ""));
    case "map":
      return { key: sampleOf(shapes, shape.value ?? "") };
    case "structure":
      return Object.fromEntries(
        (shape.required ?? []).map((member) => [member, sampleOf(shapes, shape.members?.[member] ?? "")]),
      );
    default:
      return shape.min ?? 1;
  }
}

/** Requests that together hold every probe, each as many as do not get into each other's way. */
export function requestsOf(probes: readonly Probe[]): { input: Record<string, unknown>; probes: Probe[] }[] {
  const requests: { input: Record<string, unknown>; probes: Probe[] }[] = [];
  for (const probe of probes) {
    const free = requests.find((request) => request.probes.every((other) => !overlap(other, probe)));
    const request = free ?? { input: {}, probes: [] };
    put(request.input, probe.place, probe.value);
    request.probes.push(probe);
    if (!free) requests.push(request);
  }
  return requests;
}

/** True when one is the other's place, or lies within it. */
function overlap({ place: one }: Probe, { place: other }: Probe): boolean {
  const depth = Math.min(one.length, other.length);
  return one.slice(0, depth).every((part, index) => part === other[index]);
}

function put(input: object, place: Probe["place"], value: unknown): void {
  const [first, ...rest] = place;
  if (first === undefined) return;
  const holder = input as Record<string | number, unknown>;
  if (rest.length === 0) {
    if (value !== undefined) holder[first] = value;
    return;
  }
  holder[first] ??= rest[0] === 0 ? [] : {};
  put(holder[first] as object, rest, value);
}

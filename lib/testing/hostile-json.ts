import fc from "fast-check";

/** Units that databases, hashes and cuts stumble over, beside all others. */
const unit = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }),
  fc.integer({ min: 0xd800, max: 0xdfff }),
  fc.constantFrom(0, 1, 0x1f, 0x22, 0x5c, 0x7f, 0x2028, 0xfeff, 0xfffd, 0xffff),
);

/** Any sequence of UTF-16 units, half surrogate pairs and NUL among them. */
export const hostileText = fc.oneof(
  fc.array(unit, { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toJSON",
    "123",
    '"text"',
    "null",
    "\\u0000",
    "\\ud800",
    "x\ud800",
    "\udc00x",
    "a\0b",
    `${"a".repeat(199)}😀`,
    "😀".repeat(5_000),
    "\ud83d".repeat(3_000),
    "k".repeat(70_000),
  ),
  fc.integer({ min: 0, max: 300 }).map((length) => `${"a".repeat(length)}\ud83d`),
);

const hostileNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(
    -0,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
    5e-324,
    1.7976931348623157e308,
    1e21,
    1e-7,
    2 ** 53 + 2,
    0.1 + 0.2,
  ),
);

const nested = (depth: number): unknown => {
  let value: unknown = "\ud800";
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

/** Anything that a request's body, an answer of AWS's or a mistake of ours could hand over as JSON. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      hostileText,
      hostileNumber,
      fc.boolean(),
      fc.constantFrom(null, undefined),
      fc.array(tie("value"), { maxLength: 5 }),
      fc
        .array(fc.tuple(hostileText, tie("value")), { maxLength: 5 })
        .map((entries) => Object.fromEntries(entries)),
    ),
  })).value,
  fc.constantFrom(5, 60, 400, 3_000).map(nested),
  fc.constantFrom(10, 5_000).map((size) => Array.from({ length: size }, (_, index) => `item ${index}`)),
  fc
    .constantFrom(10, 5_000)
    .map((size) => Object.fromEntries(Array.from({ length: size }, (_, index) => [`name ${index}`, index]))),
);

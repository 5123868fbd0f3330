import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesInWords } from "./changes-in-words";
import type { JsonObject } from "./types";

const arn = (name: string, version: string) =>
  `arn:aws:imagebuilder:us-east-1:111111111111:component/${name}/${version}`;
const region = (name: string, more: JsonObject = {}) => ({
  region: name,
  amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}", ...more },
});
const told = (before: JsonObject, after: JsonObject) =>
  changesInWords(before, after).map(({ kind, what, before: was, after: is }) =>
    [kind, what, was, is].filter((part) => part !== undefined),
  );

describe("changes in words", () => {
  it.each<[string, JsonObject, JsonObject, unknown[][]]>([
    [
      "a Region that is added in front is one change",
      { distributions: [region("us-east-1")] },
      { distributions: [region("eu-central-1"), region("us-east-1")] },
      [["added", "Region eu-central-1", "AMI (name web {{ imagebuilder:buildDate }})"]],
    ],
    [
      "a member of a Region names the Region",
      { distributions: [region("us-east-1", { kmsKeyId: "alias/a" })] },
      { distributions: [region("us-east-1", { kmsKeyId: "alias/b" })] },
      [["changed", "Region us-east-1, AMI, KMS key ID", "alias/a", "alias/b"]],
    ],
    [
      "another version of a component",
      { components: [{ componentArn: arn("nginx", "1.0.0") }, { componentArn: arn("cis", "2.0.0") }] },
      { components: [{ componentArn: arn("nginx", "1.1.0") }, { componentArn: arn("cis", "x.x.x") }] },
      [
        ["changed", "Component nginx", "nginx/1.0.0", "nginx/1.1.0"],
        ["changed", "Component cis", "cis/2.0.0", "cis, latest"],
      ],
    ],
    [
      "another order",
      { components: [{ componentArn: arn("nginx", "1.0.0") }, { componentArn: arn("cis", "2.0.0") }] },
      { components: [{ componentArn: arn("cis", "2.0.0") }, { componentArn: arn("nginx", "1.0.0") }] },
      [["moved", "Components, order", "Component nginx, Component cis", "Component cis, Component nginx"]],
    ],
    [
      "an item of a list of texts",
      { instanceTypes: ["m7i.large"] },
      { instanceTypes: ["m7i.large", "m7a.large"] },
      [["added", "Instance types", "m7a.large"]],
    ],
    [
      "switches, numbers and tags",
      { terminateInstanceOnFailure: true, instanceMetadataOptions: { httpPutResponseHopLimit: 1 }, tags: {} },
      {
        terminateInstanceOnFailure: false,
        instanceMetadataOptions: { httpPutResponseHopLimit: 2 },
        tags: { Owner: "a" },
      },
      [
        ["changed", "Terminate instance on failure", "yes", "no"],
        ["changed", "Instance metadata options, HTTP put response hop limit", "1", "2"],
        ["added", "Tags, Owner", "a"],
      ],
    ],
    [
      "lines of a document",
      { data: "a\nb\nc" },
      { data: "a\nc\nd\ne" },
      [["changed", "Document", "2 lines added, 1 line removed"]],
    ],
    ["values that read alike", { a: 1 }, { a: "1" }, [["changed", "A", "1", '"1"']]],
  ])("say %s", (_, before, after, wanted) => expect(told(before, after)).toEqual(wanted));

  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(null, true, false, 0, 1, "", "a", "b\nc", "1", arn("x", "1.0.0"), arn("x", "1.1.0")),
      fc.string({ unit: "binary" }),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom(
          "region",
          "name",
          "componentArn",
          "data",
          "kmsKeyId",
          "__proto__",
          "toString",
          "",
          "x y",
        ),
        tie("value"),
        { maxKeys: 4 },
      ),
    ),
  })).value;
  const object = fc.dictionary(
    fc.constantFrom("a", "tags", "distributions", "components"),
    json,
  ) as fc.Arbitrary<JsonObject>;

  it("are none only between equals, and every text of them is short and well-formed", () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        const changes = changesInWords(before, after);
        const [one, other] = [before, after].map((side) => JSON.parse(JSON.stringify(side)));
        expect(changes.length === 0).toBe(isSame(one, other));
        for (const { what, before: was = "", after: is = "" } of changes) {
          expect(what).not.toBe("");
          for (const text of [what, was, is]) {
            expect(text.length).toBeLessThanOrEqual(300);
            expect(text.isWellFormed()).toBe(true);
          }
        }
      }),
    );
  });

  it("turn around when the sides do: what one adds the other removes", () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        const count = (one: JsonObject, other: JsonObject, kind: string) =>
          changesInWords(one, other).filter((change) => change.kind === kind).length;
        expect(count(before, after, "added")).toBe(count(after, before, "removed"));
      }),
    );
  });
});

/** Equal but for the order of members. */
const isSame = (one: unknown, other: unknown) => {
  try {
    expect(one).toStrictEqual(other);
    return true;
  } catch {
    return false;
  }
};

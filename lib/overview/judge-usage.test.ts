import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageBuilderArn } from "@/lib/core/arn";
import { normalizeName } from "@/lib/core/name-rule";
import { refersTo, toReference } from "@/lib/definitions/resource-references";
import { versionMatches } from "@/lib/definitions/resource-versions";
import { judgeUsage, type NamingResource, type UsageFacts } from "./judge-usage";

const PLACE = { region: "us-east-1", accountId: "111111111111" };
const KINDS = ["component", "image-recipe", "container-recipe", "workflow"] as const;
type Kind = (typeof KINDS)[number];

const names = fc.constantFrom("web", "Web Base", "api");
const versions = fc.constantFrom("1.0.0", "1.0.1", "2.0.0");
const asWritten = fc.constantFrom("1.0.0", "1.0.1/1", "1.x.x", "x.x.x", "2.0.0/3");
const arnKind = (kind: Kind) => (kind === "workflow" ? "workflow/build" : kind);
const arnOf = (kind: Kind, name: string, version: string) =>
  imageBuilderArn(PLACE, arnKind(kind), name, ...(version.split("/") as [string]));

const rowsOf = (kind: Kind) =>
  fc
    .uniqueArray(fc.record({ name: names, version: versions }), {
      selector: ({ name, version }) => `${name} ${version}`,
    })
    .map((all) => all.map((one) => ({ kind, ...one, arn: arnOf(kind, one.name, one.version) })));
const referencesTo = (kinds: readonly Kind[]) =>
  fc
    .array(fc.record({ kind: fc.constantFrom(...kinds), name: names, version: asWritten }), { maxLength: 3 })
    .map((all) => all.flatMap(({ kind, name, version }) => toReference(arnOf(kind, name, version)) ?? []));
const recipes = fc.array(
  fc
    .record({
      kind: fc.constantFrom("image-recipe", "container-recipe"),
      name: names,
      version: versions,
      names: referencesTo(["component"]),
    })
    .map((one): NamingResource => ({ ...one, arn: arnOf(one.kind as Kind, one.name, one.version) }) as never),
  { maxLength: 4 },
);
const pipelines = fc.array(
  fc.record({ name: names, names: referencesTo(["image-recipe", "container-recipe", "workflow"]) }).map(
    (one): NamingResource => ({
      ...one,
      kind: "image-pipeline",
      arn: imageBuilderArn(PLACE, "image-pipeline", one.name),
    }),
  ),
  { maxLength: 4 },
);
const madeOf = fc.option(
  fc.array(fc.record({ name: names.map(normalizeName), version: asWritten }), { maxLength: 2 }),
);
const facts: fc.Arbitrary<UsageFacts> = fc.record({
  naming: fc.tuple(recipes, pipelines).map((all) => all.flat()),
  kept: fc.array(
    fc.record({
      name: names.map(normalizeName),
      version: versions,
      components: madeOf,
      workflows: madeOf,
      count: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 3 },
  ),
  notKnown: fc.array(fc.constant("Recipes could not be read."), { maxLength: 1 }),
});
const asked = fc
  .constantFrom(...KINDS)
  .chain((kind) => fc.record({ kind: fc.constant(kind), rows: rowsOf(kind), facts }));

describe("what a list says of who uses its rows", () => {
  it("is unused only where everything was looked at and nothing names a version", () => {
    fc.assert(
      fc.property(asked, ({ kind, rows, facts: { naming, kept, notKnown } }) => {
        for (const usage of judgeUsage(rows, { naming, kept, notKnown })) {
          const own = rows.filter(({ name }) => name === usage.name);
          const isNamed = own.map(
            (row) =>
              naming.some((one) => one.names.some((reference) => refersTo(reference, row))) ||
              kept.some((build) => {
                const name = normalizeName(row.name);
                const isOf = (one: { name: string; version: string }) =>
                  one.name === name && versionMatches(one.version, row.version);
                if (kind === "component") return build.components?.some(isOf);
                return kind === "workflow" ? build.workflows?.some(isOf) : isOf(build);
              }),
          );
          expect(usage.state === "used").toBe(isNamed.includes(true));
          if (usage.state === "unused") expect(notKnown).toEqual([]);
          if (usage.state === "unused") expect(usage.unused).toHaveLength(own.length);
          if (usage.state === "not-known") expect(usage.why).toBeTruthy();
          if (notKnown.length > 0) expect(usage.unused).toEqual([]);
          for (const arn of usage.unused)
            expect(isNamed[own.findIndex((row) => row.arn === arn)]).toBe(false);
        }
      }),
    );
  });

  it("reaches through recipes to pipelines, each counted once by its name", () => {
    const component = { kind: "component" as const, name: "tools", version: "1.0.0" };
    const arn = arnOf("component", "tools", "1.0.0");
    const recipe = (version: string): NamingResource => ({
      ...{ kind: "image-recipe", name: "web", version, arn: arnOf("image-recipe", "web", version) },
      names: [toReference(arnOf("component", "tools", "1.x.x")) as never],
    });
    const pipeline = (name: string, version: string): NamingResource => ({
      ...{ kind: "image-pipeline", name, arn: imageBuilderArn(PLACE, "image-pipeline", name) },
      names: [toReference(arnOf("image-recipe", "web", version)) as never],
    });
    const naming = [
      recipe("1.0.0"),
      recipe("1.0.1"),
      pipeline("a", "1.0.0"),
      pipeline("b", "1.0.1"),
      pipeline("c", "2.0.0"),
    ];
    expect(judgeUsage([{ ...component, arn }], { naming, kept: [], notKnown: [] })).toEqual([
      expect.objectContaining({ state: "used", recipes: 1, pipelines: 2, unused: [] }),
    ]);
  });
});

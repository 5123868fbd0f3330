import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Action } from "@/lib/auth/permissions";
import { toConsoleError } from "@/lib/use-case/console-error";
import { type LoadedUseCase, loadUseCases } from "./domain-functions";
import { startTestConsole, type TestConsole } from "./test-console";

/** The table of the service's model that `npm run constraints` writes. */
const MODEL = "simulator/wire/constraints.json";
type Reference = string | { shape: string };
type Shape = { type: string; members?: Record<string, Reference>; member?: Reference; value?: Reference };
const shapes: Record<string, Shape> = JSON.parse(readFileSync(MODEL, "utf8")).imagebuilder.shapes;

/** Prose and documents, in which nothing is looked up, and what the resource itself is called. */
const NOT_LOOKED_UP = new Set([
  ...["description", "changeDescription", "data", "dockerfileTemplateData", "userDataOverride"],
  ...["name", "clientToken"],
]);

/** Where each string of a request stands, as the members on the way to it; a number is a place in a list. */
function stringsOf(reference: Reference, path: (string | number)[] = []): (string | number)[][] {
  const shape = shapes[typeof reference === "string" ? reference : reference.shape];
  if (!shape) throw new Error(`The model has no shape ${JSON.stringify(reference)}.`);
  if (shape.type === "string") return NOT_LOOKED_UP.has(String(path.at(-1))) && path.length > 0 ? [] : [path];
  if (shape.member) return stringsOf(shape.member, [...path, 0]);
  return Object.entries(shape.members ?? {}).flatMap(([name, inner]) => stringsOf(inner, [...path, name]));
}

const placed = (path: (string | number)[], value: unknown): unknown =>
  path.reduceRight((inner, key) => (typeof key === "number" ? [inner] : { [key]: inner }), value);

const arn = (tail: string) => `arn:aws:imagebuilder:us-east-1:222222222222:${tail}`;
/** Things that say what they are, wherever they stand. */
const TELLING: ((name: string) => string)[] = [
  ...["image", "image-recipe", "container-recipe", "component", "workflow/build"].map(
    (kind) => (name: string) => arn(`${kind}/${name}/1.0.0`),
  ),
  ...["infrastructure-configuration", "distribution-configuration", "image-pipeline", "lifecycle-policy"].map(
    (kind) => (name: string) => arn(`${kind}/${name}`),
  ),
  (name) => arn(`image/${name}/x.x.x`),
  (name) => ` ${arn(`image/${name}/1.0.0/1`)}`,
  (name) => arn(`component/${name.toUpperCase()}/1.0.0`),
  (name) => `ssm:/${name}/url`,
  (name) => `ssm:/imagebuilder/${name}`,
  (name) => `ssm:arn:aws:ssm:us-east-1:222222222222:parameter/${name}/url`,
  (name) => `s3://${name}/disk.iso`,
  (name) => `s3://shared/${name}/script.sh`,
  (name) => `arn:aws:logs:us-east-1:222222222222:log-group:/aws/imagebuilder/${name}`,
  (name) => `222222222222.dkr.ecr.us-east-1.amazonaws.com/${name}:latest`,
  (name) => `222222222222.dkr-ecr.us-east-1.on.aws/${name}/base@sha256:0`,
];
/** Things that their member says. */
const SAID_BY_MEMBER: [member: RegExp, values: ((name: string) => string)[]][] = [
  [/logGroupName$/i, [(name) => `/aws/imagebuilder/${name}`, (name) => `/aws/imagebuilder/pipeline/${name}`]],
  [/parameterName$/i, [(name) => `/${name}/latest`, (name) => `/imagebuilder/${name}/latest`]],
  [/^s3Bucket(Name)?$/, [(name) => name]],
  [/^launchTemplateName$/, [(name) => name]],
  [/repositoryName$/i, [(name) => name, (name) => `${name}/base`]],
];
/** What has no name, so that a grant for some names covers none of it. */
const NAMELESS: [member: RegExp, value: string][] = [
  [/logGroupName$/i, "/aws/lambda/payments"],
  [/^launchTemplateId$/, "lt-0123456789abcdef0"],
];

/** The requests whose members each use case sends on, and how it takes them. */
const kinds: [kind: string, shape: string][] = [
  ["component", "CreateComponentRequest"],
  ["workflow", "CreateWorkflowRequest"],
  ["image-recipe", "CreateImageRecipeRequest"],
  ["container-recipe", "CreateContainerRecipeRequest"],
  ["infrastructure-configuration", "CreateInfrastructureConfigurationRequest"],
  ["distribution-configuration", "CreateDistributionConfigurationRequest"],
  ["image-pipeline", "CreateImagePipelineRequest"],
];
const draftWith = (part: object) => ({
  recipe: { use: "image-recipe", input: {} },
  components: [],
  infrastructure: { use: "new", input: {} },
  distribution: { use: "none" },
  ...part,
});
type Content = Record<string, unknown>;
type Form = { shape: string; input: (content: Content) => unknown };
const named = (content: Content) => ({ ...content, name: "web-1" });
function draftForms(whole: (draft: ReturnType<typeof draftWith>) => unknown): Form[] {
  return [
    {
      shape: "CreateImageRecipeRequest",
      input: (content) => whole(draftWith({ recipe: { use: "image-recipe", input: content } })),
    },
    {
      shape: "CreateContainerRecipeRequest",
      input: (content) => whole(draftWith({ recipe: { use: "container-recipe", input: content } })),
    },
    {
      shape: "CreateComponentRequest",
      input: (content) => whole(draftWith({ components: [content] })),
    },
    {
      shape: "CreateInfrastructureConfigurationRequest",
      input: (content) => whole(draftWith({ infrastructure: { use: "new", input: content } })),
    },
    {
      shape: "CreateDistributionConfigurationRequest",
      input: (content) => whole(draftWith({ distribution: { use: "new", input: content } })),
    },
  ];
}
/** There is no such draft, which is said once its names are let through. */
const savedDraft = (content: object) => ({
  id: "00000000-0000-4000-8000-000000000000",
  revision: 1,
  content,
});
const FORMS: Partial<Record<Action, Form[]>> = {
  "create-resource": kinds.map(([kind, shape]) => ({
    shape,
    input: (content) => ({ kind, input: named(content) }),
  })),
  "update-resource": kinds.map(([kind, shape]) => ({
    shape,
    input: (content) => ({ kind, name: "web-1", input: named(content) }),
  })),
  "check-resource": kinds.slice(0, 2).map(([kind, shape]) => ({
    shape,
    input: (content) => ({ kind, input: named(content) }),
  })),
  "import-component": [{ shape: "ImportComponentRequest", input: (content) => ({ input: named(content) }) }],
  "import-image": ["ImportDiskImageRequest", "ImportVmImageRequest"].map((shape) => ({
    shape,
    input: (content) => ({ input: named(content) }),
  })),
  "preview-lifecycle-policy": [
    { shape: "CreateLifecyclePolicyRequest", input: (content) => ({ policy: named(content) }) },
  ],
  "run-preflight": draftForms((draft) => ({ name: "web-1", draft })),
  "save-draft": [
    ...draftForms((draft) => savedDraft({ details: {}, ...draft })),
    {
      shape: "CreateImagePipelineRequest",
      input: (details) => savedDraft({ ...draftWith({}), details }),
    },
  ],
};
/** Free input that is not sent to AWS: why. */
const NOT_SENT: Partial<Record<Action, string>> = {
  "answer-question": "it asks the console's own history, which is read within the actor's grants",
};

describe("whoever names a thing that their grants do not cover", () => {
  let testConsole: TestConsole;
  let useCases: LoadedUseCase[];
  beforeAll(async () => {
    useCases = await loadUseCases();
    testConsole = await startTestConsole();
  }, 120_000);
  afterAll(() => testConsole.close());

  const tries = (name: string) =>
    useCases.flatMap(({ run }) =>
      (FORMS[run.action] ?? []).flatMap(({ shape, input }) =>
        stringsOf(shape).flatMap((path) => {
          const member = String(path.findLast((key) => typeof key === "string"));
          const said = SAID_BY_MEMBER.find(([pattern]) => pattern.test(member))?.[1];
          return (said ?? TELLING).map((value) => ({
            run,
            what: `${run.action} ${shape} ${path.join(".")} ${value(name)}`,
            input: input(placed(path, value(name)) as Content),
          }));
        }),
      ),
    );
  const answerTo = (
    ctx: Parameters<LoadedUseCase["run"]>[0]["ctx"],
    { run, input }: ReturnType<typeof tries>[0],
  ) =>
    run({ ctx, input }).then(
      () => "done",
      (error: unknown) => toConsoleError(error).code,
    );

  it("is looked for in every use case that takes free input", () => {
    const free = useCases.filter(({ run }) =>
      /"additionalProperties":(\{|true)/.test(
        JSON.stringify(z.toJSONSchema(run.schema, { unrepresentable: "any", io: "input" })),
      ),
    );
    const taken = free.map(({ run }) => run.action).filter((action) => action !== "set-resource-tags");
    expect(taken.toSorted()).toEqual([...Object.keys(FORMS), ...Object.keys(NOT_SENT)].toSorted());
  });

  it("is refused in every member of every request, on record, before AWS is asked for it", async () => {
    const web = testConsole.contextOf({ role: "admin", target: "test", namePrefix: "web-" });
    const before = (await testConsole.auditRows()).length;
    // In a draft, a bucket alone may still get a folder of their own.
    const all = tries("db-1").filter(
      ({ run, what }) => !(run.action === "save-draft" && /s3Bucket/.test(what)),
    );
    expect(all.length).toBeGreaterThan(1_500);
    const passed: string[] = [];
    for (const each of all) if ((await answerTo(web, each)) !== "forbidden") passed.push(each.what);
    expect(passed).toEqual([]);
    const rows = (await testConsole.auditRows()).slice(before);
    expect(rows.length).toBe(all.length);
    expect(rows.every(({ result }) => result === "refused")).toBe(true);
  }, 300_000);

  it("may type their own names letter by letter, and not to the end what is another's", async () => {
    const web = testConsole.contextOf({ role: "admin", target: "test", namePrefix: "web-" });
    const run = useCases.find((each) => each.run.action === "save-draft")?.run;
    if (!run) throw new Error("There is no save-draft.");
    const answers = async (input: Form["input"], path: (string | number)[], text: string) => {
      const typed = Array.from({ length: text.length }, (_, at) => text.slice(0, at + 1));
      return Promise.all(
        typed.map((value) => answerTo(web, { run, what: "", input: input(placed(path, value) as Content) })),
      );
    };
    const members = (FORMS["save-draft"] ?? []).flatMap(({ shape, input }) =>
      stringsOf(shape).map((path) => ({
        path,
        input,
        member: String(path.findLast((key) => typeof key === "string")),
      })),
    );
    // One place for each kind of member: the walk is the same wherever it stands.
    const kinds = SAID_BY_MEMBER.map(([pattern, values]) => ({
      values,
      at: members.find(({ member }) => pattern.test(member)),
    })).filter(({ at }) => at !== undefined);
    const places = [
      ...kinds,
      { values: TELLING, at: members.find(({ member }) => member === "parentImage") },
    ];
    expect(places.length).toBeGreaterThan(5);
    for (const { values, at } of places) {
      if (!at) throw new Error("The model has no parentImage.");
      for (const value of values) {
        const own = await answers(at.input, at.path, value("web-2").trim());
        expect(own.includes("forbidden"), value("web-2")).toBe(false);
        const others = await answers(at.input, at.path, value("db-1").trim());
        if (at.member.startsWith("s3Bucket")) continue;
        expect(others.at(-1), value("db-1")).toBe("forbidden");
      }
    }
  }, 300_000);

  it("may name what has no name only with a grant for all names", async () => {
    const web = testConsole.contextOf({ role: "admin", target: "test", namePrefix: "web-" });
    const run = useCases.find((each) => each.run.action === "create-resource")?.run;
    if (!run) throw new Error("There is no create-resource.");
    const nameless = kinds.flatMap(([kind, shape]) =>
      stringsOf(shape).flatMap((path) =>
        NAMELESS.filter(([member]) => member.test(String(path.at(-1)))).map(([, value]) => ({
          run,
          what: path.join("."),
          input: { kind, input: named(placed(path, value) as Content) },
        })),
      ),
    );
    expect(nameless.length).toBeGreaterThan(3);
    for (const each of nameless) {
      expect(await answerTo(web, each), each.what).toBe("forbidden");
      expect(await answerTo(testConsole.contextOf(), each), each.what).not.toBe("forbidden");
    }
  });

  it("is let through where the same thing is of their own names, or their grant is for all", async () => {
    const web = testConsole.contextOf({ role: "admin", target: "test", namePrefix: "web-" });
    const refused: string[] = [];
    // What asks AWS is asked for a part only: the walk is the same.
    const own = tries("web-2").filter(({ run }, at) => !/preflight|update/.test(run.action) || at % 11 === 0);
    for (const each of own) {
      // A policy without a recipe selects by nothing, which takes a grant for all names whatever it names.
      if (each.run.action === "preview-lifecycle-policy" || /launchTemplateId /.test(each.what)) continue;
      if ((await answerTo(web, each)) === "forbidden") refused.push(each.what);
    }
    expect(refused).toEqual([]);
  }, 300_000);
});

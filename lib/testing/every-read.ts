import { type Action, PERMISSIONS } from "@/lib/auth/permissions";
import { RESOURCE_KINDS } from "@/lib/core/resource-names";
import { CHOICE_KINDS } from "@/lib/image-builder/choices/types";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { listResources } from "@/lib/image-builder/resources/list-resources";
import { listImageBuilds } from "@/lib/overview/list-image-builds";
import { toConsoleError } from "@/lib/use-case/console-error";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { type LoadedUseCase, loadUseCases } from "./domain-functions";

/** One thing that pages ask for, with an input that has an answer in the account. */
export type Read = { action: Action; input: unknown; ask(ctx: UseCaseContext): Promise<unknown> };

/** What takes more than a look and still only reads. */
const READS_OF_OTHERS: Action[] = ["run-preflight", "read-console-output", "read-console-screenshot"];
const STEPS_OF_A_BUILD = 4;
/** Events of one stream that are read: a log goes on while somebody looks. */
const MOST_EVENTS = 20;

/**
 * Everything that pages read of an account, as `[action, input]` that its AWS answers now: each use case is tried with
 * whatever the account holds, and what it answers is kept. Each action at most as often as `most` says.
 */
export async function readsOf(ctx: UseCaseContext, most = (_: Action) => 40): Promise<Read[]> {
  const inputs = await inputsOf(ctx);
  const useCases = (await loadUseCases()).filter(
    ({ run: { action } }) => PERMISSIONS[action].role === "viewer" || READS_OF_OTHERS.includes(action),
  );
  const tried = await Promise.all(
    useCases.map(async ({ run }) => {
      const fitting = inputs.filter((input) => accepts(run, input)).slice(0, most(run.action));
      const reads = fitting.map(
        (input): Read => ({
          action: run.action,
          input,
          ask: (asker) => ask(run, asker, input),
        }),
      );
      const outcomes = await outcomesOf(reads, ctx);
      return reads.filter((_, index) => outcomes[index]?.code === undefined);
    }),
  );
  return tried.flat();
}

/** What a read came to: the answer as its page gets it, or the failure. */
export type Outcome = Pick<Read, "action" | "input"> & { text: string; code?: string; message?: string };

/** Asks all of them at once, as open pages do. */
export const outcomesOf = (reads: Read[], ctx: UseCaseContext): Promise<Outcome[]> =>
  Promise.all(
    reads.map(({ action, input, ask }) =>
      ask(ctx).then(
        (answer) => ({ action, input, text: JSON.stringify(answer) ?? "" }),
        (error: unknown) => ({ action, input, text: "", ...toConsoleError(error) }),
      ),
    ),
  );

/** What is shown of one thing in another service: where that service does not have it, the panel says so. */
const OF_ONE_THING: Action[] = [
  "read-run-command",
  "read-agent-status",
  "read-console-output",
  "read-console-screenshot",
];

/** Page errors among outcomes. A panel about one thing of another service may say what that service said. */
export const failedOutcomes = (outcomes: Outcome[]): Outcome[] =>
  outcomes.filter(
    ({ action, code = "" }) =>
      code !== "" && !(OF_ONE_THING.includes(action) && ["not-found", "unavailable"].includes(code)),
  );

/** Members that were missing and were written down all the same, each with some text around it. */
export const writtenDown = (outcomes: Outcome[]): string[] =>
  outcomes.flatMap(({ action, text }) => {
    const found = /.{0,99}(\bundefined\b|\bNaN\b|\[object Object\]|Invalid Date).{0,99}/.exec(text)?.[0];
    return found ? [`${action}: ${found}`] : [];
  });

/** True for an input that the schema takes as it is: nothing in it that the use case does not read. */
function accepts({ schema }: LoadedUseCase["run"], input: unknown): boolean {
  const { success, data } = schema.safeParse(input);
  if (!success || typeof input !== "object") return success;
  return Object.keys(input as object).every((key) => Object.hasOwn(data as object, key));
}

async function ask(run: LoadedUseCase["run"], ctx: UseCaseContext, input: unknown): Promise<unknown> {
  const answer = await run({ ctx, input });
  if (typeof answer !== "object" || answer === null || !(Symbol.asyncIterator in answer)) return answer;
  const events: unknown[] = [];
  for await (const event of answer as AsyncIterable<unknown>) {
    events.push(event);
    if (events.length >= MOST_EVENTS) break;
  }
  return events;
}

async function inputsOf(ctx: UseCaseContext): Promise<unknown[]> {
  const builds = await listImageBuilds({ ctx });
  const shown = ["AVAILABLE", "FAILED"].flatMap(
    (wanted) => builds.find(({ status }) => status === wanted) ?? [],
  );
  const ofBuilds = await Promise.all(
    shown.map(async ({ name, version, build }) => {
      const key = { name, version, build };
      const { workflows } = await getImageBuild({ ctx, input: key });
      const steps = workflows.flatMap((workflow) => workflow.steps.map(({ id }) => id));
      return [
        key,
        { ...key, first: 0 },
        { ...key, line: 1 },
        { ...key, before: key },
        { ...key, signal: AbortSignal.timeout(60_000) },
        ...steps.slice(0, STEPS_OF_A_BUILD).map((step) => ({ ...key, step })),
      ];
    }),
  );
  const resources = await Promise.all(
    RESOURCE_KINDS.map(async (kind) => {
      const [first] = await listResources({ ctx, input: { kind } });
      if (!first) return [{ kind }];
      const { name, version } = first;
      return [{ kind }, { kind, name, version }, { kind, name, from: version, to: version }, { name }];
    }),
  );
  return [
    undefined,
    ...resources.flat(),
    ...ofBuilds.flat(),
    ...shown.map(({ name }) => ({ name, owner: "Self" })),
    ...CHOICE_KINDS.map((kind) => ({ kind })),
    ...["Self", "Amazon"].map((owner) => ({ owner })),
    { text: "web" },
    { text: "web", days: 30 },
    { targets: "this" },
    { show: "health", state: {} },
  ];
}

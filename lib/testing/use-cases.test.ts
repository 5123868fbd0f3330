import { basename } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Action, PERMISSIONS } from "@/lib/auth/permissions";
import { ROLES, type Role } from "@/lib/core/actor";
import { toConsoleError } from "@/lib/use-case/console-error";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { listAddresses, listServerActions } from "./access-points";
import {
  doorImports,
  functionsWithContext,
  type LoadedUseCase,
  loadUseCases,
  serverActionNames,
} from "./domain-functions";
import { startTestConsole, type TestConsole } from "./test-console";

/** Rows that no function is called for: why. */
const ASKED_INSIDE: Partial<Record<Action, string>> = {
  "change-lifecycle-policy": "create-resource and update-resource ask for it when the resource is a policy",
  "share-view": "save-view and delete-view ask for it when the view is the team's",
  "manage-tokens": "create-token asks for it for a service, revoke-token for the token of somebody else",
};

/** What takes more than a look and still names nothing: why a name prefix need not hold it. */
const NAMES_NOTHING: Partial<Record<Action, string>> = {
  "manage-tokens": "the beginnings of names that a token has are asked for, one by one",
  "share-view": "a view is filters of a list, and the list shows what each may see",
  "start-roll-out": "the images of the group are asked for once it is read",
  "cancel-roll-out": "the images of the group are asked for once it is read",
  "roll-back-roll-out": "the images of the group are asked for once it is read",
  "continue-roll-out": "the images of the group are asked for once it is read",
  "return-roll-out": "the images of the group are asked for once it is read",
  "check-alarms": "alarms are of no image",
  "start-roll-out-series": "the images of each group are asked for once it is read",
  "continue-roll-out-series": "the images of the group are asked for once it is read",
  "skip-series-group": "the images of the group are asked for once it is read",
  "end-roll-out-series": "the images of its groups are asked for once they are read",
  "deprecate-ami": "the image of the AMI is asked for once it is read",
  "disable-ami": "the image of the AMI is asked for once it is read",
  "enable-ami": "the image of the AMI is asked for once it is read",
  "deregister-ami": "the image of the AMI is asked for once it is read",
  "protect-ami": "the image of the AMI is asked for once it is read",
  "preview-ami-sharing": "the image of the AMI is asked for once it is read",
  "share-ami": "the image of the AMI is asked for once it is read",
  "copy-ami": "the image of the AMI is asked for once it is read",
  "request-ami-usage": "the image of the AMI is asked for once it is read",
  "create-ami": "the image of the instance is asked for once it is read",
  "preview-move": "the image of the instance is asked for once it is read",
  "begin-move": "the image of the instance is asked for once it is read",
  "change-move": "the image of the instance is asked for once the move is read",
  "create-move-ami": "the image of the instance is asked for once the move is read",
  "copy-move-ami": "the image of the instance is asked for once the move is read",
  "launch-moved-instance": "the image of the instance is asked for once the move is read",
  "stop-moved-instance": "the image of the instance is asked for once the move is read",
  "end-move": "the image of the instance is asked for once the move is read",
  "copy-launch-configuration": "the images of the group are asked for once it is read",
  "list-audit-rows": "the audit is one record of a whole target",
  "export-audit-rows": "the audit is one record of a whole target",
  "check-audit-chain": "the audit is one record of a whole target",
  "get-settings": "settings are the console's own, and name no resource",
  "get-metrics-export": "pipelines that the actor may not see are left out",
  "save-target": "accounts of the console are no resources of one; it asks for the role admin on all of them",
  "remove-target":
    "accounts of the console are no resources of one; it asks for the role admin on all of them",
  "list-notifications": "rules and deliveries of names that the actor may not see are left out",
  "save-receiver": "a receiver is sent nothing until a rule names it",
  "rotate-secret": "the names of the receiver's rules are asked for once they are read",
  "delete-receiver": "receivers are shared by the administrators of a target",
  "test-receiver": "a test message says nothing of any image",
  "delete-notification-rule": "the rule's own prefix is asked for once it is read",
  "resend-notification": "the image's name is asked for once the message is read",
  "list-drafts": "drafts are the console's own, and shared by the authors of a target",
  "get-draft": "drafts are the console's own, and shared by the authors of a target",
  "check-draft":
    "drafts are the console's own; what the draft names is checked as by run-preflight, which it calls",
  "visit-draft": "drafts are the console's own, and shared by the authors of a target",
  "create-draft": "drafts are the console's own, and shared by the authors of a target",
  "save-draft": "drafts are the console's own, and shared by the authors of a target",
  "discard-draft": "drafts are the console's own, and shared by the authors of a target",
  "begin-creation": "each resource of the draft is asked for by its name",
  "run-creation-step": "create-resource asks for the name of what the step creates",
  "remove-created": "delete-resource asks for the name of each resource",
};

/** Functions with a context that pages and routes call and that are no use cases: the use case that each calls first. */
const CALLS_FIRST: Record<string, Action> = {
  documentDraft: "get-resource",
  resourceToBeginWith: "get-resource",
  copyOfResource: "get-resource",
  downloadBuildLog: "read-build-log",
};

const ACTIONS = Object.keys(PERMISSIONS) as Action[];
const RULES: Record<Action, { role: Role; names?: string }> = PERMISSIONS;

let useCases: LoadedUseCase[];
beforeAll(async () => {
  useCases = await loadUseCases();
}, 120_000);

describe("the use cases", () => {
  it("are one for each row of the permissions", () => {
    const made = useCases.map(({ run }) => run.action).toSorted();
    const due = ACTIONS.filter((action) => !(action in ASKED_INSIDE));
    expect(made).toEqual(due.toSorted());
  });

  it("are each found by the name of its action, as a file and as a function", () => {
    const camelCase = (action: string) =>
      action.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const found = useCases.map(({ file, name }) => `${basename(file)} ${name}`);
    expect(found).toEqual(useCases.map(({ run }) => `${run.action}.ts ${camelCase(run.action)}`));
  });

  it("have a name that a grant's prefix is held against, or a reason to have none", () => {
    const without = ACTIONS.filter((action) => RULES[action].role !== "viewer" && !RULES[action].names);
    expect(without.toSorted()).toEqual(Object.keys(NAMES_NOTHING).toSorted());
  });
});

describe("a use case that is called", () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await startTestConsole();
  });
  afterAll(() => testConsole.close());

  /** What a stranger may send: any JSON, also with anything in the place of the name. */
  const hostileInputs = (action: Action): unknown[] => {
    const anything: unknown[] = [
      undefined,
      null,
      7,
      "web-1",
      [],
      {},
      { toString: "web-1" },
      "../web-1",
      "web-".repeat(999),
      "\u0000",
      "\ud800",
      "web-\u0000",
      "web-\ud800",
      ["web-1"],
    ];
    const path = RULES[action].names?.split(".") ?? [];
    const placed = anything.map((value) =>
      path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value),
    );
    return [...anything.slice(0, 6), ...(path.length > 0 ? placed : [])];
  };
  const call = ({ run }: LoadedUseCase, ctx: UseCaseContext, input: unknown) =>
    run({ ctx, input }).then(
      () => "done",
      (error: unknown) => toConsoleError(error).code,
    );
  /** What each use case answered to each hostile input, and the actions of which a refusal came on record. */
  const callAll = async (contextFor: (action: Action) => UseCaseContext | undefined) => {
    const before = (await testConsole.auditRows()).length;
    const answers: { action: Action; code: string }[] = [];
    for (const useCase of useCases) {
      const { action } = useCase.run;
      const ctx = contextFor(action);
      if (!ctx) continue;
      for (const input of hostileInputs(action))
        answers.push({ action, code: await call(useCase, ctx, input) });
    }
    const rows = (await testConsole.auditRows()).slice(before);
    return { answers, rows: rows.map(({ action, result }) => ({ action, result })) };
  };
  const refusalsOf = (answers: { action: Action }[]) =>
    answers.map(({ action }) => ({ action, result: "refused" }));

  it("refuses whoever has no grant here, whatever they send, and puts every refusal on record", async () => {
    const stranger = testConsole.contextOf({ role: "admin", target: "elsewhere" });
    const { answers, rows } = await callAll(() => stranger);
    expect(answers.length).toBeGreaterThan(200);
    expect(answers.filter(({ code }) => code !== "forbidden")).toEqual([]);
    expect(rows).toEqual(refusalsOf(answers));
    expect(testConsole.calls).toEqual([]);
  }, 120_000);

  it("refuses whoever has the role below the one that it needs", async () => {
    const { answers, rows } = await callAll((action) => {
      const below = ROLES[ROLES.indexOf(RULES[action].role) - 1];
      return below && testConsole.contextOf({ role: below, target: "test" });
    });
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.filter(({ code }) => code !== "forbidden")).toEqual([]);
    expect(rows).toEqual(refusalsOf(answers));
    expect(testConsole.calls).toEqual([]);
  }, 120_000);

  it("refuses whoever may do it under other names, also where the input hides its name", async () => {
    const db = testConsole.contextOf({ role: "admin", target: "test", namePrefix: "db-" });
    const { answers, rows } = await callAll((action) => (RULES[action].names ? db : undefined));
    expect(answers.length).toBeGreaterThan(200);
    expect(answers.filter(({ code }) => code !== "forbidden")).toEqual([]);
    expect(rows).toEqual(refusalsOf(answers));
    expect(testConsole.calls).toEqual([]);
  }, 120_000);

  it("tells an administrator what is wrong with an input before it asks AWS or changes anything", async () => {
    const admin = testConsole.contextOf();
    const wrong: { action: Action; code: string }[] = [];
    for (const useCase of useCases) {
      for (const input of hostileInputs(useCase.run.action)) {
        if (useCase.run.schema.safeParse(input).success) continue;
        wrong.push({ action: useCase.run.action, code: await call(useCase, admin, input) });
      }
    }
    expect(wrong.length).toBeGreaterThan(200);
    expect(wrong.filter(({ code }) => code !== "invalid")).toEqual([]);
    expect(testConsole.calls).toEqual([]);
  }, 120_000);
});

describe("nothing but use cases", () => {
  it("takes a context as use cases do, and is reached by pages, routes and actions with one", () => {
    const unasked = functionsWithContext();
    expect(unasked.length).toBeGreaterThan(20);
    const alike = unasked.filter(({ isCalledLikeUseCase }) => isCalledLikeUseCase);
    expect(alike.filter(({ name }) => !(name in CALLS_FIRST))).toEqual([]);
    const reached = doorImports().filter(({ file, name }) =>
      unasked.some((each) => each.file === file && each.name === name),
    );
    expect(reached.length).toBeGreaterThan(0);
    const names = new Set(reached.map(({ name }) => name));
    expect([...names].toSorted()).toEqual(Object.keys(CALLS_FIRST).toSorted());
  }, 120_000);

  it("stands behind server actions: each calls one use case, the one that its controls are refused for", () => {
    const imports = doorImports();
    const behind = serverActionNames().map((name) => {
      const called = imports.flatMap(({ file, name: imported, usedBy }) => {
        const useCase = useCases.find((each) => each.file === file && each.name === imported);
        const action = useCase?.run.action;
        return usedBy.includes(name) && action ? [action] : [];
      });
      return { name, called };
    });
    const withOne = behind.filter(({ called }) => called.length > 0);
    expect(withOne.filter(({ called }) => called.length > 1)).toEqual([]);
    const free = behind.filter(({ called }) => called.length === 0).map(({ name }) => name);
    // They end a session of one's own, or of anybody for an administrator, which the sign-in decides.
    expect(free.toSorted()).toEqual(["revokeSessionAction", "signOutAction"]);
    const read = listServerActions().flatMap(({ name, permission }) =>
      permission ? [{ name, called: [permission] }] : [],
    );
    expect(withOne.toSorted(byName)).toEqual(read.toSorted(byName));
  });

  it("is what the addresses of the console are asked for", () => {
    const actions = new Set<string>(useCases.map(({ run }) => run.action));
    const asked = listAddresses().flatMap(({ permission }) => permission ?? []);
    expect(asked.length).toBeGreaterThan(40);
    expect(asked.filter((action) => !actions.has(action))).toEqual([]);
  });
});

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

import type { ComponentSummary, ComponentVersion } from "@aws-sdk/client-imagebuilder";
import { parseComponentDocument } from "../../factory/awstoe/parse-component-document";
import { formatArn, normaliseName, parentArn, parseArn } from "./arns";
import { componentFacts, documentKey } from "./document-facts";
import { documentText } from "./document-source";
import { alreadyExists, hasDependents, invalidValue, invalidVersion, notFound } from "./exceptions";
import {
  type Call,
  filtered,
  type ImageBuilderHandlers,
  type InputOf,
  isoDate,
  once,
  page,
  stopIfDryRun,
} from "./handlers";
import { checkByName, ownedBy, versionRows } from "./owned-versions";
import type { ComponentRow } from "./resource-rows";
import { findComponent, isShared, reachable, sharedWith } from "./sharing";
import { type ImageBuilderStore, newestFirst } from "./store";
import { isExactVersion, latestVersionReferences } from "./versions";

export const buildComponents = {
  CreateComponent: (call, input) =>
    once(call, "CreateComponent", input, () => {
      const component = putComponent(call, input, documentText(call.store, input));
      return {
        requestId: call.requestId,
        clientToken: input.clientToken,
        componentBuildVersionArn: component.arn,
        latestVersionReferences: latestVersionReferences(component.arn, component.version),
      };
    }),

  ImportComponent: (call, input) =>
    once(call, "ImportComponent", input, () => {
      const script = documentText(call.store, input);
      const component = putComponent(call, input, wrapScript(input, script));
      return {
        requestId: call.requestId,
        clientToken: input.clientToken,
        componentBuildVersionArn: component.arn,
      };
    }),

  GetComponent({ store, requestId }, { componentBuildVersionArn }) {
    const component =
      findComponent(store, componentBuildVersionArn ?? "") ?? notFound(componentBuildVersionArn);
    return {
      requestId,
      component,
      latestVersionReferences: latestVersionReferences(component.arn, component.version),
    };
  },

  DeleteComponent({ store, requestId }, { componentBuildVersionArn = "" }) {
    const component = store.components.get(componentBuildVersionArn) ?? notFound(componentBuildVersionArn);
    if (isComponentUsed(store, component) || isShared(store, component.arn)) hasDependents(component.arn);
    store.components.delete(component.arn);
    store.policies.delete(component.arn);
    return { requestId, componentBuildVersionArn };
  },

  ListComponents({ store, requestId }, input) {
    checkByName(input);
    const rows = ownedBy(input.owner, {
      own: store.components,
      managed: store.managed.components,
      shared: () => sharedWith(store, "Component", ({ components }) => components.values()),
    });
    const listed = filtered(versionRows(rows, input.byName), input.filters, {
      description: (row) => row.description,
      name: (row) => row.name,
      platform: (row) => row.platform,
      productCodes: () => undefined,
      status: (row) => row.state?.status ?? "ACTIVE",
      supportedOsVersion: (row) => row.supportedOsVersions,
      type: (row) => row.type,
      version: (row) => row.version,
    });
    const { items, nextToken } = page(
      "ListComponents",
      listed.map((row) => toVersion(row, input.byName)),
      input,
    );
    return { requestId, componentVersionList: items, nextToken };
  },

  ListComponentBuildVersions({ store, requestId }, input) {
    const wanted = input.componentVersionArn;
    const managed = parseArn(wanted)?.account === "aws";
    const own = reachable(store, "Component", wanted, ({ components }) => components.values());
    const rows = managed ? [...store.managed.components] : [...own];
    const listed = rows.filter((row) => !wanted || parentArn(row.arn) === wanted).sort(newestFirst);
    const { items, nextToken } = page("ListComponentBuildVersions", listed.map(toSummary), input);
    return { requestId, componentSummaryList: items, nextToken };
  },
} satisfies Partial<ImageBuilderHandlers>;

type CreateInput = InputOf<"CreateComponent"> | InputOf<"ImportComponent">;

/** Stores a new version, or a new build of a version whose content changed. */
function putComponent(call: Call, input: CreateInput, data: string): ComponentRow {
  const { store, account, region, now } = call;
  const { name = "", semanticVersion: version = "", platform = "Linux" } = input;
  if (!isExactVersion(version))
    invalidVersion(`The semantic version '${version}' must have the form major.minor.patch.`);
  const parsed = parseComponentDocument(data, platform);
  if (!parsed.ok) {
    invalidValue("data", parsed.problems.map(({ message }) => message).join(" "));
  }
  const key = { region, account, kind: "component" as const, name: normaliseName(name), version };
  const versionArn = formatArn(key);
  const builds = store.components.list((row) => parentArn(row.arn) === versionArn).sort(newestFirst);
  if (builds[0]?.data === data) alreadyExists("Component", builds[0].arn);
  stopIfDryRun(input);
  store.documents.put({ key: documentKey(data), text: data });
  return store.components.put({
    arn: formatArn({ ...key, build: (parseArn(builds[0]?.arn)?.build ?? 0) + 1 }),
    name,
    version,
    description: input.description,
    changeDescription: input.changeDescription,
    ...componentFacts(data),
    platform,
    supportedOsVersions: "supportedOsVersions" in input ? input.supportedOsVersions : undefined,
    state: { status: "ACTIVE" },
    owner: account,
    data,
    kmsKeyId: input.kmsKeyId,
    encrypted: true,
    dateCreated: isoDate(now),
    tags: input.tags ?? {},
  });
}

/** A shell script as the one step of a document. */
function wrapScript(input: InputOf<"ImportComponent">, script: string): string {
  const phase = input.type === "TEST" ? "test" : "build";
  const action = input.platform === "Windows" ? "ExecutePowerShell" : "ExecuteBash";
  const commands = script.split("\n").map((line) => `              ${line}`);
  return [
    `name: ${input.name}`,
    "schemaVersion: 1.0",
    "phases:",
    `  - name: ${phase}`,
    "    steps:",
    "      - name: ImportedScript",
    `        action: ${action}`,
    "        inputs:",
    "          commands:",
    "            - |",
    ...commands,
    "",
  ].join("\n");
}

function isComponentUsed(store: ImageBuilderStore, component: ComponentRow): boolean {
  const recipes = [...store.imageRecipes.values(), ...store.containerRecipes.values()];
  return recipes.some((recipe) =>
    recipe.components?.some(
      ({ componentArn }) => findComponent(store, componentArn ?? "")?.arn === component.arn,
    ),
  );
}

function toVersion(row: ComponentRow, byName: boolean | undefined): ComponentVersion {
  return {
    arn: byName ? parentArn(parentArn(row.arn)) : parentArn(row.arn),
    name: row.name,
    ...(!byName && { version: row.version }),
    description: row.description,
    platform: row.platform,
    supportedOsVersions: row.supportedOsVersions,
    type: row.type,
    owner: row.owner,
    dateCreated: row.dateCreated,
    status: row.state?.status,
  };
}

function toSummary({ data: _data, parameters: _parameters, ...row }: ComponentRow): ComponentSummary {
  return row;
}

import type { WorkflowSummary, WorkflowVersion } from "@aws-sdk/client-imagebuilder";
import { parseWorkflowDocument } from "../../factory/workflow-document";
import { formatArn, normaliseName, parentArn, parseArn } from "./arns";
import { documentKey, workflowParameters } from "./document-facts";
import { documentText } from "./document-source";
import {
  alreadyExists,
  hasDependents,
  invalidRequest,
  invalidValue,
  invalidVersion,
  notFound,
} from "./exceptions";
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
import type { WorkflowRow } from "./resource-rows";
import { findWorkflow, newestFirst } from "./store";
import { isExactVersion, latestVersionReferences } from "./versions";

export const buildWorkflows = {
  CreateWorkflow: (call, input) =>
    once(call, "CreateWorkflow", input, () => {
      const workflow = putWorkflow(call, input);
      return {
        clientToken: input.clientToken,
        workflowBuildVersionArn: workflow.arn,
        latestVersionReferences: latestVersionReferences(workflow.arn, workflow.version),
      };
    }),

  GetWorkflow({ store }, { workflowBuildVersionArn }) {
    const workflow = findWorkflow(store, workflowBuildVersionArn ?? "") ?? notFound(workflowBuildVersionArn);
    return { workflow, latestVersionReferences: latestVersionReferences(workflow.arn, workflow.version) };
  },

  DeleteWorkflow({ store }, { workflowBuildVersionArn = "" }) {
    const workflow = store.workflows.get(workflowBuildVersionArn) ?? notFound(workflowBuildVersionArn);
    const uses = (arn: string | undefined) => findWorkflow(store, arn ?? "")?.arn === workflow.arn;
    if (store.pipelines.find((row) => row.workflows?.some(({ workflowArn }) => uses(workflowArn)) ?? false)) {
      hasDependents(workflow.arn);
    }
    store.workflows.delete(workflow.arn);
    return { workflowBuildVersionArn };
  },

  ListWorkflows({ store }, input) {
    checkByName(input);
    const { owner = "Self" } = input;
    if (owner !== "Self" && owner !== "Amazon") {
      invalidRequest(`The owner '${owner}' is not valid for workflows. Valid owners are: Self, Amazon.`);
    }
    const rows = ownedBy(owner, { own: store.workflows, managed: store.managed.workflows });
    const listed = filtered(versionRows(rows, input.byName), input.filters, {
      description: (row) => row.description,
      name: (row) => row.name,
      type: (row) => row.type,
      version: (row) => row.version,
    });
    const { items, nextToken } = page(
      "ListWorkflows",
      listed.map((row) => toVersion(row, input.byName)),
      input,
    );
    return { workflowVersionList: items, nextToken };
  },

  ListWorkflowBuildVersions({ store }, input) {
    const wanted = parseArn(input.workflowVersionArn);
    const rows = wanted?.account === "aws" ? [...store.managed.workflows] : store.workflows.list();
    const listed = rows
      .filter((row) => !wanted || parentArn(row.arn) === input.workflowVersionArn)
      .sort(newestFirst);
    const { items, nextToken } = page("ListWorkflowBuildVersions", listed.map(toSummary), input);
    return { workflowSummaryList: items, nextToken };
  },
} satisfies Partial<ImageBuilderHandlers>;

/** Stores a new version, or a new build of a version whose content changed. */
function putWorkflow({ store, account, region, now }: Call, input: InputOf<"CreateWorkflow">): WorkflowRow {
  const {
    name = "",
    semanticVersion: version = "",
    type = "BUILD",
    description,
    changeDescription,
    kmsKeyId,
  } = input;
  if (!isExactVersion(version))
    invalidVersion(`The semantic version '${version}' must have the form major.minor.patch.`);
  const data = documentText(store, input);
  const parsed = parseWorkflowDocument(data, type);
  if (!parsed.ok) {
    invalidValue("data", parsed.problems.map(({ message }) => message).join(" "));
  }
  const key = {
    region,
    account,
    kind: "workflow" as const,
    workflowType: type,
    name: normaliseName(name),
    version,
  };
  const versionArn = formatArn(key);
  const builds = store.workflows.list((row) => parentArn(row.arn) === versionArn).sort(newestFirst);
  if (builds[0]?.data === data) alreadyExists("Workflow", builds[0].arn);
  stopIfDryRun(input);
  store.documents.put({ key: documentKey(data), text: data });
  return store.workflows.put({
    arn: formatArn({ ...key, build: (parseArn(builds[0]?.arn)?.build ?? 0) + 1 }),
    name,
    version,
    description,
    changeDescription,
    type,
    owner: account,
    data,
    kmsKeyId,
    dateCreated: isoDate(now),
    tags: input.tags ?? {},
    parameters: workflowParameters(data),
  });
}

function toVersion(row: WorkflowRow, byName: boolean | undefined): WorkflowVersion {
  const { name, version, description, type, owner, dateCreated } = row;
  const arn = byName ? parentArn(parentArn(row.arn)) : parentArn(row.arn);
  return { arn, name, ...(!byName && { version }), description, type, owner, dateCreated };
}

function toSummary({
  data: _data,
  parameters: _parameters,
  kmsKeyId: _key,
  ...row
}: WorkflowRow): WorkflowSummary {
  return row;
}

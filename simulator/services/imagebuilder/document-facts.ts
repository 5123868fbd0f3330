import { createHash } from "node:crypto";
import type {
  ComponentParameterDetail,
  ComponentType,
  WorkflowParameterDetail,
} from "@aws-sdk/client-imagebuilder";
import { parseDocument } from "yaml";

interface Facts {
  type: ComponentType;
  parameters: ComponentParameterDetail[];
}

/**
 * What AWS reads from a component document: a document whose only phase is `test` is a test component.
 * The document was validated before.
 */
export function componentFacts(document: string): Facts {
  const content: unknown = parseDocument(document).toJS();
  const phases = listOf(content, "phases").map((phase) => phase.name);
  const isTest = phases.length > 0 && phases.every((name) => name === "test");
  const parameters = listOf(content, "parameters").flatMap((entry) =>
    Object.entries(entry).map(([name, body]) => parameterDetail(name, body)),
  );
  return { type: isTest ? "TEST" : "BUILD", parameters };
}

/** The parameters that a workflow document declares. */
export function workflowParameters(document: string): WorkflowParameterDetail[] {
  return listOf(parseDocument(document).toJS(), "parameters").map(({ name, ...body }) =>
    parameterDetail(String(name), body),
  );
}

/** The names of the outputs that a workflow document defines. */
export function workflowOutputs(document: string): string[] {
  return listOf(parseDocument(document).toJS(), "outputs").map(({ name }) => String(name));
}

function parameterDetail(name: string, body: unknown) {
  const { type, default: value, description } = (body ?? {}) as Record<string, unknown>;
  return {
    name,
    type: String(type ?? "string"),
    ...(value !== undefined && { defaultValue: [value].flat().map(String) }),
    ...(description !== undefined && { description: String(description) }),
  };
}

function listOf(content: unknown, key: string): Record<string, unknown>[] {
  const list = (content as Record<string, unknown> | null)?.[key];
  return Array.isArray(list) ? list.filter((entry) => entry && typeof entry === "object") : [];
}

/** The name of a text in the store's documents. */
export function documentKey(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

import { parseComponentDocument } from "./awstoe/parse-component-document";
import type { BuildInput, BuildScript } from "./types";
import { parseWorkflowDocument } from "./workflow-document";

/**
 * Makes the script of a build. Its documents must be valid: the services refuse others when they are created,
 * so an invalid one here is a fault of the caller and throws.
 */
export function compileBuild(input: BuildInput): BuildScript {
  for (const component of input.components) {
    const parsed = parseComponentDocument(component.document);
    if (!parsed.ok)
      throw new Error(`Component ${component.arn}: ${parsed.problems[0]?.message ?? "invalid document"}`);
  }
  for (const workflow of input.workflows ?? []) {
    const parsed = parseWorkflowDocument(workflow.document);
    if (!parsed.ok)
      throw new Error(`Workflow ${workflow.arn}: ${parsed.problems[0]?.message ?? "invalid document"}`);
  }
  return { format: 1, input };
}

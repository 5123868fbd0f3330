import { DAY_MS } from "../../../engine/clock";
import { MANAGED_WORKFLOWS } from "../../../factory/managed-workflows";
import { formatArn } from "../arns";
import { componentFacts } from "../document-facts";
import type { ComponentRow, WorkflowRow } from "../resource-rows";
import { LINUX_COMPONENTS } from "./component-documents-linux";
import { MACOS_COMPONENTS, WINDOWS_COMPONENTS } from "./component-documents-other";

/** When the first of the catalog was published; later versions follow half a year apart. */
const FIRST_PUBLISHED = Date.UTC(2023, 10, 17, 20, 4, 11);
const HALF_YEAR_MS = 182 * DAY_MS;

const CATALOGUE = [...LINUX_COMPONENTS, ...WINDOWS_COMPONENTS, ...MACOS_COMPONENTS].map((component) => ({
  component,
  facts: componentFacts(component.document),
}));

/** Amazon's components in a Region: owner Amazon, one build a version. */
export function managedComponents(region: string): ComponentRow[] {
  return CATALOGUE.flatMap(({ component, facts }) =>
    component.versions.map((version, index) => ({
      arn: formatArn({ region, account: "aws", kind: "component", name: component.name, version, build: 1 }),
      name: component.name,
      version,
      description: component.description,
      ...facts,
      platform: component.platform,
      supportedOsVersions: component.supportedOsVersions,
      owner: "Amazon",
      data: component.document,
      encrypted: true,
      state: { status: "ACTIVE" as const },
      dateCreated: new Date(FIRST_PUBLISHED + index * HALF_YEAR_MS).toISOString(),
      tags: {},
    })),
  );
}

/** Amazon's workflows in a Region. */
export function managedWorkflows(region: string): WorkflowRow[] {
  return MANAGED_WORKFLOWS.map(({ name, version, type, description, document }) => ({
    arn: formatArn({
      region,
      account: "aws",
      kind: "workflow",
      workflowType: type.toLowerCase(),
      name,
      version,
      build: 1,
    }),
    name,
    version,
    description,
    type,
    owner: "Amazon",
    data: document,
    dateCreated: new Date(FIRST_PUBLISHED).toISOString(),
    tags: {},
  }));
}

import type { BuildFault } from "../../build/types";
import type { ImageBuildRow } from "./image-build-row";
import type { ImageBuilderStore } from "./store";

/** The resource tag of an infrastructure configuration whose value puts trouble into its builds. */
export const FAULT_TAG = "simulator:fault";

const STAGES = ["BUILD", "TEST"];

/** Trouble a build will meet: what its infrastructure asks for, and what its distribution lacks in the targets. */
export function foreseenFaults(store: ImageBuilderStore, row: ImageBuildRow): BuildFault[] {
  return [...askedFaults(row), ...distributionFaults(store, row)];
}

/** `ssm-timeout`, `capacity:TEST`, `kms-denied:eu-west-1`; several are separated by spaces. */
function askedFaults({ infrastructure }: ImageBuildRow): BuildFault[] {
  const asked = infrastructure.resourceTags?.[FAULT_TAG] ?? "";
  return asked.split(/\s+/).flatMap((word) => {
    const [kind, place] = word.split(":");
    if (!kind) return [];
    const narrowed = place === undefined ? {} : STAGES.includes(place) ? { stage: place } : { region: place };
    return [{ kind, ...narrowed } as BuildFault];
  });
}

function distributionFaults(
  store: ImageBuilderStore,
  { distribution, executionRole, type }: ImageBuildRow,
): BuildFault[] {
  return (distribution?.distributions ?? []).flatMap((target): BuildFault[] => {
    const region = target.region ?? store.region;
    const missingTemplate = target.launchTemplateConfigurations?.find(
      ({ launchTemplateId = "", accountId }) =>
        !store.scope
          .at({ region, ...(accountId && { account: accountId }) })
          .ec2.launchTemplates.has(launchTemplateId),
    );
    const deniedParameter = target.ssmParameterConfigurations?.find(
      ({ parameterName }) => !executionRole && !parameterName?.startsWith("/imagebuilder/"),
    );
    const repository = target.containerDistributionConfiguration?.targetRepository?.repositoryName;
    const noRepository =
      type === "DOCKER" && repository && !store.scope.at({ region }).ecr.repositories.has(repository);
    return [
      ...(missingTemplate ? [{ kind: "launch-template-missing" as const, region }] : []),
      ...(deniedParameter ? [{ kind: "ssm-parameter-denied" as const, region }] : []),
      ...(noRepository ? [{ kind: "ecr-denied" as const, region }] : []),
    ];
  });
}

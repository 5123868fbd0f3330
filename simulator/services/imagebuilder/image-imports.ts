import type { InfrastructureConfiguration } from "@aws-sdk/client-imagebuilder";
import { parseArn } from "./arns";
import { invalidValue, notFound } from "./exceptions";
import { type Call, type ImageBuilderHandlers, once } from "./handlers";
import type { ImageBuildRow } from "./image-build-row";
import { buildStateOf } from "./image-build-state";
import { findImageBuild } from "./image-builds";
import { resolveParentImage } from "./parent-image";
import { nextBuildOf } from "./start-build";

/** Images that are not built: distributed again, or imported. */
export const imageImports = {
  DistributeImage: (call, input) =>
    once(call, "DistributeImage", input, () => {
      const { store, now } = call;
      const {
        sourceImage = "",
        distributionConfigurationArn = "",
        executionRole,
        loggingConfiguration,
        tags,
      } = input;
      const distribution =
        store.distributions.get(distributionConfigurationArn) ?? notFound(distributionConfigurationArn);
      const source = sourceOf(call, sourceImage);
      const row = store.imageBuilds.put({
        ...importedRow(call, { name: source.name, version: source.version, platform: source.platform }),
        ...(source.osVersion && { osVersion: source.osVersion }),
        parent: { reference: sourceImage, amiId: source.amiId },
        distribution,
        distributeOnly: true,
        startedAt: now,
        ...(executionRole && { executionRole }),
        ...(loggingConfiguration?.logGroupName && { logGroupName: loggingConfiguration.logGroupName }),
        tags: tags ?? {},
      });
      return { clientToken: input.clientToken, imageBuildVersionArn: row.arn };
    }),

  ImportVmImage: (call, input) =>
    once(call, "ImportVmImage", input, () => {
      const { store, requestId } = call;
      const {
        name = "",
        semanticVersion: version = "",
        platform = "Linux",
        osVersion,
        vmImportTaskId = "",
      } = input;
      const row = store.imageBuilds.put({
        ...importedRow(call, { name, version, platform }),
        ...(osVersion && { osVersion }),
        buildType: "IMPORT",
        imageSource: "IMPORTED",
        parent: { reference: vmImportTaskId, amiId: vmImportTaskId },
        ...(input.loggingConfiguration?.logGroupName && {
          logGroupName: input.loggingConfiguration.logGroupName,
        }),
        tags: input.tags ?? {},
      });
      return { requestId, imageArn: row.arn, clientToken: input.clientToken };
    }),

  ImportDiskImage: (call, input) =>
    once(call, "ImportDiskImage", input, () => {
      const { store } = call;
      const { name = "", semanticVersion: version = "", osVersion, uri = "", executionRole } = input;
      if (!/^s3:\/\/[^/]+\/.+\.iso$/i.test(uri))
        invalidValue("uri", "The URI must name an .iso object in S3.");
      const infrastructure =
        store.infrastructures.get(input.infrastructureConfigurationArn ?? "") ??
        invalidValue("infrastructureConfigurationArn", "The infrastructure configuration does not exist.");
      const row = store.imageBuilds.put({
        ...importedRow(call, { name, version, platform: "Windows" }),
        ...(osVersion && { osVersion }),
        infrastructure,
        buildType: "IMPORT_ISO",
        imageSource: "IMPORTED",
        parent: { reference: uri, amiId: uri },
        ...(executionRole && { executionRole }),
        tags: input.tags ?? {},
      });
      return { clientToken: input.clientToken, imageBuildVersionArn: row.arn };
    }),
} satisfies Partial<ImageBuilderHandlers>;

type Identity = Pick<ImageBuildRow, "name" | "version" | "platform">;

/** Nothing is run on a build instance for these, so most of a build's inputs are empty. */
function importedRow({ store, now }: Call, { name, version, platform }: Identity): ImageBuildRow {
  const none: InfrastructureConfiguration = {};
  return {
    ...nextBuildOf(store, name, version),
    type: "AMI",
    platform,
    startedAt: now,
    speed: store.scope.speed,
    buildType: "USER_INITIATED",
    imageSource: "CUSTOM",
    infrastructure: none,
    tests: { imageTestsEnabled: false },
    metadataEnabled: false,
    tags: {},
    parent: { reference: "" },
    components: [],
  };
}

function sourceOf(call: Call, reference: string) {
  const { store, now } = call;
  if (parseArn(reference)?.account === store.account) {
    const build = findImageBuild(store, reference);
    const ami = buildStateOf(store, build, now).outputs.amis.find(({ region }) => region === store.region);
    if (!ami) invalidValue("sourceImage", `The image '${reference}' has no AMI in Region ${store.region}.`);
    return { ...build, amiId: ami.image };
  }
  const { platform, osVersion, amiId } = resolveParentImage(store, reference, now);
  if (!amiId) invalidValue("sourceImage", `The image '${reference}' does not exist.`);
  return { name: amiId, version: "1.0.0", platform, osVersion, amiId };
}

import type { InfrastructureConfiguration } from "@aws-sdk/client-imagebuilder";
import { parseArn } from "./arns";
import { invalidCombination, invalidRequest, invalidValue, notFound } from "./exceptions";
import { type Call, type ImageBuilderHandlers, type InputOf, once } from "./handlers";
import type { ImageBuildRow } from "./image-build-row";
import { buildStateOf } from "./image-build-state";
import { findImageBuild } from "./image-builds";
import { resolveParentImage } from "./parent-image";
import { nextBuildOf } from "./start-build";
import { isExactVersion } from "./versions";

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
      checkImportVersion(input);
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
      checkDiskImage(input);
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

/** An import has three numbers: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ImportDiskImage.html */
function checkImportVersion({ semanticVersion = "" }: { semanticVersion: string | undefined }): void {
  if (!isExactVersion(semanticVersion))
    invalidRequest("The supplied semantic version does not follow the required format");
}

/** The only system of a disk file: https://docs.aws.amazon.com/imagebuilder/latest/userguide/import-iso-disk.html */
const DISK_IMAGE_OS = "Microsoft Windows 11";
const MOST_UEFI_BYTES = 64 * 1024;

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ImportDiskImage.html */
function checkDiskImage(input: InputOf<"ImportDiskImage">): void {
  const { uri = "", platform, osVersion, registerImageOptions, windowsConfiguration } = input;
  checkImportVersion(input);
  if (!/^s3:\/\/[^/]+\/.+\.(?:iso|ISO|Iso)$/.test(uri))
    invalidValue("uri", "The URI must name an object in S3 that ends in .iso, .ISO or .Iso.");
  if (platform !== "Windows") invalidValue("platform", "It must be Windows.");
  if (osVersion !== DISK_IMAGE_OS) invalidValue("osVersion", `It must be ${DISK_IMAGE_OS}.`);
  const { secureBootEnabled = true, uefiData } = registerImageOptions ?? {};
  if (uefiData !== undefined && !secureBootEnabled)
    invalidCombination("'uefiData' is valid only when 'secureBootEnabled' is true.");
  if (uefiData !== undefined && (!BASE64.test(uefiData) || uefiData.length > MOST_UEFI_BYTES))
    invalidValue("uefiData", "It must be Base64 of at most 64 KB.");
  const { imageIndex = 0 } = windowsConfiguration ?? { imageIndex: 1 };
  if (!Number.isInteger(imageIndex) || imageIndex < 1) invalidValue("imageIndex", "It starts at 1.");
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

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

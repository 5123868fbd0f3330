import "server-only";
import { readScanActivation } from "@/lib/image-builder/scanning/read-scan-activation";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { PreflightParts } from "./read-subject";
import type { PreflightCheck } from "./types";

type Settings = {
  imageScanningConfiguration?: { imageScanningEnabled?: boolean };
  imageTestsConfiguration?: { imageTestsEnabled?: boolean };
};

/**
 * A pipeline that scans its images needs Amazon Inspector in the account, and its tests: the instance of the test stage
 * is what is scanned. https://docs.aws.amazon.com/imagebuilder/latest/userguide/integ-inspector.html
 */
export async function checkScanning(ctx: UseCaseContext, parts: PreflightParts): Promise<PreflightCheck[]> {
  const settings = parts.pipeline as Settings;
  if (!settings.imageScanningConfiguration?.imageScanningEnabled) return [];
  const isContainer = parts.recipeKind === "container-recipe";
  const scanned = isContainer ? "ECR images" : "EC2 instances";
  const base = { id: "scanning", step: "details" as const, evidence: [] as string[] };
  if (!isContainer && settings.imageTestsConfiguration?.imageTestsEnabled === false)
    return [
      {
        ...base,
        state: "warning",
        title: "Image scanning needs image tests, which are off",
        evidence: [
          "Amazon Inspector scans the instance of the test stage. Without it, the image has no findings.",
        ],
        fix: "Turn on image tests, or turn off image scanning.",
      },
    ];
  const state = (await readScanActivation(ctx))[isContainer ? "ecr" : "ec2"];
  const { region } = ctx.target;
  if (state === "on")
    return [{ ...base, state: "ok", title: `Amazon Inspector scans ${scanned} in ${region}` }];
  if (state === "off")
    return [
      {
        ...base,
        state: "warning",
        title: `Amazon Inspector does not scan ${scanned} in ${region}`,
        evidence: [
          "The scan step of Image Builder’s test workflow fails and is ignored: the image has no findings.",
        ],
        fix: `Turn it on: aws inspector2 enable --resource-types ${isContainer ? "ECR" : "EC2"}. Or turn off image scanning.`,
      },
    ];
  return [
    {
      ...base,
      state: "unknown",
      title: `Can't check whether Amazon Inspector scans ${scanned}`,
      evidence: [
        state === "changing"
          ? "Amazon Inspector is being turned on or off."
          : "Amazon Inspector does not report its state for this account.",
      ],
    },
  ];
}

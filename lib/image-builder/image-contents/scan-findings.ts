import "server-only";
import { type ImageScanFinding, ListImageScanFindingsCommand } from "@aws-sdk/client-imagebuilder";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { arnOfBuild } from "../image-builds/image-build-key";
import type { ScanFinding } from "./types";

/** One page of a build's findings, as AWS orders them. */
export async function readFindingsPage(
  { aws, target }: UseCaseContext,
  key: ImageBuildKey,
  nextToken: string | undefined,
): Promise<{ items: ScanFinding[]; next: string | undefined }> {
  const command = new ListImageScanFindingsCommand({
    filters: [{ name: "imageBuildVersionArn", values: [arnOfBuild(target, key)] }],
    maxResults: 25,
    nextToken,
  });
  const page = await aws.imageBuilder.read(command, { freshForMs: 30_000 });
  return { items: (page.findings ?? []).map(toScanFinding), next: page.nextToken };
}

function toScanFinding(finding: ImageScanFinding): ScanFinding {
  const { severity, title, description, inspectorScore, firstObservedAt, remediation } = finding;
  const { vulnerabilityId, vulnerablePackages = [], sourceUrl } = finding.packageVulnerabilityDetails ?? {};
  return {
    severity: severity ?? "UNTRIAGED",
    id: vulnerabilityId ?? finding.type ?? "",
    title: title ?? vulnerabilityId ?? "",
    description,
    score: inspectorScore,
    packages: vulnerablePackages.map(({ name = "", version, release, fixedInVersion }) => ({
      name,
      version: version && release ? `${version}-${release}` : version,
      fixedIn: fixedInVersion,
    })),
    remedy: remediation?.recommendation?.text,
    sourceUrl: sourceUrl?.startsWith("https://") ? sourceUrl : undefined,
    firstSeenAt: firstObservedAt?.toISOString(),
  };
}

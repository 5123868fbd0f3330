import "server-only";
import { ListImageScanFindingsCommand } from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

const FRESH_FOR_MS = 60_000;
/** A thousand findings of one CVE: more images than anybody reads through. */
const MAX_PAGES = 40;

/**
 * The builds of the target in which Amazon Inspector found a CVE, by ARN, with the packages that have it; AWS is asked,
 * since it knows of new CVEs in old images. Throws what AWS refuses.
 */
export async function readAffectedImages(
  { aws }: UseCaseContext,
  vulnerabilityId: string,
): Promise<{ packages: Map<string, string[]>; isWhole: boolean }> {
  let isWhole = true;
  const findings = await collectPages({
    load: async (nextToken) => {
      const command = new ListImageScanFindingsCommand({
        filters: [{ name: "vulnerabilityId", values: [vulnerabilityId] }],
        maxResults: 25,
        nextToken,
      });
      const page = await aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.findings, next: page.nextToken };
    },
    maxPages: MAX_PAGES,
    onCut: () => {
      isWhole = false;
    },
  });
  const packages = new Map<string, string[]>();
  for (const { imageBuildVersionArn: arn, packageVulnerabilityDetails } of findings) {
    if (!arn) continue;
    const named = (packageVulnerabilityDetails?.vulnerablePackages ?? []).map(
      ({ name = "", version = "", release, fixedInVersion }) =>
        `${name} ${version}${release ? `-${release}` : ""}${fixedInVersion ? `, fixed in ${fixedInVersion}` : ""}`,
    );
    packages.set(arn, [...new Set([...(packages.get(arn) ?? []), ...named])]);
  }
  return { packages, isWhole };
}

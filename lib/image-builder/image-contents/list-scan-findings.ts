import "server-only";
import { GetImageCommand } from "@aws-sdk/client-imagebuilder";
import { authorize } from "@/lib/auth/authorize";
import { collectPages } from "@/lib/aws/paginate";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { arnOfBuild } from "../image-builds/image-build-key";
import { imageBuildKeySchema } from "../image-builds/schemas";
import { readFindingsPage } from "./scan-findings";
import { severityRank } from "./severity-status";
import type { ScanFindingList } from "./types";

/** A thousand rows are more than anybody reads on a page. */
const MAX_PAGES = 40;

/** What Amazon Inspector found in an image, gravest first, and how the scan stands. */
export async function listScanFindings({ ctx, input }: UseCase<ImageBuildKey>): Promise<ScanFindingList> {
  await authorize(ctx, "list-scan-findings", input.name);
  const key = imageBuildKeySchema.parse(input);
  const getImage = new GetImageCommand({ imageBuildVersionArn: arnOfBuild(ctx.target, key) });
  let next: string | undefined;
  const [{ image }, findings] = await Promise.all([
    ctx.aws.imageBuilder.read(getImage, { freshForMs: 5_000 }),
    collectPages({
      load: async (token) => {
        const page = await readFindingsPage(ctx, key, token);
        next = page.next;
        return page;
      },
      maxPages: MAX_PAGES,
    }),
  ]);
  return {
    findings: findings.toSorted(
      (a, b) => severityRank(a.severity) - severityRank(b.severity) || (b.score ?? 0) - (a.score ?? 0),
    ),
    isWhole: next === undefined,
    isScanned: image?.imageScanningConfiguration?.imageScanningEnabled === true,
    scanStatus: image?.scanState?.status,
    scanReason: image?.scanState?.reason,
  };
}

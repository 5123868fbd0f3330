import "server-only";
import { GetImageCommand } from "@aws-sdk/client-imagebuilder";
import { collectPages } from "@/lib/aws/paginate";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "../image-builds/image-build-key";
import { imageBuildKeySchema } from "../image-builds/schemas";
import { readFindingsPage } from "./scan-findings";
import { severityRank } from "./severity-status";
import type { ScanFindingList } from "./types";

/** A thousand rows are more than anybody reads on a page. */
const MAX_PAGES = 40;

/** What Amazon Inspector found in an image, gravest first, and how the scan stands. */
export const listScanFindings = useCase(
  "list-scan-findings",
  imageBuildKeySchema,
  async ({ ctx, input: key }): Promise<ScanFindingList> => {
    const getImage = new GetImageCommand({ imageBuildVersionArn: arnOfBuild(ctx.target, key) });
    let isWhole = true;
    const [{ image }, findings] = await Promise.all([
      ctx.aws.imageBuilder.read(getImage, { freshForMs: 5_000 }),
      collectPages({
        load: (token) => readFindingsPage(ctx, key, token),
        maxPages: MAX_PAGES,
        onCut: () => {
          isWhole = false;
        },
      }),
    ]);
    return {
      findings: findings.toSorted(
        (a, b) => severityRank(a.severity) - severityRank(b.severity) || (b.score ?? 0) - (a.score ?? 0),
      ),
      isWhole,
      isScanned: image?.imageScanningConfiguration?.imageScanningEnabled === true,
      scanStatus: image?.scanState?.status,
      scanReason: image?.scanState?.reason,
    };
  },
);

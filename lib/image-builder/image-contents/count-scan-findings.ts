import "server-only";
import { GetImageCommand, ListImageScanFindingAggregationsCommand } from "@aws-sdk/client-imagebuilder";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "../image-builds/image-build-key";
import { imageBuildKeySchema } from "../image-builds/schemas";
import type { FindingCounts } from "./types";

const FRESH_FOR_MS = 60_000;

/**
 * How many findings of each severity an image has, in one call whatever their number. An image without scanning is
 * not counted: that nothing was looked for is not that nothing was found.
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ListImageScanFindingAggregations.html
 */
export const countScanFindings = useCase(
  "count-scan-findings",
  imageBuildKeySchema,
  async ({ ctx, input: key }): Promise<FindingCounts> => {
    const arn = arnOfBuild(ctx.target, key);
    const getImage = new GetImageCommand({ imageBuildVersionArn: arn });
    const { image } = await ctx.aws.imageBuilder.read(getImage, { freshForMs: 5_000 });
    const scan = { scanStatus: image?.scanState?.status, scanReason: image?.scanState?.reason };
    if (image?.imageScanningConfiguration?.imageScanningEnabled !== true)
      return { isScanned: false, ...scan };
    const filter = { name: "imageBuildVersionArn", values: [arn] };
    const { responses = [] } = await ctx.aws.imageBuilder.read(
      new ListImageScanFindingAggregationsCommand({ filter }),
      { freshForMs: FRESH_FOR_MS },
    );
    const found = responses[0]?.imageAggregation?.severityCounts;
    const { all = 0, critical = 0, high = 0, medium = 0 } = found ?? {};
    return { isScanned: true, ...scan, counts: { all, critical, high, medium } };
  },
);

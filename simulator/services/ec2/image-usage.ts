import type { ImageUsageReportEntry } from "@aws-sdk/client-ec2";
import { stableId } from "../../engine/ids";
import { AwsError } from "../../wire/contract";
import { applyFilters, type FilterFields } from "./filters";
import { ownImage } from "./images";
import type { Ec2 } from "./operations";
import { ec2Page, refuseDryRun } from "./paging";
import type { Ec2Store, UsageReportRow } from "./store";
import { tagsFor } from "./tag-specifications";

const DAY_MS = 86_400_000;
/** A report is deleted 30 days after it was created. */
const KEPT_MS = 30 * DAY_MS;
/** How long a report takes is not published. */
const MADE_IN_MS = 120_000;
const TYPES = ["ec2:Instance", "ec2:LaunchTemplate"];
const DEFAULT_VERSION_DEPTH = 20;

const REPORT_FIELDS: FilterFields<UsageReportRow> = {
  "creation-time": ({ CreationTime }) => [CreationTime?.toISOString()],
  state: ({ State }) => [State],
};

const ENTRY_FIELDS: FilterFields<ImageUsageReportEntry> = {
  "account-id": ({ AccountId }) => [AccountId],
  "creation-time": ({ ReportCreationTime }) => [ReportCreationTime?.toISOString()],
  "resource-type": ({ ResourceType }) => [ResourceType],
};

/** Which other accounts use an AMI: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/your-ec2-ami-usage.html */
export const imageUsage = {
  CreateImageUsageReport({ store, now, requestId }, input) {
    refuseDryRun(input);
    const image = ownImage(store, input.ImageId);
    const types = (input.ResourceTypes ?? []).map(({ ResourceType = "" }) => ResourceType);
    const wrong = types.find((type) => !TYPES.includes(type));
    if (types.length === 0 || wrong !== undefined)
      throw new AwsError("InvalidParameterValue", `The resource type '${wrong ?? ""}' is not supported.`);
    const CreationTime = new Date(now);
    const ReportId = stableId("amiur", image.ImageId, requestId);
    const wanted = (account: string) => !input.AccountIds?.length || input.AccountIds.includes(account);
    const others = [...store.sharedBy()].filter(
      ({ account }) => account !== store.account && wanted(account),
    );
    const entries = others.flatMap((other) =>
      types.flatMap((ResourceType): ImageUsageReportEntry[] => {
        const UsageCount = countUses(other, ResourceType, image.ImageId);
        return UsageCount === 0
          ? []
          : [
              {
                ResourceType,
                ReportId,
                UsageCount,
                AccountId: other.account,
                ImageId: image.ImageId,
                ReportCreationTime: CreationTime,
              },
            ];
      }),
    );
    store.usageReports.put({
      ReportId,
      ImageId: image.ImageId,
      ResourceTypes: types.map((ResourceType) => ({ ResourceType })),
      ...(input.AccountIds && { AccountIds: input.AccountIds }),
      State: "pending",
      CreationTime,
      ExpirationTime: new Date(now + KEPT_MS),
      Tags: tagsFor("image-usage-report", input.TagSpecifications),
      entries,
      availableAt: now + MADE_IN_MS / store.speed,
    });
    return { ReportId };
  },

  DescribeImageUsageReports({ store, now }, input) {
    refuseDryRun(input);
    const rows = reportsOf(store, input, now);
    const page = ec2Page(applyFilters(rows, input.Filters, REPORT_FIELDS), input);
    return {
      ImageUsageReports: page.rows.map(({ entries: _, availableAt: __, ...report }) => report),
      NextToken: page.NextToken,
    };
  },

  DescribeImageUsageReportEntries({ store, now }, input) {
    refuseDryRun(input);
    const rows = reportsOf(store, input, now)
      .filter(({ State }) => State === "available")
      .flatMap(({ entries }) => entries);
    const page = ec2Page(applyFilters(rows, input.Filters, ENTRY_FIELDS), input);
    return { ImageUsageReportEntries: page.rows, NextToken: page.NextToken };
  },
} satisfies Partial<Ec2>;

/** The reports that are asked for and not yet deleted, as they are at `now`. */
function reportsOf(
  store: Ec2Store,
  { ImageIds, ReportIds }: { ImageIds?: string[] | undefined; ReportIds?: string[] | undefined },
  now: number,
): UsageReportRow[] {
  return store.usageReports
    .list(
      (row) =>
        (row.ExpirationTime?.getTime() ?? 0) > now &&
        (!ImageIds || ImageIds.includes(row.ImageId)) &&
        (!ReportIds || ReportIds.includes(row.ReportId)),
    )
    .map((row) => ({ ...row, State: row.availableAt > now ? "pending" : "available" }));
}

function countUses(store: Ec2Store, type: string, imageId: string): number {
  if (type === "ec2:Instance")
    return store.instances.list((row) => row.ImageId === imageId && row.State?.Name !== "terminated").length;
  return store.launchTemplates.list().filter(({ LaunchTemplateId }) =>
    store.launchTemplateVersions
      .list((version) => version.LaunchTemplateId === LaunchTemplateId)
      .sort((a, b) => b.VersionNumber - a.VersionNumber)
      .slice(0, DEFAULT_VERSION_DEPTH)
      .some(({ LaunchTemplateData }) => LaunchTemplateData?.ImageId === imageId),
  ).length;
}

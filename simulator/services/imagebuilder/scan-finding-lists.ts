import type { ImageScanFinding, ImageScanFindingAggregation } from "@aws-sdk/client-imagebuilder";
import { hash32 } from "../../factory/deterministic";
import { invalidRequest } from "./exceptions";
import { type FilterReaders, filtered, type ImageBuilderHandlers, page } from "./handlers";
import { buildStateOf } from "./image-build-state";
import { exactBuild } from "./image-builds";
import { PACKAGES } from "./packages";
import { allFindings, severityCounts } from "./scan-findings";

const FINDING_FILTERS: FilterReaders<ImageScanFinding> = {
  imageBuildVersionArn: (row) => row.imageBuildVersionArn,
  imagePipelineArn: (row) => row.imagePipelineArn,
  severity: (row) => row.severity,
  vulnerabilityId: (row) => row.packageVulnerabilityDetails?.vulnerabilityId,
};

export const scanFindingLists = {
  ListImageScanFindings({ store, requestId, now }, input) {
    const { filters = [] } = input;
    if (filters.length > 1) invalidRequest("Only one filter is allowed.");
    const findings = filtered(allFindings(store, now), filters, FINDING_FILTERS);
    const { items, nextToken } = page("ListImageScanFindings", findings, input);
    return { requestId, findings: items, nextToken };
  },

  ListImageScanFindingAggregations({ store, requestId, now }, input) {
    const { filter } = input;
    const { severity: _severity, ...readers } = FINDING_FILTERS;
    const all = allFindings(store, now);
    const matching = filtered(all, filter && [filter], readers);
    // A name without values groups by it: all images, all pipelines or all vulnerabilities.
    const findings = filter && !filter.values?.length ? all : matching;
    const aggregationType = filter?.name ?? "accountId";
    const { items, nextToken } = page(
      "ListImageScanFindingAggregations",
      aggregate(findings, aggregationType, store.account),
      input,
    );
    return { requestId, aggregationType, responses: items, nextToken };
  },

  ListImagePackages({ store, requestId, now }, input) {
    const build = exactBuild(store, input.imageBuildVersionArn);
    const collected = build.metadataEnabled && buildStateOf(store, build, now).outputs.amis.length > 0;
    const packages = collected && build.platform === "Linux" ? PACKAGES : [];
    const installed = packages.map(({ name, version }) => ({
      packageName: name,
      packageVersion: `${version}-${1 + (hash32(`${name}/${build.parent.amiId}`) % 4)}.amzn2023`,
    }));
    const { items, nextToken } = page("ListImagePackages", installed, input);
    return { requestId, imagePackageList: items, nextToken };
  },
} satisfies Partial<ImageBuilderHandlers>;

function aggregate(
  findings: readonly ImageScanFinding[],
  type: string,
  accountId: string,
): ImageScanFindingAggregation[] {
  if (type === "accountId")
    return [{ accountAggregation: { accountId, severityCounts: severityCounts(findings) } }];
  const groups = new Map<string, ImageScanFinding[]>();
  for (const finding of findings) {
    const key = FINDING_FILTERS[type]?.(finding)?.toString();
    if (key === undefined) continue;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups].map(([key, group]) => {
    const counts = severityCounts(group);
    if (type === "imageBuildVersionArn") {
      return { imageAggregation: { imageBuildVersionArn: key, severityCounts: counts } };
    }
    if (type === "imagePipelineArn") {
      return { imagePipelineAggregation: { imagePipelineArn: key, severityCounts: counts } };
    }
    return { vulnerabilityIdAggregation: { vulnerabilityId: key, severityCounts: counts } };
  });
}

import { dnsSuffixOf } from "../../engine/partitions";
import { AwsError } from "../../wire/contract";
import { applyFilters } from "./filters";
import type { Ec2 } from "./operations";
import { refuseDryRun } from "./paging";
import { REGIONS, zoneIdOf, zonesOf } from "./regions";

export const regionsAndZones = {
  DescribeRegions(_call, input) {
    refuseDryRun(input);
    const unknown = input.RegionNames?.find((wanted) => !REGIONS.some(({ name }) => name === wanted));
    if (unknown) throw new AwsError("InvalidParameterValue", `Invalid region provided. Region: '${unknown}'`);
    const rows = REGIONS.map(({ name, optIn }) => ({
      RegionName: name,
      Endpoint: `ec2.${name}.${dnsSuffixOf(name)}`,
      OptInStatus: optIn ? "not-opted-in" : "opt-in-not-required",
    }))
      .filter(({ OptInStatus }) => input.AllRegions || OptInStatus !== "not-opted-in")
      .filter(({ RegionName }) => !input.RegionNames || input.RegionNames.includes(RegionName));
    const fields = {
      "region-name": (row: (typeof rows)[number]) => [row.RegionName],
      endpoint: (row: (typeof rows)[number]) => [row.Endpoint],
      "opt-in-status": (row: (typeof rows)[number]) => [row.OptInStatus],
    };
    return { Regions: applyFilters(rows, input.Filters, fields) };
  },

  DescribeAvailabilityZones({ region }, input) {
    refuseDryRun(input);
    const rows = zonesOf(region).map((zone) => ({
      ZoneName: zone,
      ZoneId: zoneIdOf(region, zone),
      ZoneType: "availability-zone",
      RegionName: region,
      GroupName: region,
      NetworkBorderGroup: region,
      State: "available" as const,
      OptInStatus: "opt-in-not-required" as const,
      Messages: [],
    }));
    const wanted = rows.filter(({ ZoneName }) => !input.ZoneNames || input.ZoneNames.includes(ZoneName));
    const fields = {
      "zone-name": (row: (typeof rows)[number]) => [row.ZoneName],
      "zone-id": (row: (typeof rows)[number]) => [row.ZoneId],
      "zone-type": (row: (typeof rows)[number]) => [row.ZoneType],
      "region-name": (row: (typeof rows)[number]) => [row.RegionName],
      state: (row: (typeof rows)[number]) => [row.State],
    };
    return { AvailabilityZones: applyFilters(wanted, input.Filters, fields) };
  },
} satisfies Partial<Ec2>;

import type { ResourceScanType } from "@aws-sdk/client-inspector2";
import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";

interface ScanTypeRow {
  type: ResourceScanType;
  isEnabled: boolean;
}

export interface InspectorStore {
  account: string;
  scanTypes: Table<ScanTypeRow>;
  scans(type: ResourceScanType): boolean;
}

/** Differs from AWS: an account begins with EC2 and ECR scanning on, so that images can be scanned at once. */
const ON_AT_FIRST: ResourceScanType[] = ["EC2", "ECR"];

export function openInspectorStore(scope: Scope): InspectorStore {
  const scanTypes = scope.table<ScanTypeRow>("inspector2.scanTypes", (row) => row.type);
  return {
    account: scope.account,
    scanTypes,
    scans: (type) => scanTypes.get(type)?.isEnabled ?? ON_AT_FIRST.includes(type),
  };
}

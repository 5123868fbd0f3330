import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import type { Tags } from "../../engine/tags";

export interface ParameterRow {
  name: string;
  type: "String" | "StringList" | "SecureString";
  value: string;
  version: number;
  /** `text` or `aws:ec2:image`. */
  dataType: string;
  description?: string | undefined;
  lastModifiedAt: number;
  lastModifiedBy: string;
  tags: Tags;
}

export interface SsmStore {
  account: string;
  region: string;
  partition: string;
  parameters: Table<ParameterRow>;
  /** Creates a parameter or its next version; the value stays if `overwrite` is false and it exists (undefined then). */
  putParameter(
    change: Pick<ParameterRow, "name" | "value" | "lastModifiedAt"> & Partial<ParameterRow>,
    overwrite: boolean,
  ): ParameterRow | undefined;
}

export function openSsmStore(scope: Scope): SsmStore {
  const parameters = scope.table<ParameterRow>("ssm.parameters", (row) => row.name);
  return {
    account: scope.account,
    region: scope.region,
    partition: scope.partition,
    parameters,
    putParameter(change, overwrite) {
      const earlier = parameters.get(change.name);
      if (earlier && !overwrite) return undefined;
      return parameters.put({
        type: "String",
        dataType: "text",
        lastModifiedBy: `arn:${scope.partition}:iam::${scope.account}:root`,
        tags: {},
        ...earlier,
        ...change,
        version: (earlier?.version ?? 0) + 1,
      });
    },
  };
}

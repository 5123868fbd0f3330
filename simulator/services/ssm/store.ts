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

/** A command on one instance. Times are epoch milliseconds; it is in progress until it ends. */
export interface CommandRow {
  commandId: string;
  instanceId: string;
  documentName: string;
  sentAt: number;
  endsAt: number;
  status: "Success" | "Failed" | "TimedOut" | "Cancelled";
  exitCode: number;
  stdout: string;
  stderr: string;
  comment?: string;
}

/** An instance that Systems Manager knows. */
export interface AgentRow {
  instanceId: string;
  platform: "Linux" | "Windows" | "macOS";
  osVersion?: string;
  imageId: string;
  isOnline: boolean;
  since: number;
}

export interface SsmStore {
  account: string;
  region: string;
  partition: string;
  parameters: Table<ParameterRow>;
  /** By command and instance. */
  commands: Table<CommandRow>;
  agents: Table<AgentRow>;
  putCommand(row: CommandRow): void;
  /** The instance is gone: Systems Manager forgets it and gives up what still ran there. */
  endAgent(instanceId: string, at: number): void;
  /** Creates a parameter or its next version; the value stays if `overwrite` is false and it exists (undefined then). */
  putParameter(
    change: Pick<ParameterRow, "name" | "value" | "lastModifiedAt"> & Partial<ParameterRow>,
    overwrite: boolean,
  ): ParameterRow | undefined;
}

export function openSsmStore(scope: Scope): SsmStore {
  const parameters = scope.table<ParameterRow>("ssm.parameters", (row) => row.name);
  const commands = scope.table<CommandRow>("ssm.commands", (row) => `${row.commandId} ${row.instanceId}`);
  const agents = scope.table<AgentRow>("ssm.agents", (row) => row.instanceId);
  return {
    commands,
    agents,
    putCommand: (row) => {
      commands.put(row);
    },
    endAgent(instanceId, at) {
      agents.delete(instanceId);
      for (const row of commands.list((one) => one.instanceId === instanceId && one.endsAt > at)) {
        commands.put({ ...row, endsAt: at, status: "Cancelled", exitCode: -1 });
      }
    },
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

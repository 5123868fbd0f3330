import type * as sdk from "@aws-sdk/client-ssm";
import {
  type Command,
  InvalidCommandId,
  InvalidDocument,
  InvalidFilterKey,
  InvalidInstanceId,
  InvalidNextToken,
  InvocationDoesNotExist,
} from "@aws-sdk/client-ssm";
import { stableUuid } from "../../engine/ids";
import { pageOf } from "../../engine/page";
import { runBash } from "../../factory/shell/bash-run";
import type { Machine, ScriptResult } from "../../factory/shell/machine";
import { runPowerShell } from "../../factory/shell/powershell-run";
import type { Handlers } from "../../wire/contract";
import type { AgentRow, CommandRow, SsmStore } from "./store";

type Ssm = Handlers<typeof sdk, SsmStore>;

const LONGEST_OUTPUT = 24_000;
const PLUGINS: Record<string, string> = {
  "AWS-RunShellScript": "aws:runShellScript",
  "AWS-RunPowerShellScript": "aws:runPowerShellScript",
};

/** Commands that Image Builder's builds run on their instances, and those that callers send. */
export const commands = {
  SendCommand({ store, now, requestId }, input) {
    const { DocumentName = "", InstanceIds = [], Parameters = {}, Comment } = input;
    if (!(DocumentName in PLUGINS)) {
      throw new InvalidDocument({
        message: `Document with name ${DocumentName} does not exist.`,
        $metadata: {},
      });
    }
    const agents = InstanceIds.map((id) => store.agents.get(id));
    if (agents.length === 0 || agents.some((agent) => !agent?.isOnline)) {
      const message = `Instances [[${InstanceIds.join(", ")}]] not in a valid state for account ${store.account}`;
      throw new InvalidInstanceId({ message, $metadata: {} });
    }
    const commandId = stableUuid(requestId);
    const script = (Parameters.commands ?? []).join("\n");
    for (const agent of agents) {
      if (!agent) continue;
      const { durationMs, exitCode, output, stderr } = runScript(store, agent, script, now);
      store.putCommand({
        commandId,
        instanceId: agent.instanceId,
        documentName: DocumentName,
        sentAt: now,
        endsAt: now + durationMs,
        status: exitCode === 0 ? "Success" : "Failed",
        exitCode,
        stdout: output,
        stderr,
        ...(Comment && { comment: Comment }),
      });
    }
    const rows = store.commands.list((row) => row.commandId === commandId);
    return { Command: describeCommand(rows, now, Parameters) };
  },

  GetCommandInvocation({ store, now }, { CommandId = "", InstanceId = "" }) {
    const row = store.commands.get(`${CommandId} ${InstanceId}`);
    if (!row) throw new InvocationDoesNotExist({ message: "", $metadata: {} });
    const status = statusOf(row, now);
    const isOver = status !== "InProgress";
    return {
      CommandId,
      InstanceId,
      Comment: row.comment ?? "",
      DocumentName: row.documentName,
      DocumentVersion: "$DEFAULT",
      PluginName: PLUGINS[row.documentName] ?? "aws:runShellScript",
      ResponseCode: isOver ? row.exitCode : -1,
      ExecutionStartDateTime: new Date(row.sentAt).toISOString(),
      ...(isOver && {
        ExecutionElapsedTime: `PT${(row.endsAt - row.sentAt) / 1000}S`,
        ExecutionEndDateTime: new Date(row.endsAt).toISOString(),
      }),
      Status: status,
      StatusDetails: status,
      StandardOutputContent: isOver ? row.stdout.slice(0, LONGEST_OUTPUT) : "",
      StandardOutputUrl: "",
      StandardErrorContent: isOver ? row.stderr.slice(0, LONGEST_OUTPUT) : "",
      StandardErrorUrl: "",
    };
  },

  ListCommandInvocations({ store, now }, input) {
    const rows = wantedRows(store, input);
    const { items, nextToken } = ssmPage(rows, input);
    return {
      CommandInvocations: items.map((row) => ({
        CommandId: row.commandId,
        InstanceId: row.instanceId,
        InstanceName: "",
        Comment: row.comment ?? "",
        DocumentName: row.documentName,
        DocumentVersion: "$DEFAULT",
        RequestedDateTime: new Date(row.sentAt),
        Status: statusOf(row, now),
        StatusDetails: statusOf(row, now),
        CommandPlugins: input.Details
          ? [
              {
                Name: PLUGINS[row.documentName] ?? "aws:runShellScript",
                Status: statusOf(row, now),
                StatusDetails: statusOf(row, now),
                ResponseCode: row.exitCode,
                ResponseStartDateTime: new Date(row.sentAt),
                ResponseFinishDateTime: new Date(row.endsAt),
                Output: (row.stdout || row.stderr).slice(0, 2500),
              },
            ]
          : [],
      })),
      NextToken: nextToken,
    };
  },

  ListCommands({ store, now }, input) {
    const rows = wantedRows(store, input);
    const ids = [...new Set(rows.map(({ commandId }) => commandId))];
    const { items, nextToken } = ssmPage(ids, input);
    return {
      Commands: items.map((id) =>
        describeCommand(
          rows.filter(({ commandId }) => commandId === id),
          now,
        ),
      ),
      NextToken: nextToken,
    };
  },

  DescribeInstanceInformation({ store }, input) {
    const { items, nextToken } = ssmPage(wantedAgents(store, input), input);
    return {
      InstanceInformationList: items.map(({ instanceId, platform, isOnline, since }) => ({
        InstanceId: instanceId,
        PingStatus: isOnline ? ("Online" as const) : ("ConnectionLost" as const),
        LastPingDateTime: new Date(since),
        AgentVersion: "3.3.859.0",
        IsLatestVersion: true,
        PlatformType: platform === "macOS" ? ("MacOS" as const) : platform,
        ResourceType: "EC2Instance" as const,
      })),
      NextToken: nextToken,
    };
  },
} satisfies Partial<Ssm>;

const AGENT_FIELDS: Record<string, (row: AgentRow) => string> = {
  InstanceIds: ({ instanceId }) => instanceId,
  PingStatus: ({ isOnline }) => (isOnline ? "Online" : "ConnectionLost"),
  PlatformTypes: ({ platform }) => (platform === "macOS" ? "MacOS" : platform),
  ResourceType: () => "EC2Instance",
};

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstanceInformationStringFilter.html */
function wantedAgents(
  store: SsmStore,
  { Filters = [] }: { Filters?: sdk.InstanceInformationStringFilter[] },
) {
  return Filters.reduce((rows, { Key = "", Values = [] }) => {
    const field = AGENT_FIELDS[Key];
    if (!field) throw new InvalidFilterKey({ message: "", $metadata: {} });
    return rows.filter((row) => Values.includes(field(row)));
  }, store.agents.list());
}

function statusOf(row: CommandRow, now: number): "InProgress" | CommandRow["status"] {
  return now < row.endsAt ? "InProgress" : row.status;
}

interface Wanted {
  CommandId?: string | undefined;
  InstanceId?: string | undefined;
}

function wantedRows(store: SsmStore, { CommandId, InstanceId }: Wanted): CommandRow[] {
  const rows = store.commands.list(
    (row) =>
      (CommandId === undefined || row.commandId === CommandId) &&
      (InstanceId === undefined || row.instanceId === InstanceId),
  );
  if (CommandId !== undefined && rows.length === 0)
    throw new InvalidCommandId({ message: "", $metadata: {} });
  return rows.sort((left, right) => right.sentAt - left.sentAt);
}

function describeCommand(
  rows: readonly CommandRow[],
  now: number,
  parameters?: Record<string, string[]>,
): Command {
  const [first] = rows;
  const statuses = rows.map((row) => statusOf(row, now));
  const count = (status: string) => statuses.filter((one) => one === status).length;
  const failed = statuses.find((status) => status !== "Success" && status !== "InProgress");
  const status: ReturnType<typeof statusOf> = statuses.includes("InProgress")
    ? "InProgress"
    : (failed ?? "Success");
  return {
    CommandId: first?.commandId,
    DocumentName: first?.documentName,
    Comment: first?.comment ?? "",
    ...(parameters && { Parameters: parameters }),
    InstanceIds: rows.map(({ instanceId }) => instanceId),
    RequestedDateTime: new Date(first?.sentAt ?? now),
    Status: status,
    StatusDetails: status,
    TargetCount: rows.length,
    CompletedCount: rows.length - count("InProgress"),
    ErrorCount: count("Failed"),
  };
}

/** The same machine that plays the scripts of component documents; nothing is executed. */
function runScript(store: SsmStore, agent: AgentRow, script: string, now: number): ScriptResult {
  const { platform, osVersion, instanceId, imageId } = agent;
  const machine: Machine = {
    platform,
    osVersion: osVersion ?? (platform === "Linux" ? "Amazon Linux 2023" : platform),
    region: store.region,
    accountId: store.account,
    instanceId,
    imageId,
    epochMs: now,
    files: new Map(),
    key: `${instanceId}/${now}`,
    restarts: 0,
  };
  return platform === "Windows" ? runPowerShell(script, machine) : runBash(script, machine, 0);
}

function ssmPage<Row>(
  rows: Row[],
  { NextToken, MaxResults }: { NextToken?: string | undefined; MaxResults?: number | undefined },
) {
  return pageOf(
    rows,
    { nextToken: NextToken, maxResults: MaxResults },
    {
      defaultSize: 50,
      refuse: () => {
        throw new InvalidNextToken({ message: "The specified token is not valid.", $metadata: {} });
      },
    },
  );
}

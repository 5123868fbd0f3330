import "server-only";
import { DescribeInstanceInformationCommand } from "@aws-sdk/client-ssm";
import { useCase } from "@/lib/use-case/use-case";
import { machineOfStep } from "./machine-of-step";
import { stepOfBuildSchema } from "./schemas";
import type { AgentEvidence } from "./types";

const FRESH_FOR_MS = 5_000;

/**
 * Whether the Systems Manager agent of a step's instance has reported, and when last.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeInstanceInformation.html
 */
export const readAgentStatus = useCase(
  "read-agent-status",
  stepOfBuildSchema,
  async ({ ctx, input }): Promise<AgentEvidence> => {
    const { instanceId } = await machineOfStep(ctx, input);
    const Filters = [{ Key: "InstanceIds", Values: [instanceId] }];
    const command = new DescribeInstanceInformationCommand({ Filters });
    const { InstanceInformationList = [] } = await ctx.aws.ssm.read(command, { freshForMs: FRESH_FOR_MS });
    const found = InstanceInformationList.find(({ InstanceId }) => InstanceId === instanceId);
    return {
      instanceId,
      isKnown: found !== undefined,
      pingStatus: found?.PingStatus,
      lastPingAt: found?.LastPingDateTime?.toISOString(),
      agentVersion: found?.AgentVersion,
    };
  },
);

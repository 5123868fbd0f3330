import "server-only";
import { BatchGetAccountStatusCommand, type State } from "@aws-sdk/client-inspector2";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { ScanActivation, ScanState } from "./types";

const FRESH_FOR_MS = 30_000;

/**
 * Whether Amazon Inspector scans the target's account in its Region. Throws what AWS refuses.
 * https://docs.aws.amazon.com/inspector/v2/APIReference/API_BatchGetAccountStatus.html
 */
export async function readScanActivation({ aws, target }: UseCaseContext): Promise<ScanActivation> {
  const command = new BatchGetAccountStatusCommand({ accountIds: [target.accountId] });
  const { accounts = [] } = await aws.inspector.read(command, { freshForMs: FRESH_FOR_MS });
  const own = accounts.find(({ accountId }) => accountId === target.accountId);
  return { ec2: stateOf(own?.resourceState?.ec2), ecr: stateOf(own?.resourceState?.ecr) };
}

function stateOf(state: State | undefined): ScanState {
  switch (state?.status) {
    case "ENABLED":
      return "on";
    case "DISABLED":
    case "SUSPENDED":
      return "off";
    case "ENABLING":
    case "DISABLING":
    case "SUSPENDING":
      return "changing";
    default:
      return "unknown";
  }
}

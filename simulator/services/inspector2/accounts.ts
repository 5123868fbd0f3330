import type * as sdk from "@aws-sdk/client-inspector2";
import {
  type Account,
  type FailedAccount,
  ResourceScanType,
  type State,
  Status,
} from "@aws-sdk/client-inspector2";
import type { Handlers } from "../../wire/contract";
import type { InspectorStore } from "./store";

type Inspector = Handlers<typeof sdk, InspectorStore>;

/** Lambda and code repositories are remembered and not told: images have none. `resourceTypes` of Disable that is left out means all of them. */
const ALL = Object.values(ResourceScanType);

export const accounts = {
  /** https://docs.aws.amazon.com/inspector/v2/APIReference/API_BatchGetAccountStatus.html */
  BatchGetAccountStatus({ store }, { accountIds }) {
    const [own, others] = split(store, accountIds);
    return {
      accounts: own.map((accountId) => {
        const [ec2, ecr] = [store.scans("EC2"), store.scans("ECR")];
        return {
          accountId,
          state: state(ec2 || ecr, "Inspector"),
          resourceState: { ec2: state(ec2, "EC2 scanning"), ecr: state(ecr, "ECR scanning") },
        };
      }),
      failedAccounts: others,
    };
  },

  /** https://docs.aws.amazon.com/inspector/v2/APIReference/API_Enable.html */
  Enable: ({ store }, { accountIds, resourceTypes = [] }) => turn(store, accountIds, resourceTypes, true),

  /** https://docs.aws.amazon.com/inspector/v2/APIReference/API_Disable.html */
  Disable: ({ store }, { accountIds, resourceTypes }) =>
    turn(store, accountIds, resourceTypes?.length ? resourceTypes : ALL, false),
} satisfies Partial<Inspector>;

function turn(
  store: InspectorStore,
  accountIds: string[] | undefined,
  types: ResourceScanType[],
  isEnabled: boolean,
): { accounts: Account[]; failedAccounts: FailedAccount[] } {
  const [own, others] = split(store, accountIds);
  if (own.length > 0) for (const type of types) store.scanTypes.put({ type, isEnabled });
  const [ec2, ecr] = [store.scans("EC2"), store.scans("ECR")];
  return {
    accounts: own.map((accountId) => ({
      accountId,
      status: statusOf(ec2 || ecr),
      resourceStatus: { ec2: statusOf(ec2), ecr: statusOf(ecr) },
    })),
    failedAccounts: others,
  };
}

/** The account that calls, and the others, which only a delegated administrator may ask about. */
function split({ account }: InspectorStore, asked: string[] | undefined): [string[], FailedAccount[]] {
  const ids = asked?.length ? asked : [account];
  return [
    ids.filter((id) => id === account),
    ids
      .filter((id) => id !== account)
      .map((accountId) => ({
        accountId,
        errorCode: "ACCESS_DENIED" as const,
        errorMessage: "Only the delegated administrator of Amazon Inspector can ask about other accounts.",
      })),
  ];
}

const statusOf = (isEnabled: boolean) => (isEnabled ? Status.ENABLED : Status.DISABLED);

/** Differs from AWS: what it says of scanning that is off, beside DISABLED, stands on no page. */
const state = (isEnabled: boolean, what: string): State =>
  ({
    status: statusOf(isEnabled),
    ...(isEnabled && { errorCode: "ALREADY_ENABLED", errorMessage: `${what} is already enabled` }),
  }) as State;

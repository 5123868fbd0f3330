import { formatArn, partitionOf } from "@/lib/core/arn";

type Statement = { Effect?: string; Principal?: "*" | { AWS?: string | string[] } };

/**
 * The resource policy that lets accounts see an image and build on it:
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-shared-resources.html
 */
export function policyFor(arn: string, region: string, accounts: readonly string[]): string {
  const principals = accounts.map((accountId) =>
    formatArn({ partition: partitionOf(region), service: "iam", region: "", accountId, resource: "root" }),
  );
  const statement = {
    Effect: "Allow",
    Principal: { AWS: principals },
    Action: ["imagebuilder:GetImage", "imagebuilder:ListImages"],
    Resource: [arn],
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: accounts.length > 0 ? [statement] : [] });
}

/** The accounts that a policy lets in, whoever wrote it. */
export function accountsIn(policy: string | undefined): string[] {
  const found = new Set<string>();
  try {
    const { Statement = [] } = JSON.parse(policy ?? "{}") as { Statement?: Statement | Statement[] };
    for (const { Effect, Principal } of [Statement].flat()) {
      if (Effect !== "Allow" || typeof Principal !== "object") continue;
      for (const principal of [Principal.AWS ?? []].flat()) {
        const [account] = /(?<!\d)\d{12}(?!\d)/.exec(principal) ?? [];
        if (account) found.add(account);
      }
    }
  } catch {
    // A policy that is not JSON lets nobody in.
  }
  return [...found].toSorted();
}

import "server-only";
import { ListInstanceProfilesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { collectPages } from "@/lib/aws/paginate";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { ChoiceList } from "./types";

const FRESH_FOR_MS = 30_000;
const PAGE = 1000;

export async function instanceProfileChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  const profiles = await collectPages({
    load: async (Marker) => {
      const command = new ListInstanceProfilesCommand({ MaxItems: PAGE, Marker });
      const page = await aws.iam.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.InstanceProfiles, next: page.IsTruncated ? page.Marker : undefined };
    },
  });
  return {
    choices: profiles.map(({ InstanceProfileName = "", Roles }) => ({
      value: InstanceProfileName,
      label: InstanceProfileName,
      detail: Roles && (Roles[0]?.RoleName ? `role ${Roles[0].RoleName}` : "has no role"),
    })),
  };
}

/** Roles by name, with the services that may assume them; service-linked ones cannot be given away. */
export async function roleChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  const roles = await collectPages({
    load: async (Marker) => {
      const command = new ListRolesCommand({ MaxItems: PAGE, Marker });
      const page = await aws.iam.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.Roles, next: page.IsTruncated ? page.Marker : undefined };
    },
  });
  return {
    choices: roles
      .filter(({ Path = "" }) => !Path.startsWith("/aws-service-role/"))
      .map(({ RoleName = "", Arn = "", AssumeRolePolicyDocument: policy }) => {
        const trustedServices = policy === undefined ? undefined : trustedBy(policy);
        return {
          value: Arn,
          label: RoleName,
          detail: trustedServices?.length ? `trusts ${trustedServices.join(", ")}` : undefined,
          trustedServices,
        };
      }),
  };
}

/** The services a trust policy names; IAM gives the policy URL-encoded. */
export function trustedBy(policy: string): string[] {
  try {
    const { Statement = [] } = JSON.parse(decodeURIComponent(policy)) as { Statement?: Statement[] };
    return [
      ...new Set(
        [Statement].flat().flatMap(({ Effect, Principal }) => {
          if (Effect !== "Allow" || typeof Principal !== "object") return [];
          return Principal.Service ?? [];
        }),
      ),
    ];
  } catch {
    return [];
  }
}

type Statement = { Effect?: string; Principal?: string | { Service?: string | string[] } };

import "server-only";
import { DescribeRepositoriesCommand } from "@aws-sdk/client-ecr";
import { ListAliasesCommand, ListKeysCommand } from "@aws-sdk/client-kms";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { ListTopicsCommand } from "@aws-sdk/client-sns";
import { collectPages } from "@/lib/aws/paginate";
import { parseArn } from "@/lib/core/arn";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { ChoiceList } from "./types";

const FRESH_FOR_MS = 10_000;

/** Keys by their aliases, then those without one. AWS's own keys cannot be used across accounts. */
export async function kmsKeyChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  const { value: aliases, reason: noAliases } = await unlessFailed(
    collectPages({
      load: async (Marker) => {
        const page = await aws.kms.read(new ListAliasesCommand({ Marker, Limit: 100 }), {
          freshForMs: FRESH_FOR_MS,
        });
        return { items: page.Aliases, next: page.Truncated ? page.NextMarker : undefined };
      },
    }),
    [],
  );
  const { value: keys, reason: noKeys } = await unlessFailed(
    collectPages({
      load: async (Marker) => {
        const page = await aws.kms.read(new ListKeysCommand({ Marker, Limit: 1000 }), {
          freshForMs: FRESH_FOR_MS,
        });
        return { items: page.Keys, next: page.Truncated ? page.NextMarker : undefined };
      },
    }),
    [],
  );
  const aliased = new Set(aliases.map(({ TargetKeyId }) => TargetKeyId));
  const choices = [
    ...aliases
      // AWS reserves names for keys that it makes at their first use.
      .filter(({ TargetKeyId }) => TargetKeyId !== undefined)
      .map(({ AliasArn = "", AliasName = "", TargetKeyId }) => ({
        value: AliasArn,
        label: AliasName.replace(/^alias\//, ""),
        detail: TargetKeyId,
        group: AliasName.startsWith("alias/aws/") ? "AWS managed, this account only" : "Customer managed",
      })),
    ...keys
      .filter(({ KeyId }) => !aliased.has(KeyId))
      .map(({ KeyId = "", KeyArn = "" }) => ({ value: KeyArn, label: KeyId, group: "Without an alias" })),
  ];
  const reasons = [noAliases, noKeys].filter(Boolean).join(" ");
  return {
    choices: choices.toSorted((a, b) => rank(a.group) - rank(b.group)),
    reason: reasons || undefined,
  };
}

const rank = (group: string) =>
  ["Customer managed", "Without an alias", "AWS managed, this account only"].indexOf(group);

/** Standard topics: Image Builder does not publish to FIFO ones. */
export async function topicChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  const topics = await collectPages({
    load: async (NextToken) => {
      const page = await aws.sns.read(new ListTopicsCommand({ NextToken }), { freshForMs: FRESH_FOR_MS });
      return { items: page.Topics, next: page.NextToken };
    },
  });
  return {
    choices: topics
      .flatMap(({ TopicArn = [] }) => TopicArn)
      .map((arn) => ({ value: arn, label: parseArn(arn)?.resource ?? arn, detail: arn }))
      .filter(({ label }) => !label.endsWith(".fifo")),
  };
}

export async function bucketChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  const buckets = await collectPages({
    load: async (ContinuationToken) => {
      const command = new ListBucketsCommand({ MaxBuckets: 1000, ContinuationToken });
      const page = await aws.s3.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.Buckets, next: page.ContinuationToken };
    },
  });
  return {
    choices: buckets.map(({ Name = "", BucketRegion }) => ({
      value: Name,
      label: Name,
      detail: BucketRegion,
    })),
  };
}

export async function repositoryChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  const repositories = await collectPages({
    load: async (nextToken) => {
      const command = new DescribeRepositoriesCommand({ maxResults: 1000, nextToken });
      const page = await aws.ecr.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.repositories, next: page.nextToken };
    },
  });
  return {
    choices: repositories.map(({ repositoryName = "", repositoryUri }) => ({
      value: repositoryName,
      label: repositoryName,
      detail: repositoryUri,
    })),
  };
}

import "server-only";
import { ListServiceQuotasCommand } from "@aws-sdk/client-service-quotas";
import { collectPages } from "@/lib/aws/paginate";
import type { ResourceKind } from "@/lib/core/resource-names";
import type { DistributionInput } from "@/lib/definitions/distribution-schemas";
import { allResources } from "@/lib/image-builder/resources/all-resources";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { PreflightParts } from "./read-subject";
import type { PreflightCheck } from "./types";

const FRESH_FOR_MS = 600_000;
/** As AWS calls it: https://docs.aws.amazon.com/general/latest/gr/imagebuilder.html */
const PER_RECIPE = "Components per image recipe";
/** From this share on it is worth a word before it is reached. */
const NEARLY = 0.9;
/** Kinds by the names that Service Quotas gives their limits. */
const KIND_OF: Record<string, ResourceKind> = {
  "Image pipelines": "image-pipeline",
  "Image recipes": "image-recipe",
  "Container recipes": "container-recipe",
  Components: "component",
  "Infrastructure configurations": "infrastructure-configuration",
  "Distribution configurations": "distribution-configuration",
};

/** There is room for what is going to be created, and a recipe has no more components than the account allows. */
export async function checkQuotas(ctx: UseCaseContext, parts: PreflightParts): Promise<PreflightCheck[]> {
  const quotas = await collectPages({
    load: async (NextToken) => {
      const command = new ListServiceQuotasCommand({ ServiceCode: "imagebuilder", NextToken });
      const page = await ctx.aws.serviceQuotas.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.Quotas, next: page.NextToken };
    },
  });
  const limitOf = (name: string) =>
    quotas.find(({ QuotaName = "" }) => QuotaName.toLowerCase() === name.toLowerCase())?.Value;

  const counted = await Promise.all(
    parts.creates.flatMap((name) => {
      const kind = KIND_OF[name];
      const limit = limitOf(name);
      if (!kind || limit === undefined) return [];
      const create = name === "Components" ? parts.newComponents.length : 1;
      return [allResources(ctx, kind).then((rows) => ({ name, limit, count: rows.length + create }))];
    }),
  );
  const { components = [] } = parts.recipe as { components?: unknown[] };
  const perRecipe = limitOf(PER_RECIPE);
  const perRegion = mostInARegion(parts.distribution as Partial<DistributionInput>).flatMap((row) => {
    const limit = limitOf(row.name);
    return limit === undefined || row.count === 0 ? [] : [{ ...row, limit }];
  });
  const rows = [
    ...counted,
    ...perRegion,
    ...(perRecipe === undefined ? [] : [{ name: PER_RECIPE, limit: perRecipe, count: components.length }]),
  ];
  const unread = [...parts.creates, PER_RECIPE].filter((name) => limitOf(name) === undefined);
  if (rows.length === 0 || unread.length === parts.creates.length + 1)
    return [
      {
        id: "quotas",
        step: "details",
        state: "unknown",
        title: "Can't check the account's quotas",
        evidence: [`Service Quotas returns no value for ${unread.join(", ")}.`],
      },
    ];

  const over = rows.filter(({ count, limit }) => count > limit);
  const near = rows.filter(({ count, limit }) => count > limit * NEARLY);
  const evidence = rows.map(({ name, limit, count }) => `${name}: ${count} of ${limit}, with this one.`);
  const base = { id: "quotas", step: "details" as const, evidence };
  const fix = "Request an increase in Service Quotas, or delete unused resources.";
  if (over.length > 0) return [{ ...base, state: "problem", title: `Quota reached: ${namesOf(over)}`, fix }];
  if (near.length > 0)
    return [{ ...base, state: "warning", title: `Quota nearly reached: ${namesOf(near)}`, fix }];
  if (unread.length > 0)
    return [
      {
        ...base,
        state: "unknown",
        title: `Can't check these quotas: ${unread.join(", ")}`,
        evidence: [...evidence, "Service Quotas returns no value for the others."],
      },
    ];
  return [{ ...base, state: "ok", title: "Quotas are sufficient" }];
}

/** What a distribution configuration has most of in one Region, by the quotas' names. */
function mostInARegion({ distributions = [] }: Partial<DistributionInput>) {
  const most = (counts: number[]) => Math.max(0, ...counts);
  return [
    {
      name: "Launch templates modified per distribution configuration Region",
      count: most(
        distributions.map(({ launchTemplateConfigurations = [] }) => launchTemplateConfigurations.length),
      ),
    },
    {
      name: "SSM Parameters updated per distribution configuration Region",
      count: most(
        distributions.map(({ ssmParameterConfigurations = [] }) => ssmParameterConfigurations.length),
      ),
    },
  ];
}

const namesOf = (rows: { name: string }[]) => rows.map(({ name }) => name).join(", ");

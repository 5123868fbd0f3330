import "server-only";
import { ListServiceQuotasCommand } from "@aws-sdk/client-service-quotas";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import { DAY_MS } from "@/lib/core/time";

/**
 * How many GetLogEvents calls a second AWS allows the account, from Service Quotas: 10 to 25, by Region. Undefined
 * where it cannot be read. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export async function allowedLogReads({ serviceQuotas }: Pick<AwsAccess, "serviceQuotas">) {
  try {
    const quotas = await collectPages({
      load: async (NextToken) => {
        const command = new ListServiceQuotasCommand({ ServiceCode: "logs", NextToken });
        const page = await serviceQuotas.read(command, { freshForMs: DAY_MS });
        return { items: page.Quotas, next: page.NextToken };
      },
    });
    return quotas.find(({ QuotaName = "" }) => /^GetLogEvents\b/.test(QuotaName))?.Value;
  } catch {
    // A role need not be allowed to look at quotas: then the console stays below the lowest one.
    return undefined;
  }
}

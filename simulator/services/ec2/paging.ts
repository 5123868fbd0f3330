import { pageOf } from "../../engine/page";
import { AwsError } from "../../wire/contract";

/** A page under EC2's names; everything on one page when no size is asked for. */
export function ec2Page<Row>(
  rows: Row[],
  input: { MaxResults?: number | undefined; NextToken?: string | undefined },
) {
  const page = pageOf(
    rows,
    { nextToken: input.NextToken, maxResults: input.MaxResults },
    { defaultSize: 1000, refuse },
  );
  return { rows: page.items, NextToken: page.nextToken };
}

function refuse(): never {
  throw new AwsError("InvalidNextToken", "The token is not valid");
}

/** Refuses a call whose `DryRun` is set, as EC2 does to say that it would have worked. */
export function refuseDryRun(input: { DryRun?: boolean | undefined }): void {
  if (!input.DryRun) return;
  throw new AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
}

/** Refuses a client token that comes with another request than before: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html */
export function refuseOtherRequest(): never {
  throw new AwsError(
    "IdempotentParameterMismatch",
    "The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical",
  );
}

/** `InvalidAMIID.NotFound` and its kin. */
export function requireIds<Row>(
  ids: string[] | undefined,
  found: (id: string) => Row | undefined,
  error: { code: string; what: string; prefix: string },
): Row[] | undefined {
  return ids?.map((id) => {
    const row = found(id);
    if (row) return row;
    if (!id.startsWith(`${error.prefix}-`)) {
      throw new AwsError(
        error.code.replace("NotFound", "Malformed"),
        `Invalid id: "${id}" (expecting "${error.prefix}-...")`,
      );
    }
    throw new AwsError(error.code, `The ${error.what} '[${id}]' does not exist`);
  });
}

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

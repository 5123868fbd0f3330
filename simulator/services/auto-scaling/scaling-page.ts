import { InvalidNextToken } from "@aws-sdk/client-auto-scaling";
import { pageOf } from "../../engine/page";

/** A page under Auto Scaling's names. */
export function scalingPage<Row>(
  rows: Row[],
  input: { NextToken?: string | undefined; MaxRecords?: number | undefined },
  defaultSize: number,
) {
  const refuse = () => {
    throw new InvalidNextToken({ message: "The NextToken value is not valid.", $metadata: {} });
  };
  return pageOf(rows, { nextToken: input.NextToken, maxResults: input.MaxRecords }, { defaultSize, refuse });
}

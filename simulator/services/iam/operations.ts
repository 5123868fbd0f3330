import type * as sdk from "@aws-sdk/client-iam";
import { pageOf } from "../../engine/page";
import { AwsError, type Handlers } from "../../wire/contract";
import type { IamStore } from "./store";

export type Iam = Handlers<typeof sdk, IamStore>;

/** A page under IAM's names. */
export function iamPage<Row>(
  rows: Row[],
  input: { Marker?: string | undefined; MaxItems?: number | undefined },
) {
  const request = { nextToken: input.Marker, maxResults: input.MaxItems };
  const { items, nextToken } = pageOf(rows, request, { defaultSize: 100, refuse });
  return { items, IsTruncated: nextToken !== undefined, Marker: nextToken };
}

function refuse(): never {
  throw new AwsError("ValidationError", "Invalid Marker");
}

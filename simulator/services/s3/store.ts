import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";

export interface BucketRow {
  name: string;
  region: string;
  createdAt: number;
}

export interface ObjectRow {
  bucket: string;
  key: string;
  body: Uint8Array;
  etag: string;
  contentType?: string | undefined;
  metadata: Record<string, string>;
  lastModifiedAt: number;
}

/** S3 of an account; buckets carry their Region. */
export interface S3Store {
  account: string;
  buckets: Table<BucketRow>;
  objects: Table<ObjectRow>;
}

export const objectKey = (bucket: string, key: string) => `${bucket}\n${key}`;

export function openS3Store(scope: Scope): S3Store {
  return {
    account: scope.account,
    buckets: scope.table("s3.buckets", (row) => row.name),
    objects: scope.table("s3.objects", (row) => objectKey(row.bucket, row.key)),
  };
}

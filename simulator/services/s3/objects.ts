import { createHash } from "node:crypto";
import type * as sdk from "@aws-sdk/client-s3";
import { BucketAlreadyOwnedByYou, NoSuchBucket, NoSuchKey } from "@aws-sdk/client-s3";
import { AwsError, type Handlers } from "../../wire/contract";
import { type BucketRow, type ObjectRow, objectKey, type S3Store } from "./store";

type S3 = Handlers<typeof sdk, S3Store>;

export const buckets = {
  CreateBucket({ store, region, now }, { Bucket: name = "", CreateBucketConfiguration }) {
    if (store.buckets.has(name)) {
      const message = "Your previous request to create the named bucket succeeded and you already own it.";
      throw new BucketAlreadyOwnedByYou({ message, $metadata: {} });
    }
    store.buckets.put({
      name,
      region: CreateBucketConfiguration?.LocationConstraint ?? region,
      createdAt: now,
    });
    return { Location: `/${name}` };
  },

  ListBuckets: ({ store, account }, { Prefix = "" }) => ({
    Buckets: store.buckets
      .list(({ name }) => name.startsWith(Prefix))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, region, createdAt }) => ({
        Name: name,
        BucketRegion: region,
        CreationDate: new Date(createdAt),
      })),
    Owner: { ID: account, DisplayName: account },
  }),

  HeadBucket({ store }, { Bucket = "" }) {
    const row = store.buckets.get(Bucket);
    if (!row) throw new AwsError("NotFound", "Not Found", 404);
    return { BucketRegion: row.region };
  },

  DeleteBucket({ store }, { Bucket }) {
    const { name } = requireBucket(store, Bucket);
    if (store.objects.find((row) => row.bucket === name)) {
      throw new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty", 409);
    }
    store.buckets.delete(name);
    return {};
  },

  ListObjectsV2({ store }, input) {
    const { Prefix = "", Delimiter, MaxKeys = 1000, ContinuationToken, StartAfter = "" } = input;
    const { name } = requireBucket(store, input.Bucket);
    const after = ContinuationToken ? Buffer.from(ContinuationToken, "base64url").toString() : StartAfter;
    const rows = store.objects
      .list((row) => row.bucket === name && row.key.startsWith(Prefix))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    // A folder counts as one entry, at the place of its name.
    const entries = new Map<string, ObjectRow | undefined>();
    for (const row of rows) {
      const end = Delimiter ? row.key.indexOf(Delimiter, Prefix.length) : -1;
      if (end < 0) entries.set(row.key, row);
      else entries.set(row.key.slice(0, end + (Delimiter ?? "").length), undefined);
    }
    const left = [...entries].filter(([key]) => key > after);
    const page = left.slice(0, MaxKeys);
    const IsTruncated = left.length > page.length;
    const last = page.at(-1)?.[0] ?? "";
    return {
      Name: name,
      Prefix,
      Delimiter,
      MaxKeys,
      KeyCount: page.length,
      IsTruncated,
      ContinuationToken,
      ...(IsTruncated && { NextContinuationToken: Buffer.from(last).toString("base64url") }),
      Contents: page.flatMap(([, row]) => (row ? [describeObject(row)] : [])),
      CommonPrefixes: page.flatMap(([key, row]) => (row ? [] : [{ Prefix: key }])),
    };
  },

  PutObject({ store, now }, { Bucket, Key: key = "", Body, ContentType, Metadata = {} }) {
    const { name } = requireBucket(store, Bucket);
    const body = Body instanceof Uint8Array ? Body : new Uint8Array();
    const etag = `"${createHash("md5").update(body).digest("hex")}"`;
    store.objects.put({
      bucket: name,
      key,
      body,
      etag,
      contentType: ContentType,
      metadata: Metadata,
      lastModifiedAt: now,
    });
    return { ETag: etag };
  },

  GetObject({ store }, { Bucket, Key, Range }) {
    const row = requireObject(store, Bucket, Key);
    const range = Range ? rangeOf(Range, row.body.length) : undefined;
    const body = range ? row.body.subarray(range.from, range.to + 1) : row.body;
    return {
      ...headersOf(row),
      // The wire takes bytes where the SDK's type has a stream.
      Body: body as never,
      ContentLength: body.length,
      ...(range && { ContentRange: `bytes ${range.from}-${range.to}/${row.body.length}` }),
    };
  },

  HeadObject({ store }, { Bucket, Key }) {
    const row = store.objects.get(objectKey(Bucket ?? "", Key ?? ""));
    if (!row) throw new AwsError("NotFound", "Not Found", 404);
    return { ...headersOf(row), ContentLength: row.body.length };
  },

  DeleteObject({ store }, { Bucket, Key = "" }) {
    store.objects.delete(objectKey(requireBucket(store, Bucket).name, Key));
    return {};
  },
} satisfies Partial<S3>;

function requireBucket(store: S3Store, name = ""): BucketRow {
  const row = store.buckets.get(name);
  if (!row) throw new NoSuchBucket({ message: "The specified bucket does not exist", $metadata: {} });
  return row;
}

function requireObject(store: S3Store, bucket: string | undefined, key = ""): ObjectRow {
  const row = store.objects.get(objectKey(requireBucket(store, bucket).name, key));
  if (!row) throw new NoSuchKey({ message: "The specified key does not exist.", $metadata: {} });
  return row;
}

function describeObject(row: ObjectRow) {
  return {
    Key: row.key,
    LastModified: new Date(row.lastModifiedAt),
    ETag: row.etag,
    Size: row.body.length,
    StorageClass: "STANDARD" as const,
  };
}

function headersOf(row: ObjectRow) {
  return {
    ETag: row.etag,
    LastModified: new Date(row.lastModifiedAt),
    ContentType: row.contentType ?? "application/octet-stream",
    AcceptRanges: "bytes",
    Metadata: row.metadata,
  };
}

/** `bytes=0-99`, `bytes=100-` or `bytes=-100`. */
function rangeOf(header: string, size: number): { from: number; to: number } {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header) ?? [];
  const from = first ? Number(first) : Math.max(0, size - Number(last));
  const to = first && last ? Math.min(Number(last), size - 1) : size - 1;
  if (from > to) throw new AwsError("InvalidRange", "The requested range is not satisfiable", 416);
  return { from, to };
}

import { objectKey } from "../s3/store";
import { invalidCombination, invalidValue } from "./exceptions";
import type { ImageBuilderStore } from "./store";

const S3_LIMIT_BYTES = 64 * 1024;

/** The text of a document, given inline or by an `s3://bucket/key` address, which is read once. */
export function documentText(
  store: ImageBuilderStore,
  source: { data?: string | undefined; uri?: string | undefined },
  names = { data: "data", uri: "uri" },
): string {
  if ((source.data === undefined) === (source.uri === undefined)) {
    invalidCombination(`You must specify exactly one of the parameters '${names.data}' and '${names.uri}'.`);
  }
  return source.data ?? readS3Text(store, source.uri ?? "", names.uri);
}

function readS3Text(store: ImageBuilderStore, uri: string, parameter: string): string {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (!bucket) invalidValue(parameter, "The URI must have the form s3://bucket/key.");
  const object = store.scope.here.s3.objects.get(objectKey(bucket, key));
  if (!object) return invalidValue(parameter, `The object '${uri}' does not exist or cannot be read.`);
  if (object.body.byteLength > S3_LIMIT_BYTES) {
    invalidValue(parameter, `The object '${uri}' is larger than ${S3_LIMIT_BYTES} bytes.`);
  }
  return new TextDecoder().decode(object.body);
}

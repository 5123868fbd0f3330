/** Each bucket is so much wider than the one before: what is told from its middle is off by 2% at most. */
export const BUCKET_GROWTH = 1.04;

/** The bucket of a duration; below a millisecond it is the first. */
export const bucketOf = (ms: number): number =>
  Math.floor(Math.log(Math.max(ms, 1)) / Math.log(BUCKET_GROWTH));

/** The duration that stands for a bucket: its geometric middle, in milliseconds. */
export const bucketMs = (bucket: number): number => Math.round(BUCKET_GROWTH ** (bucket + 0.5));

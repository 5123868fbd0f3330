/** Each bucket is so much wider than the one before: what is told from its middle is off by 2% at most. */
export const BUCKET_GROWTH = 1.04;

/** The bucket of a duration; below a millisecond it is the first. */
export const bucketOf = (ms: number): number =>
  Math.floor(Math.log(Math.max(ms, 1)) / Math.log(BUCKET_GROWTH));

/** The duration that stands for a bucket: its geometric middle, in milliseconds. */
export const bucketMs = (bucket: number): number => Math.round(BUCKET_GROWTH ** (bucket + 0.5));

/** Decimal digits that one bucket has in a histogram: fewer than a hundred million durations fit. */
export const BUCKET_DIGITS = 8;

/**
 * How often each duration occurred, as the digits of one number: eight a bucket, those of the first bucket last.
 * Adding two such numbers adds the counts of every bucket, so that `sum` of SQL adds up histograms.
 */
export type Histogram = string;

export type Bucket = { bucket: number; count: number };

/** The buckets of all histograms together that are not empty, the shortest durations first. */
export function bucketsOf(...histograms: Histogram[]): Bucket[] {
  const counts = new Map<number, number>();
  for (const digits of histograms)
    for (let end = digits.length, bucket = 0; end > 0; end -= BUCKET_DIGITS, bucket++) {
      const count = Number(digits.slice(Math.max(0, end - BUCKET_DIGITS), end));
      if (count > 0) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
    }
  return [...counts].map(([bucket, count]) => ({ bucket, count })).toSorted((a, b) => a.bucket - b.bucket);
}

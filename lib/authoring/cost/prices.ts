/**
 * List prices in US dollars of us-east-1, for estimates only: prices change, and other Regions, discounts and taxes
 * differ. https://aws.amazon.com/ec2/pricing/on-demand/ and https://aws.amazon.com/ebs/pricing/
 */

/** An hour of the `large` size on Linux, by family; other sizes are multiples of it. */
export const LARGE_HOUR: Record<string, number> = {
  t2: 0.0928,
  t3: 0.0832,
  t3a: 0.0752,
  t4g: 0.0672,
  m5: 0.096,
  m5a: 0.086,
  m6i: 0.096,
  m6a: 0.0864,
  m6g: 0.077,
  m7i: 0.1008,
  m7a: 0.1159,
  m7g: 0.0816,
  c5: 0.085,
  c6i: 0.085,
  c6g: 0.068,
  c7i: 0.0893,
  c7g: 0.0725,
  r5: 0.126,
  r6i: 0.126,
  r7i: 0.1323,
  r7g: 0.1071,
};

/** Sizes that families without a `large` have. */
export const WHOLE_HOUR: Record<string, number> = {
  "g4dn.xlarge": 0.526,
  "g5.xlarge": 1.006,
  "g6.xlarge": 0.8048,
};

export const SIZE_FACTOR: Record<string, number> = {
  nano: 1 / 16,
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
  xlarge: 2,
  "2xlarge": 4,
  "4xlarge": 8,
  "8xlarge": 16,
  "12xlarge": 24,
  "16xlarge": 32,
  "24xlarge": 48,
};

/** The license of Windows for two vCPUs, an hour. */
export const WINDOWS_LARGE_HOUR = { burstable: 0.0276, other: 0.092 };

/** A month of a gibibyte, by volume type. */
export const VOLUME_GIB_MONTH: Record<string, number> = {
  gp3: 0.08,
  gp2: 0.1,
  io1: 0.125,
  io2: 0.125,
  st1: 0.045,
  sc1: 0.015,
  standard: 0.05,
};
export const SNAPSHOT_GIB_MONTH = 0.05;
/** Out to another Region. */
export const TRANSFER_GIB = 0.02;

/**
 * CloudWatch, first tier of us-east-1: a custom metric for a month, counted by the hours in which it gets values; a
 * thousand requests that send values; an alarm and a dashboard for a month. Prices change; the page is:
 * https://aws.amazon.com/cloudwatch/pricing/
 */
export const CLOUDWATCH_PRICES = {
  page: "https://aws.amazon.com/cloudwatch/pricing/",
  metricMonth: 0.3,
  thousandRequests: 0.01,
  alarmMonth: 0.1,
  dashboardMonth: 3,
} as const;

/** The share of the calls for lists that goes to the list of pipelines, which is of no use in part. */
const PIPELINE_SHARE = 1 / 4;

/** Calls a minute that listing the pipelines of a target may take. */
export const pipelineListCallsPerMinute = (listCallsPerMinute: number): number =>
  listCallsPerMinute * PIPELINE_SHARE;

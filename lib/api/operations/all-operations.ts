import "server-only";
import type { Operation } from "../operation";
import { APPROVAL_OPERATIONS } from "./approval-operations";
import { BUILD_OPERATIONS } from "./build-operations";
import { FEED_OPERATIONS } from "./feed-operations";
import { IMAGE_OPERATIONS } from "./image-operations";
import { PIPELINE_OPERATIONS } from "./pipeline-operations";
import { ROLL_OUT_OPERATIONS } from "./roll-out-operations";

/** Everything that the API can do, in the order in which its document and its page tell it. */
export const OPERATIONS: readonly Operation[] = [
  ...PIPELINE_OPERATIONS,
  ...BUILD_OPERATIONS,
  ...APPROVAL_OPERATIONS,
  ...IMAGE_OPERATIONS,
  ...ROLL_OUT_OPERATIONS,
  ...FEED_OPERATIONS,
];

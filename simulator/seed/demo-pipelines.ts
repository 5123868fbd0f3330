import { NODE_PIPELINES } from "./demo-node-pipelines";
import { SERVER_PIPELINES } from "./demo-server-pipelines";

export const DEMO_PIPELINES = [...SERVER_PIPELINES, ...NODE_PIPELINES];

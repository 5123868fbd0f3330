import { uuidOf } from "../../factory/deterministic";
import type { BuildSnapshot } from "../../factory/types";
import { parentArn } from "./arns";
import { toImage } from "./image-build-answers";
import type { ImageBuildRow } from "./image-build-row";
import { timeOf } from "./image-build-state";
import type { PipelineRow } from "./resource-rows";
import type { ImageBuilderStore } from "./store";

/** Events of EventBridge reach every SQS queue whose name begins so; there are no rules to set up. */
const EVENT_QUEUE_PREFIX = "imagebuilder-events";

/** Tells what happened to a build after `sinceMs` of its own time: EventBridge always, SNS at its end. */
export function sendBuildMessages(
  store: ImageBuilderStore,
  build: ImageBuildRow,
  { transitions, waitingSteps }: BuildSnapshot,
  sinceMs: number,
): void {
  for (const [index, { status, reason, atMs }] of transitions.entries()) {
    if (atMs <= sinceMs) continue;
    const at = timeOf(build, atMs);
    const previous = transitions[index - 1]?.status;
    sendEvent(store, at, "EC2 Image Builder Image State Change", [build.arn], {
      ...(previous && { "previous-state": { status: previous } }),
      state: { status, ...(reason && { reason }) },
    });
    if (status === "AVAILABLE" || status === "FAILED") notify(store, build, at);
  }
  for (const step of waitingSteps.filter(({ startMs }) => startMs > sinceMs)) {
    const resources = [build.arn, step.workflowArn];
    sendEvent(store, timeOf(build, step.startMs), "EC2 Image Builder Workflow Step Waiting", resources, {
      "workflow-execution-id": step.workflowExecutionId,
      "workflow-step-execution-id": step.stepExecutionId,
      "workflow-step-name": step.name,
    });
  }
}

export function sendPipelineDisabled(
  store: ImageBuilderStore,
  pipeline: PipelineRow,
  at: number,
  failures: number,
): void {
  sendEvent(store, at, "EC2 Image Builder Image Pipeline Automatically Disabled", [pipeline.arn], {
    "consecutive-failures": String(failures),
  });
}

function sendEvent(
  store: ImageBuilderStore,
  at: number,
  detailType: string,
  resources: string[],
  detail: object,
): void {
  const { sqs } = store.scope.here;
  const id = uuidOf(`${detailType}/${resources.join()}/${at}`);
  const event = {
    version: "0",
    id,
    "detail-type": detailType,
    source: "aws.imagebuilder",
    account: store.account,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, "Z"),
    region: store.region,
    resources,
    detail,
  };
  for (const queue of sqs.queues.list(({ name }) => name.startsWith(EVENT_QUEUE_PREFIX))) {
    sqs.send(queue.arn, { id, body: JSON.stringify(event), sentAt: at });
  }
}

/** The image as JSON: https://docs.aws.amazon.com/imagebuilder/latest/userguide/integ-sns.html */
function notify(store: ImageBuilderStore, build: ImageBuildRow, at: number): void {
  const topicArn = build.infrastructure.snsTopicArn;
  if (!topicArn) return;
  const { version: _version, state, imageTestsConfiguration, ...image } = toImage(store, build, at);
  const message = {
    versionlessArn: parentArn(parentArn(build.arn)),
    ...image,
    version: build.version,
    buildVersion: build.buildNumber,
    state: { status: state?.status, reason: state?.reason },
    imageTestsConfigurationDocument: imageTestsConfiguration,
    dateCreated: spokenDate(build.startedAt),
    accountId: store.account,
  };
  store.scope.here.sns.publish(topicArn, { body: JSON.stringify(message), sentAt: at });
}

/** `Jul 28, 2022 1:13:45 AM` */
function spokenDate(at: number): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" })
    .format(at)
    .replace(/,(?=[^,]*$)/, "")
    .replaceAll("\u202f", " ");
}

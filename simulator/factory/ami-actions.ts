import { between } from "./deterministic";
import { failed } from "./instance-actions";
import { ownAmiName, ownHex } from "./own-text";
import type { StepCall, StepResult } from "./step-call";
import { faultOf, say } from "./timeline";

/** CreateImage: the build's own AMI, in its Region and account. It stays even if the build fails later. */
export function createImage(call: StepCall): StepResult {
  const { play, key, startMs } = call;
  const image = `ami-0${ownHex(play, `${key}/ami`)}`;
  // Differs from AWS: the lines of this step are not established.
  say(
    play,
    startMs + 1200,
    `Creating image from instance (instance id: ${String(call.inputs.instanceId ?? "")})`,
  );
  say(play, startMs + 2600, `Created image (image id: ${image})`);
  const windows = play.input.platform === "Windows";
  const durationMs = windows
    ? between(`${key}/image`, 500_000, 900_000)
    : between(`${key}/image`, 330_000, 600_000);
  const late = faultOf(play, "create-image-timeout") !== undefined;
  const limitMs = late ? call.step.timeoutSeconds * 1000 : durationMs;
  const polls = Math.min(Math.ceil(limitMs / 46_000), 90);
  for (let attempt = 1; attempt <= polls; attempt++) {
    say(
      play,
      startMs + 5000 + (attempt - 1) * 46_000,
      `Waiting for image availability (id: ${image}, expected state: ['available']). Attempt number: ${attempt}.`,
    );
  }
  if (late) return failed(startMs + Math.min(limitMs, polls * 46_000), `Step ${call.step.name} timed out`);
  const endMs = startMs + durationMs;
  return { endMs, outputs: makeAmi(call, image, endMs) };
}

/** RegisterImage and CreateImageFromIso. */
export function registerImage(call: StepCall): StepResult {
  const endMs = call.startMs + between(`${call.key}/register`, 60_000, 180_000);
  return { endMs, outputs: makeAmi(call, `ami-0${ownHex(call.play, `${call.key}/ami`)}`, endMs) };
}

function makeAmi({ play }: StepCall, image: string, atMs: number): { imageId: string } {
  const own = play.input.distribution?.find((target) => target.region === play.region);
  play.outputImageId = image;
  play.imageFiles = play.machineFiles;
  play.timeline.artifacts.push({
    atMs,
    kind: "ami",
    distributed: false,
    ami: {
      region: play.region,
      accountId: play.accountId,
      image,
      name: ownAmiName(play, own?.amiName),
      ...(own?.amiDescription ? { description: own.amiDescription } : {}),
    },
  });
  return { imageId: image };
}

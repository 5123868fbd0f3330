import { dnsSuffixOf } from "../engine/partitions";
import { configureImages } from "./configure-images";
import { between } from "./deterministic";
import { copyFailure, regionFailures } from "./distribution-faults";
import { ownAmiName, ownHex, ownNumber } from "./own-text";
import type { StepCall, StepResult } from "./step-call";
import { enter, say } from "./timeline";
import type { DistributionInput, OutputAmi, RegionFailure } from "./types";

/** The Regions a build distributes to: at least its own. */
function targetsOf({ play }: StepCall): DistributionInput[] {
  const given = play.input.distribution;
  return given && given.length > 0 ? given : [{ region: play.region }];
}

/** DistributeImage: one AMI for each Region and target account. The build's own AMI serves its own place. */
export function distributeImage(call: StepCall): StepResult {
  const { play, key, startMs } = call;
  const failures: RegionFailure[] = [];
  const amis: OutputAmi[] = [];
  let endMs = startMs + 2500;
  for (const target of targetsOf(call)) {
    const accounts = target.targetAccountIds?.length ? target.targetAccountIds : [play.accountId];
    for (const accountId of accounts) {
      const home = target.region === play.region && accountId === play.accountId;
      const place = `${key}/${play.attempt}/${target.region}/${accountId}`;
      const doneMs = startMs + (home ? between(place, 2000, 6000) : between(place, 180_000, 420_000));
      // Differs from AWS: the lines of this stage are not established.
      say(
        play,
        startMs + 1000,
        `Distributing image ${play.outputImageId ?? ""} to Region ${target.region} and account ${accountId}`,
      );
      const refused = copyFailure(call, target, accountId);
      if (refused) {
        failures.push(refused);
        say(
          play,
          startMs + 9000,
          `Failed to distribute image to Region ${target.region} and account ${accountId}: ${refused.errorMessage}`,
        );
        endMs = Math.max(endMs, startMs + 9000);
        continue;
      }
      const image = home && play.outputImageId ? play.outputImageId : `ami-0${ownHex(play, place)}`;
      const ami = {
        region: target.region,
        accountId,
        image,
        name: ownAmiName(play, target.amiName),
        ...(target.amiDescription ? { description: target.amiDescription } : {}),
      };
      amis.push(ami);
      play.timeline.artifacts.push({
        atMs: doneMs,
        kind: "ami",
        ami,
        distributed: true,
        distribution: target,
        ...(play.outputImageId ? { sourceImage: play.outputImageId } : {}),
      });
      say(play, doneMs, `Distributed image ${image} to Region ${target.region} and account ${accountId}`);
      endMs = Math.max(endMs, doneMs);
    }
  }
  const outputs = {
    distributedImages: amis.map(({ region, accountId, image }) => ({ region, accountId, imageId: image })),
  };
  if (failures.length === 0) return { endMs, outputs };
  return {
    endMs,
    outputs,
    failure: { ...regionFailures(call, failures), message: failures[0]?.errorMessage ?? "" },
  };
}

/** ApplyImageConfigurations: what follows the copies. The image is INTEGRATING meanwhile. */
export function applyImageConfigurations(call: StepCall): StepResult {
  enter(call.play, call.startMs, "INTEGRATING");
  return configureImages(call, targetsOf(call));
}

export function modifyImageAttributes(call: StepCall): StepResult {
  return { endMs: call.startMs + between(`${call.key}/attributes`, 2000, 8000) };
}

/** DistributeContainerImage: pushes the image from the build instance to each Region's repository. */
export function distributeContainerImage(call: StepCall): StepResult {
  const { play, key, startMs } = call;
  const failures: RegionFailure[] = [];
  let endMs = startMs + 2000;
  for (const target of targetsOf(call)) {
    const repository = target.container?.repositoryName ?? play.input.imageName.toLowerCase();
    const doneMs = endMs + between(`${key}/${target.region}`, 25_000, 60_000);
    say(play, endMs, `Pushing container image to repository ${repository} in Region ${target.region}`);
    endMs = doneMs;
    const refused = copyFailure(call, target, play.accountId);
    if (refused) {
      failures.push(refused);
      say(
        play,
        doneMs,
        `Failed to push container image to repository ${repository}: ${refused.errorMessage}`,
      );
      continue;
    }
    const tags = target.container?.tags?.length
      ? target.container.tags
      : [`${play.input.version}-${ownNumber(play)}`];
    const registry = `${play.accountId}.dkr.ecr.${target.region}.${dnsSuffixOf(target.region)}`;
    play.timeline.artifacts.push({
      atMs: doneMs,
      kind: "container-pushed",
      region: target.region,
      imageUris: tags.map((tag) => `${registry}/${repository}:${tag}`),
    });
  }
  if (failures.length === 0) return { endMs };
  return { endMs, failure: { ...regionFailures(call, failures), message: failures[0]?.errorMessage ?? "" } };
}

import * as sdk from "@aws-sdk/client-ec2";
import { defineService } from "../../engine/service";
import { consoles } from "./consoles";
import { createImage, finishImages } from "./create-image";
import { plantDefaultNetwork } from "./default-network";
import { ebsEncryption } from "./ebs-encryption";
import { fleetImageMetadata } from "./fleet-image-metadata";
import { imageAncestry } from "./image-ancestry";
import { imageStates } from "./image-states";
import { imageUsage } from "./image-usage";
import { images } from "./images";
import { instanceTypes } from "./instance-types";
import { instances } from "./instances";
import { launchTemplates } from "./launch-templates";
import { network } from "./network";
import { regionsAndZones } from "./regions-and-zones";
import { resourceTags } from "./resource-tags";
import { routes } from "./routes";
import { moveInstancesOn, runInstances } from "./run-instances";
import { openEc2Store } from "./store";

export const ec2 = defineService({
  signingName: "ec2",
  protocol: { kind: "ec2Query", xmlns: "http://ec2.amazonaws.com/doc/2016-11-15/" },
  sdk,
  brokenBoundCode: "InvalidParameterValue",
  openStore: openEc2Store,
  prepare: plantDefaultNetwork,
  settle: (store, now, forResource) => {
    finishImages(store, now, forResource);
    moveInstancesOn(store, now, forResource);
  },
  handlers: {
    ...regionsAndZones,
    ...network,
    ...routes,
    ...instanceTypes,
    ...instances,
    ...runInstances,
    ...consoles,
    ...images,
    ...createImage,
    ...imageStates,
    ...imageAncestry,
    ...imageUsage,
    ...ebsEncryption,
    ...fleetImageMetadata,
    ...launchTemplates,
    ...resourceTags,
  },
  othersUnsupportedBecause: "a console for image builds does not ask for it",
});

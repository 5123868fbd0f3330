import * as sdk from "@aws-sdk/client-iam";
import { defineService } from "../../engine/service";
import { instanceProfile, instanceProfiles } from "./instance-profiles";
import { rolePolicies } from "./role-policies";
import { roles, serviceRole } from "./roles";
import { type IamStore, openIamStore } from "./store";

/** What the guide has a user create before the first build: https://docs.aws.amazon.com/imagebuilder/latest/userguide/set-up-ib-env.html */
function plantBuildRoles(store: IamStore, { seededAt: now }: { seededAt: number }): void {
  const name = "EC2InstanceProfileForImageBuilder";
  store.roles.put(
    serviceRole(store, {
      name,
      service: "ec2.amazonaws.com",
      policies: [name, "EC2InstanceProfileForImageBuilderECRContainerBuilds", "AmazonSSMManagedInstanceCore"],
      now,
    }),
  );
  store.instanceProfiles.put(instanceProfile(store, { name, path: "/", roleNames: [name], now }));
  store.roles.put(
    serviceRole(store, {
      name: "AWSServiceRoleForImageBuilder",
      service: "imagebuilder.amazonaws.com",
      path: "/aws-service-role/imagebuilder.amazonaws.com/",
      policies: ["aws-service-role/AWSServiceRoleForImageBuilder"],
      now,
    }),
  );
  for (const role of ["ImageBuilderWorkflowExecutionRole", "ImageBuilderLifecycleRole"]) {
    const policies = role.includes("Lifecycle")
      ? ["service-role/EC2ImageBuilderLifecycleExecutionPolicy"]
      : [];
    store.roles.put(serviceRole(store, { name: role, service: "imagebuilder.amazonaws.com", policies, now }));
  }
}

export const iam = defineService({
  signingName: "iam",
  protocol: { kind: "awsQuery", xmlns: "https://iam.amazonaws.com/doc/2010-05-08/" },
  global: true,
  sdk,
  openStore: openIamStore,
  prepare: plantBuildRoles,
  handlers: {
    ...roles,
    ...rolePolicies,
    ...instanceProfiles,
    ListAccountAliases: () => ({ AccountAliases: [], IsTruncated: false }),
  },
  othersUnsupportedBecause:
    "a console for image builds reads roles and instance profiles, gives them policies, and asks what those allow",
});

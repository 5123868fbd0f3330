import type * as sdk from "@aws-sdk/client-auto-scaling";
import { AlreadyExistsFault, ResourceInUseFault } from "@aws-sdk/client-auto-scaling";
import { stableUuid } from "../../engine/ids";
import type { Handlers } from "../../wire/contract";
import { invalid } from "./launch-settings";
import { scalingPage } from "./scaling-page";
import type { AutoScalingStore } from "./store";

/** What AWS shows of a launch configuration whose creator did not set it. */
const UNSET = {
  KeyName: "",
  SecurityGroups: [],
  ClassicLinkVPCSecurityGroups: [],
  UserData: "",
  KernelId: "",
  RamdiskId: "",
  BlockDeviceMappings: [],
  InstanceMonitoring: { Enabled: true },
  EbsOptimized: false,
};

/** Differs from AWS: every account may create launch configurations; accounts made since October 2024 cannot. */
export const launchConfigurations = {
  CreateLaunchConfiguration({ store, account, region, partition, now }, input) {
    const { LaunchConfigurationName = "", ImageId, InstanceType, InstanceId: _, ...rest } = input;
    if (store.launchConfigurations.has(LaunchConfigurationName)) {
      const message = `Launch Configuration by this name already exists - A launch configuration already exists with the name ${LaunchConfigurationName}`;
      throw new AlreadyExistsFault({ message, $metadata: {} });
    }
    if (!ImageId || !InstanceType)
      throw invalid(
        "Valid requests must contain either the InstanceID parameter or both the ImageId and InstanceType parameters.",
      );
    const uuid = stableUuid(account, region, "launch-configuration", LaunchConfigurationName);
    store.launchConfigurations.put({
      ...rest,
      LaunchConfigurationName,
      LaunchConfigurationARN: `arn:${partition}:autoscaling:${region}:${account}:launchConfiguration:${uuid}:launchConfigurationName/${LaunchConfigurationName}`,
      ImageId,
      InstanceType,
      CreatedTime: new Date(now),
    });
    return {};
  },

  DescribeLaunchConfigurations({ store }, input) {
    const { LaunchConfigurationNames: names } = input;
    const rows = store.launchConfigurations.list(
      ({ LaunchConfigurationName }) => !names?.length || names.includes(LaunchConfigurationName),
    );
    const page = scalingPage(rows, input, 50);
    return {
      LaunchConfigurations: page.items.map((row) => ({ ...UNSET, ...row })),
      NextToken: page.nextToken,
    };
  },

  DeleteLaunchConfiguration({ store }, { LaunchConfigurationName = "" }) {
    if (!store.launchConfigurations.has(LaunchConfigurationName))
      throw invalid(
        `Launch configuration name not found - Launch configuration ${LaunchConfigurationName} not found`,
      );
    const user = store.groups.find((row) => row.LaunchConfigurationName === LaunchConfigurationName);
    if (user) {
      const message = `Cannot delete launch configuration ${LaunchConfigurationName} because it is attached to AutoScalingGroup ${user.AutoScalingGroupName}`;
      throw new ResourceInUseFault({ message, $metadata: {} });
    }
    store.launchConfigurations.delete(LaunchConfigurationName);
    return {};
  },
} satisfies Partial<Handlers<typeof sdk, AutoScalingStore>>;

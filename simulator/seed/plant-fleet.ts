import { stableId, stableUuid } from "../engine/ids";
import { DEMO_ACCOUNT, type Seed } from "../engine/scope";
import { launchInstances } from "../services/auto-scaling/group-instances";
import type { AutoScalingStore, GroupRow, LaunchSettings } from "../services/auto-scaling/store";
import type { CloudWatchStore } from "../services/cloudwatch/store";
import { zonesOf } from "../services/ec2/regions";
import type { Ec2Store, ImageRow } from "../services/ec2/store";
import type { ImageBuilderStore } from "../services/imagebuilder/store";
import { DEMO_FLEET, type DemoGroup } from "./demo-fleet";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const WARMUP_S = 300;
const SINGLE = "reports-01";

/** The servers of the demo account: groups that are current, behind, mixed, pinned, and one on its way. */
export function plantFleet(store: ImageBuilderStore, seed: Seed): void {
  const { autoScaling, cloudWatch, ec2, ssm } = store.scope.at({});
  plantAlarm(cloudWatch, seed.seededAt);
  plantSingle(ec2, seed.seededAt);
  for (const group of DEMO_FLEET) {
    const images = imagesOf(ec2, group.pipeline);
    const starts = images[group.behind] ?? images.at(-1);
    if (!starts) continue;
    const plant = { autoScaling, ec2, group, images, starts, at: seed.seededAt };
    if (group.starts.by === "parameter")
      ssm.putParameter(
        {
          name: group.starts.parameter,
          value: starts.ImageId,
          dataType: "aws:ec2:image",
          lastModifiedAt: seed.seededAt - DAY_MS,
        },
        true,
      );
    plantGroup(plant);
  }
}

/** A server by itself, which no group holds: it runs the first group's image. */
function plantSingle(ec2: Ec2Store, at: number): void {
  const [image] = imagesOf(ec2, DEMO_FLEET[0]?.pipeline ?? "");
  const subnet = ec2.subnets.find((row) => row.AvailabilityZone === zonesOf(ec2.region)[0]);
  if (!image || !subnet) return;
  ec2.launchedImages.put(image);
  ec2.instances.put({
    InstanceId: stableId("i", DEMO_ACCOUNT, ec2.region, SINGLE),
    ImageId: image.ImageId,
    InstanceType: image.Architecture === "arm64" ? "m7g.large" : "m6i.large",
    State: { Code: 16, Name: "running" },
    LaunchTime: new Date(at - DAY_MS),
    Placement: { AvailabilityZone: subnet.AvailabilityZone, GroupName: "", Tenancy: "default" },
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    PrivateIpAddress: "172.31.12.34",
    SecurityGroups: ec2.securityGroups
      .list(({ VpcId }) => VpcId === subnet.VpcId)
      .map(({ GroupId, GroupName }) => ({ GroupId, GroupName })),
    Tags: [
      { Key: "Name", Value: SINGLE },
      { Key: "team", Value: "finance" },
    ],
  });
}

/** What the refresh under way listens to; its metric is a load balancer's. */
const ALARM = "checkout-5xx-rate";

function plantAlarm({ alarms, region }: CloudWatchStore, seededAt: number): void {
  const at = new Date(seededAt - DAY_MS);
  alarms.put({
    AlarmName: ALARM,
    AlarmArn: `arn:aws:cloudwatch:${region}:${DEMO_ACCOUNT}:alarm:${ALARM}`,
    AlarmDescription: "More than 5 server errors a minute at the checkout",
    AlarmConfigurationUpdatedTimestamp: at,
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    StateValue: "OK",
    StateReason: "Threshold Crossed: 2 datapoints [0.0, 0.0] were not greater than the threshold (5.0).",
    StateReasonData: JSON.stringify({
      version: "1.0",
      statistic: "Sum",
      period: 60,
      recentDatapoints: [0, 0],
      threshold: 5,
    }),
    StateUpdatedTimestamp: at,
    StateTransitionedTimestamp: at,
    MetricName: "HTTPCode_Target_5XX_Count",
    Namespace: "AWS/ApplicationELB",
    Statistic: "Sum",
    Dimensions: [{ Name: "LoadBalancer", Value: "app/checkout/50dc6c495c0c9188" }],
    Period: 60,
    EvaluationPeriods: 2,
    Threshold: 5,
    ComparisonOperator: "GreaterThanThreshold",
    TreatMissingData: "notBreaching",
    Metrics: [],
    lookedAt: 0,
  });
}

interface Plant {
  autoScaling: AutoScalingStore;
  ec2: Ec2Store;
  group: DemoGroup;
  /** Newest first. */
  images: ImageRow[];
  /** What would start now. */
  starts: ImageRow;
  at: number;
}

/** The AMIs that a pipeline left here, newest first. */
function imagesOf(ec2: Ec2Store, pipeline: string): ImageRow[] {
  const isOfPipeline = ({ Tags = [] }: ImageRow) =>
    Tags.some(({ Key, Value }) => Key === "Ec2ImageBuilderArn" && Value?.includes(`/${pipeline}/`));
  return ec2.images
    .list((row) => row.OwnerId === DEMO_ACCOUNT && isOfPipeline(row))
    .sort((a, b) => (b.CreationDate ?? "").localeCompare(a.CreationDate ?? ""));
}

function plantGroup(plant: Plant): void {
  const { autoScaling, group, images, at } = plant;
  const size = group.runs.reduce((sum, { count }) => sum + count, 0);
  const AutoScalingGroupName = group.name;
  const place = `${autoScaling.region}:${DEMO_ACCOUNT}`;
  let row: GroupRow = {
    AutoScalingGroupName,
    AutoScalingGroupARN: `arn:aws:autoscaling:${place}:autoScalingGroup:${stableUuid(place, group.name)}:autoScalingGroupName/${group.name}`,
    MinSize: 1,
    MaxSize: size * 2,
    DesiredCapacity: size,
    DefaultCooldown: 300,
    AvailabilityZones: zonesOf(autoScaling.region).slice(0, 3),
    HealthCheckType: "EC2",
    HealthCheckGracePeriod: WARMUP_S,
    DefaultInstanceWarmup: WARMUP_S,
    ...(group.maintenance && { InstanceMaintenancePolicy: group.maintenance }),
    NewInstancesProtectedFromScaleIn: false,
    CreatedTime: new Date(at - 100 * DAY_MS),
    Instances: [],
    Tags: Object.entries(group.tags).map(([Key, Value]) => ({
      Key,
      Value,
      PropagateAtLaunch: !Key.startsWith("aws:"),
      ResourceId: group.name,
      ResourceType: "auto-scaling-group",
    })),
  };
  // The oldest first, each with the version that named its image, as they were started over time.
  for (const { behind, count } of [...group.runs].sort((a, b) => b.behind - a.behind)) {
    const image = images[behind] ?? images.at(-1) ?? plant.starts;
    const settings = settingsFor(plant, image);
    const launchedAt = at - (behind + 1) * DAY_MS;
    row = launchInstances(autoScaling, row, { count, settings, at: launchedAt, isReady: true }).group;
  }
  autoScaling.groups.put({ ...row, ...settingsFor(plant, plant.starts, true) });
  if (group.refreshingForMinutes !== undefined) plantRefresh(plant, row);
}

/** What starts an instance of this image: with `asGroup` as the group says it, else by the number of the version. */
function settingsFor(plant: Plant, image: ImageRow, asGroup = false): LaunchSettings {
  const { group, autoScaling, at } = plant;
  const { starts } = group;
  if (starts.by === "launch-configuration") {
    const LaunchConfigurationName = `${group.name}-2019`;
    autoScaling.launchConfigurations.put({
      LaunchConfigurationName,
      LaunchConfigurationARN: `arn:aws:autoscaling:${autoScaling.region}:${DEMO_ACCOUNT}:launchConfiguration:${stableUuid(group.name)}:launchConfigurationName/${LaunchConfigurationName}`,
      ImageId: image.ImageId,
      InstanceType: "m5.large",
      CreatedTime: new Date(at - 100 * DAY_MS),
    } as never);
    return { LaunchConfigurationName };
  }
  const isParameter = starts.by === "parameter";
  const imageId = isParameter ? `resolve:ssm:${starts.parameter}` : image.ImageId;
  const version = templateVersion(plant, imageId);
  const follows = starts.by === "template" ? starts.follows : "number";
  const Version = asGroup && follows !== "number" ? follows : String(version.VersionNumber);
  const LaunchTemplate = {
    LaunchTemplateId: version.LaunchTemplateId,
    LaunchTemplateName: version.LaunchTemplateName,
    Version,
  };
  if (starts.by !== "overrides") return { LaunchTemplate };
  return {
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: LaunchTemplate,
        Overrides: [{ InstanceType: "m7i.large" }, { InstanceType: "m6i.large" }],
      },
      InstancesDistribution: { OnDemandBaseCapacity: 1, SpotAllocationStrategy: "price-capacity-optimized" },
    },
  };
}

/** The version of the group's template that names this AMI: one for each image, the oldest first. */
function templateVersion({ ec2, group, images, starts, at }: Plant, imageId: string) {
  const LaunchTemplateName = group.name;
  const LaunchTemplateId = stableId("lt", DEMO_ACCOUNT, ec2.region, LaunchTemplateName);
  const oldest = Math.max(group.behind, ...group.runs.map(({ behind }) => behind));
  const newest = group.refreshingForMinutes === undefined ? group.behind : 0;
  const ids = imageId.startsWith("resolve:")
    ? [imageId]
    : images
        .slice(newest, oldest + 1)
        .flatMap(({ ImageId }) => ImageId)
        .reverse();
  const CreatedBy = `arn:aws:iam::${DEMO_ACCOUNT}:root`;
  const number = (id: string) => ids.indexOf(id) + 1;
  const defaultNumber = number(imageId.startsWith("resolve:") ? imageId : starts.ImageId);
  ec2.launchTemplates.put({
    LaunchTemplateId,
    LaunchTemplateName,
    CreateTime: new Date(at - 100 * DAY_MS),
    CreatedBy,
    DefaultVersionNumber: defaultNumber,
    LatestVersionNumber: ids.length,
    Tags: [{ Key: "CreatedBy", Value: "EC2 Image Builder" }],
  });
  for (const [index, ImageId] of ids.entries())
    ec2.launchTemplateVersions.put({
      LaunchTemplateId,
      LaunchTemplateName,
      VersionNumber: index + 1,
      VersionDescription: "Written at distribution",
      CreateTime: new Date(at - (ids.length - index) * DAY_MS),
      CreatedBy,
      DefaultVersion: index + 1 === defaultNumber,
      LaunchTemplateData: {
        ImageId,
        InstanceType: group.pipeline.startsWith("windows") ? "m7i.xlarge" : "m7i.large",
      },
    });
  return { LaunchTemplateId, LaunchTemplateName, VersionNumber: number(imageId) };
}

/** A refresh at the pace of life, with a checkpoint that is still ahead. */
function plantRefresh(plant: Plant, group: GroupRow): void {
  const { autoScaling, at } = plant;
  const startedAt = at - (plant.group.refreshingForMinutes ?? 0) * MINUTE_MS;
  const queue = (group.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []);
  const newest = plant.images[0] ?? plant.starts;
  autoScaling.refreshes.put({
    InstanceRefreshId: stableUuid(DEMO_ACCOUNT, group.AutoScalingGroupName, "refresh"),
    AutoScalingGroupName: group.AutoScalingGroupName,
    StartTime: new Date(startedAt),
    Status: "Pending",
    Strategy: "Rolling",
    PercentageComplete: 0,
    InstancesToUpdate: queue.length,
    Preferences: {
      InstanceWarmup: WARMUP_S,
      CheckpointPercentages: [50, 100],
      CheckpointDelay: 3600,
      SkipMatching: true,
      AutoRollback: true,
      AlarmSpecification: { Alarms: [ALARM] },
    },
    DesiredConfiguration: settingsFor(plant, newest),
    work: {
      speed: 1,
      before: settingsFor(plant, plant.starts),
      queue,
      total: queue.length,
      replaced: 0,
      started: [],
      checkpoints: 0,
      nextAt: startedAt,
    },
  });
}

import { AwsError } from "../../wire/contract";
import type { Ec2 } from "./operations";
import { refuseDryRun, requireIds } from "./paging";
import type { Ec2Store, InstanceRow } from "./store";

/** A gray JPEG of one pixel. */
const SCREEN =
  "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=";

function one(store: Ec2Store, id: string | undefined): InstanceRow {
  const error = { code: "InvalidInstanceID.NotFound", what: "instance ID", prefix: "i" };
  const [row] = requireIds([id ?? ""], (each) => store.instances.get(each), error) ?? [];
  if (!row) throw new AwsError("InvalidInstanceID.NotFound", `The instance ID '${id}' does not exist`);
  return row;
}

const bootOf = ({
  InstanceId,
  ImageId,
  PrivateIpAddress,
  InstanceType,
}: InstanceRow) => `[    0.000000] Linux version 6.1.161-183.284.amzn2023.x86_64
[    0.000000] Command line: BOOT_IMAGE=(hd0,gpt1)/boot/vmlinuz root=UUID=simulated console=tty0 console=ttyS0,115200n8
[    2.318442] cloud-init[1402]: Cloud-init running 'init' on ${InstanceId} (${InstanceType ?? "unknown"}, ${ImageId ?? "unknown"})
[    3.102934] cloud-init[1402]: ci-info: | eth0 | True | ${PrivateIpAddress ?? "172.31.0.10"} |
[    9.771005] amazon-ssm-agent[1611]: Starting Agent: amazon-ssm-agent
`;

/** What an instance shows to whoever cannot reach it. */
export const consoles = {
  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html */
  GetConsoleOutput({ store, now }, input) {
    refuseDryRun(input);
    const row = one(store, input.InstanceId);
    return {
      InstanceId: row.InstanceId,
      Timestamp: row.LaunchTime ?? new Date(now),
      Output: Buffer.from(bootOf(row)).toString("base64"),
    };
  },

  /** Of a running instance: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleScreenshot.html */
  GetConsoleScreenshot({ store }, input) {
    refuseDryRun(input);
    const row = one(store, input.InstanceId);
    if (row.State?.Name !== "running")
      throw new AwsError(
        "IncorrectInstanceState",
        `The instance '${row.InstanceId}' is not in a state from which a screenshot can be taken.`,
      );
    return { InstanceId: row.InstanceId, ImageData: SCREEN };
  },
} satisfies Partial<Ec2>;

import "server-only";
import { DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { judgeAmiUsers, unreadStarts } from "./judge-ami-users";
import { readGroupStarts, readParameters } from "./read-group-starts";
import type { AmiUser } from "./types";

const FRESH_FOR_MS = 15_000;
/** Filters take 200 values. */
const INSTANCE_FILTER_SIZE = 200;
/** Text parameters may be many and hold anything; AMI parameters come first. */
const MOST_PARAMETERS = 500;

type Found = { users: AmiUser[]; doubts: string[] };

/**
 * What in one Region still names one of the AMIs: launch templates in their default or newest version, launch
 * configurations, the Auto Scaling groups that start instances with them, instances, and parameters. What could not
 * be read is a doubt; it hides nothing of the rest.
 */
export async function findAmiUsers(aws: AwsAccess, region: string, amiIds: string[]): Promise<Found> {
  const wanted = new Set(amiIds);
  if (wanted.size === 0) return { users: [], doubts: [] };
  const doubts: string[] = [];
  const orDoubt = async <Value>(what: string, reading: Promise<Value[]>): Promise<Value[]> => {
    const { value, reason } = await unlessFailed(reading, []);
    if (reason) doubts.push(`${what} in ${region} could not be read. ${reason}`);
    return value;
  };
  const [{ starts, doubts: unread }, instances, parameters] = await Promise.all([
    readGroupStarts(aws, region),
    orDoubt("Instances", instanceUsers(aws, region, wanted, doubts)),
    orDoubt("Parameters", parameterUsers(aws, region, wanted, doubts)),
  ]);
  doubts.push(...unread, ...unreadStarts({ region, ...starts }));
  const judged = judgeAmiUsers({ region, wanted, ...starts });
  return { users: [...judged, ...instances, ...parameters], doubts };
}

async function instanceUsers(
  aws: AwsAccess,
  region: string,
  wanted: Set<string>,
  doubts: string[],
): Promise<AmiUser[]> {
  const amiIds = [...wanted];
  const users: AmiUser[] = [];
  for (let from = 0; from < amiIds.length; from += INSTANCE_FILTER_SIZE) {
    const reservations = await collectPages({
      load: async (NextToken) => {
        const command = new DescribeInstancesCommand({
          Filters: [
            { Name: "image-id", Values: amiIds.slice(from, from + INSTANCE_FILTER_SIZE) },
            { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] },
          ],
          MaxResults: 1000,
          NextToken,
        });
        const page = await aws.ec2.read(command, { freshForMs: FRESH_FOR_MS });
        return { items: page.Reservations, next: page.NextToken };
      },
    });
    for (const { Instances = [] } of reservations)
      for (const { InstanceId = "?", ImageId, State } of Instances) {
        if (ImageId === undefined)
          doubts.push(`The AMI of the instance ${InstanceId} in ${region} is not known.`);
        else if (wanted.has(ImageId))
          users.push({ kind: "instance", name: InstanceId, region, amiId: ImageId, detail: State?.Name });
      }
  }
  return users;
}

/** Parameters of the AMI type and texts that hold an ID, alone or among others. Too many of them are a doubt. */
async function parameterUsers(
  aws: AwsAccess,
  region: string,
  wanted: Set<string>,
  doubts: string[],
): Promise<AmiUser[]> {
  const rows = await collectPages({
    load: async (NextToken) => {
      const command = new DescribeParametersCommand({
        ParameterFilters: [{ Key: "Type", Option: "Equals", Values: ["String", "StringList"] }],
        MaxResults: 50,
        NextToken,
      });
      const page = await aws.ssm.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.Parameters, next: page.NextToken };
    },
  });
  const isAmi = ({ DataType }: { DataType?: string }) => DataType === "aws:ec2:image";
  const names = [...rows.filter(isAmi), ...rows.filter((row) => !isAmi(row))].flatMap(
    ({ Name = [] }) => Name,
  );
  if (names.length > MOST_PARAMETERS)
    doubts.push(`Only ${MOST_PARAMETERS} of ${names.length} parameters in ${region} were read.`);
  const nameless = rows.length - names.length;
  if (nameless > 0) doubts.push(`AWS lists ${nameless} parameters in ${region} without their names.`);
  const asked = names.slice(0, MOST_PARAMETERS);
  const values = await readParameters(aws, asked);
  const read = new Set(values.map(({ name }) => name));
  const unread = asked.filter((name) => !read.has(name)).length;
  if (unread > 0) doubts.push(`AWS did not give the values of ${unread} parameters in ${region}.`);
  return values.flatMap(({ name, value }) =>
    [...new Set(value.match(/\bami-[0-9a-f]+\b/g) ?? [])]
      .filter((amiId) => wanted.has(amiId))
      .map((amiId) => ({ kind: "parameter" as const, name, region, amiId })),
  );
}

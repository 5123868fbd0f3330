import { IAM } from "@aws-sdk/client-iam";
import { Imagebuilder } from "@aws-sdk/client-imagebuilder";
import { clientConfig, createSimulator, type ManualClock, manualClock } from "../../testing";

/** A new account with one recipe and one infrastructure configuration, and a clock that tests move. */
export async function newFactory(options: { commands?: string[]; account?: string; speed?: number } = {}) {
  const { commands = ["echo built"], account = "222222222222", speed = 25 } = options;
  const clock = manualClock(Date.UTC(2026, 10, 21, 10, 30));
  const simulator = createSimulator({ clock, seed: "empty", speed });
  const config = clientConfig(simulator, { account });
  const client = new Imagebuilder(config);
  const { componentBuildVersionArn } = await client.createComponent({
    name: "Say Hello",
    semanticVersion: "1.0.0",
    platform: "Linux",
    data: componentDocument(commands),
  });
  const { imageRecipeArn } = await client.createImageRecipe({
    name: "Web Base",
    semanticVersion: "1.0.0",
    parentImage: BASE_IMAGE,
    components: [{ componentArn: componentBuildVersionArn }],
  });
  const { infrastructureConfigurationArn } = await client.createInfrastructureConfiguration({
    name: "general",
    instanceProfileName: "EC2InstanceProfileForImageBuilder",
  });
  return {
    simulator,
    clock,
    config,
    client,
    componentArn: componentBuildVersionArn ?? "",
    imageRecipeArn: imageRecipeArn ?? "",
    infrastructureConfigurationArn: infrastructureConfigurationArn ?? "",
  };
}

export type Factory = Awaited<ReturnType<typeof newFactory>>;

export const BASE_IMAGE = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x";

/** A build document with one step that runs the commands. */
export function componentDocument(commands: string[], phase = "build"): string {
  const list = commands.map((command) => `            - ${JSON.stringify(command)}`);
  return [
    "schemaVersion: 1.0",
    "phases:",
    `  - name: ${phase}`,
    "    steps:",
    "      - name: RunCommands",
    "        action: ExecuteBash",
    "        inputs:",
    "          commands:",
    ...list,
    "",
  ].join("\n");
}

/** The name of the exception that a call is refused with, and its words. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return "accepted";
}

/** Starts a build and lets time pass until it has ended. */
export async function buildToTheEnd(factory: Factory, imageBuildVersionArn: string | undefined) {
  return waitForEnd(factory.client, factory.clock, imageBuildVersionArn);
}

async function waitForEnd(
  client: Imagebuilder,
  clock: ManualClock,
  imageBuildVersionArn: string | undefined,
) {
  for (let minute = 0; minute < 30; minute++) {
    clock.advance(60_000);
    const { image } = await client.getImage({ imageBuildVersionArn });
    if (["AVAILABLE", "FAILED", "CANCELLED"].includes(image?.state?.status ?? "")) return image;
  }
  throw new Error(`The build ${imageBuildVersionArn} did not end.`);
}

/** GetImage as the wire carries it: the SDK drops members that its types do not know. */
export async function rawImage({ simulator }: Pick<Factory, "simulator">, arn: string | undefined) {
  const url = `http://simulator.test/GetImage?imageBuildVersionArn=${encodeURIComponent(arn ?? "")}`;
  const credential = "222222222222/20261121/us-east-1/imagebuilder/aws4_request";
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;
  const response = await simulator.handle(new Request(url, { headers: { authorization } }));
  return (await response.json()).image;
}

/** The role that a target account needs, as that account's administrator makes it. */
export async function letIn({ simulator }: Pick<Factory, "simulator">, account: string): Promise<void> {
  const Statement = [
    { Effect: "Allow", Principal: { AWS: "arn:aws:iam::222222222222:root" }, Action: "sts:AssumeRole" },
  ];
  await new IAM(clientConfig(simulator, { account })).createRole({
    RoleName: "EC2ImageBuilderDistributionCrossAccountRole",
    AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
  });
}

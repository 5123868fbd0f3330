import { CreateDistributionConfigurationCommand } from "@aws-sdk/client-imagebuilder";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { imageBuilderArn } from "@/lib/core/arn";
import { startTestConsole, type TestConsole } from "./test-console";

/** The console's rule and the simulator's are written apart, each from AWS's page; here they meet over the wire. */
let console_: TestConsole;
beforeAll(async () => {
  console_ = await startTestConsole();
});
afterAll(() => console_.close());

it("a name becomes the ARN that the console expects, however it is written", async () => {
  const names = fc.sample(fc.stringMatching(/^[-_A-Za-z0-9][-_A-Za-z0-9 ]{1,40}[-_A-Za-z0-9]$/), {
    numRuns: 60,
    seed: 7,
  });
  for (const [index, name] of ["a  b__c", "My Component_v2", "-a-", ...names].entries()) {
    const typed = `${name}${index}`;
    const { distributionConfigurationArn } = await console_.imageBuilder.send(
      new CreateDistributionConfigurationCommand({
        name: typed,
        distributions: [
          { region: "us-east-1", amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}" } },
        ],
      }),
    );
    expect(distributionConfigurationArn).toBe(
      imageBuilderArn(console_.target, "distribution-configuration", typed),
    );
  }
});

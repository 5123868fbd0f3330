/** `npm run iam-policy -- --role operator`: the least IAM policy for a console of that role. */
import { parseArgs } from "node:util";
import { ROLES } from "../lib/core/actor";
import { policyOfRole, trustOfConsole } from "../lib/image-builder/aws-permissions/policy-of-role";

const usage = `Prints the least IAM policy for the AWS role of a target, as JSON.

  npm run iam-policy -- --role viewer|operator|author|admin [--account ID] [--region NAME] [--partition aws]
      [--log-group /aws/imagebuilder/]... [--pass-role NAME]...
      [--parameter /imagebuilder/]...
  npm run iam-policy -- --trust ARN-OF-THE-CONSOLE'S-OWN-ROLE [--external-id TEXT]

--role       what people may do through the console; a target's role needs what its most powerful person may do
--parameter  beginning of the names of SSM parameters that hold AMIs; may be given several times
--log-group  beginning of the names of log groups that builds write to; may be given several times
--pass-role  role that may be handed to Image Builder, with stars; may be given several times
--trust      prints the trust policy of the target's role instead`;

try {
  const { values } = parseArgs({
    options: {
      role: { type: "string" },
      account: { type: "string" },
      region: { type: "string" },
      partition: { type: "string" },
      "log-group": { type: "string", multiple: true },
      parameter: { type: "string", multiple: true },
      "pass-role": { type: "string", multiple: true },
      trust: { type: "string" },
      "external-id": { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) console.log(usage);
  else if (values.trust) print(trustOfConsole(values.trust, values["external-id"]));
  else {
    const role = ROLES.find((name) => name === values.role);
    if (!role) throw new Error(`--role must be one of ${ROLES.join(", ")}.`);
    const { account: accountId, region, partition } = values;
    print(
      policyOfRole(role, {
        accountId,
        region,
        partition,
        logGroups: values["log-group"],
        parameters: values.parameter,
        passRoles: values["pass-role"],
      }),
    );
  }
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  process.exitCode = 2;
}

function print(document: object) {
  console.log(JSON.stringify(document, null, 2));
}

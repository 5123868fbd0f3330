import { CopyButton } from "@/components/ui/copy-button";
import { ScrolledText } from "@/components/ui/scrolled-text";
import { parseArn } from "@/lib/core/arn";
import { createGrantCommand, type Holder, keyPolicyStatements } from "@/lib/fleet/amis/key-access";
import type { AmiKey, HolderVerdict } from "@/lib/fleet/amis/types";

const holderOf = (holder: string): Holder => (parseArn(holder) ? { arn: holder } : { accountId: holder });

/** What to add to a key policy, and what to run in an account, so that it can launch the AMI. */
export function KeyHelp({
  region,
  keys,
  verdicts,
}: {
  region: string;
  keys: AmiKey[];
  verdicts: HolderVerdict[];
}) {
  const own = keys.filter(({ manager }) => manager !== "AWS");
  if (own.length === 0) return null;
  const refused = verdicts.filter(({ launch }) => launch !== "yes");
  const ungranted = verdicts.filter(({ autoScaling }) => autoScaling !== undefined && autoScaling !== "yes");
  const statements = keyPolicyStatements(
    refused.map(({ holder }) => holderOf(holder)),
    region,
  );
  return (
    <>
      {statements.length > 0 && (
        <Code
          title="Add to the key policy"
          note={own.map(({ arn }) => arn).join(", ")}
          text={JSON.stringify(statements, null, 2)}
        />
      )}
      {ungranted.flatMap(({ holder }) =>
        own.map(({ arn }) => (
          <Code
            key={`${holder} ${arn}`}
            title={`An administrator of ${holder} runs this once, for its Auto Scaling groups`}
            text={createGrantCommand(arn, holder, region)}
          />
        )),
      )}
    </>
  );
}

function Code({ title, note, text }: { title: string; note?: string; text: string }) {
  return (
    <section className="border-line border-t">
      <div className="flex items-center gap-2 px-3.5 py-1.5">
        <h3 className="m-0 min-w-0 flex-1 font-[550] text-[13px]">
          {title}{" "}
          {note && <span className="font-mono text-ink-2 text-xs [overflow-wrap:anywhere]">{note}</span>}
        </h3>
        <CopyButton text={text} label={`Copy: ${title}`} />
      </div>
      <ScrolledText text={text} layout="bg-sunken px-3.5 py-2" />
    </section>
  );
}

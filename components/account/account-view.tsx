import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import type { Identity } from "@/lib/auth/types";
import { apiUrls, urls } from "@/lib/core/urls";

/** Who one is here, what one may do, and which claim and rule say so. */
export function AccountView({
  identity: { actor, claims, groups, rules, issuer, session },
  groupsClaim,
}: {
  identity: Identity;
  groupsClaim: string;
}) {
  const isLocal = actor.kind === "local-administrator";
  return (
    <>
      <Card title="What you may do, and why" flush>
        {isLocal ? (
          <p className="m-0 px-3.5 py-3">
            No sign-in is configured, so this console answers on this machine only, and whoever uses it is its
            administrator.
          </p>
        ) : rules.length === 0 ? (
          <div className="grid gap-2 px-3.5 py-3">
            <p className="m-0">You have no role here, so the console shows you nothing.</p>
            <p className="m-0 text-ink-2">{whyNoRole(groups, groupsClaim, claims)}</p>
            {session && (
              <p className="m-0">
                <a href={apiUrls.signInAsOther(urls.home())}>Sign in as somebody else</a>
              </p>
            )}
          </div>
        ) : (
          <Table caption="Your roles">
            <TableHead>
              {["Role", "On", "Names", "Because of"].map((label) => (
                <HeaderCell key={label}>{label}</HeaderCell>
              ))}
            </TableHead>
            <tbody>
              {rules.map(({ role, target, namePrefix, group }) => (
                <Row key={`${group} ${role} ${target} ${namePrefix}`} isQuiet layout="align-top">
                  <Cell layout="font-[550]">{role}</Cell>
                  <Cell>{target === "*" ? "all targets" : target}</Cell>
                  <Cell>{namePrefix ? <Mono>{`${namePrefix}*`}</Mono> : "all"}</Cell>
                  <Cell layout="[overflow-wrap:anywhere]">
                    {group === "*" ? "being signed in" : `your group ${group}`}
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      {!isLocal && (
        <Card title="Your claims" note={issuer && `signed by ${issuer}`}>
          <FactList
            facts={[
              { label: "Known here as", value: <Mono>{actor.id}</Mono> },
              ...Object.entries(claims).map(([label, value]) => ({
                label,
                value: <Mono>{typeof value === "string" ? value : JSON.stringify(value)}</Mono>,
              })),
            ]}
          />
        </Card>
      )}
    </>
  );
}

function whyNoRole(groups: string[], groupsClaim: string, claims: Identity["claims"]): string {
  if (groups.length > 0) {
    return `The identity provider says that you are in ${groups.join(", ")}; GOLDSMITH_ROLES gives a role to none of them.`;
  }
  if ("_claim_names" in claims) {
    return "You are in more groups than fit into a token, so the identity provider sent none. Let it send only groups assigned to this application.";
  }
  return `The identity provider sent no claim "${groupsClaim}". It must be told to send one, or GOLDSMITH_GROUPS_CLAIM must name another.`;
}

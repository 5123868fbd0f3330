import { AwsError } from "./contract";
import type { WireError } from "./errors";
import type { Protocol, ProtocolChoice, WireRequest } from "./protocol";
import { decodeQuery, parameterTree, unknownEc2Parameters } from "./query-codec";
import { membersOf } from "./schema";
import { encodeXmlMembers, escapeXml } from "./xml-codec";

const XML = { "content-type": "text/xml;charset=UTF-8" };
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** AWS Query: a form in, XML out. */
export function awsQuery({ xmlns }: Extract<ProtocolChoice, { kind: "awsQuery" }>): Protocol {
  return {
    unknownOperation: { code: "InvalidAction", status: 400 },
    operationName: (request) => formOf(request).get("Action") ?? undefined,
    decode: (operation, request) =>
      decodeQuery(operation.input, parameterTree(formOf(request)), false) as Record<string, unknown>,
    encode(operation, output, requestId) {
      const result = operation.output.isUnitSchema()
        ? ""
        : `<${operation.name}Result>${encodeXmlMembers(membersOf(operation.output), output)}</${operation.name}Result>`;
      const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
      const body = `<${operation.name}Response xmlns="${xmlns}">${result}${metadata}</${operation.name}Response>`;
      return { status: 200, headers: XML, body: DECLARATION + body };
    },
    encodeError(error, requestId) {
      const type = `<Type>${error.sender ? "Sender" : "Receiver"}</Type>`;
      const body = `<ErrorResponse xmlns="${xmlns}"><Error>${type}${errorElements(error)}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
      return { status: error.status, headers: XML, body: DECLARATION + body };
    },
  };
}

/** EC2's dialect of it: no result element, another error element, unknown parameters refused. */
export function ec2Query({ xmlns }: Extract<ProtocolChoice, { kind: "ec2Query" }>): Protocol {
  return {
    unknownOperation: { code: "InvalidAction", status: 400 },
    operationName: (request) => formOf(request).get("Action") ?? undefined,
    decode(operation, request) {
      const tree = parameterTree(formOf(request));
      const [unknown] = unknownEc2Parameters(operation.input, tree);
      if (unknown) throw new AwsError("UnknownParameter", `The parameter ${unknown} is not recognized`);
      return decodeQuery(operation.input, tree, true) as Record<string, unknown>;
    },
    encode(operation, output, requestId) {
      const members = operation.output.isUnitSchema()
        ? "<return>true</return>"
        : encodeXmlMembers(membersOf(operation.output), output);
      const body = `<${operation.name}Response xmlns="${xmlns}"><requestId>${requestId}</requestId>${members}</${operation.name}Response>`;
      return { status: 200, headers: XML, body: DECLARATION + body };
    },
    encodeError(error, requestId) {
      const body = `<Response><Errors><Error>${errorElements(error)}</Error></Errors><RequestID>${requestId}</RequestID></Response>`;
      return { status: error.status, headers: XML, body: DECLARATION + body };
    },
  };
}

function formOf(request: WireRequest): URLSearchParams {
  return request.body.length > 0
    ? new URLSearchParams(new TextDecoder().decode(request.body))
    : request.query;
}

function errorElements(error: WireError): string {
  return `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>`;
}

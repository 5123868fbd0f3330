import ts from "typescript";

/** Methods that take a text apart or look into it. */
const TEXT_METHODS = new Set([
  ...["split", "slice", "substring", "substr", "at", "charAt", "indexOf", "lastIndexOf", "search", "match"],
  ...["matchAll", "replace", "replaceAll", "includes", "startsWith", "endsWith", "concat", "padEnd"],
]);
const KINDS =
  "component|image|image-recipe|container-recipe|image-pipeline|infrastructure-configuration|distribution-configuration|lifecycle-policy|workflow";
/** What only an ARN holds: its beginning, its service, its kind after a colon, a version that follows the newest. */
const PIECE_OF_ARN = new RegExp(`\\barn:|:imagebuilder:|:(${KINDS}|role|assumed-role|key)\\\\?/|/x\\.x\\.x`);

/**
 * Every place of a source that takes an ARN apart, looks into one or makes one by hand, as `line: text`. It reads the
 * syntax tree, so how the formatter breaks lines does not matter. Seen are:
 * - a method of texts called on, or a pattern applied to, anything with a name that ends in `arn` (`Arn`, `toArn()`);
 * - a method of texts or a pattern that is given a piece of an ARN, whatever it is called on;
 * - a template that begins like an ARN, or puts something behind a name that ends in `arn` or `stem`;
 * - an `x` looked for in something called a version.
 * Not seen is an ARN that goes by another name (`text.split("/")`) and is taken apart without a word of ARNs.
 */
export function findHandMadeArns(source: string): string[] {
  const file = ts.createSourceFile("source.tsx", source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const report = (node: ts.Node) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${line + 1}: ${node.getText().replaceAll(/\s+/g, " ").slice(0, 100)}`);
  };
  const visit = (node: ts.Node): void => {
    if (isHandMade(node)) report(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isHandMade(node: ts.Node): boolean {
  if (ts.isRegularExpressionLiteral(node)) return PIECE_OF_ARN.test(node.text);
  if (ts.isTemplateExpression(node)) {
    const [first] = node.templateSpans;
    if (/^arn:/.test(node.head.text)) return true;
    return (
      node.head.text === "" &&
      first?.literal.text.startsWith("/") === true &&
      endsInName(first.expression, /(arn|stem)$/i)
    );
  }
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  const given = [...(node.arguments ?? [])];
  if (ts.isNewExpression(node)) return node.expression.getText() === "RegExp" && given.some(holdsPiece);
  if (!ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression: on, name } = node.expression;
  if (/^(exec|test)$/.test(name.text)) return given.some((one) => endsInName(one, /arn$/i));
  if (!TEXT_METHODS.has(name.text)) return false;
  const looksForX = given.some((one) => ts.isStringLiteralLike(one) && one.text === "x");
  return endsInName(on, /arn$/i) || given.some(holdsPiece) || (looksForX && endsInName(on, /version$/i));
}

/** Whether the value of an expression goes by such a name: `arn`, `row.arn`, `toArn(x)`, `String(arn ?? "")`. */
function endsInName(node: ts.Node, name: RegExp): boolean {
  if (ts.isIdentifier(node)) return name.test(node.text);
  if (ts.isPropertyAccessExpression(node)) return name.test(node.name.text);
  if (ts.isElementAccessExpression(node)) {
    const at = node.argumentExpression;
    return ts.isStringLiteralLike(at) && name.test(at.text);
  }
  if (ts.isCallExpression(node)) {
    if (/^(String|decodeURIComponent)$/.test(node.expression.getText()))
      return node.arguments.some((one) => endsInName(one, name));
    // What a method of an ARN returns is still a piece of it: `arn.trim().split("/")`, not `parse(arn).name`.
    const isMethod = ts.isPropertyAccessExpression(node.expression);
    return endsInName(
      isMethod ? (node.expression as ts.PropertyAccessExpression).expression : node.expression,
      name,
    );
  }
  if (ts.isBinaryExpression(node)) return endsInName(node.left, name);
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node))
    return endsInName(node.expression, name);
  return false;
}

const holdsPiece = (node: ts.Node): boolean =>
  (ts.isStringLiteralLike(node) && PIECE_OF_ARN.test(node.text)) ||
  (ts.isTemplateExpression(node) && PIECE_OF_ARN.test(node.getText()));

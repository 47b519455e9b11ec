import { fileURLToPath } from "node:url";
import {
  type AnyNode,
  type ArrowFunctionExpression,
  type AssignmentProperty,
  type Expression,
  type Function as FunctionNode,
  type MemberExpression,
  type ObjectPattern,
  type Pattern,
  type Property,
  parse,
  type RestElement,
} from "acorn";
import { build } from "esbuild";

export interface Rewritten {
  readonly script: string;
  /** The names of all properties that go through `natives.ts`. */
  readonly names: readonly string[];
}

/**
 * Has each property by a written name that the bundle reads, calls or sets go through `src/page-script/natives.ts`. The bundle
 * may have no optional chains; esbuild has them written out.
 */
export async function throughNatives(bundle: string): Promise<Rewritten> {
  const rewriting = new Rewriting(bundle);
  const body = rewriting.of(parse(bundle, { ecmaVersion: "latest" }));
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../src/page-script/natives.ts", import.meta.url))],
    bundle: true,
    format: "iife",
    globalName: "$natives",
    target: "es2022",
    write: false,
  });
  const helpers = [...rewriting.helpers].map(([helper, made]) => `const ${helper} = ${made};`);
  const script = `(() => {\n${outputFiles[0]?.text}\n${helpers.join("\n")}\n${body}\n})();`;
  return { script, names: [...rewriting.names].sort() };
}

class Rewriting {
  readonly names = new Set<string>();
  readonly helpers = new Map<string, string>();
  readonly #source: string;
  #temporaries = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** The node's text, with what is in it rewritten. */
  of(node: AnyNode): string {
    switch (node.type) {
      case "ChainExpression":
        throw new Error(`An optional chain was left in the bundle: ${this.#source.slice(node.start, node.end)}`);
      case "MemberExpression": {
        const name = nameOf(node);
        return name === null ? this.#children(node) : `${this.#helper("reader", name)}(${this.of(node.object)})`;
      }
      case "CallExpression": {
        const name = node.callee.type === "MemberExpression" ? nameOf(node.callee) : null;
        if (name === null) return this.#children(node);
        const { object } = node.callee as MemberExpression;
        return `${this.#helper("caller", name)}(${[object, ...node.arguments].map((one) => this.of(one)).join(", ")})`;
      }
      case "NewExpression":
        if (node.callee.type === "Identifier" && /^(Map|Set)$/.test(node.callee.name))
          return `$natives.collection(${[node.callee, ...node.arguments].map((one) => this.of(one)).join(", ")})`;
        return `new (${this.of(node.callee)})(${node.arguments.map((one) => this.of(one)).join(", ")})`;
      case "AssignmentExpression":
        return this.#assignment(node.left, node.operator, node.right);
      case "UpdateExpression":
        return node.argument.type === "MemberExpression"
          ? `${this.#untouched(node.argument, node)}`
          : this.#children(node);
      case "UnaryExpression":
        if (node.operator === "delete" && node.argument.type === "MemberExpression")
          return this.#untouched(node.argument, node);
        return this.#children(node);
      case "VariableDeclarator":
        if (node.id.type !== "ObjectPattern" || !node.init) return this.#children(node);
        return this.#declarations(node.id, this.of(node.init));
      case "ForOfStatement": {
        const [declared] = node.left.type === "VariableDeclaration" ? node.left.declarations : [];
        if (node.left.type !== "VariableDeclaration" || declared?.id.type !== "ObjectPattern")
          return this.#children(node);
        const each = this.#temporary("each");
        const taken = `${node.left.kind} ${this.#declarations(declared.id, each)};`;
        return `for (const ${each} of ${this.of(node.right)}) { ${taken} ${this.of(node.body)} }`;
      }
      case "ObjectPattern":
        throw new Error(`A pattern was left in the bundle: ${this.#source.slice(node.start, node.end)}`);
      case "ArrowFunctionExpression":
      case "FunctionExpression":
      case "FunctionDeclaration":
        return this.#function(node);
      default:
        return this.#children(node);
    }
  }

  #assignment(left: Pattern, operator: string, right: Expression): string {
    const name = left.type === "MemberExpression" ? nameOf(left) : null;
    if (left.type === "ObjectPattern") throw new Error("An assignment takes an object apart");
    if (left.type !== "MemberExpression")
      return `${this.#source.slice(left.start, left.end)} ${operator} ${this.of(right)}`;
    if (name !== null && operator === "=")
      return `${this.#helper("writer", name)}(${this.of(left.object)}, ${this.of(right)})`;
    return `${this.#untouched(left, left)} ${operator} ${this.of(right)}`;
  }

  /** The whole node, with the member's object rewritten and the member left alone. */
  #untouched(member: MemberExpression, whole: AnyNode): string {
    const { object } = member;
    const inside = member.computed
      ? this.#children(member)
      : this.of(object) + this.#source.slice(object.end, member.end);
    return this.#source.slice(whole.start, member.start) + inside + this.#source.slice(member.end, whole.end);
  }

  /** The declarations of what the pattern takes out of the value of an expression. */
  #declarations(pattern: ObjectPattern, from: string): string {
    const whole = this.#temporary("from");
    const parts = pattern.properties.map((property) => {
      if (property.type === "RestElement") return this.#rest(pattern, property, whole);
      return this.#bound(property.value, `${this.#helper("reader", keyOf(property))}(${whole})`);
    });
    return [`${whole} = ${from}`, ...parts].join(", ");
  }

  #bound(to: Pattern, from: string): string {
    if (to.type === "Identifier") return `${to.name} = ${from}`;
    if (to.type === "ObjectPattern") return this.#declarations(to, from);
    if (to.type !== "AssignmentPattern") return `${this.of(to)} = ${from}`;
    const once = this.#temporary("once");
    return `${once} = ${from}, ${this.#bound(to.left, `${once} === void 0 ? ${this.of(to.right)} : ${once}`)}`;
  }

  /** What is left of an object is copied from its own properties: no prototype has a say in it. */
  #rest({ properties }: ObjectPattern, { argument }: RestElement, whole: string): string {
    const others = properties.flatMap((one) =>
      one.type === "Property" ? [`${keyOf(one)}: ${this.#temporary("other")}`] : [],
    );
    return `{ ${[...others, `...${this.of(argument)}`].join(", ")} } = ${whole}`;
  }

  #temporary(name: string): string {
    this.#temporaries += 1;
    return `$${name}${this.#temporaries}`;
  }

  /** Parameters that are taken apart become declarations in the body. */
  #function(node: FunctionNode | ArrowFunctionExpression): string {
    const taken: string[] = [];
    const replaced = new Map<AnyNode, string>();
    for (const parameter of node.params) {
      const pattern = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
      if (pattern.type !== "ObjectPattern") continue;
      const given = this.#temporary("given");
      taken.push(`let ${this.#declarations(pattern, given)};`);
      replaced.set(
        parameter,
        parameter.type === "AssignmentPattern" ? `${given} = ${this.of(parameter.right)}` : given,
      );
    }
    if (taken.length === 0) return this.#children(node as AnyNode);
    const body = node.body as AnyNode;
    const isBlock = body.type === "BlockStatement";
    replaced.set(body, `{ ${taken.join(" ")} ${isBlock ? this.of(body).slice(1) : `return ${this.of(body)}; }`}`);
    if (isBlock) return this.#children(node as AnyNode, replaced);
    // A body that is an expression may stand in brackets of its own.
    const arrow = this.#source.lastIndexOf("=>", body.start) + 2;
    return this.#pieces(node.start, arrow, node.params, replaced) + replaced.get(body);
  }

  #children(node: AnyNode, replaced?: ReadonlyMap<AnyNode, string>): string {
    return this.#pieces(node.start, node.end, childrenOf(node), replaced);
  }

  #pieces(start: number, end: number, nodes: readonly AnyNode[], replaced?: ReadonlyMap<AnyNode, string>): string {
    let [text, at] = ["", start];
    for (const child of nodes) {
      text += this.#source.slice(at, child.start) + (replaced?.get(child) ?? this.of(child));
      at = child.end;
    }
    return text + this.#source.slice(at, end);
  }

  #helper(kind: "reader" | "caller" | "writer", name: string): string {
    const helper = `$${kind}_${name}`;
    this.names.add(name);
    this.helpers.set(helper, `$natives.${kind}(${JSON.stringify(name)})`);
    return helper;
  }
}

/** The written name of the property, or null where it is none, is private to our own classes, or of `this` or `super`. */
function nameOf({ object, property, computed }: MemberExpression): string | null {
  if (object.type === "ThisExpression" || object.type === "Super") return null;
  const literal = computed && property.type === "Literal" && typeof property.value === "string" ? property.value : null;
  const name = computed ? literal : property.type === "Identifier" ? property.name : null;
  return name !== null && /^[a-z]\w*$/i.test(name) ? name : null;
}

function keyOf({ key, computed }: Property | AssignmentProperty): string {
  if (computed || key.type !== "Identifier") throw new Error("A pattern takes out a property without a written name");
  return key.name;
}

function childrenOf(node: AnyNode): AnyNode[] {
  const children = Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
  // `{ a }` has its name for key and for value.
  const distinct = children.filter(
    (child, index) => !children.slice(0, index).some((other) => other.start === child.start),
  );
  return distinct.sort((one, other) => one.start - other.start);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && typeof (value as AnyNode).type === "string" && "start" in value;
}

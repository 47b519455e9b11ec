/**
 * The platform's own properties, taken before any script of the page runs. The build has every property that the page script
 * reads, calls or sets go through these (`device/build/natives.ts`): a form's controls stand in for the form's own properties
 * by their names in every world, and where the script shares the page's world, the page may replace any of them.
 */
const { apply, getPrototypeOf, getOwnPropertyDescriptor, ownKeys } = Reflect;
const { get, set, has } = Map.prototype;
const [MapOfPage, SetOfPage, { add, has: hasOf }] = [Map, Set, Set.prototype];

interface Native {
  readonly get?: (() => unknown) | undefined;
  readonly set?: ((value: unknown) => void) | undefined;
  readonly value?: unknown;
}
type Table = Record<string, Native | undefined>;
type Args = readonly unknown[];

/** Of objects by their prototype; null where nothing stands in the way of a plain look. */
const tables = new Map<object, Table | null>();
/** Of the constructors and namespaces themselves. */
const statics = new Map<object, Table>();
const byInterface = new Map<string, Table>();
/** The names of all interfaces of the platform. Those that the script uses have to be in the list below. */
const platform = new Set<unknown>();

/** Chromium, WebKit and Gecko keep a world of its own free of the page, but for forms. */
const sharesWorld = Reflect.get(globalThis, "sharesWorld") === true;
const everyInterface =
  /^(HTML\w*|SVGElement|MathMLElement|Element|Node|NodeList|RadioNodeList|EventTarget|Document|XMLDocument|DocumentFragment|ShadowRoot|CharacterData|Text|Comment|Attr|NamedNodeMap|DOM(TokenList|Rect|RectReadOnly|RectList|Implementation)|\w*Event|Range|Selection|CSSStyleDeclaration|CSSStyleSheet|StyleSheet|Window|Location|History|(Mutation|Resize)(Observer|Record)|IntersectionObserver(Entry)?|VisualViewport|XPath(Result|Evaluator|Expression)|Message(Port|Channel)|TreeWalker|XMLSerializer|Storage|Performance|Crypto|Response|Headers|URL|ReadableStream\w*|TextDecoder|Blob|File|FileList|DataTransfer\w*|Abort(Controller|Signal)|Array|String|Number|Boolean|Map|Set|WeakMap|WeakSet|RegExp|Promise|Function|Date|Error|Uint8Array|Uint32Array)$/;
const formInterfaces = /^HTMLFormElement$/;
const namespaces = ["JSON", "Math", "Object", "Reflect", "CSS"];

for (const name of ownKeys(window)) {
  if (sharesWorld) apply(add, platform, [name]);
  if (typeof name !== "string" || !(sharesWorld ? everyInterface : formInterfaces).test(name)) continue;
  const kind = getOwnPropertyDescriptor(window, name)?.value;
  if (typeof kind !== "function" || !kind.prototype) continue;
  apply(set, byInterface, [name, tableOf(kind.prototype)]);
  if (sharesWorld) apply(set, statics, [kind, ownTable(kind, null)]);
}
for (const name of sharesWorld ? namespaces : []) {
  const namespace = getOwnPropertyDescriptor(window, name)?.value;
  if (namespace) apply(set, statics, [namespace, ownTable(namespace, null)]);
}

if (!sharesWorld) {
  // Whatever is no form is looked at plainly.
  const form = tableOf(HTMLFormElement.prototype);
  tables.clear();
  tables.set(HTMLFormElement.prototype, form);
}

/** The table of a prototype, with those of the prototypes above it. */
function tableOf(prototype: object | null): Table | null {
  if (prototype === null || prototype === Object.prototype) return null;
  if (!apply(has, tables, [prototype]))
    apply(set, tables, [prototype, ownTable(prototype, tableOf(getPrototypeOf(prototype)))]);
  return apply(get, tables, [prototype]);
}

function ownTable(of: object, above: Table | null): Table {
  const table: Table = Object.create(above);
  for (const name of ownKeys(of)) {
    const native = typeof name === "string" ? getOwnPropertyDescriptor(of, name) : undefined;
    // Values that are no functions have their like on the object itself, such as an array's length.
    if (native && name !== "constructor" && (native.get || typeof native.value === "function"))
      table[name as string] = { get: native.get, set: native.set, value: native.value };
  }
  return table;
}

/** A plain call is twice as fast, and safe where the page cannot replace `Map.prototype.get`. */
const known: (prototype: object) => Table | null | undefined = sharesWorld
  ? (prototype) => apply(get, tables, [prototype])
  : (prototype) => tables.get(prototype);

function nativeOf(object: unknown, name: string): Native | undefined {
  if (object === null || object === undefined) return undefined;
  if (sharesWorld) {
    const own: Table | undefined = apply(get, statics, [object]);
    if (own) return own[name];
  }
  const isObject = typeof object === "object" || typeof object === "function";
  if (!isObject && !sharesWorld) return undefined;
  const prototype = isObject ? getPrototypeOf(object) : getPrototypeOf(Object(object));
  if (prototype === null) return undefined;
  const table = known(prototype);
  return (table === undefined ? meet(prototype) : table)?.[name];
}

/** A prototype that is seen for the first time: a custom element's, or that of another frame's interface. */
function meet(prototype: object): Table | null {
  let table: Table | null = null;
  let unlisted: string | null = null;
  for (let at: object | null = prototype; at && !table; at = getPrototypeOf(at)) {
    const tag = getOwnPropertyDescriptor(at, Symbol.toStringTag)?.value;
    table = known(at) ?? apply(get, byInterface, [tag]) ?? null;
    if (!table && tag !== "Object" && apply(hasOf, platform, [tag])) unlisted = tag;
  }
  // The page may have replaced its properties: an error is better than a value that the page made up.
  if (!table && unlisted !== null) throw new TypeError(`natives.ts does not list ${unlisted}`);
  apply(set, tables, [prototype, table]);
  return table;
}

/** `new Map` and `new Set` of what is iterated would call `set` or `add` as the page has it. */
export function collection(Kind: MapConstructor | SetConstructor, items: Iterable<unknown> = []): object {
  if (Kind !== MapOfPage && Kind !== SetOfPage) throw new TypeError("The collection is neither a Map nor a Set");
  const made: object = new (Kind as SetConstructor)();
  for (const item of items) {
    if (Kind === MapOfPage) apply<object, Args, unknown>(set, made, item as Args);
    else apply<object, Args, unknown>(add, made, [item]);
  }
  return made;
}

/** Reads the property of an object. */
export function reader(name: string) {
  return (object: Record<string, unknown>): unknown => {
    const native = nativeOf(object, name);
    if (!native) return object[name];
    return native.get ? apply(native.get, object, []) : native.value;
  };
}

/** Calls the method of an object. */
export function caller(name: string) {
  return (object: Record<string, unknown>, ...args: Args): unknown => {
    const native = nativeOf(object, name);
    const method = !native ? object[name] : native.get ? apply(native.get, object, []) : native.value;
    // By the engine where it is no function: its error says which.
    return typeof method === "function"
      ? apply(method, object, args)
      : (object as never as Record<string, () => unknown>)[name]?.();
  };
}

/** Sets the property of an object. */
export function writer(name: string) {
  return (object: Record<string, unknown>, value: unknown): unknown => {
    const native = nativeOf(object, name);
    if (native?.set) apply(native.set, object, [value]);
    else object[name] = value;
    return value;
  };
}

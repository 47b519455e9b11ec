const key = Symbol.for("passage.name");

/**
 * Notes the name by which requests call a step or a read. The object carries it, and no table here: a server has a copy of this
 * module, and each package of providers another.
 */
export function giveName(declared: object, name: string): void {
  Object.defineProperty(declared, key, { value: name, writable: true });
}

export function givenName(declared: object): string | undefined {
  return (declared as { readonly [key]?: string })[key];
}

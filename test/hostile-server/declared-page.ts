/** The selectors that a step may ask a page about. */
export function selectorsOf(step: object): string[] {
  const { click, nth, fill, frame, commit, selector } = step as {
    readonly click?: string;
    readonly nth?: number;
    readonly fill?: string;
    readonly frame?: { readonly selector: string };
    readonly commit?: string;
    readonly selector?: string;
  };
  if (click !== undefined && nth !== undefined) return Array.from({ length: nth }, (_, at) => `${click} >> nth=${at}`);
  if (fill !== undefined && frame) return [fill, `frame=${frame.selector} >> ${fill}`];
  return [click, fill, commit, selector].filter((one) => one !== undefined);
}

/** Whether a field of the kind may be given the value. */
export function isOfKind(kind: string, value: string): boolean {
  if (/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value) || value.length > 2_048) return false;
  switch (kind) {
    case "cc-number":
      return /^(\d[ -]?){11,18}\d$/.test(value);
    case "cc-exp":
      return /^(0[1-9]|1[0-2])\/(20)?\d\d$|^20\d\d-(0[1-9]|1[0-2])$/.test(value);
    case "cc-csc":
      return /^\d{3,4}$/.test(value);
    case "postal-code":
      return /^[A-Za-z0-9][A-Za-z0-9 -]{1,9}$/.test(value);
    default:
      return true;
  }
}

/** Whether the address is where a read is made. */
export function isBelow(
  address: string,
  { origin, path }: { readonly origin: string; readonly path: string },
): boolean {
  const url = URL.parse(address);
  const below = path.endsWith("/") ? path : `${path}/`;
  return url?.origin === origin && (url.pathname === path || url.pathname.startsWith(below));
}

/** What a page read asks of the page script. */
export function elementsOf(read: {
  readonly rows?: { readonly css: string } | undefined;
  readonly fields: Readonly<
    Record<string, { readonly css?: string | undefined; readonly attribute?: string | undefined }>
  >;
}): object {
  const fields = Object.entries(read.fields).map(([name, { css, attribute }]) => [
    name,
    {
      selector: css === undefined ? undefined : `css=${css}`,
      read: attribute === undefined ? "text" : `attribute:${attribute}`,
      optional: true,
    },
  ]);
  return { rows: read.rows && `css=${read.rows.css}`, fields: Object.fromEntries(fields) };
}

import { text } from "node:stream/consumers";
import { Site } from "../../device/test/site.ts";
import type { Canaries, TypedPlace } from "./canaries.ts";
import type { LoginForm } from "./forms/form.ts";
import { plainFields } from "./forms/form.ts";

/** What the site has seen of a form: the proof that a canary was where it should be. */
export interface Received {
  readonly typed: Partial<Record<TypedPlace, string>>;
  readonly cookie: string;
  readonly bearer: string;
}

/**
 * A site with one sign-in a form under `/start/<n>`, which hides canaries wherever sites keep secrets, and an account page after it.
 * As another site it answers under another name of the same machine.
 */
export class CanarySite {
  readonly #site: Site;
  readonly #received = new Map<string, Received>();
  #visits = 0;

  private constructor(site: Site) {
    this.#site = site;
  }

  static async open(): Promise<CanarySite> {
    const site = new CanarySite(await Site.open());
    site.#account();
    return site;
  }

  get origin(): string {
    return this.#site.origin;
  }

  /** Serves the form, and returns the address where its visit begins and the visit's key in the site's addresses. */
  async serve({ html }: LoginForm, canaries: Canaries): Promise<{ readonly start: string; readonly key: string }> {
    const key = `visit-${++this.#visits}`;
    const body = await html({ fields: `/fields/${key}`, foreignFields: this.#elsewhere(`/fields/${key}`) });
    this.#fields(key, canaries);
    this.#login(key, canaries, body);
    const query = `code=${canaries["code in a query"]}&state=open`;
    const start = this.#site.redirect(
      `/start/${key}`,
      `/login/${key}?${query}#access_token=${canaries["token in a fragment"]}`,
    );
    return { start, key };
  }

  received(key: string): Received {
    return this.#received.get(key) ?? { typed: {}, cookie: "", bearer: "" };
  }

  close(): Promise<void> {
    return this.#site.close();
  }

  #elsewhere(path: string): string {
    return this.origin.replace("127.0.0.1", "localhost") + path;
  }

  /** The fields alone, for frames and windows; they tell whoever holds them when the person is in. */
  #fields(key: string, canaries: Canaries): void {
    const script = submitScript(key, "(window.opener ?? parent).postMessage('signed in', '*'); if (opener) close()");
    this.#site.page(`/fields/${key}`, `<title>Sign in</title>${script}${plainFields()}`);
    this.#site.answer(`/submit/${key}`, async (request, response) => {
      const typed = JSON.parse(await text(request)) as Received["typed"];
      this.#received.set(key, { ...this.received(key), typed });
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ status: "ok", id_token: canaries["token after sign-in"] }));
    });
  }

  #login(key: string, canaries: Canaries, body: string): void {
    this.#site.answer(`/session/${key}`, ({ headers }, response) => {
      const { cookie = "", authorization: bearer } = headers;
      if (bearer) this.#received.set(key, { ...this.received(key), cookie, bearer });
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ plan: "unlimited", access_token: canaries["response token"] }));
    });
    const keep = `localStorage.setItem("access_token", ${JSON.stringify(canaries["local storage"])});
      sessionStorage.setItem("session", ${JSON.stringify(JSON.stringify({ refreshToken: canaries["session storage"] }))});
      addEventListener("message", () => location.href = "/account");
      fetch("/session/${key}", { headers: { authorization: "Bearer ${canaries["bearer header"]}" } })
        .then((answer) => answer.json()).then(() => document.documentElement.dataset.state = "ready");`;
    this.#site.page(
      `/login/${key}`,
      `<title>Sign in</title><body>${submitScript(key, "location.href = '/account'")}<script>${keep}</script>${asides}${body}`,
      {
        headers: {
          "set-cookie": [`visit=${canaries.cookie}; Path=/`, `sid=${canaries["httpOnly cookie"]}; Path=/; HttpOnly`],
        },
      },
    );
  }

  #account(): void {
    this.#site.page(
      "/account",
      `<title>Your account</title>${asides}<h1 id=title data-plan=unlimited>Your bills</h1>
      <table>${bills.map(({ id, amount }) => `<tr class=bill><td>${id}<td>${amount}`).join("")}</table>
      <input id=search value=bills><p id=echo></p><script>echo.textContent = sessionStorage.getItem("echo");document.documentElement.dataset.state = "ready"</script>`,
    );
    this.#site.answer("/api/bills", (_request, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ bills })),
    );
  }
}

/** What an automation may read after the sign-in. */
export const bills = [
  { id: "October", amount: "$85.00" },
  { id: "November", amount: "$91.50" },
] as const;

/** On every page, for the commands that act: what they do must not touch what the person typed. */
const asides = `<div id=asides><input id=note aria-label=Note><input id=agree type=checkbox aria-label=Agree>
  <select id=plan aria-label=Plan><option value=a>A<option value=b>B</select><input id=file type=file aria-label=Photo>
  <button id=harmless type=button>Harmless</button></div>`;

function submitScript(key: string, then: string): string {
  return `<script>function submit(values) {
    fetch("/submit/${key}", { method: "POST", body: JSON.stringify(values) }).then((answer) => answer.json()).then(() => { ${then} });
  }</script>`;
}

import { Hono } from "hono";
import { html } from "hono/html";
import type { SignedIn, Visits } from "../sign-in/visits.ts";
import { script } from "../site/app.ts";
import type { Brand } from "../site/brand.ts";
import { page } from "../site/layout.ts";
import { dataTrouble } from "../site/trouble.ts";
import { type ScenarioUser, scenarioUsers } from "../users.ts";

/** Where a brand's profile is, and the number of the first user's account; every other user has the next. */
interface ProfileParts {
  readonly page: string;
  readonly call: string;
  readonly firstNumber: string;
}

/** Whose account it is, and since when: a page, and the call that it makes. */
export function profile(brand: Brand, visits: Visits, { page, call, firstNumber }: ProfileParts): Hono<SignedIn> {
  const routes = new Hono<SignedIn>();
  routes.use(page, visits.guard);
  routes.use(call, visits.guard, dataTrouble);
  routes.get(page, (context) => context.html(profilePage(brand, context.req.url)));
  routes.get("/static/profile.js", script(profileScript(call)));
  routes.get(call, (context) => context.json(profileOf(context.var.user, firstNumber)));
  return routes;
}

function profileOf(user: ScenarioUser, firstNumber: string) {
  const accountNumber = String(BigInt(firstNumber) + BigInt(scenarioUsers.indexOf(user)));
  return { account: { accountNumber, accountHolder: user.holder, customerSince: user.since } };
}

function profilePage(brand: Brand, url: string) {
  const body = html`<h1>Your profile</h1>
    <p class="alert" id="profile-alert" role="alert"></p>
    <dl class="figures" id="profile" aria-live="polite"></dl>`;
  return page({ brand, title: "Profile", url, area: "account", body, scripts: ["/static/profile.js"] });
}

function profileScript(call: string): string {
  return `
const list = document.getElementById("profile");

function row(term, text) {
  const made = document.createElement("div");
  made.append(Object.assign(document.createElement("dt"), { textContent: term }), Object.assign(document.createElement("dd"), { textContent: text }));
  return made;
}

async function show() {
  const { account } = await (await fetch("${call}")).json();
  list.replaceChildren(row("Account number", account.accountNumber),
    row("Name", account.accountHolder ?? "Not given"), row("Customer since", account.customerSince ?? "Not known"));
}

show().catch(() => { document.getElementById("profile-alert").textContent = "We can't show your profile right now."; });
`;
}

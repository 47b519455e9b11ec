import { type Context, Hono } from "hono";
import { deleteCookie, getCookie } from "hono/cookie";
import type { Env } from "../env.ts";
import { logged } from "../request-log.ts";
import { giveCookie } from "../site/cookies.ts";
import { Tokens } from "../tokens.ts";
import { checkScript, signInScript } from "./check-scripts.ts";
import { articlesRead } from "./history.ts";
import { historyScript } from "./history-script.ts";
import { codePage, historyPage, homePage, messagePage, signInPage } from "./pages.ts";
import { enterCode, enterPassword, type SignIn } from "./sign-in.ts";
import { type Reader, readerNamed, readers } from "./users.ts";

type SiteContext = Context<{ Bindings: Env }>;

const cookieName = "reading_room";
const signIns = new Tokens<SignIn>("apple-review", 24 * 3600);
const pageSize = 10;
const hangMs = 60_000;

/** The Reading Room: one host, ordinary forms, a one-time code for some, and one JSON call. */
export const appleReview = new Hono<{ Bindings: Env }>();

appleReview.use(logged(async () => null));
appleReview.use(async (context, next) => {
  await next();
  context.header("Cache-Control", "no-store");
});

appleReview.get("/", (context) => context.html(homePage()));
appleReview.get("/signin", (context) => context.html(signInPage(null)));
appleReview.post("/signin", async (context) => {
  const { email, password } = await context.req.parseBody();
  const outcome = enterPassword(String(email ?? ""), String(password ?? ""));
  if ("error" in outcome) return context.html(signInPage(outcome.error), 401);
  giveCookie(context, cookieName, await signIns.issue(context.env, outcome), signIns.lifetimeSeconds);
  return context.redirect(outcome.step === "code" ? "/signin/code" : "/history", 303);
});

appleReview.get("/signin/code", async (context) => {
  const signIn = await readSignIn(context);
  return signIn?.step === "code" ? context.html(codePage(null)) : context.redirect("/history");
});
appleReview.post("/signin/code", async (context) => {
  const { code } = await context.req.parseBody();
  const signIn = await readSignIn(context);
  if (!signIn) return context.redirect("/signin", 303);
  const outcome = enterCode(signIn, String(code ?? ""));
  if ("error" in outcome) return context.html(codePage(outcome.error), 401);
  await signIns.change(context.env, getCookie(context, cookieName), () => ({ next: outcome }));
  return context.redirect("/history", 303);
});

appleReview.get("/logout", async (context) => {
  await signIns.take(context.env, getCookie(context, cookieName));
  deleteCookie(context, cookieName);
  return context.redirect("/");
});

appleReview.get("/history", async (context) =>
  (await signedIn(context)) ? context.html(historyPage()) : context.redirect("/signin"),
);

/** `cursor` is the id of the last article of the page before. */
appleReview.get("/api/reading-history", async (context) => {
  const reader = await signedIn(context);
  if (!reader) return context.json({ error: "Sign in first." }, 401);
  if (reader.trouble === "hangs") return hang();
  const all = articlesRead(reader);
  const cursor = context.req.query("cursor") ?? "";
  const from = cursor === "" ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
  if (cursor !== "" && from === 0) return context.json({ error: "Unknown cursor." }, 400);
  const page = all.slice(from, from + pageSize);
  const nextCursor = from + pageSize < all.length ? (page.at(-1)?.id ?? null) : null;
  return context.json({ articles: reader.trouble === "key-renamed" ? page.map(renamed) : page, nextCursor });
});

/** Who reads. */
appleReview.get("/api/reader", async (context) => {
  const reader = await signedIn(context);
  if (!reader) return context.json({ error: "Sign in first." }, 401);
  const told = reader.isNameless ? { name: null, joinedOn: null } : { name: "Sam Rivera", joinedOn: "2019-03-14" };
  return context.json({ readerId: `reader-${readers.indexOf(reader) + 1}`, ...told });
});

const scripts = { history: historyScript, "sign-in": signInScript, check: checkScript };
for (const [name, source] of Object.entries(scripts))
  appleReview.get(`/static/${name}.js`, (context) =>
    context.body(source, 200, { "Content-Type": "text/javascript; charset=utf-8" }),
  );
appleReview.notFound((context) => context.html(messagePage("Nothing here", "This page does not exist."), 404));
appleReview.onError((error, context) => {
  // An error's message may quote what a person typed, so its name is all that is shown.
  console.error(`sandbox: ${context.req.method} ${context.req.path} failed: ${error.name}`);
  return context.html(messagePage("Sorry", "Something went wrong on our side."), 500);
});

async function readSignIn(context: SiteContext): Promise<SignIn | null> {
  return signIns.read(context.env, getCookie(context, cookieName));
}

async function signedIn(context: SiteContext): Promise<Reader | null> {
  const signIn = await readSignIn(context);
  return signIn?.step === "signedIn" ? readerNamed(signIn.user) : null;
}

function renamed<Article extends { readAt: string }>({ readAt, ...rest }: Article) {
  return { ...rest, finishedAt: readAt };
}

async function hang(): Promise<Response> {
  await scheduler.wait(hangMs);
  return new Response(null, { status: 504 });
}

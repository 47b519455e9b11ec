import type { DeviceYield } from "@passage/protocol/declared-commands";
import { PassageError } from "@passage/protocol/errors";
import type { YieldCondition, YieldRequest, YieldResult } from "@passage/protocol/yield";
import { acted, findAndAct } from "../commands/find.ts";
import { clickOn } from "../commands/mouse.ts";
import type { CommandParts } from "../executor/parts.ts";
import { Progress } from "../executor/progress.ts";
import type { PersonTurn } from "../yield/person-turn.ts";
import { turnCondition } from "./conditions.ts";
import { type ActiveOperation, notDeclared } from "./operations.ts";

/** The most that the button is waited for after the person's yes. */
const commitMs = 30_000;
/** The most that the fields are asked for what they hold. */
const heldMs = 5_000;
/** The most characters of an argument that a question can be about: it stands there whole. */
const mostAsked = 120;

/** The one condition of a turn that is a commit: the person's yes, after which the device itself presses the button. */
interface Commit {
  readonly index: number;
  readonly name: string;
  readonly selector: string;
  /** What the person is asked, made from the arguments as they were typed. */
  readonly question: string;
  /** The arguments in the question, as it names them. */
  readonly about: readonly string[];
}

/** A turn as the device carries it out: declared conditions in their own words, and the commit among them. */
interface PlannedTurn {
  readonly request: YieldRequest & { readonly id: string };
  readonly commit: Commit | null;
}

/**
 * Gives the page to the person. In a session that declares by name all that it does, conditions and words are those of the
 * active operation. A commit's question is the device's own, and its button is pressed after the person's yes only.
 */
export async function runTurn(
  parts: CommandParts,
  turn: PersonTurn,
  asked: DeviceYield & { readonly id: string },
  started: (progress: Progress) => void,
): Promise<YieldResult | PassageError> {
  try {
    const { request, commit } = plan(parts, asked);
    const demandHeld = (within: Progress) => demandAsked(parts, commit, within);
    if (commit)
      await inTime(heldMs, started, async (progress) => {
        await demandHeld(progress);
        await arm({ ...parts, progress }, commit);
      });
    const outcome = await turn.run(request, started, commit?.question ?? null);
    if (outcome instanceof PassageError || !commit) return outcome;
    // A person who is asked again and again gives in at last.
    if (outcome.reason === "user_gave_up") parts.operations.active.spend(commit.name);
    if (outcome.condition !== commit.index) return outcome;
    await turn.clear();
    turn.takeBack();
    await inTime(heldMs, started, demandHeld);
    parts.operations.active.spend(commit.name);
    const press = (progress: Progress) =>
      clickOn({ ...parts, progress }, { selector: commit.selector, commit: () => demandHeld(progress) });
    await inTime(Math.min(commitMs, asked.timeout ?? commitMs), started, press);
    return outcome;
  } catch (error) {
    if (error instanceof PassageError) return error;
    throw error;
  }
}

function plan({ operations, page }: CommandParts, asked: DeviceYield & { readonly id: string }): PlannedTurn {
  const isDeclared = asked.conditions.some(({ type }) => type === "step");
  if (!isDeclared && !operations.strict) return { request: asked as PlannedTurn["request"], commit: null };
  const { active } = operations;
  active.demandWords(asked.status?.heading, asked.status?.subheading);
  let commit: Commit | null = null;
  const conditions = asked.conditions.map((condition, index): YieldCondition => {
    if (condition.type !== "step") notDeclared("A turn ends with conditions that the manifest declares by name");
    const found = commitOf(active, condition.step, index);
    if (!found) return turnCondition(active, condition);
    if (commit) throw new PassageError("invalid_params", "A turn has one commit at most");
    if (page.webview.sharesWorld && operations.isLive)
      throw new PassageError(
        "unsupported_command",
        "On a real site this device cannot ask about a commit where no page reaches",
      );
    commit = found;
    return { type: "userDone" };
  });
  return { request: { ...asked, conditions }, commit };
}

function commitOf(active: ActiveOperation, step: string, index: number): Commit | null {
  const { name, declaration } = active.step(step);
  if (!("commit" in declaration)) return null;
  active.demandUnspent(name);
  return { index, name, selector: declaration.commit, ...asked(active, declaration.ask) };
}

/**
 * The question with the arguments that were typed in this operation.
 * @throws `invalid_params` where one of them was not, or is too long to be read there.
 */
function asked(active: ActiveOperation, ask: string): Pick<Commit, "question" | "about"> {
  const about: string[] = [];
  const question = ask.replace(/\{([\w.]+)\}/g, (_, path: string) => {
    const value = active.memory.argument(path);
    if (value === undefined)
      throw new PassageError(
        "invalid_params",
        `The argument ${path} was not typed yet, and the person is asked about it`,
      );
    if (value.length > mostAsked)
      throw new PassageError(
        "invalid_params",
        `The argument ${path} is over ${mostAsked} characters, and the person is asked about all of it`,
      );
    about.push(path);
    return value;
  });
  return { question, about };
}

async function demandAsked(parts: CommandParts, commit: Commit | null, progress: Progress): Promise<void> {
  const { filled } = parts.operations.active;
  for (const argument of commit?.about ?? []) await filled.demandHeld({ ...parts, progress }, argument);
}

/**
 * From here on the button may be pressed only in the document that is there now, with all as it is.
 * @throws `not_actionable`
 */
async function arm(
  context: CommandParts & { readonly progress: Progress },
  { selector, about }: Commit,
): Promise<void> {
  const fields = context.operations.active.filled.heldFor(about);
  const { page, privacy } = context;
  await findAndAct(context, { selector, need: "attached" }, ({ frame, handle }) => {
    if (frame !== page.mainFrame) throw new PassageError("not_actionable", "A commit's button is in the page itself");
    return acted(frame.call("armCommit", handle, fields, privacy.reason !== null));
  });
}

/** What a turn does besides waiting for the person, in a time of its own. */
async function inTime(
  timeoutMs: number,
  started: (progress: Progress) => void,
  run: (progress: Progress) => Promise<unknown>,
): Promise<void> {
  const progress = new Progress(timeoutMs);
  started(progress);
  try {
    await progress.race(run(progress));
  } catch (error) {
    const { code, message, details } = progress.explain(error);
    // A turn's timeout says that the person was not done in time, and they were.
    throw new PassageError(code === "timeout" ? "not_actionable" : code, message, details && { details });
  } finally {
    progress.finish();
  }
}

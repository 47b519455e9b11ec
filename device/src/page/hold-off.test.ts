import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

/** What an `evaluate` leaves behind: it sends whatever it hears, and looks at the field all the time. */
const trap = (of = "window") => `(() => {
  for (const type of ["keydown", "keypress", "keyup", "beforeinput", "input", "paste", "drop", "compositionupdate"])
    ${of}.addEventListener(type, ({ key, data }) => navigator.sendBeacon("/stolen?" + type + "=" + (key ?? data)), true);
  setInterval(() => {
    const { value } = ${of}.document.querySelector("#p") ?? {};
    if (value) navigator.sendBeacon("/stolen?value=" + value);
  }, 5);
})(), null`;
const password = "<input id=p type=password>";
const add = (html: string) => `document.querySelector("#here").innerHTML = ${JSON.stringify(html)}`;

const stolen = () => rig.site.requests.filter((path) => path.startsWith("/stolen"));
/** What was sent before it has come by then. */
const settled = () => rig.value("fetch('/settled').then(() => null)");

/** A page in which code of the automation's own has run and a field for a secret has come since. */
async function touched(html = password): Promise<void> {
  await rig.show("<h1>Shop</h1><div id=here></div>");
  await rig.run("evaluate", { expression: trap() });
  await rig.value(`void (window.old = true, ${add(html)})`);
}

describe("in a document where evaluate has run", () => {
  test("nothing that a person types is heard, and they get the same address anew", async () => {
    await touched();
    const url = rig.page.url();
    const token = rig.page.documentToken;
    await rig.personTypes("document.querySelector('#p')", "secret");
    await rig.until("!window.old && document.readyState === 'complete'");
    await settled();
    expect(stolen()).toEqual([]);
    expect(rig.page.url()).toBe(url);
    expect(rig.page.documentToken).not.toBe(token);
    await rig.value(`void (${add(password)})`);
    await rig.personTypes("document.querySelector('#p')", "secret");
    expect(await rig.value("document.querySelector('#p').value")).toBe("secret");
    await settled();
    expect(stolen()).toEqual([]);
  });

  test("nor what a keypad of the page writes", async () => {
    await touched(`${password}<button id=k type=button onclick="p.value += 7">7</button>`);
    await rig.until("document.querySelector('#k')");
    await rig.personClicksOn("document.querySelector('#k')");
    await rig.until("!window.old");
    await settled();
    expect(stolen()).toEqual([]);
  });

  test("the person is told why, as long as the field is there", async () => {
    const said: string[] = [];
    const { page } = rig;
    const call = page.call.bind(page);
    page.call = ((name: string, ...args: never[]) => {
      if (name === "overlay") said.push((args as unknown as [{ heading: string }])[0].heading);
      return call(name as "overlay", ...(args as never as [never]));
    }) as typeof page.call;
    await touched();
    await expect.poll(() => said.at(-1)).toBe("Please wait before you type");
    await rig.show("<h1>x</h1>");
    await expect.poll(() => said.at(-1)).toBe("Working on it");
    page.call = call;
  });

  test("the automation's own keys and clicks go on", async () => {
    await rig.show("<input id=q><button onclick='q.value += 1'>Go</button><div id=here></div>");
    await rig.run("evaluate", { expression: "1" });
    await rig.run("type", { selector: "#q", text: "aB é" });
    await rig.run("press", { selector: "#q", key: "Shift+c" });
    await rig.run("click", { selector: "button" });
    await rig.run("click", { selector: "button", clickCount: 2 });
    expect(await rig.value("document.querySelector('#q').value")).toBe("aB éC111");
    await rig.value(`void (window.old = true, ${add(password)})`);
    expect((await rig.run("click", { selector: "button" })).error).toBeUndefined();
    expect((await rig.run("type", { selector: "#q", text: "z" })).error).toBeUndefined();
    expect(await rig.value("[document.querySelector('#q').value, window.old]")).toEqual(["aB éC1111z", true]);
  });

  test("a frame of its origin takes nothing either", async () => {
    await rig.show("<h1>Shop</h1><div id=here><iframe></iframe></div>");
    await rig.run("evaluate", { expression: trap("frames[0]") });
    await rig.value(`void (window.old = true, frames[0].document.body.append(
      Object.assign(frames[0].document.createElement("input"), { id: "p", type: "password" })))`);
    await rig.personTypes("frames[0].document.querySelector('#p')", "secret");
    await rig.until("!window.old");
    await settled();
    expect(stolen()).toEqual([]);
  });
});

describe("when a turn ends", () => {
  async function aTurn(what: () => Promise<void>): Promise<void> {
    const over = rig.yield({ conditions: [{ type: "userDone" }] });
    await rig.until("document.querySelector('passage-status')?.matches(':popover-open')");
    await what();
    await rig.personPresses("I'm done");
    expect((await over).result).toMatchObject({ matched: true });
  }

  test("nothing is selected any more, in no frame", async () => {
    await rig.show("<p id=t>some words</p><input id=i value=words><iframe srcdoc='<p id=t>words</p>'></iframe>");
    await aTurn(async () => {
      await rig.value(`void frames[0].getSelection().selectAllChildren(frames[0].document.body)`);
      await rig.value(`void (getSelection().selectAllChildren(t), i.focus(), i.select())`);
    });
    expect(
      await rig.value(
        `[getSelection().toString(), frames[0].getSelection().toString(), i.selectionEnd - i.selectionStart]`,
      ),
    ).toEqual(["", "", 0]);
  });

  test("what the person copied is in the clipboard no more; the page hears nothing of it", async () => {
    await rig.show(`<input id=i value=words><input id=to><script>
      window.heard = [];
      for (const type of ["copy", "cut", "keydown"]) addEventListener(type, (event) => heard.push(type), true);</script>`);
    await aTurn(async () => {
      await rig.value("void (i.focus(), i.select())");
      await rig.personKeys("Control+c");
    });
    await rig.value("void to.focus()");
    await rig.personKeys("Control+v");
    expect(await rig.value("to.value.trim()")).toBe("");
  });
});

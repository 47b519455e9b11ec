import { keys, pastes, type Row, script, setValue, source } from "./row.ts";

const password = "<label>Password <input id=f type=password></label>";
const word = "<label>Password <input id=f></label>";

/** How the value comes into the page's fields. */
export const wayRows: readonly Row[] = [
  { name: "keys into a password", html: password, gives: "word", stop: "blocked_private", short: true },
  { name: "keys into a password that shows", html: word, gives: "word", stop: "blocked_private" },
  {
    name: "keys with a correction",
    html: password,
    gives: "word",
    stop: "blocked_private",
    async act(page, value) {
      await keys(page, `${value.slice(0, 5)}zz`);
      await page.keyboard.press("Backspace");
      await page.keyboard.press("Backspace");
      await page.keyboard.type(value.slice(5));
    },
  },
  {
    name: "keys, the first of them last",
    html: password,
    gives: "word",
    stop: "blocked_private",
    async act(page, value) {
      await keys(page, value.slice(3));
      await page.keyboard.press("Home");
      await page.keyboard.type(value.slice(0, 3));
    },
  },
  {
    name: "a keyboard that names no keys",
    html: password,
    gives: "word",
    stop: "blocked_private",
    async act(page, value) {
      await page.click("#f");
      for (const character of value) await page.keyboard.insertText(character);
    },
  },
  { name: "pasted", html: source + password, gives: "word", act: pastes("#f"), stop: "blocked_private", short: true },
  {
    name: "pasted, and set by the site",
    html: `${source}${password}${script("f.onpaste = (event) => { event.preventDefault(); f.value = event.clipboardData.getData('text') }")}`,
    gives: "word",
    act: pastes("#f"),
    stop: "blocked_private",
  },
  {
    name: "pasted into a memory of the site's own",
    html: `${source}<label>Access <input id=f></label>${script("f.onpaste = (event) => { event.preventDefault(); f.value = '••••••••' }")}`,
    gives: "word",
    act: pastes("#f"),
    stop: "blocked_secret",
    short: true,
  },
  {
    name: "dropped",
    html: source + password,
    gives: "word",
    stop: "blocked_private",
    async act(page, value) {
      await setValue(page, "#src", value);
      await page.click("#src");
      await page.keyboard.press("Control+a");
      const [from, to] = [await page.locator("#src").boundingBox(), await page.locator("#f").boundingBox()];
      if (!from || !to) throw new Error("The fields have no boxes");
      await page.mouse.move(from.x + 12, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(from.x + 30, from.y + from.height / 2 + 4, { steps: 4 });
      await page.mouse.move(to.x + 12, to.y + to.height / 2, { steps: 4 });
      await page.mouse.up();
      await page.waitForFunction(() => (document.querySelector("#f") as HTMLInputElement).value !== "");
    },
  },
  {
    name: "composed by an input method",
    html: word,
    gives: "word",
    stop: "blocked_private",
    async act(page, value) {
      await page.click("#f");
      const session = await page.context().newCDPSession(page);
      for (let end = 1; end <= value.length; end++) {
        const text = value.slice(0, end);
        await session.send("Input.imeSetComposition", { text, selectionStart: end, selectionEnd: end });
      }
      await session.send("Input.insertText", { text: value });
      await session.detach();
    },
  },
  {
    name: "set by the browser's own filling, with events of its own",
    html: `${password}${script("addEventListener('fill', ({ detail }) => { f.value = detail; f.dispatchEvent(new Event('input', { bubbles: true })) })")}`,
    gives: "word",
    stop: "blocked_private",
    act: (page, value) => page.evaluate((detail) => void dispatchEvent(new CustomEvent("fill", { detail })), value),
    short: true,
  },
  {
    name: "set without any event",
    html: password,
    gives: "word",
    stop: "blocked_private",
    act: (page, value) => setValue(page, "#f", value),
  },
  {
    name: "set in a field that came with it",
    html: `<main></main>`,
    gives: "word",
    stop: "blocked_private",
    act: (page, value) =>
      page.evaluate((text) => {
        const field = Object.assign(document.createElement("input"), { type: "password", value: text });
        document.querySelector("main")?.append(field);
      }, value),
  },
  {
    name: "keydown prevented, and set by the site",
    html: `${word}${script("f.onkeydown = (event) => { if (event.key.length === 1) { event.preventDefault(); f.value += event.key } }")}`,
    gives: "word",
    stop: "blocked_private",
  },
  {
    name: "keypress prevented, and set by the site",
    html: `${password}${script("f.onkeypress = (event) => { event.preventDefault(); f.value += event.key }")}`,
    gives: "word",
    stop: "blocked_private",
  },
  {
    name: "input that is stopped on its way",
    html: `${script("for (const type of ['keydown', 'keyup', 'input', 'change']) addEventListener(type, (event) => event.stopImmediatePropagation(), true)")}${password}`,
    gives: "word",
    stop: "blocked_private",
  },
  {
    name: "dots shown, and the word kept by the site",
    html: `<label>Access <input id=f></label>${script("let kept = ''; f.onbeforeinput = (event) => { if (event.data) { event.preventDefault(); kept += event.data; f.value = '•'.repeat(kept.length) } }")}`,
    gives: "word",
    stop: "blocked_secret",
    short: true,
  },
  {
    name: "each key taken out of the field again",
    html: `<label>Access <input id=f></label>${script("let kept = ''; f.oninput = () => { kept += f.value; f.value = '' }")}`,
    gives: "word",
    stop: "blocked_secret",
    short: true,
  },
  {
    name: "the field drawn anew at each key",
    html: `<main></main>${script("let kept = ''; const draw = () => { document.querySelector('main').innerHTML = '<input id=f aria-label=Password value=\"' + kept + '\">'; const field = document.querySelector('#f'); field.focus(); field.setSelectionRange(kept.length, kept.length); field.oninput = () => { kept = field.value; draw() } }; draw()")}`,
    gives: "word",
    stop: "blocked_private",
  },
  {
    name: "no field at all: keys on a canvas",
    html: `<canvas id=f tabindex=0 width=200 height=40></canvas>${script("let kept = ''; onkeydown = (event) => { kept += event.key }")}`,
    gives: "word",
    stop: "blocked_secret",
    short: true,
  },
  {
    name: "contenteditable",
    html: "<div id=f contenteditable role=textbox aria-label=Password style='border:1px solid;min-height:20px'></div>",
    gives: "word",
    stop: "blocked_private",
    short: true,
  },
  {
    name: "contenteditable for a code, by an input method",
    html: "<div id=f contenteditable aria-label='Verification code' style='border:1px solid;min-height:20px'></div>",
    gives: "code",
    stop: "blocked_private",
    async act(page, value) {
      await page.click("#f");
      const session = await page.context().newCDPSession(page);
      await session.send("Input.imeSetComposition", { text: value, selectionStart: 6, selectionEnd: 6 });
      await session.send("Input.insertText", { text: value });
      await session.detach();
    },
  },
  {
    name: "a textarea",
    html: "<label>Recovery phrase <textarea id=f></textarea></label>",
    gives: "word",
    stop: "blocked_private",
  },
  {
    name: "a field without a name",
    html: "<p>Continue</p><input id=f>",
    gives: "word",
    stop: "blocked_secret",
    short: true,
  },
  {
    name: "a label in a language that is not known",
    html: "<label>პაროლი <input id=f></label>",
    gives: "word",
    stop: "blocked_secret",
  },
  {
    name: "what stands beside a password",
    html: `<form>${"<label>User name <input name=user></label>"}<label>Password <input type=password></label><label>Branch word <input id=f></label></form>`,
    gives: "word",
    stop: "blocked_private",
  },
  {
    name: "taken out as soon as it is whole",
    html: `<label>Access <input id=f></label>${script("f.oninput = () => { if (f.value.length === 6) { f.remove(); document.body.append('Thank you') } }")}`,
    gives: "code",
    stop: "blocked_secret",
  },
  {
    name: "cleared at the end",
    html: `<form>${password}</form>${script("document.forms[0].onsubmit = (event) => { event.preventDefault(); document.body.innerHTML = '<h1>Welcome</h1>' }")}`,
    gives: "word",
    stop: "blocked_private",
    async act(page, value) {
      await keys(page, value);
      await page.keyboard.press("Enter");
      await page.waitForSelector("h1");
    },
  },
  {
    name: "hidden once it is filled",
    html: `${password}<button type=button onclick="f.parentElement.style.display = 'none'">Next</button>`,
    gives: "word",
    stop: "blocked_private",
    async act(page, value) {
      await keys(page, value);
      await page.click("button");
    },
  },
  {
    name: "shown by a button",
    html: `<label>Access <input id=f type=password></label><button type=button onclick="f.type = 'text'">Show</button>`,
    gives: "word",
    stop: "blocked_private",
    async act(page, value) {
      await keys(page, value);
      await page.click("button");
    },
  },
  {
    name: "one that takes the place of a field for dots",
    html: `<span><input id=f type=password></span>${script("f.onblur = () => { const plain = document.createElement('input'); plain.value = f.value; f.replaceWith(plain) }")}<button type=button>Elsewhere</button>`,
    gives: "word",
    stop: "blocked_private",
    async act(page, value) {
      await keys(page, value);
      await page.click("button");
    },
  },
];

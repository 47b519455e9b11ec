import { keys, presses, quoted, type Row, script, setValue, source } from "./row.ts";

const digits = [..."1234567890"];
const pad = (key: (digit: string) => string) => digits.map(key).join("");
const buttons = pad((digit) => `<button type=button onclick="press('${digit}')">${digit}</button>`);
const pressButton = presses((digit) => `button:text-is("${digit}")`);
const typesInto = (text: string) => script(`const press = (digit) => { ${text} }`);
const moves =
  "document.querySelectorAll('.b').forEach((box) => box.addEventListener('input', () => box.nextElementSibling?.focus()))";
const boxes = (attributes: string, count = 6) =>
  `<form>${`<input class=b ${attributes}>`.repeat(count).replace("<input", "<input id=f")}</form>${script(moves)}`;
const lists = `<form>${`<select>${["", ...digits].map((digit) => `<option>${digit}`).join("")}</select>`.repeat(6)}</form>`;

/** What the page makes of it: keypads, boxes, lists, letters that do not show; and what is no secret. */
export const shapeRows: readonly Row[] = [
  {
    name: "a keypad into a password that takes no keys",
    html: `<input id=f type=password readonly>${buttons}${typesInto("f.value += digit")}`,
    gives: "code",
    act: pressButton,
    stop: "blocked_private",
    short: true,
  },
  {
    name: "a keypad into a field that takes no keys and hides nothing",
    html: `<label>PIN <input id=f readonly inputmode=numeric></label>${buttons}${typesInto("f.value += digit")}`,
    gives: "code",
    act: pressButton,
    stop: "blocked_private",
  },
  {
    name: "a keypad into dots, and the digits kept by the site",
    html: `<p id=f></p>${buttons}${script("let kept = ''; const press = (digit) => { kept += digit; f.textContent = '●'.repeat(kept.length) }")}`,
    gives: "code",
    act: pressButton,
    stop: "blocked_secret",
    short: true,
  },
  {
    name: "a keypad of divs in another order",
    html: `<p id=f></p>${pad((digit) => `<div role=button tabindex=0>${digit}</div>`)}`,
    gives: "code",
    act: presses((digit) => `div:text-is("${digit}")`),
    stop: "blocked_secret",
  },
  {
    name: "a keypad of list items",
    html: `<ul>${pad((digit) => `<li data-key=${digit}><span>${digit}</span></li>`)}</ul>`,
    gives: "code",
    act: presses((digit) => `[data-key="${digit}"]`),
    stop: "blocked_secret",
  },
  {
    name: "a keypad of pictures",
    html: pad((digit) => `<button type=button><img alt=${digit} width=20 height=20></button>`),
    gives: "code",
    act: presses((digit) => `button:has([alt="${digit}"])`),
    stop: "blocked_secret",
  },
  {
    name: "a keypad by its names, with a correction",
    html: `${pad((digit) => `<button type=button aria-label=${digit}></button>`)}<button type=button>⌫</button>`,
    gives: "code",
    stop: "blocked_secret",
    async act(page, value) {
      await presses((digit) => `[aria-label="${digit}"]`)(page, `${value.slice(0, 3)}0`);
      await page.click("text=⌫");
      await presses((digit) => `[aria-label="${digit}"]`)(page, value.slice(3));
    },
  },
  {
    name: "a keypad that the keyboard presses",
    html: buttons + typesInto(""),
    gives: "code",
    stop: "blocked_secret",
    async act(page, value) {
      for (const digit of value) {
        await page.locator(`button:text-is("${digit}")`).focus();
        await page.keyboard.press("Space");
      }
    },
  },
  {
    name: "a keypad of letters",
    html: `<p id=f></p>${[..."bcdfghjklmnpqrstvwxz0123456789"].map((key) => `<button type=button>${key}</button>`).join("")}`,
    gives: "word",
    act: presses((key) => `button:text-is("${key}")`),
    stop: "blocked_secret",
  },
  // Boxes.
  {
    name: "six boxes",
    html: boxes("maxlength=1 inputmode=numeric"),
    gives: "code",
    stop: "blocked_private",
    short: true,
  },
  { name: "six boxes of dots", html: boxes("type=password maxlength=1"), gives: "code", stop: "blocked_private" },
  {
    name: "six boxes without a limit",
    html: boxes("inputmode=numeric style='width:30px;height:30px'"),
    gives: "code",
    stop: "blocked_private",
    short: true,
  },
  { name: "six boxes that say nothing", html: boxes(""), gives: "code", stop: "blocked_secret", short: true },
  {
    name: "boxes that are each clicked",
    html: boxes("maxlength=1"),
    gives: "code",
    stop: "blocked_private",
    async act(page, value) {
      for (const [at, digit] of [...value].entries()) {
        await page.locator(".b").nth(at).click();
        await page.keyboard.type(digit);
      }
    },
  },
  {
    name: "boxes among which the site divides what is pasted",
    html: `${source}${boxes("maxlength=1 inputmode=numeric")}${script("const all = [...document.querySelectorAll('.b')]; all.forEach((box) => box.onpaste = (event) => { event.preventDefault(); [...event.clipboardData.getData('text')].forEach((digit, at) => all[at].value = digit) })")}`,
    gives: "code",
    stop: "blocked_private",
    async act(page, value) {
      await setValue(page, "#src", value);
      await page.click("#src");
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Control+c");
      await page.locator(".b").first().click();
      await page.keyboard.press("Control+v");
    },
  },
  {
    name: "boxes drawn over one field that nobody sees",
    html: "<label>Code <input id=f style='color:transparent;caret-color:transparent' maxlength=6></label>",
    gives: "code",
    stop: "blocked_private",
  },
  {
    name: "lists of digits",
    html: lists,
    gives: "code",
    stop: "blocked_private",
    short: true,
    async act(page, value) {
      for (const [at, digit] of [...value].entries()) {
        await page.locator("select").nth(at).focus();
        await page.keyboard.type(digit);
      }
    },
  },
  {
    name: "lists of digits in a shadow root",
    html: `<x-f></x-f>${script(`document.querySelector('x-f').attachShadow({ mode: 'open' }).innerHTML = ${quoted(lists)}`)}`,
    gives: "code",
    stop: "blocked_private",
    async act(page, value) {
      for (const [at, digit] of [...value].entries()) {
        await page.locator("select").nth(at).focus();
        await page.keyboard.type(digit);
      }
    },
  },
  {
    name: "two characters of a word",
    html: "<label>2nd character <input id=f maxlength=1></label><label>5th character <input maxlength=1></label>",
    gives: "word",
    stop: "blocked_private",
    freeLater: true,
    act: (page, value) => keys(page, value.slice(0, 1)),
  },
  {
    name: "two digits from lists",
    html: `${lists.replace("<form>", "<form><label>Digit 4</label>").replace(/(<\/select>)(<select.*)/s, "$1")}`,
    gives: "code",
    stop: "blocked_private",
    freeLater: true,
    async act(page, value) {
      await page.locator("select").first().focus();
      await page.keyboard.type(value.slice(0, 1));
    },
  },
  // Letters that do not show.
  ...Object.entries({
    "a text field of dots": "<input id=f style='-webkit-text-security:disc' aria-label='Access phrase'>",
    "a field for telephones of squares": "<input id=f type=tel style='-webkit-text-security:square'>",
    "a textarea of circles": "<textarea id=f style='-webkit-text-security:circle'></textarea>",
    "a contenteditable of dots":
      "<div id=f contenteditable style='-webkit-text-security:disc;border:1px solid;min-height:20px'></div>",
    "a user name of dots": "<input id=f name=username autocomplete=username style='-webkit-text-security:disc'>",
    "a font of dots": "<style>#f { font-family: text-security-disc }</style><input id=f>",
    "another font of dots": "<input id=f style=\"font-family:'password',sans-serif\">",
    "clear letters": "<input id=f style='color:transparent'>",
    "letters that are filled with nothing": "<input id=f style='-webkit-text-fill-color:rgba(0,0,0,0)'>",
    "letters that are a shadow": "<textarea id=f style='color:transparent;text-shadow:0 0 9px #000'></textarea>",
  }).map(([name, html], at): Row => ({ name, html, gives: "word", stop: "blocked_private", short: at < 2 })),
  {
    name: "dots that a button takes away",
    html: `<style>.m { -webkit-text-security: disc }</style><input id=f class=m><button type=button onclick="f.className = ''">Show</button>`,
    gives: "word",
    stop: "blocked_private",
    async act(page, value) {
      await keys(page, value);
      await page.click("button");
    },
  },
  // Names.
  ...Object.entries({
    "an autocomplete": "<input id=f autocomplete=one-time-code>",
    "a placeholder": "<input id=f placeholder='Código SMS'>",
    "a label elsewhere": "<span id=l>Sicherheitscode</span><input id=f aria-labelledby=l>",
    "the text before it": "<div>確認コード</div><div><input id=f></div>",
    "a name alone": "<input id=f name=otpCode>",
    "a short code without more words": "<label>Kod <input id=f maxlength=6 inputmode=numeric></label>",
  }).map(([name, html]): Row => ({ name: `known by ${name}`, html, gives: "code", stop: "blocked_private" })),
  // Words for a secret beside words for a search or for who somebody is.
  ...Object.entries({
    "a search by its type": "<label>Search your password <input id=f type=search></label>",
    "a search by its role": "<input id=f role=searchbox aria-label='Type your passphrase'>",
    "a search by its name": "<label>Passwort <input id=f name=q></label>",
    "a user name by its name": "<label>Password <input id=f name=username></label>",
    "an e-mail address by its name": "<input id=f name=email placeholder='Mot de passe'>",
  }).map(
    ([name, html]): Row => ({ name: `a secret that passes for ${name}`, html, gives: "word", stop: "blocked_private" }),
  ),
  {
    name: "a secret that passes for a user name by its autocomplete",
    html: "<label>Password <input id=f autocomplete=username></label>",
    gives: "word",
    stop: "blocked_secret",
  },
  // What is no secret.
  ...Object.entries({
    "a telephone number": "<label>Phone number <input id=f type=tel></label>",
    "a search": "<input id=f type=search>",
    "a city": "<label>City <input id=f name=city></label>",
    "beside a hidden blank field [A8]":
      '<label for=p>New Password</label><input id=p style="display:none" value=" "><label>E-mail <input id=f></label>',
  }).map(
    ([name, html], at): Row => ({
      name,
      html,
      gives: at === 0 ? "code" : "word",
      stop: null,
      short: true,
    }),
  ),
  {
    name: "a user name before a password",
    html: "<form><input id=f><input type=password></form>",
    gives: "word",
    stop: "blocked_private",
    freeLater: true,
  },
  {
    name: "an address for e-mail in a field without a name",
    html: "<input id=f>",
    gives: "word",
    stop: null,
    act: (page, value) => keys(page, `${value}@example.org`),
  },
  {
    name: "what the site has written into its own form",
    html: "<label>Nickname <input id=f></label><input id=city>",
    gives: "word",
    stop: null,
    act: (page, value) => setValue(page, "#city", value),
  },
];

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inPage } from "../../test/in-page.ts";
import { Rig } from "../../test/rig.ts";
import type { SensitiveKind } from "./sensitive-kind.ts";

const box = "<input maxlength=1 inputmode=numeric>";

/** The field in question is the first input, textarea, select or contenteditable, or the one with `data-it`. */
const sensitive: Record<SensitiveKind, readonly string[]> = {
  password: [
    "<input type=password>",
    "<input type=PASSWORD name=x>",
    "<input autocomplete=current-password>",
    "<input type=text autocomplete='section-a new-password'>",
    "<input type=password autocomplete=off>",
    "<input type=password autocomplete=username>",
    "<input type=text name=password>",
    "<input name=userPassword>",
    "<input id=login_pwd>",
    "<input name='user[passwd]'>",
    "<label>Password <input></label>",
    "<label for=f1>Your password</label><input id=f1>",
    "<input aria-label='Enter password'>",
    "<input placeholder=Passphrase>",
    "<span id=l1>Passwort</span><input aria-labelledby=l1>",
    "<div>Password</div><div><input></div>",
    "<input name=pin type=tel maxlength=4>",
    "<label>T-Mobile PIN<input type=tel></label>",
    "<label>Mot de passe<input></label>",
    "<label>Contraseña<input></label>",
    "<div contenteditable aria-label=Password>x</div>",
    "<textarea aria-label='Recovery phrase'></textarea>",
  ],
  "one-time-code": [
    "<input autocomplete=one-time-code>",
    "<input name=otp>",
    "<input id=otpCode type=tel>",
    "<input name=verification_code>",
    "<input id=confirmcode name=x>",
    "<label>Verification code<input></label>",
    "<label>Enter the 6-digit code<input inputmode=numeric></label>",
    "<label>Code from your authenticator app<input></label>",
    "<label>Code we sent to (•••) •••-0100<input></label>",
    "<input aria-label='Security code'>",
    "<input placeholder='SMS code'>",
    "<input type=password name=totp_code>",
    "<input type=number name=code>",
    "<input name=code maxlength=6>",
    "<label>Code<input inputmode=numeric></label>",
    "<input name=mfaCode>",
    "<input name=twoFactorCode>",
    "<input id=input2faCode>",
    "<input name=auth-code>",
    "<label>Backup code<input></label>",
    "<label>Bestätigungscode<input></label>",
    "<input data-testid=sms-code-input>",
    `<div>${box.repeat(6)}</div>`,
    `<div>${`<span>${box}</span>`.repeat(4)}</div>`,
    `<form>${`<div><div>${box}</div></div>`.repeat(8)}</form>`,
    `<div>${"<input type=password maxlength=1>".repeat(6)}</div>`,
    "<div contenteditable=true aria-label='Verification code'></div>",
  ],
  card: [
    "<input autocomplete=cc-number>",
    "<input autocomplete='billing cc-csc'>",
    "<select autocomplete=cc-exp-month><option>1</select>",
    "<input name=cardnumber>",
    "<input name=cardNumber type=tel>",
    "<input id=cc-number>",
    "<label>Card number<input inputmode=numeric></label>",
    "<label>Credit card number<input></label>",
    "<label>Name on card<input></label>",
    "<input placeholder=CVV>",
    "<input type=password name=cvc maxlength=4>",
    "<input aria-label='CVV2 code'>",
    "<input placeholder='MM / YY'>",
    "<label>Expiration date<input></label>",
    "<select aria-label='Expiry month'><option>1</select>",
    "<form><input data-it aria-label='Security code'><input autocomplete=cc-number></form>",
    "<label>Gift card number<input></label>",
    "<label>Kartennummer<input></label>",
  ],
  "security-answer": [
    "<label>Security answer<input></label>",
    "<input name=securityAnswer1>",
    "<input type=password name=secret_answer>",
    "<label>What was the name of your first pet?<input></label>",
    "<label>What is your mother's maiden name?<input></label>",
    "<div>In what city were you born?</div><input>",
    "<label>Last 4 digits of your SSN<input type=tel maxlength=4></label>",
    "<input placeholder='Social Security number'>",
    "<label>Memorable word<input></label>",
  ],
};

const ordinary: readonly string[] = [
  "<input>",
  "<input type=email name=email>",
  "<label>Username<input></label>",
  "<input autocomplete=username name=login>",
  "<input type=search placeholder='Search the shop'>",
  "<input name=q placeholder='Search by code'>",
  "<input role=searchbox name=code type=number>",
  "<label>Promo code<input></label>",
  "<input name=promoCode maxlength=8>",
  "<label>Enter code<input name=coupon_code></label>",
  "<label>Zip code<input maxlength=5 inputmode=numeric></label>",
  "<input name=zipcode type=tel>",
  "<label>Postal code<input name=code type=number></label>",
  "<input autocomplete=postal-code name=code maxlength=5 inputmode=numeric>",
  "<label>Country code<input type=tel></label>",
  "<label>Referral code<input></label>",
  "<label>Gift code<input></label>",
  "<label>Sort code<input maxlength=6 inputmode=numeric></label>",
  "<label>Tracking code<input></label>",
  "<label>Booking code<input></label>",
  "<label>Code<input></label>",
  "<textarea name=code></textarea>",
  "<label>Card nickname<input></label>",
  "<label>Loyalty card number<input></label>",
  "<label>Library card number<input></label>",
  "<label>SIM card number<input></label>",
  "<label>Membership number<input></label>",
  "<label>Passport expiration date<input></label>",
  "<label>Start date<input type=date></label>",
  "<label>Phone number<input type=tel autocomplete=tel></label>",
  "<label>Shipping address<input></label>",
  "<label>Pin to top<input type=checkbox></label>",
  "<label>Pinterest page<input></label>",
  "<label>Spin<input></label>",
  "<label>Compass<input></label>",
  "<label>Passenger name<input></label>",
  "<label>Passport number<input></label>",
  "<label>Password hint<input></label>",
  "<label>Quantity<input type=number maxlength=4></label>",
  "<label>Amount<input inputmode=decimal></label>",
  "<label>Gift message<textarea></textarea></label>",
  "<label>First name<input autocomplete=given-name></label>",
  "<label>Favorite<input></label>",
  "<label>City<input></label>",
  "<label>Your answer to our survey<textarea></textarea></label>",
  "<label>Security question<select><option>First pet</select></label>",
  "<input type=hidden name=password value=x>",
  "<input type=checkbox name=showPassword>",
  "<input type=submit value='Enter code'>",
  "<input type=range name=pin>",
  "<div contenteditable aria-label='Write a comment'></div>",
  `<div>${box.repeat(3)}</div>`,
  `<div>${box.repeat(30)}</div>`,
  "<input maxlength=1 aria-label='Middle initial'>",
  "<p>Password</p>",
  "<button>Password</button>",
];

const cases = [...Object.entries(sensitive).flatMap(([kind, htmls]) => htmls.map((html) => [kind, html] as const))];
let rig: Rig;
let said: (false | SensitiveKind)[] = [];

beforeAll(async () => {
  rig = await Rig.open();
  const all = [...cases.map(([, html]) => html), ...ordinary];
  await rig.show(all.map((html) => `<main>${html}</main>`).join(""));
  const outcome = await rig.webview.evaluate(`(({ isSensitive }) => [...document.querySelectorAll("main")].map((main) =>
    isSensitive(main.querySelector("[data-it]") ?? main.querySelector("input, textarea, select, [contenteditable], button, p"))))(${await inPage("sensitive.ts")})`);
  said = (outcome as { value: typeof said }).value;
});
afterAll(() => rig.close());

describe.each(cases.map(([kind, html], index) => ({ kind, html, index })))("$kind", ({ kind, html, index }) => {
  test(html, () => expect(said[index]).toBe(kind));
});

test.each(ordinary.map((html, index) => [html, index + cases.length] as const))("ordinary: %s", (_html, index) => {
  expect(said[index]).toBe(false);
});

import type { Hands, Place } from "./hands.ts";

type Described = (selector: string, words: string) => Place;
const field: Described = (selector, words) => ({ role: "field", selector, words });
const button: Described = (selector, words) => ({ role: "button", selector, words });
const choice: Described = (selector, words) => ({ role: "choice", selector, words });
const heading: Described = (selector, words) => ({ role: "heading", selector, words });
const alert: Place = { role: "alert", selector: "[role=alert]:not(:empty):visible", words: "" };

/** How a sandbox user signs in at the site of each provider, from its first page to the account; fictional all of them. */
const people: Readonly<Record<string, (hands: Hands, user: string) => Promise<void>>> = {
  tmobile: carrier({
    user: field("input#usernameTextBox", "Phone number or email"),
    next: button("button#lp1-next-btn", "Next"),
    password: field("input#passwordTextBox", "Password"),
    submit: button("button#lp2-login-btn", "Log in"),
  }),
  att: carrier({
    user: field("input#userID", "User ID"),
    next: button("button#continueFromUserLogin", "Continue"),
    password: field("input#password", "Password"),
    submit: button("button#signin", "Sign in"),
  }),
  verizon: carrier({
    user: field("input#username", "User ID or phone number"),
    next: button("button#mvo-main-button", "Continue"),
    method: button("text=Sign in with password", "How do you want to sign in? Sign in with password"),
    password: field("input#password", "Password"),
    submit: button("button#mvo-main-button", "Sign in"),
  }),
  ubereats: diner,
  "apple-review": reader,
};

/** Signs in as a user of the sandbox. Where the site says no, the person reads that and closes the window. */
export async function signInAs(hands: Hands, provider: string, user: string): Promise<void> {
  const person = people[provider];
  if (!person) throw new Error(`Nobody knows how to sign in for ${provider}: describe it in test/harness/person.ts.`);
  await person(hands, user);
}

interface CarrierForm {
  readonly user: Place;
  readonly next: Place;
  readonly password: Place;
  readonly submit: Place;
  /** Between user name and password, on sites that ask how to sign in. */
  readonly method?: Place;
}

function carrier(form: CarrierForm) {
  return async (hands: Hands, user: string) => {
    await hands.fill(form.user, user);
    await hands.press(form.next);
    if (form.method) await hands.press(form.method);
    await hands.fill(form.password, "pass_good");
    await hands.press(form.submit);
    const factors = heading("#choose-method-page", "Verify it's you");
    const puzzle = heading("#puzzle", "One quick check");
    const denied = heading("#access-denied", "This page isn't available");
    const next = await hands.whatShows([factors, puzzle, denied, alert], /\/\/www\./);
    if (next === factors) {
      await hands.choose(choice('input[value="sms"]', "Text message To the number ending in 0100"));
      await hands.press(button("button.continue-btn", "Continue"));
      await hands.fill(field('input[autocomplete="one-time-code"]', "Verification code"), "123456");
      await hands.press(button("button.continue-action-btn", "Continue"));
    } else if (next === puzzle) {
      await hands.choose(choice('input[value="triangle"]', "Picture"));
      await hands.press(button("#puzzle button", "Continue"));
    } else if (next) await hands.close();
  };
}

async function diner(hands: Hands, user: string): Promise<void> {
  const digit = (index: number) => field(`#PHONE_SMS_OTP-${index}`, `Digit ${index + 1}`);
  const password = field("#PASSWORD", "Enter your password");
  await hands.fill(field("#PHONE_NUMBER_or_EMAIL_ADDRESS", "What's your phone number or email?"), user);
  await hands.press(button("#forward-button", "Continue"));
  const next = await hands.whatShows([digit(0), password, alert]);
  if (next === alert) return (await hands.textOf(alert)).includes("Apple") ? withPopup(hands, user) : hands.close();
  if (next === password) await hands.fill(password, "pass_good");
  else for (const [index, one] of [..."1234"].entries()) await hands.fill(digit(index), one);
  await hands.press(button("#forward-button", "Next"));
  if (await hands.whatShows([alert], /\/\/www\./)) await hands.close();
}

/** The site says that this account signs in with Apple, which it does in a window of its own. */
async function withPopup(hands: Hands, user: string): Promise<void> {
  const popup = await hands.openWindow(button("#continue-with-apple", "Continue with Apple"));
  await popup.fill(field("#account_name_text_field", "Email or phone number"), user);
  await popup.fill(field("#password_text_field", "Password"), "pass_good");
  await popup.press(button("#sign-in", "Continue"));
}

async function reader(hands: Hands, user: string): Promise<void> {
  await hands.fill(field("#email", "Email"), user);
  await hands.fill(field("#password", "Password"), "pass_good");
  await hands.press(button("#sign-in", "Sign in"));
  const code = field("#code", "Code");
  const next = await hands.whatShows([code, alert], /\/history$/);
  if (next === alert) await hands.close();
  if (next !== code) return;
  await hands.fill(code, "123456");
  await hands.press(button("#verify", "Continue"));
}

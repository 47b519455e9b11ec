/** The sign-in page: identifier, then code boxes or password, in place; and the popup. */
export const signInScript = String.raw`
const form = document.getElementById("sign-in-form");
const alertBox = document.getElementById("sign-in-error");
const otherWays = document.getElementById("other-ways");
const box = (place) => '<input id="PHONE_SMS_OTP-' + place + '" inputmode="numeric" maxlength="1" aria-label="Digit ' + (place + 1) +
  '" autocomplete="' + (place === 0 ? "one-time-code" : "off") + '">';

const steps = {
  identifier: {
    markup: '<h1><label for="PHONE_NUMBER_or_EMAIL_ADDRESS">What\'s your phone number or email?</label></h1>' +
      '<input id="PHONE_NUMBER_or_EMAIL_ADDRESS" name="identifier" autocomplete="username" autocapitalize="none" spellcheck="false" placeholder="Enter phone number or email">' +
      '<button class="button" id="forward-button">Continue</button>',
    ready: (value) => value.trim() !== "",
  },
  code: {
    markup: '<h1>Enter the 4-digit code sent to you</h1><fieldset class="boxes" aria-label="Code">' + [0, 1, 2, 3].map(box).join("") +
      '</fieldset><button class="button" id="forward-button">Next</button>',
    ready: (value) => value.length === 4,
  },
  password: {
    markup: '<h1><label for="PASSWORD">Enter your password</label></h1>' +
      '<input id="PASSWORD" name="password" type="password" autocomplete="current-password">' +
      '<button class="button" id="forward-button">Next</button>',
    ready: (value) => value !== "",
  },
};
let step = "identifier";
let isSending = false;

const inputs = () => Array.from(form.querySelectorAll("input"));
const value = () => inputs().map((input) => input.value).join("");
const refresh = () => { form.querySelector("button").disabled = isSending || !steps[step].ready(value()); };

function show(next) {
  step = next;
  form.innerHTML = steps[step].markup;
  otherWays.hidden = step !== "identifier";
  inputs()[0].focus();
  refresh();
}

async function post(type, entered) {
  const response = await fetch("/v2/submit-form" + location.search, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ type, value: entered }),
  });
  return response.json();
}

async function send() {
  const answer = await post(step, value());
  if (answer.page) return location.assign(answer.page);
  isSending = false;
  if (answer.step !== step) show(answer.step);
  else if (answer.error && step !== "identifier") for (const input of inputs()) input.value = "";
  alertBox.textContent = answer.error ?? "";
  inputs()[0].focus();
  refresh();
}

form.addEventListener("input", (event) => {
  const next = step === "code" && event.target.value && event.target.nextElementSibling;
  if (next) next.focus();
  refresh();
});
form.addEventListener("keydown", (event) => {
  if (step === "code" && event.key === "Backspace" && !event.target.value) event.target.previousElementSibling?.focus();
});
form.addEventListener("paste", (event) => {
  if (step !== "code") return;
  event.preventDefault();
  const digits = event.clipboardData.getData("text").replace(/\D/g, "");
  inputs().forEach((input, place) => { input.value = digits[place] ?? ""; });
  refresh();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (isSending || !steps[step].ready(value())) return;
  isSending = true;
  alertBox.textContent = "";
  refresh();
  send().catch(() => {
    isSending = false;
    alertBox.textContent = "Something went wrong. Please try again.";
    refresh();
  });
});

document.getElementById("continue-with-apple").addEventListener("click", () => {
  alertBox.textContent = "";
  const popup = open("/federated/apple", "apple", "popup,width=480,height=640");
  if (!popup) alertBox.textContent = "Allow popups to continue with Apple.";
});
addEventListener("message", (event) => {
  if (event.origin === location.origin && event.data?.type === "federated-sign-in") location.reload();
});
show("identifier");
`;

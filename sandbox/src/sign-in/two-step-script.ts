interface Step {
  readonly hint: string;
  readonly label: string;
  readonly input: string;
  readonly button: string;
  readonly buttonText: string;
  readonly alert: string;
}

/** User name and password on one page, drawn one after the other, so that an error leaves the person where they are. */
export function twoStepScript(steps: { username: Step; password: Step }, entries: Record<keyof typeof steps, string>) {
  return String.raw`
const steps = ${JSON.stringify(steps)};
const entries = ${JSON.stringify(entries)};
const form = document.getElementById("sign-in-form");
const hint = document.getElementById("step-hint");
const valid = { username: /^(\d{10}|\S+@\S+\.\S+|user_\w+)$/, password: /./ };
const attributes = {
  username: 'autocomplete="username" autocapitalize="none" spellcheck="false"',
  password: 'type="password" autocomplete="current-password"',
};
let step = "username";

function say(text) {
  for (const { alert } of Object.values(steps)) document.getElementById(alert).textContent = "";
  document.getElementById(steps[step].alert).textContent = text;
}

function show(next) {
  step = next;
  const { hint: text, label, input, button, buttonText } = steps[step];
  hint.textContent = text;
  form.innerHTML = '<label for="' + input + '">' + label + '</label><input id="' + input + '" name="' + input + '" ' +
    attributes[step] + '><button class="button" id="' + button + '" disabled>' + buttonText + '</button>';
  form.querySelector("input").focus();
}

function refresh() {
  form.querySelector("button").disabled = !valid[step].test(form.querySelector("input").value.trim());
}

async function send() {
  const input = form.querySelector("input");
  form.querySelector("button").disabled = true;
  say("");
  const response = await fetch(entries[step] + location.search, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ value: input.value }),
  });
  const answer = await response.json();
  if (answer.page) return location.assign(answer.page);
  if (answer.error) {
    say(answer.error);
    if (step === "password") input.value = "";
    input.focus();
    return refresh();
  }
  show(answer.step);
}

form.addEventListener("input", refresh);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send().catch(() => {
    say("We couldn't reach the server. Please try again.");
    refresh();
  });
});
show("username");
`;
}

/** The sign-in page: two steps on one page, so that an error leaves the person where they are. */
export const signInScript = String.raw`
const form = document.getElementById("sign-in-form");
const alertBox = document.getElementById("page-level-id");
const hint = document.getElementById("step-hint");
const valid = /^(\d{10}|\S+@\S+\.\S+|user_\w+)$/;

const steps = {
  username: {
    hint: "Get started with your T-Mobile ID.",
    markup: '<label for="usernameTextBox">Phone number or email</label>' +
      '<input id="usernameTextBox" name="username" autocomplete="username" autocapitalize="none" spellcheck="false">' +
      '<button class="button" id="lp1-next-btn" disabled>Next</button>',
    ready: (value) => valid.test(value.trim()),
  },
  password: {
    hint: "Enter your password to continue.",
    markup: '<label for="passwordTextBox">Password</label>' +
      '<input id="passwordTextBox" name="password" type="password" autocomplete="current-password">' +
      '<button class="button" id="lp2-login-btn" disabled>Log in</button>',
    ready: (value) => value !== "",
  },
};
let step = "username";

function show(next) {
  step = next;
  hint.textContent = steps[step].hint;
  form.innerHTML = steps[step].markup;
  form.querySelector("input").focus();
}

function refresh() {
  form.querySelector("button").disabled = !steps[step].ready(form.querySelector("input").value);
}

async function send() {
  const input = form.querySelector("input");
  form.querySelector("button").disabled = true;
  alertBox.textContent = "";
  const response = await fetch("/signin/v2/" + step + location.search, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ value: input.value }),
  });
  const answer = await response.json();
  if (answer.page) return location.assign(answer.page);
  if (answer.error) {
    alertBox.textContent = answer.error;
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
    alertBox.textContent = "We couldn't reach the server. Please try again.";
    refresh();
  });
});
show("username");
`;

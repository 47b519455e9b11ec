import type { WalletPaths } from "./paths.ts";

export function walletScript({ calls }: WalletPaths): string {
  return `
const list = document.getElementById("wallet");

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function row(method) {
  const kind = method.type === "BANK_ACCOUNT" ? "Bank account" : method.brand;
  const about = [method.nickName, method.expirationDate && "Expires " + method.expirationDate].filter(Boolean).join(", ");
  return element("li", { className: "payment-method" },
    element("span", {}, element("strong", { textContent: kind + " ending in " + method.lastFour }),
      element("small", { textContent: about })),
    element("span", { className: "badge", textContent: method.isDefault ? "Default" : "" }));
}

async function show() {
  const { paymentMethods } = await (await fetch("${calls}")).json();
  list.replaceChildren(paymentMethods.length
    ? element("ul", { className: "bills" }, ...paymentMethods.map(row))
    : element("p", { className: "card", textContent: "You have no stored payment methods." }));
}

show().catch(() => {
  list.replaceChildren();
  document.getElementById("wallet-alert").textContent = "We can't show your payment methods right now.";
});
`;
}

export function addCardScript({ calls }: WalletPaths): string {
  return `
const form = document.getElementById("add-card");
const frame = document.getElementById("card-frame");
const alertBox = document.getElementById("card-alert");
const reviewButton = document.getElementById("review-card");
const paymentOrigin = new URL(frame.src).origin;
const value = (id) => document.getElementById(id).value.trim();
let token = null;

function say(text) {
  alertBox.textContent = text;
  if (text) alertBox.scrollIntoView({ block: "center" });
}

function billing() {
  const address = { line1: value("address-line1"), line2: value("address-line2"), city: value("address-city"), state: value("address-state") };
  return { nameOnCard: value("name-on-card"), billingZip: value("billing-zip"), billingAddress: address.line1 ? address : null };
}

addEventListener("message", ({ origin, data }) => {
  if (origin !== paymentOrigin) return;
  if (data.type === "ready") reviewButton.disabled = false;
  if (data.type === "tokenized") {
    reviewButton.disabled = false;
    if (data.error) return say(data.error);
    token = data.token;
    document.getElementById("review-brand").textContent = data.brand;
    document.getElementById("review-last4").textContent = data.lastFour;
    document.getElementById("review-zip").textContent = value("billing-zip");
    form.hidden = true;
    frame.remove();
    document.getElementById("card-review").hidden = false;
  }
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  say("");
  if (!value("name-on-card")) return say("Enter the name on the card.");
  if (!/^[0-9]{5}$/.test(value("billing-zip"))) return say("Enter a ZIP code of five digits.");
  reviewButton.disabled = true;
  frame.contentWindow.postMessage({ type: "tokenize" }, paymentOrigin);
});

document.getElementById("save-card").addEventListener("click", async ({ target }) => {
  target.disabled = true;
  say("");
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token, ...billing() }) };
  try {
    const response = await fetch("${calls}", init);
    const answer = await response.json();
    document.getElementById("card-review").hidden = true;
    if (!response.ok) return say(answer.error);
    document.getElementById("card-saved").hidden = false;
  } catch {
    target.disabled = false;
    say("We couldn't reach the server. Please try again.");
  }
});
`;
}

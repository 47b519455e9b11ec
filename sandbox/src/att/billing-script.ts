/** The bill page: entries of the history, and the labels that carry the amounts. */
export const billingScript = `
const view = document.getElementById("history");
const survey = document.querySelector(".browseInvite");

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function billRow(label, index) {
  const button = element("button", { className: "plain bill-entry" }, element("span", { textContent: "Bill" }),
    element("span", { textContent: label.period }), element("strong", { textContent: label.amount }));
  button.dataset.testId = "bill_activity_card_" + index;
  return element("li", {}, button);
}

async function load(filter) {
  const response = await fetch("/msapi/webbillexpms/v1/billandpaymenthistory" + filter);
  const { content } = await response.json();
  const labels = (await (await fetch("/acctmgmt/billing/labels")).json()).labels;
  const bills = content.historyList.filter((entry) => entry.type === "Bill");
  const list = element("ul", { className: "bills" }, ...bills.map((bill, index) => billRow(labels[index], index)));
  view.replaceChildren(bills.length ? list : element("p", { className: "card", textContent: "You have no bills yet." }));
  if (bills.length < labels.length) {
    const more = element("button", { className: "plain", textContent: "See bill history" });
    more.addEventListener("click", () => load("?filter=bill").catch(fail));
    view.append(more);
  }
  view.dataset.loaded = "true";
}

function fail() {
  view.replaceChildren();
  document.getElementById("history-alert").textContent = "We can't show your bills right now.";
}

load("").then(() => {
  if (localStorage.getItem("survey") === "asked") return;
  localStorage.setItem("survey", "asked");
  survey.hidden = false;
  survey.querySelector(".uws-invite__button-decline").addEventListener("click", () => (survey.hidden = true));
}).catch(fail);
`;

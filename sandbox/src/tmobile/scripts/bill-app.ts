/** The bill pages: summary and history are two views of one page. The data comes from the micro-app in a frame. */
export const billAppScript = String.raw`
const view = document.getElementById("bill");
const alertBox = document.getElementById("bill-alert");
let account = null;

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function longDate(text) {
  const [year, month, day] = text.slice(0, 10).split("-").map(Number);
  return new Date(year, month - 1, day).toLocaleDateString("en-US", { month: "short", day: "numeric", year: "numeric" });
}

function dollars(text) {
  return Number(text).toLocaleString("en-US", { style: "currency", currency: "USD" });
}

function figure(name, value, className) {
  return element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: value, className }));
}

function billRow(bill) {
  const date = longDate(bill.endTime);
  const button = element("button", { className: "plain", textContent: "Download detailed bill" });
  button.setAttribute("aria-label", "Download detailed bill for " + date);
  button.addEventListener("click", () => download(bill, button));
  return element("li", { className: "bb-past-bill-row" },
    element("span", { className: "bb-past-bills-cycle", textContent: longDate(bill.startTime) + " – " + date }),
    element("strong", { className: "bb-past-bills-amount", textContent: bill.currentCharges }), button);
}

async function download(bill, button) {
  button.disabled = true;
  const file = await account.download(bill.documentId).catch(() => null);
  button.disabled = false;
  if (!file) return fail("We couldn't download this bill. Please try again.");
  const href = URL.createObjectURL(file);
  element("a", { href, download: "bill-" + bill.endTime.slice(0, 10) + ".pdf" }).click();
  setTimeout(() => URL.revokeObjectURL(href));
}

function showSummary() {
  const { currentBillCharges, autoPay } = account.dataset.briteBillDataSet;
  const years = account.list.getBillList;
  if (years.length === 0) return view.replaceChildren(element("p", { className: "card", textContent: "You have no bills yet." }));
  const figures = element("dl", { className: "figures" },
    figure("Amount due", dollars(currentBillCharges.currentBillDueAmount), "amount"),
    figure("Due date", longDate(autoPay.dueDate), "amount"));
  if (String(autoPay.easyPayStatus) === "true") figures.append(figure("AutoPay", "Scheduled for " + longDate(autoPay.scheduledDate)));
  const newest = years.flatMap((group) => group.bills).slice(0, 4);
  view.replaceChildren(element("section", { className: "card" }, figures),
    element("h2", { textContent: "Recent bills" }), element("ul", { className: "bills" }, ...newest.map(billRow)));
}

function showHistory() {
  const groups = account.list.getBillList.flatMap(({ year, bills }) => [
    element("h2", { textContent: "Bills in " + year }), element("ul", { className: "bills" }, ...bills.map(billRow))]);
  view.replaceChildren(...(groups.length ? groups : [element("p", { className: "card", textContent: "You have no past bills." })]));
}

function show() {
  for (const tab of document.querySelectorAll(".tabs a")) {
    const isCurrent = location.pathname.startsWith(new URL(tab.href).pathname);
    isCurrent ? tab.setAttribute("aria-current", "page") : tab.removeAttribute("aria-current");
  }
  if (account) location.pathname === "/bill/historical" ? showHistory() : showSummary();
}

function fail(message) {
  alertBox.textContent = message;
}

function startMicroApp() {
  const frame = element("iframe", { title: "Bill details", hidden: true });
  document.body.append(frame);
  // A document that was written has the address of its writer, so the micro-app's calls carry this page as Referer.
  frame.contentDocument.open();
  frame.contentDocument.write('<!doctype html><title>BriteBill</title><script src="/static/britebill.js"><\/script>');
  frame.contentDocument.close();
}

addEventListener("britebill", (event) => {
  account = event.detail;
  show();
});
addEventListener("britebill-failed", () => {
  view.replaceChildren();
  fail("We can't show your bill right now. Please reload the page.");
});
addEventListener("popstate", show);
document.querySelector(".tabs").addEventListener("click", (event) => {
  if (!event.target.pathname?.startsWith("/bill/") || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  history.pushState(null, "", event.target.href);
  show();
});
addEventListener("load", startMicroApp);
show();
`;

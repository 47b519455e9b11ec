/** The history page: it gets all cycles at once and pages through them itself. */
export const historyScript = `
const view = document.getElementById("history");
const pageSize = 12;

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function row({ billCycleRange, billAmount }) {
  return element("li", {}, element("span", { textContent: billCycleRange }), element("strong", { textContent: billAmount }));
}

function show(cycles, count) {
  const list = element("ul", { className: "bills" }, ...cycles.slice(0, count).map(row));
  view.replaceChildren(cycles.length ? list : element("p", { className: "card", textContent: "You have no bills yet." }));
  if (count >= cycles.length) return;
  const more = element("button", { className: "plain", textContent: "Show more" });
  more.addEventListener("click", () => show(cycles, count + pageSize));
  view.append(more);
}

fetch("/digital/nsa/secure/gw/bill/billpaymenthistory/bill_history", { headers: { channelId: "VZW-DOTCOM" } })
  .then((response) => response.json())
  .then(({ body }) => show(body.billingHistory.billCycle, pageSize))
  .catch(() => {
    view.replaceChildren();
    document.getElementById("history-alert").textContent = "We can't show your bills right now.";
  });
`;

import type { Shape } from "@passage/protocol/reads/shape";

/** 200 bills as the sandbox's T-Mobile has them: its list in JSON, and the page that shows it. */
const count = 200;

const bills = Array.from({ length: count }, (_, age) => {
  const day = (months: number, of: number) => new Date(Date.UTC(2026, 10 - months, of)).toISOString().slice(0, 10);
  const statementId = String(1_418 - age);
  return {
    startTime: `${day(age + 1, 5)}T00:00:00`,
    endTime: `${day(age, 4)}T00:00:00`,
    statementId,
    documentId: `970418265-70881_${statementId}`,
    currentCharges: `$${(60 + ((age * 37) % 90) + (age % 100) / 100).toFixed(2)}`,
    cycleValue: "4",
  };
});

const years = Map.groupBy(bills, ({ endTime }) => endTime.slice(0, 4));
export const body = JSON.stringify({
  accountNumber: "970418265",
  responseCode: "100",
  getBillList: [...years].map(([year, list]) => ({ year, bills: list })),
});

const rows = [...years].map(
  ([year, list]) =>
    `<h2>Bills in ${year}</h2><ul class="bills">${list
      .map(
        ({ startTime, endTime, currentCharges }) =>
          `<li class="bb-past-bill-row"><span class="bb-past-bills-cycle">${startTime.slice(0, 10)} – ${endTime.slice(0, 10)}</span><strong class="bb-past-bills-amount">${currentCharges}</strong><button type="button" class="bb-download" aria-label="Download the bill of ${endTime.slice(0, 10)}">Download</button></li>`,
      )
      .join("")}</ul>`,
);
export const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bill history</title></head><body><nav><a href="/bill/summary">Summary</a><a href="/bill/historical">History</a></nav><main>${rows.join("")}</main></body></html>`;

/** The read that declares them. */
export const shape: Shape = {
  type: "object",
  properties: {
    responseCode: { enum: ["100"] },
    getBillList: {
      type: "array",
      maxItems: 40,
      items: {
        type: "object",
        properties: {
          bills: {
            type: "array",
            maxItems: 24,
            items: {
              type: "object",
              properties: {
                startTime: { leaf: "date" },
                endTime: { leaf: "date" },
                statementId: { leaf: "id", max: 64, digits: true },
                currentCharges: { leaf: "money" },
              },
              required: ["startTime", "endTime", "statementId", "currentCharges"],
            },
          },
        },
        required: ["bills"],
      },
    },
  },
  required: ["responseCode", "getBillList"],
};

interface Reader {
  readonly name: string;
  readonly pin: string;
  readonly isBlocked?: boolean;
}

/** Invented readers, by the number of their library card. */
export const readers: ReadonlyMap<string, Reader> = new Map([
  ["29038001234567", { name: "Robin Reed", pin: "2468" }],
  ["29038007654321", { name: "Kim Park", pin: "1357", isBlocked: true }],
]);

const loans = [
  { title: "The Overstory", author: "Richard Powers", dueOn: "Dec 4, 2026", renewalsLeft: 2 },
  { title: "Piranesi", author: "Susanna Clarke", dueOn: "Dec 4, 2026", renewalsLeft: 0 },
  { title: "Braiding Sweetgrass", author: "Robin Wall Kimmerer", dueOn: "Dec 9, 2026", renewalsLeft: 1 },
  { title: "The Dispossessed", author: "Ursula K. Le Guin", dueOn: "Dec 11, 2026", renewalsLeft: 2 },
  { title: "A Psalm for the Wild-Built", author: "Becky Chambers", dueOn: "Dec 30, 2026", renewalsLeft: 3 },
];
const pageSize = 3;

/** One page of a reader's loans, as the site's own script asks for it. */
export function loansOf(card: string, page: number) {
  const from = (page - 1) * pageSize;
  return {
    reader: { name: readers.get(card)?.name, cardNumber: card },
    loans: loans.slice(from, from + pageSize),
    nextPage: from + pageSize < loans.length ? page + 1 : null,
  };
}
